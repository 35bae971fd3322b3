//! Rows that rules part where nothing drawn parts the columns: each band between two rules is a row, and a cell that a
//! rule does not reach is merged.

use super::edges::{Edge, REACH, SNAP};
use super::pieces::{Piece, Row, column_of};
use super::stretches::Stretch;
use super::wrapped::{Merged, Wrapped, are_figures};
use crate::document::{Axis, Page};

/// Fewest bands that show rows.
const BANDS: usize = 3;
/// Most lines of text in a band, and most bands.
const MOST_LINES: usize = 10;
const MOST_BANDS: usize = 200;
/// Share of the width that a rule between rows has at least.
const WIDTH: f32 = 0.4;

/// The rows of a body that rules part, where they part all of it.
pub(super) fn banded(body: &[Row], xs: &[f32], stretch: &Stretch, page: &Page) -> Option<Wrapped> {
    let (left, right) = (*xs.first()?, *xs.last()?);
    let (first, last) = (body.first()?.y, body.last()?.y);
    let rules: Vec<Edge> = separators(page, left, right)
        .into_iter()
        .filter(|rule| {
            rule.at > first && rule.at <= stretch.rules.last().map_or(f32::MIN, |rule| rule.at) + SNAP
        })
        .collect();
    // Every row but one that the end of the page cuts off has a rule below it.
    let open = rules.last()?.at < last;
    let count = rules.len() + usize::from(open);
    if !(BANDS..=MOST_BANDS).contains(&count) {
        return None;
    }
    let band = |y: f32| rules.partition_point(|rule| rule.at < y);
    let columns = xs.len() - 1;
    let mut cells: Vec<Vec<Vec<Piece>>> = vec![vec![Vec::new(); columns]; count];
    let mut lines = vec![0; count];
    for row in body {
        lines[band(row.y)] += 1;
        for piece in &row.pieces {
            let (_, y) = piece.bbox.centre();
            cells[band(y)][column_of(xs, piece)].push(piece.clone());
        }
    }
    let single = !cells.iter().flatten().any(|cell| are_figures(cell));
    let few = lines.iter().all(|lines| *lines <= MOST_LINES);
    (single && few).then(|| place(cells, &rules, xs))
}

/// The rules inside a width that reach to its right side, joined from their pieces, from the top.
fn separators(page: &Page, left: f32, right: f32) -> Vec<Edge> {
    let across = page.rulings.iter().filter(|ruling| ruling.axis == Axis::Horizontal);
    let within = across.filter(|ruling| ruling.from >= left - REACH && ruling.to <= right + REACH);
    let mut rules: Vec<Edge> =
        within.map(|ruling| Edge { at: ruling.at, from: ruling.from, to: ruling.to }).collect();
    rules.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut joined: Vec<Edge> = Vec::new();
    for rule in rules {
        match joined.last_mut() {
            Some(last) if rule.at - last.at <= SNAP => {
                (last.from, last.to) = (last.from.min(rule.from), last.to.max(rule.to));
            }
            _ => joined.push(rule),
        }
    }
    joined.retain(|rule| rule.to >= right - REACH && rule.to - rule.from >= WIDTH * (right - left));
    joined
}

/// Puts the texts into their rows; a cell goes on over the rules that do not reach it.
fn place(cells: Vec<Vec<Vec<Piece>>>, rules: &[Edge], xs: &[f32]) -> Wrapped {
    let count = cells.len();
    let mut table = Wrapped { rows: vec![Vec::new(); count], merged: Vec::new(), unsure: false };
    let mut cells: Vec<Vec<Option<Vec<Piece>>>> =
        cells.into_iter().map(|row| row.into_iter().map(Some).collect()).collect();
    for row in 0..count {
        for column in 0..xs.len() - 1 {
            let Some(mut pieces) = cells[row][column].take() else { continue };
            let middle = f32::midpoint(xs[column], xs[column + 1]);
            let reached = |row: usize| rules.get(row).is_none_or(|rule| rule.from < middle);
            let mut last = row;
            while last + 1 < count && !reached(last) {
                last += 1;
                pieces.extend(cells[last][column].take().unwrap_or_default());
            }
            if last > row {
                table.merged.push(Merged { row, column, row_span: last + 1 - row, pieces });
            } else {
                table.rows[row].extend(pieces);
            }
        }
    }
    table
}
