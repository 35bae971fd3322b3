//! Rows whose lines stand no farther apart than those of their cells. Where cells begin at the top of their rows, a line
//! in which full lines go on is no row; where they stand in the middle, the place of a row says how high it is.

use super::bands::Band;
use super::pieces::Piece;
use super::wrapped::{Found, Spacing, Stack, is_full, is_glued};

/// Distance of lines, in font sizes, and that up to which they are those of one cell without other signs.
const LEADING: std::ops::Range<f32> = 0.95..2.2;
const CLOSE: f32 = 1.7;
/// Baselines this near, in parts of the leading, are one line: letters and figures of other fonts stand a little higher.
const SAME_LINE: f32 = 0.3;
/// Lines of a column this near, in parts of the leading, follow each other.
const NEXT: f32 = 1.3;
/// So many lines that go on in cells, and one in so many, show that cells wrap.
const RESTS: usize = 2;
const SOME: usize = 8;
/// Share of the columns from which a line that fills them may be a row.
const MOST: (usize, usize) = (3, 5);
/// Share of the leading from which lines show by their distance that cells stand in the middle of their rows.
const HALF: std::ops::Range<f32> = 0.35..0.65;

/// The lines of a table across its columns.
struct Lines<'c> {
    leading: f32,
    /// The largest font size.
    size: f32,
    /// The place of each line, from the top.
    ys: Vec<f32>,
    /// The text of each column in each line.
    cells: Vec<Vec<Option<&'c Piece>>>,
    /// The widest text of each column.
    widest: &'c [f32],
}

/// The rows that the pieces of columns with their baselines form.
pub(super) fn tight(columns: &[Vec<(f32, Piece)>], widest: &[f32]) -> Option<(Found, Spacing)> {
    let lines = lines(columns, widest)?;
    let halves = lines.ys.windows(2).any(|pair| HALF.contains(&((pair[1] - pair[0]) / lines.leading)));
    let found = if halves { in_the_middle(columns, &lines)? } else { from_the_top(&lines)? };
    let leading = lines.leading;
    Some((found, Spacing { leading, split: NEXT * leading, both: false }))
}

/// The distances of lines where those of rows are the same.
pub(super) fn nearest(columns: &[Vec<(f32, Piece)>]) -> Option<Spacing> {
    let leading = lines(columns, &[])?.leading;
    Some(Spacing { leading, split: NEXT * leading, both: false })
}

/// The width of the widest text of each column.
pub(super) fn widths(columns: &[Vec<(f32, Piece)>]) -> Vec<f32> {
    let widest =
        |column: &Vec<(f32, Piece)>| column.iter().map(|(_, piece)| piece.bbox.width()).fold(0.0, f32::max);
    columns.iter().map(widest).collect()
}

fn lines<'c>(columns: &'c [Vec<(f32, Piece)>], widest: &'c [f32]) -> Option<Lines<'c>> {
    let steps = columns.iter().flat_map(|column| column.windows(2).map(|pair| pair[1].0 - pair[0].0));
    let leading = steps.reduce(f32::min)?;
    let size = columns.iter().flatten().map(|(_, piece)| piece.size()).fold(0.0, f32::max);
    if !LEADING.contains(&(leading / size.max(1.0))) {
        return None;
    }
    let mut all: Vec<(f32, usize, &Piece)> = Vec::new();
    for (column, pieces) in columns.iter().enumerate() {
        all.extend(pieces.iter().map(|(y, piece)| (*y, column, piece)));
    }
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut lines = Lines { leading, size, ys: Vec::new(), cells: Vec::new(), widest };
    for (y, column, piece) in all {
        if lines.ys.last().is_none_or(|last| y - last > SAME_LINE * leading) {
            lines.ys.push(y);
            lines.cells.push(vec![None; columns.len()]);
        }
        lines.cells.last_mut()?[column] = Some(piece);
    }
    Some(lines)
}

