//! XML events with resolved namespaces and errors that say where.

use super::namespace::{NAMESPACES, Namespace};
use crate::reader::ReadError;
use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesRef, Event};
use std::borrow::Cow;
use std::io::BufRead;

/// U+FEFF in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The most namespace declarations in force at one place: Word writes some thirty.
const MAX_BINDINGS: usize = 512;

/// One step through an XML part. An empty element gives a start and an end.
pub(in crate::reader) enum Node<'a> {
    /// An element begins.
    Start(Element<'a>),
    /// The innermost element ends.
    End,
    /// Character data, entities resolved.
    Text(Cow<'a, str>),
    /// The root element has ended and nothing follows.
    Eof,
}

/// The start of an element.
pub(in crate::reader) struct Element<'a> {
    /// The namespace of its name.
    pub(in crate::reader) namespace: Namespace,
    /// What stands between the brackets: name and attributes.
    tag: &'a str,
    /// Where the name without its prefix begins, and where the name ends.
    name: (usize, usize),
}

impl<'a> Element<'a> {
    /// Its name without the prefix.
    pub(in crate::reader) fn local(&self) -> &'a str {
        &self.tag[self.name.0..self.name.1]
    }

    /// The prefix with its colon; empty where there is none.
    fn prefix(&self) -> &'a str {
        &self.tag[..self.name.0]
    }

    fn attributes(&self) -> Attributes<'a> {
        let mut attributes = Attributes::new(self.tag, self.name.1);
        attributes.with_checks(false);
        attributes
    }
}

/// A prefix and what it stands for, until the element at this depth ends.
struct Binding {
    prefix: String,
    namespace: Namespace,
    depth: usize,
}

/// A reader of one XML part.
pub(in crate::reader) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    /// The part as far as it is UTF-8. Tags are cut out of it by their place: moving events about costs more than
    /// reading them.
    text: &'a str,
    part: &'a str,
    bindings: Vec<Binding>,
    /// The prefix resolved last with its colon, which is nearly always the next one too.
    recent: (String, Namespace),
    depth: usize,
    max_depth: usize,
    pending_end: bool,
    seen_root: bool,
}

impl<'a> Xml<'a> {
    /// Reads `bytes`, which are UTF-8 (see [`decode_xml`]); `part` names them in errors.
    pub(in crate::reader) fn new(bytes: &'a [u8], part: &'a str, max_depth: usize) -> Self {
        let mut bytes = bytes;
        while let Some(rest) = bytes.strip_prefix(BYTE_ORDER_MARK) {
            bytes = rest;
        }
        let text = str::from_utf8(bytes)
            .or_else(|error| str::from_utf8(&bytes[..error.valid_up_to()]))
            .unwrap_or_default();
        Self {
            reader: Reader::from_reader(bytes),
            text,
            part,
            bindings: Vec::new(),
            recent: (String::new(), Namespace::Other),
            depth: 0,
            max_depth,
            pending_end: false,
            seen_root: false,
        }
    }

