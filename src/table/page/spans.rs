//! Cells that reach over several rows without a rule around them: each stands in the middle of its rows, and those of a
//! column follow each other over all rows.

use super::bands::Band;
use super::wrapped::{Spacing, Stack};

/// Where a stack stands: its index, its first row, and how many rows.
pub(super) type Span = (usize, usize, usize);

/// Where the cells stand that are beside several rows, and whether the places of all of them are known.
pub(super) fn merged(
    stacks: &[Stack],
    rows: &[Band],
    floating: &[usize],
    spacing: Spacing,
) -> (Vec<Span>, bool) {
    let columns = stacks.iter().map(|stack| stack.column + 1).max().unwrap_or(0);
    let mut known: Vec<Vec<Span>> = vec![Vec::new(); columns];
    let (mut settled, mut levels) = (true, true);
    for column in 0..columns {
        let of: Vec<usize> = (0..stacks.len()).filter(|index| stacks[*index].column == column).collect();
        let floats = of.iter().any(|index| floating.contains(index));
        if of.len() == rows.len() && !floats {
            continue;
        }
        let text = !of.iter().any(|index| stacks[*index].is_figure());
        // Levels stand side by side from the left: behind a column of another kind there are none.
        if !(floats || levels && text) {
            continue;
        }
        let borders = borders(stacks, rows, &known.concat(), column);
        let middles: Vec<f32> = of.iter().map(|index| stacks[*index].middle()).collect();
        let cut = of.last().is_some_and(|index| floating.contains(index));
        let exact = || whole(&borders, &middles, spacing.slack());
        let spans = if floats {
            exact().or_else(|| cut_by_page(&borders, &middles, spacing.slack(), cut))
        } else {
            exact()
        };
        match spans {
            Some(spans) => {
                known[column] =
                    of.into_iter().zip(spans).map(|(index, (row, length))| (index, row, length)).collect();
            }
            None if floats => {
                settled = false;
                let floats = of.into_iter().filter(|index| floating.contains(index));
                known[column] = floats.map(|index| (index, nearest(rows, &stacks[index]), 1)).collect();
            }
            None => levels = false,
        }
    }
    for column in 0..columns {
        if known[column].is_empty()
            && let Some(spans) = beside(stacks, &known, column)
        {
            known[column] = spans;
        }
    }
    (known.concat(), settled)
}

/// The spans of a column whose cells all stand beside the merged cells of another, one beside each.
fn beside(stacks: &[Stack], known: &[Vec<Span>], column: usize) -> Option<Vec<Span>> {
    let of: Vec<usize> = (0..stacks.len()).filter(|index| stacks[*index].column == column).collect();
    let other = known.iter().find(|spans| {
        let overlap = |(index, (other, ..)): (&usize, &Span)| {
            stacks[*index].first <= stacks[*other].last && stacks[*index].last >= stacks[*other].first
        };
        let merged = spans.iter().any(|(.., length)| *length > 1);
        merged && spans.len() == of.len() && of.iter().zip(spans.iter()).all(overlap)
    })?;
    Some(of.into_iter().zip(other).map(|(index, (_, row, length))| (index, *row, *length)).collect())
}

/// The row nearest to a stack.
fn nearest(rows: &[Band], stack: &Stack) -> usize {
    let off = |row: &Band| (row.first - stack.last).max(stack.first - row.last).max(0.0);
    let nearest = rows.iter().enumerate().min_by(|a, b| off(a.1).total_cmp(&off(b.1)));
    nearest.map_or(0, |(row, _)| row)
}

/// The borders of rows by their baselines, but for the stacks of a column and those that span rows: midway between rows,
/// and as far outside.
fn borders(stacks: &[Stack], rows: &[Band], spanning: &[Span], column: usize) -> Vec<f32> {
    let extents: Vec<(f32, f32)> = rows
        .iter()
        .map(|row| {
            let of = row.stacks.iter().filter(|index| {
                stacks[**index].column != column && !spanning.iter().any(|(own, ..)| own == *index)
            });
            let of = of.map(|index| &stacks[*index]);
            let first = of.clone().map(|stack| stack.first).reduce(f32::min).unwrap_or(row.first);
            (first, of.map(|stack| stack.last).reduce(f32::max).unwrap_or(row.last))
        })
        .collect();
    let gaps = extents.windows(2).map(|pair| pair[1].0 - pair[0].1);
    let half = gaps.reduce(f32::min).map_or(0.0, |gap| gap / 2.0);
    let mut borders = Vec::with_capacity(rows.len() + 1);
    borders.extend(extents.first().map(|row| row.0 - half));
    borders.extend(extents.windows(2).map(|pair| f32::midpoint(pair[0].1, pair[1].0)));
    borders.extend(extents.last().map(|row| row.1 + half));
    borders
}

/// The first row and the number of rows for each middle, so that the spans follow each other over all rows and every
/// middle is that of its span.
pub(super) fn whole(borders: &[f32], middles: &[f32], off: f32) -> Option<Vec<(usize, usize)>> {
    let ends = ends(borders, 0, middles, off);
    (ends.len() == middles.len() && ends.last() == Some(&(borders.len() - 1))).then(|| lengths(0, &ends))
}

/// The same where page breaks cut the table: the last cell may go on after it, or the last rows belong to one there; or
/// the first rows belong to a cell of the page before, where the places of the others leave one row to begin with.
fn cut_by_page(borders: &[f32], middles: &[f32], off: f32, cut: bool) -> Option<Vec<(usize, usize)>> {
    let rows = borders.len() - 1;
    let mut from_head = ends(borders, 0, middles, off);
    if from_head.len() == middles.len() {
        return Some(lengths(0, &from_head));
    }
    let start = from_head.last().copied().unwrap_or(0);
    let inside = start < rows && (borders[start]..borders[rows]).contains(middles.last()?);
    if cut && inside && from_head.len() + 1 == middles.len() {
        from_head.push(rows);
        return Some(lengths(0, &from_head));
    }
    let mut to_foot = (1..rows).filter_map(|start| {
        let ends = ends(borders, start, middles, off);
        (ends.len() == middles.len() && ends.last() == Some(&rows)).then(|| lengths(start, &ends))
    });
    to_foot.next().filter(|_| to_foot.next().is_none())
}

/// The first row and the number of rows of spans that follow each other.
fn lengths(start: usize, ends: &[usize]) -> Vec<(usize, usize)> {
    let starts = [start].into_iter().chain(ends.iter().copied());
    starts.zip(ends).map(|(start, end)| (start, end - start)).collect()
}

/// The ends of the spans from a row on, as far as every middle is that of its span.
fn ends(borders: &[f32], first: usize, middles: &[f32], off: f32) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::with_capacity(middles.len());
    for middle in middles {
        let start = ends.last().copied().unwrap_or(first);
        let distance = |end: usize| (f32::midpoint(borders[start], borders[end]) - middle).abs();
        let nearest = (start + 1..borders.len()).min_by(|a, b| distance(*a).total_cmp(&distance(*b)));
        let Some(end) = nearest.filter(|end| distance(*end) <= off) else { break };
        ends.push(end);
    }
    ends
}
