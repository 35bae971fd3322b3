//! The walk through a text: paragraph by paragraph, with open tables on a stack of our own.

use super::Source;
use super::anchors::Anchors;
use super::layout::Frame;
use super::properties::Paragraph;
use super::shown::Fate;
use crate::reader::ReadError;
use crate::reader::word::counts::Counts;
use crate::reader::word::notes::Notes;
use crate::reader::word::numbering::Counters;
use crate::reader::word::story::{Content, Field, Labels, NoteId, Story};
use crate::reader::word::style::Style;
use std::collections::BTreeSet;
use std::ops::Range;

/// Characters that end a paragraph, a cell or a row, and a section or page.
const PARAGRAPH: u16 = 0x0d;
const CELL: u16 = 0x07;
const PAGE: u16 = 0x0c;

/// The state of the walk.
pub(super) struct Walk<'a> {
    pub(super) source: &'a Source<'a>,
    pub(super) anchors: &'a Anchors,
    pub(super) notes: &'a Notes,
    pub(super) counts: Counts,
    counters: Counters,
    pub(super) stories: Vec<Story>,
    pub(super) frames: Vec<Frame>,
    pub(super) noted: BTreeSet<NoteId>,
    /// What happens to a text box that is being read.
    pub(super) around: Fate,
    pub(super) text: String,
}

impl<'a> Walk<'a> {
    /// A walk that fills this story.
    pub(super) fn new(source: &'a Source<'a>, anchors: &'a Anchors, notes: &'a Notes, story: Story) -> Self {
        Self {
            source,
            anchors,
            notes,
            counts: Counts::default(),
            counters: Counters::default(),
            stories: vec![story],
            frames: Vec::new(),
            noted: BTreeSet::new(),
            around: Fate::Shown,
            text: String::new(),
        }
    }

    /// Reads a stretch of the text into the innermost story.
    pub(super) fn read(&mut self, range: Range<usize>) -> Result<(), ReadError> {
        let outer = std::mem::take(&mut self.frames);
        let end = range.end.min(self.source.pieces.text.len());
        let mut start = range.start;
        while start < end {
            let mark = self.mark(start, end);
            self.paragraph(start, mark, end)?;
            start = mark + 1;
        }
        while !self.frames.is_empty() {
            self.end_table()?;
        }
        self.settle();
        self.frames = outer;
        Ok(())
    }

    /// Reads text boxes without a known anchor, which stand after everything else.
    pub(super) fn read_loose(&mut self) -> Result<(), ReadError> {
        for range in &self.anchors.loose {
            self.text_box(range.clone(), Fate::Shown)?;
        }
        self.settle();
        Ok(())
    }

    /// The finished story and the counts.
    pub(super) fn finish(mut self) -> (Content, Counts) {
        let content = self.close_story();
        (content, self.counts)
    }

    /// The position of the mark that ends the paragraph, `end` where it has none.
    fn mark(&self, start: usize, end: usize) -> usize {
        let ends = |(index, unit): (usize, &u16)| match *unit {
            PARAGRAPH | CELL => true,
            PAGE => self.anchors.sections.contains(&(start + index + 1)),
            _ => false,
        };
        let text = &self.source.pieces.text[start..end];
        text.iter().enumerate().position(ends).map_or(end, |length| start + length)
    }

    fn paragraph(&mut self, start: usize, mark: usize, end: usize) -> Result<(), ReadError> {
        let source = self.source;
        let properties = source.paragraph(mark.min(end.saturating_sub(1)));
        let depth = properties.depth();
        self.counts.paragraph()?;
        // Text in front of the mark is that of a cell whose own mark is missing.
        self.enter(depth, properties.ends_row && start == mark)?;
        let unit = source.pieces.text.get(mark).copied().filter(|_| mark < end).unwrap_or(PARAGRAPH);
        if properties.ends_row && depth > 0 {
            self.segments(start..mark, &Style::default())?;
            self.end_row(&properties, mark);
            return Ok(());
        }
        let style = source.styles.get(properties.style);
        self.begin_paragraph(&properties, style);
        self.segments(start..mark, &style)?;
        let ends_cell = depth > 0 && (unit == CELL || (depth > 1 && properties.ends_inner_cell));
        if ends_cell {
            self.end_cell();
            return Ok(());
        }
        let runs_on = mark < end && source.character(mark).0.hides_mark();
        if let Some(draft) = self.story().paragraph.as_mut().filter(|_| runs_on) {
            draft.runs_on = true;
        }
        self.with_labels(Story::end_paragraph);
        self.flush_notes();
        Ok(())
    }

    fn begin_paragraph(&mut self, properties: &Paragraph<'_>, style: Style) {
        let story = self.story();
        story.begin_paragraph(style);
        let draft = story.draft(style);
        draft.outline = properties.outline;
        draft.centred = properties.centred;
        draft.number = properties.list;
        draft.level = properties.level;
        draft.style_id = style.number.map(|_| properties.style.to_string());
    }

    pub(super) fn text_box(&mut self, range: Range<usize>, fate: Fate) -> Result<(), ReadError> {
        let around = std::mem::replace(&mut self.around, fate);
        let story = self.story().text_box();
        self.stories.push(story);
        self.read(range)?;
        let notes = std::mem::take(&mut self.story().notes);
        let content = self.close_story();
        self.around = around;
        let style = self.source.styles.get(0);
        self.story().notes.extend(notes);
        self.story().anchor(content, style);
        Ok(())
    }

    /// Places the notes after the block that refers to them, which is the outermost one.
    pub(super) fn flush_notes(&mut self) {
        if self.stories.len() > 1 || !self.frames.is_empty() {
            return;
        }
        let notes = self.notes;
        let story = self.story();
        for id in std::mem::take(&mut story.notes) {
            if let Some(note) = notes.get(id) {
                story.append(&note.blocks);
            }
        }
    }

    pub(super) fn settle(&mut self) {
        self.with_labels(Story::settle);
        self.flush_notes();
    }

    fn with_labels(&mut self, act: fn(&mut Story, &mut Labels<'_>)) {
        let Some(story) = self.stories.last_mut() else { return };
        let numbering = &self.source.numbering;
        act(story, &mut Labels { numbering, counters: &mut self.counters, merged: &mut self.counts.visible });
    }

    pub(super) fn close_story(&mut self) -> Content {
        self.settle();
        let story = self.stories.pop().unwrap_or_else(Story::lines);
        let cut = |field: &&Field| !field.result && field.swallowed > 0;
        self.counts.open_fields += story.fields.iter().filter(cut).count() as u64;
        story.finish()
    }

    /// The innermost story. There is always one: the root is never closed before the end.
    pub(super) fn story(&mut self) -> &mut Story {
        if self.stories.is_empty() {
            self.stories.push(Story::lines());
        }
        let last = self.stories.len() - 1;
        &mut self.stories[last]
    }
}
