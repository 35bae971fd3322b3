//! Tables, rows and cells as the walk meets them.

use super::grid::{Frame, Row};
use super::shown::Fate;
use super::story::{Content, Story};
use super::walk::{Close, Walk};
use crate::reader::ReadError;

/// A table takes at least as much memory as this many cells, and counts as such.
const LEAST_CELLS: usize = 4;

impl Walk<'_> {
    pub(super) fn start_table(&mut self) -> Close {
        self.settle();
        let flat = self.nested >= self.context.limits.depth;
        self.nested += 1;
        self.counts.flattened += u64::from(flat);
        self.frames.push(Frame::new(self.stories.len(), flat));
        Close::Table
    }

    pub(super) fn start_row(&mut self) -> Close {
        match self.own_frame() {
            Some(frame) if frame.row.is_none() => {
                frame.row = Some(Row::default());
                Close::Row
            }
            _ => Close::Nothing,
        }
    }

    pub(super) fn start_cell(&mut self) -> Close {
        match self.own_frame() {
            Some(frame) if frame.row.is_some() && !frame.flat => {
                let mut story = Story::lines();
                story.hidden = self.fate() == Fate::Hidden;
                self.stories.push(story);
                Close::Cell
            }
            _ => {
                self.settle();
                Close::Nothing
            }
        }
    }

    pub(super) fn end_table(&mut self) -> Result<(), ReadError> {
        self.settle();
        self.nested -= 1;
        let Some(mut frame) = self.frames.pop() else { return Ok(()) };
        if frame.flat {
            return Ok(());
        }
        self.counts.cells(frame.positions().max(LEAST_CELLS), self.context.limits.cells)?;
        let notes = std::mem::take(&mut frame.notes);
        let (table, repaired) = frame.finish();
        self.counts.repaired += repaired;
        self.story().notes.extend(notes);
        if let Some(table) = table {
            self.story().table(table);
        }
        self.flush_notes();
        Ok(())
    }

    pub(super) fn end_row(&mut self) {
        self.settle();
        let Some(frame) = self.own_frame() else { return };
        let dropped = frame.row.as_ref().is_some_and(|row| row.dropped);
        frame.end_row();
        self.dropped_rows -= usize::from(dropped);
    }

    pub(super) fn end_cell(&mut self) -> Result<(), ReadError> {
        let notes = std::mem::take(&mut self.story().notes);
        let (text, nested) = match self.close_story() {
            Content::Lines(text, nested) => (text, nested),
            Content::Flow(..) => (String::new(), Vec::new()),
        };
        let mut positions = 0;
        if let Some(frame) = self.own_frame() {
            let dropped = frame.cell.dropped;
            frame.notes.extend(notes);
            frame.end_cell(text, nested);
            positions = frame.positions();
            self.deletions -= usize::from(dropped);
        }
        if self.counts.cells.saturating_add(positions) > self.context.limits.cells {
            return self.counts.cells(positions, self.context.limits.cells);
        }
        Ok(())
    }
}
