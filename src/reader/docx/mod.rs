//! The .docx reader: a package of WordprocessingML parts → [`Document`], as Word shows it with all changes accepted.
//!
//! The main part is found through the package's relationships, styles, numbering and notes through the main part's.
//! Each part is one pass over its events ([`walk`]); no tree is built.

mod flat;
mod grid;
mod inline;
mod layout;
mod numbering;
mod properties;
mod repeat;
mod shown;
mod styles;
mod tag;
mod value;
mod walk;

use self::styles::Styles;
use self::tag::Tag;
use self::walk::{Context, Walk};
use super::container::{Namespace, Node, Package, Relations, Xml, decode_xml};
use super::word::counts::Counts;
use super::word::notes::Notes;
use super::word::numbering::Numbering;
use super::word::story::{Content, Story};
use super::word::{counts, equation, notes, numeral, story, symbol};
use super::{Limits, Read, ReadError, Reader};
use crate::document::{
    Body, Document, Format, Furniture, FurnitureKind, Properties, Role, Warning, visible_chars,
};

pub(super) use flat::READER as WORD_XML;

/// The reader of Word 2007 and later.
pub(super) const READER: Reader =
    Reader { format: Format::Docx, name: "Word 2007 and later", read: Read::Borrowed(read) };

/// Element levels allowed for each level of table nesting that [`Limits::depth`] allows: a table in a cell is three
/// levels, in content controls and text boxes some twenty.
const ELEMENTS_PER_LEVEL: usize = 64;
/// The deepest nesting of elements in style sheets and list definitions, which have some ten levels.
const DEFINITION_DEPTH: usize = 64;

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    read_package(Package::open(bytes, limits)?, Format::Docx, limits)
}

/// Reads the parts of a package, however they are packed.
fn read_package(package: Package<'_>, format: Format, limits: &Limits) -> Result<Document, ReadError> {
    let mut source = Source { package, limits, warnings: Vec::new() };
    let root = Relations::read(&mut source.package, "")?;
    let main = main_part(&source.package, &root)?;
    let relations = Relations::read(&mut source.package, &main)?;
    let styles = source.styles(relations.kind("styles"))?;
    let numbering = source.numbering(relations.kind("numbering"), &styles)?;
    let mut counts = Counts::default();
    let mut notes = Notes::default();
    for part in [relations.kind("footnotes"), relations.kind("endnotes")].into_iter().flatten() {
        source.notes(part, &styles, &numbering, &mut notes, &mut counts)?;
    }
    let context =
        Context { styles: &styles, numbering: &numbering, notes: &notes, relations: &relations, limits };
    let Some(body) = source.part(&main)? else { return Err(missing(&main)) };
    let walk = Walk::new(&context, Story::flow(Role::Body));
    let (story, walked) = walk.run(&mut source.xml(&body, &main))?;
    drop(body);
    counts.add(&walked.counts);
    let furniture = source.furniture(&walked.furniture, &context, &mut counts)?;
    let properties = source.properties(&root);
    document(format, story, &counts, furniture, properties, source.warnings, limits)
}

/// The document that a body and its page furniture make.
fn document(
    format: Format,
    body: Content,
    counts: &Counts,
    furniture: Vec<Furniture>,
    properties: Properties,
    mut warnings: Vec<Warning>,
    limits: &Limits,
) -> Result<Document, ReadError> {
    let blocks = match body {
        Content::Flow(_, blocks) => blocks,
        Content::Lines(..) => Vec::new(),
    };
    if blocks.is_empty() && furniture.is_empty() {
        return Err(ReadError::Empty { what: "the document shows no text".to_owned() });
    }
    counts.warnings(limits, &mut warnings);
    let visible = counts.visible;
    let body = Body::Flow(blocks);
    Ok(Document { format, pages: None, properties, body, furniture, warnings, visible })
}

fn max_depth(limits: &Limits) -> usize {
    limits.depth.saturating_mul(ELEMENTS_PER_LEVEL)
}

/// The part that holds the body.
fn main_part(package: &Package<'_>, root: &Relations) -> Result<String, ReadError> {
    let stated = root.kind("officeDocument").map(str::to_owned);
    let usual = || "word/document.xml".to_owned();
    let part = stated.filter(|part| package.has(part)).unwrap_or_else(usual);
    if package.has(&part) { Ok(part) } else { Err(missing(&part)) }
}

