//! The .ods reader: an OpenDocument spreadsheet → a workbook. What a cell shows stands in it as text.

mod cells;
mod styles;

use self::cells::Walk;
use self::styles::Styles;
use super::book::{Book, CellBudget};
use super::document;
use crate::document::{Document, Format};
use crate::reader::container::{Package, Xml, decode_xml};
use crate::reader::{Limits, Read, ReadError, Reader};

/// The reader of OpenDocument spreadsheets, as LibreOffice writes them.
pub(in crate::reader) const READER: Reader =
    Reader { format: Format::Ods, name: "OpenDocument spreadsheet", read: Read::Borrowed(read) };

/// The deepest nesting of elements.
const DEPTH: usize = 256;
/// The part with the cells, and the one with the styles that have names.
const CONTENT: &str = "content.xml";
const STYLES: &str = "styles.xml";

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let mut package = Package::open(bytes, limits)?;
    let manifest = package.part("META-INF/manifest.xml")?.map(decode_xml).unwrap_or_default();
    if String::from_utf8_lossy(&manifest).contains("encryption-data") {
        return Err(ReadError::Encrypted { what: CONTENT.to_owned() });
    }
    let Some(content) = package.part(CONTENT)?.map(decode_xml) else {
        let expected = "the part that holds the cells".to_owned();
        return Err(ReadError::Damaged { part: CONTENT.to_owned(), offset: 0, expected });
    };
    let mut styles = Styles::default();
    if let Some(named) = package.part(STYLES)?.map(decode_xml) {
        styles.read(&mut Xml::new(&named, STYLES, DEPTH))?;
    }
    styles.read(&mut Xml::new(&content, CONTENT, DEPTH))?;
    let mut book = Book::default();
    let mut budget = CellBudget::new(limits);
    Walk::new(&styles, &mut book, &mut budget).read(&mut Xml::new(&content, CONTENT, DEPTH))?;
    document(book, Format::Ods, limits)
}
