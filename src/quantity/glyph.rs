//! Printed characters in one form: full-width, look-alike and traditional shapes folded one to one, so that offsets hold.

/// Folds one printed character into the form the readers of this module know.
///
/// The fold is one to one: the n-th folded character stands for the n-th printed one. The full-width comma is kept, as
/// it parts clauses in running text where the narrow one parts thousands.
pub(super) fn fold(printed: char) -> char {
    match printed {
        ' '..='~' => printed,
        '\t' | '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}' => ' ',
        '\r' => '\n',
        '，' => '，',
        '！'..='～' => char::from_u32(printed as u32 - 0xfee0).unwrap_or(printed),
        // ≮ and ≯ are not less and not greater than.
        '≧' | '⩾' | '≮' => '≥',
        '≦' | '⩽' | '≯' => '≤',
        '﹥' | '〉' | '›' => '>',
        '﹤' | '〈' | '‹' => '<',
        '﹦' => '=',
        '≒' | '≃' | '≅' => '≈',
        '‐'..='―' | '−' | '─' | '━' | '﹣' | '⁃' => '-',
        '〜' | '∼' | '˜' | '〰' | '∽' => '~',
        '•' | '‧' | '∙' | '・' | '⋅' | '․' | '●' => '·',
        '∕' | '⁄' | '╱' => '/',
        '﹪' | '٪' => '%',
        '￥' => '¥',
        '￡' => '£',
        '〔' | '【' | '「' => '[',
        '〕' | '】' | '」' => ']',
        '﹙' => '(',
        '﹚' => ')',
        '萬' => '万',
        '億' => '亿',
        '圓' => '圆',
        '個' => '个',
        '點' => '点',
        '貳' | '弍' | '弐' | '貮' => '贰',
        '參' | '叄' | '弎' => '叁',
        '陸' => '陆',
        '壱' | '弌' => '壹',
        '兩' => '两',
        '○' | 'Ο' | '◯' => '〇',
        '仟' => '千',
        '佰' => '百',
        '拾' => '十',
        other => other,
    }
}

/// Folds a whole text, character by character.
pub(super) fn fold_all(text: &str) -> Vec<char> {
    let mut folded = Vec::with_capacity(text.len());
    folded.extend(text.chars().map(fold));
    folded
}

/// Where the next character that is not a blank stands, at or after `at`.
pub(super) fn skip_blanks(chars: &[char], mut at: usize) -> usize {
    while chars.get(at) == Some(&' ') {
        at += 1;
    }
    at
}

/// Whether the word stands at this place.
pub(super) fn starts_with(chars: &[char], at: usize, word: &str) -> bool {
    let mut rest = chars.get(at..).unwrap_or_default().iter();
    word.chars().all(|wanted| rest.next() == Some(&wanted))
}

/// The end of the word if it stands at this place.
pub(super) fn after(chars: &[char], at: usize, word: &str) -> Option<usize> {
    starts_with(chars, at, word).then(|| at + word.chars().count())
}

/// The end of the longest of the words that stand at this place.
pub(super) fn after_any(chars: &[char], at: usize, words: &[&str]) -> Option<usize> {
    words.iter().filter_map(|word| after(chars, at, word)).max()
}

/// Whether a character is a Han ideograph, which is what Chinese words are written in.
pub(super) fn is_han(glyph: char) -> bool {
    matches!(glyph, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_every_character_in_its_place() {
        let printed = "≧１２３．５％　壹佰萬圓（整）";
        let folded: String = fold_all(printed).into_iter().collect();
        assert_eq!(folded, "≥123.5% 壹百万圆(整)");
        assert_eq!(folded.chars().count(), printed.chars().count());
    }
}
