//! The .xlsx reader: the parts of a SpreadsheetML package → a workbook.

mod cells;
mod strings;
mod styles;

use self::cells::{Context, Walk};
use super::book::{self, Book, CellBudget, Sheet};
use super::document;
use crate::document::{Document, Format, Warning};
use crate::reader::container::{Namespace, Node, Package, Relations, Xml, decode_xml};
use crate::reader::{Limits, Read, ReadError, Reader};

/// The reader of Excel 2007 and later.
pub(in crate::reader) const READER: Reader =
    Reader { format: Format::Xlsx, name: "Excel 2007 and later", read: Read::Borrowed(read) };

/// The deepest nesting of elements in a part: extensions come to some thirty.
const DEPTH: usize = 256;

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let mut source = Source { package: Package::open(bytes, limits)?, warnings: Vec::new() };
    let root = Relations::read(&mut source.package, "")?;
    let main = root.kind("officeDocument").filter(|part| source.package.has(part));
    let main = main.unwrap_or("xl/workbook.xml").to_owned();
    if main.to_ascii_lowercase().ends_with(".bin") {
        return Err(ReadError::UnsupportedVersion {
            version: "Excel binary workbook (.xlsb)",
            instead: ".xlsx",
        });
    }
    let Some(workbook) = source.part(&main)? else {
        let expected = "the part that holds the workbook".to_owned();
        return Err(ReadError::Damaged { part: main, offset: 0, expected });
    };
    let relations = Relations::read(&mut source.package, &main)?;
    let strings = source.parsed(relations.kind("sharedStrings"), strings::shared)?;
    let styles = source.parsed(relations.kind("styles"), styles::read)?;
    let (sheets, epoch_1904) = sheets(&workbook, &main)?;
    let context = Context { strings: &strings, styles: &styles, epoch_1904 };
    let mut book = Book::default();
    let mut budget = CellBudget::new(limits);
    for (mut sheet, id) in sheets {
        let Some(part) = relations.target_of_kind(&id, "worksheet") else {
            book.objects += 1;
            continue;
        };
        let Some(bytes) = source.optional(part)? else { continue };
        let walk = Walk::new(&context, &mut sheet, &mut book, &mut budget);
        walk.read(&mut Xml::new(&bytes, part, DEPTH))?;
        book.sheets.push(sheet);
    }
    book.warnings.append(&mut source.warnings);
    document(book, Format::Xlsx, limits)
}

/// The package and what went wrong with it so far.
struct Source<'a> {
    package: Package<'a>,
    warnings: Vec<Warning>,
}

impl Source<'_> {
    fn part(&mut self, part: &str) -> Result<Option<Vec<u8>>, ReadError> {
        Ok(self.package.part(part)?.map(decode_xml))
    }

    /// A part that should be there; a missing one leaves a warning.
    fn optional(&mut self, part: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let bytes = self.part(part)?;
        if bytes.is_none() {
            self.warnings.push(Warning::PartUnreadable(part.to_owned()));
        }
        Ok(bytes)
    }

    /// What a part makes; nothing where there is none.
    fn parsed<T: Default>(
        &mut self,
        part: Option<&str>,
        parse: fn(&[u8], &str) -> Result<T, ReadError>,
    ) -> Result<T, ReadError> {
        let Some(part) = part else { return Ok(T::default()) };
        self.optional(part)?.map_or_else(|| Ok(T::default()), |bytes| parse(&bytes, part))
    }
}

/// The sheets with the ids of their parts, and whether dates count from 1904.
fn sheets(bytes: &[u8], part: &str) -> Result<(Vec<(Sheet, String)>, bool), ReadError> {
    let mut xml = Xml::new(bytes, part, DEPTH);
    let (mut sheets, mut epoch_1904) = (Vec::new(), false);
    loop {
        match xml.next()? {
            Node::Start(element) => {
                let text = |name: &str| xml.attribute(&element, Namespace::None, name);
                if element.local() == "workbookPr" {
                    // An extension has an element of this name too, which says nothing about dates.
                    epoch_1904 |= matches!(text("date1904").as_deref(), Some("1" | "true"));
                }
                if element.local() == "sheet"
                    && let Some(id) = xml.attribute(&element, Namespace::Reference, "id")
                {
                    let name = text("name").unwrap_or_default().into_owned();
                    let hidden = matches!(text("state").as_deref(), Some("hidden" | "veryHidden"));
                    book::one_more_sheet(sheets.len())?;
                    sheets.push((Sheet { name, hidden, ..Sheet::default() }, id.into_owned()));
                }
            }
            Node::Eof => return Ok((sheets, epoch_1904)),
            _ => {}
        }
    }
}
