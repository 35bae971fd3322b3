//! What stands over the first and below the last of the rules between the rows of a table: a header that no rule bounds,
//! and a row that the end of the page cuts off from its rule.

use super::edges::{Edge, REACH, SNAP};
use super::implied::{OVERHANG, Rule, TITLE_SIZE, divides, holds_caption, inside, is_figure};
use crate::document::Word;

/// Distance of a header from what stands below it at most, in font sizes.
const HEAD_GAP: f32 = 0.9;
/// How much more room a header leaves above it than below where it begins a table of its own (points).
const SET_APART: f32 = 4.0;
/// Distance from which words below a cut row are no more of it, in font sizes.
const FOOT_GAP: f32 = 1.5;
/// Most levels of a header.
const MOST_LEVELS: usize = 4;

/// What stands over the first rule of a table.
pub(super) enum Head {
    /// No header, or the rest of a table.
    Free,
    /// A header without a rule of its own: that rule.
    Headed(Rule),
    /// A header of several rows: its top, and the rules inside it, which reach over some of the columns.
    Levels(Vec<Edge>),
    /// A header of several rows that nothing divides.
    Unclear,
}

/// The header over the first of the rules of a table that stand last: lines close above it, in the columns of the table.
pub(super) fn head(rules: &[Rule], borders: &[f32], words: &[Word]) -> Head {
    let Some((first, above)) = rules.split_last() else { return Head::Free };
    let (above, levels) = levels(above, first);
    let limit = above.last().map_or(0.0, |rule| rule.edge.at);
    let mut inside = inside(words, (limit, first.edge.at), (first.edge.from, first.edge.to));
    inside.sort_by(|a, b| b.baseline.total_cmp(&a.baseline));
    let inner: Vec<f32> = borders
        .iter()
        .copied()
        .filter(|x| !levels.iter().any(|level| level.from < x - REACH && level.to > x + REACH))
        .collect();
    let crossing =
        |word: &&Word| inner.iter().any(|x| word.bbox.x0 < x - OVERHANG && word.bbox.x1 > x + OVERHANG);
    let mut lines: Vec<&[&Word]> = Vec::new();
    let (mut top, mut rest) = (first.edge.at, inside.as_slice());
    while let Some(next) = rest.first() {
        let (line, above) =
            rest.split_at(rest.iter().take_while(|word| next.baseline - word.baseline <= SNAP).count());
        let apart = top - next.bbox.y1 > HEAD_GAP * next.size;
        let larger = lines.first().is_some_and(|lowest| next.size > TITLE_SIZE * lowest[0].size);
        if apart || larger || holds_caption(line) || line.iter().any(crossing) {
            break;
        }
        top = line.iter().map(|word| word.bbox.y0).fold(top, f32::min);
        lines.push(line);
        rest = above;
    }
    let column = |word: &&Word| borders.partition_point(|x| *x <= word.bbox.centre().0);
    let (Some(uppermost), true) = (lines.last(), divides(&lines.concat(), borders)) else {
        return Head::Free;
    };
    let size = uppermost[0].size;
    let uppermost: Vec<usize> = uppermost.iter().map(column).collect();
    let apart = above.last().is_some_and(|upper| heads_another(&[upper.clone(), first.clone()], words));
    if top - limit <= HEAD_GAP * size && !apart {
        return Head::Free;
    }
    if !levels.is_empty() {
        let top = Edge { at: top - OVERHANG, ..first.edge };
        return Head::Levels([top].into_iter().chain(levels).collect());
    }
    if !lines.iter().all(|line| line.iter().all(|word| uppermost.contains(&column(word)))) {
        return Head::Unclear;
    }
    Head::Headed(Rule { edge: Edge { at: top - OVERHANG, ..first.edge }, ends: first.ends.clone() })
}

/// The rules above a table that are no levels of its header, and those that are: rules over some of its columns alone.
fn levels<'r>(above: &'r [Rule], first: &Rule) -> (&'r [Rule], Vec<Edge>) {
    let (from, to) = (first.edge.from, first.edge.to);
    let partial = |rule: &&Rule| {
        let edge = rule.edge;
        let within = edge.from >= from - REACH && edge.to <= to + REACH;
        within && (edge.from > from + REACH || edge.to < to - REACH)
    };
    let count = above.iter().rev().take_while(partial).count();
    let (above, levels) = above.split_at(above.len() - count);
    let mut heights: Vec<f32> = levels.iter().map(|rule| rule.edge.at).collect();
    heights.dedup_by(|a, b| (*a - *b).abs() <= SNAP);
    let few = heights.len() <= MOST_LEVELS;
    (above, levels.iter().filter(|_| few).map(|rule| rule.edge).collect())
}

