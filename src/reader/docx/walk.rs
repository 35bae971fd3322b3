//! The walk through a Word part: one pass over its events with the open elements on a stack of our own, so that no
//! file can exhaust the program's.

use super::counts::Counts;
use super::grid::Frame;
use super::notes::Notes;
use super::repeat::Repeat;
use super::shown::Fate;
use super::story::{Content, Field, Labels, NoteId, Run, Story};
use super::styles::Styles;
use super::symbol;
use super::tag::{Tag, tag};
use super::value::Values;
use crate::document::Furniture;
use crate::reader::container::{Node, Relations, Xml};
use crate::reader::word::numbering::{Counters, Numbering};
use crate::reader::{Limits, ReadError};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What the parts of a document share.
pub(super) struct Context<'a> {
    pub(super) styles: &'a Styles,
    pub(super) numbering: &'a Numbering,
    pub(super) notes: &'a Notes,
    pub(super) relations: &'a Relations,
    pub(super) limits: &'a Limits,
}

/// What the end of an element has to do.
#[derive(Clone, Copy)]
pub(super) enum Close {
    Nothing,
    Paragraph,
    /// The run around this one.
    Run(Run),
    /// Where the properties of a run begin, and the text seen before them.
    RunProperties(usize, u64),
    /// Text; whether white space around it counts.
    Text(bool),
    DeletedText,
    FieldCode,
    Table,
    Row,
    Cell,
    TextBox,
    Note(NoteId, u64),
    /// A note that stands where it is referred to.
    InlineNote(NoteId),
    /// A header or footer that stands in the body.
    InlineFurniture(Tag),
    Undelete,
    Alternate,
    /// One branch of an alternative, with the text seen before it.
    Branch(u64),
}

pub(super) struct Open {
    pub(super) tag: Tag,
    pub(super) close: Close,
}

/// An open `mc:AlternateContent`.
#[derive(Default)]
struct Alternative {
    /// Whether a branch with text was found.
    found: bool,
    /// Branches looked at.
    branches: usize,
}

/// The state of the walk.
pub(super) struct Walk<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) counts: Counts,
    /// Header and footer parts, each once, in order of reference.
    pub(super) furniture: Vec<(Tag, &'a str)>,
    /// Headers and footers that stand in the body.
    pub(super) pages: Vec<Furniture>,
    /// Finished notes, with their visible characters.
    pub(super) notes: Vec<(NoteId, Content, u64)>,
    /// Notes that stand where they are referred to, and how many there were.
    pub(super) inline_notes: Notes,
    pub(super) inline_count: i64,
    /// Notes referred to so far.
    pub(super) noted: BTreeSet<NoteId>,
    pub(super) stories: Vec<Story>,
    pub(super) frames: Vec<Frame>,
    /// Open tables.
    pub(super) nested: usize,
    pub(super) open: Vec<Open>,
    /// Open deletions.
    pub(super) deletions: usize,
    /// Open rows that are left out.
    pub(super) dropped_rows: usize,
    /// Text met at all, whatever became of it.
    pub(super) seen: u64,
    counters: Counters,
    /// Depth inside an element that is not read at all.
    skipped: usize,
    /// Whether white space counts in all texts (`xml:space` at the root).
    preserve: bool,
    alternatives: Vec<Alternative>,
    pub(super) repeat: Repeat,
}

impl<'a> Walk<'a> {
    /// A walk that fills this story.
    pub(super) fn new(context: &'a Context<'a>, story: Story) -> Self {
        Self {
            context,
            counts: Counts::default(),
            furniture: Vec::new(),
            pages: Vec::new(),
            notes: Vec::new(),
            inline_notes: Notes::default(),
            inline_count: 0,
            noted: BTreeSet::new(),
            stories: vec![story],
            frames: Vec::new(),
            nested: 0,
            open: Vec::new(),
            deletions: 0,
            dropped_rows: 0,
            seen: 0,
            counters: Counters::default(),
            skipped: 0,
            preserve: false,
            alternatives: Vec::new(),
            repeat: Repeat::default(),
        }
    }

