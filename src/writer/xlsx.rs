//! The Excel format: `records.xlsx` with one sheet per record, within the limits of Excel.

mod entry;
mod package;
mod sheet;
mod strings;
mod text;

use super::part::PartFile;
use super::schema::{CELLS, COLUMNS, ColumnType, Field, Relation};
use super::{Cell, Format, Lines, OutputFolder, Settings, Sink, Tables, WriteError, Written};
use package::Named;
use sheet::Sheet;
use std::io;
use std::path::{Path, PathBuf};
use strings::Strings;

/// Typed numbers, a header that stays in view, filters; text is never a formula or a link.
pub(super) const FORMAT: Format =
    Format { name: "xlsx", help: "records.xlsx with one sheet per record", by_default: false, open };

/// Columns are as wide as these many characters.
const WIDTHS: Widths = Widths { number: 14.7, code: 18.7, text: 28.7 };
/// The columns of the last sheet, which says what each column means.
const CODEBOOK: [(&str, f64); 6] =
    [("record", 14.7), ("column", 20.7), ("标题", 24.7), ("title", 28.7), ("unit", 8.7), ("meaning", 90.7)];

struct Widths {
    number: f64,
    code: f64,
    text: f64,
}

struct XlsxSink {
    part: PartFile,
    book: Book,
    /// One sheet a record, and one for the cells behind them where they are wanted.
    records: Vec<Record>,
}

/// The workbook so far.
struct Book {
    folder: PathBuf,
    strings: Strings,
    /// Sheets that were begun.
    begun: usize,
    complete: Vec<Named>,
    /// Texts that were cut.
    cut: u64,
}

/// One record and the sheet that its rows are written to.
struct Record {
    relation: &'static dyn Relation,
    fields: Vec<Field>,
    sheet: Sheet,
    number: usize,
    /// How many sheets the record has: one, until it is full.
    count: usize,
}

fn open(folder: &OutputFolder, settings: Settings) -> Result<Box<dyn Sink>, WriteError> {
    let part = folder.create("records.xlsx")?;
    let cells: Option<&dyn Relation> = (settings.tables == Tables::Cells).then_some(&CELLS);
    let begun = || -> io::Result<(Book, Vec<Record>)> {
        let mut book = Book::begin(folder.path())?;
        let records = COLUMNS.into_iter().chain(cells).map(|relation| Record::begin(relation, &mut book));
        let records = records.collect::<io::Result<Vec<_>>>()?;
        Ok((book, records))
    };
    let (book, records) = begun().map_err(|error| part.failed("write", error))?;
    Ok(Box::new(XlsxSink { part, book, records }))
}

impl Sink for XlsxSink {
    fn takes(&self, record: usize) -> bool {
        record < self.records.len()
    }

    fn rows(&mut self, lines: &Lines<'_>, repeated: bool) -> Result<(), WriteError> {
        let Some(record) = self.records.get_mut(lines.record).filter(|_| !repeated) else { return Ok(()) };
        let written = lines.rows().try_for_each(|row| record.row(&mut self.book, row));
        written.map_err(|error| self.part.failed("write", error))
    }

    fn finish(self: Box<Self>) -> Result<Vec<Written>, WriteError> {
        let Self { mut part, book, records } = *self;
        let (cut, added) = (book.cut, records.iter().map(|record| record.count - 1).sum::<usize>());
        book.finish(records, &mut part).map_err(|error| part.failed("write", error))?;
        let mut written = part.finish()?;
        written.note("cells_cut", cut);
        written.note("sheets_added", added as u64);
        Ok(vec![written])
    }
}

impl Book {
    fn begin(folder: &Path) -> io::Result<Self> {
        let (folder, strings) = (folder.to_owned(), Strings::begin(folder)?);
        Ok(Self { folder, strings, begun: 0, complete: Vec::new(), cut: 0 })
    }

    /// Begins a sheet; says its number too.
    fn sheet(&mut self, columns: &[(&str, f64)]) -> io::Result<(Sheet, usize)> {
        self.begun += 1;
        Ok((Sheet::begin(&self.folder, self.begun, columns)?, self.begun))
    }

    fn end(&mut self, sheet: Sheet, name: String, number: usize) -> io::Result<()> {
        let (file, filter) = sheet.finish()?;
        self.complete.push(Named { name, number, file, filter });
        Ok(())
    }

    /// Completes all sheets and writes the package.
    fn finish(mut self, records: Vec<Record>, out: &mut PartFile) -> io::Result<()> {
        let (mut codebook, number) = self.sheet(&CODEBOOK)?;
        for Record { relation, fields, .. } in &records {
            for field in fields {
                let texts =
                    [relation.name(), field.name, field.chinese, field.english, field.unit, field.about];
                codebook.texts(&texts, "")?;
            }
        }
        self.end(codebook, "codebook".to_owned(), number)?;
        for record in records {
            let name = record.sheet_name();
            self.end(record.sheet, name, record.number)?;
        }
        self.complete.sort_by_key(|sheet| sheet.number);
        package::write(out, self.complete, self.strings.finish()?)
    }
}

impl Record {
    fn begin(relation: &'static dyn Relation, book: &mut Book) -> io::Result<Self> {
        let fields = relation.fields();
        let (sheet, number) = book.sheet(&columns(&fields))?;
        Ok(Self { relation, fields, sheet, number, count: 1 })
    }

    /// The name of the sheet that is written to: `amounts`, then `amounts (2)` …
    fn sheet_name(&self) -> String {
        let name = self.relation.name();
        if self.count == 1 { name.to_owned() } else { format!("{name} ({})", self.count) }
    }

    fn row<'a>(&mut self, book: &mut Book, row: impl Iterator<Item = Cell<'a>>) -> io::Result<()> {
        if self.sheet.is_full() {
            let (next, number) = book.sheet(&columns(&self.fields))?;
            let full = std::mem::replace(&mut self.sheet, next);
            book.end(full, self.sheet_name(), std::mem::replace(&mut self.number, number))?;
            self.count += 1;
        }
        book.cut += self.sheet.row(&mut book.strings, row)?;
        Ok(())
    }
}

fn columns(fields: &[Field]) -> Vec<(&'static str, f64)> {
    fields.iter().map(|field| (field.name, width(field))).collect()
}

fn width(field: &Field) -> f64 {
    match field.kind {
        ColumnType::Integer | ColumnType::Decimal | ColumnType::Boolean => WIDTHS.number,
        ColumnType::Text if !field.codes.is_empty() => WIDTHS.code,
        ColumnType::Text | ColumnType::List => WIDTHS.text,
    }
}
