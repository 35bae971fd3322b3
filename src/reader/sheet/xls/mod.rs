//! The .xls reader: the record stream of Excel 97–2003 (also 5.0 and 95), as WPS `.et` files hold it too → a workbook.
//!
//! Source: [MS-XLS]; for Excel 5.0 and 95 the OpenOffice.org documentation of the file format.

mod cells;
mod crypt;
mod record;
mod styles;
mod text;

use self::cells::{Context, Walk};
use self::record::{Records, id};
use self::styles::Collector;
use self::text::{Count, Script};
use super::book::{self, Book, CellBudget, Sheet};
use super::document;
use crate::document::{Document, Format, Warning};
use crate::reader::container::Compound;
use crate::reader::{Limits, Read, ReadError, Reader};

/// The reader of Excel 97–2003.
pub(in crate::reader) const READER: Reader =
    Reader { format: Format::Xls, name: "Excel 97–2003", read: Read::Borrowed(read) };

/// Versions in the record that begins a stream.
const EXCEL_5: u16 = 0x0500;
const EXCEL_97: u16 = 0x0600;
/// The code page of Western Windows, where none is stated.
const DEFAULT_PAGE: u32 = 1252;

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let stream = match Compound::open(bytes) {
        Some(compound) => match compound.stream("Workbook")? {
            Some(stream) => stream,
            None => compound.stream("Book")?.ok_or_else(|| damaged(0, "the stream, which is not there"))?,
        },
        // Excel 5 and some programs write the records without a container.
        None => bytes.to_vec(),
    };
    let stream = crypt::decrypted(&stream)?.unwrap_or(stream);
    let globals = Globals::read(&stream)?;
    let context = Context {
        strings: &globals.strings,
        styles: &globals.styles,
        script: globals.script,
        epoch_1904: globals.epoch_1904,
    };
    let mut book = Book::default();
    let mut budget = CellBudget::new(limits);
    for Listed { mut sheet, start, is_cells } in globals.sheets {
        if !is_cells {
            book.objects += 1;
            continue;
        }
        let mut records = Records::new(&stream, start);
        if stream.get(start..start + 2) != Some(&id::BEGIN.to_le_bytes()) {
            book.warnings.push(Warning::PartUnreadable(format!("the sheet {}", sheet.name)));
            continue;
        }
        let (walk_sheet, walk_book) = (&mut sheet, &mut book);
        Walk { context: &context, sheet: walk_sheet, book: walk_book, budget: &mut budget }
            .read(&mut records)?;
        book.sheets.push(sheet);
    }
    document(book, Format::Xls, limits)
}

/// What stands before the sheets.
struct Globals {
    script: Script,
    strings: Vec<String>,
    styles: super::style::Styles,
    epoch_1904: bool,
    sheets: Vec<Listed>,
}

/// A sheet in the list of sheets.
struct Listed {
    sheet: Sheet,
    /// Where its records begin.
    start: usize,
    /// Whether it is a sheet of cells: no chart, macros or dialog.
    is_cells: bool,
}

impl Globals {
    fn read(stream: &[u8]) -> Result<Self, ReadError> {
        let mut records = Records::new(stream, 0);
        let first = records.next()?.filter(|record| record.id & 0xff == id::BEGIN & 0xff);
        let first = first.ok_or_else(|| damaged(0, "the beginning of a workbook"))?;
        let mut globals = Self {
            script: script(first)?,
            strings: Vec::new(),
            styles: super::style::Styles::default(),
            epoch_1904: false,
            sheets: Vec::new(),
        };
        let mut styles = Collector::default();
        while let Some(record) = records.next()? {
            match record.id {
                id::EOF => break,
                id::CODE_PAGE => globals.code_page(record.data),
                id::DATE_MODE => globals.epoch_1904 = record.data.first() == Some(&1),
                id::FORMAT => styles.format(record.data, globals.script),
                id::STYLE => styles.style(record.data, globals.script),
                id::STRINGS => globals.strings = text::shared(&mut records.whole(record)?),
                id::SHEET => globals.list(record.data)?,
                _ => {}
            }
        }
        globals.styles = styles.finish();
        Ok(globals)
    }

    fn code_page(&mut self, data: &[u8]) {
        if let (Script::Page(page), Some(bytes)) = (&mut self.script, data.get(..2)) {
            *page = match u32::from(u16::from_le_bytes([bytes[0], bytes[1]])) {
                0x8000 => 10_000,
                0x8001 => DEFAULT_PAGE,
                stated => stated,
            };
        }
    }

    fn list(&mut self, data: &[u8]) -> Result<(), ReadError> {
        book::one_more_sheet(self.sheets.len())?;
        let mut pieces = record::Pieces::one(data);
        let (Some(start), Some(flags)) = (pieces.word(), pieces.take(2)) else { return Ok(()) };
        let name = text::string(&mut pieces, self.script, Count::Byte).unwrap_or_default();
        let sheet = Sheet { name, hidden: flags[0] & 3 != 0, ..Sheet::default() };
        self.sheets.push(Listed { sheet, start: start as usize, is_cells: flags[1] == 0 });
        Ok(())
    }
}

/// How the strings are written, by the version in the first record.
fn script(first: record::Record<'_>) -> Result<Script, ReadError> {
    let version = first.data.get(..2).map_or(0, |bytes| u16::from_le_bytes([bytes[0], bytes[1]]));
    match (first.id, version) {
        (id::BEGIN, EXCEL_97) => Ok(Script::Unicode),
        (id::BEGIN, EXCEL_5) => Ok(Script::Page(DEFAULT_PAGE)),
        _ => Err(ReadError::UnsupportedVersion { version: "Excel 4 and earlier", instead: ".xlsx" }),
    }
}

fn damaged(offset: usize, expected: &str) -> ReadError {
    ReadError::Damaged { part: "Workbook".to_owned(), offset: offset as u64, expected: expected.to_owned() }
}
