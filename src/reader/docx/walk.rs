//! The walk through a Word part: one pass over its events with the open elements on a stack of our own, so that no
//! file can exhaust the program's.

use super::grid::{Frame, Row};
use super::notes::Notes;
use super::numbering::{Counters, Numbering};
use super::story::{Content, Field, Labels, NoteId, Run, Story};
use super::styles::Styles;
use super::symbol;
use super::tag::{Tag, tag};
use super::value::Values;
use crate::document::{Vertical, visible_chars};
use crate::reader::container::{Node, Xml};
use crate::reader::{Limits, ReadError};

/// What the parts of a document share.
pub(super) struct Context<'a> {
    pub(super) styles: &'a Styles,
    pub(super) numbering: &'a Numbering,
    pub(super) notes: &'a Notes,
    pub(super) limits: &'a Limits,
}

/// What was met on the way.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Counts {
    /// Visible characters shown.
    pub(super) visible: u64,
    /// Characters left out as deleted.
    pub(super) deleted: u64,
    /// Characters left out as hidden.
    pub(super) hidden: u64,
    /// Table rows left out as deleted.
    pub(super) deleted_rows: u64,
    /// Cells whose spans had to be mended.
    pub(super) repaired: u64,
    /// Objects whose content was not read.
    pub(super) objects: u64,
    /// Tables nested too deeply to be kept as tables.
    pub(super) flattened: u64,
    /// Fields that never end.
    pub(super) open_fields: u64,
    /// Table cells, empty positions included.
    pub(super) cells: usize,
}

/// What happens to a piece of text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Shown,
    Deleted,
    Hidden,
    /// In a row that is left out as a whole.
    Dropped,
    /// Before the result of a field.
    Code,
}

/// What the end of an element has to do.
#[derive(Clone, Copy)]
enum Close {
    Nothing,
    Paragraph,
    /// The run around this one.
    Run(Run),
    /// Text; whether white space around it counts.
    Text(bool),
    DeletedText,
    Table,
    Row,
    Cell,
    TextBox,
    Note(NoteId, u64),
    Undelete,
    Alternate,
    /// One branch of an alternative, with the text seen before it.
    Branch(u64),
}

struct Open {
    tag: Tag,
    close: Close,
}

/// The state of the walk.
pub(super) struct Walk<'a> {
    context: &'a Context<'a>,
    pub(super) counts: Counts,
    /// Relationships of headers and footers, in order of reference.
    pub(super) furniture: Vec<(Tag, String)>,
    /// Finished notes, with their visible characters.
    pub(super) notes: Vec<(NoteId, Content, u64)>,
    counters: Counters,
    stories: Vec<Story>,
    frames: Vec<Frame>,
    open: Vec<Open>,
    /// Depth inside an element that is not read at all.
    skipped: usize,
    /// Open deletions, and open rows that are left out.
    deletions: usize,
    dropped_rows: usize,
    /// For each open alternative: whether a branch with text was found.
    alternatives: Vec<bool>,
    /// Text met at all, whatever became of it.
    seen: u64,
    text: String,
    noted: Vec<NoteId>,
}

impl<'a> Walk<'a> {
    /// A walk that fills this story.
    pub(super) fn new(context: &'a Context<'a>, story: Story) -> Self {
        Self {
            context,
            counts: Counts::default(),
            furniture: Vec::new(),
            notes: Vec::new(),
            counters: Counters::default(),
            stories: vec![story],
            frames: Vec::new(),
            open: Vec::new(),
            skipped: 0,
            deletions: 0,
            dropped_rows: 0,
            alternatives: Vec::new(),
            seen: 0,
            text: String::new(),
            noted: Vec::new(),
        }
    }

    /// Reads the part to its end.
    pub(super) fn run(mut self, xml: &mut Xml<'_>) -> Result<(Content, Self), ReadError> {
        loop {
            match xml.next()? {
                Node::Start(_) if self.skipped > 0 => self.skipped += 1,
                Node::End if self.skipped > 0 => self.skipped -= 1,
                Node::Start(element) => {
                    let tag = tag(&element);
                    match self.start(tag, &Values::new(xml, &element)) {
                        Some(close) => self.open.push(Open { tag, close }),
                        None => self.skipped = 1,
                    }
                }
                Node::End => {
                    if let Some(open) = self.open.pop() {
                        self.end(open.close)?;
                    }
                }
                Node::Text(text) if self.skipped == 0 => {
                    if self
                        .open
                        .last()
                        .is_some_and(|open| matches!(open.close, Close::Text(_) | Close::DeletedText))
                    {
                        self.text.push_str(&text);
                    }
                }
                Node::Text(_) => {}
                Node::Eof => break,
            }
        }
        let content = self.close_story();
        Ok((content, self))
    }

