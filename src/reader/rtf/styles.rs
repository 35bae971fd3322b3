//! The style sheet, as far as paragraphs refer to it.

use crate::reader::word::style::{Style, heading_level};
use std::collections::BTreeMap;

/// All styles by their number; paragraphs and characters count apart.
#[derive(Debug, Default)]
pub(super) struct Styles {
    paragraphs: BTreeMap<i32, Style>,
    characters: BTreeMap<i32, Style>,
    entry: Entry,
}

/// The style being read.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// Its number; the first style has none.
    pub(super) number: Option<i32>,
    /// Whether it is a style of characters.
    pub(super) of_characters: bool,
    pub(super) style: Style,
    pub(super) name: String,
}

impl Styles {
    /// The entry being read.
    pub(super) fn entry(&mut self) -> &mut Entry {
        &mut self.entry
    }

    /// Ends the entry, whose name ends with a semicolon.
    pub(super) fn end(&mut self) {
        let Entry { number, of_characters, mut style, name } = std::mem::take(&mut self.entry);
        if name.is_empty() {
            return;
        }
        style.outline = style.outline.or_else(|| heading_level(name.trim_end_matches(';')));
        let list = if of_characters { &mut self.characters } else { &mut self.paragraphs };
        list.insert(number.unwrap_or(0), style);
    }

    /// The style of a paragraph.
    pub(super) fn paragraph(&self, number: i32) -> Style {
        self.paragraphs.get(&number).copied().unwrap_or_default()
    }

    /// Whether a style of characters hides them.
    pub(super) fn hides(&self, number: i32) -> bool {
        self.characters.get(&number).and_then(|style| style.hidden).unwrap_or(false)
    }
}
