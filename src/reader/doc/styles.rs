//! The style sheet. Source: [MS-DOC] 2.9.271 and 2.9.260.

use super::bytes::{half, slice};
use super::properties;
use crate::reader::word::style::{MAX_CHAIN, Style};

/// The number that stands for no style.
const NONE: u16 = 0x0fff;
/// Built-in styles 1 to 9 are the headings.
const HEADINGS: std::ops::RangeInclusive<u16> = 1..=9;

/// All styles by their number, each with what it inherits.
#[derive(Debug, Default)]
pub(super) struct Styles {
    list: Vec<Style>,
}

#[derive(Clone, Copy)]
struct Entry {
    base: u16,
    own: Style,
}

impl Styles {
    /// Reads the style sheet; a broken entry counts as an empty one.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let header = half(bytes, 0).map_or(0, usize::from);
        let count = half(bytes, 2).map_or(0, usize::from);
        let base_length = half(bytes, 4).map_or(10, usize::from);
        let mut at = 2 + header;
        let mut entries: Vec<Entry> = Vec::new();
        for _ in 0..count {
            let Some(length) = half(bytes, at).map(usize::from) else { break };
            let Some(definition) = slice(bytes, at + 2, length) else { break };
            entries.push(entry(definition, base_length).unwrap_or(EMPTY));
            at += 2 + length;
        }
        let list = (0..entries.len()).map(|index| resolve(&entries, index)).collect();
        Self { list }
    }

    /// A style by its number, the first one where there is none of this number.
    pub(super) fn get(&self, number: u16) -> Style {
        self.list.get(usize::from(number)).or(self.list.first()).copied().unwrap_or_default()
    }
}

const EMPTY: Entry = Entry {
    base: NONE,
    own: Style { outline: None, centred: None, number: None, level: None, hidden: None },
};

fn resolve(entries: &[Entry], index: usize) -> Style {
    let mut entry = entries[index];
    let mut style = entry.own;
    for _ in 0..MAX_CHAIN {
        let Some(base) = entries.get(usize::from(entry.base)) else { break };
        entry = *base;
        style = style.over(&entry.own);
    }
    style
}

fn entry(definition: &[u8], base_length: usize) -> Option<Entry> {
    let built_in = half(definition, 0)? & 0x0fff;
    let second = half(definition, 2)?;
    let (kind, base) = (second & 0x000f, second >> 4);
    let name = half(definition, base_length).map(usize::from)?;
    // The name ends with a zero; what follows begins at even places.
    let mut at = base_length + 2 + 2 * name + 2;
    let mut next = || {
        at += at % 2;
        let length = usize::from(half(definition, at)?);
        let bytes = slice(definition, at + 2, length)?;
        at += 2 + length;
        Some(bytes)
    };
    let own = match kind {
        1 => {
            let paragraphs = next().and_then(|bytes| bytes.get(2..)).unwrap_or_default();
            properties::style(paragraphs, next().unwrap_or_default())
        }
        2 => properties::style(&[], next().unwrap_or_default()),
        _ => Style::default(),
    };
    let heading = HEADINGS.contains(&built_in).then(|| built_in.to_le_bytes()[0] - 1);
    Some(Entry { base, own: Style { outline: own.outline.or(heading), ..own } })
}
