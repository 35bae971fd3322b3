//! The walk through the tokens: groups on a stack of our own, text in the encoding of its font.

use super::fonts::Fonts;
use super::row::RowDefinition;
use super::shown::Fate;
use super::state::{Destination, State};
use super::styles::Styles;
use super::token::{Token, Tokens};
use crate::document::{Furniture, FurnitureKind, visible_chars};
use crate::reader::word::flow::{Flow, MAX_DEPTH, Outer};
use crate::reader::word::numbering::Numbering;
use crate::reader::word::story::{NoteId, Story};
use crate::reader::{Limits, ReadError};

/// The deepest nesting of groups; Word itself stays below a hundred.
const MAX_GROUPS: usize = 4_096;

/// What the end of a group has to do.
pub(super) enum Close {
    Nothing,
    Note(Inner),
    TextBox(Inner),
    Furniture(FurnitureKind, Inner),
    /// The field around the one that ends.
    Field(Field),
    /// The definition of the row around an inner table.
    InnerRow(RowDefinition),
    Style,
    Label,
}

/// What a text of its own interrupts.
pub(super) struct Inner {
    outer: Outer,
    row: RowDefinition,
    row_begun: bool,
    label: String,
    around: Fate,
    /// Visible characters before it.
    visible: u64,
}

/// The field being read.
#[derive(Debug, Default)]
pub(super) struct Field {
    pub(super) code: String,
    /// Visible characters before it.
    pub(super) visible: u64,
    /// The kind of form field, its state, and its default.
    pub(super) form: (i32, i32, i32),
}

/// An open group: the state outside it, and what its end has to do.
struct Group {
    state: State,
    close: Close,
}

/// The state of the walk.
pub(super) struct Walk<'a> {
    pub(super) flow: Flow<'a>,
    pub(super) state: State,
    pub(super) fonts: Fonts,
    pub(super) styles: Styles,
    pub(super) row: RowDefinition,
    /// A row is defined and not yet ended, so that text belongs to it even without a word saying so.
    pub(super) row_begun: bool,
    pub(super) field: Field,
    pub(super) title: String,
    pub(super) furniture: Vec<Furniture>,
    /// Whether `\*` stands in front of the next word.
    pub(super) optional: bool,
    /// Half of a character beyond the first plane.
    pub(super) half: Option<u16>,
    /// Characters still to be left out behind a Unicode character.
    pub(super) leave_out: u32,
    pub(super) label: String,
    pub(super) around: Fate,
    groups: Vec<Group>,
    pub(super) bytes: Vec<u8>,
    notes: i64,
}

impl<'a> Walk<'a> {
    pub(super) fn new(story: Story, numbering: &'a Numbering, limits: &'a Limits) -> Self {
        Self {
            flow: Flow::new(story, numbering, limits),
            state: State::new(),
            fonts: Fonts::new(),
            styles: Styles::default(),
            row: RowDefinition::default(),
            row_begun: false,
            field: Field::default(),
            title: String::new(),
            furniture: Vec::new(),
            optional: false,
            half: None,
            leave_out: 0,
            label: String::new(),
            around: Fate::Shown,
            groups: Vec::new(),
            bytes: Vec::new(),
            notes: 0,
        }
    }

