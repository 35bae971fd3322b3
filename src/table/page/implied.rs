//! Upright edges that nobody drew: a table with rules between its rows alone is often drawn cell by cell, and its
//! columns lie where the pieces of its rules end.

use super::edges::{Edge, Frame, REACH, SNAP, edges, frames};
use super::heads::{Head, close_levels, foot, head, heads_another};
use super::pieces::{span, states_unit};
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
/// Shades higher than this are no cells (points).
const TALLEST_SHADE: f32 = 200.0;
/// Most shades of a page that are looked at; a drawing has more.
const MOST_SHADES: usize = 5000;
/// Most kinds of rules in pieces that whole ones are compared with.
const MOST_KINDS: usize = 200;
/// Letters this many times as large as those of the cells are those of a title.
pub(super) const TITLE_SIZE: f32 = 1.12;
/// How far a word may reach over the end of a piece that bounds its cell (points).
pub(super) const OVERHANG: f32 = 2.0;

/// A rule and the ends of its pieces.
#[derive(Clone)]
pub(super) struct Rule {
    pub(super) edge: Edge,
    /// Where its pieces end inside it, from the left; none where it is whole.
    pub(super) ends: Vec<f32>,
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
    /// Whether it holds what stands above a table: a unit line, or larger type.
    caption: bool,
}

/// The edges that the pieces of rules imply, where no upright edge touches the rules: the horizontal ones over headers,
/// and the upright ones.
pub(super) fn implied(
    rulings: &[Ruling],
    words: &[Word],
    across: &[Edge],
    upright: &[Edge],
) -> (Vec<Edge>, Vec<Edge>) {
    let ruled = frames(across, upright);
    let free = |edge: &&Edge| {
        !ruled.iter().map(|frame| frame.bounds).any(|bounds| {
            edge.at >= bounds.y0 - REACH
                && edge.at <= bounds.y1 + REACH
                && edge.from < bounds.x1
                && edge.to > bounds.x0
        })
    };
    let mut rules = in_pieces(rulings, across.iter().filter(free));
    keep_alike(&mut rules);
    if !rules.is_empty() {
        rules.extend(ruled.iter().filter_map(foot_of));
        rules.sort_by(|a, b| a.edge.at.total_cmp(&b.edge.at));
    }
    let (mut across_edges, mut upright_edges) = (Vec::new(), Vec::new());
    let mut start = 0;
    while start < rules.len() {
        let length = table_length(&rules[start..], words);

        let table = &rules[start..start + length];
        let borders = borders(table);
        let gaps: Vec<Gap> = table.windows(2).map(|pair| gap(pair, &borders, words)).collect();
        let below_frame = ruled.iter().filter_map(foot_of).any(|foot| foot.edge == table[0].edge);
        let least = if below_frame { 1 } else { LEAST_ROWS };
        if is_table(&gaps, least) {
            let foot = foot(&rules[..start + length], rules.get(start + length), &borders, words);
            across_edges.extend(foot.iter().map(|rule| rule.edge));
            let table = [table, foot.as_slice()].concat();
            let head = if below_frame { Head::Free } else { head(&rules[..=start], &borders, words) };
            match head {
                Head::Free => close_sides(&table, &borders, words, &mut upright_edges),
                Head::Headed(rule) => {
                    across_edges.push(rule.edge);
                    close_sides(&[[rule].as_slice(), &table].concat(), &borders, words, &mut upright_edges);
                }
                Head::Levels(levels) => {
                    across_edges.push(levels[0]);
                    close_levels(&levels, table[0].edge, &borders, words, &mut upright_edges);
                    close_sides(&table, &borders, words, &mut upright_edges);
                }
                Head::Unclear => {}
            }
        }
        start += length;
    }
    (across_edges, upright_edges)
}

