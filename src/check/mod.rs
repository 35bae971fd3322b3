//! Stage 5, records → checks: what a document says about itself, recomputed.
//!
//! Rules are data in families; each family is one way to compare (sums in a row, totals
//! and levels down a column, both sides of a summary, parts of a whole, table against table, text against table, scores, targets and goals). Two figures agree when they differ by no more than the rounding of what is printed: half a unit of the
//! last printed digit for each figure that takes part. A check never changes a figure.

mod changes;
mod consistency;
mod doubt;
mod evidence;
mod execution;
mod goals;
mod layout;
mod outline;
mod parts;
mod prose;
mod rows;
mod scores;
mod sentences;
mod summary;
mod tables;
mod targets;
mod totals;

use crate::record::{Check, Records};
use evidence::Evidence;

/// A rule as people read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its stable code.
    pub code: &'static str,
    /// What it demands, in Chinese.
    pub chinese: &'static str,
    /// What it demands, in English.
    pub english: &'static str,
    /// Where the demand comes from.
    pub source: &'static str,
}

/// Every rule, family by family.
#[must_use]
pub fn rules() -> Vec<Rule> {
    let families = [
        rows::rules(),
        changes::rules(),
        totals::rules(),
        summary::rules(),
        parts::rules(),
        tables::rules(),
        prose::rules(),
        sentences::rules(),
        scores::rules(),
        targets::rules(),
        execution::rules(),
        goals::rules(),
        consistency::rules(),
    ];
    families.into_iter().flatten().collect()
}

/// Tries every rule on the records of one document.
#[must_use]
pub fn check(records: &Records) -> Vec<Check> {
    let evidence = Evidence::new(records);
    let mut checks = Vec::new();
    rows::run(&evidence, &mut checks);
    changes::run(&evidence, &mut checks);
    totals::run(&evidence, &mut checks);
    summary::run(&evidence, &mut checks);
    parts::run(&evidence, &mut checks);
    tables::run(&evidence, &mut checks);
    prose::run(&evidence, &mut checks);
    sentences::run(&evidence, &mut checks);
    scores::run(&evidence, &mut checks);
    targets::run(&evidence, &mut checks);
    execution::run(&evidence, &mut checks);
    goals::run(&evidence, &mut checks);
    consistency::run(&evidence, &mut checks);
    checks
}

/// Flags as `low_confidence` the figures whose failed identities another reading of the page explains; no figure changes.
pub fn flag_doubts(records: &mut Records) {
    doubt::flag(records);
}
