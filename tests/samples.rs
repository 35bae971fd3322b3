//! The sample disclosures are what their program makes, and every one is read in full.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a panic is how a test fails")]

#[path = "../examples/make_samples/samples/mod.rs"]
mod samples;

use gongkai::record::{Indicator, Records};
use gongkai::{Options, Status};
use std::collections::BTreeSet;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples")
}

#[test]
fn the_samples_are_what_the_program_makes() {
    for (name, bytes) in samples::all() {
        let there = std::fs::read(folder().join(name)).expect(name);
        assert!(there == bytes, "{name} differs: run `cargo run --example make_samples`");
    }
}

#[test]
fn the_readme_names_every_sample_and_no_other() {
    let readme = std::fs::read_to_string(folder().join("README.md")).unwrap();
    let named: BTreeSet<String> = readme
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .map(str::to_owned)
        .collect();
    let files =
        std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let files: BTreeSet<String> = files.filter(|name| name != "README.md").collect();
    assert_eq!(named, files);
}

#[test]
fn every_sample_is_read_without_a_loss() {
    for (name, bytes) in samples::all() {
        let extraction = gongkai::extract(&bytes, &Options { path: name.to_owned(), ..Options::default() });
        assert_eq!(extraction.status(), Status::Ok, "{name}");
        assert_eq!(extraction.characters.held, extraction.characters.seen, "{name}");
        assert!(extraction.warnings.is_empty(), "{name}: {:?}", extraction.warnings);
    }
}

#[test]
fn the_word_file_and_its_text_dump_say_the_same() {
    let made = samples::all();
    for name in ["zhangbei-2021-budget", "changshan-2022-projects", "changshan-2022-report"] {
        let of = |ending: &str| {
            let (_, bytes) = made.iter().find(|(file, _)| *file == format!("{name}.{ending}")).unwrap();
            gongkai::extract(bytes, &Options { path: format!("{name}.{ending}"), ..Options::default() })
                .records
        };
        let (word, text) = (of("docx"), of("txt"));
        assert_eq!(targets(&word), targets(&text), "{name}");
        assert_eq!(word.projects.len(), text.projects.len(), "{name}");
        assert_eq!(word.amounts.len(), text.amounts.len(), "{name}");
        assert_eq!(word.tables.len(), text.tables.len(), "{name}");
    }
}

/// The indicators without the table and row they stand in, which the dump may count otherwise.
fn targets(records: &Records) -> Vec<String> {
    let target = |indicator: &Indicator| {
        let Indicator { level1, level2, level3, description, weight, target, basis, flags, .. } = indicator;
        format!("{level1} {level2} {level3} {description} {weight:?} {target:?} {basis} {flags}")
    };
    records.indicators.iter().map(target).collect()
}
