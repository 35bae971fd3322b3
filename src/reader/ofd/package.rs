//! What a package holds: its documents in order, and the pages of each with what belongs to them.

use super::geometry::Frame;
use super::parts::{Parts, folder};
use super::resources::Resources;
use super::tree::Tree;
use crate::reader::ReadError;
use std::collections::HashMap;

/// Most pages that are read.
pub(super) const MAX_PAGES: usize = 10_000;

/// One document of the package.
pub(super) struct OfdDocument {
    pub(super) title: Option<String>,
    /// The size of pages that state none.
    pub(super) frame: Option<Frame>,
    pub(super) resources: Resources,
    /// Pages that others refer to, by number: their part, and whether they lie over the content.
    pub(super) templates: HashMap<String, String>,
    pub(super) pages: Vec<PageParts>,
    /// Parts that are stated but missing or broken.
    pub(super) unreadable: Vec<String>,
}

/// Where a page's content and annotations stand.
pub(super) struct PageParts {
    pub(super) content: String,
    pub(super) annotations: Vec<String>,
}

/// The roots of all documents with their titles.
pub(super) fn roots(parts: &mut Parts<'_>, depth: usize) -> Result<Vec<(String, Option<String>)>, ReadError> {
    let main = parts.once("OFD.xml")?.ok_or_else(|| missing("OFD.xml"))?;
    let tree = Tree::read(&main, "OFD.xml", depth, "")?;
    let root = |body: &Tree| {
        let title = body.text_of("Title").map(ToOwned::to_owned);
        Some((parts.resolve("", body.text_of("DocRoot")?), title))
    };
    Ok(tree.all("DocBody").into_iter().filter_map(root).collect())
}

/// Reads the lists of one document.
pub(super) fn document(
    parts: &mut Parts<'_>,
    root: &str,
    title: Option<String>,
    depth: usize,
) -> Result<OfdDocument, ReadError> {
    let bytes = parts.once(root)?.ok_or_else(|| missing(root))?;
    let tree = Tree::read(&bytes, root, depth, "Outlines")?;
    let base = folder(root);
    let common = tree.all("CommonData");
    let frame = common.first().and_then(|common| common.text_of("PhysicalBox")).and_then(Frame::parse);
    let mut document = OfdDocument {
        title,
        frame: frame.filter(Frame::is_page),
        resources: Resources::default(),
        templates: HashMap::new(),
        pages: Vec::new(),
        unreadable: Vec::new(),
    };
    for resource in tree.all("PublicRes").into_iter().chain(tree.all("DocumentRes")) {
        let path = parts.resolve(base, &resource.text);
        document.add_resources(parts, &path, depth)?;
    }
    for template in tree.all("TemplatePage") {
        if let (Some(id), Some(place)) = (template.attribute("ID"), template.attribute("BaseLoc")) {
            document.templates.insert(id.to_owned(), parts.resolve(base, place));
        }
    }
    let mut annotations = annotations(parts, base, &tree, depth, &mut document.unreadable)?;
    let pages = tree.all("Pages");
    for page in pages.iter().flat_map(|pages| &pages.children).filter(|page| page.name == "Page") {
        let Some(place) = page.attribute("BaseLoc") else { continue };
        let content = parts.resolve(base, place);
        let annotations = page.attribute("ID").and_then(|id| annotations.remove(id)).unwrap_or_default();
        document.pages.push(PageParts { content, annotations });
    }
    Ok(document)
}

impl OfdDocument {
    /// Adds a part with resources, or notes that it can't be read.
    pub(super) fn add_resources(
        &mut self,
        parts: &mut Parts<'_>,
        path: &str,
        depth: usize,
    ) -> Result<(), ReadError> {
        match self.resources.add(parts, path, depth) {
            Ok(Some(())) => Ok(()),
            Ok(None) | Err(ReadError::Damaged { .. }) => {
                self.unreadable.push(path.to_owned());
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}

/// The parts with annotations, by the number of their page.
fn annotations(
    parts: &mut Parts<'_>,
    base: &str,
    tree: &Tree,
    depth: usize,
    unreadable: &mut Vec<String>,
) -> Result<HashMap<String, Vec<String>>, ReadError> {
    let mut found: HashMap<String, Vec<String>> = HashMap::new();
    for list in tree.all("Annotations") {
        let path = parts.resolve(base, &list.text);
        let read = parts.once(&path).and_then(|bytes| bytes.ok_or_else(|| missing(&path)));
        let tree = match read.and_then(|bytes| Tree::read(&bytes, &path, depth, "")) {
            Ok(tree) => tree,
            Err(ReadError::Damaged { .. }) => {
                unreadable.push(path);
                continue;
            }
            Err(error) => return Err(error),
        };
        for page in tree.all("Page") {
            let Some(id) = page.attribute("PageID") else { continue };
            let files = page.all("FileLoc").into_iter().map(|file| parts.resolve(folder(&path), &file.text));
            found.entry(id.to_owned()).or_default().extend(files);
        }
    }
    Ok(found)
}

fn missing(path: &str) -> ReadError {
    ReadError::Damaged { part: path.to_owned(), offset: 0, expected: "the part itself".to_owned() }
}
