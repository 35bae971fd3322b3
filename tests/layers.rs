//! The floor plan as a test: which room may import which, and where each outside crate lives.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// How high a room stands. A room imports rooms below its own; models may also import models, without a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Model,
    Stage,
    Pipeline,
    Batch,
    CommandLine,
    Main,
}

/// Every room in `src/`. A new one adds its line here.
const ROOMS: &[(&str, Level)] = &[
    ("code", Level::Model),
    ("flag", Level::Model),
    ("wording", Level::Model),
    ("document", Level::Model),
    ("quantity", Level::Model),
    ("record", Level::Model),
    ("reference", Level::Model),
    ("reader", Level::Stage),
    ("table", Level::Stage),
    ("extract", Level::Stage),
    ("normalize", Level::Stage),
    ("check", Level::Stage),
    ("writer", Level::Stage),
    ("pipeline", Level::Pipeline),
    ("batch", Level::Batch),
    ("cli", Level::CommandLine),
    ("main", Level::Main),
];

/// Where each dependency of `Cargo.toml` may be used. An empty list means everywhere.
const HOMES: &[(&str, &[&str])] = &[
    ("aho-corasick", &["wording"]),
    ("anyhow", &["main", "cli"]),
    ("bytes", &["writer"]),
    ("bzip2", &["reader/archive"]),
    ("chardetng", &["reader"]),
    ("clap", &["main", "cli"]),
    ("clap_complete", &["cli/completions"]),
    ("clap_mangen", &["cli/man"]),
    ("crc32fast", &["batch/frame", "batch/hash", "reader/archive"]),
    ("csv", &["writer", "reference", "cli"]),
    ("ctrlc", &["cli/stop"]),
    ("encoding_rs", &["reader"]),
    ("flate2", &["reader/pdf", "reader/archive"]),
    ("globset", &["cli/selection"]),
    ("hayro-interpret", &["reader/pdf"]),
    ("html5ever", &["reader/html"]),
    ("lz4_flex", &["batch/codec"]),
    ("indicatif", &["cli/progress"]),
    ("lopdf", &["reader/pdf"]),
    ("lzma-rust2", &["reader/archive"]),
    ("memchr", &["reader/container"]),
    ("md-5", &["reader/sheet/xls"]),
    ("parquet", &["writer"]),
    ("postcard", &["batch"]),
    ("quick-xml", &["reader"]),
    ("rars", &["reader/archive"]),
    ("rayon", &["batch"]),
    ("regex", &[]),
    ("rust_decimal", &[]),
    ("rusqlite", &["writer"]),
    ("rustix", &["batch/worker"]),
    ("serde", &["flag", "document", "quantity", "record", "reader/limits", "batch", "writer", "cli"]),
    ("serde_json", &["writer", "cli"]),
    ("sevenz-rust2", &["reader/archive"]),
    ("sha1", &["reader/sheet/xls"]),
    ("sha2", &["batch", "writer"]),
    ("skrifa", &["reader/page"]),
    ("tar", &["reader/archive"]),
    ("tempfile", &["writer/xlsx"]),
    ("thin-vec", &["document/table"]),
    ("thiserror", &[]),
    ("toml", &["cli/config"]),
    ("zip", &["reader", "writer/xlsx"]),
];

#[test]
fn every_room_imports_only_what_lies_below_it() {
    let mut breaches = Vec::new();
    for file in sources() {
        let Some(from) = file.room() else { continue };
        for to in file.imported_rooms() {
            let allowed = match (level(&from), level(&to)) {
                (Level::Model, Level::Model) => true,
                (own, other) => from == to || other < own,
            };
            if !allowed {
                breaches.push(format!("{}: {from} must not import {to}", file.name));
            }
        }
    }
    assert!(breaches.is_empty(), "breaches of the layer rules:\n{}", breaches.join("\n"));
}

#[test]
fn models_import_each_other_without_a_cycle() {
    let mut imports: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in sources() {
        if let Some(room) = file.room().filter(|room| level(room) == Level::Model) {
            let mut others = file.imported_rooms();
            others.remove(&room);
            imports.entry(room).or_default().extend(others);
        }
    }
    // Taking away, again and again, the rooms that import none of the rest leaves the cycles.
    while let Some(free) = imports.iter().find(|(_, to)| to.iter().all(|to| !imports.contains_key(to))) {
        let free = free.0.clone();
        imports.remove(&free);
    }
    assert!(imports.is_empty(), "models that import each other in a circle: {imports:?}");
}