    /// What an element begins; `None` where it is not read.
    fn start(&mut self, tag: Tag, values: &Values<'_, '_, '_>) -> Option<Close> {
        let parent = self.open.last().map_or(Tag::Other, |open| open.tag);
        match tag {
            Tag::Paragraph => {
                self.end_paragraph();
                let style = self.context.styles.paragraph(None);
                self.story().begin_paragraph(style);
                Some(Close::Paragraph)
            }
            Tag::Run | Tag::MathRun => Some(Close::Run(std::mem::take(&mut self.story().run))),
            Tag::Text | Tag::MathText => {
                self.text.clear();
                Some(Close::Text(values.preserves_space()))
            }
            Tag::DeletedText => {
                self.text.clear();
                Some(Close::DeletedText)
            }
            Tag::Table => Some(self.start_table()),
            Tag::Row => Some(self.start_row()),
            Tag::Cell => Some(self.start_cell()),
            Tag::TextBox => Some(self.start_text_box()),
            Tag::Deleted | Tag::MovedFrom => Some(self.start_deletion(parent)),
            Tag::Footnote | Tag::Endnote => self.start_note(tag, values),
            Tag::Alternate => {
                self.alternatives.push(false);
                Some(Close::Alternate)
            }
            Tag::Choice | Tag::Fallback => match self.alternatives.last() {
                Some(true) => None,
                _ => Some(Close::Branch(self.seen)),
            },
            _ if is_skipped(tag) => None,
            _ => {
                self.leaf(parent, tag, values);
                Some(Close::Nothing)
            }
        }
    }

    fn end(&mut self, close: Close) -> Result<(), ReadError> {
        match close {
            Close::Nothing => {}
            Close::Paragraph => self.end_paragraph(),
            Close::Run(outer) => self.story().run = outer,
            Close::Text(preserve) => self.end_text(preserve),
            Close::DeletedText => {
                let characters = visible_chars(&self.text);
                self.seen += characters;
                self.counts.deleted += characters;
            }
            Close::Table => self.end_table()?,
            Close::Row => self.end_row(),
            Close::Cell => self.end_cell()?,
            Close::TextBox => {
                let notes = std::mem::take(&mut self.story().notes);
                let content = self.close_story();
                let style = self.context.styles.paragraph(None);
                self.story().notes.extend(notes);
                self.story().anchor(content, style);
            }
            Close::Note(id, before) => {
                let content = self.close_story();
                self.notes.push((id, content, self.counts.visible - before));
            }
            Close::Undelete => self.deletions -= 1,
            Close::Alternate => {
                self.alternatives.pop();
            }
            Close::Branch(before) => {
                if let Some(found) = self.alternatives.last_mut() {
                    *found = self.seen > before;
                }
            }
        }
        Ok(())
    }

    /// An element that has no content of its own to be read.
    fn leaf(&mut self, parent: Tag, tag: Tag, values: &Values<'_, '_, '_>) {
        match (parent, tag) {
            (Tag::ParagraphProperties | Tag::NumberProperties, _) => {
                self.paragraph_property(tag, values);
            }
            (Tag::RunProperties, _) => self.run_property(tag, values),
            (Tag::RowProperties, _) => self.row_property(tag, values),
            (Tag::CellProperties, _) => self.cell_property(tag, values),
            (Tag::CheckBox, Tag::Default | Tag::Checked) => {
                if let Some(field) = self.story().fields.last_mut() {
                    field.checked = Some(values.on());
                }
            }
            (_, Tag::CheckBox) => {
                if let Some(field) = self.story().fields.last_mut() {
                    field.checked = Some(false);
                }
            }
            (_, Tag::Tab | Tag::PositionTab) => self.mark("\t"),
            (_, Tag::Break | Tag::CarriageReturn) => self.mark("\n"),
            (_, Tag::NoBreakHyphen) => self.emit("-"),
            (_, Tag::Denominator) => self.emit("/"),
            (_, Tag::Exponent) => self.emit("^"),
            (_, Tag::Symbol) => {
                let font = values.word("font").unwrap_or_default();
                let character = symbol::character(&font, &values.word("char").unwrap_or_default());
                self.emit(character.encode_utf8(&mut [0; 4]));
            }
            (_, Tag::FieldCharacter) => self.field(values.word("fldCharType").as_deref()),
            (_, Tag::FootnoteReference) => self.refer(values, NoteId::Footnote),
            (_, Tag::EndnoteReference) => self.refer(values, NoteId::Endnote),
            (_, Tag::HeaderReference | Tag::FooterReference) => {
                if let Some(id) = values.reference() {
                    self.furniture.push((tag, id));
                }
            }
            (_, Tag::Object | Tag::AltChunk | Tag::Graphic) if self.fate() == Fate::Shown => {
                self.counts.objects += 1;
            }
            _ => {}
        }
    }

