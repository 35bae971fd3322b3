//! Attribute values as WordprocessingML writes them.

use crate::reader::container::{Element, Namespace, Xml};
use std::borrow::Cow;

/// The `w:val` of an element, or another attribute in Word's namespace.
pub(super) struct Values<'x, 'e, 'a> {
    xml: &'x Xml<'a>,
    element: &'e Element<'a>,
}

impl<'x, 'e, 'a> Values<'x, 'e, 'a> {
    pub(super) fn new(xml: &'x Xml<'a>, element: &'e Element<'a>) -> Self {
        Self { xml, element }
    }

    /// An attribute in Word's namespace.
    pub(super) fn word(&self, name: &str) -> Option<Cow<'e, str>> {
        self.xml.attribute(self.element, Namespace::Word, name)
    }

    /// An attribute of an annotation. Its type is in Word's namespace.
    pub(super) fn annotation(&self, name: &str) -> Option<Cow<'e, str>> {
        self.word(name).or_else(|| self.xml.attribute(self.element, Namespace::Annotation, name))
    }

    /// Where the start of the element ends in the part, in bytes.
    pub(super) fn position(&self) -> usize {
        self.xml.position()
    }

    /// `w:val`.
    pub(super) fn text(&self) -> Option<Cow<'e, str>> {
        self.word("val")
    }

    /// `w:val` as a number that is not negative.
    pub(super) fn number(&self) -> Option<u32> {
        number(&self.text()?)
    }

    /// The state of an on/off property (ECMA-376 part 1, 17.17.4): on unless `w:val` says otherwise.
    pub(super) fn on(&self) -> bool {
        !matches!(self.text().as_deref(), Some("0" | "false" | "off"))
    }

    /// The relationship that the element refers to.
    pub(super) fn reference(&self) -> Option<String> {
        self.xml.attribute(self.element, Namespace::Reference, "id").map(Cow::into_owned)
    }

    /// An attribute without a namespace, as VML has them.
    pub(super) fn plain(&self, name: &str) -> Option<Cow<'e, str>> {
        self.xml.attribute(self.element, Namespace::None, name)
    }

    /// Whether white space around the text counts (`xml:space="preserve"`).
    pub(super) fn preserves_space(&self) -> bool {
        self.xml.attribute(self.element, Namespace::Xml, "space").as_deref() == Some("preserve")
    }
}

/// A decimal number; one too large for the type counts as the largest there is.
pub(super) fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u32::MAX))
}
