//! The styles of an .xlsx workbook: the number format and the look of each.

use crate::reader::ReadError;
use crate::reader::container::{Element, Namespace, Node, Xml};
use crate::reader::sheet::book::Look;
use crate::reader::sheet::number;
use crate::reader::sheet::style::{Style, Styles};
use std::collections::BTreeMap;

/// The most styles that are kept: Excel allows 65,490.
const MAX_STYLES: usize = 100_000;
/// The deepest nesting of elements in a style sheet.
const DEPTH: usize = 64;

/// The lists of a style sheet whose entries matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    Formats,
    Borders,
    Cells,
}

/// Reads the part `xl/styles.xml`.
pub(super) fn read(bytes: &[u8], part: &str) -> Result<Styles, ReadError> {
    let mut xml = Xml::new(bytes, part, DEPTH);
    let mut sheet = StyleSheet::default();
    // For each open element the list that it begins.
    let mut path: Vec<Option<List>> = Vec::new();
    loop {
        match xml.next()? {
            Node::Start(element) => {
                let list = path.iter().rev().find_map(|list| *list);
                if let Some(list) = list {
                    sheet.entry(list, &xml, &element);
                }
                sheet.bounded()?;
                path.push(match element.local() {
                    "numFmts" => Some(List::Formats),
                    "borders" => Some(List::Borders),
                    "cellXfs" => Some(List::Cells),
                    _ => None,
                });
            }
            Node::End => {
                path.pop();
            }
            Node::Text(_) => {}
            Node::Eof => return Ok(Styles(sheet.styles)),
        }
    }
}

/// A style sheet while it is read.
#[derive(Default)]
struct StyleSheet {
    codes: BTreeMap<u32, String>,
    /// For each border whether any side is drawn.
    borders: Vec<bool>,
    styles: Vec<Style>,
}

impl StyleSheet {
    /// An element inside a list.
    fn entry(&mut self, list: List, xml: &Xml<'_>, element: &Element<'_>) {
        let text = |name: &str| xml.attribute(element, Namespace::None, name);
        let number = |name: &str| text(name)?.trim().parse::<u32>().ok();
        match (list, element.local()) {
            (List::Formats, "numFmt") => {
                if let (Some(id), Some(code)) = (number("numFmtId"), text("formatCode")) {
                    self.codes.insert(id, code.into_owned());
                }
            }
            (List::Borders, "border") => self.borders.push(false),
            (List::Borders, "left" | "right" | "top" | "bottom" | "start" | "end") => {
                let drawn = text("style").is_some_and(|style| style != "none");
                if let Some(border) = self.borders.last_mut() {
                    *border |= drawn;
                }
            }
            (List::Cells, "xf") => {
                let border = number("borderId").and_then(|id| self.borders.get(id as usize)).copied();
                let look = Look { bordered: border.unwrap_or(false), centred: false };
                self.styles.push(Style { code: self.code(number("numFmtId").unwrap_or(0)), look });
            }
            (List::Cells, "alignment") => {
                if let Some(style) = self.styles.last_mut() {
                    style.look.centred =
                        matches!(text("horizontal").as_deref(), Some("center" | "centerContinuous"));
                }
            }
            _ => {}
        }
    }

    fn code(&self, id: u32) -> String {
        self.codes.get(&id).cloned().unwrap_or_else(|| number::built_in(id).to_owned())
    }

    fn bounded(&self) -> Result<(), ReadError> {
        if self.codes.len().max(self.borders.len()).max(self.styles.len()) > MAX_STYLES {
            let what = "the number of styles".to_owned();
            return Err(ReadError::TooLarge { what, limit: MAX_STYLES as u64 });
        }
        Ok(())
    }
}
