//! Printed wording made comparable: width, white space and punctuation variants folded away.
//!
//! Folding serves comparison only; what is written out stays as printed. Most words are printed as they fold, and those
//! are handed back without a copy.

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use std::borrow::Cow;
use std::sync::OnceLock;

/// A list of words that is looked for as a whole, in one pass over the text.
#[derive(Debug)]
pub struct Words {
    list: &'static [&'static str],
    search: OnceLock<Option<AhoCorasick>>,
}

impl Words {
    /// These words.
    #[must_use]
    pub const fn new(list: &'static [&'static str]) -> Self {
        Self { list, search: OnceLock::new() }
    }

    /// Whether one of the words occurs in the text.
    #[must_use]
    pub fn any_in(&self, text: &str) -> bool {
        let build = || AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(self.list).ok();
        match self.search.get_or_init(build) {
            Some(search) => search.is_match(text),
            None => self.list.iter().any(|word| text.contains(word)),
        }
    }
}

/// The text with full-width letters, digits and signs as ASCII, and without any white space.
///
/// `项　目（ＡＢ）：` and `项目(AB):` fold to the same.
#[must_use]
pub fn fold(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    // Most of it stays as it is, and is copied in runs.
    let mut run = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| !matches!(c, '!'..='~' | '\u{4e00}'..='\u{9fff}')) {
        let narrowed = narrow(c);
        let blank = is_blank(c);
        if blank || narrowed != c {
            folded.push_str(&text[run..at]);
            run = at + c.len_utf8();
            if !blank {
                folded.push(narrowed);
            }
        }
    }
    folded.push_str(&text[run..]);
    Cow::Owned(folded)
}

/// Whether the text surely holds neither blanks nor variants of width and punctuation: those are ASCII white space and
/// characters whose UTF-8 begins with one of five bytes. Chinese characters begin with others.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    let odd = |byte: u8| matches!(byte, b'\t'..=b'\r' | b' ' | 0xc2 | 0xe1 | 0xe2 | 0xe3 | 0xef);
    // All bytes are looked at, many at a time: texts are short.
    !text.bytes().fold(false, |found, byte| found | odd(byte))
}

/// The text on one line: line breaks inside a cell removed, outer white space trimmed, and blanks that only space out
/// Chinese characters (`合　　计`) removed. Blanks beside Latin letters or digits become one space.
#[must_use]
pub fn tidy(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c == '\n' || c == '\r' {
            continue;
        }
        if is_blank(c) {
            gap = true;
            continue;
        }
        if gap && out.chars().last().is_some_and(|last| last.is_ascii_graphic() && c.is_ascii_graphic()) {
            out.push(' ');
        }
        gap = false;
        out.push(c);
    }
    out
}

/// The text as printed but on one line: line breaks removed, outer white space trimmed, inner blanks kept.
#[must_use]
pub fn one_line(text: &str) -> String {
    let lines = text.split(['\n', '\r']).map(str::trim_end);
    lines.collect::<String>().trim_matches(is_blank).to_owned()
}

/// Whether there is nothing to see in the text.
#[must_use]
pub fn blank(text: &str) -> bool {
    text.chars().all(is_blank)
}

/// Whether the folded text is a sign that stands for "nothing here": a dash, a slash, an asterisk.
#[must_use]
pub fn placeholder(text: &str) -> bool {
    let sign = |c: char| {
        matches!(c, '-' | '－' | '—' | '–' | '―' | '─' | '/' | '／' | '\\' | '*' | '＊' | '…' | '·')
    };
    text.chars().all(|c| is_blank(c) || sign(c))
}

/// The text without list numbering in front (`一、` `（二）` `3.` `（4）` `①`) and the numbering itself.
#[must_use]
pub fn split_numbering(text: &str) -> (&str, &str) {
    let trimmed = text.trim_start();
    let end = numbering_end(trimmed);
    let (number, rest) = trimmed.split_at(end);
    (number, rest.trim_start())
}

