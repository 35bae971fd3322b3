//! Markup → text, in the two ways text disclosures come about.

use super::markup::{Cell, Piece};
use std::fmt::Write as _;

const NUMERALS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// The dump of a Word file by a converter: each cell on lines of its own, a TAB before its first line, a blank line
/// behind each row and one more behind the table; cells merged away to the left are gone, those merged away upwards are
/// empty; headings carry bookmark marks.
pub fn flattened(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Heading(text) => writeln!(out, "[bookmark: _Toc{}]{text}", 471_398_400 + index),
            Piece::Table(rows) => {
                for row in rows {
                    for cell in row {
                        push_cell(&mut out, cell);
                    }
                    out.push('\n');
                }
                writeln!(out)
            }
            other => writeln!(out, "{}", line(other)),
        }
        .expect("a String takes all text");
    }
    out
}

fn push_cell(out: &mut String, cell: &Cell) {
    out.push('\t');
    out.push_str(&cell.text);
    out.push('\n');
}

/// Text and tables copied by hand into an editor: a table's row is a line, with TABs between its cells.
pub fn copied(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        if let Piece::Table(rows) = piece {
            for row in rows {
                let cells: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
                writeln!(out, "{}", cells.join("\t")).expect("a String takes all text");
            }
        } else {
            writeln!(out, "{}", line(piece)).expect("a String takes all text");
        }
    }
    out
}

/// The line of a piece that is no table; an automatic number is printed.
fn line(piece: &Piece) -> String {
    match piece {
        Piece::Title(text) | Piece::Heading(text) | Piece::Caption(text) | Piece::Text(text) => text.clone(),
        Piece::Numbered(number, text) => format!("{}、{text}", NUMERALS[*number]),
        Piece::Blank | Piece::Table(_) => String::new(),
    }
}