    /// The next step.
    ///
    /// # Errors
    /// `Damaged` with the offset where the part is not well-formed or ends early, `TooLarge` for absurd nesting.
    pub(in crate::reader) fn next(&mut self) -> Result<Node<'a>, ReadError> {
        if self.pending_end {
            self.pending_end = false;
            return Ok(self.end());
        }
        loop {
            let from = self.position();
            match self.reader.read_event() {
                Ok(Event::Start(ref start)) => {
                    return self.start(from, start.name().0.len(), ">");
                }
                Ok(Event::Empty(ref start)) => {
                    self.pending_end = true;
                    return self.start(from, start.name().0.len(), "/>");
                }
                Ok(Event::End(_)) => return Ok(self.end()),
                Ok(Event::Text(text)) if self.depth > 0 => return Ok(Node::Text(text.into_inner())),
                Ok(Event::CData(text)) if self.depth > 0 => return Ok(Node::Text(text.into_inner())),
                Ok(Event::GeneralRef(entity)) => return self.entity(&entity).map(Node::Text),
                Ok(Event::Eof) => return self.eof(),
                Ok(_) => {}
                Err(error) => return Err(self.damaged(&format!("well-formed XML ({error})"))),
            }
        }
    }

    /// Goes on at the end of `element`, which has just begun, without a look at what lies between. Only for elements
    /// that hold none of their own name; where no end tag follows, nothing is left out.
    pub(in crate::reader) fn skip_content(&mut self, element: &Element<'_>) {
        if self.pending_end {
            return;
        }
        let end = format!("</{}", &element.tag[..element.name.1]);
        let rest: &[u8] = self.reader.get_ref();
        let ends = |at: &usize| {
            rest.get(at + end.len()).is_some_and(|byte| *byte == b'>' || byte.is_ascii_whitespace())
        };
        if let Some(at) = memmem::find_iter(rest, &end).find(ends) {
            self.reader.stream().consume(at);
        }
    }

    /// The text between the place `from`, where an element's start tag ended, and its end tag, which has just been
    /// read; none where namespaces are declared below the root, so that the same text may mean something else elsewhere.
    pub(in crate::reader) fn content_since(&self, from: usize) -> Option<&'a str> {
        let text = self.text.get(from..self.position())?;
        self.is_bound_at_root().then(|| text.rfind("</").map_or("", |end| &text[..end]))
    }

    /// Goes on at the end of the element that has just begun, if its content is this text from elsewhere in the part.
    pub(in crate::reader) fn skip_same(&mut self, content: &str) -> bool {
        let rest: &[u8] = self.reader.get_ref();
        let same = !self.pending_end
            && self.is_bound_at_root()
            && rest.strip_prefix(content.as_bytes()).is_some_and(|rest| rest.starts_with(b"</"));
        if same {
            self.reader.stream().consume(content.len());
        }
        same
    }

    fn is_bound_at_root(&self) -> bool {
        self.bindings.last().is_none_or(|binding| binding.depth <= 1)
    }

    /// The value of an attribute of `element`, entities resolved.
    pub(in crate::reader) fn attribute(
        &self,
        element: &Element<'a>,
        namespace: Namespace,
        local: &str,
    ) -> Option<Cow<'a, str>> {
        for attribute in element.attributes() {
            let attribute = attribute.ok()?;
            let Some(prefix) = attribute.key.0.strip_suffix(local) else { continue };
            let found = match prefix.strip_suffix(':') {
                None if prefix.is_empty() => Namespace::None,
                Some(_) if prefix == element.prefix() => element.namespace,
                Some(name) => self.lookup(name),
                None => continue,
            };
            if found == namespace {
                return Some(match attribute.value {
                    Cow::Borrowed(value) if !value.contains('&') => Cow::Borrowed(value),
                    _ => Cow::Owned(
                        attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0).ok()?.into_owned(),
                    ),
                });
            }
        }
        None
    }

    /// How many bytes have been read: behind the start, the end or the text given last.
    pub(in crate::reader) fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// The error for something missing at the current place.
    pub(in crate::reader) fn damaged(&self, expected: &str) -> ReadError {
        let offset = self.reader.error_position().max(self.reader.buffer_position());
        ReadError::Damaged { part: self.part.to_owned(), offset, expected: expected.to_owned() }
    }

    /// The element whose tag begins at `from`, has a name of `name` bytes and has just been read to its last bracket.
    fn start(&mut self, from: usize, name: usize, bracket: &str) -> Result<Node<'a>, ReadError> {
        self.depth += 1;
        if self.depth > self.max_depth {
            let what = format!("the nesting of elements in {}", self.part);
            return Err(ReadError::TooLarge { what, limit: self.max_depth as u64 });
        }
        let Some(tag) = self.text.get(from + 1..self.position() - bracket.len()) else {
            return Err(self.damaged("a tag in UTF-8"));
        };
        let local = tag.bytes().take(name).position(|byte| byte == b':').map_or(0, |colon| colon + 1);
        let element = |namespace| Element { namespace, tag, name: (local, name) };
        let attributes = &tag[name..];
        // The byte is rare among attributes, so that most elements are done with one quick look.
        if attributes.as_bytes().contains(&b'x') && attributes.contains("xmlns") {
            self.bind(&element(Namespace::Other))?;
        }
        self.seen_root = true;
        let prefix = &tag[..local];
        if self.recent.0 != prefix {
            self.recent = (prefix.to_owned(), self.lookup(prefix.trim_end_matches(':')));
        }
        Ok(Node::Start(element(self.recent.1)))
    }

    fn end(&mut self) -> Node<'a> {
        while self.bindings.last().is_some_and(|binding| binding.depth >= self.depth) {
            self.bindings.pop();
            self.forget_recent();
        }
        self.depth = self.depth.saturating_sub(1);
        Node::End
    }

    /// Notes the namespace declarations of an element. Only known namespaces, and what hides them, are kept.
    fn bind(&mut self, element: &Element<'a>) -> Result<(), ReadError> {
        for attribute in element.attributes().flatten() {
            let key = attribute.key.0;
            let prefix = match key.split_once(':') {
                Some(("xmlns", prefix)) => prefix,
                None if key == "xmlns" => "",
                _ => continue,
            };
            let known = NAMESPACES.iter().find(|(uri, _)| **uri == *attribute.value);
            let namespace = known.map_or(Namespace::Other, |(_, namespace)| *namespace);
            if namespace != self.lookup(prefix) {
                self.bindings.push(Binding { prefix: prefix.to_owned(), namespace, depth: self.depth });
                self.forget_recent();
            }
        }
        if self.bindings.len() > MAX_BINDINGS {
            let what = format!("the number of namespaces in {}", self.part);
            return Err(ReadError::TooLarge { what, limit: MAX_BINDINGS as u64 });
        }
        Ok(())
    }

    fn forget_recent(&mut self) {
        // Every prefix but the empty one ends in a colon, so that this is none.
        "?".clone_into(&mut self.recent.0);
    }

    fn lookup(&self, prefix: &str) -> Namespace {
        if prefix == "xml" {
            return Namespace::Xml;
        }
        let bound = self.bindings.iter().rev().find(|binding| binding.prefix == prefix);
        bound.map_or(Namespace::Other, |binding| binding.namespace)
    }

    fn entity(&self, entity: &BytesRef<'a>) -> Result<Cow<'a, str>, ReadError> {
        let character = match &**entity {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => entity.resolve_char_ref().ok().flatten(),
        };
        match character {
            Some(character) => Ok(Cow::Owned(character.to_string())),
            None => Err(self.damaged(&format!("a known entity instead of &{};", &**entity))),
        }
    }

    fn eof(&self) -> Result<Node<'a>, ReadError> {
        if self.depth > 0 {
            Err(self.damaged("the end of the open elements"))
        } else if self.seen_root {
            Ok(Node::Eof)
        } else {
            Err(self.damaged("an XML element"))
        }
    }
}

