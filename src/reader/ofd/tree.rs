//! Small XML parts as a tree of elements: the lists of documents, pages and resources. Pages are never read this way.

use crate::reader::ReadError;
use crate::reader::container::{Namespace, Node, Xml};

/// Most elements of a list; a document of a thousand pages has some 3,000.
const MAX_ELEMENTS: usize = 200_000;
/// The attributes that are looked at in any list.
const ATTRIBUTES: &[&str] = &[
    "ID",
    "BaseLoc",
    "PageID",
    "FontName",
    "FamilyName",
    "Bold",
    "LineWidth",
    "Relative",
    "TemplateID",
    "ZOrder",
];

/// One element: its name without the prefix, its attributes, its text and what is in it.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) name: String,
    attributes: Vec<(&'static str, String)>,
    pub(super) text: String,
    pub(super) children: Vec<Tree>,
}

impl Tree {
    /// Reads a part. Elements called `without` are left out with all that is in them.
    pub(super) fn read(bytes: &[u8], part: &str, depth: usize, without: &str) -> Result<Self, ReadError> {
        let mut xml = Xml::new(bytes, part, depth);
        let mut open = vec![Tree::default()];
        let mut hidden = 0_usize;
        let mut count = 0;
        loop {
            match xml.next()? {
                Node::Start(element) if hidden > 0 || element.local() == without => hidden += 1,
                Node::Start(element) => {
                    count += 1;
                    if count > MAX_ELEMENTS {
                        let what = format!("the number of elements in {part}");
                        return Err(ReadError::TooLarge { what, limit: MAX_ELEMENTS as u64 });
                    }
                    let attribute = |name: &&'static str| {
                        let value = xml.attribute(&element, Namespace::None, name)?;
                        Some((*name, value.into_owned()))
                    };
                    let attributes = ATTRIBUTES.iter().filter_map(attribute).collect();
                    let name = element.local().to_owned();
                    open.push(Tree { name, attributes, ..Tree::default() });
                }
                Node::End if hidden > 0 => hidden -= 1,
                Node::End => {
                    if let Some(done) = open.pop()
                        && let Some(parent) = open.last_mut()
                    {
                        parent.children.push(done);
                    }
                }
                Node::Text(text) if hidden == 0 => {
                    if let Some(innermost) = open.last_mut() {
                        innermost.text.push_str(&text);
                    }
                }
                Node::Text(_) => {}
                Node::Eof => return Ok(open.pop().unwrap_or_default()),
            }
        }
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str())
    }

    /// All elements of this name at any depth, in order.
    pub(super) fn all(&self, name: &str) -> Vec<&Tree> {
        let mut found = Vec::new();
        let mut waiting = vec![self];
        while let Some(tree) = waiting.pop() {
            if tree.name == name {
                found.push(tree);
            }
            waiting.extend(tree.children.iter().rev());
        }
        found
    }

    /// The text of the first element of this name.
    pub(super) fn text_of(&self, name: &str) -> Option<&str> {
        self.all(name).first().map(|tree| tree.text.trim()).filter(|text| !text.is_empty())
    }
}
