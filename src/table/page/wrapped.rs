//! Rows whose cells wrap over several lines and that no rule divides: lines of one cell stand closer than rows do, and
//! the cells of a row stand side by side.

use super::bands::{Band, bands};
use super::lines::needed;
use super::pieces::{Piece, Row, column_of};
use super::spans::{Span, merged};
use super::tight::{nearest, tight, widths};
use crate::document::Word;

/// Distance of lines in a cell, in font sizes.
const LEADING: std::ops::Range<f32> = 0.95..1.9;
/// How much larger than the least, in parts of it and in points, distances inside cells may be: programs round places
/// to whole pixels.
const INSIDE: f32 = 1.07;
const ROUNDED: f32 = 0.8;
/// Gap between the distances inside cells and those of rows (points).
const GAP: f32 = 0.45;
/// How far the places of cells of one row may be off, in parts of the leading.
const SAME_PLACE: f32 = 0.3;
/// Share of the wrapped lines that must have had no room for what follows.
const FULL: f32 = 0.75;
/// Rows at the top in which headings may be broken by hand.
const LEVELS: usize = 2;
/// One cell in so many must have one line where a row stands alone.
const SINGLE: usize = 3;
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
    /// Whether the places of some cells leave open which row they are in.
    pub(super) unsure: bool,
}

/// Rows of a column that are one cell.
#[derive(Debug)]
pub(super) struct Merged {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) row_span: usize,
    pub(super) pieces: Vec<Piece>,
}

/// Lines of one column that are one cell.
#[derive(Debug)]
pub(super) struct Stack {
    pub(super) column: usize,
    pub(super) pieces: Vec<Piece>,
    /// The first and the last baseline.
    pub(super) first: f32,
    pub(super) last: f32,
}

impl Stack {
    pub(super) fn middle(&self) -> f32 {
        f32::midpoint(self.first, self.last)
    }

    /// Whether it holds figures alone.
    pub(super) fn is_figure(&self) -> bool {
        self.pieces.iter().all(|piece| piece.figure)
    }
}

/// The distances of lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spacing {
    /// The largest inside a cell.
    pub(super) leading: f32,
    /// Lines of one column farther apart than this are two cells.
    pub(super) split: f32,
    /// Whether some are farther apart than that.
    pub(super) both: bool,
}

impl Spacing {
    /// How far the places of cells of one row may be off.
    pub(super) fn slack(self) -> f32 {
        SAME_PLACE * self.leading
    }
}

/// Rows as they were found.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) stacks: Vec<Stack>,
    pub(super) rows: Vec<Band>,
    /// The stacks that are in no row: they stand beside several.
    pub(super) floating: Vec<usize>,
    /// Whether no other reading is left.
    pub(super) sure: bool,
}

/// The rows that lines form, where some cell wraps and the places of the lines tell rows from lines; `headed` where the
/// first of them may be those of a header.
pub(super) fn wrapped(lines: &[Row], xs: &[f32], headed: bool) -> Option<Wrapped> {
    if !is_bounded(lines.len(), xs) {
        return None;
    }
    let columns = by_column(lines, xs);
    let widest = widths(&columns);
    let (found, spacing) = match apart(&columns, &widest, headed) {
        Some(found) => found,
        None => tight(&columns, &widest)?,
    };
    let Found { stacks, rows, floating, sure } = found;
    let (spans, settled) = merged(&stacks, &rows, &floating, spacing);
    let unsure = !sure || !settled || !rows.iter().all(|row| is_aligned(&stacks, row, &spans, spacing));
    Some(Wrapped { unsure, ..place(stacks, &rows, &spans) })
}

/// Rows that stand farther apart than the lines of their cells.
fn apart(columns: &[Vec<(f32, Piece)>], widest: &[f32], headed: bool) -> Option<(Found, Spacing)> {
    let spacing = spacing(columns)?;
    let stacks = stacks(columns.to_vec(), spacing);
    if !shows_wraps(&stacks) {
        return None;
    }
    let (rows, floating) = bands(&stacks, columns.len(), spacing)?;
    let told = if spacing.both { rows.len() > 1 } else { rows.len() == 1 && differ(&stacks) };
    let blocks = rows.iter().any(|row| is_block(&stacks, row));
    let head = rows.iter().take(LEVELS).next_back().filter(|_| headed).map_or(f32::MIN, |row| row.last);
    let below = floating.iter().map(|index| &stacks[*index]).filter(|stack| stack.first > head);
    let glued = below.into_iter().any(|stack| is_glued(stack, widest));
    (told && !blocks && !glued).then_some((Found { stacks, rows, floating, sure: true }, spacing))
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
    let told = spacing(&columns).filter(|spacing| spacing.both);
    let told = told.filter(|spacing| !stacks(columns.clone(), *spacing).iter().any(joins_figures));
    let spacing = told.or_else(|| nearest(&columns))?;
    let stacks = stacks(by_column(header, xs), spacing);
    // Where rows stand as near as lines, only headings of one row can be told from those of several.
    if told.is_none() && !is_one_row(&stacks, &widths(&columns), spacing) {
        return None;
    }
    let rows = clusters(&stacks, spacing).into_iter().map(|cluster| {
        let words =
            |index: &usize| stacks[*index].pieces.iter().flat_map(|piece| piece.words.clone()).collect();
        let y = stacks[cluster[0]].middle();
        Row { pieces: cluster.iter().filter_map(|index| Piece::new(words(index))).collect(), y, body: false }
    });
    Some(rows.collect())
}

