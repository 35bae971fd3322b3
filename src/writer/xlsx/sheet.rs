//! One worksheet, written row after row.

use super::entry::{Complete, Entry};
use super::strings::{Recent, Strings};
use super::text::push_text;
use crate::writer::{Cell, Value};
use std::io::{self, Write};
use std::path::Path;

/// Rows of a sheet, its header included.
const ROWS: u32 = 1_048_576;
/// Bytes of a sheet: a package without the extension for large files, which Excel calls damaged, holds less than 4 GiB.
const BYTES: u64 = 0xF000_0000;
/// UTF-16 units that a cell may hold.
pub(super) const CELL_UNITS: usize = 32_767;
/// Stands at the end of a text that was cut.
const CUT_MARK: &str = "…【已截断 cut】";
/// The first whole number with more digits than Excel keeps: 15.
const INEXACT: u128 = 1_000_000_000_000_000;
/// The style of a header, in `xl/styles.xml`.
const BOLD: &str = " s=\"1\"";

/// A worksheet that is being written.
pub(super) struct Sheet {
    entry: Entry,
    columns: Vec<Column>,
    /// Rows so far.
    rows: u32,
}

struct Column {
    /// What a cell begins with, up to the number of its row.
    begin: Vec<u8>,
    /// The rest of the last cell, where one with the same value has the same.
    last: Vec<u8>,
    recent: Recent,
}

impl Sheet {
    /// Begins a sheet with a header that stays in view; each column has its header and its width in characters.
    pub(super) fn begin(folder: &Path, number: usize, columns: &[(&str, f64)]) -> io::Result<Self> {
        let mut entry = Entry::begin(folder, &file_name(number))?;
        let selected = if number == 1 { " tabSelected=\"1\"" } else { "" };
        write!(
            entry.text,
            "{}<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
             <sheetViews><sheetView{selected} workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" \
             activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
             <sheetFormatPr defaultRowHeight=\"15\"/><cols>",
            super::package::DECLARATION,
        )?;
        for (number, (_, width)) in (1..).zip(columns) {
            write!(
                entry.text,
                "<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"/>"
            )?;
        }
        entry.text.extend(b"</cols><sheetData>");
        let headers: Vec<&str> = columns.iter().map(|(header, _)| *header).collect();
        let mut sheet = Self { entry, columns: (0..headers.len()).map(Column::new).collect(), rows: 0 };
        sheet.texts(&headers, BOLD)?;
        Ok(sheet)
    }

    /// Whether it holds no further row.
    pub(super) fn is_full(&self) -> bool {
        self.rows >= ROWS || self.entry.bytes() >= BYTES
    }

    /// Writes a row; says how many texts were cut.
    pub(super) fn row<'a>(
        &mut self,
        strings: &mut Strings,
        cells: impl Iterator<Item = Cell<'a>>,
    ) -> io::Result<u64> {
        let number = self.open_row();
        let mut cut = 0;
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            cut += u64::from(column.cell(&mut self.entry.text, strings, number.as_bytes(), &cell)?);
        }
        self.close_row()?;
        Ok(cut)
    }

    /// Writes a row of texts that stand in their cells; `style` is an attribute of these.
    pub(super) fn texts(&mut self, texts: &[&str], style: &str) -> io::Result<()> {
        let number = self.open_row();
        let xml = &mut self.entry.text;
        for (column, text) in self.columns.iter().zip(texts).filter(|(_, text)| !text.is_empty()) {
            column.open(xml, number.as_bytes());
            xml.extend(style.as_bytes());
            push_inline(xml, text.as_bytes());
        }
        self.close_row()
    }

    /// Completes the sheet, with filters over its rows; hands back their range too.
    pub(super) fn finish(mut self) -> io::Result<(Complete, String)> {
        let (column, row) = (letters(self.columns.len() - 1), self.rows.max(2));
        write!(self.entry.text, "</sheetData><autoFilter ref=\"A1:{column}{row}\"/></worksheet>")?;
        Ok((self.entry.finish()?, format!("$A$1:${column}${row}")))
    }

    /// Opens a row; says its number.
    fn open_row(&mut self) -> String {
        self.rows += 1;
        let number = self.rows.to_string();
        self.entry.text.extend(b"<row r=\"");
        self.entry.text.extend(number.as_bytes());
        self.entry.text.extend(b"\">");
        number
    }

    fn close_row(&mut self) -> io::Result<()> {
        self.entry.text.extend(b"</row>");
        self.entry.pass_on()
    }
}

impl Column {
    fn new(number: usize) -> Self {
        let begin = format!("<c r=\"{}", letters(number)).into_bytes();
        Self { begin, last: Vec::new(), recent: Recent::default() }
    }

