//! docx-rs, an independent reader, as oracle for the tables of trusted files.

use crate::fixture::{read, tables};
use docx_rs::{DocumentChild, TableCellContent, TableChild, TableRowChild};
use docx_rs::{ParagraphChild, RunChild, read_docx};
use std::path::{Path, PathBuf};

/// A row as the texts of its own cells, without white space; cells that only continue a merge hold nothing.
type Rows = Vec<Vec<String>>;

#[test]
fn tables_agree_with_docx_rs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["samples", "../shared/eval/documents/docx", "../shared/eval/documents/bazhou-2021"];
    let files: Vec<PathBuf> = folders.iter().flat_map(|folder| word_files(&root.join(folder))).collect();
    if files.is_empty() {
        println!("skipped: no Word files in {folders:?}");
    }
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        let document = read(&bytes);
        let ours: Vec<Rows> = tables(&document).into_iter().map(own_rows).collect();
        let theirs = oracle_tables(&bytes);
        assert_eq!(ours.len(), theirs.len(), "{}", file.display());
        for (number, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
            assert_eq!(ours, theirs, "{} table {}", file.display(), number + 1);
        }
    }
}

fn word_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|extension| extension == "docx")).collect();
    files.sort();
    files
}

fn own_rows(table: &gongkai::document::Table) -> Rows {
    let mut rows = vec![Vec::new(); table.rows];
    for cell in &table.cells {
        rows[cell.row].push(squeeze(&cell.text));
    }
    for row in &mut rows {
        row.retain(|text| !text.is_empty());
    }
    rows
}

fn oracle_tables(bytes: &[u8]) -> Vec<Rows> {
    let docx = read_docx(bytes).unwrap();
    let tables = docx.document.children.into_iter().filter_map(|child| match child {
        DocumentChild::Table(table) => Some(table),
        _ => None,
    });
    tables
        .map(|table| {
            let rows = table.rows.iter().map(|TableChild::TableRow(row)| {
                let cells = row.cells.iter().map(|TableRowChild::TableCell(cell)| {
                    squeeze(&cell.children.iter().map(content_text).collect::<String>())
                });
                cells.filter(|text| !text.is_empty()).collect()
            });
            rows.collect()
        })
        .collect()
}

fn content_text(content: &TableCellContent) -> String {
    let TableCellContent::Paragraph(paragraph) = content else { return String::new() };
    let runs = paragraph.children.iter().filter_map(|child| match child {
        ParagraphChild::Run(run) => Some(run),
        _ => None,
    });
    let texts = runs.flat_map(|run| &run.children).filter_map(|child| match child {
        RunChild::Text(text) => Some(text.text.as_str()),
        _ => None,
    });
    texts.collect()
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
