//! What all elements have in common: attributes as numbers and truths, text, and the way past what is not needed.

use super::geometry::{number, numbers};
use crate::reader::ReadError;
use crate::reader::container::{Element, Namespace, Node, Xml};

/// Components of 255 from which a line counts as white.
const WHITE: f64 = 247.0;

/// All text up to the end of the element that has just begun.
pub(super) fn text_inside(xml: &mut Xml<'_>) -> Result<String, ReadError> {
    let (mut text, mut depth) = (String::new(), 1);
    while depth > 0 {
        match xml.next()? {
            Node::Start(_) => depth += 1,
            Node::End => depth -= 1,
            Node::Text(piece) => text.push_str(&piece),
            Node::Eof => break,
        }
    }
    Ok(text)
}

/// Passes over the element that has just begun.
pub(super) fn skip(xml: &mut Xml<'_>) -> Result<(), ReadError> {
    let mut depth = 1;
    while depth > 0 {
        match xml.next()? {
            Node::Start(_) => depth += 1,
            Node::End => depth -= 1,
            Node::Text(_) => {}
            Node::Eof => break,
        }
    }
    Ok(())
}

pub(super) fn value(xml: &Xml<'_>, element: &Element<'_>, name: &str) -> Option<f64> {
    xml.attribute(element, Namespace::None, name).and_then(|text| number(&text))
}

pub(super) fn is_false(xml: &Xml<'_>, element: &Element<'_>, name: &str) -> bool {
    xml.attribute(element, Namespace::None, name).is_some_and(|text| matches!(text.trim(), "false" | "0"))
}

pub(super) fn is_true(xml: &Xml<'_>, element: &Element<'_>, name: &str) -> bool {
    xml.attribute(element, Namespace::None, name).is_some_and(|text| matches!(text.trim(), "true" | "1"))
}

/// Whether a colour shows on paper: neither transparent nor white. Patterns and shadings do.
pub(super) fn shows(xml: &Xml<'_>, element: &Element<'_>) -> bool {
    let transparent = value(xml, element, "Alpha").is_some_and(|alpha| alpha <= 0.0);
    let components = xml.attribute(element, Namespace::None, "Value");
    let components: Vec<f64> = components.map(|text| numbers(&text).collect()).unwrap_or_default();
    let white = components.len() == 3 && components.iter().all(|component| *component >= WHITE);
    !transparent && !white
}
