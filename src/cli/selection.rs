//! Which files a run reads: paths, patterns, lists, and what to leave out.

use anyhow::{Context, Result, bail};
use clap::Args;
use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use gongkai::batch::{self, Input, Inputs};
use gongkai::pipeline;
use gongkai::reader::archive::is_archive;
use gongkai::reader::{Limits, READERS};
use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;

/// Characters that make a pattern of a path.
const SIGNS: [char; 4] = ['*', '?', '[', '{'];

/// The options.
#[derive(Debug, Args)]
pub struct Selection {
    /// Files and folders to read, folders with all folders in them; or patterns such as 'disclosures/*/2021'
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Read the paths of files and folders from a file, one a line or separated by NUL; - for stdin
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,
    /// Read only files whose path below the input root fits the pattern; * stands for folders too: '*.docx'
    #[arg(long, value_name = "PATTERN")]
    include: Vec<String>,
    /// Leave out files whose path below the input root fits the pattern
    #[arg(long, value_name = "PATTERN")]
    exclude: Vec<String>,
    /// List on stdout what would be read and as what, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

impl Selection {
    /// Finds the files.
    ///
    /// # Errors
    /// An input that does not exist, a pattern that fits nothing, or no input at all.
    pub fn find(&self, out: &Path, is_output: fn(&OsStr) -> bool) -> Result<Inputs> {
        let mut paths = Vec::new();
        for input in &self.inputs {
            if is_pattern(input) { paths.extend(fitting(input)?) } else { paths.push(input.clone()) }
        }
        if let Some(list) = &self.files_from {
            paths.extend(listed(list)?);
        } else if paths.is_empty() {
            bail!("expected an INPUT to read, or --files-from FILE");
        }
        let (included, excluded) = (set(&self.include)?, set(&self.exclude)?);
        let mut found = batch::discover(&paths, out, is_output)?;
        found.files.retain(|input| {
            (self.include.is_empty() || included.is_match(&input.path)) && !excluded.is_match(&input.path)
        });
        Ok(found)
    }
}

/// Prints what would be read, and as what: path, format, size, and whether there is a reader for it.
pub fn list(inputs: &[Input]) -> Result<ExitCode> {
    let mut out = io::stdout().lock();
    let mut text = "path\tformat\tbytes\treader\n".to_owned();
    for input in inputs {
        let path = input.path.escape_debug();
        let _ = match batch::read_bytes(input, &Limits::default()) {
            Ok(bytes) => {
                let format = pipeline::detect(&bytes);
                let reader = READERS.iter().find(|reader| reader.format == format);
                let reader = match reader {
                    Some(reader) => reader.name,
                    None if is_archive(format) => "each file in it",
                    None => "none",
                };
                writeln!(text, "{path}\t{}\t{}\t{reader}", format.code(), bytes.len())
            }
            Err((size, error)) => writeln!(text, "{path}\t\t{size}\tnone: {error}"),
        };
        match out.write_all(text.as_bytes()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(ExitCode::SUCCESS),
            written => written.context("stdout")?,
        }
        text.clear();
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether an input is a pattern: it has the signs of one, and nothing is named so.
fn is_pattern(input: &Path) -> bool {
    input.to_str().is_some_and(|text| text.contains(SIGNS)) && !input.exists()
}

/// The files and folders that fit a pattern, in order; folders in a folder that fits are not looked at.
fn fitting(pattern: &Path) -> Result<Vec<PathBuf>> {
    let plain = |part: &Component| !part.as_os_str().to_str().is_some_and(|text| text.contains(SIGNS));
    let base: PathBuf = pattern.components().take_while(plain).collect();
    let text = pattern.to_str().unwrap_or_default();
    let text = text.strip_prefix("./").unwrap_or(text).trim_end_matches('/');
    let glob = GlobBuilder::new(text).literal_separator(true).build();
    let glob = glob.with_context(|| format!("{}: expected a pattern", pattern.display()))?.compile_matcher();
    let (mut found, mut waiting) = (Vec::new(), vec![base]);
    while let Some(folder) = waiting.pop() {
        let place = if folder.as_os_str().is_empty() { Path::new(".") } else { folder.as_path() };
        // A folder that can't be listed holds nothing that fits as far as anyone can tell.
        for entry in std::fs::read_dir(place).into_iter().flatten().filter_map(Result::ok) {
            let path = folder.join(entry.file_name());
            if glob.is_match(path.strip_prefix(".").unwrap_or(&path)) {
                found.push(path);
            } else if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                waiting.push(path);
            }
        }
    }
    if found.is_empty() {
        bail!("{}: no file or folder fits this pattern", pattern.display());
    }
    found.sort();
    Ok(found)
}

/// The paths in a list.
fn listed(list: &Path) -> Result<Vec<PathBuf>> {
    let mut bytes = Vec::new();
    if list == Path::new("-") {
        io::stdin().lock().read_to_end(&mut bytes).context("stdin")?;
    } else {
        bytes = std::fs::read(list).with_context(|| list.display().to_string())?;
    }
    let separator = if bytes.contains(&0) { 0 } else { b'\n' };
    let lines = bytes.split(|byte| *byte == separator);
    let lines =
        lines.map(|line| if separator == 0 { line } else { line.strip_suffix(b"\r").unwrap_or(line) });
    lines.filter(|line| !line.is_empty()).map(|line| Ok(PathBuf::from(name(line)?))).collect()
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere not all bytes are a name")]
fn name(bytes: &[u8]) -> Result<OsString> {
    Ok(<OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes).to_owned())
}

#[cfg(not(unix))]
fn name(bytes: &[u8]) -> Result<OsString> {
    let text = std::str::from_utf8(bytes).context("--files-from: expected paths in UTF-8")?;
    Ok(OsString::from(text))
}

/// Patterns of which one must fit.
fn set(patterns: &[String]) -> Result<GlobSet> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let glob: Result<Glob, _> = GlobBuilder::new(pattern).case_insensitive(true).build();
        set.add(glob.with_context(|| format!("{pattern}: expected a pattern such as '*.docx'"))?);
    }
    Ok(set.build()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{create_dir_all, write};

    #[test]
    fn a_pattern_finds_files_and_folders() {
        let folder = tempfile::tempdir().unwrap();
        for path in ["霸州/2020/a.txt", "霸州/2021/b.txt", "永清/2021/c.txt", "永清/2021.txt"] {
            let path = folder.path().join(path);
            create_dir_all(path.parent().unwrap()).unwrap();
            write(path, "x").unwrap();
        }
        let fitting = |pattern: &str| {
            let found = fitting(&folder.path().join(pattern)).map_err(|error| error.to_string())?;
            let paths = found.iter().map(|path| path.strip_prefix(folder.path()).unwrap());
            Ok::<_, String>(paths.map(|path| path.to_str().unwrap().to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(fitting("*/2021").unwrap(), ["永清/2021", "霸州/2021"]);
        assert_eq!(fitting("**/*.txt").unwrap().len(), 4);
        assert_eq!(fitting("永清/2021*").unwrap(), ["永清/2021", "永清/2021.txt"]);
        assert!(fitting("*/2019").unwrap_err().contains("no file or folder fits"));
    }

    #[test]
    fn lists_hold_one_path_a_line_or_between_nuls() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("list");
        let listed = |content: &str| {
            write(&list, content).unwrap();
            listed(&list).unwrap()
        };
        assert_eq!(listed("a.txt\r\n霸州/b c.txt\n\n"), [Path::new("a.txt"), Path::new("霸州/b c.txt")]);
        assert_eq!(listed("a\nb.txt\0c.txt\0"), [Path::new("a\nb.txt"), Path::new("c.txt")]);
    }
}