/// Whether the cells at the foot of a table go on in a line: it is as near as lines of a cell, and every text of it is in
/// a column whose last line had no room for it.
pub(super) fn goes_on(table: &[Row], line: &Row, xs: &[f32]) -> bool {
    if xs.len() < 3 || line.pieces.len() + 2 > xs.len() {
        return false;
    }
    line.pieces.iter().all(|piece| {
        let column = column_of(xs, piece);
        let of = table
            .iter()
            .rev()
            .take(MOST_LINES)
            .flat_map(|row| row.pieces.iter().filter(|other| column_of(xs, other) == column));
        let widest = of.clone().map(|piece| piece.bbox.width()).fold(0.0, f32::max);
        let Some(above) = of.max_by(|a, b| a.bbox.y1.total_cmp(&b.bbox.y1)) else { return false };
        let within = piece.bbox.x0 >= xs[column] - 1.0 && piece.bbox.x1 <= xs[column + 1] + 1.0;
        let near = LEADING.contains(&((piece.bbox.y1 - above.bbox.y1) / piece.size().max(1.0)));
        within && near && !piece.figure && !above.figure && is_full(above, piece, widest)
    })
}

/// How many lines of a header are the first lines of cells in the body's first row.
pub(super) fn wrapped_above(header: &[Row], body: &[Row], xs: &[f32]) -> usize {
    let Some(first) = body.first().filter(|_| is_bounded(header.len() + body.len(), xs)) else { return 0 };
    let lines: Vec<Row> = header.iter().chain(body).cloned().collect();
    let columns = by_column(&lines, xs);
    let Some(spacing) = spacing(&columns).filter(|spacing| spacing.both) else { return 0 };
    let stacks = stacks(columns, spacing);
    if stacks.iter().any(joins_figures) {
        return 0;
    }
    let reaching =
        stacks.iter().filter(|stack| stack.first < first.y && stack.last >= first.y - SAME_BASELINE);
    let top = reaching.map(|stack| stack.first).fold(first.y, f32::min);
    header.iter().rev().take_while(|row| row.y >= top - SAME_BASELINE).count()
}

