//! The walk through a text: paragraph by paragraph, with open tables on a stack of our own.

use super::Source;
use super::anchors::Anchors;
use super::properties::Paragraph;
use super::row::RowDefinition;
use super::shown::Fate;
use crate::reader::ReadError;
use crate::reader::word::flow::Flow;
use crate::reader::word::story::{NoteId, Story};
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
    pub(super) flow: Flow<'a>,
    pub(super) noted: BTreeSet<NoteId>,
    /// What happens to a text box that is being read.
    pub(super) around: Fate,
    pub(super) text: String,
}

impl<'a> Walk<'a> {
    /// A walk that fills this story.
    pub(super) fn new(source: &'a Source<'a>, anchors: &'a Anchors, story: Story) -> Self {
        Self {
            source,
            anchors,
            flow: Flow::new(story, &source.numbering, source.limits),
            noted: BTreeSet::new(),
            around: Fate::Shown,
            text: String::new(),
        }
    }

    /// Reads a stretch of the text into the innermost story.
    pub(super) fn read(&mut self, range: Range<usize>) -> Result<(), ReadError> {
        let end = range.end.min(self.source.pieces.text.len());
        let mut start = range.start;
        while start < end {
            let mark = self.mark(start, end);
            self.paragraph(start, mark, end)?;
            start = mark + 1;
        }
        self.flow.settle_all()
    }

    /// Reads text boxes without a known anchor, which stand after everything else.
    pub(super) fn read_loose(&mut self) -> Result<(), ReadError> {
        for range in &self.anchors.loose {
            self.text_box(range.clone(), Fate::Shown)?;
        }
        self.flow.settle_all()
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
        // Text in front of the mark is that of a cell whose own mark is missing.
        self.flow.enter(depth, properties.ends_row && start == mark)?;
        let unit = source.pieces.text.get(mark).copied().filter(|_| mark < end).unwrap_or(PARAGRAPH);
        if properties.ends_row && depth > 0 {
            self.segments(start..mark, &Style::default())?;
            return self.end_row(&properties, mark);
        }
        let style = source.styles.get(properties.style);
        self.begin_paragraph(&properties, style);
        self.segments(start..mark, &style)?;
        let ends_cell = depth > 0 && (unit == CELL || (depth > 1 && properties.ends_inner_cell));
        if ends_cell {
            return self.flow.end_cell();
        }
        let runs_on = mark < end && source.character(mark).0.hides_mark();
        if let Some(draft) = self.flow.story().paragraph.as_mut().filter(|_| runs_on) {
            draft.runs_on = true;
        }
        self.flow.end_paragraph()
    }

    fn end_row(&mut self, properties: &Paragraph<'_>, mark: usize) -> Result<(), ReadError> {
        let (character, _) = self.source.character(mark);
        if character.deleted || character.is_hidden(false) {
            self.flow.counts.deleted_rows += u64::from(character.deleted);
            return self.flow.drop_row();
        }
        self.flow.end_row(RowDefinition::read(properties.changes, self.source.data).shape())
    }

    fn begin_paragraph(&mut self, properties: &Paragraph<'_>, style: Style) {
        let story = self.flow.story();
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
        let story = self.flow.story().text_box();
        let outer = self.flow.begin_inner(story);
        self.read(range)?;
        self.around = around;
        self.flow.end_text_box(outer, self.source.styles.get(0))
    }
}
