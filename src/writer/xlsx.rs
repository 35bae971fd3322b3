//! The Excel format: `records.xlsx` with one sheet per record, within the limits of Excel.

use super::part::PartFile;
use super::schema::{CELLS, COLUMNS, ColumnType, Field, Relation};
use super::{Format, OutputFolder, Settings, Sink, Tables, Value, WriteError, Written};
use crate::record::Outcome;
use rust_decimal::Decimal;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format as CellFormat, Workbook, Worksheet, XlsxError};
use std::collections::BTreeSet;
use std::io;

/// Typed numbers, a header that stays in view, filters; text is never a formula or a link.
pub(super) const FORMAT: Format =
    Format { name: "xlsx", help: "records.xlsx with one sheet per record", by_default: false, open };

/// Rows of a sheet, its header included.
const SHEET_ROWS: u32 = 1_048_576;
/// UTF-16 units that a cell may hold.
const CELL_UNITS: usize = 32_767;
/// Stands at the end of a text that was cut.
const CUT_MARK: &str = "…【已截断 cut】";
/// Digits that Excel keeps of a number.
const EXACT_DIGITS: usize = 15;
/// Columns are as wide as these many characters.
const WIDTHS: Widths = Widths { number: 14.0, code: 18.0, text: 28.0 };

struct Widths {
    number: f64,
    code: f64,
    text: f64,
}

struct XlsxSink {
    part: PartFile,
    workbook: Workbook,
    records: Vec<Sheets>,
    /// Whether the last record is that of the cells, which files of the same bytes have once.
    with_cells: bool,
    done: BTreeSet<String>,
    cut: u64,
}

/// The sheets of one record: one, until it is full.
struct Sheets {
    relation: &'static dyn Relation,
    fields: Vec<Field>,
    /// Index of the sheet that is written to.
    sheet: usize,
    /// How many sheets the record has.
    count: usize,
    /// Next row on the sheet.
    row: u32,
}

fn open(folder: &OutputFolder, settings: Settings) -> Result<Box<dyn Sink>, WriteError> {
    let part = folder.create("records.xlsx")?;
    let with_cells = settings.tables == Tables::Cells;
    let relations = COLUMNS.into_iter().chain(with_cells.then_some(&CELLS as &dyn Relation));
    let (workbook, records) =
        start(folder, relations).map_err(|error| part.failed("write", io_error(error)))?;
    Ok(Box::new(XlsxSink { part, workbook, records, with_cells, done: BTreeSet::new(), cut: 0 }))
}

fn start(
    folder: &OutputFolder,
    relations: impl Iterator<Item = &'static dyn Relation>,
) -> Result<(Workbook, Vec<Sheets>), XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_tempdir(folder.path())?;
    // No clock time in data files: the same input gives the same bytes.
    let properties = DocProperties::new()
        .set_author(env!("CARGO_PKG_NAME"))
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    let mut records = Vec::new();
    for relation in relations {
        let mut sheets = Sheets { relation, fields: relation.fields(), sheet: 0, count: 0, row: 0 };
        sheets.begin(&mut workbook)?;
        records.push(sheets);
    }
    Ok((workbook, records))
}

