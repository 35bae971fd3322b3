//! The characters of one glyph, and the forms that stand for ordinary characters.

use super::radicals::RADICALS;

/// One glyph for the Chinese dash, which is typed as two.
const TWO_EM_DASH: char = '\u{2e3a}';

/// The characters one glyph stands for: nearly always one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::reader) enum Characters {
    /// Not known.
    #[default]
    Unknown,
    /// One character.
    One(char),
    /// Several, as of a ligature.
    Several(Box<str>),
}

impl Characters {
    pub(in crate::reader) const UNKNOWN: Self = Characters::Unknown;

    /// One character in its ordinary form; unknown for a control character, which no glyph can stand for.
    pub(in crate::reader) fn one(character: char) -> Self {
        if character == '\u{fffd}' || (character.is_control() && !character.is_whitespace()) {
            return Self::UNKNOWN;
        }
        if character == TWO_EM_DASH {
            return Characters::Several("——".into());
        }
        Characters::One(ordinary(character))
    }

    /// Several characters in their ordinary forms.
    pub(in crate::reader) fn several(text: &str) -> Self {
        let mut characters = text.chars().filter(|c| !c.is_control()).map(ordinary);
        match (characters.next(), characters.next()) {
            (None, _) => Self::UNKNOWN,
            (Some(only), None) => Self::one(only),
            _ => Characters::Several(text.chars().filter(|c| !c.is_control()).map(ordinary).collect()),
        }
    }

    /// The first character; U+FFFD where unknown.
    pub(in crate::reader) fn first(&self) -> char {
        match self {
            Characters::Unknown => '\u{fffd}',
            Characters::One(character) => *character,
            Characters::Several(text) => text.chars().next().unwrap_or('\u{fffd}'),
        }
    }

    /// Whether it is white space or of no width, which divides words.
    pub(in crate::reader) fn is_space(&self) -> bool {
        match self {
            Characters::Unknown => false,
            Characters::One(character) => is_blank(*character),
            Characters::Several(text) => text.chars().all(is_blank),
        }
    }

    /// Appends the characters to a text.
    pub(in crate::reader) fn push_to(&self, text: &mut String) {
        match self {
            Characters::Several(several) => text.push_str(several),
            _ => text.push(self.first()),
        }
    }
}

fn is_blank(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// The ordinary character for a form that fonts map to but nobody types: Kangxi radicals and CJK radicals supplement
/// (Unicode charts U+2F00 and U+2E80, by their decompositions and EquivalentUnifiedIdeograph.txt), compatibility
/// ideographs, the variants 戶 and 户 in fonts of the mainland, where only 户 is standard, and signs of mathematics that
/// share the glyphs of a stroke and of an ellipsis.
fn ordinary(character: char) -> char {
    match character {
        '\u{2e80}'..='\u{2fd5}' => RADICALS
            .binary_search_by_key(&character, |(form, _)| *form)
            .map_or(character, |index| RADICALS[index].1),
        '\u{6236}' | '\u{6238}' => '\u{6237}',
        '\u{2215}' => '/',
        '\u{22ef}' => '…',
        '\u{a0}' => ' ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_and_variants_become_ordinary_characters() {
        let read: String = "\u{2ea0}\u{2ed4}\u{2ed3}\u{2ec5}\u{2f08}\u{6236}\u{2f3e}"
            .chars()
            .map(|c| Characters::one(c).first())
            .collect();
        assert_eq!(read, "民门长见人户户");
        assert_eq!(Characters::one('\u{2215}').first(), '/');
        assert_eq!(Characters::one(TWO_EM_DASH), Characters::Several("——".into()));
    }

    #[test]
    fn control_characters_are_no_text() {
        assert_eq!(Characters::one('\u{1}'), Characters::Unknown);
        assert!(Characters::one('\u{3000}').is_space());
    }
}
