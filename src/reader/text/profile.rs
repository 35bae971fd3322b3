//! The widths that tables may have, and what the columns of the rows that stand whole hold.

use super::cells::{KINDS, Kind, begins_row, is_header, kind};
use super::cost;
use super::lines::Run;
use std::collections::{BTreeMap, BTreeSet};

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
    // The widest stays, so that every run has a table that it fits in.
    let rest = widths.split_off(widths.len().min(MAX_WIDTHS - 1));
    widths.extend(rest.into_iter().max());
    widths.into_iter().map(|(width, _)| width).collect()
}

/// What the columns of the rows that stand whole hold, headers left out: per stretch of runs between texts and per
/// width, how often each column holds which kind of content.
#[derive(Default)]
pub(super) struct Profiles {
    /// The stretch of each run.
    stretches: Vec<usize>,
    kinds: BTreeMap<(usize, usize), Vec<[u32; KINDS]>>,
    /// The columns in which labels that begin rows elsewhere stand, per stretch and width.
    labels: BTreeSet<(usize, usize, usize)>,
    /// How often runs of each shape, as the kinds of their cells, stand in the whole chain.
    shapes: BTreeMap<Vec<u8>, u32>,
}

/// How often a shape must stand in a chain to be one that its rows have; wide shapes seldom come about by chance.
const REGULAR: u32 = 3;
const REGULAR_WIDE: u32 = 2;
/// The least cells of a wide shape.
pub(super) const WIDE: usize = 5;
/// Whole rows of a stretch that must agree on what rows begin with.
const MIN_ROWS: u32 = 3;

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
            *profiles.shapes.entry(shape(&run.cells)).or_default() += 1;
            let columns = run.cells.len();
            let labelled = run.cells.iter().enumerate().filter(|(_, cell)| begins_row(cell));
            profiles.labels.extend(labelled.map(|(column, _)| (stretch, columns, column)));
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

    /// Whether rows of this shape stand often enough to be complete, however short.
    pub(super) fn is_regular(&self, cells: &[&str]) -> bool {
        let least = if cells.len() >= WIDE { REGULAR_WIDE } else { REGULAR };
        self.shapes.get(&shape(cells)).is_some_and(|count| *count >= least)
    }

    /// Whether labels such as 产出指标 stand in this column of whole rows of the width.
    pub(super) fn holds_labels(&self, run: usize, width: usize, column: usize) -> bool {
        self.labels.contains(&(self.stretches[run], width, column))
    }

    /// Whether no whole row around here begins with a figure, as this run does.
    pub(super) fn begins_oddly(&self, run: usize, cell: &str) -> bool {
        if !matches!(kind(cell), Kind::Number | Kind::Value) {
            return false;
        }
        let stretch = self.stretches[run];
        let widths = self.kinds.range((stretch, 3)..=(stretch, usize::MAX));
        let firsts = widths.filter_map(|(_, columns)| columns.first());
        let (figures, others) = firsts.fold((0, 0), |(figures, others), column| {
            let both = column[Kind::Number as usize] + column[Kind::Value as usize];
            (figures + both, others + column[Kind::Blank as usize] + column[Kind::Words as usize])
        });
        others >= MIN_ROWS && figures * 3 < others
    }
}

fn shape(cells: &[&str]) -> Vec<u8> {
    cells.iter().map(|cell| kind(cell) as u8).collect()
}
