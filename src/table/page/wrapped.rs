//! Rows whose cells wrap over several lines and that no rule divides: lines of one cell stand closer than rows do, and
//! the cells of a row stand on one middle or begin on one line.

use super::lines::needed;
use super::pieces::{Piece, Row, column_of};
use crate::document::Word;

/// Steps up to this many times the smallest lie inside a cell.
const INSIDE: f32 = 1.1;
/// Steps from this many times the smallest lie between rows; where one lies in between, nothing can be told.
const BETWEEN: f32 = 1.2;
/// Distance of lines in a cell, in font sizes.
const LEADING: std::ops::Range<f32> = 0.95..1.9;
/// How far the middles of the cells of one row may be off, in parts of the leading.
const SAME_PLACE: f32 = 0.3;
/// Share of the wrapped lines that must have had no room for what follows.
const FULL: f32 = 0.75;
/// Baselines this near are one (points).
const SAME_BASELINE: f32 = 1.0;
/// Most lines that are looked at together.
const MOST_LINES: usize = 400;
/// Most columns of a table with such rows.
const MOST_COLUMNS: usize = 100;

/// The rows of a table.
#[derive(Debug)]
pub(super) struct Wrapped {
    /// The pieces of each row, without those of merged cells.
    pub(super) rows: Vec<Vec<Piece>>,
    /// The cells that reach over several rows.
    pub(super) merged: Vec<Merged>,
}

/// Rows of a column that are one cell.
#[derive(Debug)]
pub(super) struct Merged {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) row_span: usize,
    pub(super) pieces: Vec<Piece>,
}

/// Where a stack stands: its index, its first row, and how many rows.
type Span = (usize, usize, usize);

/// Lines of one column that are one cell.
#[derive(Debug)]
struct Stack {
    column: usize,
    pieces: Vec<Piece>,
    first: f32,
    last: f32,
}

impl Stack {
    fn middle(&self) -> f32 {
        f32::midpoint(self.first, self.last)
    }
}

/// The extent of a row between its first and its last baseline.
#[derive(Debug, Clone, Copy)]
struct Extent {
    first: f32,
    last: f32,
}

/// The rows that lines form, where some cell wraps and the distances tell rows from lines.
pub(super) fn wrapped(lines: &[Row], xs: &[f32]) -> Option<Wrapped> {
    if !is_bounded(lines.len(), xs) {
        return None;
    }
    let columns = by_column(lines, xs);
    let leading = leading(&columns)?;
    let stacks = stacks(columns, leading);
    if !shows_wraps(&stacks) {
        return None;
    }
    let key = key_column(&stacks, xs.len() - 1)?;
    let first: fn(&Stack) -> f32 = |stack| stack.first;
    let (tops, middles) = (clusters(&stacks, first, leading), clusters(&stacks, Stack::middle, leading));
    let centred = middles.len() < tops.len();
    let (rows, floating) = settle(&stacks, if centred { middles } else { tops }, key, leading);
    let extents: Vec<Extent> = rows.iter().map(|row| extent(&stacks, row, key)).collect();
    if rows.len() < 2 || rows.iter().any(|row| is_block(&stacks, row)) {
        return None;
    }
    let spans = if centred { level_spans(&stacks, &extents, key, leading) } else { Vec::new() };
    let settled = |index: &usize| spans.iter().any(|(spanning, ..)| spanning == index);
    floating.iter().all(settled).then(|| place(stacks, &rows, &spans))
}

fn is_bounded(lines: usize, xs: &[f32]) -> bool {
    lines <= MOST_LINES && (3..=MOST_COLUMNS + 1).contains(&xs.len())
}

/// The rows of a header, headings that wrap as one piece each, where the distances in the table tell.
pub(super) fn headings(header: &[Row], body: &[Row], xs: &[f32]) -> Option<Vec<Row>> {
    if !is_bounded(header.len() + body.len(), xs) {
        return None;
    }
    let lines: Vec<Row> = header.iter().chain(body).cloned().collect();
    let columns = by_column(&lines, xs);
    let leading = leading(&columns)?;
    if stacks(columns, leading).iter().any(joins_figures) {
        return None;
    }
    let stacks = stacks(by_column(header, xs), leading);
    let rows = clusters(&stacks, Stack::middle, leading).into_iter().map(|cluster| {
        let words =
            |index: &usize| stacks[*index].pieces.iter().flat_map(|piece| piece.words.clone()).collect();
        let y = stacks[cluster[0]].middle();
        Row { pieces: cluster.iter().filter_map(|index| Piece::new(words(index))).collect(), y, body: false }
    });
    Some(rows.collect())
}

