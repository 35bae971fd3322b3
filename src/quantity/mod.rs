//! Chinese quantities as people print them, read into exact decimals.
//!
//! [`parse`] reads a whole target cell, with the words around it as context; [`find`] finds quantities inside running
//! text. What was printed is never changed: readings that need a caution carry a [`Flag`](crate::flag::Flag).

mod assemble;
mod comparator;
mod context;
mod find;
mod fraction;
mod glyph;
mod lead;
mod lexicon;
mod mixed;
mod money;
mod names;
mod numeral;
mod parse;
mod period;
mod range;
mod rate;
mod reading;
mod stray;
mod unit;
mod unit_table;

use crate::code::codes;
use crate::flag::Flags;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use find::find;
pub use numeral::MAX_DIGITS;
pub use parse::parse;
pub use stray::stray;
pub use unit::{Dimension, Source, UNITS, Unit, named, units_table};

/// Why a number could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum NumberError {
    /// The number or its base value has more digits than a decimal holds exactly.
    #[error("a number of more than {MAX_DIGITS} digits cannot be held exactly")]
    TooManyDigits,
}

/// What kind of value a target states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// A number of things: 人, 个, 平方米, 公里.
    Count,
    /// A share in % or ‰, or a difference in 个百分点.
    Percent,
    /// A sum of money.
    Money,
    /// Something per something: 元/人/月, 次/月.
    Rate,
    /// A length of time.
    Duration,
    /// A month of the year.
    Month,
    /// A day, a period, a recurring date.
    Date,
    /// Words instead of a number: 显著提高.
    Qualitative,
    /// A number that no decimal states: 实缴社保额的2/3, LPR-150BP.
    Formula,
    /// Nothing, or a comparator and unit without a number.
    Missing,
}

codes!(Kind {
    Count => "count",
    Percent => "percent",
    Money => "money",
    Rate => "rate",
    Duration => "duration",
    Month => "month",
    Date => "date",
    Qualitative => "qualitative",
    Formula => "formula",
    Missing => "missing",
});

/// How a value is compared with its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Comparator {
    /// Equal to.
    Eq,
    /// At least.
    Ge,
    /// At most.
    Le,
    /// More than.
    Gt,
    /// Less than.
    Lt,
    /// From `value` to `value_max`, both included.
    Between,
    /// About.
    Approx,
}

codes!(Comparator {
    Eq => "eq",
    Ge => "ge",
    Le => "le",
    Gt => "gt",
    Lt => "lt",
    Between => "between",
    Approx => "approx",
});

/// One quantity as printed and as understood. Empty fields mean "not stated" or "not applicable".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// The printed text that was read.
    pub text: String,
    /// What kind of value it is.
    pub kind: Kind,
    /// The comparison it states; `Eq` with flag `ComparatorImplied` where none is printed.
    pub comparator: Option<Comparator>,
    /// Whether the comparator is printed.
    pub comparator_printed: bool,
    /// The number as printed, in `unit`.
    pub value: Option<Decimal>,
    /// The upper end, for `Between` only.
    pub value_max: Option<Decimal>,
    /// The unit in its standard spelling (`元/人/月`).
    pub unit: Option<String>,
    /// The code of `unit_base` in the manner of UCUM (`CNY/{person}/mo`).
    pub unit_code: Option<String>,
    /// `value` in the base unit, exact.
    pub value_base: Option<Decimal>,
    /// The base unit (`元` for 万元; `1` for %).
    pub unit_base: Option<String>,
    /// For rates per month, quarter or year: `value_base` per year, exact.
    pub value_annual: Option<Decimal>,
    /// For rates: the denominator in its standard spelling (`人/月`).
    pub per: Option<String>,
    /// For `Month`, `Date` and `Duration`: ISO 8601 (`2021-10`, `P60D`), empty where no standard form exists.
    pub period: Option<String>,
    /// What a careful reader would want to know.
    pub flags: Flags,
    /// Why a printed number is not given in `value`.
    pub error: Option<NumberError>,
}

/// The words around a target cell, which decide readings such as `≤1月` or `<=5万`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// The level-2 kind as printed (成本指标).
    pub level2: &'a str,
    /// The level-3 name.
    pub name: &'a str,
    /// The description.
    pub description: &'a str,
    /// The document's year, for dates without one.
    pub year: Option<i32>,
}

/// A quantity found inside running text.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The reading.
    pub quantity: Quantity,
    /// First character (not byte) of the printed quantity, comparator words included.
    pub start: usize,
    /// The character after its last one.
    pub end: usize,
}
