//! What each stage makes of each sample, held against the files in `tests/golden`.
//!
//! `UPDATE_GOLDEN=1 cargo test --test golden` renews them; read the difference before it is committed.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The stages that `gongkai show` prints, in the order of the line, so that the first difference shows which one moved.
const STAGES: [&str; 3] = ["document", "blocks", "records"];

#[test]
fn every_stage_makes_of_every_sample_what_it_made_before() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut differences = Vec::new();
    for sample in samples(&root.join("samples")) {
        let folder = root.join("tests/golden").join(sample.file_name().unwrap());
        for stage in STAGES {
            let shown = show(&sample, stage);
            let golden = folder.join(format!("{stage}.txt"));
            if update {
                fs::create_dir_all(&folder).unwrap();
                fs::write(&golden, &shown).unwrap();
            } else if let Some(difference) =
                difference(&fs::read_to_string(&golden).unwrap_or_default(), &shown)
            {
                differences.push(format!("{}: {difference}", golden.strip_prefix(&root).unwrap().display()));
            }
        }
    }
    assert!(differences.is_empty(), "{} differences\n{}", differences.len(), differences.join("\n"));
}

#[test]
fn no_golden_is_left_without_its_sample() {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        eprintln!("skipped: the goldens are being renewed");
        return;
    }
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let names = |paths: Vec<PathBuf>| -> BTreeSet<_> {
        paths.iter().map(|path| path.file_name().unwrap().to_owned()).collect()
    };
    let goldens =
        fs::read_dir(root.join("tests/golden")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(names(goldens), names(samples(&root.join("samples"))));
}

fn samples(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut samples: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_none_or(|ending| ending != "md")).collect();
    samples.sort();
    samples
}

fn show(sample: &Path, stage: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .args(["show", "--stage", stage])
        .arg(sample)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}: {}", sample.display(), String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The first line that differs.
fn difference(golden: &str, shown: &str) -> Option<String> {
    let (mut wanted, mut found) = (golden.lines(), shown.lines());
    for number in 1.. {
        match (wanted.next(), found.next()) {
            (None, None) => break,
            (left, right) if left == right => {}
            (left, right) => {
                let print = |line: Option<&str>| line.unwrap_or("(end)").trim().to_owned();
                return Some(format!("line {number}\n  golden: {}\n  now:    {}", print(left), print(right)));
            }
        }
    }
    None
}
