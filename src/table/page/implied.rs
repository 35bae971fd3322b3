//! Upright edges that nobody drew: a table with rules between its rows alone is often drawn cell by cell, and its
//! columns lie where the pieces of its rules end.

use super::edges::{Edge, REACH, SNAP, frames};
use crate::document::{Axis, Rect, Ruling, Word};

/// Mean length from which the pieces of a rule are those of cells, and no dashes (points).
const SHORTEST_PIECE: f32 = 12.0;
/// Fewest rows between rules that show a table by themselves.
const LEAST_ROWS: usize = 3;
/// Most lines of text in such a row: more are the rows of a table that has rules at its head and foot alone.
const MOST_LINES: usize = 8;
/// Lines with figures from which they are rows of their own.
const MOST_FIGURES: usize = 3;
/// Height from which an empty space between rules parts two tables (points).
const TALLEST_EMPTY: f32 = 40.0;
/// How far a word may reach over the end of a piece that bounds its cell (points).
const OVERHANG: f32 = 2.0;

/// A rule and the ends of its pieces.
struct Rule {
    edge: Edge,
    ends: Vec<f32>,
}

/// What stands between two rules.
#[derive(Default)]
struct Gap {
    /// Lines of text.
    lines: usize,
    /// Lines with a figure: one cell has one at most.
    figures: usize,
    /// Whether some line has texts on both sides of a border.
    divided: bool,
    /// Whether a text crosses a border.
    crossed: bool,
}

/// The upright edges that the pieces of rules imply, where no upright edge touches the rules.
pub(super) fn uprights(rulings: &[Ruling], words: &[Word], across: &[Edge], upright: &[Edge]) -> Vec<Edge> {
    let pieces = pieces(rulings);
    let ruled: Vec<Rect> = frames(across, upright).iter().map(|frame| frame.bounds).collect();
    let free = |edge: &&Edge| {
        !ruled.iter().any(|bounds| {
            edge.at >= bounds.y0 - REACH
                && edge.at <= bounds.y1 + REACH
                && edge.from < bounds.x1
                && edge.to > bounds.x0
        })
    };
    let rules: Vec<Rule> = across
        .iter()
        .filter(free)
        .map(|edge| Rule { edge: *edge, ends: ends(&pieces, edge) })
        .filter(|rule| !rule.ends.is_empty())
        .collect();
    let mut implied = Vec::new();
    let mut start = 0;
    while start < rules.len() {
        let length = table_length(&rules[start..], words);
        let table = &rules[start..start + length];
        let borders = borders(table);
        let gaps: Vec<Gap> = table.windows(2).map(|pair| gap(pair, &borders, words)).collect();
        if is_table(&gaps) {
            close_sides(table, &borders, words, &mut implied);
        }
        start += length;
    }
    implied
}

/// The columns that most of these rules imply: their borders from the left, the outer ones too.
pub(super) fn columns(rulings: &[Ruling], rules: &[Edge]) -> Option<Vec<f32>> {
    let pieces = pieces(rulings);
    let all: Vec<Vec<f32>> = rules.iter().map(|rule| ends(&pieces, rule)).collect();
    let shared = |x: &f32| all.iter().filter(|ends| holds(ends, *x)).count() * 2 > all.len();
    let inner: Vec<f32> = all.iter().max_by_key(|ends| ends.len())?.iter().copied().filter(shared).collect();
    let first = rules.first()?;
    let borders: Vec<f32> = [first.from].into_iter().chain(inner).chain([first.to]).collect();
    (borders.len() > 2).then_some(borders)
}

/// The horizontal pieces by their distance from the top.
fn pieces(rulings: &[Ruling]) -> Vec<Ruling> {
    let mut pieces: Vec<Ruling> =
        rulings.iter().filter(|ruling| ruling.axis == Axis::Horizontal).copied().collect();
    pieces.sort_by(|a, b| a.at.total_cmp(&b.at));
    pieces
}

/// Where the pieces of a rule end inside it, from the left.
fn ends(pieces: &[Ruling], rule: &Edge) -> Vec<f32> {
    let first = pieces.partition_point(|piece| piece.at < rule.at - SNAP);
    let on_rule = pieces[first..]
        .iter()
        .take_while(|piece| piece.at <= rule.at + SNAP)
        .filter(|piece| piece.from >= rule.from - REACH && piece.to <= rule.to + REACH);
    let (count, length) = on_rule
        .clone()
        .fold((0.0_f32, 0.0_f32), |(count, length), piece| (count + 1.0, length + piece.to - piece.from));
    if length < SHORTEST_PIECE * count {
        return Vec::new();
    }
    let inside = |x: &f32| *x > rule.from + REACH && *x < rule.to - REACH;
    let mut ends: Vec<f32> = on_rule.flat_map(|piece| [piece.from, piece.to]).filter(inside).collect();
    ends.sort_by(f32::total_cmp);
    ends.dedup_by(|a, b| *a - *b <= REACH);
    ends
}

