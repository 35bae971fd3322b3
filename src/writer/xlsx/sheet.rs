//! One worksheet, written row after row.

use super::entry::{Complete, Entry};
use super::strings::{Recent, Strings};
use super::text::push_text;
use crate::writer::Value;
use std::fmt::Write as _;
use std::io;
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
    /// Its letters: `A`, `AB`.
    letters: String,
    recent: Recent,
}

impl Sheet {
    /// Begins a sheet with a header that stays in view; each column has its header and its width in characters.
    pub(super) fn begin(folder: &Path, number: usize, columns: &[(&str, f64)]) -> io::Result<Self> {
        let mut entry = Entry::begin(folder, &file_name(number))?;
        let selected = if number == 1 { " tabSelected=\"1\"" } else { "" };
        let _ = write!(
            entry.text,
            "{}<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
             <sheetViews><sheetView{selected} workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" \
             activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
             <sheetFormatPr defaultRowHeight=\"15\"/><cols>",
            super::package::DECLARATION,
        );
        for (number, (_, width)) in (1..).zip(columns) {
            let _ = write!(
                entry.text,
                "<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"/>"
            );
        }
        entry.text.push_str("</cols><sheetData>");
        let letters = (0..columns.len()).map(letters);
        let columns_of = letters.map(|letters| Column { letters, recent: Recent::default() }).collect();
        let mut sheet = Self { entry, columns: columns_of, rows: 0 };
        sheet.header(columns.iter().map(|(header, _)| *header));
        Ok(sheet)
    }

    /// Whether it holds no further row.
    pub(super) fn is_full(&self) -> bool {
        self.rows >= ROWS || self.entry.bytes() >= BYTES
    }

    /// Writes a row; says how many texts were cut.
    pub(super) fn row(&mut self, strings: &mut Strings, values: &[Value<'_>]) -> io::Result<u64> {
        let row = self.open_row();
        let mut cut = 0;
        for (column, value) in self.columns.iter_mut().zip(values) {
            cut += u64::from(column.cell(&mut self.entry.text, strings, &row, value)?);
        }
        self.close_row()?;
        Ok(cut)
    }

    /// Completes the sheet, with filters over its rows; hands back their range too.
    pub(super) fn finish(mut self) -> io::Result<(Complete, String)> {
        let last = self.columns.last().map_or("A", |column| column.letters.as_str());
        let end = (last.to_owned(), self.rows.max(2));
        let xml = &mut self.entry.text;
        let _ = write!(xml, "</sheetData><autoFilter ref=\"A1:{}{}\"/></worksheet>", end.0, end.1);
        Ok((self.entry.finish()?, format!("$A$1:${}${}", end.0, end.1)))
    }

    fn header<'a>(&mut self, headers: impl Iterator<Item = &'a str>) {
        let row = self.open_row();
        for (column, header) in self.columns.iter().zip(headers) {
            column.open(&mut self.entry.text, &row, BOLD);
            inline(&mut self.entry.text, header);
        }
        self.entry.text.push_str("</row>");
    }

    fn open_row(&mut self) -> String {
        self.rows += 1;
        let row = self.rows.to_string();
        self.entry.text.extend(["<row r=\"", row.as_str(), "\">"]);
        row
    }

    fn close_row(&mut self) -> io::Result<()> {
        self.entry.text.push_str("</row>");
        self.entry.pass_on()
    }
}

impl Column {
    /// Writes a cell, numbers as numbers where Excel keeps them exactly and as text otherwise; says whether a text was
    /// cut.
    fn cell(
        &mut self,
        xml: &mut String,
        strings: &mut Strings,
        row: &str,
        value: &Value<'_>,
    ) -> io::Result<bool> {
        let is_exact = match value {
            Value::Empty => return Ok(false),
            Value::List(items) if items.is_empty() => return Ok(false),
            Value::Boolean(answer) => {
                self.open(xml, row, " t=\"b\"");
                xml.extend(["><v>", if *answer { "1" } else { "0" }, "</v></c>"]);
                return Ok(false);
            }
            Value::Integer(number) => u128::from(number.unsigned_abs()) < INEXACT,
            Value::Decimal(decimal) => decimal.normalize().mantissa().unsigned_abs() < INEXACT,
            Value::Text(_) | Value::List(_) => false,
        };
        let text = value.to_csv();
        if is_exact {
            self.open(xml, row, "");
            xml.extend(["><v>", &text, "</v></c>"]);
            return Ok(false);
        }
        let short = cut_to(&text, CELL_UNITS);
        let text = short.as_deref().unwrap_or(&text);
        if let Some(number) = strings.number(&mut self.recent, text)? {
            self.open(xml, row, " t=\"s\"");
            let _ = write!(xml, "><v>{number}</v></c>");
        } else {
            self.open(xml, row, "");
            inline(xml, text);
        }
        Ok(short.is_some())
    }

    /// The beginning of a cell, up to where its tag may have more attributes.
    fn open(&self, xml: &mut String, row: &str, attribute: &str) {
        xml.extend(["<c r=\"", &self.letters, row, "\"", attribute]);
    }
}

/// The rest of a cell that holds its text itself.
fn inline(xml: &mut String, text: &str) {
    xml.push_str(" t=\"inlineStr\"><is>");
    push_text(xml, text);
    xml.push_str("</is></c>");
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
fn cut_to(text: &str, units: usize) -> Option<String> {
    // A unit is at least one byte of UTF-8: most texts need no counting.
    if text.len() <= units || text.encode_utf16().count() <= units {
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

    fn cells(values: &[Value<'_>]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let mut strings = Strings::begin(folder.path()).unwrap();
        let mut sheet = Sheet::begin(folder.path(), 1, &vec![("x", 14.0); values.len()]).unwrap();
        let before = sheet.entry.text.len();
        sheet.row(&mut strings, values).unwrap();
        sheet.entry.text[before..].to_owned()
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
        assert_eq!(cut_to(&"长".repeat(CELL_UNITS), CELL_UNITS), None);
        let cut = cut_to(&"𠀀".repeat(CELL_UNITS), CELL_UNITS).unwrap();
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
        let mut number = |text: &str| strings.number(&mut recent, text).unwrap();
        let texts = ["霸州", "霸州", "table", "霸州", "table", "text"];
        assert_eq!(texts.map(&mut number), [None, Some(0), None, Some(0), Some(1), None]);
    }
}
