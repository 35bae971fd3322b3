//! The parts of a package: where a reference leads, and what was read once is kept for the next page.

use crate::reader::ReadError;
use crate::reader::container::{Package, decode_xml};
use crate::reader::encoding::decode;
use std::collections::HashMap;
use std::rc::Rc;

/// Parts that many pages may share are kept up to this size in all.
const KEPT_BYTES: usize = 64 << 20;

/// A package and its shared parts.
pub(super) struct Parts<'a> {
    package: Package<'a>,
    kept: HashMap<String, Rc<Vec<u8>>>,
    kept_bytes: usize,
}

impl<'a> Parts<'a> {
    pub(super) fn new(package: Package<'a>) -> Self {
        Self { package, kept: HashMap::new(), kept_bytes: 0 }
    }

    /// Whether the package says that its parts are encrypted (GM/T 0099).
    pub(super) fn is_encrypted(&self) -> bool {
        self.package.has("Encryptions.xml")
    }

    /// The path that a reference in a part of folder `base` leads to: below that folder, or else from the root, as some
    /// write it.
    pub(super) fn resolve(&self, base: &str, reference: &str) -> String {
        let below = join(base, reference);
        let from_root = join("", reference);
        if !self.package.has(&below) && self.package.has(&from_root) { from_root } else { below }
    }

    /// A part that is read once.
    pub(super) fn once(&mut self, path: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let decoded = self.package.part(path)?.map(decode_xml);
        // Some producers write GBK without saying so.
        Ok(decoded.map(|bytes| match std::str::from_utf8(&bytes) {
            Ok(_) => bytes,
            Err(_) => decode(&bytes, None).text.into_bytes(),
        }))
    }

    /// A part that several pages may share.
    pub(super) fn shared(&mut self, path: &str) -> Result<Option<Rc<Vec<u8>>>, ReadError> {
        if let Some(kept) = self.kept.get(path) {
            return Ok(Some(Rc::clone(kept)));
        }
        let Some(bytes) = self.once(path)? else { return Ok(None) };
        let bytes = Rc::new(bytes);
        if self.kept_bytes + bytes.len() <= KEPT_BYTES {
            self.kept_bytes += bytes.len();
            self.kept.insert(path.to_owned(), Rc::clone(&bytes));
        }
        Ok(Some(bytes))
    }

    /// The bytes of a part that is no XML.
    pub(super) fn binary(&mut self, path: &str) -> Option<Vec<u8>> {
        self.package.part(path).ok().flatten()
    }
}

/// The folder of a part.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A reference as a path from the root; steps up end at the root.
pub(super) fn join(base: &str, reference: &str) -> String {
    let reference = reference.trim().replace('\\', "/");
    let mut steps: Vec<&str> = Vec::new();
    let base = if reference.starts_with('/') { "" } else { base };
    for step in base.split('/').chain(reference.split('/')) {
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
    use super::*;

    #[test]
    fn references_lead_below_the_folder_or_from_the_root() {
        assert_eq!(join("Doc_0", "Pages/Page_0/Content.xml"), "Doc_0/Pages/Page_0/Content.xml");
        assert_eq!(join("Doc_0", "/Doc_0/PublicRes.xml"), "Doc_0/PublicRes.xml");
        assert_eq!(join("Doc_0/Tpls", "..\\Res\\font.ttf"), "Doc_0/Res/font.ttf");
        assert_eq!(join("", "../../x"), "x");
        assert_eq!(folder("Doc_0/Document.xml"), "Doc_0");
        assert_eq!(folder("OFD.xml"), "");
    }
}