/// Whether texts that go on in full lines stand beside each other, in the middle or from the top.
fn is_one_row(stacks: &[Stack], widest: &[f32], spacing: Spacing) -> bool {
    let one = |at: fn(&Stack) -> f32| {
        stacks.iter().all(|stack| (at(stack) - at(&stacks[0])).abs() <= spacing.slack())
    };
    (one(Stack::middle) || one(|stack| stack.first)) && !stacks.iter().any(|stack| is_glued(stack, widest))
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

/// The distances of lines inside cells, and where those of rows begin.
fn spacing(columns: &[Vec<(f32, Piece)>]) -> Option<Spacing> {
    let mut steps: Vec<f32> =
        columns.iter().flat_map(|column| column.windows(2).map(|pair| pair[1].0 - pair[0].0)).collect();
    steps.sort_by(f32::total_cmp);
    let least = *steps.first()?;
    let size = columns.iter().flatten().flat_map(|(_, piece)| &piece.words).map(|word| word.size);
    let size = size.fold(0.0, f32::max);
    if !LEADING.contains(&(least / size.max(1.0))) {
        return None;
    }
    let inside = steps.partition_point(|step| *step <= (INSIDE * least).max(least + ROUNDED));
    let leading = steps[inside - 1];
    let next = steps.get(inside).filter(|next| **next - leading >= GAP);
    (inside == steps.len() || next.is_some()).then(|| Spacing {
        leading,
        split: next.map_or(f32::MAX, |next| f32::midpoint(leading, *next)),
        both: next.is_some(),
    })
}

fn stacks(columns: Vec<Vec<(f32, Piece)>>, spacing: Spacing) -> Vec<Stack> {
    let mut stacks: Vec<Stack> = Vec::new();
    for (column, pieces) in columns.into_iter().enumerate() {
        for (y, piece) in pieces {
            match stacks.last_mut() {
                Some(last) if last.column == column && y - last.last <= spacing.split => {
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
            all += 1.0;
            full += f32::from(u8::from(is_full(&pair[0], &pair[1], widest)));
        }
    }
    all > 0.0 && full >= FULL * all
}

/// Whether a line had no room for what follows, where the widest of its column is so wide.
pub(super) fn is_full(line: &Piece, next: &Piece, widest: f32) -> bool {
    let text: String = next.words.iter().map(|word| word.text.as_str()).collect();
    line.bbox.width() + needed(&text) * line.size() >= widest
}

/// Whether two lines of a stack are figures: they are two cells.
fn joins_figures(stack: &Stack) -> bool {
    are_figures(&stack.pieces)
}

/// Whether several of these lines are figures, and not one with decimals that was cut.
pub(super) fn are_figures(lines: &[Piece]) -> bool {
    let text = |piece: &Piece| piece.words.iter().map(|word| word.text.as_str()).collect::<String>();
    let whole = |text: &str| {
        text.split_once('.').is_some_and(|(units, decimals)| {
            !units.is_empty() && decimals.len() == 2 && decimals.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let cut = lines.iter().all(|piece| piece.figure)
        && whole(&lines.iter().map(text).collect::<String>())
        && lines.first().is_some_and(|first| !whole(&text(first)));
    !cut && lines.iter().filter(|piece| piece.figure).count() > 1
}

/// Whether a text ends inside a stack: a line had room for the next, and no mark ends it.
pub(super) fn is_glued(stack: &Stack, widest: &[f32]) -> bool {
    stack.pieces.windows(2).any(|pair| {
        let end = pair[0].words.last().and_then(|word| word.text.chars().last());
        let marked = end.is_some_and(|c| "。；;：:！？，,、".contains(c));
        !marked && !is_full(&pair[0], &pair[1], widest[stack.column])
    })
}

/// Whether cells of one line stand beside others of several: lines that are rows have something in most columns.
fn differ(stacks: &[Stack]) -> bool {
    let single = stacks.iter().filter(|stack| stack.pieces.len() == 1).count();
    single < stacks.len() && single * SINGLE >= stacks.len()
}

/// The stacks whose middles, or upper lines, stand at one place, from the top.
fn clusters(stacks: &[Stack], spacing: Spacing) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..stacks.len()).collect();
    order.sort_by(|a, b| stacks[*a].middle().total_cmp(&stacks[*b].middle()));
    let beside = |a: &Stack, b: &Stack| {
        b.middle() - a.middle() <= spacing.slack() || (b.first - a.first).abs() <= spacing.slack()
    };
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    for index in order {
        match clusters.last_mut() {
            Some(last) if beside(&stacks[last[0]], &stacks[index]) => last.push(index),
            _ => clusters.push(vec![index]),
        }
    }
    clusters
}

/// Whether all cells of a row have the same number of lines: then the lines may be rows.
fn is_block(stacks: &[Stack], row: &Band) -> bool {
    let lines = |index: &usize| stacks[*index].pieces.len();
    let cells = &row.stacks;
    cells.len() > 2 && cells.iter().all(|index| lines(index) > 1 && lines(index) == lines(&cells[0]))
}

/// Whether every cell of a row stands at its top, in its middle or at its bottom; merged cells do not count.
fn is_aligned(stacks: &[Stack], row: &Band, spans: &[Span], spacing: Spacing) -> bool {
    let merged = |index: &&usize| spans.iter().any(|(own, _, length)| own == *index && *length > 1);
    let cells = row.stacks.iter().filter(|index| !merged(index)).map(|index| &stacks[*index]);
    let first = cells.clone().map(|stack| stack.first).fold(f32::MAX, f32::min);
    let last = cells.clone().map(|stack| stack.last).fold(f32::MIN, f32::max);
    let middle = f32::midpoint(first, last);
    cells.into_iter().all(|stack| {
        [stack.first - first, stack.middle() - middle, stack.last - last]
            .iter()
            .any(|off| off.abs() <= spacing.slack())
    })
}

/// Puts the stacks into their rows.
fn place(stacks: Vec<Stack>, rows: &[Band], spans: &[Span]) -> Wrapped {
    let mut places: Vec<(usize, usize)> = vec![(0, 1); stacks.len()];
    for (row, band) in rows.iter().enumerate() {
        for index in &band.stacks {
            places[*index] = (row, 1);
        }
    }
    for (index, row, row_span) in spans {
        places[*index] = (*row, *row_span);
    }
    let mut table = Wrapped { rows: vec![Vec::new(); rows.len()], merged: Vec::new(), unsure: false };
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
