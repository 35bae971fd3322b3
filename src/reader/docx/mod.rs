//! The .docx reader: a package of WordprocessingML parts → [`Document`], as Word shows it with all changes accepted.
//!
//! The main part is found through the package's relationships, styles, numbering and notes through the main part's.
//! Each part is one pass over its events ([`walk`]); no tree is built.

mod grid;
mod notes;
mod numbering;
mod numeral;
mod relations;
mod story;
mod styles;
mod symbol;
mod tag;
mod value;
mod walk;

use self::notes::Notes;
use self::numbering::Numbering;
use self::relations::Relation;
use self::story::{Content, Story};
use self::styles::Styles;
use self::tag::Tag;
use self::walk::{Context, Counts, Walk};
use super::container::{Namespace, Node, Package, Xml, decode_xml};
use super::{Limits, ReadError, Reader};
use crate::document::{
    Body, Document, Format, Furniture, FurnitureKind, Properties, Role, Warning, visible_chars,
};

/// The reader of Word 2007 and later.
pub(super) const READER: Reader = Reader { format: Format::Docx, name: "Word 2007 and later", read };

/// Element levels allowed for each level of table nesting that [`Limits::depth`] allows: a table in a cell is three
/// levels, in content controls and text boxes some twenty.
const ELEMENTS_PER_LEVEL: usize = 64;

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let mut source = Source { package: Package::open(bytes, limits)?, limits, warnings: Vec::new() };
    let root = relations::read(&mut source.package, "")?;
    let main = main_part(&source.package, &root)?;
    let relations = relations::read(&mut source.package, &main)?;
    let target = |kind: &str| find(&relations, kind).map(|relation| relation.target.as_str());
    let styles = source.styles(target("styles"))?;
    let numbering = source.numbering(target("numbering"), &styles)?;
    let mut counts = Counts::default();
    let mut notes = Notes::default();
    for part in [target("footnotes"), target("endnotes")].into_iter().flatten() {
        source.notes(part, &styles, &numbering, &mut notes, &mut counts)?;
    }
    let context = Context { styles: &styles, numbering: &numbering, notes: &notes, limits };
    let Some(body) = source.part(&main)? else { return Err(missing(&main)) };
    let walk = Walk::new(&context, Story::flow(Role::Body));
    let (story, walked) = walk.run(&mut source.xml(&body, &main))?;
    drop(body);
    counts.add(&walked.counts);
    let furniture = source.furniture(&walked.furniture, &relations, &context, &mut counts)?;
    let properties = source.properties(&root);
    let Content::Flow(_, blocks) = story else { return Err(missing(&main)) };
    let mut warnings = source.warnings;
    counts.warnings(limits, &mut warnings);
    Ok(Document {
        format: Format::Docx,
        pages: None,
        properties,
        body: Body::Flow(blocks),
        furniture,
        warnings,
        visible: counts.visible,
    })
}

/// The part that holds the body.
fn main_part(package: &Package<'_>, root: &[Relation]) -> Result<String, ReadError> {
    let stated = find(root, "officeDocument").map(|relation| relation.target.clone());
    let usual = || "word/document.xml".to_owned();
    let part = stated.filter(|part| package.has(part)).unwrap_or_else(usual);
    if package.has(&part) { Ok(part) } else { Err(missing(&part)) }
}

