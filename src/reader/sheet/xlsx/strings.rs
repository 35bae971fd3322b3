//! The texts of an .xlsx workbook: shared strings and those in cells.

use super::DEPTH;
use crate::reader::ReadError;
use crate::reader::container::{Node, Xml};

/// The shared strings, phonetic guides left out.
pub(super) fn shared(bytes: &[u8], part: &str) -> Result<Vec<String>, ReadError> {
    let mut xml = Xml::new(bytes, part, DEPTH);
    let mut strings: Vec<String> = Vec::new();
    loop {
        match xml.next()? {
            Node::Start(element) if element.local() == "si" => strings.push(rich_text(&mut xml)?),
            Node::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// The text in the element just begun, up to its end.
pub(super) fn rich_text(xml: &mut Xml<'_>) -> Result<String, ReadError> {
    let mut text = String::new();
    // Open elements; whether each is a text, and the depth of a phonetic guide.
    let (mut open, mut phonetic): (Vec<bool>, Option<usize>) = (Vec::new(), None);
    loop {
        match xml.next()? {
            Node::Start(element) => {
                open.push(element.local() == "t");
                if element.local() == "rPh" && phonetic.is_none() {
                    phonetic = Some(open.len());
                }
            }
            Node::Text(piece) if open.last() == Some(&true) && phonetic.is_none() => text.push_str(&piece),
            Node::Text(_) => {}
            Node::End => {
                if phonetic == Some(open.len()) {
                    phonetic = None;
                }
                if open.pop().is_none() {
                    return Ok(unescaped(&text));
                }
            }
            Node::Eof => return Ok(text),
        }
    }
}

/// Resolves the escapes `_x000D_` of characters that XML can't hold (ECMA-376 part 1, 22.9.2.19) and line ends.
pub(super) fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        plain.push_str(before);
        let code = after.get(..5).and_then(|code| code.strip_suffix('_'));
        let escaped = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        plain.extend(escaped);
        if escaped.is_none() {
            plain.push_str("_x");
        }
        rest = if escaped.is_some() { &after[5..] } else { after };
    }
    plain.push_str(rest);
    if plain.contains('\r') { plain.replace("\r\n", "\n").replace('\r', "\n") } else { plain }
}
