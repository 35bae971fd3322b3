//! The styles of an OpenDocument spreadsheet: how the cells of each look, and which sheets it hides.

use crate::reader::ReadError;
use crate::reader::container::{Element, Namespace, Node, Xml};
use crate::reader::sheet::book::Look;
use std::collections::BTreeMap;

/// The most styles that are kept.
const MAX_STYLES: usize = 100_000;
/// The attributes that draw a border.
const BORDERS: [&str; 5] = ["border", "border-left", "border-right", "border-top", "border-bottom"];

/// A style of cells or of sheets.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Style {
    pub(super) look: Look,
    /// Whether a sheet of it is not shown.
    pub(super) hides: bool,
}

/// The styles by family and name.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<(String, String), Style>);

impl Styles {
    /// A style by its family (`table`, `table-cell`) and name; one that shows nothing special where there is none.
    pub(super) fn get(&self, family: &str, name: &str) -> Style {
        self.0.get(&(family.to_owned(), name.to_owned())).copied().unwrap_or_default()
    }

    /// Adds the styles of a part; they stand before the sheets, and parents before those that go by them.
    pub(super) fn read(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        let mut open: Option<((String, String), Style)> = None;
        // Depth below the style that is open.
        let mut depth = 0_usize;
        loop {
            match xml.next()? {
                Node::Start(element) => match &mut open {
                    _ if (element.namespace, element.local()) == (Namespace::OdfOffice, "body") => {
                        return Ok(());
                    }
                    Some((_, style)) => {
                        property(xml, &element, style);
                        depth += 1;
                    }
                    None if (element.namespace, element.local()) == (Namespace::OdfStyle, "style") => {
                        let text = |name: &str| {
                            xml.attribute(&element, Namespace::OdfStyle, name)
                                .unwrap_or_default()
                                .into_owned()
                        };
                        let family = text("family");
                        let parent = self.get(&family, &text("parent-style-name"));
                        open = Some(((family, text("name")), parent));
                        depth = 0;
                    }
                    None => {}
                },
                Node::End if open.is_some() && depth > 0 => depth -= 1,
                Node::End => self.0.extend(open.take()),
                Node::Text(_) => {}
                Node::Eof => return Ok(()),
            }
            if self.0.len() > MAX_STYLES {
                let what = "the number of styles".to_owned();
                return Err(ReadError::TooLarge { what, limit: MAX_STYLES as u64 });
            }
        }
    }
}

fn property(xml: &Xml<'_>, element: &Element<'_>, style: &mut Style) {
    if element.namespace != Namespace::OdfStyle {
        return;
    }
    let format = |name: &str| xml.attribute(element, Namespace::OdfFormat, name);
    match element.local() {
        "table-cell-properties" => {
            let stated: Vec<bool> =
                BORDERS.iter().filter_map(|name| Some(format(name)?.trim() != "none")).collect();
            if !stated.is_empty() {
                style.look.bordered = stated.contains(&true);
            }
        }
        "paragraph-properties" => {
            if let Some(align) = format("text-align") {
                style.look.centred = align == "center";
            }
        }
        "table-properties" => {
            let display = xml.attribute(element, Namespace::OdfTable, "display");
            style.hides = display.is_some_and(|display| display == "false");
        }
        _ => {}
    }
}
