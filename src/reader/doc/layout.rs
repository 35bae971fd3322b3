//! Tables, rows and cells as the walk meets them.

use super::properties::Paragraph;
use super::row::RowDefinition;
use super::walk::Walk;
use crate::document::Table;
use crate::reader::ReadError;
use crate::reader::word::rows::{self, Columns, Row, RowCell};
use crate::reader::word::story::{Content, NoteId, Story};

/// An open table.
#[derive(Default)]
pub(super) struct Frame {
    rows: Vec<Row>,
    cells: Vec<(String, Vec<Table>)>,
    /// Whether a cell's story is open.
    in_cell: bool,
    /// Visible characters and notes before the row that is being read.
    before_row: Option<(u64, usize)>,
    /// Notes referred to in its cells.
    notes: Vec<NoteId>,
}

impl Walk<'_> {
    /// Opens and closes tables until `depth` of them are open, each with an open cell but the innermost one at the
    /// end of a row.
    pub(super) fn enter(&mut self, depth: usize, row_end: bool) -> Result<(), ReadError> {
        while self.frames.len() > depth {
            self.end_table()?;
        }
        for level in 1..=depth {
            if self.frames.len() < level {
                self.settle();
                self.frames.push(Frame::default());
            }
            let visible = self.counts.visible;
            let Some(frame) = self.frames.get_mut(level - 1) else { break };
            let at_end = row_end && level == depth;
            if !frame.in_cell && !at_end {
                frame.in_cell = true;
                frame.before_row.get_or_insert((visible, frame.notes.len()));
                self.stories.push(Story::lines());
            }
        }
        Ok(())
    }

    pub(super) fn end_cell(&mut self) {
        let notes = std::mem::take(&mut self.story().notes);
        let (text, nested) = match self.close_story() {
            Content::Lines(text, nested) => (text, nested),
            Content::Flow(..) => (String::new(), Vec::new()),
        };
        if let Some(frame) = self.frames.last_mut() {
            frame.in_cell = false;
            frame.notes.extend(notes);
            frame.cells.push((text, nested));
        }
    }

    pub(super) fn end_row(&mut self, properties: &Paragraph<'_>, mark: usize) {
        self.end_open_cell();
        let source = self.source;
        let definition = RowDefinition::read(properties.changes, source.data);
        let (character, _) = source.character(mark);
        let visible = self.counts.visible;
        let Some(frame) = self.frames.last_mut() else { return };
        let (before, notes) = frame.before_row.take().unwrap_or((visible, frame.notes.len()));
        if character.deleted || character.is_hidden(false) {
            self.counts.deleted_rows += u64::from(character.deleted);
            self.counts.visible = before;
            frame.notes.truncate(notes);
            frame.cells.clear();
            return;
        }
        frame.take_row(definition);
    }

    pub(super) fn end_open_cell(&mut self) {
        if self.frames.last().is_some_and(|frame| frame.in_cell) {
            self.end_cell();
        }
    }

    pub(super) fn end_table(&mut self) -> Result<(), ReadError> {
        self.end_open_cell();
        let Some(mut frame) = self.frames.pop() else { return Ok(()) };
        if !frame.cells.is_empty() {
            frame.take_row(RowDefinition::default());
        }
        for part in rows::tables(frame.rows) {
            let columns = Columns::of(&part);
            self.counts.cells(columns.positions(part.len()), self.source.limits.cells)?;
            let (table, repaired) = rows::table(part, &columns);
            self.counts.repaired += repaired;
            if let Some(table) = table {
                self.story().table(table);
            }
        }
        self.story().notes.extend(frame.notes);
        self.flush_notes();
        Ok(())
    }
}

impl Frame {
    /// Makes a row of the cells read since the last one.
    fn take_row(&mut self, definition: RowDefinition) {
        let joins = definition.joins();
        let mut cells = Vec::with_capacity(self.cells.len());
        for (index, (text, nested)) in self.cells.drain(..).enumerate() {
            cells.push(RowCell {
                text,
                nested,
                vertical: definition.cells.get(index).map(|cell| cell.vertical).unwrap_or_default(),
                joins_left: joins.get(index).copied().unwrap_or(false),
            });
        }
        self.rows.push(Row { edges: definition.edges, cells });
        self.before_row = None;
    }
}
