//! The reader of Excel 2003 XML (SpreadsheetML 2003): one XML file → a workbook.

mod cells;
mod styles;

use self::cells::Walk;
use super::book::{Book, CellBudget};
use super::document;
use crate::document::{Document, Format};
use crate::reader::container::{Xml, decode_xml};
use crate::reader::{Limits, Read, ReadError, Reader};

/// The reader of Excel 2003 XML.
pub(in crate::reader) const READER: Reader =
    Reader { format: Format::ExcelXml, name: "Excel 2003 XML", read: Read::Borrowed(read) };

/// The deepest nesting of elements.
const DEPTH: usize = 256;

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    if bytes.len() as u64 > limits.unpacked_bytes {
        return Err(ReadError::TooLarge { what: "the file".to_owned(), limit: limits.unpacked_bytes });
    }
    let text = decode_xml(bytes.to_vec());
    let styles = styles::read(&mut Xml::new(&text, "file", DEPTH))?;
    let mut book = Book::default();
    let mut budget = CellBudget::new(limits);
    Walk::new(&styles, &mut book, &mut budget).read(&mut Xml::new(&text, "file", DEPTH))?;
    document(book, Format::ExcelXml, limits)
}
