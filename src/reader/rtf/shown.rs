//! What becomes of text: shown, or left out as deleted or hidden, or kept aside.

use super::state::Destination;
use super::walk::{Field, Walk};
use crate::document::visible_chars;
use crate::reader::ReadError;
use crate::reader::word::equation;
use crate::reader::word::symbol;

/// The longest field code, label, title or name that is kept, in bytes.
const MAX_ASIDE: usize = 4_096;

/// What happens to text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Shown,
    Deleted,
    Hidden,
}

impl Walk<'_> {
    /// Shows what a field without a result shows.
    pub(super) fn end_field(&mut self, field: &Field) -> Result<(), ReadError> {
        /// The kind of form field that is a check box, and the state that leaves it to the default.
        const CHECK_BOX: i32 = 1;
        const DEFAULT: i32 = 25;
        if let (CHECK_BOX, state, default) = field.form {
            let ticked = if state == DEFAULT { default } else { state } != 0;
            return self.text(if ticked { "☑" } else { "☐" });
        }
        let shown = self.flow.counts.visible > field.visible;
        if shown || !equation::is_equation(&field.code) {
            return Ok(());
        }
        match equation::print(&field.code) {
            Some(text) => self.text(&text)?,
            None if self.fate() == Fate::Shown => self.flow.counts.objects += 1,
            None => {}
        }
        Ok(())
    }

    /// Decodes the bytes read so far, which all have the same font.
    pub(super) fn flush(&mut self) -> Result<(), ReadError> {
        if self.half.take().is_some() {
            self.flow.counts.undecodable += 1;
            self.text("\u{fffd}")?;
        }
        if self.bytes.is_empty() {
            return Ok(());
        }
        let bytes = std::mem::take(&mut self.bytes);
        let font = self.state.character.font.unwrap_or(self.fonts.default);
        let names = self.state.destination == Destination::Fonts;
        let decoded =
            if names { self.fonts.decode_name(&bytes, font) } else { self.fonts.decode(&bytes, font) };
        if self.state.destination == Destination::Text {
            self.flow.counts.undecodable += decoded.undecodable;
        }
        self.text(&decoded.text)?;
        self.bytes = bytes;
        self.bytes.clear();
        Ok(())
    }

    /// Text, wherever it goes.
    pub(super) fn text(&mut self, text: &str) -> Result<(), ReadError> {
        let keep = |aside: &mut String| {
            if aside.len() + text.len() <= MAX_ASIDE {
                aside.push_str(text);
            }
        };
        match self.state.destination {
            Destination::Text => return self.shown(text),
            Destination::Skipped | Destination::Information => {}
            Destination::Fonts => {
                let font = self.state.character.font.unwrap_or(self.fonts.default);
                self.fonts.name(font, text);
            }
            Destination::Styles => keep(&mut self.styles.entry().name),
            Destination::Label => keep(&mut self.label),
            Destination::Code => keep(&mut self.field.code),
            Destination::Title => keep(&mut self.title),
        }
        Ok(())
    }

    pub(super) fn shown(&mut self, text: &str) -> Result<(), ReadError> {
        let characters = visible_chars(text);
        match self.fate() {
            Fate::Deleted => self.flow.counts.deleted += characters,
            Fate::Hidden => self.flow.counts.hidden += characters,
            Fate::Shown => {
                self.flow.counts.visible += characters;
                self.flow.enter(self.depth(), false)?;
                self.write(text);
            }
        }
        Ok(())
    }

    /// A tab or a line break.
    pub(super) fn white(&mut self, text: &str) -> Result<(), ReadError> {
        match self.state.destination {
            Destination::Text if self.fate() == Fate::Shown => {
                self.flow.enter(self.depth(), false)?;
                self.write(text);
                Ok(())
            }
            Destination::Text => Ok(()),
            _ => self.text(text),
        }
    }

    pub(super) fn write(&mut self, text: &str) {
        let font = self.state.character.font.unwrap_or(self.fonts.default);
        let symbols = if symbol::concerns(text) { self.fonts.symbols(font) } else { None };
        let style = self.styles.paragraph(self.state.paragraph.style);
        let draft = self.flow.story().draft(style);
        if symbol::concerns(text) {
            draft.text.push_str(&symbol::translate(text, symbols));
        } else if self.state.character.superscript {
            draft.text.extend(text.chars().map(symbol::raised));
        } else {
            draft.text.push_str(text);
        }
    }

    pub(super) fn fate(&self) -> Fate {
        let character = &self.state.character;
        let by_style = self.styles.paragraph(self.state.paragraph.style).hidden.unwrap_or(false);
        let own = character.style.is_some_and(|style| self.styles.hides(style));
        if self.around != Fate::Shown {
            self.around
        } else if character.deleted {
            Fate::Deleted
        } else if character.hidden.unwrap_or(by_style != own) {
            Fate::Hidden
        } else {
            Fate::Shown
        }
    }
}