    fn paragraph_property(&mut self, tag: Tag, values: &Values<'_, '_, '_>) {
        let styles = self.context.styles;
        let Some(draft) = self.story().paragraph.as_mut() else { return };
        match tag {
            Tag::ParagraphStyle => {
                draft.style_id = values.text();
                draft.style = styles.paragraph(draft.style_id.as_deref());
            }
            Tag::OutlineLevel => draft.outline = values.number().and_then(|level| u8::try_from(level).ok()),
            Tag::Justification => draft.centred = values.text().map(|value| value == "center"),
            Tag::NumberId => draft.number = values.number(),
            Tag::LevelIndex => draft.level = values.number(),
            _ => {}
        }
    }

    fn run_property(&mut self, tag: Tag, values: &Values<'_, '_, '_>) {
        let styles = self.context.styles;
        let holder = self.open.len().checked_sub(2).map_or(Tag::Other, |at| self.open[at].tag);
        let story = self.story();
        if holder == Tag::ParagraphProperties {
            if let Some(draft) = story.paragraph.as_mut() {
                draft.runs_on |= matches!(tag, Tag::Vanish | Tag::SpecialVanish) && values.on();
            }
            return;
        }
        match tag {
            Tag::Vanish => story.run.hidden = Some(values.on()),
            Tag::RunStyle => {
                let style = values.text().and_then(|id| styles.get(&id));
                story.run.style_hidden = style.and_then(|style| style.hidden).unwrap_or(false);
            }
            Tag::VerticalAlign => story.run.superscript = values.text().as_deref() == Some("superscript"),
            Tag::Fonts => {
                let font = values.word("ascii").or_else(|| values.word("hAnsi"));
                story.run.symbols = font.and_then(|name| symbol::Font::from_name(&name));
            }
            _ => {}
        }
    }

    fn row_property(&mut self, tag: Tag, values: &Values<'_, '_, '_>) {
        let Some(row) = self.own_frame().and_then(|frame| frame.row.as_mut()) else { return };
        match tag {
            Tag::GridBefore => row.before = values.number().unwrap_or(0) as usize,
            Tag::Hidden if values.on() && !row.dropped => {
                row.dropped = true;
                self.dropped_rows += 1;
            }
            _ => {}
        }
    }

    fn cell_property(&mut self, tag: Tag, values: &Values<'_, '_, '_>) {
        // The cell's own story is open, so its frame belongs to the story before.
        let stories = self.stories.len();
        let Some(frame) = self.frames.last_mut().filter(|frame| frame.stories + 1 == stories) else { return };
        let cell = &mut frame.cell;
        let merge = |value: Option<String>| match value.as_deref() {
            Some("restart" | "rest") => Vertical::Restart,
            _ => Vertical::Continue,
        };
        match tag {
            Tag::GridSpan => cell.span = values.number().unwrap_or(1) as usize,
            Tag::VerticalMerge => cell.vertical = merge(values.text()),
            Tag::CellMerge => {
                if let Some(value) = values.word("vMerge") {
                    cell.vertical = merge(Some(value));
                }
            }
            Tag::HorizontalMerge => cell.joins_left = values.text().as_deref() != Some("restart"),
            Tag::CellDeleted if !cell.dropped => {
                cell.dropped = true;
                self.deletions += 1;
            }
            _ => {}
        }
    }

    fn start_table(&mut self) -> Close {
        self.settle();
        let flat = self.frames.iter().filter(|frame| !frame.flat).count() >= self.context.limits.depth;
        self.counts.flattened += u64::from(flat);
        self.frames.push(Frame::new(self.stories.len(), flat));
        Close::Table
    }