/// Rows whose cells begin on one line: a line begins one if some text in it can't be the rest of what stands above.
fn from_the_top(lines: &Lines) -> Option<Found> {
    if lines.leading > CLOSE * lines.size {
        return None;
    }
    let mut begins: Vec<bool> = Vec::with_capacity(lines.ys.len());
    let mut first = 0;
    for line in 0..lines.ys.len() {
        begins.push(line == 0 || self::begins(lines, first, line));
        first = if begins[line] { line } else { first };
    }
    let count = begins.iter().filter(|begins| **begins).count();
    let rests = begins.len() - count;
    if rests < RESTS || rests * SOME < begins.len() {
        return None;
    }
    // A column that has a text in every row and none in between bears the reading out.
    let bears_out = |column: usize| {
        let mut all = lines.cells.iter().zip(&begins);
        all.all(|(cells, begins)| cells[column].is_some() == *begins)
    };
    let filled = |line: usize| lines.cells[line].iter().flatten().count();
    let mut first = 0;
    let few = (0..begins.len()).all(|line| {
        first = if begins[line] { line } else { first };
        begins[line] || filled(line) * MOST.1 < filled(first) * MOST.0
    });
    let sure = few && (0..lines.widest.len()).any(bears_out);
    let mut found = Found { stacks: Vec::new(), rows: Vec::new(), floating: Vec::new(), sure };
    let mut open: Vec<Option<usize>> = Vec::new();
    for ((y, cells), begins) in lines.ys.iter().zip(&lines.cells).zip(begins) {
        if begins {
            found.rows.push(Band { first: *y, last: *y, stacks: Vec::new() });
            open = vec![None; cells.len()];
        }
        let row = found.rows.last_mut()?;
        row.last = *y;
        for (column, piece) in
            cells.iter().enumerate().filter_map(|(column, piece)| Some((column, (*piece)?)))
        {
            let index = *open[column].get_or_insert_with(|| {
                found.stacks.push(Stack { column, pieces: Vec::new(), first: *y, last: *y });
                row.stacks.push(found.stacks.len() - 1);
                found.stacks.len() - 1
            });
            found.stacks[index].pieces.push(piece.clone());
            found.stacks[index].last = *y;
        }
    }
    Some(found)
}

/// Whether a line begins a row: a text in it has none above that had no room for it, or is a figure below another; or
/// it fills every column that the first line of the row above fills.
fn begins(lines: &Lines, first: usize, line: usize) -> bool {
    let near = lines.ys[line] - lines.ys[line - 1] <= NEXT * lines.leading;
    let (head, above, own) = (&lines.cells[first], &lines.cells[line - 1], &lines.cells[line]);
    let all = head.iter().zip(own).all(|(head, own)| head.is_none() || own.is_some());
    all || !near
        || own.iter().zip(above).zip(lines.widest).any(|((own, above), widest)| match (own, above) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(own), Some(above)) => !is_full(above, own, *widest) || are_two(above, own),
        })
}

/// Whether a figure is a value of its own: not the rest of decimals, and not of a code or a value that was cut.
fn are_two(above: &Piece, own: &Piece) -> bool {
    let holds = |piece: &Piece, mark: char| piece.words.iter().any(|word| word.text.contains(mark));
    let end = above.words.last().and_then(|word| word.text.chars().last());
    let cut = end.is_some_and(|c| c.is_ascii_alphanumeric() || "≥≤＞＜=<>-[（(".contains(c));
    own.figure && if above.figure { holds(own, '.') || !holds(above, '.') } else { !cut }
}