    /// Reads the whole file, which is one group.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Result<(), ReadError> {
        let mut tokens = Tokens::new(bytes);
        while let Some(token) = tokens.next() {
            match token {
                Token::Open => self.open()?,
                Token::Close => {
                    self.close()?;
                    if self.groups.is_empty() {
                        return Ok(());
                    }
                }
                Token::Word("bin", length) => {
                    tokens.leap(usize::try_from(length.unwrap_or(0)).unwrap_or(0));
                    self.leave_out = self.leave_out.saturating_sub(1);
                }
                Token::Word(word, number) => {
                    if !self.left_out() {
                        self.word(word, number)?;
                    }
                }
                Token::Symbol(symbol) => {
                    if !self.left_out() {
                        self.symbol(symbol)?;
                    }
                }
                Token::Hex(byte) => {
                    if !self.left_out() && self.state.destination != Destination::Skipped {
                        self.bytes.push(byte);
                    }
                }
                Token::Text(text) => self.raw(text),
            }
        }
        Err(ReadError::Damaged {
            part: "file".to_owned(),
            offset: bytes.len() as u64,
            expected: "the end of every group".to_owned(),
        })
    }

    fn raw(&mut self, text: &[u8]) {
        let left_out = text.len().min(self.leave_out as usize);
        self.leave_out -= u32::try_from(left_out).unwrap_or(0);
        if self.state.destination != Destination::Skipped {
            self.bytes.extend_from_slice(&text[left_out..]);
        }
    }

    /// Whether a token stands only for programs that don't know Unicode.
    fn left_out(&mut self) -> bool {
        let left_out = self.leave_out > 0;
        self.leave_out = self.leave_out.saturating_sub(1);
        left_out
    }

    fn open(&mut self) -> Result<(), ReadError> {
        self.flush()?;
        self.leave_out = 0;
        self.optional = false;
        if self.groups.len() >= MAX_GROUPS {
            let what = "the nesting of groups".to_owned();
            return Err(ReadError::TooLarge { what, limit: MAX_GROUPS as u64 });
        }
        let of_sheet = self.state.destination == Destination::Styles && !self.stands_in(Destination::Styles);
        let close = if of_sheet { Close::Style } else { Close::Nothing };
        self.groups.push(Group { state: self.state, close });
        Ok(())
    }

    fn close(&mut self) -> Result<(), ReadError> {
        self.flush()?;
        self.leave_out = 0;
        self.optional = false;
        let Some(Group { state, close }) = self.groups.pop() else { return Ok(()) };
        match close {
            Close::Nothing => {}
            Close::Note(inner) => self.end_note(inner)?,
            Close::TextBox(inner) => {
                let outer = self.restore(inner);
                let style = self.styles.paragraph(state.paragraph.style);
                self.flow.end_text_box(outer, style)?;
            }
            Close::Furniture(kind, inner) => self.end_furniture(kind, inner)?,
            Close::Field(outer) => {
                let field = std::mem::replace(&mut self.field, outer);
                self.state = state;
                return self.end_field(&field);
            }
            Close::InnerRow(row) => self.row = row,
            Close::Style => self.styles.end(),
            Close::Label => self.label = self.label.trim().to_owned(),
        }
        self.state = state;
        Ok(())
    }

    /// Makes the end of the innermost group do something; a group does one thing only.
    pub(super) fn at_close(&mut self, close: impl FnOnce(&mut Self) -> Close) {
        if self.groups.last().is_some_and(|group| matches!(group.close, Close::Nothing)) {
            let close = close(self);
            if let Some(group) = self.groups.last_mut() {
                group.close = close;
            }
        } else {
            self.state.destination = Destination::Skipped;
        }
    }

    /// Whether the innermost group stands directly in a group with this destination.
    pub(super) fn stands_in(&self, destination: Destination) -> bool {
        self.groups.last().is_some_and(|group| group.state.destination == destination)
    }

    /// Begins a field; gives the one around it.
    pub(super) fn begin_field(&mut self) -> Field {
        let field = Field { visible: self.flow.counts.visible, ..Field::default() };
        std::mem::replace(&mut self.field, field)
    }

    /// Begins a text of its own.
    pub(super) fn begin_inner(&mut self, story: Story) -> Inner {
        let around = self.fate();
        let visible = self.flow.counts.visible;
        let inner = Inner {
            outer: self.flow.begin_inner(story),
            row: std::mem::take(&mut self.row),
            row_begun: std::mem::take(&mut self.row_begun),
            label: std::mem::take(&mut self.label),
            around: std::mem::replace(&mut self.around, around),
            visible,
        };
        self.state.paragraph = super::state::Paragraph::default();
        inner
    }

    fn restore(&mut self, inner: Inner) -> Outer {
        self.row = inner.row;
        self.row_begun = inner.row_begun;
        self.label = inner.label;
        self.around = inner.around;
        inner.outer
    }

    fn end_note(&mut self, inner: Inner) -> Result<(), ReadError> {
        let visible = self.flow.counts.visible - inner.visible;
        let outer = self.restore(inner);
        let (content, notes) = self.flow.end_inner(outer)?;
        let id = NoteId::Footnote(self.notes);
        self.notes += 1;
        self.flow.notes.add(vec![(id, content, visible)]);
        let story = self.flow.story();
        story.notes.push(id);
        story.notes.extend(notes);
        Ok(())
    }

    fn end_furniture(&mut self, kind: FurnitureKind, inner: Inner) -> Result<(), ReadError> {
        let outer = self.restore(inner);
        let (content, notes) = self.flow.end_inner(outer)?;
        self.flow.story().notes.extend(notes);
        let item = Furniture { kind, text: content.into_text() };
        // Each section has its own copy of a header that it shares with the one before.
        let characters = visible_chars(&item.text);
        if characters == 0 || self.furniture.contains(&item) {
            self.flow.counts.visible = self.flow.counts.visible.saturating_sub(characters);
        } else {
            self.furniture.push(item);
        }
        Ok(())
    }

    /// How many tables the paragraph stands in.
    pub(super) fn depth(&self) -> usize {
        let paragraph = &self.state.paragraph;
        let least = usize::from(paragraph.in_table || self.row_begun);
        paragraph.depth.unwrap_or(least).max(least).min(MAX_DEPTH)
    }

    /// Ends the paragraph with the properties that hold at its end.
    pub(super) fn end_paragraph(&mut self) -> Result<(), ReadError> {
        self.flow.enter(self.depth(), false)?;
        let runs_on = self.fate() != Fate::Shown && self.around == Fate::Shown;
        self.finish_draft();
        if let Some(draft) = self.flow.story().paragraph.as_mut() {
            draft.runs_on = runs_on;
        }
        self.flow.end_paragraph()
    }

    /// Ends a cell of a table at this depth.
    pub(super) fn end_cell(&mut self, depth: usize) -> Result<(), ReadError> {
        self.flow.enter(depth, false)?;
        self.finish_draft();
        self.flow.end_cell()
    }

    /// Ends a row of a table at this depth.
    pub(super) fn end_row(&mut self, depth: usize) -> Result<(), ReadError> {
        self.flow.enter(depth, true)?;
        self.flow.end_row(self.row.shape())
    }

    fn finish_draft(&mut self) {
        let paragraph = self.state.paragraph;
        let style = self.styles.paragraph(paragraph.style);
        let covered = self.row.is_covered(self.flow.cells_of_row()) && self.depth() > 0;
        let label = std::mem::take(&mut self.label);
        let story = self.flow.story();
        story.covered = covered;
        let draft = story.draft(style);
        draft.style = style;
        draft.outline = paragraph.outline;
        draft.centred = paragraph.centred;
        draft.printed = label;
    }
}
