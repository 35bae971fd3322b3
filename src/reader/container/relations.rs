//! The relationships of a package: which part refers to which.

use super::{Namespace, Node, Package, Xml, decode_xml};
use crate::reader::ReadError;
use std::collections::BTreeMap;

/// The deepest nesting of elements in a relationships part, which is a flat list.
const MAX_DEPTH: usize = 16;

/// The relationships of one part to others in the package.
#[derive(Debug, Default)]
pub(in crate::reader) struct Relations {
    /// The kind and the part that each name stands for.
    targets: BTreeMap<String, (String, String)>,
    /// The first part of each kind, by the last step of the type: `officeDocument`, `styles`, `footnotes`.
    kinds: BTreeMap<String, String>,
}

impl Relations {
    /// The relationships of `source` (empty for the package); none where it has no such part.
    pub(in crate::reader) fn read(package: &mut Package<'_>, source: &str) -> Result<Self, ReadError> {
        let (folder, file) = source.rsplit_once('/').unwrap_or(("", source));
        let slash = if folder.is_empty() { "" } else { "/" };
        let part = format!("{folder}{slash}_rels/{file}.rels");
        let Some(bytes) = package.part(&part)? else { return Ok(Self::default()) };
        let bytes = decode_xml(bytes);
        let mut xml = Xml::new(&bytes, &part, MAX_DEPTH);
        let mut relations = Self::default();
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
            let target = resolve(folder, &target);
            relations.kinds.entry(kind.clone()).or_insert_with(|| target.clone());
            relations.targets.insert(id.into_owned(), (kind, target));
        }
    }

    /// The part that a reference (`r:id`) leads to.
    pub(in crate::reader) fn target(&self, id: &str) -> Option<&str> {
        self.targets.get(id).map(|(_, part)| part.as_str())
    }

    /// The part that a reference leads to, if it is of this kind.
    pub(in crate::reader) fn target_of_kind(&self, id: &str, kind: &str) -> Option<&str> {
        self.targets.get(id).filter(|(own, _)| own == kind).map(|(_, part)| part.as_str())
    }

    /// The first part of a kind.
    pub(in crate::reader) fn kind(&self, kind: &str) -> Option<&str> {
        self.kinds.get(kind).map(String::as_str)
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
