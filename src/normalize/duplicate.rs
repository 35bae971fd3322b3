//! Rows printed more than once in one table.

use crate::flag::Flag;
use crate::record::{Indicator, Source, TargetPeriod};
use crate::wording::fold;
use std::collections::HashSet;

/// What makes two rows the same: table, names, description, target and its period. The weight may differ: a row copied
/// with another weight is a copy all the same.
type Key = (Option<usize>, Option<usize>, [String; 5], TargetPeriod);

/// Flags the second and every later copy of a row.
pub(super) fn flag(indicators: &mut [Indicator]) {
    let mut seen: HashSet<Key> = HashSet::new();
    for indicator in indicators.iter_mut().filter(|indicator| indicator.source == Source::Table) {
        let names = [
            &indicator.level1,
            &indicator.level2,
            &indicator.level3,
            &indicator.description,
            &indicator.value_raw,
        ];
        let key = (
            indicator.provenance.table,
            indicator.project,
            names.map(|name| fold(name).into_owned()),
            indicator.target_period,
        );
        if !seen.insert(key) {
            indicator.flags.insert(Flag::DuplicateRow);
        }
    }
}
