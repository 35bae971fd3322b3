//! A text while it is read from a format that marks where cells and rows end: open stories and open tables on stacks
//! of our own, so that no file can exhaust the program's.

use super::counts::Counts;
use super::notes::Notes;
use super::numbering::{Counters, Numbering};
use super::rows::{self, Columns, Row, RowCell, RowShape};
use super::story::{Content, Field, Labels, NoteId, Story};
use super::style::Style;
use crate::document::Table;
use crate::reader::{Limits, ReadError};

/// The deepest nesting of tables that is believed; Word's own dialogs stop far above it.
pub(in crate::reader) const MAX_DEPTH: usize = 32;

/// The state of a text.
pub(in crate::reader) struct Flow<'a> {
    pub(in crate::reader) counts: Counts,
    /// The notes that the text may refer to.
    pub(in crate::reader) notes: Notes,
    stories: Vec<Story>,
    frames: Vec<Frame>,
    counters: Counters,
    numbering: &'a Numbering,
    limits: &'a Limits,
    /// Cells met so far.
    cells: usize,
}

/// The tables that are open around a text of its own, such as a text box.
#[derive(Default)]
pub(in crate::reader) struct Outer {
    frames: Vec<Frame>,
}

/// An open table.
#[derive(Default)]
struct Frame {
    rows: Vec<Row>,
    cells: Vec<(String, Vec<Table>)>,
    /// Whether a cell's story is open.
    in_cell: bool,
    /// Visible characters and notes before the row that is being read.
    before_row: Option<(u64, usize)>,
    /// Notes referred to in its cells.
    notes: Vec<NoteId>,
}

impl<'a> Flow<'a> {
    /// A text that fills this story.
    pub(in crate::reader) fn new(story: Story, numbering: &'a Numbering, limits: &'a Limits) -> Self {
        Self {
            counts: Counts::default(),
            notes: Notes::default(),
            stories: vec![story],
            frames: Vec::new(),
            counters: Counters::default(),
            numbering,
            limits,
            cells: 0,
        }
    }

    /// The innermost story. There is always one: the root is never closed before the end.
    pub(in crate::reader) fn story(&mut self) -> &mut Story {
        if self.stories.is_empty() {
            self.stories.push(Story::lines());
        }
        let last = self.stories.len() - 1;
        &mut self.stories[last]
    }

    /// Whether the innermost story stands in the code of a field.
    pub(in crate::reader) fn in_code(&self) -> bool {
        self.stories.last().is_some_and(|story| story.fields.iter().any(|field| !field.result))
    }