fn holds(ends: &[f32], x: f32) -> bool {
    ends.iter().any(|end| (end - x).abs() <= REACH)
}

/// How many rules from the first on are those of one table.
fn table_length(rules: &[Rule], words: &[Word]) -> usize {
    let (mut left, mut right) = (rules[0].edge.from, rules[0].edge.to);
    for (index, pair) in rules.windows(2).enumerate() {
        let next = pair[1].edge;
        // A rule is shorter where cells reach over it at one side.
        let beside = (next.from - left).abs() <= REACH || (next.to - right).abs() <= REACH;
        if !beside || next.from < left - REACH || next.to > right + REACH {
            return index + 1;
        }
        let gap = gap(pair, &borders(&rules[..index + 2]), words);
        let title = gap.lines > 0 && !gap.divided && gap.crossed;
        let empty = gap.lines == 0 && next.at - pair[0].edge.at > TALLEST_EMPTY;
        if title || empty {
            return index + 1;
        }
        (left, right) = (left.min(next.from), right.max(next.to));
    }
    rules.len()
}

/// The borders between the columns of a table, from the left, the outer ones too.
fn borders(rules: &[Rule]) -> Vec<f32> {
    let mut borders: Vec<f32> = rules
        .iter()
        .flat_map(|rule| [rule.edge.from, rule.edge.to].into_iter().chain(rule.ends.iter().copied()))
        .collect();
    borders.sort_by(f32::total_cmp);
    borders.dedup_by(|a, b| *a - *b <= REACH);
    borders
}

/// The words between two rules.
fn inside<'w>(pair: &[Rule], words: &'w [Word]) -> Vec<&'w Word> {
    let left = pair[0].edge.from.min(pair[1].edge.from);
    let right = pair[0].edge.to.max(pair[1].edge.to);
    let between = |word: &&Word| {
        let (x, y) = word.bbox.centre();
        y > pair[0].edge.at && y < pair[1].edge.at && x > left && x < right
    };
    words.iter().filter(between).collect()
}

fn gap(pair: &[Rule], borders: &[f32], words: &[Word]) -> Gap {
    let mut inside = inside(pair, words);
    inside.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut gap = Gap::default();
    let mut rest = inside.as_slice();
    while let Some(first) = rest.first() {
        let length = rest.iter().take_while(|word| word.baseline - first.baseline <= SNAP).count();
        let (line, below) = rest.split_at(length);
        rest = below;
        let mut line: Vec<&Word> = line.to_vec();
        line.sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0));
        let parted = |pair: &[&Word]| {
            borders.iter().any(|x| pair[0].bbox.x1 <= x + OVERHANG && pair[1].bbox.x0 >= x - OVERHANG)
        };
        let (start, end) = (line[0].bbox.x0, line[line.len() - 1].bbox.x1);
        gap.lines += 1;
        gap.figures += usize::from(line.iter().any(|word| is_figure(&word.text)));
        gap.divided |= line.windows(2).any(parted);
        gap.crossed |= borders.iter().any(|x| start < x - OVERHANG && end > x + OVERHANG);
    }
    gap
}

fn is_figure(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '-' | '%'))
}

fn is_table(gaps: &[Gap]) -> bool {
    gaps.iter().filter(|gap| gap.divided).count() >= LEAST_ROWS
        && gaps.iter().all(|gap| gap.lines <= MOST_LINES && gap.figures < MOST_FIGURES)
}

/// Closes the sides of the cells between rules. A border ends where a rule runs over it in one piece, or a word does.
fn close_sides(rules: &[Rule], borders: &[f32], words: &[Word], implied: &mut Vec<Edge>) {
    let words_of: Vec<Vec<&Word>> = rules.windows(2).map(|pair| inside(pair, words)).collect();
    for x in borders.iter().copied() {
        let mut open: Option<Edge> = None;
        for (pair, words) in rules.windows(2).zip(&words_of) {
            let over = pair
                .iter()
                .any(|rule| rule.edge.from < x - REACH && rule.edge.to > x + REACH && !holds(&rule.ends, x))
                || words.iter().any(|word| word.bbox.x0 < x - OVERHANG && word.bbox.x1 > x + OVERHANG);
            let (from, to) = (pair[0].edge.at, pair[1].edge.at);
            match &mut open {
                _ if over => implied.extend(open.take()),
                Some(edge) => edge.to = to,
                None => open = Some(Edge { at: x, from, to }),
            }
        }
        implied.extend(open);
    }
}
