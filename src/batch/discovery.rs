//! Which files a run reads, and the path each of them has below the input root.
//!
//! The input root is the folder itself where one folder is given, and otherwise the deepest folder that holds all
//! inputs. Every entry below an input that is no folder gets a row, whatever its name: hidden files and lock files
//! too. Links to files are read; linked folders are read unless they are read in place already, each once, so that
//! loops end. The output folder is never read.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// One file to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its path below the input root, `/` between folders; bytes that are no UTF-8 are written as `\xNN`.
    pub path: String,
    /// Where it is.
    pub file: PathBuf,
    /// Why it can't be opened, where that is known already.
    pub problem: Option<String>,
}

/// All files of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inputs {
    /// The folder below which paths are counted.
    pub root: PathBuf,
    /// The files in the order of their paths, by bytes.
    pub files: Vec<Input>,
}

/// An input that does not exist or can't be looked at.
#[derive(Debug, thiserror::Error)]
#[error("{}: expected a file or a folder", .path.display())]
pub struct DiscoveryError {
    /// The input as given.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

/// Finds all files in the inputs. `out` is the output folder, `is_output` tells the names a run writes there.
///
/// # Errors
/// An input that does not exist.
pub fn discover(
    inputs: &[PathBuf],
    out: &Path,
    is_output: fn(&OsStr) -> bool,
) -> Result<Inputs, DiscoveryError> {
    let mut roots = Vec::new();
    for input in inputs {
        let named = real_parent(input);
        let found = named.and_then(|path| fs::metadata(&path).map(|metadata| (path, metadata.is_dir())));
        roots.push(found.map_err(|source| DiscoveryError { path: input.clone(), source })?);
    }
    let root = common_root(&roots);
    let mut walk = Walk::new(&roots, fs::canonicalize(out).ok(), is_output);
    for (path, is_folder) in roots {
        if is_folder { walk.tree(path) } else { walk.file(path) }
    }
    walk.follow_links();
    Ok(Inputs { files: walk.inputs(&root), root })
}

/// The path with its parent resolved, so that the input keeps the name it was given by.
fn real_parent(path: &Path) -> io::Result<PathBuf> {
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) if parent.as_os_str().is_empty() => Ok(fs::canonicalize(".")?.join(name)),
        (Some(parent), Some(name)) => Ok(fs::canonicalize(parent)?.join(name)),
        _ => fs::canonicalize(path),
    }
}

fn common_root(roots: &[(PathBuf, bool)]) -> PathBuf {
    let folder = |(path, is_folder): &(PathBuf, bool)| match path.parent() {
        Some(parent) if !is_folder => parent.to_owned(),
        _ => path.clone(),
    };
    let distinct: BTreeSet<&PathBuf> = roots.iter().map(|(path, _)| path).collect();
    let mut folders = roots.iter().map(folder);
    let first = folders.next().unwrap_or_default();
    if distinct.len() < 2 {
        return first;
    }
    folders.fold(first, |common, path| {
        common.components().zip(path.components()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
    })
}

struct Walk {
    /// The real path of the output folder, where it exists.
    out: Option<PathBuf>,
    is_output: fn(&OsStr) -> bool,
    /// The real paths of the inputs that are folders.
    roots: Vec<PathBuf>,
    /// The real paths of the folders read so far.
    folders: BTreeSet<PathBuf>,
    /// Links to folders, which wait until all folders in place are read.
    links: BTreeSet<PathBuf>,
    /// The files, with what is known to be wrong with them.
    files: BTreeMap<PathBuf, Option<String>>,
}

impl Walk {
    fn new(roots: &[(PathBuf, bool)], out: Option<PathBuf>, is_output: fn(&OsStr) -> bool) -> Self {
        let folders = roots.iter().filter(|(_, is_folder)| *is_folder);
        let roots = folders.filter_map(|(path, _)| fs::canonicalize(path).ok()).collect();
        let (folders, links, files) = (BTreeSet::new(), BTreeSet::new(), BTreeMap::new());
        Self { out, is_output, roots, folders, links, files }
    }

    /// Reads a folder and all folders in it, but not yet the linked ones.
    fn tree(&mut self, folder: PathBuf) {
        let mut waiting = vec![folder];
        while let Some(folder) = waiting.pop() {
            if let Err(error) = self.folder(&folder, &mut waiting) {
                self.files.insert(folder, Some(format!("can't list the folder: {error}")));
            }
        }
    }

    fn folder(&mut self, folder: &Path, waiting: &mut Vec<PathBuf>) -> io::Result<()> {
        let real = fs::canonicalize(folder)?;
        let is_out = self.out.as_ref() == Some(&real);
        let is_root = self.roots.contains(&real);
        if is_out && !is_root || !self.folders.insert(real) {
            return Ok(());
        }
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if is_out && (self.is_output)(&entry.file_name()) {
                continue;
            }
            let kind = entry.file_type()?;
            if kind.is_dir() {
                waiting.push(entry.path());
            } else if kind.is_symlink() && entry.path().is_dir() {
                self.links.insert(entry.path());
            } else {
                self.file(entry.path());
            }
        }
        Ok(())
    }

    fn file(&mut self, path: PathBuf) {
        let problem = match fs::metadata(&path) {
            Ok(metadata) if metadata.is_file() => None,
            Ok(_) => Some("not a regular file".to_owned()),
            Err(error) => Some(error.to_string()),
        };
        self.files.insert(path, problem);
    }

    /// Reads the linked folders that were not read in place, each once.
    fn follow_links(&mut self) {
        while let Some(link) = self.links.pop_first() {
            let around =
                |target: &PathBuf| self.roots.iter().any(|root| root != target && root.starts_with(target));
            if fs::canonicalize(&link).is_ok_and(|target| around(&target)) {
                let problem = "a link to a folder that holds the input itself, not followed".to_owned();
                self.files.insert(link, Some(problem));
            } else {
                self.tree(link);
            }
        }
    }

    fn inputs(self, root: &Path) -> Vec<Input> {
        let input = |(file, problem): (PathBuf, Option<String>)| {
            let path = printed(file.strip_prefix(root).unwrap_or(&file));
            Input { path, file, problem }
        };
        let mut inputs: Vec<Input> = self.files.into_iter().map(input).collect();
        inputs.sort_by(|a, b| (&a.path, &a.file).cmp(&(&b.path, &b.file)));
        inputs
    }
}

