//! Rows that a page break cuts in two.

use super::lines::needed;
use super::numbering::is_numbered;
use super::part::{Part, PartCell};

/// Fewest rows from which a column is known to be filled in every row.
const ROWS: usize = 3;
/// Fewest columns filled in every row that show by their emptiness that a row is the rest of another, where the width
/// of its texts does not.
const MISSING: usize = 2;

/// Cells from the end of a table that are looked at: enough rows to know its columns.
const NEAR: usize = 400;

/// Whether the first row of a part is the rest of the last row before it: every cell with text goes on from one whose
/// last line fills it, and some cells end above, or a text shows that it was cut or wrapped. Where a line was broken by hand, the
/// row is a rest if it leaves columns empty that are filled in every other row. Cells merged over rows go on by
/// themselves and do not count.
pub(super) fn splits_row(part: &Part, next: &Part) -> bool {
    let last = part.row_count() - 1;
    let (mut ends, mut missing, mut goes_on, mut breaks, mut cut) = (0, 0, 0, 0, false);
    let (mut open, mut wrapped) = (true, false);
    for cell in next.cells.iter().filter(|cell| cell.area.row == 0) {
        let Some(above) = above(part, cell, last) else { return false };
        let merged = above.area.row_span > 1 || cell.area.row_span > 1;
        match (above.text.is_empty(), cell.text.is_empty()) {
            (_, true) if merged => {}
            (false, true) => {
                ends += 1;
                missing += usize::from(always_filled(part, cell.area.column));
            }
            (true, true) => {}
            (true, false) => return false,
            (false, false) if are_two_numbers(&above.text, &cell.text) => return false,
            (false, false) if merged && splits_merged(part, above, &next.cells, cell) => goes_on += 1,
            (false, false) if above.room >= needed(&cell.text) && merged => return false,
            (false, false) if above.room >= needed(&cell.text) => breaks += 1,
            (false, false) => {
                goes_on += 1;
                cut |= is_cut(&above.text) || is_cut_figure([part, next], cell, &above.text);
                open &= !above.text.ends_with(['。', '；', '！', '？', '：']) && !is_numbered(&cell.text);
                wrapped |= above.text.contains('\n') || goes_on > 1 && wraps(part, cell.area.column);
            }
        }
    }
    match breaks {
        0 => goes_on > 0 && (ends > 0 || cut || open && wrapped),
        _ => missing >= MISSING,
    }
}

/// The columns of a part in which a text merged over rows goes on from the table before it.
pub(super) fn rests_of_merged(part: &Part, next: &Part) -> Vec<usize> {
    let last = part.row_count() - 1;
    let top = next.cells.iter().filter(|cell| cell.area.row == 0 && !cell.text.is_empty());
    let rest = |cell: &&PartCell| {
        above(part, cell, last).is_some_and(|above| splits_merged(part, above, &next.cells, cell))
    };
    top.filter(rest).map(|cell| cell.area.column).collect()
}

/// The columns of a header that the page break cuts: the names below a heading over several columns stand on the next
/// page, and the cells beside them are empty there.
pub(super) fn rests_of_header(part: &Part, next: &Part) -> Vec<usize> {
    let last = part.row_count() - 1;
    let top: Vec<&PartCell> = next.cells.iter().filter(|cell| cell.area.row == 0).collect();
    let under = |heading: &PartCell, cell: &PartCell| {
        let columns = heading.area.column..heading.area.column + heading.area.column_span;
        columns.contains(&cell.area.column) && !cell.text.is_empty()
    };
    let headings: Vec<&PartCell> = part
        .cells
        .iter()
        .filter(|cell| cell.area.row + cell.area.row_span == last + 1 && cell.area.column_span > 1)
        .filter(|heading| top.iter().filter(|cell| under(heading, cell)).count() > 1)
        .collect();
    let named = |cell: &PartCell| headings.iter().any(|heading| under(heading, cell));
    if headings.is_empty() || has_figures(part) || !top.iter().all(|cell| cell.text.is_empty() || named(cell))
    {
        return Vec::new();
    }
    top.iter().filter(|cell| cell.text.is_empty()).map(|cell| cell.area.column).collect()
}

