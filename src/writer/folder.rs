//! The output folder: files that stand under the name of a part until the run is complete.

use super::WriteError;
use super::part::{PartFile, Written};
use super::schema::{CELLS, COLUMNS, Relation};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The folder for the grids of the tables, and the one they are collected in until the run is complete.
const TABLES: &str = "tables";
const TABLES_PART: &str = "tables.part";
pub(super) const RUN: &str = "run.json";
/// The files that hold all records, whatever formats this build has.
const SINGLE_FILES: [&str; 5] =
    ["datapackage.json", "records.json", "records.jsonl", "records.sqlite", "records.xlsx"];

/// The folder a run writes to. It holds the result of one run; other files in it are left alone.
#[derive(Debug)]
pub struct OutputFolder {
    path: PathBuf,
}

/// Whether a name in an output folder is one that a run writes: `documents.csv`, `tables`, `run.json.part` …
#[must_use]
pub fn is_output(name: &OsStr) -> bool {
    let Some(name) = name.to_str() else { return false };
    let name = name.strip_suffix(".part").unwrap_or(name);
    name == TABLES || name == RUN || record_files().any(|file| file == name)
}

/// The names of all files with records, those of formats that a run does not choose included.
fn record_files() -> impl Iterator<Item = String> {
    let relations = COLUMNS.into_iter().map(Relation::name).chain([CELLS.name]);
    let files = relations.flat_map(|name| [format!("{name}.csv"), format!("{name}.parquet")]);
    files.chain(SINGLE_FILES.into_iter().map(str::to_owned))
}

impl OutputFolder {
    /// Makes the folder where it does not exist and clears the parts that a broken run left.
    pub(super) fn open(path: &Path) -> Result<Self, WriteError> {
        fs::create_dir_all(path).map_err(WriteError::on(path, "create the folder"))?;
        let folder = Self { path: path.to_owned() };
        folder.remove_parts()?;
        Ok(folder)
    }

    /// Where the folder is.
    #[cfg(feature = "xlsx")]
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The part of a file that is written by others, who need its path.
    #[cfg(feature = "sqlite")]
    pub(super) fn part(&self, name: &str) -> Result<super::part::PartPath, WriteError> {
        let path = self.path.join(format!("{name}.part"));
        remove_file(&path)?;
        Ok(super::part::PartPath::new(name, path))
    }

    /// Opens the part of a file: `NAME.part`, or a file below `tables.part/` for `tables/…`.
    pub(super) fn create(&self, name: &str) -> Result<PartFile, WriteError> {
        let path = match name.strip_prefix("tables/") {
            Some(below) => self.path.join(TABLES_PART).join(below),
            None => self.path.join(format!("{name}.part")),
        };
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(WriteError::on(parent, "create the folder"))?;
        }
        PartFile::create(name, path)
    }

    /// The names of the files that a run has left here: those with records, and the grids of the tables.
    pub(super) fn names(&self) -> Result<BTreeSet<String>, WriteError> {
        let is_there = |name: &String| fs::symlink_metadata(self.path.join(name)).is_ok();
        let mut names: BTreeSet<String> = record_files().filter(is_there).collect();
        for folder in document_folders(&self.path.join(TABLES))? {
            let below = grids(&folder)?.into_iter().filter_map(|grid| {
                let name = grid.strip_prefix(&self.path).ok()?;
                Some(name.to_str()?.replace('\\', "/"))
            });
            names.extend(below);
        }
        Ok(names)
    }

    /// Gives all files their names, removes what an earlier run left, and writes `run.json`.
    ///
    /// `run.json` goes first and comes back last, once the names of all others are on the disk: where it stands, it
    /// describes the files beside it. It is what is handed back.
    pub(super) fn commit(&self, written: &[Written], report: &Json) -> Result<Written, WriteError> {
        self.remove_file(RUN)?;
        let names: BTreeSet<&str> = written.iter().map(|file| file.name.as_str()).collect();
        for stale in record_files().filter(|name| !names.contains(name.as_str())) {
            self.remove_file(&stale)?;
        }
        for name in names.iter().filter(|name| !name.contains('/')) {
            self.rename(&format!("{name}.part"), name)?;
        }
        self.replace_tables()?;
        sync_folder(&self.path)?;
        let mut run = self.create(RUN)?;
        let text = format!("{report:#}\n");
        run.write_all(text.as_bytes()).map_err(|error| run.failed("write", error))?;
        let run = run.finish()?;
        self.rename("run.json.part", RUN)?;
        sync_folder(&self.path)?;
        Ok(run)
    }

    /// Puts the tables of this run in place of those of an earlier one.
    fn replace_tables(&self) -> Result<(), WriteError> {
        let tables = self.path.join(TABLES);
        for folder in document_folders(&tables)? {
            remove_grids(&folder)?;
        }
        let part = self.path.join(TABLES_PART);
        if part.is_dir() {
            fs::create_dir_all(&tables).map_err(WriteError::on(&tables, "create the folder"))?;
            for folder in document_folders(&part)? {
                let Some(name) = folder.file_name() else { continue };
                let target = tables.join(name);
                move_grids(&folder, &target)?;
            }
            fs::remove_dir_all(&part).map_err(WriteError::on(&part, "remove the folder"))?;
        }
        remove_if_empty(&tables);
        Ok(())
    }

    fn remove_parts(&self) -> Result<(), WriteError> {
        for name in record_files().chain([RUN.to_owned()]) {
            self.remove_file(&format!("{name}.part"))?;
        }
        let part = self.path.join(TABLES_PART);
        match fs::remove_dir_all(&part) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(WriteError::on(&part, "remove the folder")(error))
            }
            _ => Ok(()),
        }
    }

    fn remove_file(&self, name: &str) -> Result<(), WriteError> {
        remove_file(&self.path.join(name))
    }

    /// Gives a part its name once its bytes are on the disk: a power cut leaves the file whole or not at all. The grids of
    /// tables are spared that, many and small as they are; a resumed run finds by their hashes what became of them.
    fn rename(&self, from: &str, to: &str) -> Result<(), WriteError> {
        let (part, target) = (self.path.join(from), self.path.join(to));
        let synced = OpenOptions::new().write(true).open(&part).and_then(|file| file.sync_all());
        synced.and_then(|()| fs::rename(part, &target)).map_err(WriteError::on(&target, "write the file"))
    }
}