fn numbering_end(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let Some(&(_, first)) = chars.peek() else { return 0 };
    if ('①'..='⑳').contains(&first) {
        return first.len_utf8();
    }
    let opened = matches!(first, '（' | '(' | '〔' | '【');
    if opened {
        chars.next();
    }
    let mut digits = 0;
    let mut arabic = true;
    while let Some(&(_, c)) = chars.peek() {
        if c.is_ascii_digit() || ('０'..='９').contains(&c) {
            digits += 1;
        } else if is_chinese_digit(c) {
            digits += 1;
            arabic = false;
        } else {
            break;
        }
        chars.next();
    }
    if digits == 0 || digits > 4 {
        return 0;
    }
    let Some(&(at, mark)) = chars.peek() else { return 0 };
    let closes = if opened { matches!(mark, '）' | ')' | '〕' | '】') } else { is_list_mark(mark) };
    if !closes {
        return 0;
    }
    chars.next();
    // 1.5万元 is a number and no list item; 3.2022年 is the third item, on a year.
    let next = chars.peek().map(|(_, c)| *c);
    let inside_number = next.is_some_and(|c| c.is_ascii_digit());
    if !opened && arabic && matches!(mark, '.' | '．' | ',' | '，') && inside_number {
        let year = matches!(mark, '.' | '．') && begins_with_year(&text[at + mark.len_utf8()..]);
        if !year {
            return 0;
        }
    }
    // （一）、 carries a second mark.
    let mut end = at + mark.len_utf8();
    if opened && next.is_some_and(is_list_mark) {
        end += next.map_or(0, char::len_utf8);
    }
    end
}

/// `2022年…`: four digits of this or the last century and 年.
fn begins_with_year(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let century = text.starts_with("20") || text.starts_with("19");
    digits == 4 && century && text[4..].starts_with('年')
}

fn is_list_mark(c: char) -> bool {
    matches!(c, '、' | '.' | '．' | '，' | ',' | '）' | ')')
}

/// Whether the character is one of the digits used in Chinese list numbering.
#[must_use]
pub fn is_chinese_digit(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百')
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '“' | '”' | '〝' | '〞' => '"',
        '‘' | '’' => '\'',
        '﹕' => ':',
        '﹙' => '(',
        '﹚' => ')',
        '【' | '〔' => '[',
        '】' | '〕' => ']',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_makes_spacing_and_width_alike() {
        assert_eq!(fold("项　目（ＡＢ）："), fold("项目(AB):"));
    }

    #[test]
    fn every_character_that_folds_differently_is_seen() {
        for c in '\0'..=char::MAX {
            let (text, mut buffer) = (c.to_string(), [0; 4]);
            let expected = if is_blank(c) { "" } else { narrow(c).encode_utf8(&mut buffer) };
            assert_eq!(fold(&text), expected, "{c:?}");
            assert_eq!(tidy(&text).is_empty(), is_blank(c), "{c:?}");
        }
    }

    #[test]
    fn tidying_keeps_spaces_between_latin_words_only() {
        assert_eq!(tidy("合　 计"), "合计");
        assert_eq!(tidy("二级\n指标"), "二级指标");
        assert_eq!(tidy("VPN gate 端"), "VPN gate端");
    }

    #[test]
    fn numbering_is_split_from_the_words() {
        for (text, number, rest) in [
            ("一、主要职责", "一、", "主要职责"),
            ("（十二）完成", "（十二）", "完成"),
            ("（4） 部门整体", "（4）", "部门整体"),
            ("3.公务接待费", "3.", "公务接待费"),
            ("1.5万元", "", "1.5万元"),
            ("1,234.5万元", "", "1,234.5万元"),
            ("3.2022年中央补助资金", "3.", "2022年中央补助资金"),
            ("3.2022", "", "3.2022"),
            ("2021年预算", "", "2021年预算"),
            ("①人员", "①", "人员"),
            ("三公经费", "", "三公经费"),
        ] {
            assert_eq!(split_numbering(text), (number, rest), "{text}");
        }
    }

    #[test]
    fn dashes_stand_for_nothing() {
        assert!(placeholder("——") && placeholder("/") && placeholder(""));
        assert!(!placeholder("0") && !placeholder("无"));
    }
}
