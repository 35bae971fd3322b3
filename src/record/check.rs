//! One rule tried on one place of a document: what it says about itself, recomputed.

use super::Provenance;
use crate::code::codes;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// Both sides agree within the rounding of what is printed.
    Pass,
    /// They do not.
    Fail,
    /// One side is missing.
    Skipped,
}

codes!(Verdict {
    Pass => "pass",
    Fail => "fail",
    Skipped => "skipped",
});

/// One comparison of two figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// The rule's code.
    pub rule: Cow<'static, str>,
    /// How it ended.
    pub verdict: Verdict,
    /// What stands on the left.
    pub left_label: String,
    /// The left figure in yuan (points for weights).
    pub left: Option<Decimal>,
    /// What stands on the right.
    pub right_label: String,
    /// The right figure.
    pub right: Option<Decimal>,
    /// Left less right.
    pub difference: Option<Decimal>,
    /// One sentence for people.
    pub message: String,
    /// Where the left figure stands.
    pub provenance: Provenance,
    /// Where every figure stands that takes part, the left one first.
    pub places: Vec<Provenance>,
}
