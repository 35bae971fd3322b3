//! What pages refer to by number: fonts, drawing parameters, and units that are drawn many times.

use super::geometry::number;
use super::parts::{Parts, folder};
use super::tree::Tree;
use crate::reader::ReadError;
use crate::reader::page::font::{is_bold_name, reverse};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::rc::Rc;

/// Longest chain of drawing parameters that refer to each other.
const RELATIVES: usize = 8;

/// The resources of one document, by their numbers.
#[derive(Default)]
pub(super) struct Resources {
    fonts: BTreeMap<String, Font>,
    params: HashMap<String, Param>,
    /// The part that holds each drawn unit.
    units: HashMap<String, Rc<Vec<u8>>>,
}

/// A font: what it is called, and what its own file says. Files are large and hardly ever needed, since texts state their
/// characters, so that one is read only when a text turns out to need it.
pub(super) struct Font {
    pub(super) bold: bool,
    file: Option<String>,
    characters: Option<HashMap<u32, char>>,
    wanted: Cell<bool>,
}

struct Param {
    relative: Option<String>,
    line_width: Option<f64>,
}

impl Font {
    /// The character that a glyph of the embedded font stands for, where its file was read. Where it was not, it is noted
    /// as wanted.
    pub(super) fn character(&self, glyph: u32) -> Option<char> {
        if self.characters.is_none() {
            self.wanted.set(true);
        }
        self.characters.as_ref()?.get(&glyph).copied()
    }
}

impl Resources {
    pub(super) fn font(&self, id: &str) -> Option<&Font> {
        self.fonts.get(id)
    }

    /// Reads the files of all fonts that were wanted; whether there were any.
    pub(super) fn read_wanted(&mut self, parts: &mut Parts<'_>) -> bool {
        let mut any = false;
        for font in self.fonts.values_mut().filter(|font| font.wanted.take()) {
            let file = font.file.as_ref().and_then(|file| parts.binary(file));
            any |= file.is_some();
            font.characters = Some(file.map(|file| reverse(&file)).unwrap_or_default());
        }
        any
    }

    /// The part that holds a unit.
    pub(super) fn unit(&self, id: &str) -> Option<Rc<Vec<u8>>> {
        self.units.get(id).cloned()
    }

    /// The line width that drawing parameters state, themselves or by those they are relative to.
    pub(super) fn line_width(&self, id: &str) -> Option<f64> {
        let mut param = self.params.get(id)?;
        for _ in 0..RELATIVES {
            if param.line_width.is_some() {
                return param.line_width;
            }
            param = self.params.get(param.relative.as_deref()?)?;
        }
        None
    }

    /// Adds the resources of a part; `None` where there is no such part.
    pub(super) fn add(
        &mut self,
        parts: &mut Parts<'_>,
        path: &str,
        depth: usize,
    ) -> Result<Option<()>, ReadError> {
        let Some(bytes) = parts.shared(path)? else { return Ok(None) };
        let tree = Tree::read(&bytes, path, depth, "Content")?;
        let base = tree.all("Res").first().and_then(|res| res.attribute("BaseLoc")).unwrap_or_default();
        let base = super::parts::join(folder(path), base);
        for font in tree.all("Font") {
            let Some(id) = font.attribute("ID") else { continue };
            let named = ["FontName", "FamilyName"].iter().filter_map(|name| font.attribute(name));
            let bold = font.attribute("Bold") == Some("true") || named.into_iter().any(is_bold_name);
            let file = font.text_of("FontFile").map(|file| parts.resolve(&base, file));
            let font = Font { bold, file, characters: None, wanted: Cell::new(false) };
            self.fonts.insert(id.to_owned(), font);
        }
        for param in tree.all("DrawParam") {
            let Some(id) = param.attribute("ID") else { continue };
            let line_width = param.attribute("LineWidth").and_then(number);
            let relative = param.attribute("Relative").map(ToOwned::to_owned);
            self.params.insert(id.to_owned(), Param { relative, line_width });
        }
        for unit in tree.all("CompositeGraphicUnit") {
            if let Some(id) = unit.attribute("ID") {
                self.units.insert(id.to_owned(), Rc::clone(&bytes));
            }
        }
        Ok(Some(()))
    }
}
