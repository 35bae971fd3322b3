//! A workbook as its file states it, before anything is laid out: what every spreadsheet format is read into.

use crate::document::Warning;
use crate::reader::{Limits, ReadError};

/// The last row and the last column of a sheet (ECMA-376 part 1, 18.3.1.73).
pub(super) const MAX_ROW: u32 = 1_048_575;
pub(super) const MAX_COLUMN: u32 = 16_383;
/// The most sheets of a workbook.
const MAX_SHEETS: usize = 10_000;
/// The most merged ranges of one sheet: a printed table has one a row.
const MAX_MERGES: usize = 200_000;

/// A workbook.
#[derive(Debug, Default)]
pub(super) struct Book {
    /// Its sheets in the order of their tabs.
    pub(super) sheets: Vec<Sheet>,
    /// What could not be read.
    pub(super) warnings: Vec<Warning>,
    /// Formulas whose result the file does not hold.
    pub(super) uncomputed: u64,
    /// Drawings, charts and sheets of other kinds.
    pub(super) objects: u64,
}

/// A sheet. Rows and columns count from 0.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) hidden: bool,
    pub(super) cells: Vec<SheetCell>,
    pub(super) merges: Vec<Range>,
    /// First and last of each run of hidden rows.
    pub(super) hidden_rows: Vec<(u32, u32)>,
    /// First and last of each run of hidden columns.
    pub(super) hidden_columns: Vec<(u32, u32)>,
}

/// A cell with what it shows. Cells without text matter where they are bordered.
#[derive(Debug, Default, Clone)]
pub(super) struct SheetCell {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) text: String,
    pub(super) look: Look,
}

/// How the cells of a style look.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    /// Whether a border is drawn at any side.
    pub(super) bordered: bool,
    /// Whether the text is centred, also across columns.
    pub(super) centred: bool,
}

/// A merged range, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Range {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) last_row: u32,
    pub(super) last_column: u32,
}

/// Whether a workbook may have one more sheet than these.
///
/// # Errors
/// `TooLarge` for an absurd number.
pub(super) fn one_more_sheet(sheets: usize) -> Result<(), ReadError> {
    let what = || "the number of sheets".to_owned();
    let limit = MAX_SHEETS as u64;
    if sheets < MAX_SHEETS { Ok(()) } else { Err(ReadError::TooLarge { what: what(), limit }) }
}

impl Book {
    /// Adds a sheet behind the others, which is the one that is read from now on.
    pub(super) fn begin_sheet(&mut self, sheet: Sheet) -> Result<(), ReadError> {
        one_more_sheet(self.sheets.len())?;
        self.sheets.push(sheet);
        Ok(())
    }

    /// Notes that a cell refers to a text that is not there.
    pub(super) fn lost_string(&mut self) {
        let lost = Warning::PartUnreadable("a shared string".to_owned());
        if !self.warnings.contains(&lost) {
            self.warnings.push(lost);
        }
    }
}

impl Sheet {
    /// Adds a cell; one without text only where it is bordered.
    pub(super) fn put(&mut self, cell: SheetCell, budget: &mut CellBudget) -> Result<(), ReadError> {
        if !cell.text.trim().is_empty() || cell.look.bordered {
            budget.spend(1)?;
            budget.spend_text(cell.text.len())?;
            self.cells.push(cell);
        }
        Ok(())
    }

    /// Adds a merged range; one that covers a single cell or has its ends exchanged says nothing.
    pub(super) fn merge(&mut self, range: Range) -> Result<(), ReadError> {
        let Range { row, column, last_row, last_column } = range;
        if last_row < row || last_column < column || (last_row, last_column) == (row, column) {
            return Ok(());
        }
        if self.merges.len() >= MAX_MERGES {
            let what = format!("the number of merged ranges of the sheet {}", self.name);
            return Err(ReadError::TooLarge { what, limit: MAX_MERGES as u64 });
        }
        self.merges.push(range);
        Ok(())
    }
}

/// Counts the cells of a workbook against the limit.
#[derive(Debug)]
pub(super) struct CellBudget {
    left: usize,
    limit: usize,
    text_left: u64,
    text_limit: u64,
}

impl CellBudget {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            left: limits.cells,
            limit: limits.cells,
            text_left: limits.unpacked_bytes,
            text_limit: limits.unpacked_bytes,
        }
    }

    /// Takes the room for the text of a cell: one text can stand in any number of cells.
    fn spend_text(&mut self, bytes: usize) -> Result<(), ReadError> {
        self.text_left = self.text_left.checked_sub(bytes as u64).ok_or_else(|| ReadError::TooLarge {
            what: "the text of the cells".to_owned(),
            limit: self.text_limit,
        })?;
        Ok(())
    }

    /// Takes the room for some cells.
    pub(super) fn spend(&mut self, cells: usize) -> Result<(), ReadError> {
        match self.left.checked_sub(cells) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(ReadError::TooLarge {
                what: "the number of cells in the workbook".to_owned(),
                limit: self.limit as u64,
            }),
        }
    }
}

/// Row and column of a reference such as `AB12`.
pub(super) fn reference(text: &str) -> Option<(u32, u32)> {
    let text = text.trim().trim_start_matches('$');
    let letters = text.find(|c: char| !c.is_ascii_alphabetic())?;
    let (letters, digits) = text.split_at(letters);
    if !(1..=3).contains(&letters.len()) {
        return None;
    }
    let column = letters
        .bytes()
        .fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row: u32 = digits.trim_start_matches('$').parse().ok()?;
    Some((row.checked_sub(1)?, column - 1))
}

/// A range such as `A1:D3`.
pub(super) fn range(text: &str) -> Option<Range> {
    let (first, last) = text.split_once(':')?;
    let ((row, column), (last_row, last_column)) = (reference(first)?, reference(last)?);
    Some(Range { row, column, last_row, last_column })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_count_columns_in_letters() {
        assert_eq!(reference("A1"), Some((0, 0)));
        assert_eq!(reference("$AB$12"), Some((11, 27)));
        assert_eq!(reference("XFD1048576"), Some((1_048_575, 16_383)));
        for wrong in ["", "A", "12", "A0", "ABCD1", "A-1", "A99999999999"] {
            assert_eq!(reference(wrong), None, "{wrong}");
        }
        assert_eq!(range("B2:C4"), Some(Range { row: 1, column: 1, last_row: 3, last_column: 2 }));
    }
}
