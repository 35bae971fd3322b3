//! Word documents in one XML file: Word 2003 XML, and the package of a later document written flat.

use super::styles::Styles;
use super::walk::{Context, Walk};
use super::{document, max_depth, numbering, properties, read_package};
use crate::document::{Document, Format, Role};
use crate::reader::container::{Namespace, Node, Package, Relations, Xml, decode_xml};
use crate::reader::word::counts::Counts;
use crate::reader::word::notes::Notes;
use crate::reader::word::story::Story;
use crate::reader::{Limits, Read, ReadError, Reader};

/// The reader of Word documents in one XML file.
pub(in crate::reader) const READER: Reader =
    Reader { format: Format::WordXml, name: "Word 2003 XML and flat packages", read: Read::Borrowed(read) };

/// The name of the only part, in errors.
const PART: &str = "file";

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    if bytes.len() as u64 > limits.unpacked_bytes {
        return Err(ReadError::TooLarge { what: "the file".to_owned(), limit: limits.unpacked_bytes });
    }
    let text = decode_xml(bytes.to_vec());
    let mut xml = Xml::new(&text, PART, max_depth(limits));
    match xml.next()? {
        Node::Start(root) if root.namespace == Namespace::FlatPackage => {
            read_package(Package::flat(&text, limits)?, Format::WordXml, limits)
        }
        Node::Start(root) if root.namespace == Namespace::Word => read_2003(&text, limits),
        _ => Err(xml.damaged("a document of Word")),
    }
}

/// Definitions, body, notes, headers and footers stand in one tree: each is looked for in a pass of its own.
fn read_2003(text: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let depth = max_depth(limits);
    let styles = Styles::read(text, PART, depth)?;
    let numbering = numbering::read(text, PART, depth, &styles)?;
    let (notes, relations) = (Notes::default(), Relations::default());
    let context =
        Context { styles: &styles, numbering: &numbering, notes: &notes, relations: &relations, limits };
    let walk = Walk::new(&context, Story::flow(Role::Body));
    let (story, walked) = walk.run(&mut Xml::new(text, PART, depth))?;
    let properties = properties(&mut Xml::new(text, PART, depth), Namespace::Office, "Title");
    // Notes that stand elsewhere, as the rules between text and notes do, are not shown.
    let elsewhere: u64 = walked.notes.iter().map(|(_, _, visible)| visible).sum();
    let counts = Counts { visible: walked.counts.visible - elsewhere, ..walked.counts };
    document(Format::WordXml, story, &counts, walked.pages, properties, Vec::new(), limits)
}
