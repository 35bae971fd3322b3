//! The one list of columns that all output formats share: for each record its columns in the order of the output
//! contract, each with name, type, titles, meaning, and the way to its value.

mod amount;
mod cell;
mod check;
mod column;
mod document;
mod indicator;
mod line_item;
mod project;
mod shared;
mod table;

pub use amount::AMOUNTS;
pub use cell::CELLS;
pub use check::CHECKS;
pub use column::{Column, ColumnType, DECIMAL_DIGITS, DECIMAL_PLACES, Field, Row};
pub use document::DOCUMENTS;
pub use indicator::INDICATORS;
pub use line_item::LINE_ITEMS;
pub use project::PROJECTS;
pub use table::TABLES;

use super::Value;
use crate::record::Outcome;
use std::borrow::Cow;

/// The records that every run writes, one file each, in the order of the output contract.
pub const COLUMNS: [&dyn Relation; 7] =
    [&DOCUMENTS, &PROJECTS, &INDICATORS, &AMOUNTS, &LINE_ITEMS, &TABLES, &CHECKS];

/// Rows that are handed on at once: enough to share the work that comes with each time, and few enough to stay in the
/// processor's own memory.
const ROWS_AT_ONCE: usize = 64;

/// All columns of one kind of record.
pub struct Schema<T: Clone + 'static> {
    /// The name of its files, without extension, and its key in JSON.
    pub name: &'static str,
    /// Its Chinese title.
    pub chinese: &'static str,
    /// Its English title.
    pub english: &'static str,
    /// What one row is, in a sentence.
    pub about: &'static str,
    /// The columns whose values together name one row.
    pub key: &'static [&'static str],
    /// The records its rows belong to.
    pub references: &'static [Reference],
    /// The records of a document.
    pub rows: for<'a> fn(&'a Outcome) -> Cow<'a, [T]>,
    /// The columns, group after group.
    pub columns: &'static [&'static [Column<T>]],
}

/// Columns whose values together are the key of another record; where one of them is empty, the row refers to none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// The columns, named alike in both.
    pub columns: &'static [&'static str],
    /// The name of the other record.
    pub to: &'static str,
}

impl Reference {
    const DOCUMENT: Self = Self { columns: &["path"], to: "documents" };
    const PROJECT: Self = Self { columns: &["path", "project"], to: "projects" };
    const TABLE: Self = Self { columns: &["path", "table"], to: "tables" };
}

/// A [`Schema`] of any record: what a format needs to write it.
pub trait Relation: Sync {
    /// The name of its files, without extension.
    fn name(&self) -> &'static str;

    /// Its Chinese and English titles.
    fn titles(&self) -> (&'static str, &'static str);

    /// What one row is, in a sentence.
    fn about(&self) -> &'static str;

    /// The columns whose values together name one row.
    fn key(&self) -> &'static [&'static str];

    /// The records its rows belong to.
    fn references(&self) -> &'static [Reference];

    /// Its columns in order.
    fn fields(&self) -> Vec<Field>;

    /// Calls `visit` with the values of some rows of the document at a time, one row after the other, and with how many
    /// values a row has.
    fn each_rows(&self, outcome: &Outcome, visit: &mut dyn FnMut(&[Value<'_>], usize));
}

impl<T: Clone + Sync> Relation for Schema<T> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn titles(&self) -> (&'static str, &'static str) {
        (self.chinese, self.english)
    }

    fn about(&self) -> &'static str {
        self.about
    }

    fn key(&self) -> &'static [&'static str] {
        self.key
    }

    fn references(&self) -> &'static [Reference] {
        self.references
    }

    fn fields(&self) -> Vec<Field> {
        self.columns.iter().copied().flatten().map(|column| column.field).collect()
    }

    fn each_rows(&self, outcome: &Outcome, visit: &mut dyn FnMut(&[Value<'_>], usize)) {
        let items = (self.rows)(outcome);
        let width = self.columns.iter().map(|group| group.len()).sum();
        let mut values = Vec::with_capacity(width * ROWS_AT_ONCE.min(items.len()));
        for (index, item) in items.iter().enumerate() {
            let row = Row { outcome, number: index + 1, item };
            for group in self.columns {
                values.extend(group.iter().map(|column| (column.value)(&row)));
            }
            if (index + 1) % ROWS_AT_ONCE == 0 || index + 1 == items.len() {
                visit(&values, width);
                values.clear();
            }
        }
    }
}