#[test]
fn outside_crates_stay_in_their_homes() {
    let mut breaches = Vec::new();
    for file in sources() {
        for (name, homes) in HOMES {
            let at_home = homes.is_empty() || homes.iter().any(|home| file.lies_in(home));
            if !at_home && file.mentions_crate(name) {
                breaches.push(format!("{}: {name} belongs to {}", file.name, homes.join(", ")));
            }
        }
    }
    assert!(breaches.is_empty(), "crates away from home:\n{}", breaches.join("\n"));
}

#[test]
fn every_dependency_has_a_home() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let dependencies = manifest.lines().skip_while(|line| *line != "[dependencies]").skip(1);
    for line in dependencies.take_while(|line| !line.starts_with('[')) {
        let Some((name, _)) = line.split_once('=') else { continue };
        let name = name.trim();
        assert!(HOMES.iter().any(|(home, _)| *home == name), "name the home of {name} in tests/layers.rs");
    }
}

#[test]
fn a_breach_would_be_seen() {
    let file = |name: &str, text: &str| Source { name: name.to_owned(), text: code(text) };
    let stage = file(
        "extract/a.rs",
        "use crate::{\n    document::Table,\n    table::{self, x},\n};\n// crate::writer",
    );
    assert_eq!(stage.imported_rooms(), BTreeSet::from(["document".to_owned(), "table".to_owned()]));
    assert!(file("extract/a.rs", "let x = zip::read::ZipArchive::new(y);").mentions_crate("zip"));
    assert!(file("extract/a.rs", "use quick_xml;").mentions_crate("quick-xml"));
    assert!(!file("extract/a.rs", "fn unzip() { a.zip(b) } // zip::x").mentions_crate("zip"));
    assert!(!file("a.rs", "fn x() {}\n#[cfg(test)]\nmod tests { use rayon::x; }").mentions_crate("rayon"));
}

/// A source file: its path below `src/`, and its code without comments and tests.
struct Source {
    name: String,
    text: String,
}

impl Source {
    /// The room it belongs to; `lib.rs` names them all and belongs to none.
    fn room(&self) -> Option<String> {
        let first = self.name.split('/').next()?.trim_end_matches(".rs");
        (first != "lib").then(|| first.to_owned())
    }

    fn lies_in(&self, home: &str) -> bool {
        let name = self.name.trim_end_matches(".rs");
        name == home || name.starts_with(&format!("{home}/"))
    }

    /// The rooms after `crate::`, and after `gongkai::` in the binary.
    fn imported_rooms(&self) -> BTreeSet<String> {
        let start = Regex::new(r"\b(?:crate|gongkai)::").unwrap();
        let word = Regex::new(r"^\w+").unwrap();
        let mut rooms = BTreeSet::new();
        for found in start.find_iter(&self.text) {
            let rest = &self.text[found.end()..];
            let paths = if rest.starts_with('{') { top_level_paths(rest) } else { vec![rest] };
            let names = paths.into_iter().filter_map(|path| word.find(path.trim_start()));
            // A name in capitals is something that the crate's root re-exports.
            let names = names.map(|name| name.as_str().to_owned());
            rooms.extend(names.filter(|name| name.chars().all(|c| c.is_lowercase() || c == '_')));
        }
        rooms
    }

    fn mentions_crate(&self, name: &str) -> bool {
        let name = name.replace('-', "_");
        Regex::new(&format!(r"(?m)(?:^|[^:\w.]){name}::|\buse {name};")).unwrap().is_match(&self.text)
    }
}

/// The paths inside the braces that the text begins with, nested braces left whole.
fn top_level_paths(text: &str) -> Vec<&str> {
    let (mut depth, mut start, mut paths) = (0, 1, Vec::new());
    for (index, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 1 => {
                paths.push(&text[start..index]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 1 => {
                paths.push(&text[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    paths
}

fn level(room: &str) -> Level {
    let found = ROOMS.iter().find(|(name, _)| *name == room);
    found.unwrap_or_else(|| panic!("name the layer of src/{room} in tests/layers.rs")).1
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    let mut waiting = vec![src.clone()];
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && !path.ends_with("tests.rs")
            {
                let name = path.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
                found.push(Source { name, text: code(&fs::read_to_string(&path).unwrap()) });
            }
        }
    }
    assert!(found.len() > 20, "the sources were not found");
    found
}

/// The text without line comments and without the module of tests at its end.
fn code(text: &str) -> String {
    let end = text.find("#[cfg(test)]\nmod ").unwrap_or(text.len());
    let lines = text[..end].lines().map(|line| line.split("//").next().unwrap_or(""));
    lines.collect::<Vec<_>>().join("\n")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