/// The lower side of a ruled frame, where the rows of the table may go on below it between rules alone, in pieces by
/// the upright edges that reach it.
fn foot_of(frame: &Frame) -> Option<Rule> {
    let bounds = frame.bounds;
    let edge = *frame.across.iter().rev().find(|edge| {
        bounds.y1 - edge.at <= REACH && edge.from <= bounds.x0 + REACH && edge.to >= bounds.x1 - REACH
    })?;
    let ends = frame
        .upright
        .iter()
        .filter(|side| side.to >= edge.at - REACH && side.at > edge.from + REACH && side.at < edge.to - REACH)
        .map(|side| side.at)
        .collect();
    Some(Rule { edge, ends })
}

/// Keeps the rules in pieces, and the whole ones that reach from side to side as these do.
fn keep_alike(rules: &mut Vec<Rule>) {
    let in_pieces = rules.iter().filter(|rule| !rule.ends.is_empty());
    let mut sides: Vec<(f32, f32)> = in_pieces.map(|rule| (rule.edge.from, rule.edge.to)).collect();
    sides.dedup();
    sides.truncate(MOST_KINDS);
    let alike = |edge: Edge| {
        sides.iter().any(|(from, to)| (edge.from - from).abs() <= REACH && (edge.to - to).abs() <= REACH)
    };
    rules.retain(|rule| !rule.ends.is_empty() || alike(rule.edge));
}

/// The horizontal sides of shaded cells: of shades that stand side by side in rows no wider than the first, away from
/// ruled tables.
pub(super) fn shaded(shades: &[Rect], rulings: &[Ruling]) -> Vec<Ruling> {
    if shades.len() > MOST_SHADES {
        return Vec::new();
    }
    let (across, upright) = edges(rulings);
    let ruled: Vec<Rect> = frames(&across, &upright).iter().map(|frame| frame.bounds).collect();
    let inside = |shade: &Rect| ruled.iter().any(|bounds| bounds.contains(shade.centre()));
    let mut cells: Vec<Rect> =
        shades.iter().filter(|shade| shade.height() <= TALLEST_SHADE && !inside(shade)).copied().collect();
    cells.sort_by(|a, b| a.y0.total_cmp(&b.y0));
    let over: Vec<Rect> = cells.clone();
    let covered = |y: f32, from: f32, to: f32| {
        let reaches = |cell: &&Rect| cell.y0 < y - SNAP && cell.y1 > y + SNAP;
        let width = over.iter().filter(reaches).map(|cell| (cell.x1.min(to) - cell.x0.max(from)).max(0.0));
        width.sum::<f32>() >= to - from - REACH
    };
    let mut sides: Vec<Ruling> = Vec::new();
    let mut width: Option<(f32, f32)> = None;
    let mut rest = cells.as_mut_slice();
    while let Some(first) = rest.first().copied() {
        let length = rest.iter().take_while(|cell| cell.y0 - first.y0 <= SNAP).count();
        let (row, below) = rest.split_at_mut(length);
        rest = below;
        row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let apart = |pair: &[Rect]| {
            let gap = pair[1].x0 - pair[0].x1;
            gap.abs() > REACH && !(gap > 0.0 && covered(first.y0, pair[0].x1, pair[1].x0))
        };
        if row.len() < 2 || row.windows(2).any(apart) {
            continue;
        }
        let own = (row[0].x0, row[row.len() - 1].x1);
        let (left, right) = *width.get_or_insert(own);
        if own.0 < left - REACH || own.1 > right + REACH {
            return Vec::new();
        }
        let side = |at: f32, cell: &Rect| Ruling {
            axis: Axis::Horizontal,
            at,
            from: cell.x0,
            to: cell.x1,
            thickness: 0.0,
        };
        sides.extend(row.iter().flat_map(|cell| [side(cell.y0, cell), side(cell.y1, cell)]));
    }
    sides
}

