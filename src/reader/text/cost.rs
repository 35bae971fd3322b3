//! What the oddities of a layout cost, in hundredths of a short row in the middle of a table.
//!
//! Set on the dumps of two Hebei budgets and on flattened copies of made ones; only their order matters much.

use super::cells::{Kind, begins_row, continues_table, is_header, is_title, kind};
use super::lines::Run;
use super::profile::WIDE;

/// A row that is complete with fewer cells than columns.
pub(super) const SHORT: u32 = 100;
/// The same above the first full row: titles and headers with merged cells.
pub(super) const SHORT_LEAD: u32 = 40;
/// The same there with a wide shape that other rows have too.
pub(super) const SHORT_REGULAR: u32 = 15;
/// A complete row of one cell that holds a label, a figure, or a word below other rows.
pub(super) const LONE_LABEL: u32 = 60;
pub(super) const LONE_FIGURE: u32 = 100;
pub(super) const LONE_WORD: u32 = 30;
/// A row that begins with a figure where others begin with words.
pub(super) const FIGURE_FIRST: u32 = 80;
/// A row that ends although more must follow.
pub(super) const UNFINISHED: u32 = 300;
/// A row broken once more, by one blank line in a cell.
pub(super) const JOINT: u32 = 50;
/// Each further blank line there.
pub(super) const JOINT_GAP: u32 = 20;
/// A row broken before any full row shows the width; not charged where the pieces make up a header.
pub(super) const JOINT_LEAD: u32 = 50;
/// All cells of a joined row unlike the other rows' cells in their columns.
pub(super) const MISFIT: u32 = 120;
/// The same when there are no other rows to compare with.
pub(super) const MISFIT_UNKNOWN: u32 = 20;
/// The later piece of a row begins with a label that begins rows.
pub(super) const JOINT_LABEL: u32 = 200;
/// The later piece of a row begins with a blank cell, as rows beside a vertical merge do.
pub(super) const JOINT_BLANK: u32 = 60;
/// Titles of indicator columns in a row with cells that are no titles.
pub(super) const TITLES_IN_ROW: u32 = 200;
/// A heading inside a cell.
pub(super) const HEADING_IN_CELL: u32 = 150;
/// Two blank lines between rows of one table.
pub(super) const BOUNDARY: u32 = 80;
/// The same where the next row begins with the blank of a vertical merge.
pub(super) const BOUNDARY_MERGE: u32 = 10;
/// The same where the next row begins with a label that never begins a table.
pub(super) const BOUNDARY_LABEL: u32 = 20;
/// The same where the next row is a header.
pub(super) const BOUNDARY_HEADER: u32 = 250;
/// A table that begins without a blank line more than a row has.
pub(super) const TABLE_AT_ONCE: u32 = 300;
/// A table that begins behind two blank lines: with a header, with figures, with a vertical merge's blank, else.
pub(super) const TABLE_HEADER: u32 = 20;
pub(super) const TABLE_FIGURES: u32 = 120;
pub(super) const TABLE_MERGE: u32 = 210;
pub(super) const TABLE: u32 = 60;
/// The same with one or two cells that are no known label.
pub(super) const TABLE_NARROW: u32 = 100;
/// The same with a label that never begins a table.
pub(super) const TABLE_LABEL: u32 = 150;
/// A table that begins behind text.
pub(super) const TABLE_FRESH: u32 = 10;
/// A table without any full row.
pub(super) const NO_FULL_ROW: u32 = 100;
/// A table of three or more columns with a single row.
pub(super) const ONE_ROW: u32 = 80;
/// Text behind a table and only one blank line: a paragraph, or the last cell's continuation.
pub(super) const TEXT_BEHIND: u32 = 80;
pub(super) const RESUME: u32 = 40;
/// A lone cell as a paragraph: by itself, before more cells, and in a table.
pub(super) const LONE_CELL: u32 = 50;
pub(super) const LONE_CELL_BEFORE: u32 = 120;
pub(super) const LONE_CELL_IN_TABLE: u32 = 150;
/// The same with a label that wants its value.
pub(super) const LONE_LABEL_OUTSIDE: u32 = 120;

/// What speaks against a row of one cell: a label wants its value, a figure its label, and only titles and long texts
/// stand alone.
pub(super) fn lone(cell: &str, later: bool) -> u32 {
    match kind(cell) {
        Kind::Number | Kind::Value => LONE_FIGURE,
        _ if begins_row(cell) => LONE_LABEL,
        Kind::Words if later && is_title(cell) => LONE_WORD,
        _ => 0,
    }
}

/// What speaks against a row that is complete with fewer cells than columns; least where many are like it.
pub(super) fn short(full: bool, regular: bool, cells: usize) -> u32 {
    match (full, regular) {
        (false, true) if cells >= WIDE => SHORT_REGULAR,
        (true, false) => SHORT,
        _ => SHORT_LEAD,
    }
}

/// A vertical merge shows as a blank first cell in a row that is not blank.
pub(super) fn continues_merge(cells: &[&str]) -> bool {
    kind(cells[0]) == Kind::Blank && cells.iter().any(|cell| kind(cell) != Kind::Blank)
}

/// A row behind two or more blank lines in the same table.
pub(super) fn boundary(cells: &[&str]) -> u32 {
    if continues_merge(cells) {
        BOUNDARY_MERGE
    } else if continues_table(cells[0]) {
        BOUNDARY_LABEL
    } else if cells.len() > 2 && is_header(cells) {
        BOUNDARY_HEADER
    } else {
        BOUNDARY
    }
}

/// A new table with no text before it.
pub(super) fn beginning(run: &Run<'_>) -> u32 {
    if run.gap <= 1 {
        return TABLE_AT_ONCE;
    }
    let figures = || run.cells.iter().any(|cell| matches!(kind(cell), Kind::Number | Kind::Value));
    match run.cells.len() {
        _ if run.cells.first().is_some_and(|cell| continues_table(cell)) => TABLE_LABEL,
        0..=2 if begins_row(run.cells.first().unwrap_or(&"")) => TABLE,
        0..=2 => TABLE_NARROW,
        _ if continues_merge(&run.cells) => TABLE_MERGE,
        _ if is_header(&run.cells) => TABLE_HEADER,
        _ if figures() => TABLE_FIGURES,
        _ => TABLE,
    }
}
