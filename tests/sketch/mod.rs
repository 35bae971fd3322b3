//! Documents drawn in text, for tests: a line is a paragraph, lines that begin with `|` are rows of a table.
//!
//! In a row, `<3>text` spans three columns, `v text` begins a vertical merge and `^` continues it; `⏎` breaks a line.

#![allow(clippy::unwrap_used, reason = "a test fails where a sketch is wrong")]

use gongkai::document::{
    Block, Body, CellSpec, Document, Format, Paragraph, Properties, TableBuilder, Vertical,
};
use gongkai::record::Records;

/// Reads a sketch and runs everything after the reader.
pub fn records(sketch: &str) -> Records {
    let blocks = gongkai::table::recognize(document(sketch));
    let (records, _) = gongkai::extract::records(blocks, "");
    gongkai::normalize::normalize(records)
}

/// The document that a sketch draws.
pub fn document(sketch: &str) -> Document {
    let mut blocks = Vec::new();
    let mut rows: Vec<&str> = Vec::new();
    for line in sketch.lines().map(str::trim).chain([""]) {
        if line.starts_with('|') {
            rows.push(line);
            continue;
        }
        if !rows.is_empty() {
            blocks.push(table(&std::mem::take(&mut rows)));
        }
        blocks.push(Block::Paragraph(Paragraph::plain(line)));
    }
    Document {
        format: Format::Docx,
        pages: None,
        properties: Properties::default(),
        body: Body::Flow(blocks),
        furniture: Vec::new(),
        warnings: Vec::new(),
        visible: 0,
    }
}

fn table(rows: &[&str]) -> Block {
    let mut builder = TableBuilder::new();
    for row in rows {
        builder.start_row();
        let inner = row.trim_matches('|');
        for cell in inner.split('|') {
            builder.cell(spec(cell.trim()));
        }
    }
    Block::Table(builder.finish().unwrap())
}

fn spec(cell: &str) -> CellSpec {
    let (span, text) = match cell.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
        Some((span, text)) if span.parse::<usize>().is_ok() => (span.parse().unwrap(), text),
        _ => (1, cell),
    };
    let (vertical, text) = if let Some(text) = text.strip_prefix("v ") {
        (Vertical::Restart, text)
    } else if let Some(text) = text.strip_prefix('^') {
        (Vertical::Continue, text)
    } else {
        (Vertical::Own, text)
    };
    CellSpec { column_span: span, vertical, ..CellSpec::plain(text.replace('⏎', "\n")) }
}