/// The columns that most of these rules imply: their borders from the left, the outer ones too.
pub(super) fn columns(rules: &[&Rule]) -> Option<Vec<f32>> {
    let most = rules.iter().max_by_key(|rule| rule.ends.len())?;
    // Of two rules around a header of two levels the lower one divides the body.
    let headed = matches!(rules, [upper, lower] if upper.ends.len() < lower.ends.len());
    let shared =
        |x: &f32| headed || rules.iter().filter(|rule| holds(&rule.ends, *x)).count() * 2 > rules.len();
    let inner = most.ends.iter().copied().filter(shared);
    let Edge { from, to, .. } = rules.first()?.edge;
    let borders: Vec<f32> = [from].into_iter().chain(inner).chain([to]).collect();
    (borders.len() > 2).then_some(borders)
}

/// Whether two rules can be of one table by where their pieces end: the ends of one are among those of the other.
pub(super) fn same_columns(a: &Rule, b: &Rule) -> bool {
    let among = |a: &[f32], b: &[f32]| a.iter().all(|x| b.iter().any(|y| (x - y).abs() <= SNAP));
    among(&a.ends, &b.ends) || among(&b.ends, &a.ends)
}

/// The rules with the ends of their pieces.
pub(super) fn in_pieces<'a>(rulings: &[Ruling], rules: impl IntoIterator<Item = &'a Edge>) -> Vec<Rule> {
    let mut pieces: Vec<Ruling> =
        rulings.iter().filter(|ruling| ruling.axis == Axis::Horizontal).copied().collect();
    pieces.sort_by(|a, b| a.at.total_cmp(&b.at));
    rules.into_iter().map(|edge| Rule { edge: *edge, ends: ends(&pieces, edge) }).collect()
}

/// Where the pieces, from the top, of a rule end inside it, from the left.
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
        // A rule is shorter where cells reach over it at its sides.
        if next.from < left - REACH || next.to > right + REACH {
            return index + 1;
        }
        let gap = gap(pair, &borders(&rules[..index + 2]), words);
        // A title stands between whole rules; one that leaves room for cells over several rows is inside a table.
        let whole = pair.iter().all(|rule| rule.edge.from <= left + REACH && rule.edge.to >= right - REACH);
        let title = gap.lines > 0 && (gap.caption || whole && !gap.divided && gap.crossed);
        let empty = gap.lines == 0 && next.at - pair[0].edge.at > TALLEST_EMPTY;
        let other = !same_columns(&pair[0], &pair[1]) && heads_another(pair, words);
        if title || empty || other {
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

/// The words between two heights and two sides.
pub(super) fn inside(words: &[Word], (top, bottom): (f32, f32), (left, right): (f32, f32)) -> Vec<&Word> {
    let between = |word: &&Word| {
        let (x, y) = word.bbox.centre();
        y > top && y < bottom && x > left && x < right
    };
    words.iter().filter(between).collect()
}

fn gap(pair: &[Rule], borders: &[f32], words: &[Word]) -> Gap {
    let sides = (borders[0], borders[borders.len() - 1]);
    let mut inside = inside(words, (pair[0].edge.at, pair[1].edge.at), sides);
    inside.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut gap =
        Gap { divided: divides(&inside, borders), caption: holds_caption(&inside), ..Gap::default() };
    let mut rest = inside.as_slice();
    while let Some(first) = rest.first() {
        let length = rest.iter().take_while(|word| word.baseline - first.baseline <= SNAP).count();
        let (line, below) = rest.split_at(length);
        rest = below;
        let mut line: Vec<&Word> = line.to_vec();
        line.sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0));
        let (start, end) = (line[0].bbox.x0, line[line.len() - 1].bbox.x1);
        gap.lines += 1;
        gap.figures += usize::from(line.iter().any(|word| is_figure(&word.text)));
        gap.divided |= line.windows(2).any(|pair| borders.iter().any(|x| parts(pair, *x)));
        gap.crossed |= borders.iter().any(|x| start < x - OVERHANG && end > x + OVERHANG);
    }
    gap
}