/// Rows whose cells stand in their middle: the rows that the texts of one column show, each as high as its place
/// says, where the texts of all others bear it out.
fn in_the_middle(columns: &[Vec<(f32, Piece)>], lines: &Lines) -> Option<Found> {
    let (first, last) = (*lines.ys.first()?, *lines.ys.last()?);
    let half = lines.leading / 2.0;
    let mut keys: Vec<usize> = (0..columns.len()).collect();
    keys.sort_by_key(|column| std::cmp::Reverse(columns[*column].len()));
    keys.into_iter().find_map(|key| {
        let middles: Vec<f32> = columns[key].iter().map(|(y, _)| *y).collect();
        let borders = heights(&middles, first - half, lines.leading)?;
        let whole = (borders.last()? - (last + half)).abs() <= SAME_LINE * lines.leading;
        if whole && middles.len() > 1 { fill(columns, &borders, lines, key) } else { None }
    })
}

/// The borders of rows of whole lines by their middles.
fn heights(middles: &[f32], top: f32, leading: f32) -> Option<Vec<f32>> {
    let mut borders = vec![top];
    for middle in middles {
        let above = borders.last()?;
        let lines = 2.0 * (middle - above) / leading;
        if lines < 0.5 || (lines - lines.round()).abs() > SAME_LINE {
            return None;
        }
        borders.push(middle + lines.round() * leading / 2.0);
    }
    Some(borders)
}

/// Puts the texts of all columns between the borders; `None` where those of a row stand off its middle in a column
/// right of the key.
fn fill(columns: &[Vec<(f32, Piece)>], borders: &[f32], lines: &Lines, key: usize) -> Option<Found> {
    let leading = lines.leading;
    let row =
        |y: f32| borders.partition_point(|border| *border <= y).saturating_sub(1).min(borders.len() - 2);
    let middles: Vec<f32> = borders.windows(2).map(|pair| f32::midpoint(pair[0], pair[1])).collect();
    let band = |middle: &f32| Band { first: *middle, last: *middle, stacks: Vec::new() };
    let rows = middles.iter().map(band).collect();
    let mut found = Found { stacks: Vec::new(), rows, floating: Vec::new(), sure: true };
    for (column, pieces) in columns.iter().enumerate() {
        let mut own: Vec<Stack> = Vec::new();
        for (y, piece) in pieces {
            match own.last_mut() {
                Some(stack) if row(stack.last) == row(*y) && y - stack.last <= NEXT * leading => {
                    stack.last = *y;
                    stack.pieces.push(piece.clone());
                }
                _ => own.push(Stack { column, pieces: vec![piece.clone()], first: *y, last: *y }),
            }
        }
        let off = |stack: &Stack| (stack.middle() - middles[row(stack.middle())]).abs() > SAME_LINE * leading;
        if own.iter().any(off) && column >= key {
            return None;
        }
        let own = join(own, &off, lines);
        if own.iter().any(|stack| off(stack) && is_glued(stack, lines.widest)) {
            return None;
        }
        for stack in own {
            if off(&stack) {
                found.floating.push(found.stacks.len());
            } else {
                let band = &mut found.rows[row(stack.middle())];
                (band.first, band.last) = (band.first.min(stack.first), band.last.max(stack.last));
                band.stacks.push(found.stacks.len());
            }
            found.stacks.push(stack);
        }
    }
    Some(found)
}

/// Joins texts off the middle of their rows with what goes on in them.
fn join(stacks: Vec<Stack>, off: &dyn Fn(&Stack) -> bool, lines: &Lines) -> Vec<Stack> {
    let mut joined: Vec<Stack> = Vec::new();
    let mut open = false;
    for mut stack in stacks {
        let goes_on = |last: &Stack| {
            let full = last.pieces.last().zip(stack.pieces.first());
            stack.first - last.last <= NEXT * lines.leading
                && full.is_some_and(|(last, first)| is_full(last, first, lines.widest[stack.column]))
        };
        let is_off = off(&stack);
        match joined.last_mut() {
            Some(last) if (open || is_off) && goes_on(last) => {
                last.last = stack.last;
                last.pieces.append(&mut stack.pieces);
                open = true;
            }
            _ => {
                joined.push(stack);
                open = is_off;
            }
        }
    }
    joined
}