impl Sink for XlsxSink {
    fn write(&mut self, outcome: &Outcome, _folder: &OutputFolder) -> Result<(), WriteError> {
        let first = self.done.insert(outcome.document_id().to_owned());
        let cells = usize::from(self.with_cells && !first);
        let records = self.records.len() - cells;
        for sheets in &mut self.records[..records] {
            let written = sheets.write(&mut self.workbook, outcome, &mut self.cut);
            written.map_err(|error| self.part.failed("write", io_error(error)))?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<Written>, WriteError> {
        let mut finish = || -> Result<(), XlsxError> {
            for sheets in &self.records {
                sheets.end(&mut self.workbook)?;
            }
            codebook_sheet(&mut self.workbook, &self.records)?;
            self.workbook.save_to_writer(&mut self.part)
        };
        let saved = finish();
        saved.map_err(|error| self.part.failed("write", io_error(error)))?;
        let mut written = self.part.finish()?;
        written.note("cells_cut", self.cut);
        let added = self.records.iter().map(|sheets| sheets.count - 1).sum::<usize>();
        written.note("sheets_added", added as u64);
        Ok(vec![written])
    }
}

impl Sheets {
    /// Opens the next sheet: `amounts`, then `amounts (2)` …
    fn begin(&mut self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        self.count += 1;
        self.sheet = workbook.worksheets().len();
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        let name = self.relation.name();
        sheet.set_name(if self.count == 1 { name.to_owned() } else { format!("{name} ({})", self.count) })?;
        sheet.set_freeze_panes(1, 0)?;
        let header = CellFormat::new().set_bold();
        for (column, field) in (0_u16..).zip(&self.fields) {
            sheet.set_column_width(column, width(field))?;
            sheet.write_string_with_format(0, column, field.name, &header)?;
        }
        self.row = 1;
        Ok(())
    }

    fn write(&mut self, workbook: &mut Workbook, outcome: &Outcome, cut: &mut u64) -> Result<(), XlsxError> {
        let mut written = Ok(());
        let relation = self.relation;
        relation.each_row(outcome, &mut |values| {
            if written.is_ok() {
                written = self.row(workbook, values, cut);
            }
        });
        written
    }

    fn row(&mut self, workbook: &mut Workbook, values: &[Value<'_>], cut: &mut u64) -> Result<(), XlsxError> {
        if self.row == SHEET_ROWS {
            self.end(workbook)?;
            self.begin(workbook)?;
        }
        let sheet = workbook.worksheet_from_index(self.sheet)?;
        for (column, value) in (0_u16..).zip(values) {
            write_cell(sheet, (self.row, column), value, cut)?;
        }
        self.row += 1;
        Ok(())
    }

    /// Puts filters over the rows of the sheet.
    fn end(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let last = u16::try_from(self.fields.len().saturating_sub(1)).unwrap_or(u16::MAX);
        let sheet = workbook.worksheet_from_index(self.sheet)?;
        sheet.autofilter(0, 0, self.row.saturating_sub(1).max(1), last).map(|_| ())
    }
}

/// Numbers as numbers where Excel keeps them exactly, as text otherwise.
fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value<'_>,
    cut: &mut u64,
) -> Result<(), XlsxError> {
    let number = match value {
        Value::Integer(number) => exact(Decimal::from(*number)),
        Value::Decimal(decimal) => exact(*decimal),
        _ => None,
    };
    if let Some(number) = number {
        return sheet.write_number(row, column, number).map(|_| ());
    }
    match value {
        Value::Empty => Ok(()),
        Value::Boolean(answer) => sheet.write_boolean(row, column, *answer).map(|_| ()),
        Value::List(items) if items.is_empty() => Ok(()),
        _ => {
            let text = value.to_csv();
            match cut_to(&text, CELL_UNITS) {
                None => sheet.write_string(row, column, text.as_ref()).map(|_| ()),
                Some(short) => {
                    *cut += 1;
                    sheet.write_string(row, column, short).map(|_| ())
                }
            }
        }
    }
}

/// The decimal as Excel's number, where it has no more digits than Excel keeps.
fn exact(decimal: Decimal) -> Option<f64> {
    let text = decimal.normalize().to_string();
    let digits = text.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
    if digits > EXACT_DIGITS { None } else { text.parse().ok() }
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

fn width(field: &Field) -> f64 {
    match field.kind {
        ColumnType::Integer | ColumnType::Decimal | ColumnType::Boolean => WIDTHS.number,
        ColumnType::Text if !field.codes.is_empty() => WIDTHS.code,
        ColumnType::Text | ColumnType::List => WIDTHS.text,
    }
}

/// The last sheet says what each column means.
fn codebook_sheet(workbook: &mut Workbook, records: &[Sheets]) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    sheet.set_name("codebook")?.set_freeze_panes(1, 0)?;
    let header = CellFormat::new().set_bold();
    for (column, (name, width)) in (0_u16..).zip([
        ("record", 14.0),
        ("column", 20.0),
        ("标题", 24.0),
        ("title", 28.0),
        ("unit", 8.0),
        ("meaning", 90.0),
    ]) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, name, &header)?;
    }
    let rows = records.iter().flat_map(|sheets| {
        sheets.fields.iter().map(|field| {
            [sheets.relation.name(), field.name, field.chinese, field.english, field.unit, field.about]
        })
    });
    for (row, texts) in (1_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(texts) {
            sheet.write_string(row, column, text)?;
        }
    }
    Ok(())
}

fn io_error(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_more_than_fifteen_digits_stay_text() {
        let exact = |text: &str| exact(text.parse().unwrap());
        assert_eq!(exact("349083700.00"), Some(349_083_700.0));
        assert_eq!(exact("-0.001"), Some(-0.001));
        assert_eq!(exact("1234567890123.45"), Some(1_234_567_890_123.45));
        assert_eq!(exact("12345678901234.56"), None);
        assert_eq!(exact("0"), Some(0.0));
    }

    #[test]
    fn a_text_too_long_for_a_cell_is_cut_with_a_mark() {
        assert_eq!(cut_to(&"长".repeat(CELL_UNITS), CELL_UNITS), None);
        let cut = cut_to(&"𠀀".repeat(CELL_UNITS), CELL_UNITS).unwrap();
        assert!(cut.ends_with(CUT_MARK) && cut.encode_utf16().count() <= CELL_UNITS);
    }
}
