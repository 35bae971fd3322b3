//! Texts as they stand in the XML of a workbook.

use std::fmt::Write as _;

/// Adds a text as an element `t`.
pub(super) fn push_text(xml: &mut String, text: &str) {
    let at_an_end = |c: Option<char>| c.is_some_and(|c| c.is_ascii_whitespace());
    let kept = at_an_end(text.chars().next()) || at_an_end(text.chars().next_back());
    xml.push_str(if kept { "<t xml:space=\"preserve\">" } else { "<t>" });
    push_escaped(xml, text);
    xml.push_str("</t>");
}

/// Adds a text with what XML can't hold in the spelling of Office, `_x000D_` for a carriage return, and with what looks
/// like such a spelling guarded.
pub(super) fn push_escaped(xml: &mut String, text: &str) {
    let mut done = 0;
    for (at, c) in text.char_indices() {
        let escape = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '_' if looks_escaped(&text.as_bytes()[at..]) => "_x005F_",
            '\t' | '\n' => continue,
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => "",
            _ => continue,
        };
        xml.push_str(&text[done..at]);
        xml.push_str(escape);
        if escape.is_empty() {
            let _ = write!(xml, "_x{:04X}_", u32::from(c));
        }
        done = at + c.len_utf8();
    }
    xml.push_str(&text[done..]);
}

/// Whether it begins like `_x000D_`.
fn looks_escaped(text: &[u8]) -> bool {
    text.get(..7).is_some_and(|text| {
        text[1] == b'x' && text[6] == b'_' && text[2..6].iter().all(u8::is_ascii_hexdigit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_as_office_does() {
        let escaped = |text: &str| {
            let mut xml = String::new();
            push_text(&mut xml, text);
            xml
        };
        assert_eq!(escaped("a<b> & \"c\""), "<t>a&lt;b&gt; &amp; &quot;c&quot;</t>");
        assert_eq!(escaped(" 预算\n"), "<t xml:space=\"preserve\"> 预算\n</t>");
        assert_eq!(escaped("a\r\n\u{1}b"), "<t>a_x000D_\n_x0001_b</t>");
        assert_eq!(escaped("_x000D_ _x_ \u{ffff}"), "<t>_x005F_x000D_ _x_ _xFFFF_</t>");
    }
}
