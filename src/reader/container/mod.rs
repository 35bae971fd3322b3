//! What several formats are packed in: zip packages with limits, compound files, XML with resolved namespaces.

mod compound;
mod flat;
mod namespace;
mod package;
mod relations;
mod xml;

pub(super) use compound::Compound;
pub(super) use namespace::Namespace;
pub(super) use package::{Package, asked_memory, by_ratio, open_zip};
pub(super) use relations::Relations;
pub(super) use xml::{Element, Node, Xml, decode_xml};