    fn start_row(&mut self) -> Close {
        match self.own_frame() {
            Some(frame) if frame.row.is_none() => {
                frame.row = Some(Row::default());
                Close::Row
            }
            _ => Close::Nothing,
        }
    }

    fn start_cell(&mut self) -> Close {
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

    fn start_text_box(&mut self) -> Close {
        let fate = self.fate();
        let mut story = self.story().text_box();
        story.hidden = fate == Fate::Hidden;
        story.in_code = fate == Fate::Code;
        self.stories.push(story);
        Close::TextBox
    }

    fn start_deletion(&mut self, parent: Tag) -> Close {
        match parent {
            Tag::RunProperties => {
                if let Some(draft) = self.story().paragraph.as_mut() {
                    draft.runs_on = true;
                }
                Close::Nothing
            }
            Tag::RowProperties => {
                let row = self.own_frame().and_then(|frame| frame.row.as_mut());
                if let Some(row) = row.filter(|row| !row.dropped) {
                    row.dropped = true;
                    self.dropped_rows += 1;
                    self.counts.deleted_rows += 1;
                }
                Close::Nothing
            }
            _ => {
                self.deletions += 1;
                Close::Undelete
            }
        }
    }

    fn start_note(&mut self, tag: Tag, values: &Values<'_, '_, '_>) -> Option<Close> {
        if values.word("type").is_some_and(|kind| kind != "normal") {
            return None;
        }
        let id = values.word("id")?.trim().parse().ok()?;
        let id = if tag == Tag::Footnote { NoteId::Footnote(id) } else { NoteId::Endnote(id) };
        self.stories.push(Story::flow(crate::document::Role::Note));
        Some(Close::Note(id, self.counts.visible))
    }

    fn end_text(&mut self, preserve: bool) {
        let text = std::mem::take(&mut self.text);
        let shown = if preserve { text.as_str() } else { text.trim_matches([' ', '\t', '\r', '\n']) };
        if shown.contains(['\n', '\r']) {
            self.emit(&shown.replace(['\n', '\r'], " "));
        } else {
            self.emit(shown);
        }
        self.text = text;
    }

    fn end_table(&mut self) -> Result<(), ReadError> {
        self.settle();
        let Some(frame) = self.frames.pop() else { return Ok(()) };
        if frame.flat {
            return Ok(());
        }
        self.count_cells(frame.positions())?;
        let notes = frame.notes.clone();
        let (table, repaired) = frame.finish();
        self.counts.repaired += repaired;
        self.story().notes.extend(notes);
        if let Some(table) = table {
            self.story().table(table);
        }
        self.flush_notes();
        Ok(())
    }

    fn end_row(&mut self) {
        self.settle();
        let Some(frame) = self.own_frame() else { return };
        let dropped = frame.row.as_ref().is_some_and(|row| row.dropped);
        frame.end_row();
        self.dropped_rows -= usize::from(dropped);
    }

    fn end_cell(&mut self) -> Result<(), ReadError> {
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
            return self.count_cells(positions);
        }
        Ok(())
    }

    fn count_cells(&mut self, positions: usize) -> Result<(), ReadError> {
        self.counts.cells = self.counts.cells.saturating_add(positions);
        let limit = self.context.limits.cells;
        if self.counts.cells > limit {
            let what = "the number of table cells".to_owned();
            return Err(ReadError::TooLarge { what, limit: limit as u64 });
        }
        Ok(())
    }

    fn field(&mut self, kind: Option<&str>) {
        let story = self.story();
        match kind {
            Some("begin") => story.fields.push(Field::default()),
            Some("separate") => {
                if let Some(field) = story.fields.last_mut() {
                    field.result = true;
                }
            }
            Some("end") => {
                let checked = story.fields.pop().and_then(|field| field.checked);
                if let Some(checked) = checked {
                    self.emit(if checked { "☑" } else { "☐" });
                }
            }
            _ => {}
        }
    }

    fn refer(&mut self, values: &Values<'_, '_, '_>, kind: fn(i64) -> NoteId) {
        let Some(id) = values.word("id").and_then(|id| id.trim().parse().ok()) else { return };
        let id = kind(id);
        let Some(note) = self.context.notes.get(id) else { return };
        if self.fate() == Fate::Shown && !self.noted.contains(&id) {
            self.counts.visible += note.visible;
            self.noted.push(id);
            self.story().notes.push(id);
        }
    }

