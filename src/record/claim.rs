//! What a document says of its tables in words: that there is nothing to show, or that a table is among its contents.

use super::{Provenance, TableKind};
use serde::{Deserialize, Serialize};

/// What is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClaimKind {
    /// 本部门无政府性基金预算支出: there is nothing of this kind.
    Nothing,
    /// A line of the contents list names a table of this kind.
    Listed,
}

/// One such statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// What is said.
    pub kind: ClaimKind,
    /// Of which kind of table.
    pub table_kind: TableKind,
    /// The words, as printed.
    pub text: String,
    /// Where they stand.
    pub provenance: Provenance,
}
