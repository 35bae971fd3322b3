//! What in a dump is no text: bookmark marks, control characters, and the many kinds of line ends.

/// How a dump prints a bookmark: `[bookmark: _Toc471398402]`.
const BOOKMARK: &str = "[bookmark:";
/// The longest name Word allows has 40 characters; sheet ranges as names are longer.
const MAX_BOOKMARK: usize = 400;

/// The text with `\n` as its only line end, without bookmark marks and control characters.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(BOOKMARK) {
        let (before, mark) = rest.split_at(start);
        push_lines(&mut out, before);
        let length = bookmark_length(mark);
        // Something that only begins like a mark is text.
        push_lines(&mut out, if length == 0 { BOOKMARK } else { "" });
        rest = &mark[length.max(if length == 0 { BOOKMARK.len() } else { 0 })..];
    }
    push_lines(&mut out, rest);
    out
}

/// Bytes of the bookmark mark that the text begins with; 0 where its line holds no closing bracket.
fn bookmark_length(mark: &str) -> usize {
    let end = mark.bytes().take(MAX_BOOKMARK).position(|byte| matches!(byte, b']' | b'\n' | b'\r'));
    end.filter(|end| mark.as_bytes()[*end] == b']').map_or(0, |end| end + 1)
}

fn push_lines(out: &mut String, text: &str) {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            // A page break ends a line, but makes no blank one.
            '\u{c}' if out.is_empty() || out.ends_with('\n') => {}
            // Line break of Word, page break, next line, line and paragraph separator.
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\n' | '\t' => out.push(c),
            '\u{feff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn only_text_and_plain_line_ends_are_left() {
        let cases = [
            ("[bookmark: _Toc1]一、概况", "一、概况"),
            ("a[bookmark: RANGE!A1:C9]b[bookmark: x]", "ab"),
            ("[bookmark: 没有结尾\n下一行]", "[bookmark: 没有结尾\n下一行]"),
            ("[bookmark:[bookmark: x]y", "y"),
            ("一\r\n二\r三\u{b}四\u{2028}五", "一\n二\n三\n四\n五"),
            ("一\n\u{c}二\u{c}三", "一\n二\n三"),
            ("一\0二\u{7}", "一二"),
        ];
        for (text, wanted) in cases {
            assert_eq!(clean(text), wanted, "{text:?}");
        }
    }
}
