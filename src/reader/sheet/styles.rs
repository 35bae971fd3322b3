//! The styles of an .xlsx workbook: the number format and the look of each.

use super::book::Look;
use super::number;
use crate::reader::ReadError;
use crate::reader::container::{Element, Namespace, Node, Xml};
use std::collections::BTreeMap;

/// The most styles that are kept: Excel allows 65,490.
const MAX_STYLES: usize = 100_000;
/// The deepest nesting of elements in a style sheet.
const DEPTH: usize = 64;

/// A cell style.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    /// The code of its number format; empty for General.
    pub(super) code: String,
    pub(super) look: Look,
}

/// All cell styles of a workbook.
#[derive(Debug, Default)]
pub(super) struct Styles(Vec<Style>);

impl Styles {
    /// The style of this number; the default one where there is none.
    pub(super) fn get(&self, index: usize) -> Style {
        self.0.get(index).cloned().unwrap_or_default()
    }

    /// Reads the part `xl/styles.xml`.
    pub(super) fn read(bytes: &[u8], part: &str) -> Result<Self, ReadError> {
        let mut xml = Xml::new(bytes, part, DEPTH);
        let mut codes: BTreeMap<u32, String> = BTreeMap::new();
        let mut borders: Vec<bool> = Vec::new();
        let mut styles: Vec<Style> = Vec::new();
        let mut path: Vec<String> = Vec::new();
        loop {
            match xml.next()? {
                Node::Start(element) => {
                    let text = |name: &str| xml.attribute(&element, Namespace::None, name);
                    let number = |name: &str| text(name)?.trim().parse::<u32>().ok();
                    let within = |name: &str| path.iter().any(|open| open == name);
                    match element.local() {
                        "numFmt" if within("numFmts") => {
                            if let (Some(id), Some(code)) = (number("numFmtId"), text("formatCode")) {
                                codes.insert(id, code.into_owned());
                            }
                        }
                        "border" if within("borders") => borders.push(false),
                        "left" | "right" | "top" | "bottom" | "start" | "end" if within("borders") => {
                            let drawn = text("style").is_some_and(|style| style != "none");
                            if let Some(border) = borders.last_mut() {
                                *border |= drawn;
                            }
                        }
                        "xf" if within("cellXfs") => {
                            let id = number("numFmtId").unwrap_or(0);
                            let own = codes.get(&id).map(String::as_str);
                            let border = number("borderId").and_then(|id| borders.get(id as usize)).copied();
                            let look = Look { bordered: border.unwrap_or(false), centred: false };
                            let code = own.unwrap_or_else(|| number::built_in(id)).to_owned();
                            styles.push(Style { code, look });
                        }
                        "alignment" if within("cellXfs") => {
                            let centred =
                                matches!(text("horizontal").as_deref(), Some("center" | "centerContinuous"));
                            if let Some(style) = styles.last_mut() {
                                style.look.centred = centred;
                            }
                        }
                        _ => {}
                    }
                    if codes.len().max(borders.len()).max(styles.len()) > MAX_STYLES {
                        let what = "the number of styles".to_owned();
                        return Err(ReadError::TooLarge { what, limit: MAX_STYLES as u64 });
                    }
                    path.push(name(&element));
                }
                Node::End => {
                    path.pop();
                }
                Node::Text(_) => {}
                Node::Eof => return Ok(Self(styles)),
            }
        }
    }
}

fn name(element: &Element<'_>) -> String {
    element.local().to_owned()
}
