//! Texts as they stand in the XML of a workbook.

/// Adds a text as an element `t`.
pub(super) fn push_text(xml: &mut Vec<u8>, text: &[u8]) {
    let at_an_end = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
    let kept = at_an_end(text.first()) || at_an_end(text.last());
    xml.extend(if kept { &b"<t xml:space=\"preserve\">"[..] } else { b"<t>" });
    push_escaped(xml, text);
    xml.extend(b"</t>");
}

/// Adds a text with what XML can't hold in the spelling of Office, `_x000D_` for a carriage return, and with what looks
/// like such a spelling guarded.
pub(super) fn push_escaped(xml: &mut Vec<u8>, text: &[u8]) {
    if is_plain(text) {
        xml.extend(text);
        return;
    }
    let text = String::from_utf8_lossy(text);
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
        xml.extend(&text.as_bytes()[done..at]);
        xml.extend(escape.as_bytes());
        if escape.is_empty() {
            xml.extend(format!("_x{:04X}_", u32::from(c)).as_bytes());
        }
        done = at + c.len_utf8();
    }
    xml.extend(&text.as_bytes()[done..]);
}

/// Whether nothing in a text needs a closer look. All bytes are looked at, many at a time: texts are short.
fn is_plain(text: &[u8]) -> bool {
    let special = |byte: u8| byte < b' ' || matches!(byte, b'&' | b'<' | b'>' | b'"' | b'_');
    // U+FFFE and U+FFFF begin with these two bytes.
    let odd = |pair: &[u8]| pair == [0xef, 0xbf];
    !text.iter().fold(false, |found, byte| found | special(*byte)) && !text.windows(2).any(odd)
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
            let mut xml = Vec::new();
            push_text(&mut xml, text.as_bytes());
            String::from_utf8(xml).unwrap()
        };
        assert_eq!(escaped("a<b> & \"c\""), "<t>a&lt;b&gt; &amp; &quot;c&quot;</t>");
        assert_eq!(escaped(" 预算\n"), "<t xml:space=\"preserve\"> 预算\n</t>");
        assert_eq!(escaped("a\r\n\u{1}b"), "<t>a_x000D_\n_x0001_b</t>");
        assert_eq!(escaped("_x000D_ _x_ \u{ffff}"), "<t>_x005F_x000D_ _x_ _xFFFF_</t>");
    }
}