/// The pieces of each column with their baselines, from the top. Lines of neighbours may stand so near that they were
/// taken for one: here every baseline counts for itself.
fn by_column(lines: &[Row], xs: &[f32]) -> Vec<Vec<(f32, Piece)>> {
    let mut columns: Vec<Vec<Word>> = vec![Vec::new(); xs.len() - 1];
    for piece in lines.iter().flat_map(|line| &line.pieces) {
        columns[column_of(xs, piece)].extend(piece.words.iter().cloned());
    }
    columns.into_iter().map(on_baselines).collect()
}

fn on_baselines(mut words: Vec<Word>) -> Vec<(f32, Piece)> {
    words.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut lines: Vec<(f32, Vec<Word>)> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some((y, line)) if word.baseline - *y <= SAME_BASELINE => line.push(word),
            _ => lines.push((word.baseline, vec![word])),
        }
    }
    let in_order = |(y, mut words): (f32, Vec<Word>)| {
        words.sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0));
        Some((y, Piece::new(words)?))
    };
    lines.into_iter().filter_map(in_order).collect()
}

/// The distance of lines inside cells, where it differs from that of rows.
fn leading(columns: &[Vec<(f32, Piece)>]) -> Option<f32> {
    let mut steps: Vec<f32> =
        columns.iter().flat_map(|column| column.windows(2).map(|pair| pair[1].0 - pair[0].0)).collect();
    steps.sort_by(f32::total_cmp);
    let least = *steps.first()?;
    let size = columns.iter().flatten().flat_map(|(_, piece)| &piece.words).map(|word| word.size);
    let size = size.fold(0.0, f32::max);
    let clear = steps.iter().all(|step| *step <= INSIDE * least || *step >= BETWEEN * least);
    let both = steps.last().is_some_and(|most| *most >= BETWEEN * least);
    (clear && both && LEADING.contains(&(least / size.max(1.0)))).then_some(least)
}

fn stacks(columns: Vec<Vec<(f32, Piece)>>, leading: f32) -> Vec<Stack> {
    let mut stacks: Vec<Stack> = Vec::new();
    for (column, pieces) in columns.into_iter().enumerate() {
        for (y, piece) in pieces {
            match stacks.last_mut() {
                Some(last) if last.column == column && y - last.last <= INSIDE * leading => {
                    last.pieces.push(piece);
                    last.last = y;
                }
                _ => stacks.push(Stack { column, pieces: vec![piece], first: y, last: y }),
            }
        }
    }
    stacks
}

/// Whether the lines of the stacks are wrapped texts: most had no room for more, and no two figures are in one.
fn shows_wraps(stacks: &[Stack]) -> bool {
    let (mut full, mut all) = (0.0_f32, 0.0_f32);
    // The widest line of each column.
    let mut widths: Vec<f32> = Vec::new();
    for stack in stacks {
        widths.resize(widths.len().max(stack.column + 1), 0.0);
        let own = stack.pieces.iter().map(|piece| piece.bbox.width()).fold(0.0, f32::max);
        widths[stack.column] = widths[stack.column].max(own);
    }
    for stack in stacks {
        if joins_figures(stack) {
            return false;
        }
        let widest = widths.get(stack.column).copied().unwrap_or_default();
        for pair in stack.pieces.windows(2) {
            let size = pair[0].words.first().map_or(0.0, |word| word.size);
            let next: String = pair[1].words.iter().map(|word| word.text.as_str()).collect();
            all += 1.0;
            full += f32::from(u8::from(pair[0].bbox.width() + needed(&next) * size >= widest));
        }
    }
    all > 0.0 && full >= FULL * all
}

/// Whether two lines of a stack are figures: they are two cells.
fn joins_figures(stack: &Stack) -> bool {
    stack.pieces.iter().filter(|piece| piece.figure).count() > 1
}

/// The column with the most cells: every row has one there.
fn key_column(stacks: &[Stack], columns: usize) -> Option<usize> {
    (0..columns).rev().max_by_key(|column| stacks.iter().filter(|stack| stack.column == *column).count())
}

/// The stacks that stand at one place, from the top.
fn clusters(stacks: &[Stack], at: fn(&Stack) -> f32, leading: f32) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..stacks.len()).collect();
    order.sort_by(|a, b| at(&stacks[*a]).total_cmp(&at(&stacks[*b])));
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    for index in order {
        match clusters.last_mut() {
            Some(last) if at(&stacks[index]) - at(&stacks[last[0]]) <= SAME_PLACE * leading => {
                last.push(index);
            }
            _ => clusters.push(vec![index]),
        }
    }
    clusters
}

/// The extent of the cells from the key column on: those left of it may reach over several rows.
fn extent(stacks: &[Stack], cluster: &[usize], key: usize) -> Extent {
    let level = |index: &usize| stacks[*index].column < key;
    let levels_only = cluster.iter().all(level);
    let of = cluster.iter().filter(|index| levels_only || !level(index)).map(|index| &stacks[*index]);
    Extent {
        first: of.clone().map(|stack| stack.first).fold(f32::MAX, f32::min),
        last: of.map(|stack| stack.last).fold(f32::MIN, f32::max),
    }
}

