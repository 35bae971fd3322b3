//! Headers repeated at the top of the next page.

use super::part::{Part, PartCell};

/// Rows of a table in which the header that the next page repeats is looked for: the rows of a form may stand above it.
const DEEPEST: usize = 16;

/// How many rows at the top of a part repeat rows of the table before it: its header, which stands at its top or below
/// the rows of a form.
pub(super) fn repeated_rows(first: &Part, next: &Part) -> usize {
    let at_top = run(first, 0, next);
    if at_top > 0 {
        return at_top;
    }
    let names = |at: &usize| names_columns(first, *at);
    (1..first.row_count().min(DEEPEST))
        .filter(names)
        .map(|at| run(first, at, next))
        .find(|rows| *rows > 0)
        .unwrap_or(0)
}

/// Whether the leading rows hold one cell each: a title inside the table, which forms of one kind share.
pub(super) fn title_rows_only(part: &Part, rows: usize) -> bool {
    let filled =
        |row: usize| part.cells.iter().filter(|cell| cell.area.row == row && !cell.text.is_empty()).count();
    (0..rows).all(|row| filled(row) <= 1)
}

/// A text without its white space and without the mark of a continuation.
pub(super) fn squeeze(text: &str) -> String {
    let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    squeezed.replace("（续）", "").replace("(续)", "").replace("续表", "")
}

/// How many rows from `at` on are the rows at the top of the next part.
fn run(first: &Part, at: usize, next: &Part) -> usize {
    let most = (first.row_count() - at).min(next.row_count());
    let mut rows = (0..most).take_while(|row| same_row((first, at + row), (next, *row))).count();
    // A header ends where no cell reaches over its last row.
    while rows > 0
        && next.cells.iter().any(|cell| cell.area.row < rows && cell.area.row + cell.area.row_span > rows)
    {
        rows -= 1;
    }
    rows
}

/// Whether a row below the top can be a header: names without figures over most columns.
fn names_columns(part: &Part, row: usize) -> bool {
    let filled = part.cells.iter().filter(|cell| cell.area.row == row && !cell.text.is_empty());
    let named: usize = filled.clone().map(|cell| cell.area.column_span).sum();
    let words = |cell: &PartCell| !cell.text.contains(|c: char| c.is_ascii_digit());
    filled.clone().count() > 2 && named * 3 >= part.column_count() * 2 && filled.clone().all(words)
}

/// Whether a row is the same in both. A repeated header may be drawn in rows too low for it, which clips its lower
/// lines: most of its texts are whole then, the others begin alike.
fn same_row(a: (&Part, usize), b: (&Part, usize)) -> bool {
    let texts = |(part, row): (&Part, usize)| -> Vec<String> {
        let mut cells: Vec<&PartCell> = part.cells.iter().filter(|cell| cell.area.row == row).collect();
        cells.sort_by_key(|cell| cell.area.column);
        cells.iter().map(|cell| squeeze(&cell.text)).filter(|text| !text.is_empty()).collect()
    };
    let below = b.1 > 0;
    let (a, b) = (texts(a), texts(b));
    let alike = a.len() == b.len()
        && a.iter().zip(&b).all(|(a, b)| a.starts_with(b.as_str()) && b.len() * 2 >= a.len());
    let whole = a.iter().zip(&b).filter(|(a, b)| a == b).count();
    alike && whole * 2 >= a.len() && (below || !a.is_empty())
}
