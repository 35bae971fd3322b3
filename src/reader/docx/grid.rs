//! A table of a Word part while its rows and cells are read.

use super::story::NoteId;
use crate::document::{CellSpec, Table, TableBuilder, Vertical};

/// An open table.
#[derive(Debug)]
pub(super) struct Frame {
    /// How many stories were open where it began: its rows stand directly in the innermost of them.
    pub(super) stories: usize,
    /// Nested too deeply: its text flows into the cell around it.
    pub(super) flat: bool,
    pub(super) row: Option<Row>,
    pub(super) cell: CellState,
    /// Notes referred to in its cells.
    pub(super) notes: Vec<NoteId>,
    builder: TableBuilder,
}

/// An open row.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) before: usize,
    /// Deleted or hidden: its cells are not kept.
    pub(super) dropped: bool,
    begun: bool,
    /// The last cell, which a horizontal merge may still widen.
    pending: Option<CellSpec>,
}

/// What an open cell says about its extent.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CellState {
    pub(super) span: usize,
    pub(super) vertical: Vertical,
    /// Continues the horizontal merge to its left.
    pub(super) joins_left: bool,
    /// Deleted in a tracked change.
    pub(super) dropped: bool,
}

impl Frame {
    pub(super) fn new(stories: usize, flat: bool) -> Self {
        Self {
            stories,
            flat,
            row: None,
            cell: CellState::default(),
            notes: Vec::new(),
            builder: TableBuilder::new(),
        }
    }

    /// Ends the cell with what stood in it.
    pub(super) fn end_cell(&mut self, text: String, nested: Vec<Table>) {
        let state = std::mem::take(&mut self.cell);
        let Some(row) = self.row.as_mut().filter(|row| !row.dropped && !state.dropped) else { return };
        if let Some(pending) = row.pending.as_mut().filter(|_| state.joins_left) {
            pending.column_span = pending.column_span.max(1).saturating_add(state.span.max(1));
            if !pending.text.is_empty() && !text.is_empty() {
                pending.text.push('\n');
            }
            pending.text.push_str(&text);
            pending.nested.extend(nested);
            return;
        }
        self.lay();
        if let Some(row) = &mut self.row {
            let CellState { span, vertical, .. } = state;
            row.pending = Some(CellSpec { text, column_span: span, row_span: 1, vertical, nested });
        }
    }

    /// Ends the row.
    pub(super) fn end_row(&mut self) {
        self.lay();
        self.row = None;
    }

    /// Grid positions so far.
    pub(super) fn positions(&self) -> usize {
        self.builder.positions()
    }

    /// The finished table, and the cells whose spans had to be mended.
    pub(super) fn finish(mut self) -> (Option<Table>, u64) {
        self.end_row();
        let repaired = self.builder.repaired();
        (self.builder.finish(), repaired)
    }

    /// Gives the last cell its place.
    fn lay(&mut self) {
        let Some(row) = &mut self.row else { return };
        let Some(spec) = row.pending.take() else { return };
        if !row.begun {
            row.begun = true;
            self.builder.start_row();
            self.builder.skip(row.before);
        }
        self.builder.cell(spec);
    }
}