    /// Opens and closes tables until `depth` of them are open, each with an open cell but the innermost one at the
    /// end of a row.
    pub(in crate::reader) fn enter(&mut self, depth: usize, row_end: bool) -> Result<(), ReadError> {
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

    /// How many cells the row that is being read has so far.
    pub(in crate::reader) fn cells_of_row(&self) -> usize {
        self.frames.last().map_or(0, |frame| frame.cells.len())
    }

    /// Ends the paragraph that is open.
    pub(in crate::reader) fn end_paragraph(&mut self) -> Result<(), ReadError> {
        self.with_labels(Story::end_paragraph);
        self.flush_notes();
        self.counts.paragraph()
    }

    /// Ends the cell of the innermost table.
    pub(in crate::reader) fn end_cell(&mut self) -> Result<(), ReadError> {
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
        self.cells += 1;
        if self.cells > self.limits.cells { self.counts.cells(self.cells, self.limits.cells) } else { Ok(()) }
    }

    /// Ends the row of the innermost table.
    pub(in crate::reader) fn end_row(&mut self, shape: RowShape) -> Result<(), ReadError> {
        self.end_open_cell()?;
        if let Some(frame) = self.frames.last_mut() {
            frame.take_row(shape);
        }
        Ok(())
    }

    /// Ends a row that is not shown.
    pub(in crate::reader) fn drop_row(&mut self) -> Result<(), ReadError> {
        self.end_open_cell()?;
        let Some(frame) = self.frames.last_mut() else { return Ok(()) };
        if let Some((visible, notes)) = frame.before_row.take() {
            self.counts.visible = visible;
            frame.notes.truncate(notes);
        }
        frame.cells.clear();
        Ok(())
    }

    /// Begins a text of its own in a new story.
    pub(in crate::reader) fn begin_inner(&mut self, story: Story) -> Outer {
        self.stories.push(story);
        Outer { frames: std::mem::take(&mut self.frames) }
    }

    /// Ends the innermost text; gives what it became, and the notes it refers to.
    pub(in crate::reader) fn end_inner(&mut self, outer: Outer) -> Result<(Content, Vec<NoteId>), ReadError> {
        self.end_tables()?;
        self.settle();
        let notes = std::mem::take(&mut self.story().notes);
        let content = self.close_story();
        self.frames = outer.frames;
        Ok((content, notes))
    }

    /// Ends a text box, which stands after the paragraph it is anchored in.
    pub(in crate::reader) fn end_text_box(&mut self, outer: Outer, style: Style) -> Result<(), ReadError> {
        let (content, notes) = self.end_inner(outer)?;
        let story = self.story();
        story.notes.extend(notes);
        story.anchor(content, style);
        Ok(())
    }

    /// Ends all open tables and the paragraph after them.
    pub(in crate::reader) fn settle_all(&mut self) -> Result<(), ReadError> {
        self.end_tables()?;
        self.settle();
        Ok(())
    }

    /// The finished story and the counts.
    pub(in crate::reader) fn finish(mut self) -> Result<(Content, Counts), ReadError> {
        self.settle_all()?;
        let content = self.close_story();
        Ok((content, self.counts))
    }

    fn end_tables(&mut self) -> Result<(), ReadError> {
        while !self.frames.is_empty() {
            self.end_table()?;
        }
        Ok(())
    }

    fn end_open_cell(&mut self) -> Result<(), ReadError> {
        if self.frames.last().is_some_and(|frame| frame.in_cell) { self.end_cell() } else { Ok(()) }
    }

    fn end_table(&mut self) -> Result<(), ReadError> {
        self.end_open_cell()?;
        let Some(mut frame) = self.frames.pop() else { return Ok(()) };
        if !frame.cells.is_empty() {
            frame.take_row(RowShape::default());
        }
        for part in rows::tables(frame.rows) {
            let columns = Columns::of(&part);
            self.counts.cells(columns.positions(part.len()), self.limits.cells)?;
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

    /// Places the notes after the block that refers to them, which is the outermost one.
    fn flush_notes(&mut self) {
        if self.stories.len() > 1 || !self.frames.is_empty() {
            return;
        }
        let Some(story) = self.stories.last_mut() else { return };
        for id in std::mem::take(&mut story.notes) {
            if let Some(note) = self.notes.get(id) {
                story.append(&note.blocks);
            }
        }
    }

    fn settle(&mut self) {
        self.with_labels(Story::settle);
        self.flush_notes();
    }

    fn with_labels(&mut self, act: fn(&mut Story, &mut Labels<'_>)) {
        let Some(story) = self.stories.last_mut() else { return };
        let numbering = self.numbering;
        act(story, &mut Labels { numbering, counters: &mut self.counters, merged: &mut self.counts.visible });
    }

    fn close_story(&mut self) -> Content {
        self.settle();
        let story = self.stories.pop().unwrap_or_else(Story::lines);
        let cut = |field: &&Field| !field.result && field.swallowed > 0;
        self.counts.open_fields += story.fields.iter().filter(cut).count() as u64;
        story.finish()
    }
}

impl Frame {
    /// Makes a row of the cells read since the last one.
    fn take_row(&mut self, shape: RowShape) {
        let mut cells = Vec::with_capacity(self.cells.len());
        for (index, (text, nested)) in self.cells.drain(..).enumerate() {
            // Programs end rows of inner tables with a cell too many.
            if !shape.cells.is_empty()
                && index >= shape.cells.len()
                && nested.is_empty()
                && text.trim().is_empty()
            {
                continue;
            }
            let shape = shape.cells.get(index).copied().unwrap_or_default();
            cells.push(RowCell { text, nested, shape });
        }
        self.rows.push(Row { edges: shape.edges, cells });
        self.before_row = None;
    }
}
