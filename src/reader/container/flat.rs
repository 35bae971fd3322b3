//! The parts of a package that is written as one XML file (`pkg:package`).

use super::namespace::Namespace;
use super::xml::{Node, Xml};
use crate::reader::ReadError;

/// The deepest nesting of elements around and inside the parts.
const DEPTH: usize = 20_000;
/// The most parts: a document with many pictures has some hundreds.
const MAX_PARTS: usize = 1 << 16;

/// The name and the bytes of each part that is XML; pictures and the like are left out.
pub(super) fn parts(bytes: &[u8]) -> Result<Vec<(String, &[u8])>, ReadError> {
    let mut xml = Xml::new(bytes, "file", DEPTH);
    let mut parts = Vec::new();
    let mut name = String::new();
    loop {
        match xml.next()? {
            Node::Start(element) if element.namespace == Namespace::FlatPackage => match element.local() {
                "part" => {
                    let stated = xml.attribute(&element, Namespace::FlatPackage, "name");
                    name = stated.unwrap_or_default().into_owned();
                }
                "xmlData" => {
                    let start = xml.position();
                    let end = end_of_element(&mut xml)?;
                    let part = bytes.get(start..end).unwrap_or_default();
                    parts.push((std::mem::take(&mut name), part));
                }
                _ => {}
            },
            Node::Eof => return Ok(parts),
            _ => {}
        }
        if parts.len() > MAX_PARTS {
            let what = "the number of parts".to_owned();
            return Err(ReadError::TooLarge { what, limit: MAX_PARTS as u64 });
        }
    }
}

/// Goes to the end of the element just begun, and tells where its end tag stands.
fn end_of_element(xml: &mut Xml<'_>) -> Result<usize, ReadError> {
    let mut open = 0_usize;
    loop {
        let at = xml.position();
        match xml.next()? {
            Node::Start(_) => open += 1,
            Node::End if open == 0 => return Ok(at),
            Node::End => open -= 1,
            Node::Text(_) | Node::Eof => {}
        }
    }
}
