//! What becomes of characters: shown, or left out as deleted, hidden or the code of a field.

use super::form;
use super::properties::{Character, Picture};
use super::walk::Walk;
use crate::document::visible_chars;
use crate::reader::ReadError;
use crate::reader::word::equation;
use crate::reader::word::story::Field;
use crate::reader::word::style::Style;
use crate::reader::word::symbol;
use std::ops::Range;

/// The deepest nesting of fields; Word allows 20.
const MAX_FIELDS: usize = 64;
/// The longest field code that is kept, in bytes.
const MAX_CODE: usize = 1_024;

/// What happens to a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Shown,
    Deleted,
    Hidden,
    /// In the code of a field.
    Code,
}

impl Walk<'_> {
    /// Reads a stretch without marks, each part with the properties of its characters.
    pub(super) fn segments(&mut self, range: Range<usize>, style: &Style) -> Result<(), ReadError> {
        let source = self.source;
        let by_style = style.hidden.unwrap_or(false);
        let mut at = range.start;
        while at < range.end {
            let (character, reach) = source.character(at);
            let mut end = reach.clamp(at + 1, range.end);
            // A run may end between the halves of a character.
            let halved = |unit: u16| (0xd800..0xdc00).contains(&unit);
            if end < range.end && halved(source.pieces.text[end - 1]) {
                end += 1;
            }
            let own = character.style.and_then(|number| source.styles.get(number).hidden).unwrap_or(false);
            // A toggle property set by both styles is off.
            let fate = if character.deleted {
                Fate::Deleted
            } else if character.is_hidden(by_style != own) {
                Fate::Hidden
            } else {
                Fate::Shown
            };
            self.segment(at..end, &character, if self.around == Fate::Shown { fate } else { self.around })?;
            at = end;
        }
        Ok(())
    }

    pub(super) fn segment(
        &mut self,
        range: Range<usize>,
        character: &Character,
        fate: Fate,
    ) -> Result<(), ReadError> {
        let source = self.source;
        let mut text = std::mem::take(&mut self.text);
        let units = source.pieces.text[range.clone()].iter().copied();
        let mut position = range.start;
        for unit in char::decode_utf16(units) {
            let c = unit.unwrap_or_else(|_| {
                self.flow.counts.undecodable += 1;
                char::REPLACEMENT_CHARACTER
            });
            if c >= ' ' && (character.symbol.is_none() || c != '(') {
                text.push(c);
            } else {
                self.emit(&text, character, fate);
                text.clear();
                self.special(c, position, character, fate)?;
            }
            position += c.len_utf16();
        }
        self.emit(&text, character, fate);
        text.clear();
        self.text = text;
        Ok(())
    }

    /// A character that stands for something else.
    pub(super) fn special(
        &mut self,
        c: char,
        position: usize,
        character: &Character,
        fate: Fate,
    ) -> Result<(), ReadError> {
        match c {
            '\t' => self.white("\t", fate),
            '\u{b}' | '\u{c}' | '\u{e}' => self.white("\n", fate),
            '\u{1e}' => self.emit("-", character, fate),
            '(' => {
                let (font, code) = character.symbol.unwrap_or_default();
                let font = self.source.fonts.get(usize::from(font)).copied().flatten();
                self.emit(symbol::of_code(font, u32::from(code)).encode_utf8(&mut [0; 4]), character, fate);
            }
            '\u{13}' => {
                let fields = &mut self.flow.story().fields;
                if fields.len() >= MAX_FIELDS {
                    let what = "the nesting of fields".to_owned();
                    return Err(ReadError::TooLarge { what, limit: MAX_FIELDS as u64 });
                }
                fields.push(Field::default());
            }
            '\u{14}' => {
                if let Some(field) = self.flow.story().fields.last_mut() {
                    field.result = true;
                }
            }
            '\u{15}' => {
                if let Some(field) = self.flow.story().fields.pop() {
                    self.end_field(&field, character, fate);
                }
            }
            '\u{1}' => self.picture(character, fate),
            '\u{2}' => self.refer(position, fate),
            '\u{8}' => {
                let anchors = self.anchors;
                for range in anchors.boxes.get(&position).into_iter().flatten() {
                    let fate = self.fate(fate);
                    self.text_box(range.clone(), fate)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Shows what a field without a result shows.
    pub(super) fn end_field(&mut self, field: &Field, character: &Character, fate: Fate) {
        if let Some(checked) = field.checked {
            self.emit(if checked { "☑" } else { "☐" }, character, fate);
        } else if !field.result && equation::is_equation(&field.code) {
            match equation::print(&field.code) {
                Some(text) => self.emit(&text, character, fate),
                None if self.fate(fate) == Fate::Shown => self.flow.counts.objects += 1,
                None => {}
            }
        }
    }

    pub(super) fn picture(&mut self, character: &Character, fate: Fate) {
        if let Some(place) = character.form_data() {
            let checked = form::check_box(self.source.data, place);
            if let Some(field) = self.flow.story().fields.last_mut() {
                field.checked = checked;
            }
        } else if character.picture == Picture::Object && self.fate(fate) == Fate::Shown {
            self.flow.counts.objects += 1;
        }
    }

    pub(super) fn refer(&mut self, position: usize, fate: Fate) {
        let Some(id) = self.anchors.references.get(&position) else { return };
        let Some(note) = self.flow.notes.get(*id) else { return };
        if self.fate(fate) == Fate::Shown && self.noted.insert(*id) {
            self.flow.counts.visible += note.visible;
            self.flow.story().notes.push(*id);
        }
    }

    pub(super) fn fate(&self, fate: Fate) -> Fate {
        match fate {
            Fate::Deleted | Fate::Code => fate,
            _ if self.flow.in_code() => Fate::Code,
            _ => fate,
        }
    }

    /// Text that counts as visible.
    pub(super) fn emit(&mut self, text: &str, character: &Character, fate: Fate) {
        if text.is_empty() {
            return;
        }
        let characters = visible_chars(text);
        match self.fate(fate) {
            Fate::Shown => {
                self.flow.counts.visible += characters;
                self.write(text, character);
            }
            Fate::Deleted => self.flow.counts.deleted += characters,
            Fate::Hidden => self.flow.counts.hidden += characters,
            Fate::Code => {
                let open = self.flow.story().fields.iter_mut().rev().find(|field| !field.result);
                if let Some(field) = open {
                    field.swallowed += characters;
                    if field.code.len() + text.len() <= MAX_CODE {
                        field.code.push_str(text);
                    }
                }
            }
        }
    }

    /// A tab or a line break.
    pub(super) fn white(&mut self, text: &str, fate: Fate) {
        if self.fate(fate) == Fate::Shown {
            self.write(text, &Character::default());
        }
    }

    pub(super) fn write(&mut self, text: &str, character: &Character) {
        let source = self.source;
        let draft = self.flow.story().draft(source.styles.get(0));
        if symbol::concerns(text) {
            let font = character.font.and_then(|font| source.fonts.get(usize::from(font)).copied().flatten());
            draft.text.push_str(&symbol::translate(text, font));
        } else if character.superscript {
            draft.text.extend(text.chars().map(symbol::raised));
        } else {
            draft.text.push_str(text);
        }
    }
}
