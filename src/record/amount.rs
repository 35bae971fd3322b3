//! A money figure in a sentence or a table.

use super::{Provenance, Source, TableKind};
use crate::code::codes;
use crate::flag::Flags;
use crate::quantity::Comparator;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// The direction of a figure that states a change against another year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Change {
    /// 增加
    Increase,
    /// 减少
    Decrease,
    /// 持平
    Unchanged,
}

codes!(Change {
    Increase => "increase",
    Decrease => "decrease",
    Unchanged => "unchanged",
});

/// One money figure. What many figures of a table or a sentence have in common is held once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Amount {
    /// Table or sentence.
    pub source: Source,
    /// The nearest heading above it.
    pub section: Arc<str>,
    /// For tables: the kind and printed title.
    pub table_kind: Option<TableKind>,
    /// For tables: the printed title.
    pub table_title: Arc<str>,
    /// What the figure is: noun phrase or row label.
    pub label: Arc<str>,
    /// The printed classification code of the row.
    pub label_code: String,
    /// For tables: the header path, levels joined by `/`.
    pub column_label: Arc<str>,
    /// The direction, where the figure states a change.
    pub change: Option<Change>,
    /// The year the figure speaks of.
    pub year: Option<i32>,
    /// The year it is compared with.
    pub base_year: Option<i32>,
    /// Equal, at least, about …
    pub comparator: Option<Comparator>,
    /// The figure as printed.
    pub value_raw: String,
    /// The number as printed, in `unit`.
    pub value: Option<Decimal>,
    /// The unit: the figure's own, its column's or its table's.
    pub unit: Cow<'static, str>,
    /// Exact yuan; `None` for rates.
    pub value_yuan: Option<Decimal>,
    /// For unit prices and rates: the denominator.
    pub per: String,
    /// The sentence, or the row's cells joined by ` | `.
    pub context: Arc<str>,
    /// Where it stands.
    pub provenance: Provenance,
    /// What a careful reader would want to know.
    pub flags: Flags,
}
