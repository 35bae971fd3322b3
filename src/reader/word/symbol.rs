//! Characters of symbol fonts, which stand at private code points, as the Unicode characters they look like.

/// The character that stands for a symbol without a Unicode twin known here.
const UNKNOWN: char = '•';

/// Symbol font. Source: Adobe Symbol encoding, as registered at unicode.org (ADOBE/symbol.txt).
const SYMBOL: &[(u32, char)] = &[
    (0x2b, '+'),
    (0x2d, '−'),
    (0x3d, '='),
    (0x3c, '<'),
    (0x3e, '>'),
    (0xa2, '′'),
    (0xa3, '≤'),
    (0xa5, '∞'),
    (0xb0, '°'),
    (0xb1, '±'),
    (0xb2, '″'),
    (0xb3, '≥'),
    (0xb4, '×'),
    (0xb7, '•'),
    (0xb8, '÷'),
    (0xb9, '≠'),
    (0xba, '≡'),
    (0xbb, '≈'),
    (0xbc, '…'),
    (0xd6, '√'),
    (0xd7, '⋅'),
    (0xe5, '∑'),
];

/// Wingdings. Source: the font's character names and Unicode's proposal L2/11-052 for the same characters.
const WINGDINGS: &[(u32, char)] = &[
    (0x6c, '●'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x71, '❑'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '◆'),
    (0xa7, '▪'),
    (0xa8, '□'),
    (0xab, '★'),
    (0xd8, '➢'),
    (0xe0, '→'),
    (0xe8, '➔'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfd, '☒'),
    (0xfe, '☑'),
];

/// Wingdings 2.
const WINGDINGS_2: &[(u32, char)] =
    &[(0x4f, '✗'), (0x50, '✓'), (0x51, '☒'), (0x52, '☑'), (0x53, '☒'), (0x54, '☒'), (0xa3, '□')];

/// A font whose characters are pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reader) enum Font {
    /// Symbol: Greek letters and mathematical signs.
    Symbol,
    /// Wingdings: ticks, boxes, arrows.
    Wingdings,
    /// Wingdings 2.
    Wingdings2,
    /// Webdings, Wingdings 3 and others without a table here.
    Other,
}

impl Font {
    /// The symbol font of this name; `None` for fonts that hold letters.
    pub(in crate::reader) fn from_name(name: &str) -> Option<Self> {
        let fonts = [
            ("symbol", Self::Symbol),
            ("wingdings", Self::Wingdings),
            ("wingdings 2", Self::Wingdings2),
            ("wingdings 3", Self::Other),
            ("webdings", Self::Other),
        ];
        let name = name.trim();
        fonts.into_iter().find(|(known, _)| name.eq_ignore_ascii_case(known)).map(|(_, font)| font)
    }

    fn table(self) -> &'static [(u32, char)] {
        match self {
            Self::Symbol => SYMBOL,
            Self::Wingdings => WINGDINGS,
            Self::Wingdings2 => WINGDINGS_2,
            Self::Other => &[],
        }
    }
}

/// What `w:sym` shows: `code` is its `w:char` in hexadecimal.
pub(in crate::reader) fn character(font: &str, code: &str) -> char {
    let Ok(code) = u32::from_str_radix(code.trim(), 16) else { return UNKNOWN };
    of_code(Font::from_name(font), code)
}

/// What a character of a font shows.
pub(in crate::reader) fn of_code(font: Option<Font>, code: u32) -> char {
    match font {
        Some(font) => shown(font, code),
        None if private(code) => UNKNOWN,
        None => char::from_u32(code).unwrap_or(UNKNOWN),
    }
}

/// Text with the characters at private code points as the font shows them.
pub(in crate::reader) fn translate(text: &str, font: Option<Font>) -> String {
    let font = font.unwrap_or(Font::Other);
    text.chars().map(|c| if private(c as u32) { shown(font, c as u32) } else { c }).collect()
}

/// Whether a text may hold characters of a symbol font.
pub(in crate::reader) fn concerns(text: &str) -> bool {
    // U+F000 to U+F0FF in UTF-8.
    text.as_bytes().windows(2).any(|pair| pair[0] == 0xef && (0x80..=0x83).contains(&pair[1]))
}

fn shown(font: Font, code: u32) -> char {
    let low = if private(code) { code - 0xf000 } else { code };
    font.table().iter().find(|(at, _)| *at == low).map_or(UNKNOWN, |(_, shown)| *shown)
}

/// The text of a bullet level: characters of symbol fonts become a plain bullet.
pub(in crate::reader) fn bullet(text: &str) -> String {
    text.chars().map(|c| if private(c as u32) { UNKNOWN } else { c }).collect()
}

/// The private code points that Word uses for the 224 characters of a symbol font.
fn private(code: u32) -> bool {
    (0xf020..=0xf0ff).contains(&code)
}

/// A raised digit, so that 10⁴ is not read as 104; other characters stay as they are.
pub(in crate::reader) fn raised(character: char) -> char {
    match character {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4'..='9' => char::from_u32('⁴' as u32 + character as u32 - '4' as u32).unwrap_or(character),
        other => other,
    }
}
