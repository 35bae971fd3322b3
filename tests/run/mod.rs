//! Runs of the command for the tests that need many of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// The files of a folder by their paths.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The option that puts the reader that misbehaves in place of the real one.
pub fn hostile() -> String {
    let folder = Path::new(env!("CARGO_BIN_EXE_gongkai")).parent().unwrap();
    let program = folder.join("examples").join(format!("hostile{}", std::env::consts::EXE_SUFFIX));
    assert!(
        program.is_file(),
        "{}: expected the example; cargo build --examples makes it",
        program.display()
    );
    format!("--worker={}", program.display())
}

/// The Word files among the samples, in order.
pub fn samples() -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|extension| extension == "docx")).collect();
    files.sort();
    files
}

/// `00.docx`, `01.docx` and so on: the samples in turn.
pub fn mixed_folder(folder: &Path, count: usize) {
    let samples = samples();
    for index in 0..count {
        fs::copy(&samples[index % samples.len()], folder.join(format!("{index:02}.docx"))).unwrap();
    }
}

fn command(input: &Path, out: &Path, options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    command.arg("extract").arg(input).arg("-o").arg(out).args(options);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub fn extract(input: &Path, out: &Path, options: &[&str]) -> Output {
    command(input, out, options).output().unwrap()
}

pub fn start(input: &Path, out: &Path, options: &[&str]) -> Child {
    command(input, out, options).spawn().unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Sends a signal to a process.
#[cfg(unix)]
pub fn send(signal: &str, process: u32) -> bool {
    Command::new("kill").arg(format!("-{signal}")).arg(process.to_string()).status().unwrap().success()
}

/// The rows of documents.csv.
pub fn documents(out: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(out.join("documents.csv")).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// All files below a folder but the state of the run.
pub fn files(folder: &Path) -> Files {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.ends_with(".gongkai") {
                continue;
            }
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// When the files below a folder were last written, but those of the state of the run.
pub fn times(folder: &Path) -> BTreeMap<String, std::time::SystemTime> {
    let time = |name: &String| fs::metadata(folder.join(name)).unwrap().modified().unwrap();
    files(folder).into_keys().map(|name| (name.clone(), time(&name))).collect()
}

/// All files with data: all but the one that holds the time.
pub fn data_files(out: &Path) -> Files {
    let mut found = files(out);
    assert!(found.remove("run.json").is_some(), "the run is complete");
    found
}