/// Whether nothing but a header stands above a row of figures: no cell of it goes on below.
pub(super) fn begins_below_header(part: &Part, next: &Part) -> bool {
    let top = next.cells.iter().filter(|cell| cell.area.row == 0);
    !has_figures(part) && top.clone().any(|cell| is_figure(&cell.text))
}

/// Whether there are figures in a table of no more rows than a header has.
fn has_figures(part: &Part) -> bool {
    const HEADER: usize = 4;
    part.row_count() > HEADER || part.cells.iter().any(|cell| is_figure(&cell.text))
}

/// A number with decimals or thousands.
pub(super) fn is_figure(text: &str) -> bool {
    text.contains(['.', ',']) && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '-'))
}

/// Whether a text merged over rows goes on in one at the top of the next page: its last line is full, and another cell
/// beside it over the same rows stands empty there, having its text above.
fn splits_merged(part: &Part, above: &PartCell, next: &[PartCell], cell: &PartCell) -> bool {
    const LONG: usize = 8;
    let long = above.text.chars().filter(|c| !c.is_whitespace()).count() >= LONG;
    let last = part.row_count() - 1;
    let beside = next.iter().any(|other| {
        let same = other.area.row == 0
            && other.area.row_span == cell.area.row_span
            && other.area.column != cell.area.column
            && other.text.is_empty();
        same && self::above(part, other, last).is_some_and(|other| {
            !other.text.is_empty() && other.area.row == above.area.row && other.area.row_span > 1
        })
    });
    long && beside && above.room < needed(&cell.text)
}

/// The cell at the foot of a part that stands above a cell at the head of the next.
fn above<'p>(part: &'p Part, cell: &PartCell, last: usize) -> Option<&'p PartCell> {
    part.cells.iter().rev().find(|above| {
        above.area.column == cell.area.column
            && above.area.column_span == cell.area.column_span
            && above.area.row + above.area.row_span == last + 1
    })
}

/// Whether a column has a text in every one of the last rows, the first row of the table not counted.
fn always_filled(part: &Part, column: usize) -> bool {
    let near = part.cells.iter().rev().take(NEAR);
    let below = near.filter(|cell| cell.area.column == column && cell.area.row > 0);
    below.clone().count() >= ROWS && below.clone().all(|cell| !cell.text.is_empty())
}

/// Whether texts wrap in the last rows of a column.
fn wraps(part: &Part, column: usize) -> bool {
    let near = part.cells.iter().rev().take(NEAR);
    near.filter(|cell| cell.area.column == column && cell.area.row > 0).any(|cell| cell.text.contains('\n'))
}

/// Whether each of two texts is a number, and both together would be none.
fn are_two_numbers(above: &str, below: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '-' | '%');
    let numbers = [above, below].iter().all(|text| !text.is_empty() && text.chars().all(number));
    numbers && (above.contains('.') && below.contains('.') || below.starts_with('-') || above.ends_with('%'))
}

/// Whether a figure was cut in front of its decimal point: the digits above have none, those below begin with the rest,
/// and every other figure of the column has one.
fn is_cut_figure(parts: [&Part; 2], cell: &PartCell, above: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    let figure = |text: &str| {
        text.contains(|c: char| c.is_ascii_digit())
            && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '-'))
    };
    let (upper, lower) = (plain(above), plain(&cell.text));
    if !(figure(&upper) && figure(&lower)) || upper.contains('.') || !lower.contains('.') {
        return false;
    }
    let near = parts
        .into_iter()
        .flat_map(|part| part.cells.iter().rev().take(NEAR).chain(part.cells.iter().take(NEAR)));
    let column = near.filter(|other| other.area.column == cell.area.column).map(|other| plain(&other.text));
    let mut others = column.filter(|text| figure(text) && *text != upper && *text != lower).peekable();
    others.peek().is_some() && others.all(|text| text.contains('.'))
}

/// Whether a text can't be whole: it ends in a decimal point or comma, or leaves a bracket open.
fn is_cut(text: &str) -> bool {
    let count = |marks: &[char]| text.chars().filter(|c| marks.contains(c)).count();
    text.ends_with(['.', ',', '，', '、'])
        || count(&['（', '(']) > count(&['）', ')'])
        || count(&['《']) > count(&['》'])
}
