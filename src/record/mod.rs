//! The records that an extraction yields, one file for each kind.
//!
//! Field names are the columns of the output contract; empty strings and `None` mean "not stated".

mod amount;
mod check;
mod claim;
mod document;
mod indicator;
mod line_item;
mod ordinal;
mod outcome;
mod project;
mod table;

pub use amount::{Amount, Change};
pub use check::{Check, Verdict};
pub use claim::{Claim, ClaimKind};
pub use document::{DocumentFacts, Kind as DocumentKind};
pub use indicator::{Indicator, Level1, Level2, Scope, TargetPeriod};
pub use line_item::{Classification, LineItem, Measure, OtherReading};
pub use ordinal::Ordinal;
pub use outcome::{Outcome, Status};
pub use project::Project;
pub use table::{TableFacts, TableKind};

use crate::code::codes;
use crate::document::{Rect, Table};
use serde::{Deserialize, Serialize};

/// Whether a row was read from a table or from a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Source {
    /// From a table.
    Table,
    /// From running text.
    Text,
}

codes!(Source {
    Table => "table",
    Text => "text",
});

/// Where a row was read: the way back to the page.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Provenance {
    /// Page from 1, for formats that have pages.
    pub page: Option<u32>,
    /// Table from 1 within the document.
    pub table: Option<Ordinal>,
    /// Row from 1 within the table.
    pub row: Option<Ordinal>,
    /// Column from 1 within the table.
    pub column: Option<Ordinal>,
    /// The row's box on the page.
    pub bbox: Option<Rect>,
}

/// Everything read from one document.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Records {
    /// What the document is.
    pub document: DocumentFacts,
    /// Projects with performance targets.
    pub projects: Vec<Project>,
    /// Performance indicators: those of tables in the order of the document, then those of its sentences.
    pub indicators: Vec<Indicator>,
    /// Money figures.
    pub amounts: Vec<Amount>,
    /// The figures of standard tables.
    pub line_items: Vec<LineItem>,
    /// What the document says of its tables in words.
    pub claims: Vec<Claim>,
    /// What the document says about itself, recomputed.
    pub checks: Vec<Check>,
    /// Every table: its facts and its grid, in document order.
    pub tables: Vec<(TableFacts, Table)>,
}
