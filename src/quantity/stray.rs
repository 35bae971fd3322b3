//! Typing residue at the edge of a cell: a lone `v` of a paste that went wrong, a stray stroke.

use super::glyph::is_han;

/// The residue at the end or the beginning of a cell's text, `None` where there is none.
///
/// A single small Latin letter next to a Chinese one (`计划标准v`) or on a line of its own is residue; capitals
/// (`疫苗A`) and letters that are units are not.
#[must_use]
pub fn stray(text: &str) -> Option<&str> {
    let text = text.trim();
    let mut ends = text.chars().rev();
    let last = ends.next()?;
    let before = ends.find(|glyph| *glyph != ' ');
    if is_residue(last)
        && before.is_some_and(|glyph| is_han(glyph) || matches!(glyph, '\n' | '%' | '）' | ')' | '”' | '》'))
    {
        return text.get(text.len() - last.len_utf8()..);
    }
    let mut begins = text.chars();
    let first = begins.next()?;
    let next = begins.next()?;
    let residue = is_residue(first) && (is_han(next) || next == '\n');
    residue.then(|| text.get(..first.len_utf8())).flatten()
}

fn is_residue(glyph: char) -> bool {
    (glyph.is_ascii_lowercase() && !matches!(glyph, 'm' | 'g' | 't' | 'h'))
        || matches!(glyph, '\\' | '`' | '^' | '|' | '_' | '#' | '@' | 'V')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lone_letter_after_a_chinese_word_is_residue() {
        assert_eq!(stray("计划标准v"), Some("v"));
        assert_eq!(stray("发放频率\nv"), Some("v"));
        assert_eq!(stray("v每平方米维修造价"), Some("v"));
        assert_eq!(stray("100%v"), Some("v"));
    }

    #[test]
    fn letters_that_mean_something_are_not() {
        assert_eq!(stray("计划标准"), None);
        assert_eq!(stray("维生素A"), None);
        assert_eq!(stray("5m"), None);
        assert_eq!(stray("PM2.5"), None);
        assert_eq!(stray("v"), None);
        assert_eq!(stray(""), None);
    }
}