/// The clusters that are rows, from the top, and the stacks of those that stand beside several rows.
fn settle(
    stacks: &[Stack],
    mut clusters: Vec<Vec<usize>>,
    key: usize,
    leading: f32,
) -> (Vec<Vec<usize>>, Vec<usize>) {
    let keyed = |cluster: &[usize]| cluster.iter().any(|index| stacks[*index].column == key);
    clusters.sort_by_key(|cluster| (!keyed(cluster), std::cmp::Reverse(cluster.len())));
    let mut rows: Vec<(Extent, Vec<usize>)> = Vec::new();
    let mut floating = Vec::new();
    for cluster in clusters {
        let own = extent(stacks, &cluster, key);
        let apart = |other: &Extent| {
            own.first - other.last >= INSIDE * leading || other.first - own.last >= INSIDE * leading
        };
        if rows.iter().all(|(other, _)| apart(other)) {
            rows.push((own, cluster));
        } else {
            floating.extend(cluster);
        }
    }
    rows.sort_by(|a, b| a.0.first.total_cmp(&b.0.first));
    (rows.into_iter().map(|(_, row)| row).collect(), floating)
}

/// Whether all cells of a row have the same number of lines: then the lines may be rows.
fn is_block(stacks: &[Stack], row: &[usize]) -> bool {
    let lines = |index: &usize| stacks[*index].pieces.len();
    row.len() > 2 && row.iter().all(|index| lines(index) > 1 && lines(index) == lines(&row[0]))
}

/// Where the stacks stand in the columns left of the key whose cells all stand in the middle of the rows they span.
fn level_spans(stacks: &[Stack], rows: &[Extent], key: usize, leading: f32) -> Vec<Span> {
    let borders = borders(rows);
    let mut all = Vec::new();
    for column in 0..key {
        let of: Vec<usize> = (0..stacks.len()).filter(|index| stacks[*index].column == column).collect();
        let text = of.iter().all(|index| !stacks[*index].pieces.iter().any(|piece| piece.figure));
        let middles: Vec<f32> = of.iter().map(|index| stacks[*index].middle()).collect();
        // Levels stand side by side from the left: behind a column of another kind there are none.
        let Some(spans) = spans(&borders, &middles, SAME_PLACE * leading).filter(|_| text) else { break };
        all.extend(of.into_iter().zip(spans).map(|(index, (row, row_span))| (index, row, row_span)));
    }
    all
}

/// The borders of rows by their baselines: midway between rows, and as far outside.
fn borders(rows: &[Extent]) -> Vec<f32> {
    let mut gaps: Vec<f32> = rows.windows(2).map(|pair| pair[1].first - pair[0].last).collect();
    gaps.sort_by(f32::total_cmp);
    let half = gaps.first().map_or(0.0, |gap| gap / 2.0);
    let mut borders = Vec::with_capacity(rows.len() + 1);
    borders.extend(rows.first().map(|row| row.first - half));
    borders.extend(rows.windows(2).map(|pair| f32::midpoint(pair[0].last, pair[1].first)));
    borders.extend(rows.last().map(|row| row.last + half));
    borders
}

/// The first row and the number of rows for each middle, so that the spans follow each other over all rows and every
/// middle is that of its span.
fn spans(borders: &[f32], middles: &[f32], off: f32) -> Option<Vec<(usize, usize)>> {
    let mut spans = Vec::with_capacity(middles.len());
    let mut start = 0;
    for middle in middles {
        let end = (start + 1..borders.len())
            .min_by(|a, b| {
                let distance = |end: usize| (f32::midpoint(borders[start], borders[end]) - middle).abs();
                distance(*a).total_cmp(&distance(*b))
            })
            .filter(|end| (f32::midpoint(borders[start], borders[*end]) - middle).abs() <= off)?;
        spans.push((start, end - start));
        start = end;
    }
    (start + 1 == borders.len()).then_some(spans)
}

/// Puts the stacks into their rows.
fn place(stacks: Vec<Stack>, rows: &[Vec<usize>], spans: &[Span]) -> Wrapped {
    let mut places: Vec<(usize, usize)> = vec![(0, 1); stacks.len()];
    for (row, cluster) in rows.iter().enumerate() {
        for index in cluster {
            places[*index] = (row, 1);
        }
    }
    for (index, row, row_span) in spans {
        places[*index] = (*row, *row_span);
    }
    let mut table = Wrapped { rows: vec![Vec::new(); rows.len()], merged: Vec::new() };
    for (stack, (row, row_span)) in stacks.into_iter().zip(places) {
        let Stack { column, pieces, .. } = stack;
        if row_span > 1 {
            table.merged.push(Merged { row, column, row_span, pieces });
        } else {
            table.rows[row].extend(pieces);
        }
    }
    table
}
