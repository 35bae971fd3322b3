//! One document in several forms yields the same records, whatever file it comes in.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod packing;

use gongkai::Options;
use gongkai::document::Table;
use packing::flat;
use std::fs;
use std::path::{Path, PathBuf};

/// What a document says, form by form of record, in a shape that can be compared.
#[derive(Debug, PartialEq)]
struct Said {
    projects: Vec<String>,
    indicators: Vec<String>,
    amounts: Vec<String>,
    line_items: Vec<String>,
    tables: Vec<Vec<String>>,
}

fn said(bytes: &[u8], name: &str) -> Said {
    let extraction = gongkai::extract(bytes, &Options { path: "2021/公开".to_owned(), ..Options::default() });
    assert_eq!(extraction.error, None, "{name}");
    assert_eq!(extraction.characters.missing(), 0, "{name}: text was lost");
    let records = extraction.records;
    Said {
        projects: lines(&records.projects),
        indicators: lines(&records.indicators),
        amounts: lines(&records.amounts),
        line_items: lines(&records.line_items),
        tables: records.tables.iter().map(|(_, table)| rows(table)).collect(),
    }
}

fn lines<T: std::fmt::Debug>(records: &[T]) -> Vec<String> {
    // White space inside a text is a matter of the format.
    records
        .iter()
        .map(|record| format!("{record:?}").replace("\\n", "").split_whitespace().collect())
        .collect()
}

fn rows(table: &Table) -> Vec<String> {
    let grid = table.grid();
    let cell = |row, column| grid.text(row, column).split_whitespace().collect::<String>();
    let row = |row| (0..grid.columns()).map(|column| cell(row, column)).collect::<Vec<_>>().join("|");
    (0..grid.rows()).map(row).collect()
}

/// Compares kind by kind, so that a failure shows what differs.
fn assert_same(one: &Said, other: &Said, name: &str) {
    for (kind, left, right) in [
        ("projects", &one.projects, &other.projects),
        ("indicators", &one.indicators, &other.indicators),
        ("amounts", &one.amounts, &other.amounts),
        ("line items", &one.line_items, &other.line_items),
    ] {
        assert_eq!(left.len(), right.len(), "{name}: number of {kind}");
        for (left, right) in left.iter().zip(right) {
            assert_eq!(left, right, "{name}: {kind}");
        }
    }
    assert_eq!(one.tables, other.tables, "{name}");
}

#[test]
fn a_word_document_says_the_same_in_every_form() {
    let fixture =
        |ending: &str| fs::read(root().join("tests/fixtures/word/budget").with_extension(ending)).unwrap();
    let docx = fixture("docx");
    let expected = said(&docx, "docx");
    assert!(!expected.indicators.is_empty());
    for ending in ["doc", "rtf"] {
        assert_same(&said(&fixture(ending), ending), &expected, ending);
    }
    assert_same(&said(flat(&docx).as_bytes(), "flat package"), &expected, "flat package");
}

#[test]
fn a_workbook_says_the_same_in_every_form() {
    let fixture =
        |ending: &str| fs::read(root().join("tests/fixtures/sheet/budget").with_extension(ending)).unwrap();
    let expected = said(&fixture("xlsx"), "xlsx");
    assert!(!expected.indicators.is_empty() && !expected.amounts.is_empty());
    assert_same(&said(&fixture("xls"), "xls"), &expected, "xls");
    // The program that made the page lays title, unit and note into the table.
    let page = said(&fixture("html"), "html");
    assert_eq!(page.indicators, expected.indicators);
}

#[test]
fn every_sample_says_the_same_as_a_flat_package() {
    let mut compared = 0;
    for file in fs::read_dir(root().join("samples")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "docx") {
            let docx = fs::read(&path).unwrap();
            let name = path.display().to_string();
            assert_same(&said(flat(&docx).as_bytes(), &name), &said(&docx, &name), &name);
            compared += 1;
        }
    }
    assert!(compared > 0);
}

/// The documents of the evaluation kit.
#[test]
fn every_document_of_the_kit_says_the_same_in_every_form() {
    let folder = root().join("../shared/eval/documents");
    let Ok(files) = fs::read_dir(folder.join("docx")) else {
        println!("skipped: {} is not there", folder.display());
        return;
    };
    let mut documents = vec![folder.join("bazhou-2021/bazhou.docx")];
    documents.extend(files.map(|file| file.unwrap().path()));
    for docx in documents {
        let name = docx.display().to_string();
        let bytes = fs::read(&docx).unwrap();
        let expected = said(&bytes, &name);
        assert_same(&said(flat(&bytes).as_bytes(), &name), &expected, &format!("{name}, flat"));
        let doc = beside(&docx, &folder, "doc");
        assert_same(&said(&fs::read(&doc).unwrap(), &name), &expected, &doc.display().to_string());
        let html = beside(&docx, &folder, "html");
        if let Ok(page) = fs::read(&html) {
            // A page does not show the spaces by which the document indents names, so that levels differ.
            let page = Said { line_items: Vec::new(), ..said(&page, &name) };
            let expected = Said { line_items: Vec::new(), ..expected };
            assert_same(&page, &expected, &html.display().to_string());
        }
    }
}

/// The same document in another form.
fn beside(docx: &Path, folder: &Path, ending: &str) -> PathBuf {
    let name = Path::new(docx.file_name().unwrap()).with_extension(ending);
    let together = docx.with_extension(ending);
    if together.exists() { together } else { folder.join(ending).join(name) }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