    /// Reads the part to its end.
    pub(super) fn run(mut self, xml: &mut Xml<'_>) -> Result<(Content, Self), ReadError> {
        // Character data since the last tag, borrowed from the part where it is of one piece.
        let mut text = Cow::Borrowed("");
        loop {
            match xml.next()? {
                Node::Start(_) if self.skipped > 0 => self.skipped += 1,
                Node::End if self.skipped > 0 => self.skipped -= 1,
                Node::Text(_) if self.skipped > 0 => {}
                Node::Start(element) => {
                    self.characters(&std::mem::take(&mut text));
                    let tag = tag(&element);
                    if let Some(close) = self.start(tag, &Values::new(xml, &element))? {
                        self.open.push(Open { tag, close });
                        self.begin_run_properties(close, xml);
                    } else {
                        self.skipped = 1;
                        if tag.is_skipped() {
                            xml.skip_content(&element);
                        }
                    }
                }
                Node::End => {
                    self.characters(&std::mem::take(&mut text));
                    if let Some(open) = self.open.pop() {
                        self.end_run_properties(open.close, xml);
                        self.end(open.close)?;
                    }
                }
                Node::Text(more) if text.is_empty() => text = more,
                Node::Text(more) => text.to_mut().push_str(&more),
                Node::Eof => break,
            }
        }
        let content = self.close_story();
        Ok((content, self))
    }

    /// What an element begins; `None` where it is not read.
    fn start(&mut self, tag: Tag, values: &Values<'_, '_, '_>) -> Result<Option<Close>, ReadError> {
        let parent = self.open.last().map_or(Tag::Other, |open| open.tag);
        self.preserve |= self.open.is_empty() && values.preserves_space();
        if parent == Tag::RunProperties && !tag.is_run_property() {
            self.repeat.spoil();
        }
        Ok(Some(match tag {
            Tag::Paragraph => {
                self.end_paragraph();
                let style = self.context.styles.paragraph(None);
                self.story().begin_paragraph(style);
                Close::Paragraph
            }
            Tag::Run | Tag::MathRun => Close::Run(std::mem::take(&mut self.story().run)),
            Tag::RunProperties if parent == Tag::Run => Close::RunProperties(values.position(), self.seen),
            Tag::Text | Tag::MathText => Close::Text(self.preserve || values.preserves_space()),
            Tag::DeletedText => Close::DeletedText,
            Tag::FieldCode => Close::FieldCode,
            Tag::Table => self.start_table(),
            Tag::Row => self.start_row(),
            Tag::Cell => self.start_cell(),
            Tag::TextBox => self.start_text_box(),
            Tag::Deleted | Tag::MovedFrom => self.start_deletion(parent),
            Tag::Footnote | Tag::Endnote if parent == Tag::Run => self.start_inline_note(tag),
            Tag::Footnote | Tag::Endnote => return Ok(self.start_note(tag, values)),
            Tag::Header | Tag::Footer if !self.open.is_empty() => self.start_inline_furniture(tag),
            Tag::Annotation => return Ok(self.start_annotation(parent, values)),
            Tag::Alternate => {
                self.alternatives.push(Alternative::default());
                Close::Alternate
            }
            Tag::Choice | Tag::Fallback => match self.alternatives.last_mut() {
                Some(alternative) if alternative.found => return Ok(None),
                Some(alternative) => {
                    alternative.branches += 1;
                    Close::Branch(self.seen)
                }
                None => Close::Nothing,
            },
            _ if tag.is_skipped() => return Ok(None),
            _ => {
                match parent {
                    Tag::ParagraphProperties | Tag::NumberProperties => self.paragraph_property(tag, values),
                    Tag::RunProperties => self.run_property(tag, values),
                    Tag::RowProperties => self.row_property(tag, values),
                    Tag::CellProperties => self.cell_property(tag, values),
                    _ => self.leaf(parent, tag, values)?,
                }
                Close::Nothing
            }
        }))
    }

