//! The relationships of a package: which part refers to which.

use crate::reader::ReadError;
use crate::reader::container::{Namespace, Node, Package, Xml, decode_xml};

/// The deepest nesting of elements in a relationships part, which is a flat list.
const MAX_DEPTH: usize = 16;

/// One relationship inside the package.
pub(super) struct Relation {
    /// Its name in the referring part.
    pub(super) id: String,
    /// The last step of its type: `officeDocument`, `styles`, `footnotes`.
    pub(super) kind: String,
    /// The part it leads to.
    pub(super) target: String,
}

/// The relationships of `source` (empty for the package); none where it has no such part.
pub(super) fn read(package: &mut Package<'_>, source: &str) -> Result<Vec<Relation>, ReadError> {
    let (folder, file) = source.rsplit_once('/').unwrap_or(("", source));
    let slash = if folder.is_empty() { "" } else { "/" };
    let part = format!("{folder}{slash}_rels/{file}.rels");
    let Some(bytes) = package.part(&part)? else { return Ok(Vec::new()) };
    let bytes = decode_xml(bytes);
    let mut xml = Xml::new(&bytes, &part, MAX_DEPTH);
    let mut relations = Vec::new();
    loop {
        let element = match xml.next()? {
            Node::Start(element) => element,
            Node::Eof => return Ok(relations),
            _ => continue,
        };
        if element.namespace != Namespace::Relationships || element.local() != "Relationship" {
            continue;
        }
        let value = |name: &str| xml.attribute(&element, Namespace::None, name);
        let (Some(id), Some(kind), Some(target)) = (value("Id"), value("Type"), value("Target")) else {
            continue;
        };
        if value("TargetMode").as_deref() == Some("External") {
            continue;
        }
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        relations.push(Relation { id: id.into_owned(), kind, target: resolve(folder, &target) });
    }
}

/// The part that a target stands for, seen from a folder.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn targets_are_relative_to_their_source_unless_they_begin_with_a_slash() {
        assert_eq!(resolve("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word", "/xl/a.xml"), "xl/a.xml");
        assert_eq!(resolve("word", "../docProps/./core.xml"), "docProps/core.xml");
        assert_eq!(resolve("", "word/document.xml"), "word/document.xml");
    }
}