/// The path with `/` between folders, readable even where it is no UTF-8.
fn printed(path: &Path) -> String {
    let names = path.components().filter_map(|component| match component {
        Component::Normal(name) => Some(printed_name(name)),
        _ => None,
    });
    names.collect::<Vec<_>>().join("/")
}

fn printed_name(name: &OsStr) -> String {
    if let Some(name) = name.to_str() {
        return name.to_owned();
    }
    let mut printed = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        printed.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(printed, "\\x{byte:02X}");
        }
    }
    printed
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{create_dir_all, write};

    fn paths(inputs: &[&Path], out: &Path) -> Vec<String> {
        let inputs: Vec<PathBuf> = inputs.iter().map(|path| path.to_path_buf()).collect();
        let found = discover(&inputs, out, |name| name == "documents.csv").unwrap();
        found.files.into_iter().map(|input| input.path).collect()
    }

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            create_dir_all(path.parent().unwrap()).unwrap();
            write(path, file).unwrap();
        }
        folder
    }

    #[test]
    fn every_file_is_found_in_the_order_of_the_paths_bytes() {
        let folder = tree(&["b/a.txt", "b.txt", "b-1.txt", "霸州/805.docx", ".hidden", "~$lock.docx"]);
        let expected = [".hidden", "b-1.txt", "b.txt", "b/a.txt", "~$lock.docx", "霸州/805.docx"];
        assert_eq!(paths(&[folder.path()], Path::new("nowhere")), expected);
    }

    #[test]
    fn paths_of_several_inputs_count_from_the_folder_that_holds_them_all() {
        let folder = tree(&["2020/a.txt", "2021/a.txt", "2021/x/b.txt", "c.txt"]);
        let at = |name: &str| folder.path().join(name);
        let both = paths(&[&at("2021"), &at("2020")], Path::new("nowhere"));
        assert_eq!(both, ["2020/a.txt", "2021/a.txt", "2021/x/b.txt"]);
        let mixed = paths(&[&at("2021/x"), &at("c.txt")], Path::new("nowhere"));
        assert_eq!(mixed, ["2021/x/b.txt", "c.txt"]);
        assert_eq!(paths(&[&at("2021/x/b.txt")], Path::new("nowhere")), ["b.txt"]);
    }

    #[test]
    fn a_file_given_twice_is_read_once() {
        let folder = tree(&["d/a.txt", "d/e/b.txt"]);
        let inputs = [folder.path().join("d"), folder.path().join("d/e"), folder.path().join("d/a.txt")];
        let inputs: Vec<&Path> = inputs.iter().map(PathBuf::as_path).collect();
        assert_eq!(paths(&inputs, Path::new("nowhere")), ["a.txt", "e/b.txt"]);
    }

    #[test]
    fn the_output_folder_is_not_read() {
        let folder = tree(&["a.txt", "out/documents.csv", "out/notes.md"]);
        assert_eq!(paths(&[folder.path()], &folder.path().join("out")), ["a.txt"]);
        let same = folder.path().join("out");
        assert_eq!(paths(&[&same], &same), ["notes.md"]);
    }

    #[test]
    fn a_missing_input_is_an_error_that_names_it() {
        let inputs = [PathBuf::from("no/such/folder")];
        let error = discover(&inputs, Path::new("out"), |_| false).unwrap_err();
        assert!(error.to_string().starts_with("no/such/folder: "), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_once_and_loops_end() {
        use std::os::unix::fs::symlink;
        let folder = tree(&["in/d/a.txt", "elsewhere/b.txt", "file.txt"]);
        let input = folder.path().join("in");
        symlink("..", input.join("d/up")).unwrap();
        symlink("d", input.join("c")).unwrap();
        symlink("../../elsewhere", input.join("d/other")).unwrap();
        symlink("../elsewhere", input.join("z")).unwrap();
        symlink("../file.txt", input.join("linked.txt")).unwrap();
        symlink("nothing", input.join("dangling")).unwrap();
        symlink("../..", input.join("holder")).unwrap();
        let found = discover(&[input], Path::new("nowhere"), |_| false).unwrap();
        let paths: Vec<&str> = found.files.iter().map(|input| input.path.as_str()).collect();
        assert_eq!(paths, ["d/a.txt", "d/other/b.txt", "dangling", "holder", "linked.txt"]);
        let problems = found.files.iter().filter(|input| input.problem.is_some()).count();
        assert_eq!(problems, 2);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_are_no_utf8_stay_apart() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tree(&[]);
        for bytes in [b"\xb0\xd4.txt", b"\xb0\xd5.txt"] {
            write(folder.path().join(OsStr::from_bytes(bytes)), "x").unwrap();
        }
        let expected = ["\\xB0\\xD4.txt", "\\xB0\\xD5.txt"];
        assert_eq!(paths(&[folder.path()], Path::new("nowhere")), expected);
    }
}