    /// Text that counts as visible.
    fn emit(&mut self, text: &str) {
        let characters = visible_chars(text);
        self.seen += characters;
        match self.fate() {
            Fate::Shown => {
                self.counts.visible += characters;
                self.write(text);
            }
            Fate::Deleted => self.counts.deleted += characters,
            Fate::Hidden => self.counts.hidden += characters,
            Fate::Code => {
                if let Some(field) = self.story().fields.last_mut() {
                    field.swallowed += characters;
                }
            }
            Fate::Dropped => {}
        }
    }

    /// A tab or a line break.
    fn mark(&mut self, text: &str) {
        if self.fate() == Fate::Shown {
            self.write(text);
        }
    }

    fn write(&mut self, text: &str) {
        let style = self.context.styles.paragraph(None);
        let story = self.story();
        let Run { superscript, symbols, .. } = story.run;
        let draft = story.draft(style);
        if symbol::concerns(text) {
            draft.text.push_str(&symbol::translate(text, symbols));
        } else if superscript {
            draft.text.extend(text.chars().map(symbol::raised));
        } else {
            draft.text.push_str(text);
        }
    }

    fn fate(&self) -> Fate {
        let Some(story) = self.stories.last() else { return Fate::Shown };
        let by_style = story.paragraph.as_ref().and_then(|draft| draft.style.hidden).unwrap_or(false);
        if self.dropped_rows > 0 {
            Fate::Dropped
        } else if self.deletions > 0 {
            Fate::Deleted
        } else if story.in_code || story.fields.iter().any(|field| !field.result) {
            Fate::Code
        // A toggle property set by both styles is off (ECMA-376 part 1, 17.7.3).
        } else if story.hidden || story.run.hidden.unwrap_or(by_style != story.run.style_hidden) {
            Fate::Hidden
        } else {
            Fate::Shown
        }
    }

    /// The innermost story. There is always one: the root is never closed before the end.
    fn story(&mut self) -> &mut Story {
        if self.stories.is_empty() {
            self.stories.push(Story::lines());
        }
        let last = self.stories.len() - 1;
        &mut self.stories[last]
    }

    /// The innermost table, if its rows stand directly in the innermost story.
    fn own_frame(&mut self) -> Option<&mut Frame> {
        let stories = self.stories.len();
        self.frames.last_mut().filter(|frame| frame.stories == stories)
    }

    fn end_paragraph(&mut self) {
        self.with_labels(Story::end_paragraph);
        self.flush_notes();
    }

    fn settle(&mut self) {
        self.with_labels(Story::settle);
        self.flush_notes();
    }

    fn with_labels(&mut self, act: fn(&mut Story, &mut Labels<'_>)) {
        let Some(story) = self.stories.last_mut() else { return };
        let numbering = self.context.numbering;
        act(story, &mut Labels { numbering, counters: &mut self.counters, merged: &mut self.counts.visible });
    }

    /// Places the notes after the block that refers to them, which is the outermost one.
    fn flush_notes(&mut self) {
        if self.stories.len() > 1 || !self.frames.is_empty() {
            return;
        }
        let notes = self.context.notes;
        let story = self.story();
        for id in std::mem::take(&mut story.notes) {
            if let Some(note) = notes.get(id) {
                story.append(&note.blocks);
            }
        }
    }

    fn close_story(&mut self) -> Content {
        self.settle();
        let story = self.stories.pop().unwrap_or_else(Story::lines);
        let cut = |field: &&Field| !field.result && field.swallowed > 0;
        self.counts.open_fields += story.fields.iter().filter(cut).count() as u64;
        story.finish()
    }
}

/// Elements whose content is never shown: properties, former properties, codes, readings above the line.
fn is_skipped(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::PropertyChange
            | Tag::RunPropertyChange
            | Tag::CellPropertyChange
            | Tag::RowPropertyChange
            | Tag::TablePropertyChange
            | Tag::TableExceptionChange
            | Tag::SectionPropertyChange
            | Tag::NumberingChange
            | Tag::SdtProperties
            | Tag::SdtEndProperties
            | Tag::SmartTagProperties
            | Tag::CustomXmlProperties
            | Tag::FieldCode
            | Tag::DeletedFieldCode
            | Tag::RubyText
            | Tag::Tabs
            | Tag::TableGrid
            | Tag::TableProperties
            | Tag::TableExceptions
    )
}
