//! What becomes of text: shown, or left out as deleted, hidden or the code of a field.

use super::story::{Field, NoteId, Run, Story};
use super::tag::Tag;
use super::value::Values;
use super::walk::{Close, Walk};
use super::{equation, symbol};
use crate::document::{Role, visible_chars};
use crate::reader::ReadError;

/// The deepest nesting of fields: Word allows 20.
const MAX_FIELDS: usize = 64;
/// The longest field code that is kept, in bytes.
const MAX_CODE: usize = 1_024;

/// What happens to a piece of text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Shown,
    Deleted,
    Hidden,
    /// In a row that is left out as a whole.
    Dropped,
    /// Before the result of a field.
    Code,
}

impl Walk<'_> {
    /// Character data directly inside the innermost element.
    pub(super) fn characters(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.open.last().map(|open| open.close) {
            Some(Close::Text(preserve)) => self.run_text(text, preserve),
            Some(Close::DeletedText) => {
                let characters = visible_chars(text);
                self.seen += characters;
                self.counts.deleted += characters;
            }
            Some(Close::FieldCode) => self.field_code(text),
            _ => {}
        }
    }

    fn run_text(&mut self, text: &str, preserve: bool) {
        let text = if preserve { text } else { text.trim_matches([' ', '\t', '\r', '\n']) };
        if text.contains(['\n', '\r']) {
            self.emit(&text.replace(['\n', '\r'], " "));
        } else {
            self.emit(text);
        }
    }

    pub(super) fn field(&mut self, kind: Option<&str>) -> Result<(), ReadError> {
        let story = self.story();
        match kind {
            Some("begin") => {
                if story.fields.len() >= MAX_FIELDS {
                    let what = "the nesting of fields".to_owned();
                    return Err(ReadError::TooLarge { what, limit: MAX_FIELDS as u64 });
                }
                story.fields.push(Field::default());
            }
            Some("separate") => {
                if let Some(field) = story.fields.last_mut() {
                    field.result = true;
                }
            }
            Some("end") => {
                let Some(field) = story.fields.pop() else { return Ok(()) };
                if let Some(checked) = field.checked {
                    self.emit(if checked { "☑" } else { "☐" });
                } else if !field.result && equation::is_equation(&field.code) {
                    self.equation(&field.code);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Text of the code of a field, which only equations are read from.
    pub(super) fn field_code(&mut self, text: &str) {
        let field = self.story().fields.last_mut();
        let fits = |field: &&mut Field| !field.result && field.code.len() + text.len() <= MAX_CODE;
        if let Some(field) = field.filter(fits) {
            field.code.push_str(text);
        }
    }

    fn equation(&mut self, code: &str) {
        match equation::print(code) {
            Some(text) => self.emit(&text),
            None if self.fate() == Fate::Shown => self.counts.objects += 1,
            None => {}
        }
    }

    /// A note in a part of its own; `None` for the lines that only part notes from text.
    pub(super) fn start_note(&mut self, tag: Tag, values: &Values<'_, '_, '_>) -> Option<Close> {
        if values.word("type").is_some_and(|kind| kind != "normal") {
            return None;
        }
        let id = values.word("id")?.trim().parse().ok()?;
        let id = if tag == Tag::Footnote { NoteId::Footnote(id) } else { NoteId::Endnote(id) };
        self.stories.push(Story::flow(Role::Note));
        Some(Close::Note(id, self.counts.visible))
    }

    pub(super) fn refer(&mut self, values: &Values<'_, '_, '_>, kind: fn(i64) -> NoteId) {
        let Some(id) = values.word("id").and_then(|id| id.trim().parse().ok()) else { return };
        let id = kind(id);
        let Some(note) = self.context.notes.get(id) else { return };
        if self.fate() == Fate::Shown && self.noted.insert(id) {
            self.counts.visible += note.visible;
            self.story().notes.push(id);
        }
    }

    /// Text that counts as visible.
    pub(super) fn emit(&mut self, text: &str) {
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
    pub(super) fn mark(&mut self, text: &str) {
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

    pub(super) fn fate(&self) -> Fate {
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

    /// Places the notes after the block that refers to them, which is the outermost one.
    pub(super) fn flush_notes(&mut self) {
        if self.stories.len() > 1 || !self.frames.is_empty() {
            return;
        }
        let notes = std::mem::take(&mut self.story().notes);
        for id in notes {
            if let Some(note) = self.context.notes.get(id).or_else(|| self.inline_notes.get(id))
                && let Some(story) = self.stories.last_mut()
            {
                story.append(&note.blocks);
            }
        }
    }
}