    /// Writes a cell, numbers as numbers where Excel keeps them exactly and as text otherwise; says whether a text was
    /// cut.
    fn cell(
        &mut self,
        xml: &mut Vec<u8>,
        strings: &mut Strings,
        row: &[u8],
        cell: &Cell<'_>,
    ) -> io::Result<bool> {
        let is_exact = match cell.value {
            Value::Empty => return Ok(false),
            Value::List(items) if items.is_empty() => return Ok(false),
            _ if cell.again && !self.last.is_empty() => {
                self.open(xml, row);
                xml.extend(&self.last);
                return Ok(false);
            }
            Value::Boolean(_) => true,
            Value::Integer(number) => u128::from(number.unsigned_abs()) < INEXACT,
            Value::Decimal(decimal) => decimal.normalize().mantissa().unsigned_abs() < INEXACT,
            Value::Text(_) | Value::List(_) => false,
        };
        self.open(xml, row);
        self.last.clear();
        if is_exact {
            let (kind, text) = match cell.value {
                Value::Boolean(true) => (" t=\"b\"", &b"1"[..]),
                Value::Boolean(false) => (" t=\"b\"", &b"0"[..]),
                _ => ("", cell.text),
            };
            for piece in [kind.as_bytes(), b"><v>", text, b"</v></c>"] {
                self.last.extend(piece);
            }
            xml.extend(&self.last);
            return Ok(false);
        }
        let short = cut_to(cell.text, CELL_UNITS);
        let text = short.as_deref().map_or(cell.text, str::as_bytes);
        if let Some(shared) = strings.shared(&mut self.recent, text)? {
            xml.extend(shared);
            if short.is_none() {
                self.last.extend(shared);
            }
        } else {
            push_inline(xml, text);
        }
        Ok(short.is_some())
    }

    /// The beginning of a cell, up to where its tag may have more attributes.
    fn open(&self, xml: &mut Vec<u8>, row: &[u8]) {
        xml.extend(&self.begin);
        xml.extend(row);
        xml.push(b'"');
    }
}

/// The rest of a cell that holds its text itself.
fn push_inline(xml: &mut Vec<u8>, text: &[u8]) {
    xml.extend(b" t=\"inlineStr\"><is>");
    push_text(xml, text);
    xml.extend(b"</is></c>");
}

/// The sheet's file in the package.
pub(super) fn file_name(number: usize) -> String {
    format!("xl/worksheets/sheet{number}.xml")
}

/// The letters of a column, counted from 0.
fn letters(column: usize) -> String {
    let digit = char::from(b'A' + u8::try_from(column % 26).unwrap_or_default());
    match column / 26 {
        0 => digit.to_string(),
        left => letters(left - 1) + &digit.to_string(),
    }
}

/// The text cut to fit into so many UTF-16 units, with a mark at its end; `None` where it fits as it is.
fn cut_to(text: &[u8], units: usize) -> Option<String> {
    // A unit is at least one byte of UTF-8: most texts need no counting.
    if text.len() <= units {
        return None;
    }
    let text = String::from_utf8_lossy(text);
    if text.encode_utf16().count() <= units {
        return None;
    }
    let room = units - CUT_MARK.encode_utf16().count();
    let mut used = 0;
    let kept = text.chars().take_while(|c| {
        used += c.len_utf16();
        used <= room
    });
    Some(kept.chain(CUT_MARK.chars()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::writer::lines::tests::lines;

    fn cells(values: &[Value<'_>]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let mut strings = Strings::begin(folder.path()).unwrap();
        let mut sheet = Sheet::begin(folder.path(), 1, &vec![("x", 14.0); values.len()]).unwrap();
        let before = sheet.entry.text.len();
        for row in lines(values, values.len()).rows() {
            sheet.row(&mut strings, row).unwrap();
        }
        String::from_utf8(sheet.entry.text[before..].to_vec()).unwrap()
    }

    #[test]
    fn numbers_of_more_than_fifteen_digits_stay_text() {
        let cell = |text: &str| cells(&[Value::Decimal(text.parse().unwrap())]);
        assert_eq!(cell("349083700.00"), "<row r=\"2\"><c r=\"A2\"><v>349083700</v></c></row>");
        assert_eq!(cell("-0.001"), "<row r=\"2\"><c r=\"A2\"><v>-0.001</v></c></row>");
        assert!(cell("1234567890123.45").contains("<v>1234567890123.45</v>"));
        assert!(cell("12345678901234.56").contains("<is><t>12345678901234.56</t></is>"));
        assert!(cell("0").contains("<v>0</v>"));
    }

    #[test]
    fn a_text_too_long_for_a_cell_is_cut_with_a_mark() {
        assert_eq!(cut_to("长".repeat(CELL_UNITS).as_bytes(), CELL_UNITS), None);
        let cut = cut_to("𠀀".repeat(CELL_UNITS).as_bytes(), CELL_UNITS).unwrap();
        assert!(cut.ends_with(CUT_MARK) && cut.encode_utf16().count() <= CELL_UNITS);
    }

    #[test]
    fn columns_are_named_by_letters() {
        let names = [0, 25, 26, 51, 52, 701, 702].map(letters);
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn a_text_that_comes_again_is_shared() {
        let folder = tempfile::tempdir().unwrap();
        let mut strings = Strings::begin(folder.path()).unwrap();
        let mut recent = Recent::default();
        let mut shared =
            |text: &str| strings.shared(&mut recent, text.as_bytes()).unwrap().map(<[u8]>::to_vec);
        let texts = ["霸州", "霸州", "table", "霸州", "table", "text"];
        let [first, second] = [0, 1].map(|number| Some(format!(" t=\"s\"><v>{number}</v></c>").into_bytes()));
        assert_eq!(texts.map(&mut shared), [None, first.clone(), None, first, second, None]);
    }
}
