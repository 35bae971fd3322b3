//! Tables between horizontal rules of one length: three or more, or two in the same pieces over lines in their columns.

use super::columns::{borders, strips};
use super::edges::Edge;
use super::implied::{self, Rule};
use super::pieces::{Piece, Row, is_caption};
use super::stretches::Stretch;
use crate::document::Ruling;

/// Rules shorter than this bound no table (points).
const SHORTEST_RULE: f32 = 100.0;
/// How far the ends of rules of one table may be off (points).
const SAME_END: f32 = 4.0;
/// How far a text may reach over the border of its column (points).
const OVERHANG: f32 = 2.0;
/// Lines farther apart than this many font sizes end a table that has no rule at its foot.
const APART: f32 = 3.5;
/// Rules up to this far apart are one (points).
const DOUBLE: f32 = 4.0;
/// Most rules of a page that are compared; a drawing has more.
const MOST_RULES: usize = 2_000;

/// The lines between three or more rules of one length, most of them in pieces or all in the columns that the pieces of
/// the rules show; the table goes on below its last rule over lines in these columns.
pub(super) fn between_rules(rows: &[Row], rules: &[Edge], rulings: &[Ruling]) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    if rules.len() > MOST_RULES {
        return found;
    }
    let in_pieces = implied::in_pieces(rulings, rules);
    let mut used = vec![false; rules.len()];
    for first in 0..rules.len() {
        if used[first] || rules[first].to - rules[first].from < SHORTEST_RULE {
            continue;
        }
        let group = group(rows, &in_pieces, first, &mut used);
        let (top, bottom) = (group[0].edge.at, group[group.len() - 1].edge.at);
        let inside = lines_between(rows, top, bottom);
        let divided = inside.iter().filter(|row| row.pieces.len() > 1).count();
        let start = rows.partition_point(|row| row.y <= top);
        let foot = start + inside.len();
        let columns = if group.len() > 1 { implied::columns(&group) } else { None };
        let end = columns.map_or(foot, |xs| foot + lines_below(&rows[foot..], bottom, rules, &xs));
        let enough = group.len() >= 3 && divided >= 2 || end > foot && divided >= 1;
        if enough && found.last().is_none_or(|stretch| stretch.end <= start) {
            let rules = group.iter().map(|rule| rule.edge).collect();
            found.push(Stretch { start, end, rules, texts: false });
        }
    }
    found
}

/// The rules of the table that the first one begins.
fn group<'a>(rows: &[Row], rules: &'a [Rule], first: usize, used: &mut [bool]) -> Vec<&'a Rule> {
    let mut group = vec![&rules[first]];
    for (index, rule) in rules.iter().enumerate().skip(first + 1) {
        let last = group[group.len() - 1];
        if !same_ends(last.edge, rule.edge) {
            continue;
        }
        let inside = lines_between(rows, last.edge.at, rule.edge.at);
        let divided = inside.iter().filter(|row| row.pieces.len() > 1).count();
        let in_columns = || {
            implied::columns(&[last, rule])
                .or_else(|| divided_columns(inside))
                .is_some_and(|xs| divided > 0 && inside.iter().all(|row| fits(row, &xs)))
        };
        let next = index + 1;
        let other = !implied::same_columns(last, rule)
            || inside.is_empty() && begins_another(rows, &group, rule, rules.get(next));
        if other || divided * 2 < inside.len() && !in_columns() {
            break;
        }
        used[index] = true;
        group.push(rule);
    }
    group
}

/// Whether a rule below an empty space begins another table: one with more columns than what stands above.
fn begins_another(rows: &[Row], group: &[&Rule], rule: &Rule, next: Option<&Rule>) -> bool {
    let most = |lines: &[Row]| lines.iter().map(|row| row.pieces.len()).max().unwrap_or(0);
    let last = group[group.len() - 1].edge.at;
    let above = most(lines_between(rows, group[0].edge.at, last));
    let below = most(lines_between(rows, rule.edge.at, next.map_or(f32::MAX, |next| next.edge.at)));
    rule.edge.at - last > DOUBLE && above > 0 && above < below
}

/// The borders of the columns that lines in pieces show, if at least three: more lines in one piece are the rests of cells.
fn divided_columns(lines: &[Row]) -> Option<Vec<f32>> {
    let divided = |row: &&Row| row.pieces.len() > 1;
    let rows: Vec<Row> = lines.iter().filter(divided).map(|row| Row { body: true, ..row.clone() }).collect();
    let xs = borders(&strips(&rows));
    (xs.len() > 3 && rows.len() > 1).then_some(xs)
}

/// How many lines below the last rule of a table stand in its columns.
fn lines_below(rows: &[Row], bottom: f32, rules: &[Edge], xs: &[f32]) -> usize {
    let next =
        rules.iter().find(|rule| rule.at > bottom + 1.0 && rule.from < xs[xs.len() - 1] && rule.to > xs[0]);
    let end = next.map_or(f32::MAX, |rule| rule.at);
    let mut above = bottom;
    let near = |row: &&Row| {
        let size = row.pieces.first().map_or(0.0, Piece::size);
        let near = row.y < end && row.y - above <= APART * size && fits(row, xs);
        above = row.y;
        near
    };
    let below = &rows[..rows.iter().take_while(near).count()];
    // A title or a note below the table is one piece; a row of the table is not.
    below.iter().rposition(|row| row.pieces.len() > 1).map_or(0, |last| last + 1)
}

/// Whether no text of a line reaches over a border, or beyond the table.
fn fits(row: &Row, xs: &[f32]) -> bool {
    let within = |piece: &Piece| {
        let (from, to) = (piece.bbox.x0, piece.bbox.x1);
        from >= xs[0] - OVERHANG
            && to <= xs[xs.len() - 1] + OVERHANG
            && !xs.iter().any(|x| from < x - OVERHANG && to > x + OVERHANG)
    };
    !is_caption(row) && row.pieces.iter().all(within)
}

fn same_ends(a: Edge, b: Edge) -> bool {
    (a.from - b.from).abs() <= SAME_END && (a.to - b.to).abs() <= SAME_END
}

fn lines_between(rows: &[Row], top: f32, bottom: f32) -> &[Row] {
    let start = rows.partition_point(|row| row.y <= top);
    let end = rows.partition_point(|row| row.y <= bottom);
    &rows[start..end.max(start)]
}