    fn end(&mut self, close: Close) -> Result<(), ReadError> {
        match close {
            Close::Nothing
            | Close::RunProperties(..)
            | Close::Text(_)
            | Close::DeletedText
            | Close::FieldCode => {}
            Close::Paragraph => {
                self.end_paragraph();
                self.counts.paragraph()?;
            }
            Close::Run(outer) => self.story().run = outer,
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
            Close::InlineNote(id) => self.end_inline_note(id),
            Close::InlineFurniture(tag) => self.end_inline_furniture(tag),
            Close::Undelete => self.deletions -= 1,
            Close::Alternate => {
                self.alternatives.pop();
            }
            Close::Branch(before) => {
                let found = self.seen > before;
                if let Some(alternative) = self.alternatives.last_mut() {
                    alternative.found = found;
                }
            }
        }
        Ok(())
    }

    /// An element that is content by itself.
    fn leaf(&mut self, parent: Tag, tag: Tag, values: &Values<'_, '_, '_>) -> Result<(), ReadError> {
        match tag {
            Tag::CheckBox => self.check(false),
            Tag::Default | Tag::Checked if parent == Tag::CheckBox => self.check(values.on()),
            Tag::Tab | Tag::PositionTab => self.mark("\t"),
            Tag::Break | Tag::CarriageReturn => self.mark("\n"),
            Tag::NoBreakHyphen => self.emit("-"),
            Tag::Denominator => self.emit("/"),
            Tag::Exponent => self.emit("^"),
            Tag::Symbol => {
                let font = values.word("font").unwrap_or_default();
                let character = symbol::character(&font, &values.word("char").unwrap_or_default());
                self.emit(character.encode_utf8(&mut [0; 4]));
            }
            Tag::TextPath => self.emit(&values.plain("string").unwrap_or_default()),
            Tag::FieldCharacter => return self.field(values.word("fldCharType").as_deref()),
            Tag::FootnoteReference => self.refer(values, NoteId::Footnote),
            Tag::EndnoteReference => self.refer(values, NoteId::Endnote),
            Tag::HeaderReference | Tag::FooterReference => {
                let part = values.reference().and_then(|id| self.context.relations.target(&id));
                if let Some(part) = part.filter(|part| self.furniture.iter().all(|(_, other)| other != part))
                {
                    self.furniture.push((tag, part));
                }
            }
            Tag::Object | Tag::AltChunk | Tag::Graphic if self.fate() == Fate::Shown => {
                // A later branch of an alternative shows the same object in another way.
                let again = self.alternatives.last().is_some_and(|alternative| alternative.branches > 1);
                self.counts.objects += u64::from(!again);
            }
            _ => {}
        }
        Ok(())
    }

    fn check(&mut self, on: bool) {
        if let Some(field) = self.story().fields.last_mut() {
            field.checked = Some(on);
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

    pub(super) fn start_deletion(&mut self, parent: Tag) -> Close {
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

    /// The innermost story. There is always one: the root is never closed before the end.
    pub(super) fn story(&mut self) -> &mut Story {
        if self.stories.is_empty() {
            self.stories.push(Story::lines());
        }
        let last = self.stories.len() - 1;
        &mut self.stories[last]
    }

    /// The innermost table, if its rows stand directly in the innermost story.
    pub(super) fn own_frame(&mut self) -> Option<&mut Frame> {
        let stories = self.stories.len();
        self.frames.last_mut().filter(|frame| frame.stories == stories)
    }

    fn end_paragraph(&mut self) {
        self.with_labels(Story::end_paragraph);
        self.flush_notes();
    }

    pub(super) fn settle(&mut self) {
        self.with_labels(Story::settle);
        self.flush_notes();
    }

    fn with_labels(&mut self, act: fn(&mut Story, &mut Labels<'_>)) {
        let Some(story) = self.stories.last_mut() else { return };
        let numbering = self.context.numbering;
        act(story, &mut Labels { numbering, counters: &mut self.counters, merged: &mut self.counts.visible });
    }

    pub(super) fn close_story(&mut self) -> Content {
        self.settle();
        let story = self.stories.pop().unwrap_or_else(Story::lines);
        let cut = |field: &&Field| !field.result && field.swallowed > 0;
        self.counts.open_fields += story.fields.iter().filter(cut).count() as u64;
        story.finish()
    }
}
