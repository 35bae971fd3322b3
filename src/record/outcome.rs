//! What became of one input file: the row that every file has, read or not.

use super::Records;
use crate::code::codes;
use crate::document::{Format, Warning};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Whether a document was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Status {
    /// Everything was read.
    Ok,
    /// Something was skipped.
    Partial,
    /// Nothing could be read.
    Failed,
}

codes!(Status {
    Ok => "ok",
    Partial => "partial",
    Failed => "failed",
});

/// One input file and everything that was read from it. What the writers take.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Outcome {
    /// Path below the input root, `/` between folders.
    pub path: String,
    /// What the bytes are.
    pub format: Format,
    /// SHA-256 of the bytes, 64 hex digits; empty where the file could not be opened.
    pub sha256: String,
    /// Size of the file.
    pub size_bytes: u64,
    /// Number of pages, for formats that have pages.
    pub pages: Option<u32>,
    /// Read in full, in part, or not at all.
    pub status: Status,
    /// A stable code; empty for a file read in full.
    pub error_code: String,
    /// One line for a person: the error, or what was skipped.
    pub error: String,
    /// Share of the visible characters that the result holds, at most 1; `None` for a failed document.
    pub coverage: Option<Decimal>,
    /// What was left out or looked odd.
    pub warnings: Vec<Warning>,
    /// The records; empty for a failed document.
    pub records: Records,
}

impl Outcome {
    /// The contract's `document_id`: the first 16 hex digits of the SHA-256.
    #[must_use]
    pub fn document_id(&self) -> &str {
        self.sha256.get(..16).unwrap_or("")
    }
}
