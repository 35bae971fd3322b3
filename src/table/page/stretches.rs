//! Where tables without upright rulings stand among the lines of a page: between rules, or by figures under each other.

use super::Line;
use super::columns::{borders, layout, pitch, strips};
use super::edges::Edge;
use super::implied::TITLE_SIZE;
use super::pieces::{Piece, Row, row, states_unit};
use super::rules::between_rules;
use super::texts::text_tables;
use super::wrapped::goes_on;
use crate::document::Ruling;

/// Fewest rows with figures that make a table.
const ROWS: usize = 3;
/// Lines farther apart than this many times the usual distance end a table.
const APART: f32 = 2.6;
/// Most lines of a header.
const HEADER: usize = 5;
/// Distance of the lines of a header from each other and the rule below at most, in font sizes.
const HEAD_GAP: f32 = 1.2;
/// Share of the width of a table from which a rule ends what stands above it.
const WHOLE: f32 = 0.9;

/// Where a table without upright rulings stands among the lines of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stretch {
    /// The first line.
    pub(super) start: usize,
    /// The line after the last.
    pub(super) end: usize,
    /// The rules above, between and below the lines, where the table has them.
    pub(super) rules: Vec<Edge>,
    /// Whether every line is one of the body, figures or not.
    pub(super) texts: bool,
}

/// The stretches of consecutive lines that form tables: between rules of one length, or by figures under each other.
pub(super) fn stretches(lines: &[Line], rules: &[Edge], rulings: &[Ruling]) -> Vec<Stretch> {
    let rows: Vec<Row> = lines.iter().map(row).collect();
    let mut between = known_tables(&rows, rules, rulings).into_iter().peekable();
    let mut found: Vec<Stretch> = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        if let Some(stretch) = between.next_if(|stretch| stretch.start == at) {
            at = stretch.end;
            found.push(stretch);
            continue;
        }
        if !rows[at].body {
            at += 1;
            continue;
        }
        let limit = between.peek().map_or(rows.len(), |stretch| stretch.start);
        let end = body_end(&rows[..limit], at);
        let body = rows[at..end].iter().filter(|row| row.body).count();
        if body >= ROWS && is_aligned(&rows[at..end]) {
            let earliest = found.last().map_or(0, |stretch| stretch.end);
            found.push(Stretch {
                start: header_start(&rows, earliest, at, end),
                end,
                rules: Vec::new(),
                texts: false,
            });
        }
        at = end;
    }
    lengthen(&mut found, &rows, rules, rulings);
    add_heads(&mut found, &rows, rules, rulings);
    found
}

/// Adds the lines below a table that has no rule at its foot in which the cells of its last row go on.
fn lengthen(found: &mut [Stretch], rows: &[Row], rules: &[Edge], rulings: &[Ruling]) {
    for index in 0..found.len() {
        let limit = found.get(index + 1).map_or(rows.len(), |next| next.start);
        let stretch = &mut found[index];
        let mut table = rows[stretch.start..stretch.end].to_vec();
        let Some((_, xs)) = layout(&mut table, stretch, rulings) else { continue };
        let Some(last) = table.last() else { continue };
        let beside = |rule: &&Edge| rule.from < xs[xs.len() - 1] && rule.to > xs[0];
        let rule = rules.iter().filter(beside).find(|rule| rule.at > last.y);
        let end = rule.map_or(f32::MAX, |rule| rule.at);
        while stretch.end < limit
            && rows[stretch.end].y < end
            && goes_on(&rows[stretch.start..stretch.end], &rows[stretch.end], &xs)
        {
            stretch.end += 1;
        }
    }
}