/// Whether a border parts two words that follow each other on a line.
fn parts(pair: &[&Word], x: f32) -> bool {
    pair[0].bbox.x1 <= x + OVERHANG && pair[1].bbox.x0 >= x - OVERHANG
}

/// Whether words stand on both sides of a border that none crosses.
pub(super) fn divides(words: &[&Word], borders: &[f32]) -> bool {
    borders.iter().any(|x| {
        let left = words.iter().filter(|word| word.bbox.x1 <= x + OVERHANG).count();
        let right = words.iter().filter(|word| word.bbox.x0 >= x - OVERHANG).count();
        left > 0 && right > 0 && left + right == words.len()
    })
}

/// Whether a unit line is among the words, or type larger than the rest.
pub(super) fn holds_caption(words: &[&Word]) -> bool {
    let sizes = words.iter().map(|word| word.size);
    let (least, most) = sizes.fold((f32::MAX, 0.0_f32), |(a, b), size| (a.min(size), b.max(size)));
    most > TITLE_SIZE * least || words.iter().any(|word| states_unit(&word.text))
}

pub(super) fn is_figure(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '-' | '%'))
}

fn is_table(gaps: &[Gap], least: usize) -> bool {
    gaps.iter().filter(|gap| gap.divided).count() >= least
        && gaps.iter().all(|gap| gap.lines <= MOST_LINES && gap.figures < MOST_FIGURES)
}

/// Closes the sides of the cells between rules. A border ends where a rule runs over it in one piece, or a word does,
/// or where a text stands in the middle of free cells.
fn close_sides(rules: &[Rule], borders: &[f32], words: &[Word], implied: &mut Vec<Edge>) {
    let sides = (borders[0], borders[borders.len() - 1]);
    let mut open: Vec<Option<Edge>> = vec![None; borders.len()];
    for (row, pair) in rules.windows(2).enumerate() {
        let (from, to) = (pair[0].edge.at, pair[1].edge.at);
        let inside = inside(words, (from, to), sides);
        let spanned = spanned(&inside, borders, row == 0);
        for ((x, open), spanned) in borders.iter().zip(&mut open).zip(spanned) {
            let runs_over = |rule: &Rule| {
                let (edge, whole) = (rule.edge, rule.ends.is_empty());
                !whole && edge.from < x - REACH && edge.to > x + REACH && !holds(&rule.ends, *x)
            };
            let crossed =
                inside.iter().any(|word| word.bbox.x0 < x - OVERHANG && word.bbox.x1 > x + OVERHANG);
            match open {
                _ if spanned || crossed || pair.iter().any(runs_over) => implied.extend(open.take()),
                Some(edge) => edge.to = to,
                None => *open = Some(Edge { at: *x, from, to }),
            }
        }
    }
    implied.extend(open.into_iter().flatten());
}

/// Which borders lie inside cells that reach over several columns: where a text that is no figure stands off the
/// middle of its column, but in the middle of it and free columns beside it.
fn spanned(words: &[&Word], borders: &[f32], first_row: bool) -> Vec<bool> {
    let mut inside = vec![false; borders.len()];
    let columns = borders.len().saturating_sub(1);
    let mut texts: Vec<Option<Rect>> = vec![None; columns];
    let mut figures = vec![false; columns];
    for word in words {
        let column =
            borders.partition_point(|x| *x <= word.bbox.centre().0).saturating_sub(1).min(columns - 1);
        texts[column] = Some(texts[column].map_or(word.bbox, |text| text.union(word.bbox)));
        figures[column] |= is_figure(&word.text);
    }
    for (column, text) in texts.iter().enumerate() {
        let Some(text) = text.filter(|_| !figures[column]) else { continue };
        let (first, last) = span(borders, column, text, |at| texts[at].is_none(), first_row);
        inside[first + 1..=last].fill(true);
    }
    inside
}
