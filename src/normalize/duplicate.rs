//! Rows printed more than once in one table.

use crate::flag::Flag;
use crate::record::{Indicator, Ordinal, Source, TargetPeriod};
use crate::wording::fold;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What makes two rows the same: names, target and its period, description, table. What tells rows apart soonest comes
/// first. The weight may differ: a row copied with another weight is a copy all the same.
type Key<'a> = ([Cow<'a, str>; 5], TargetPeriod, Option<Ordinal>, Option<usize>);

/// Flags the second and every later copy of a row.
pub(super) fn flag(indicators: &mut [Indicator]) {
    let mut seen = BTreeSet::new();
    let rows = indicators.iter().enumerate().filter(|(_, indicator)| indicator.source == Source::Table);
    let copies: Vec<usize> = rows.filter(|(_, row)| !seen.insert(key(row))).map(|(at, _)| at).collect();
    drop(seen);
    for at in copies {
        indicators[at].flags.insert(Flag::DuplicateRow);
    }
}

fn key(row: &Indicator) -> Key<'_> {
    let names = [&row.level3, &row.value_raw, &row.description, &row.level2, &row.level1];
    (names.map(|name| fold(name)), row.target_period, row.provenance.table, row.project)
}
