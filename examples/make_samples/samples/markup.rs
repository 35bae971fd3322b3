//! The small markup that the samples are written in.
//!
//! `# ` a title, `## ` a heading, `##+ ` a heading with automatic numbering, `= ` a centred caption, `| a | b |` a row of
//! a table, anything else a paragraph. In a cell `⏎` is a line break, `>` alone continues the cell to the left and `^`
//! alone the cell above.

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// The title.
    Title(String),
    /// A heading.
    Heading(String),
    /// A heading whose number (from 1, anew under each plain heading) is no part of its text.
    Numbered(usize, String),
    /// A centred line above a table.
    Caption(String),
    /// A paragraph.
    Text(String),
    /// An empty line.
    Blank,
    /// A table.
    Table(Vec<Vec<Cell>>),
}

/// A cell as Word states it: cells that are merged to the right are one, those merged downwards one per row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its text.
    pub text: String,
    /// Columns it covers.
    pub span: usize,
    /// Whether it continues the cell above.
    pub joins_above: bool,
    /// Whether the cell below continues it.
    pub joins_below: bool,
}

/// Reads the markup.
pub fn parse(source: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rows: Vec<&str> = Vec::new();
    let mut number = 0;
    for line in source.lines() {
        if line.starts_with('|') {
            rows.push(line);
            continue;
        }
        pieces.extend(table(&std::mem::take(&mut rows)));
        let piece = if let Some(text) = line.strip_prefix("##+ ") {
            number += 1;
            Piece::Numbered(number, text.to_owned())
        } else if let Some(text) = line.strip_prefix("## ") {
            number = 0;
            Piece::Heading(text.to_owned())
        } else if let Some(text) = line.strip_prefix("# ") {
            Piece::Title(text.to_owned())
        } else if let Some(text) = line.strip_prefix("= ") {
            Piece::Caption(text.to_owned())
        } else if line.is_empty() {
            Piece::Blank
        } else {
            Piece::Text(line.to_owned())
        };
        pieces.push(piece);
    }
    pieces.extend(table(&rows));
    pieces
}

fn table(rows: &[&str]) -> Option<Piece> {
    let grid: Vec<Vec<&str>> = rows.iter().map(|row| positions(row)).collect();
    let rows = grid.iter().enumerate().map(|(index, row)| cells(row, grid.get(index + 1))).collect();
    (!grid.is_empty()).then_some(Piece::Table(rows))
}

/// The texts between the bars; white space inside a text is kept but for one space at either side.
fn positions(row: &str) -> Vec<&str> {
    let inner = row.trim_start_matches('|').trim_end_matches('|');
    let unpadded = inner.split('|').map(|text| text.strip_prefix(' ').unwrap_or(text));
    unpadded.map(|text| text.strip_suffix(' ').unwrap_or(text)).collect()
}

fn cells(row: &[&str], below: Option<&Vec<&str>>) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    for (column, text) in row.iter().enumerate() {
        if *text == ">" {
            if let Some(left) = cells.last_mut() {
                left.span += 1;
            }
            continue;
        }
        let joins_above = *text == "^";
        let joins_below = below.is_some_and(|below| below.get(column) == Some(&"^"));
        let text = if joins_above { String::new() } else { text.replace('⏎', "\n") };
        cells.push(Cell { text, span: 1, joins_above, joins_below });
    }
    cells
}