fn missing(part: &str) -> ReadError {
    ReadError::Damaged {
        part: part.to_owned(),
        offset: 0,
        expected: "the part that holds the body".to_owned(),
    }
}

/// The package and what went wrong with it so far.
struct Source<'a> {
    package: Package<'a>,
    limits: &'a Limits,
    warnings: Vec<Warning>,
}

impl Source<'_> {
    fn part(&mut self, part: &str) -> Result<Option<Vec<u8>>, ReadError> {
        Ok(self.package.part(part)?.map(decode_xml))
    }

    fn xml<'x>(&self, bytes: &'x [u8], part: &'x str) -> Xml<'x> {
        Xml::new(bytes, part, self.max_depth())
    }

    fn max_depth(&self) -> usize {
        max_depth(self.limits)
    }

    fn styles(&mut self, part: Option<&str>) -> Result<Styles, ReadError> {
        let Some(part) = part else { return Ok(Styles::default()) };
        match self.part(part)? {
            Some(bytes) => Styles::read(&bytes, part, DEFINITION_DEPTH),
            None => Ok(Styles::default()),
        }
    }

    fn numbering(&mut self, part: Option<&str>, styles: &Styles) -> Result<Numbering, ReadError> {
        let Some(part) = part else { return Ok(Numbering::default()) };
        match self.part(part)? {
            Some(bytes) => numbering::read(&bytes, part, DEFINITION_DEPTH, styles),
            None => Ok(Numbering::default()),
        }
    }

    fn notes(
        &mut self,
        part: &str,
        styles: &Styles,
        numbering: &Numbering,
        notes: &mut Notes,
        counts: &mut Counts,
    ) -> Result<(), ReadError> {
        let Some(bytes) = self.part(part)? else {
            self.warnings.push(Warning::PartUnreadable(part.to_owned()));
            return Ok(());
        };
        let (none, relations) = (Notes::default(), Relations::default());
        let context = Context { styles, numbering, notes: &none, relations: &relations, limits: self.limits };
        let (_, walk) = Walk::new(&context, Story::lines()).run(&mut self.xml(&bytes, part))?;
        // A note becomes visible where the body refers to it.
        counts.add(&Counts { visible: 0, ..walk.counts });
        notes.add(walk.notes);
        Ok(())
    }

    /// Headers and footers.
    fn furniture(
        &mut self,
        parts: &[(Tag, &str)],
        context: &Context<'_>,
        counts: &mut Counts,
    ) -> Result<Vec<Furniture>, ReadError> {
        let mut furniture = Vec::new();
        for (tag, part) in parts {
            let Some(bytes) = self.part(part)? else {
                self.warnings.push(Warning::PartUnreadable((*part).to_owned()));
                continue;
            };
            let (story, walked) = Walk::new(context, Story::lines()).run(&mut self.xml(&bytes, part))?;
            counts.add(&walked.counts);
            let header = *tag == Tag::HeaderReference;
            let kind = if header { FurnitureKind::Header } else { FurnitureKind::Footer };
            let text = story.into_text();
            if visible_chars(&text) > 0 {
                furniture.push(Furniture { kind, text });
            }
        }
        Ok(furniture)
    }

    /// The title among the core properties. They may be missing or broken: nothing depends on them.
    fn properties(&mut self, root: &Relations) -> Properties {
        let part = root.kind("core-properties");
        let bytes = part.and_then(|part| self.part(part).ok().flatten()).unwrap_or_default();
        properties(&mut self.xml(&bytes, ""), Namespace::Dublin, "title")
    }
}

/// The title in the first element of this name. What follows a break is not looked at.
fn properties(xml: &mut Xml<'_>, namespace: Namespace, name: &str) -> Properties {
    let mut title = String::new();
    let mut inside = false;
    loop {
        match xml.next() {
            Ok(Node::Start(element)) => inside = element.namespace == namespace && element.local() == name,
            Ok(Node::Text(text)) if inside => title.push_str(&text),
            Ok(Node::End) if inside => break,
            Ok(Node::Text(_) | Node::End) => {}
            Ok(Node::Eof) | Err(_) => break,
        }
    }
    let title = title.trim();
    Properties { title: (!title.is_empty()).then(|| title.to_owned()) }
}