fn find<'a>(relations: &'a [Relation], kind: &str) -> Option<&'a Relation> {
    relations.iter().find(|relation| relation.kind == kind)
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
        self.limits.depth.saturating_mul(ELEMENTS_PER_LEVEL)
    }

    fn styles(&mut self, part: Option<&str>) -> Result<Styles, ReadError> {
        let Some(part) = part else { return Ok(Styles::default()) };
        match self.part(part)? {
            Some(bytes) => Styles::read(&bytes, part, self.max_depth()),
            None => Ok(Styles::default()),
        }
    }

    fn numbering(&mut self, part: Option<&str>, styles: &Styles) -> Result<Numbering, ReadError> {
        let Some(part) = part else { return Ok(Numbering::default()) };
        match self.part(part)? {
            Some(bytes) => Numbering::read(&bytes, part, self.max_depth(), styles),
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
        let none = Notes::default();
        let context = Context { styles, numbering, notes: &none, limits: self.limits };
        let (_, walk) = Walk::new(&context, Story::lines()).run(&mut self.xml(&bytes, part))?;
        // A note becomes visible where the body refers to it.
        counts.add(&Counts { visible: 0, ..walk.counts });
        notes.add(walk.notes);
        Ok(())
    }

    /// Headers and footers, each part once.
    fn furniture(
        &mut self,
        references: &[(Tag, String)],
        relations: &[Relation],
        context: &Context<'_>,
        counts: &mut Counts,
    ) -> Result<Vec<Furniture>, ReadError> {
        let mut read: Vec<&str> = Vec::new();
        let mut furniture = Vec::new();
        for (tag, id) in references {
            let Some(relation) = relations.iter().find(|relation| relation.id == *id) else { continue };
            if read.contains(&relation.target.as_str()) {
                continue;
            }
            read.push(&relation.target);
            let Some(bytes) = self.part(&relation.target)? else {
                self.warnings.push(Warning::PartUnreadable(relation.target.clone()));
                continue;
            };
            let xml = &mut self.xml(&bytes, &relation.target);
            let (story, walked) = Walk::new(context, Story::lines()).run(xml)?;
            counts.add(&walked.counts);
            let kind =
                if *tag == Tag::HeaderReference { FurnitureKind::Header } else { FurnitureKind::Footer };
            let text = story.into_text();
            if visible_chars(&text) > 0 {
                furniture.push(Furniture { kind, text });
            }
        }
        Ok(furniture)
    }

    /// The title among the core properties. They may be missing or broken: nothing depends on them.
    fn properties(&mut self, root: &[Relation]) -> Properties {
        let part = find(root, "core-properties").map(|relation| relation.target.clone());
        let bytes = part.as_deref().and_then(|part| self.part(part).ok().flatten()).unwrap_or_default();
        let mut xml = self.xml(&bytes, "");
        let mut title = String::new();
        let mut inside = false;
        loop {
            match xml.next() {
                Ok(Node::Start(element)) => {
                    inside = element.namespace == Namespace::Dublin && element.local() == "title";
                }
                Ok(Node::Text(text)) if inside => title.push_str(&text),
                Ok(Node::End) => inside = false,
                Ok(Node::Text(_)) => {}
                Ok(Node::Eof) | Err(_) => break,
            }
        }
        let title = title.trim();
        Properties { title: (!title.is_empty()).then(|| title.to_owned()) }
    }
}

impl Content {
    /// All text, one line for each paragraph and each cell.
    fn into_text(self) -> String {
        match self {
            Content::Lines(mut text, nested) => {
                let cells = nested.into_iter().flat_map(|table| table.cells);
                let mut rest: Vec<_> = cells.rev().collect();
                while let Some(cell) = rest.pop() {
                    if !cell.text.is_empty() {
                        text.push_str(if text.is_empty() { "" } else { "\n" });
                        text.push_str(&cell.text);
                    }
                    rest.extend(cell.nested.into_iter().flat_map(|table| table.cells).rev());
                }
                text
            }
            Content::Flow(..) => String::new(),
        }
    }
}

impl Counts {
    fn add(&mut self, other: &Counts) {
        self.visible += other.visible;
        self.deleted += other.deleted;
        self.hidden += other.hidden;
        self.deleted_rows += other.deleted_rows;
        self.repaired += other.repaired;
        self.objects += other.objects;
        self.flattened += other.flattened;
        self.open_fields += other.open_fields;
        self.cells += other.cells;
    }

    fn warnings(&self, limits: &Limits, warnings: &mut Vec<Warning>) {
        let counted = [
            (self.deleted, Warning::DeletedText(self.deleted)),
            (self.hidden, Warning::HiddenText(self.hidden)),
            (self.deleted_rows, Warning::DeletedRows(self.deleted_rows)),
            (self.repaired, Warning::SpansRepaired(self.repaired)),
            (self.objects, Warning::ObjectNotRead(self.objects)),
        ];
        warnings.extend(counted.into_iter().filter(|(n, _)| *n > 0).map(|(_, warning)| warning));
        if self.flattened > 0 {
            warnings.push(Warning::LimitReached("levels of nested tables", limits.depth as u64));
        }
        if self.open_fields > 0 {
            warnings.push(Warning::PartUnreadable("a field without its end".to_owned()));
        }
    }
}
