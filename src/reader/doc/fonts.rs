//! The names of the fonts that runs refer to by number. Source: [MS-DOC] 2.9.286 and 2.9.89.

use super::bytes::{byte, half, slice};
use crate::reader::word::symbol::Font;

/// Bytes before the name in a font's entry, its own length included.
const NAME: usize = 40;

/// Which of the fonts are symbol fonts, by their number.
pub(super) fn read(bytes: &[u8]) -> Vec<Option<Font>> {
    let count = half(bytes, 0).map_or(0, usize::from);
    let mut at = 4;
    let mut fonts = Vec::new();
    for _ in 0..count {
        let Some(length) = byte(bytes, at).map(usize::from) else { break };
        let Some(entry) = slice(bytes, at, length + 1) else { break };
        let name = super::bytes::utf16(entry.get(NAME..).unwrap_or_default());
        fonts.push(Font::from_name(name.split('\0').next().unwrap_or_default()));
        at += length + 1;
    }
    fonts
}
