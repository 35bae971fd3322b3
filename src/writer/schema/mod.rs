//! The one list of columns that all output formats share: for each record its columns in the order of the output
//! contract, each with name, type, titles, and the way to its value.

mod amount;
mod cell;
mod check;
mod document;
mod indicator;
mod line_item;
mod project;
mod shared;
mod table;

pub use amount::AMOUNTS;
pub use cell::CELLS;
pub use check::CHECKS;
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

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColumnType {
    /// Text, codes included.
    Text,
    /// A whole number.
    Integer,
    /// An exact decimal.
    Decimal,
    /// `true` or `false`.
    Boolean,
    /// Codes joined by `;` in CSV, an array in JSON.
    List,
}

/// What a column is, apart from its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name in all formats.
    pub name: &'static str,
    /// The type of its values.
    pub kind: ColumnType,
    /// Its Chinese title.
    pub chinese: &'static str,
    /// Its English title.
    pub english: &'static str,
}

/// One column of the records `T`.
pub struct Column<T: 'static> {
    /// What it is.
    pub field: Field,
    /// Its value in a row.
    pub value: for<'a> fn(&Row<'a, T>) -> Value<'a>,
}

/// A record together with the document it was read from.
#[derive(Debug)]
pub struct Row<'a, T> {
    /// The document.
    pub outcome: &'a Outcome,
    /// The record's number from 1 within the document.
    pub number: usize,
    /// The record.
    pub item: &'a T,
}

/// All columns of one kind of record.
pub struct Schema<T: Clone + 'static> {
    /// The name of its files, without extension, and its key in JSON.
    pub name: &'static str,
    /// Its Chinese title.
    pub chinese: &'static str,
    /// Its English title.
    pub english: &'static str,
    /// The records of a document.
    pub rows: for<'a> fn(&'a Outcome) -> Cow<'a, [T]>,
    /// The columns.
    pub columns: &'static [Column<T>],
}

/// A [`Schema`] of any record: what a format needs to write it.
pub trait Relation: Sync {
    /// The name of its files, without extension.
    fn name(&self) -> &'static str;

    /// Its Chinese and English titles.
    fn titles(&self) -> (&'static str, &'static str);

    /// Its columns in order.
    fn fields(&self) -> Vec<Field>;

    /// Calls `visit` with the values of each row of the document, in order.
    fn each_row(&self, outcome: &Outcome, visit: &mut dyn FnMut(&[Value<'_>]));
}

impl<T: Clone + Sync> Relation for Schema<T> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn titles(&self) -> (&'static str, &'static str) {
        (self.chinese, self.english)
    }

    fn fields(&self) -> Vec<Field> {
        self.columns.iter().map(|column| column.field).collect()
    }

    fn each_row(&self, outcome: &Outcome, visit: &mut dyn FnMut(&[Value<'_>])) {
        for (index, item) in (self.rows)(outcome).iter().enumerate() {
            let row = Row { outcome, number: index + 1, item };
            let values: Vec<Value<'_>> = self.columns.iter().map(|column| (column.value)(&row)).collect();
            visit(&values);
        }
    }
}

impl<T> Column<T> {
    const fn new(
        name: &'static str,
        kind: ColumnType,
        chinese: &'static str,
        english: &'static str,
        value: for<'a> fn(&Row<'a, T>) -> Value<'a>,
    ) -> Self {
        Self { field: Field { name, kind, chinese, english }, value }
    }

    const fn text(
        name: &'static str,
        chinese: &'static str,
        english: &'static str,
        value: for<'a> fn(&Row<'a, T>) -> Value<'a>,
    ) -> Self {
        Self::new(name, ColumnType::Text, chinese, english, value)
    }

    const fn integer(
        name: &'static str,
        chinese: &'static str,
        english: &'static str,
        value: for<'a> fn(&Row<'a, T>) -> Value<'a>,
    ) -> Self {
        Self::new(name, ColumnType::Integer, chinese, english, value)
    }

    const fn decimal(
        name: &'static str,
        chinese: &'static str,
        english: &'static str,
        value: for<'a> fn(&Row<'a, T>) -> Value<'a>,
    ) -> Self {
        Self::new(name, ColumnType::Decimal, chinese, english, value)
    }

    const fn boolean(
        name: &'static str,
        chinese: &'static str,
        english: &'static str,
        value: for<'a> fn(&Row<'a, T>) -> Value<'a>,
    ) -> Self {
        Self::new(name, ColumnType::Boolean, chinese, english, value)
    }

    const fn list(
        name: &'static str,
        chinese: &'static str,
        english: &'static str,
        value: for<'a> fn(&Row<'a, T>) -> Value<'a>,
    ) -> Self {
        Self::new(name, ColumnType::List, chinese, english, value)
    }
}
