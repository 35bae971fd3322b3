//! Headings over several columns: those of one row share out the columns that have headings of their own below.

use crate::document::{Rect, Word};

/// How much better a heading must stand in the middle of one column to be that column's alone (points).
const OWN: f32 = 3.0;
/// Most columns that are shared out; wider headers are told by the middles of their cells.
const MOST_COLUMNS: usize = 60;

/// The words of a header by row and column.
type Words<'w> = &'w [Vec<Vec<Word>>];
/// A way to share out columns: what it costs, and the first and the last column of each heading.
type Shares = Option<(f32, Vec<(usize, usize)>)>;

/// For each column the first and the last column of the heading that stands in it in a row of a header, where it stands
/// in the middle of these.
pub(super) fn spans(
    words: Words,
    row: usize,
    free: impl Fn(usize) -> bool,
    xs: &[f32],
) -> Vec<Option<(usize, usize)>> {
    let columns = xs.len() - 1;
    let mut spans = vec![None; columns];
    let shared = |column: &usize| free(*column) && below(words, row, *column).is_some();
    let mut start = 0;
    while start < columns && columns <= MOST_COLUMNS {
        let end = start + (start..columns).take_while(shared).count();
        let headings: Vec<usize> = (start..end).filter(|column| !words[row][*column].is_empty()).collect();
        for (column, span) in headings.iter().zip(share(words, row, (start, end), &headings, xs)) {
            spans[*column] = span;
        }
        start = end.max(start + 1);
    }
    spans
}

/// The extent of the heading below a row in a column.
fn below(words: Words, row: usize, column: usize) -> Option<Rect> {
    words[row + 1..].iter().find_map(|row| bounds(&row[column]))
}

fn bounds(words: &[Word]) -> Option<Rect> {
    words.iter().map(|word| word.bbox).reduce(Rect::union)
}

/// Shares columns out among headings so that they stand as near as can be to the middles of theirs; `None` for a heading
/// that stands better in the middle of its own column alone.
fn share(
    words: Words,
    row: usize,
    (start, end): (usize, usize),
    headings: &[usize],
    xs: &[f32],
) -> Vec<Option<(usize, usize)>> {
    let off = |column: usize, (first, last): (usize, usize)| -> f32 {
        let middle = bounds(&words[row][column]).map_or(0.0, |text| text.centre().0);
        let left = below(words, row, first).map_or(xs[first], |text| text.x0);
        let right = below(words, row, last).map_or(xs[last + 1], |text| text.x1);
        let by_texts = (f32::midpoint(left, right) - middle).abs();
        by_texts.min((f32::midpoint(xs[first], xs[last + 1]) - middle).abs())
    };
    // The best way to share out the columns up to each border, and what it costs.
    let mut best: Vec<Shares> = vec![None; end - start + 1];
    best[0] = Some((0.0, Vec::new()));
    for heading in headings {
        let mut next: Vec<Shares> = vec![None; end - start + 1];
        for (from, before) in best.iter().enumerate().filter(|(from, _)| start + from <= *heading) {
            let Some((cost, spans)) = before else { continue };
            for last in *heading..end {
                let span = (start + from, last);
                let cost = cost + off(*heading, span);
                let place = &mut next[last + 1 - start];
                if place.as_ref().is_none_or(|(least, _)| cost < *least) {
                    *place = Some((cost, [spans.as_slice(), &[span]].concat()));
                }
            }
        }
        best = next;
    }
    let whole = best.pop().flatten().map(|(_, spans)| spans).unwrap_or_default();
    let centred = |(heading, span): (&usize, (usize, usize))| {
        (off(*heading, (*heading, *heading)) + OWN >= off(*heading, span)).then_some(span)
    };
    headings.iter().zip(whole).map(centred).collect()
}
