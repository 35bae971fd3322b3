//! The font table: in which encoding the bytes of each font are.

use crate::reader::word::codepage;
use crate::reader::word::symbol;
use std::collections::BTreeMap;

/// The character set of fonts whose characters are pictures.
const SYMBOLS: u32 = 2;
/// The Western character set, under which programs also write Chinese bytes.
const WESTERN: u32 = 0;

/// All fonts by their number.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    by_number: BTreeMap<i32, Font>,
    /// The code page of the document.
    pub(super) page: u32,
    /// The font of text that names none.
    pub(super) default: i32,
}

#[derive(Debug, Default)]
struct Font {
    name: String,
    set: Option<u32>,
    page: Option<u32>,
}

/// Bytes as text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    /// Characters that could not be decoded.
    pub(super) undecodable: u64,
}

impl Fonts {
    /// No fonts, and the Western code page.
    pub(super) fn new() -> Self {
        Self { page: 1252, ..Self::default() }
    }

    /// Begins the entry of a font.
    pub(super) fn begin(&mut self, number: i32) {
        self.by_number.insert(number, Font::default());
    }

    /// Adds to the name of a font; it ends with a semicolon.
    pub(super) fn name(&mut self, number: i32, text: &str) {
        if let Some(font) = self.by_number.get_mut(&number) {
            font.name.push_str(text.split(';').next().unwrap_or_default());
        }
    }

    /// The character set of a font (`\fcharset`).
    pub(super) fn set(&mut self, number: i32, set: u32) {
        if let Some(font) = self.by_number.get_mut(&number) {
            font.set = Some(set);
        }
    }

    /// The code page of a font (`\cpg`), which comes before its character set.
    pub(super) fn code_page(&mut self, number: i32, page: u32) {
        if let Some(font) = self.by_number.get_mut(&number) {
            font.page = Some(page);
        }
    }

    /// The symbol font with this number.
    pub(super) fn symbols(&self, number: i32) -> Option<symbol::Font> {
        let font = self.by_number.get(&number)?;
        let known = symbol::Font::from_name(&font.name);
        known.or((font.set == Some(SYMBOLS)).then_some(symbol::Font::Other))
    }

    /// The text that bytes in a font stand for.
    pub(super) fn decode(&self, bytes: &[u8], number: i32) -> Decoded {
        let font = self.by_number.get(&number).or_else(|| self.by_number.get(&self.default));
        if font.is_some_and(|font| font.set == Some(SYMBOLS)) {
            let shown = |byte: &u8| match byte {
                0..=0x20 => char::from(*byte),
                _ => char::from_u32(0xf000 + u32::from(*byte)).unwrap_or(' '),
            };
            return Decoded { text: bytes.iter().map(shown).collect(), undecodable: 0 };
        }
        self.decode_name(bytes, number)
    }

    /// The name that bytes in the entry of a font stand for, which is never in symbols.
    pub(super) fn decode_name(&self, bytes: &[u8], number: i32) -> Decoded {
        let font = self.by_number.get(&number).or_else(|| self.by_number.get(&self.default));
        if bytes.is_ascii() {
            return Decoded { text: String::from_utf8_lossy(bytes).into_owned(), undecodable: 0 };
        }
        let of_set = font.and_then(|font| codepage::of_character_set(font.set?));
        let stated = font.and_then(|font| font.page).or(of_set);
        let western = font.is_some_and(|font| font.set == Some(WESTERN));
        let page = match stated {
            Some(_) if western && self.page == 936 && is_chinese(bytes) => self.page,
            Some(page) => page,
            None => self.page,
        };
        let (text, _) = codepage::of_page(page).decode_without_bom_handling(bytes);
        let undecodable = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count() as u64;
        Decoded { text: text.into_owned(), undecodable }
    }
}

/// Whether all bytes beyond ASCII are pairs of GB 2312, which Western text hardly ever is.
fn is_chinese(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        rest = match after {
            _ if first.is_ascii() => after,
            [second, after @ ..] if *first >= 0xa1 && *second >= 0xa1 => after,
            _ => return false,
        };
    }
    true
}

#[cfg(test)]
mod tests {
    use super::Fonts;

    #[test]
    fn bytes_are_read_in_the_encoding_of_their_font() {
        let mut fonts = Fonts { page: 936, ..Fonts::default() };
        for (number, set) in [(0, 0), (1, 134), (2, 136), (3, 2)] {
            fonts.begin(number);
            fonts.set(number, set);
        }
        let text = |bytes: &[u8], font| fonts.decode(bytes, font).text;
        assert_eq!(text(b"\xd4\xa4\xcb\xe3", 1), "预算");
        assert_eq!(text(b"\xb9w\xba\xe2", 2), "預算");
        assert_eq!(text(b"\xd4\xa4\xcb\xe3", 0), "预算");
        assert_eq!(text(b"caf\xe9", 0), "café");
        assert_eq!(text(b"\xb7", 3), "\u{f0b7}");
        assert_eq!(text(b"\xd4\xa4\xcb\xe3", 9), "预算");
        assert_eq!(fonts.decode(b"\xd4", 1).undecodable, 1);
    }
}
