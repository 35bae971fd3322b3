//! Rows that no rule parts inside ruled columns or merged cells, and boxes around tables whose columns no rule parts.

use super::cells::{Area, Lattice};
use super::columns::{by_lines, row_borders};
use super::implied::inside;
use super::lines::lines;
use super::pieces::{Piece, Row, column_of, row};
use super::spans::whole;
use super::wrapped::{Wrapped, are_figures, wrapped};
use crate::document::{Rect, Word};
use std::ops::Range;

/// Fewest pieces of a line, and such lines, that show columns inside a box.
const PIECES: usize = 3;
const LINES: usize = 2;
/// Distance of the lines of a text at most, in font sizes, and how far its middle may be off that of its cell.
const LEADING: f32 = 1.7;
const OFF: f32 = 0.5;
/// Share of the height of a table from which a row may be several without figures, and fewest columns then.
const MOST: f32 = 0.5;
const COLUMNS: usize = 4;
/// So many of ten rows have something in enough columns.
const WIDE: usize = 7;
/// Fewest rows.
const ROWS: usize = 3;

/// The rows that stand between two rules.
pub(super) struct Rows {
    /// The borders between them, from the top.
    pub(super) ys: Vec<f32>,
    /// Their cells, counted from the first of them.
    pub(super) cells: Vec<(Area, Vec<Word>)>,
    /// Whether some may be lines of cells.
    pub(super) unsure: bool,
}

/// Whether the words in a box of one column stand in columns of their own.
pub(super) fn holds_columns(words: &[Word], bounds: Rect) -> bool {
    let inside = inside(words, (bounds.y0, bounds.y1), (bounds.x0, bounds.x1));
    let lines = lines(inside.into_iter().cloned().collect());
    lines.iter().filter(|line| row(line).pieces.len() >= PIECES).count() >= LINES
}

/// The rows of a band between two rules that reach over all columns, where its texts are those of several.
pub(super) fn rows(lattice: &Lattice, words: &[Vec<Word>], band: usize) -> Option<Rows> {
    let columns = lattice.columns();
    let own = |area: &Area| area.row == band && area.row_span == 1 && area.column_span == 1;
    let of: Vec<usize> = (0..words.len()).filter(|index| own(&lattice.cells[*index])).collect();
    if of.len() != columns || columns < 2 {
        return None;
    }
    let (top, bottom) = (lattice.ys[band], lattice.ys[band + 1]);
    if bottom - top <= MOST * lattice.bounds().height() {
        return None;
    }
    let body = body(of.iter().flat_map(|index| &words[*index]).cloned().collect(), &lattice.xs);
    let table = wrapped(&body, &lattice.xs, false).unwrap_or_else(|| by_lines(&body, &lattice.xs));
    let stacked = of.iter().any(|index| are_figures(&pieces(&words[*index])));
    let told = stacked && !joins_figures(&table, &lattice.xs) || columns >= COLUMNS && is_wide(&table);
    let several = table.rows.len() >= ROWS && !table.rows.iter().any(Vec::is_empty);
    (told && several).then(|| place(table, &lattice.xs, top..bottom))
}

/// The texts in a cell: lines no farther apart than those of a text.
pub(super) fn texts(words: &[Word]) -> Vec<Vec<Word>> {
    let mut texts: Vec<(f32, Vec<Word>)> = Vec::new();
    for line in lines(words.to_vec()) {
        match texts.last_mut() {
            Some((y, text)) if line.baseline - *y <= LEADING * line.size => {
                *y = line.baseline;
                text.extend(line.words);
            }
            _ => texts.push((line.baseline, line.words)),
        }
    }
    texts.into_iter().map(|(_, text)| text).collect()
}

/// The first row and the number of rows of each text of a cell, where each stands in the middle of its own.
pub(super) fn in_middles(borders: &[f32], texts: &[Vec<Word>]) -> Option<Vec<(usize, usize)>> {
    let bounds =
        |words: &Vec<Word>| words.iter().map(|word| word.bbox).reduce(Rect::union).unwrap_or_default();
    let middles: Vec<f32> = texts.iter().map(|words| bounds(words).centre().1).collect();
    let size = texts.first()?.first()?.size;
    whole(borders, &middles, OFF * size)
}

/// Whether most rows have something in enough columns.
fn is_wide(table: &Wrapped) -> bool {
    let wide = table.rows.iter().filter(|row| row.len() >= PIECES).count();
    wide * 10 >= table.rows.len() * WIDE
}

/// The lines of a text as one piece each.
fn pieces(words: &[Word]) -> Vec<Piece> {
    lines(words.to_vec()).into_iter().filter_map(|line| Piece::new(line.words)).collect()
}

/// The lines of the columns side by side.
fn body(words: Vec<Word>, xs: &[f32]) -> Vec<Row> {
    let columns = xs.len() - 1;
    let row = |line: super::Line| {
        let mut texts: Vec<Vec<Word>> = vec![Vec::new(); columns];
        for word in line.words {
            let column = xs.partition_point(|x| *x <= word.bbox.centre().0).saturating_sub(1);
            texts[column.min(columns - 1)].push(word);
        }
        Row { pieces: texts.into_iter().filter_map(Piece::new).collect(), y: line.baseline, body: true }
    };
    lines(words).into_iter().map(row).collect()
}

/// Whether some cell of the rows holds two figures.
fn joins_figures(table: &Wrapped, xs: &[f32]) -> bool {
    let of = |row: &Vec<Piece>, column: usize| -> Vec<Piece> {
        row.iter().filter(|piece| column_of(xs, piece) == column).cloned().collect()
    };
    table.rows.iter().any(|row| (0..xs.len() - 1).any(|column| are_figures(&of(row, column))))
        || table.merged.iter().any(|cell| are_figures(&cell.pieces))
}

/// The borders and cells of the rows.
fn place(table: Wrapped, xs: &[f32], height: Range<f32>) -> Rows {
    let columns = xs.len() - 1;
    let bands: Vec<Row> = table.rows.into_iter().map(|pieces| Row { pieces, y: 0.0, body: true }).collect();
    let ys = row_borders(&bands);
    let mut taken = vec![false; bands.len() * columns];
    let mut cells: Vec<(Area, Vec<Word>)> = Vec::new();
    for cell in table.merged {
        let area = Area { row: cell.row, column: cell.column, row_span: cell.row_span, column_span: 1 };
        for row in area.row..area.row + area.row_span {
            taken[row * columns + area.column] = true;
        }
        cells.push((area, cell.pieces.into_iter().flat_map(|piece| piece.words).collect()));
    }
    for (row, band) in bands.into_iter().enumerate() {
        let mut words: Vec<Vec<Word>> = vec![Vec::new(); columns];
        for piece in band.pieces {
            words[column_of(xs, &piece)].extend(piece.words);
        }
        for (column, words) in
            words.into_iter().enumerate().filter(|(column, _)| !taken[row * columns + column])
        {
            cells.push((Area { row, column, row_span: 1, column_span: 1 }, words));
        }
    }
    let inner = ys[1..ys.len() - 1].iter().map(|y| y.clamp(height.start, height.end));
    Rows { ys: inner.collect(), cells, unsure: table.unsure }
}