/// Forces what a folder holds by which names onto the disk: until then a power cut may undo that a file was made, renamed
/// or removed. Only Unix knows a way, and not all of its file systems do.
///
/// # Errors
/// What the file system said, with the folder.
#[cfg(unix)]
pub fn sync_folder(folder: &Path) -> Result<(), WriteError> {
    use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
    match fs::File::open(folder).and_then(|folder| folder.sync_all()) {
        Err(error) if !matches!(error.kind(), InvalidInput | PermissionDenied | Unsupported) => {
            Err(WriteError::on(folder, "write the folder")(error))
        }
        _ => Ok(()),
    }
}

/// Does nothing: only Unix knows a way to force a folder onto the disk.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn sync_folder(_folder: &Path) -> Result<(), WriteError> {
    Ok(())
}

impl Drop for OutputFolder {
    /// A run that ends early leaves no parts behind; after a complete one there are none.
    fn drop(&mut self) {
        let _ = self.remove_parts();
    }
}

fn remove_file(path: &Path) -> Result<(), WriteError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(WriteError::on(path, "remove the file")(error))
        }
        _ => Ok(()),
    }
}

/// Folders named like a document's number, in order.
fn document_folders(tables: &Path) -> Result<Vec<PathBuf>, WriteError> {
    entries(tables, |name| name.len() == 16 && name.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Files named like a table's grid (`001.csv`), in order.
fn grids(folder: &Path) -> Result<Vec<PathBuf>, WriteError> {
    entries(folder, |name| {
        let number = name.strip_suffix(".csv");
        number.is_some_and(|number| number.len() >= 3 && number.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

fn entries(folder: &Path, wanted: impl Fn(&str) -> bool) -> Result<Vec<PathBuf>, WriteError> {
    let listing = match fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(WriteError::on(folder, "list the folder")(error)),
    };
    let mut found = Vec::new();
    for entry in listing {
        let entry = entry.map_err(WriteError::on(folder, "list the folder"))?;
        if entry.file_name().to_str().is_some_and(&wanted) {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

fn remove_grids(folder: &Path) -> Result<(), WriteError> {
    grids(folder)?.iter().try_for_each(|grid| remove_file(grid))?;
    remove_if_empty(folder);
    Ok(())
}

fn move_grids(from: &Path, to: &Path) -> Result<(), WriteError> {
    if fs::rename(from, to).is_ok() {
        return Ok(());
    }
    // A folder of this name still holds files that are not ours: move one by one.
    fs::create_dir_all(to).map_err(WriteError::on(to, "create the folder"))?;
    for grid in grids(from)? {
        let Some(name) = grid.file_name() else { continue };
        let target = to.join(name);
        fs::rename(&grid, &target).map_err(WriteError::on(&target, "write the file"))?;
    }
    Ok(())
}

/// Removes a folder of ours that holds nothing any more; one with other people's files stays.
fn remove_if_empty(folder: &Path) {
    let _ = fs::remove_dir(folder);
}
