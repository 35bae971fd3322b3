//! Tables of texts without rules: lines whose pieces stand in the same columns, some of them wrapped.

use super::columns::borders;
use super::pieces::{Piece, Row, is_caption};
use super::stretches::is_header;
use super::wrapped::wrapped;

/// Fewest columns: two may be a list.
const COLUMNS: usize = 3;
/// Most columns.
const MOST_COLUMNS: usize = 40;
/// Lines farther apart than this many font sizes end a table.
const APART: f32 = 3.2;
/// Gap between two columns (points).
const COLUMN_GAP: f32 = 1.5;
/// How far font sizes of one table may be off.
const SAME_SIZE: f32 = 0.6;
/// Share of the rows that must have something in three columns.
const WIDE_ROWS: f32 = 0.6;

/// The stretches of lines that are such tables: the first line of each and the one after its last.
pub(super) fn text_tables(rows: &[Row]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut earliest = 0;
    let mut at = 0;
    while at < rows.len() {
        let Some((start, end, xs)) = region(rows, earliest, at) else {
            at += 1;
            continue;
        };
        if !is_headed(rows, earliest, start, &xs)
            && !figures_go_on(rows, end)
            && is_table(&rows[start..end], &xs)
        {
            found.push((start, end));
            earliest = end;
        }
        at = end;
    }
    found
}

/// The lines around one with pieces in enough columns that stand in the same columns, and the borders of these.
fn region(rows: &[Row], earliest: usize, seed: usize) -> Option<(usize, usize, Vec<f32>)> {
    if rows[seed].pieces.len() < COLUMNS || rows[seed].pieces.iter().any(Piece::is_leader) {
        return None;
    }
    let mut strips: Vec<(f32, f32)> = Vec::new();
    add(&mut strips, &rows[seed])?;
    let size = rows[seed].pieces[0].size();
    let fits = |row: &Row, beside: &Row, strips: &mut Vec<(f32, f32)>| {
        let near = (row.y - beside.y).abs() <= APART * size;
        let alike = row.pieces.iter().all(|piece| (piece.size() - size).abs() <= SAME_SIZE);
        near && alike && !is_caption(row) && add(strips, row).is_some()
    };
    let (mut start, mut end) = (seed, seed + 1);
    while end < rows.len() && fits(&rows[end], &rows[end - 1], &mut strips) {
        end += 1;
    }
    while start > earliest && fits(&rows[start - 1], &rows[start], &mut strips) {
        start -= 1;
    }
    Some((start, end, borders(&strips)))
}

/// Whether lines of a header over several columns stand above: the figures below it tell the table.
fn is_headed(rows: &[Row], earliest: usize, start: usize, xs: &[f32]) -> bool {
    let (Some(left), Some(right)) = (xs.first(), xs.last()) else { return false };
    let Some(above) = start.checked_sub(1).filter(|above| *above >= earliest).map(|above| &rows[above])
    else {
        return false;
    };
    let size = above.pieces.first().map_or(0.0, Piece::size);
    above.pieces.len() > 1 && rows[start].y - above.y <= APART * size && is_header(above, *left, *right)
}

/// Whether a row of figures at the end of lines has another right below it: the figures tell the table.
fn figures_go_on(rows: &[Row], end: usize) -> bool {
    let Some((last, below)) = rows.get(end).and_then(|below| Some((rows.get(end.checked_sub(1)?)?, below)))
    else {
        return false;
    };
    let size = last.pieces.first().map_or(0.0, Piece::size);
    last.body && below.body && below.y - last.y <= APART * size
}

/// Whether some cells wrap, and most rows have something in enough columns.
fn is_table(rows: &[Row], xs: &[f32]) -> bool {
    let Some(table) = wrapped(rows, xs, true).filter(|table| table.rows.len() > 1 && !table.unsure) else {
        return false;
    };
    let filled = |row: &&Vec<Piece>| {
        let column = |pair: &[f32]| row.iter().any(|p| p.bbox.x0 < pair[1] && p.bbox.x1 > pair[0]);
        xs.windows(2).filter(|pair| column(pair)).count() >= COLUMNS
    };
    #[expect(clippy::cast_precision_loss, reason = "a page has few rows")]
    let wide = table.rows.iter().filter(filled).count() as f32 >= WIDE_ROWS * table.rows.len() as f32;
    wide
}

/// Adds the pieces of a line to the columns; `None`, with nothing changed, where one reaches over two of them, or
/// where the line is a text beside all.
fn add(strips: &mut Vec<(f32, f32)>, row: &Row) -> Option<()> {
    if row.pieces.len() > MOST_COLUMNS {
        return None;
    }
    let mut wider = strips.clone();
    for piece in &row.pieces {
        let (from, to) = (piece.bbox.x0, piece.bbox.x1);
        let mut over =
            wider.iter_mut().filter(|strip| from < strip.1 + COLUMN_GAP && to > strip.0 - COLUMN_GAP);
        match (over.next(), over.next()) {
            (Some(strip), None) => *strip = (strip.0.min(from), strip.1.max(to)),
            (None, _) if row.pieces.len() > 1 => wider.push((from, to)),
            _ => return None,
        }
    }
    wider.sort_by(|a, b| a.0.total_cmp(&b.0));
    let apart =
        wider.len() <= MOST_COLUMNS && wider.windows(2).all(|pair| pair[0].1 + COLUMN_GAP <= pair[1].0);
    apart.then(|| *strips = wider)
}
