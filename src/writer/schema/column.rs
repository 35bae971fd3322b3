//! One column: what it is, and the way to its value.

use crate::record::Outcome;
use crate::writer::Value;

/// Digits that the formats with a type of fixed size keep of a decimal, and how many of them after the point. A value
/// that needs more is left out there, never rounded, and counted in `run.json`; the text formats hold every value.
pub const DECIMAL_DIGITS: u32 = 38;
/// See [`DECIMAL_DIGITS`].
pub const DECIMAL_PLACES: u32 = 12;

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
    /// What it means, in a sentence.
    pub about: &'static str,
    /// The unit of its numbers; empty where they have none, or where another column states it.
    pub unit: &'static str,
    /// The codes it may hold, for a closed list; empty for free values.
    pub codes: &'static [&'static str],
    /// Whether every row has a value.
    pub required: bool,
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

impl<T> Column<T> {
    const fn new(
        name: &'static str,
        kind: ColumnType,
        (chinese, english): (&'static str, &'static str),
        value: for<'a> fn(&Row<'a, T>) -> Value<'a>,
    ) -> Self {
        let field = Field { name, kind, chinese, english, about: "", unit: "", codes: &[], required: false };
        Self { field, value }
    }

    pub(super) const fn text(
        name: &'static str,
        chinese: &'static str,
        english: &'static str,
        value: for<'a> fn(&Row<'a, T>) -> Value<'a>,
    ) -> Self {
        Self::new(name, ColumnType::Text, (chinese, english), value)
    }

    pub(super) const fn integer(
        name: &'static str,
        chinese: &'static str,
        english: &'static str,
        value: for<'a> fn(&Row<'a, T>) -> Value<'a>,
    ) -> Self {
        Self::new(name, ColumnType::Integer, (chinese, english), value)
    }

    pub(super) const fn decimal(
        name: &'static str,
        chinese: &'static str,
        english: &'static str,
        value: for<'a> fn(&Row<'a, T>) -> Value<'a>,
    ) -> Self {
        Self::new(name, ColumnType::Decimal, (chinese, english), value)
    }

    pub(super) const fn boolean(
        name: &'static str,
        chinese: &'static str,
        english: &'static str,
        value: for<'a> fn(&Row<'a, T>) -> Value<'a>,
    ) -> Self {
        Self::new(name, ColumnType::Boolean, (chinese, english), value)
    }

    pub(super) const fn list(
        name: &'static str,
        chinese: &'static str,
        english: &'static str,
        value: for<'a> fn(&Row<'a, T>) -> Value<'a>,
    ) -> Self {
        Self::new(name, ColumnType::List, (chinese, english), value)
    }

    pub(super) const fn about(mut self, about: &'static str) -> Self {
        self.field.about = about;
        self
    }

    pub(super) const fn unit(mut self, unit: &'static str) -> Self {
        self.field.unit = unit;
        self
    }

    pub(super) const fn codes(mut self, codes: &'static [&'static str]) -> Self {
        self.field.codes = codes;
        self
    }

    pub(super) const fn required(mut self) -> Self {
        self.field.required = true;
        self
    }
}