/// The bytes of an XML part as UTF-8: by byte order mark, then by declaration.
pub(in crate::reader) fn decode_xml(bytes: Vec<u8>) -> Vec<u8> {
    let encoding = match bytes.get(..4) {
        Some([0xff, 0xfe, ..] | [b'<', 0, ..]) => encoding_rs::UTF_16LE,
        Some([0xfe, 0xff, ..] | [0, b'<', ..]) => encoding_rs::UTF_16BE,
        _ => match declared_encoding(&bytes) {
            Some(encoding) => encoding,
            None => return bytes,
        },
    };
    encoding.decode(&bytes).0.into_owned().into_bytes()
}

/// The encoding an XML declaration names, unless it is UTF-8 or one that these bytes can't be in.
fn declared_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = &bytes[..bytes.len().min(200)];
    let declaration = &head[..head.iter().position(|byte| *byte == b'>')?];
    let text = std::str::from_utf8(declaration).ok().filter(|text| text.starts_with("<?xml"))?;
    let value = text.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let label = value.split(['"', '\'']).nth(1)?;
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes())?;
    let usable = encoding != encoding_rs::UTF_8
        && encoding != encoding_rs::UTF_16LE
        && encoding != encoding_rs::UTF_16BE;
    usable.then_some(encoding)
}