/// Closes the sides of the cells of a header with rules inside it. A rule over some of the columns stands below a
/// heading over all of them where the words above it are one text.
pub(super) fn close_levels(
    levels: &[Edge],
    first: Edge,
    borders: &[f32],
    words: &[Word],
    implied: &mut Vec<Edge>,
) {
    let mut heights: Vec<f32> = levels.iter().chain([&first]).map(|edge| edge.at).collect();
    heights.dedup_by(|a, b| (*a - *b).abs() <= SNAP);
    for pair in heights.windows(2) {
        let over: Vec<&Edge> = levels
            .iter()
            .filter(|level| (level.at - pair[1]).abs() <= SNAP)
            .filter(|level| is_one(&inside(words, (pair[0], pair[1]), (level.from, level.to))))
            .collect();
        let open = |x: &&f32| !over.iter().any(|level| level.from < **x - REACH && level.to > **x + REACH);
        implied.extend(borders.iter().filter(open).map(|x| Edge { at: *x, from: pair[0], to: pair[1] }));
    }
}

/// Whether words are one text: no wide gap lies between them.
fn is_one(words: &[&Word]) -> bool {
    let mut spans: Vec<(f32, f32)> = words.iter().map(|word| (word.bbox.x0, word.bbox.x1)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let size = words.first().map_or(0.0, |word| word.size);
    let Some(mut end) = spans.first().map(|span| span.1) else { return false };
    spans.iter().all(|span| {
        let near = span.0 <= end + HEAD_GAP * size;
        end = end.max(span.1);
        near
    })
}

/// The row below the last rule of a table that the end of the page cuts off: the rule that would stand below it.
pub(super) fn foot(rules: &[Rule], next: Option<&Rule>, borders: &[f32], words: &[Word]) -> Option<Rule> {
    let last = rules.last()?;
    let sides = (borders[0], borders[borders.len() - 1]);
    let limit = next.map_or(f32::MAX, |rule| rule.edge.at);
    let mut inside = inside(words, (last.edge.at, limit), sides);
    inside.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0));
    let size = inside.first()?.size;
    let mut bottom = last.edge.at;
    let mut near = |word: &&&Word| {
        let near = word.bbox.y0 - bottom <= HEAD_GAP * size;
        bottom = if near { bottom.max(word.bbox.y1) } else { bottom };
        near
    };
    let row: Vec<&Word> = inside.iter().take_while(|word| near(word)).copied().collect();
    let below = inside.get(row.len());
    let crossed =
        |word: &&Word| borders.iter().any(|x| word.bbox.x0 < x - OVERHANG && word.bbox.x1 > x + OVERHANG);
    let mut columns: Vec<usize> =
        row.iter().map(|word| borders.partition_point(|x| *x <= word.bbox.centre().0)).collect();
    columns.sort_unstable();
    columns.dedup();
    let enough = columns.len() > 2 || columns.len() > 1 && row.iter().any(|word| is_figure(&word.text));
    let alone = below.is_none_or(|word| word.bbox.y0 - bottom > FOOT_GAP * size) && next.is_none();
    let alike = row.iter().all(|word| word.size <= TITLE_SIZE * size);
    let row_ends = enough && alone && alike && !row.iter().any(crossed) && !holds_caption(&row);
    row_ends.then(|| Rule { edge: Edge { at: bottom + OVERHANG, ..last.edge }, ends: last.ends.clone() })
}

/// Whether what stands between two rules with other columns is the header of a table of its own: texts in several of the
/// columns of the lower rule, none over a border, and farther from the upper rule than from the lower.
pub(super) fn heads_another(pair: &[Rule], words: &[Word]) -> bool {
    let (upper, lower) = (&pair[0], &pair[1]);
    let inside = inside(words, (upper.edge.at, lower.edge.at), (lower.edge.from, lower.edge.to));
    let top = inside.iter().map(|word| word.bbox.y0).fold(f32::MAX, f32::min);
    let bottom = inside.iter().map(|word| word.bbox.y1).fold(f32::MIN, f32::max);
    let apart = (top - upper.edge.at) - (lower.edge.at - bottom) >= SET_APART;
    let mut columns: Vec<usize> =
        inside.iter().map(|word| lower.ends.partition_point(|x| *x <= word.bbox.centre().0)).collect();
    columns.sort_unstable();
    columns.dedup();
    let crossed =
        |word: &&Word| lower.ends.iter().any(|x| word.bbox.x0 < x - OVERHANG && word.bbox.x1 > x + OVERHANG);
    apart && columns.len() * 2 > lower.ends.len() + 1 && !inside.iter().any(crossed)
}
