//! What a run says of itself, and the runs of a broken row of each other: read once for all explanations that hold them.

use super::cells::{
    begins_row, continues_table, is_header, is_header_with_blanks, is_heading, is_total, is_unfinished,
    names_levels,
};
use super::cost;
use super::lines::Run;
use super::profile::Profiles;

/// A run that begins a row.
pub(super) struct Start {
    /// What speaks against it as the first run of a row.
    pub odd: u32,
    /// What speaks against its end as the end of a row.
    pub unfinished: u32,
    /// What speaks against it as a whole row with fewer cells than columns: above the first full row, and below.
    short: [u32; 2],
    /// Whether its first cell sums up.
    total: bool,
    /// Whether its first cell is a label that wants a value.
    pub label: bool,
}

impl Start {
    pub fn of(run: &Run<'_>, index: usize, profiles: &Profiles) -> Self {
        let first = run.cells.first().copied().unwrap_or_default();
        Self {
            odd: if profiles.begins_oddly(index, first) { cost::FIGURE_FIRST } else { 0 },
            unfinished: unfinished(&run.cells),
            short: short(&run.cells, profiles),
            total: is_total(first),
            label: begins_row(first) || continues_table(first),
        }
    }

    /// The label of a total is merged wherever it stands.
    pub fn short(&self, full: bool) -> u32 {
        self.short[usize::from(full && !self.total)]
    }
}

/// The runs of one row, the last of them joined to those before.
pub(super) struct Pieces {
    /// The run that the row begins with.
    pub start: usize,
    /// Cells before the last run, and with it.
    before: usize,
    cells: usize,
    joint: u32,
    short: [u32; 2],
    unfinished: u32,
    misfit: u32,
    /// Whether the last run begins with a label that begins rows: above the first full row, where that of a total may
    /// be a title, and below.
    label: [bool; 2],
    /// Whether the last run begins with the blank of a vertical merge.
    merged: bool,
    /// Whether the runs before it wait for more.
    awaited: bool,
    /// Whether the whole is a header, or a label with its value: as the first row of a table, and below it.
    known: [bool; 2],
}

impl Pieces {
    pub fn of(chain: &[Run<'_>], start: usize, index: usize, profiles: &Profiles) -> Self {
        let run = &chain[index];
        let cells: Vec<&str> =
            chain[start..=index].iter().flat_map(|run| run.cells.iter().copied()).collect();
        let before = &cells[..cells.len() - run.cells.len()];
        let first = run.cells.first().copied().unwrap_or_default();
        let levels = names_levels(&run.cells);
        let gap = u32::try_from(run.gap.saturating_sub(1).min(5)).unwrap_or(5);
        let heading = if is_heading(run.lead) { cost::HEADING_IN_CELL } else { 0 };
        let pair = cells.len() == 2 && begins_row(cells[0]);
        let titles = if levels && !is_header(before) { cost::TITLES_IN_ROW } else { 0 };
        Self {
            start,
            before: before.len(),
            cells: cells.len(),
            joint: cost::JOINT + gap * cost::JOINT_GAP + heading + titles,
            short: short(&cells, profiles),
            unfinished: unfinished(&cells),
            misfit: profiles.misfit(index, &cells),
            label: [!is_total(first), true].map(|below| below && run.lead.is_empty() && begins_row(first)),
            merged: first.is_empty() && run.cells.iter().any(|cell| !cell.is_empty()),
            awaited: levels && is_header(&cells) || is_unfinished(before),
            known: [is_header(&cells), is_header_with_blanks(&cells)].map(|header| header || pair),
        }
    }

    /// What speaks against the joint, in a table this wide that has a full row or not.
    pub fn joint(&self, index: usize, width: usize, full: bool, profiles: &Profiles) -> u32 {
        let label = self.label[usize::from(full)];
        if !label && !self.merged || self.awaited || profiles.holds_labels(index, width, self.before) {
            return self.joint;
        }
        let merged = if self.merged { cost::JOINT_BLANK } else { 0 };
        self.joint + merged + if label { cost::JOINT_LABEL } else { 0 }
    }

    /// What speaks against the pieces as a whole row with fewer cells than columns.
    pub fn short(&self, full: bool) -> u32 {
        self.short[usize::from(full)]
    }

    /// What speaks against them as a row of all columns.
    pub fn whole(&self, full: bool, later: bool) -> u32 {
        let known = !full && self.known[usize::from(later)];
        let lead = if full || known { 0 } else { cost::JOINT_LEAD };
        self.unfinished + lead + if known { 0 } else { self.misfit }
    }

    /// The cells of all pieces.
    pub fn cells(&self) -> usize {
        self.cells
    }
}

fn unfinished(cells: &[&str]) -> u32 {
    if is_unfinished(cells) { cost::UNFINISHED } else { 0 }
}

fn short(cells: &[&str], profiles: &Profiles) -> [u32; 2] {
    let regular = profiles.is_regular(cells);
    [false, true].map(|full| cost::short(full, regular, cells.len()) + unfinished(cells))
}
