//! A dictionary of quantities: a reading, then all strings that have it. See `tests/quantity_corpus/README.md`.

use gongkai::quantity::{Context, Kind, Quantity, find, parse};
use rust_decimal::Decimal;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// What the strings under one heading mean: the kind and, as far as given, the rest.
#[derive(Debug, Default, Clone)]
struct Reading {
    kind: String,
    base: Option<Decimal>,
    unit_base: String,
    wanted: Vec<(String, String)>,
}

impl Reading {
    /// Reads a heading: `= KIND [BASE UNIT_BASE] [field=value …]`.
    fn from_heading(heading: &str) -> Self {
        let mut reading = Reading::default();
        for word in heading.split_whitespace() {
            if let Some((field, value)) = word.split_once('=') {
                reading.wanted.push((field.to_owned(), value.to_owned()));
            } else if reading.kind.is_empty() {
                word.clone_into(&mut reading.kind);
            } else if reading.base.is_none() {
                reading.base =
                    Some(word.parse().unwrap_or_else(|_| panic!("a number in the heading {heading:?}")));
            } else {
                word.clone_into(&mut reading.unit_base);
            }
        }
        reading
    }

    fn problems(&self, quantity: &Quantity) -> String {
        let mut problems = String::new();
        let mut differ = |field: &str, wanted: &str, got: &str| {
            if wanted != got {
                let _ = write!(problems, " {field} is {got:?}, not {wanted:?};");
            }
        };
        differ("kind", &self.kind, quantity.kind.code());
        if self.base != quantity.value_base.map(|value| value.normalize()) {
            differ("base", &format!("{:?}", self.base), &format!("{:?}", quantity.value_base));
        }
        differ("unit_base", &self.unit_base, quantity.unit_base.as_deref().unwrap_or_default());
        for (field, wanted) in &self.wanted {
            differ(field, wanted, &field_of(quantity, field));
        }
        problems
    }
}

fn field_of(quantity: &Quantity, field: &str) -> String {
    let number = |value: Option<Decimal>| value.map_or(String::new(), |value| value.normalize().to_string());
    match field {
        "comparator" => quantity.comparator.map_or("", |comparator| comparator.code()).to_owned(),
        "value" => number(quantity.value),
        "max" => number(quantity.value_max),
        "unit" => quantity.unit.clone().unwrap_or_default(),
        "code" => quantity.unit_code.clone().unwrap_or_default(),
        "annual" => number(quantity.value_annual),
        "per" => quantity.per.clone().unwrap_or_default(),
        "period" => quantity.period.clone().unwrap_or_default(),
        "flag" => quantity
            .flags
            .iter()
            .map(gongkai::flag::Flag::code)
            .filter(|code| *code != "comparator_implied")
            .collect::<Vec<_>>()
            .join(";"),
        other => panic!("unknown field {other:?}"),
    }
}

/// Splits `text | name=…|description=…` into the text and the row's words.
fn with_context(line: &str) -> (&str, Context<'_>) {
    let mut context = Context { year: Some(2021), ..Context::default() };
    let mut parts = line.split(" | ");
    let text = parts.next().unwrap_or_default();
    for part in parts {
        match part.split_once('=') {
            Some(("level2", value)) => context.level2 = value,
            Some(("name", value)) => context.name = value,
            Some(("description", value)) => context.description = value,
            _ => panic!("unknown context {part:?}"),
        }
    }
    (text, context)
}

/// The problems of one string: as a cell, or found in running text as the only quantity.
fn check(file: &str, reading: &Reading, line: &str) -> String {
    let (text, context) = with_context(line);
    let text = text.replace("\\n", "\n");
    if file.starts_with("nothing") {
        let found = find(&text);
        return found.iter().fold(String::new(), |all, found| all + " found " + &found.quantity.text);
    }
    if file.starts_with("cell") {
        return reading.problems(&parse(&text, &context));
    }
    let mut found = find(&text);
    found.retain(|found| reading.kind == "date" || found.quantity.kind != Kind::Date);
    match found.as_slice() {
        [only] => reading.problems(&only.quantity),
        all => format!(" found {:?}", all.iter().map(|found| &found.quantity.text).collect::<Vec<_>>()),
    }
}

fn corpus() -> io::Result<Vec<(String, String)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quantity_corpus");
    let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    let mut files: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    let name = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    files.iter().map(|path| Ok((name(path), fs::read_to_string(path)?))).collect()
}

#[test]
fn every_string_of_the_dictionary_means_what_stands_above_it() {
    let mut strings = 0;
    let mut problems = Vec::new();
    for (file, text) in corpus().expect("the dictionary beside this test") {
        let mut reading = Reading::default();
        for (number, line) in text.lines().enumerate() {
            if let Some(heading) = line.strip_prefix("= ") {
                reading = Reading::from_heading(heading);
            } else if !line.trim().is_empty() && !line.starts_with("# ") {
                strings += 1;
                let found = check(&file, &reading, line);
                if !found.is_empty() {
                    problems.push(format!("{file}:{} {line}:{found}", number + 1));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{} of {strings} strings:\n{}", problems.len(), problems.join("\n"));
    assert!(strings >= 1500, "only {strings} strings");
}
