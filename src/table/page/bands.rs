//! The rows that cells of several lines form: cells of one row stand side by side, and rows stand farther apart than the
//! lines of a cell.

use super::wrapped::{Spacing, Stack};

/// Share of the least distance between rows that must be free above and below a text that is a row by itself.
const FREE: f32 = 0.75;

/// A row by its cells.
#[derive(Debug)]
pub(super) struct Band {
    /// The first and the last baseline in it.
    pub(super) first: f32,
    pub(super) last: f32,
    /// The stacks in it.
    pub(super) stacks: Vec<usize>,
}

/// The rows, from the top, and the stacks that stand beside several rows or between them.
pub(super) fn bands(stacks: &[Stack], columns: usize, spacing: Spacing) -> Option<(Vec<Band>, Vec<usize>)> {
    let mut of: Vec<Vec<usize>> = vec![Vec::new(); columns];
    for (index, stack) in stacks.iter().enumerate() {
        of[stack.column].push(index);
    }
    // The column with the most cells has one in every row.
    let mut order: Vec<usize> = (0..columns).rev().collect();
    order.sort_by_key(|column| std::cmp::Reverse(of[*column].len()));
    let key = *order.first()?;
    let mut rows: Vec<Band> = Vec::new();
    let mut floating = Vec::new();
    for index in order.iter().flat_map(|column| &of[*column]) {
        if !add(&mut rows, stacks, *index, spacing) {
            floating.push(*index);
        }
    }
    demote(&mut rows, &mut floating, stacks, key);
    Some((rows, floating))
}

/// Adds a stack to the row beside it, or as a row of its own; `false` where it can be in none.
fn add(rows: &mut Vec<Band>, stacks: &[Stack], index: usize, spacing: Spacing) -> bool {
    let stack = &stacks[index];
    let start = rows.partition_point(|row| row.last + spacing.slack() < stack.first);
    let end = rows.partition_point(|row| row.first - spacing.slack() <= stack.last).max(start);
    let beside = &rows[start..end];
    let mut columns: Vec<usize> =
        beside.iter().flat_map(|row| &row.stacks).map(|index| stacks[*index].column).collect();
    columns.push(stack.column);
    columns.sort_unstable();
    let twice = columns.windows(2).any(|pair| pair[0] == pair[1]);
    let first = beside.first().map_or(stack.first, |row| row.first.min(stack.first));
    let last = beside.last().map_or(stack.last, |row| row.last.max(stack.last));
    let near = |distance: f32| {
        distance <= spacing.leading + (spacing.split - spacing.leading).min(spacing.slack() / 2.0)
    };
    let above = start.checked_sub(1).is_some_and(|above| near(first - rows[above].last));
    let below = rows.get(end).is_some_and(|below| near(below.first - last));
    if twice || above || below {
        return false;
    }
    let mut inside: Vec<usize> = rows.drain(start..end).flat_map(|row| row.stacks).collect();
    inside.push(index);
    rows.insert(start, Band { first, last, stacks: inside });
    true
}

/// Takes texts that stand between two rows, left of the column that has a cell in every row, for cells beside both.
fn demote(rows: &mut Vec<Band>, floating: &mut Vec<usize>, stacks: &[Stack], key: usize) {
    let keyed = |row: &Band| row.stacks.iter().any(|index| stacks[*index].column == key);
    let distances = |rows: &[Band]| rows.windows(2).map(|pair| pair[1].first - pair[0].last).collect();
    let all: Vec<f32> = distances(rows);
    let mut between = Vec::new();
    for at in 1..rows.len().saturating_sub(1) {
        let lone = rows[at].stacks.iter().all(|index| stacks[*index].column < key);
        if lone && keyed(&rows[at - 1]) && keyed(&rows[at + 1]) {
            between.push(at);
        }
    }
    let beside = |at: usize| between.contains(&at) || between.contains(&(at + 1));
    let least = all.iter().enumerate().filter(|(at, _)| !beside(*at)).map(|(_, gap)| *gap);
    let least = least.fold(f32::MAX, f32::min);
    for at in between.into_iter().rev() {
        if all[at - 1] < FREE * least && all[at] < FREE * least {
            floating.extend(rows.remove(at).stacks);
        }
    }
}