/// Adds the lines of headers that stand over the first rule of a table.
fn add_heads(found: &mut [Stretch], rows: &[Row], rules: &[Edge], rulings: &[Ruling]) {
    for index in 0..found.len() {
        let earliest = index.checked_sub(1).map_or(0, |before| found[before].end);
        let stretch = &mut found[index];
        let Some(first) = stretch.rules.first() else { continue };
        if rows[stretch.start].y < first.at {
            continue;
        }
        let mut table = rows[stretch.start..stretch.end].to_vec();
        let Some((first_body, xs)) = layout(&mut table, stretch, rulings) else { continue };
        let size = table[first_body].pieces.first().map_or(0.0, Piece::size);
        let limit = rules.iter().rev().find(|rule| {
            rule.at < first.at - 1.0
                && rule.from < first.to
                && rule.to > first.from
                && rule.to - rule.from > WHOLE * (first.to - first.from)
        });
        let limit = limit.map_or(f32::MIN, |rule| rule.at);
        let mut top = first.at;
        while stretch.start > earliest {
            let above = &rows[stretch.start - 1];
            let (y0, y1) = heights(above);
            let near = top - y1 <= HEAD_GAP * size && y0 > limit;
            let alike = above.pieces.iter().all(|piece| piece.size() <= size * TITLE_SIZE);
            if !near || !alike || !is_header(above, xs[0], xs[xs.len() - 1]) {
                break;
            }
            (top, stretch.start) = (y0, stretch.start - 1);
        }
    }
}

fn heights(row: &Row) -> (f32, f32) {
    let top = row.pieces.iter().map(|piece| piece.bbox.y0).fold(f32::MAX, f32::min);
    (top, row.pieces.iter().map(|piece| piece.bbox.y1).fold(f32::MIN, f32::max))
}

/// The tables between rules and those of texts, from the top.
fn known_tables(rows: &[Row], rules: &[Edge], rulings: &[Ruling]) -> Vec<Stretch> {
    let mut known = between_rules(rows, rules, rulings);
    for (start, end) in text_tables(rows) {
        if known.iter().all(|stretch| stretch.end <= start || stretch.start >= end) {
            known.push(Stretch { start, end, rules: Vec::new(), texts: true });
        }
    }
    known.sort_by_key(|stretch| stretch.start);
    known
}

/// The end of the body that begins at a row.
fn body_end(rows: &[Row], start: usize) -> usize {
    let pitch = pitch(&rows[start..]);
    let mut end = start + 1;
    let mut last_body = start;
    while end < rows.len() {
        let step = rows[end].y - rows[end - 1].y;
        if step > APART * pitch || (!rows[end].body && end - last_body > 2) {
            break;
        }
        if rows[end].body {
            last_body = end;
        }
        end += 1;
    }
    last_body + 1
}

/// Whether the figures of the rows stand under each other.
fn is_aligned(rows: &[Row]) -> bool {
    let xs = borders(&strips(rows));
    let body = rows.iter().filter(|row| row.body);
    // Running text with figures in it fills the width: its words leave no columns free.
    xs.len() > 2 && body.clone().all(|row| row.pieces.len() < 2 * xs.len())
}

/// How far up the header reaches: lines close above, in pieces or beside the middle, that are no title.
fn header_start(rows: &[Row], earliest: usize, first_body: usize, end: usize) -> usize {
    let pitch = pitch(&rows[first_body..end]);
    let xs = borders(&strips(&rows[first_body..end]));
    let (Some(left), Some(right)) = (xs.first().copied(), xs.last().copied()) else { return first_body };
    let mut start = first_body;
    while start > earliest && first_body - start < HEADER {
        let above = &rows[start - 1];
        if rows[start].y - above.y > APART * pitch * 0.75 || !is_header(above, left, right) {
            break;
        }
        start -= 1;
    }
    start
}

pub(super) fn is_header(row: &Row, left: f32, right: f32) -> bool {
    let text: String =
        row.pieces.iter().flat_map(|piece| &piece.words).map(|word| word.text.as_str()).collect();
    if states_unit(&text) || text.contains('。') {
        return false;
    }
    match row.pieces.as_slice() {
        [only] => {
            // A heading over some of the columns; a title stands over the middle of all.
            let off = (only.bbox.centre().0 - f32::midpoint(left, right)).abs();
            off > 0.1 * (right - left) && only.bbox.width() < 0.5 * (right - left)
        }
        _ => true,
    }
}
