//! Figures of a page whose failed sums a second reading would mend: they are flagged, and never changed.
//!
//! Marks on a page can hide a digit under a rule, cut one off at the edge of a cell, or draw one twice. Where a sum
//! fails by just what one such digit makes, and by no other figure of the sum, the reading is doubtful.

use crate::flag::Flag;
use crate::record::{Check, LineItem, Provenance, Records, Verdict};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Flags the line items and amounts that a failed sum puts in doubt.
pub(super) fn flag(records: &mut Records) {
    let doubted = doubted(records);
    for item in &mut records.line_items {
        if place(&item.provenance).is_some_and(|place| doubted.contains(&place)) {
            item.flags.insert(Flag::LowConfidence);
        }
    }
    for amount in &mut records.amounts {
        if place(&amount.provenance).is_some_and(|place| doubted.contains(&place)) {
            amount.flags.insert(Flag::LowConfidence);
        }
    }
}

/// Table, row and column.
type Place = (usize, usize, usize);

fn place(provenance: &Provenance) -> Option<Place> {
    Some((provenance.table?, provenance.row?, provenance.column?))
}

fn doubted(records: &Records) -> BTreeSet<Place> {
    // Only pages are read from marks at positions; other formats state their text.
    let drawn = records.line_items.iter().filter(|item| item.provenance.bbox.is_some());
    let items: BTreeMap<Place, &LineItem> =
        drawn.filter_map(|item| Some((place(&item.provenance)?, item))).collect();
    let failed = records.checks.iter().filter(|check| check.verdict == Verdict::Fail);
    failed.filter_map(|check| suspect(check, &items)).collect()
}

/// The one figure of a failed sum that another reading would make agree.
fn suspect(check: &Check, items: &BTreeMap<Place, &LineItem>) -> Option<Place> {
    let difference = check.difference?;
    let mut found: Option<Place> = None;
    for (index, provenance) in check.places.iter().enumerate() {
        let Some((at, item)) = place(provenance).and_then(|at| Some((at, items.get(&at)?))) else { continue };
        // The left figure makes the difference smaller by what it loses, the others by what they gain.
        let wanted = if index == 0 { -difference } else { difference };
        if mends(item, wanted) {
            if found.is_some_and(|other| other != at) {
                return None;
            }
            found = Some(at);
        }
    }
    found
}

/// Whether the figure read with one digit more, or one doubled digit less, differs from the one read by this much.
fn mends(item: &LineItem, wanted: Decimal) -> bool {
    let (Some(value), Some(yuan)) = (item.value, item.value_yuan) else { return false };
    let Some(factor) = yuan.checked_div(value) else { return false };
    let digits: Vec<char> = value.abs().to_string().chars().collect();
    let reads = |other: &[char]| {
        let text: String = other.iter().collect();
        let sign = if value.is_sign_negative() { Decimal::NEGATIVE_ONE } else { Decimal::ONE };
        let read = text.parse::<Decimal>().ok().and_then(|read| read.checked_mul(sign));
        let change =
            read.and_then(|read| read.checked_sub(value)).and_then(|change| change.checked_mul(factor));
        change == Some(wanted)
    };
    let doubled = (1..digits.len())
        .filter(|at| digits[*at] == digits[at - 1])
        .any(|at| reads(&[&digits[..at], &digits[at + 1..]].concat()));
    let hidden = || {
        ('0'..='9').any(|digit| {
            let first = [&[digit], &digits[..]].concat();
            let last = [&digits[..], &[digit]].concat();
            reads(&first) || reads(&last)
        })
    };
    doubled || hidden()
}
