//! What an embedded font and its name tell beside its outlines.

use skrifa::MetadataProvider;
use std::collections::HashMap;

/// Characters by glyph number. Where several characters share a glyph, the one that is no compatibility form wins,
/// then the lowest.
pub(in crate::reader) fn reverse(font: &[u8]) -> HashMap<u32, char> {
    let mut reversed = HashMap::new();
    let Ok(font) = skrifa::FontRef::from_index(font, 0) else { return reversed };
    for (code, glyph) in font.charmap().mappings() {
        let Some(character) = char::from_u32(code) else { continue };
        let kept = reversed.entry(glyph.to_u32()).or_insert(character);
        if rank(character) < rank(*kept) {
            *kept = character;
        }
    }
    reversed
}

/// Symbol fonts map from U+F000 on, which says nothing about the character; compatibility forms come after the rest.
fn rank(character: char) -> (u8, char) {
    let class = match character {
        '\u{e000}'..='\u{f8ff}' => 2,
        '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' | '\u{a0}' | '\u{ad}' => 1,
        _ => 0,
    };
    (class, character)
}

/// Names of bold faces, Chinese ones included: SimHei and its kin are the bold companions of SimSun.
pub(in crate::reader) fn is_bold_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["bold", "heavy", "black", "simhei", "heiti", "xbs", "xiaobiaosong", "fzhei"]
        .iter()
        .any(|part| name.contains(part))
}
