//! The widths that tables may have, and what the columns of the rows that stand whole hold.

use super::cells::{KINDS, is_header, kind};
use super::cost;
use super::lines::Run;
use std::collections::BTreeMap;

/// The most widths that are tried for the tables of one chain.
const MAX_WIDTHS: usize = 16;
/// How often a sum of two neighbouring runs must occur before it is tried as a width.
const MIN_PAIRS: usize = 3;
/// The widths to try: of runs as they stand, and sums of pairs that keep coming back.
pub(super) fn widths(chain: &[Run<'_>]) -> Vec<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    let mut pairs: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, run) in chain.iter().enumerate().filter(|(_, run)| !run.cells.is_empty()) {
        *counts.entry(run.cells.len()).or_default() += 1;
        if let Some(next) = chain.get(index + 1).filter(|next| next.lead.is_empty()) {
            *pairs.entry(run.cells.len() + next.cells.len()).or_default() += 1;
        }
    }
    let widest = counts.last_key_value().map_or(0, |(width, _)| *width);
    let sums = pairs.into_iter().filter(|(sum, count)| *sum > widest && *count >= MIN_PAIRS);
    counts.extend(sums);
    let mut widths: Vec<(usize, usize)> = counts.into_iter().filter(|(width, _)| *width > 1).collect();
    widths.sort_by_key(|(width, count)| (std::cmp::Reverse(*count), *width));
    widths.truncate(MAX_WIDTHS);
    widths.into_iter().map(|(width, _)| width).collect()
}

/// What the columns of the rows that stand whole hold, headers left out: per stretch of runs between texts and per
/// width, how often each column holds which kind of content.
#[derive(Default)]
pub(super) struct Profiles {
    /// The stretch of each run.
    stretches: Vec<usize>,
    kinds: BTreeMap<(usize, usize), Vec<[u32; KINDS]>>,
}

impl Profiles {
    pub(super) fn of(chain: &[Run<'_>]) -> Self {
        let mut profiles = Self::default();
        let mut stretch = 0;
        for run in chain {
            stretch += usize::from(!run.lead.is_empty());
            profiles.stretches.push(stretch);
            if run.cells.is_empty() || is_header(&run.cells) {
                continue;
            }
            let columns = run.cells.len();
            let kinds = profiles.kinds.entry((stretch, columns)).or_insert_with(|| vec![[0; KINDS]; columns]);
            for (column, cell) in kinds.iter_mut().zip(&run.cells) {
                column[kind(cell) as usize] += 1;
            }
        }
        profiles
    }

    /// How unlike the other rows of its width a row is that was put together and ends at this run.
    pub(super) fn misfit(&self, run: usize, cells: &[&str]) -> u32 {
        let Some(columns) = self.kinds.get(&(self.stretches[run], cells.len())) else {
            return cost::MISFIT_UNKNOWN;
        };
        let unlike =
            cells.iter().zip(columns).filter(|(cell, kinds)| kinds[kind(cell) as usize] == 0).count();
        u32::try_from(unlike * cost::MISFIT as usize / cells.len()).unwrap_or(cost::MISFIT)
    }
}
