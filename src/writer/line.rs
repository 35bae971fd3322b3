//! One row on its way to all formats: its values are found once, and so is its spelling as a JSON object.

use super::schema::{CELLS, COLUMNS, Relation};
use super::{Value, json};
use crate::record::Outcome;
use std::cell::OnceCell;

/// The number of [`CELLS`] beside those of [`COLUMNS`], which count from 0.
pub(super) const CELLS_AT: usize = COLUMNS.len();

/// The place of the tables in [`COLUMNS`].
pub(super) const TABLES_AT: usize = 5;

/// One row of a record.
pub struct Line<'a> {
    /// Which record: its place in [`COLUMNS`], or the one after them for [`CELLS`].
    pub record: usize,
    /// The values of its columns.
    pub values: &'a [Value<'a>],
    object: OnceCell<Vec<u8>>,
}

impl Line<'_> {
    /// The row as a JSON object.
    pub(super) fn object(&self) -> &[u8] {
        self.object.get_or_init(|| json::object(self.record, self.values))
    }
}

/// Hands over every row of a document, record after record: those of [`COLUMNS`] in their order, and the cells behind
/// the tables. Only records that are `wanted` are gone through, and only until the first error.
pub(super) fn each_line<E>(
    outcome: &Outcome,
    wanted: impl Fn(usize) -> bool,
    take: &mut dyn FnMut(&Line<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut result = Ok(());
    let mut visit = |record: usize, relation: &dyn Relation| {
        if result.is_ok() && wanted(record) {
            relation.each_row(outcome, &mut |values| {
                if result.is_ok() {
                    result = take(&Line { record, values, object: OnceCell::new() });
                }
            });
        }
    };
    for (record, relation) in COLUMNS.into_iter().enumerate() {
        visit(record, relation);
        if record == TABLES_AT {
            visit(CELLS_AT, &CELLS);
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_behind_their_tables() {
        assert_eq!(COLUMNS[TABLES_AT].name(), "tables");
    }
}
