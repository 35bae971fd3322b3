//! The styles of Excel 2003 XML: the number format and the look of each, by name.

use crate::reader::ReadError;
use crate::reader::container::{Namespace, Node, Xml};
use crate::reader::sheet::style::Style;
use std::collections::BTreeMap;

/// The most styles that are kept.
const MAX_STYLES: usize = 100_000;

/// Formats that have a name instead of a code, as a Chinese Excel shows them.
const NAMED: &[(&str, &str)] = &[
    ("General", ""),
    ("General Number", ""),
    ("General Date", "yyyy/m/d h:mm"),
    ("Long Date", "yyyy\"年\"m\"月\"d\"日\""),
    ("Medium Date", "d-mmm-yy"),
    ("Short Date", "yyyy/m/d"),
    ("Long Time", "h:mm:ss"),
    ("Medium Time", "h:mm AM/PM"),
    ("Short Time", "h:mm"),
    ("Currency", "\"¥\"#,##0.00;\"¥\"\\-#,##0.00"),
    ("Fixed", "0.00"),
    ("Standard", "#,##0.00"),
    ("Percent", "0.00%"),
];

/// The styles by their ids.
pub(super) type Styles = BTreeMap<String, Style>;

/// Reads the styles, which stand before the sheets.
pub(super) fn read(xml: &mut Xml<'_>) -> Result<Styles, ReadError> {
    let mut styles = Styles::new();
    let mut open: Option<(String, Style)> = None;
    // Depth below the style that is open.
    let mut depth = 0_usize;
    loop {
        match xml.next()? {
            Node::Start(element) if element.namespace == Namespace::Sheet => {
                let text = |name: &str| xml.attribute(&element, Namespace::Sheet, name);
                match (element.local(), &mut open) {
                    ("Worksheet", _) => return Ok(styles),
                    ("Style", _) => {
                        let parent = text("Parent").or_else(|| Some("Default".into()));
                        let base = parent.and_then(|parent| styles.get(&*parent)).cloned();
                        open = Some((text("ID").unwrap_or_default().into_owned(), base.unwrap_or_default()));
                        depth = 0;
                        continue;
                    }
                    ("NumberFormat", Some((_, style))) => {
                        style.code = code(&text("Format").unwrap_or_default());
                    }
                    ("Alignment", Some((_, style))) => {
                        let across = text("Horizontal");
                        style.look.centred =
                            matches!(across.as_deref(), Some("Center" | "CenterAcrossSelection"));
                    }
                    ("Borders", Some((_, style))) => style.look.bordered = false,
                    ("Border", Some((_, style))) => {
                        style.look.bordered |= text("LineStyle").is_some_and(|line| line != "None");
                    }
                    _ => {}
                }
                depth += 1;
            }
            Node::Start(_) => depth += 1,
            Node::End if depth == 0 => styles.extend(open.take()),
            Node::End => depth -= 1,
            Node::Text(_) => {}
            Node::Eof => return Ok(styles),
        }
        if styles.len() > MAX_STYLES {
            let what = "the number of styles".to_owned();
            return Err(ReadError::TooLarge { what, limit: MAX_STYLES as u64 });
        }
    }
}

fn code(format: &str) -> String {
    let named = NAMED.iter().find(|(name, _)| *name == format);
    named.map_or(format, |(_, code)| code).to_owned()
}
