//! The CSV format: one file per record, and the grids of the tables.

use super::datapackage::data_package;
use super::part::PartFile;
use super::schema::{CELLS, COLUMNS, Relation};
use super::{Format, OutputFolder, Settings, Sink, Tables, Value, WriteError, Written};
use crate::document::Table;
use crate::record::Outcome;
use std::borrow::Cow;
use std::io::Write;

/// UTF-8 without BOM, `,` between cells, `\n` at the end of a row, quotes where needed; `datapackage.json` beside it.
///
/// For Excel the files begin with a BOM, and a text that Excel would take for a formula gets an apostrophe before it:
/// one that begins with `=`, `+`, `-`, `@`, tab or carriage return. All columns of type text are guarded, what was
/// printed too (`value_raw`); numbers never are. In the grids of tables, where no type is known, figures are not
/// guarded.
pub(super) const FORMAT: Format =
    Format { name: "csv", help: "one CSV file per record, and one per table", by_default: true, open };

const BYTE_ORDER_MARK: &str = "\u{feff}";

struct CsvSink {
    files: Vec<RecordFile>,
    cells: Option<RecordFile>,
    settings: Settings,
    package: PartFile,
    grids: Vec<Written>,
}

struct RecordFile {
    relation: &'static dyn Relation,
    csv: csv::Writer<PartFile>,
    excel: bool,
}

fn open(folder: &OutputFolder, settings: Settings) -> Result<Box<dyn Sink>, WriteError> {
    let create = |relation| RecordFile::create(relation, folder, settings.excel);
    let files = COLUMNS.into_iter().map(create);
    let files = files.collect::<Result<Vec<_>, _>>()?;
    let cells = match settings.tables {
        Tables::Cells => Some(create(&CELLS)?),
        Tables::Files | Tables::None => None,
    };
    let package = folder.create("datapackage.json")?;
    Ok(Box::new(CsvSink { files, cells, settings, package, grids: Vec::new() }))
}

impl Sink for CsvSink {
    fn write(
        &mut self,
        outcome: &Outcome,
        with_cells: bool,
        folder: &OutputFolder,
    ) -> Result<(), WriteError> {
        self.files.iter_mut().try_for_each(|file| file.write(outcome))?;
        if !with_cells {
            return Ok(());
        }
        if let Some(cells) = &mut self.cells {
            cells.write(outcome)?;
        }
        if self.settings.tables == Tables::Files {
            for (facts, table) in &outcome.records.tables {
                let name = format!("tables/{}/{:03}.csv", outcome.document_id(), facts.number);
                self.grids.push(write_grid(table, folder.create(&name)?, self.settings.excel)?);
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<Written>, WriteError> {
        let files = self.files.into_iter().chain(self.cells).map(|file| finish(file.csv));
        let mut written = files.collect::<Result<Vec<_>, _>>()?;
        let package = format!("{:#}\n", data_package(&written));
        let described = self.package.write_all(package.as_bytes());
        described.map_err(|error| self.package.failed("write", error))?;
        written.push(self.package.finish()?);
        written.extend(self.grids);
        Ok(written)
    }
}

impl RecordFile {
    fn create(
        relation: &'static dyn Relation,
        folder: &OutputFolder,
        excel: bool,
    ) -> Result<Self, WriteError> {
        let part = folder.create(&format!("{}.csv", relation.name()))?;
        let mut csv = begin(part, excel)?;
        write_row(&mut csv, relation.fields().iter().map(|field| field.name))?;
        Ok(Self { relation, csv, excel })
    }

    fn write(&mut self, outcome: &Outcome) -> Result<(), WriteError> {
        let mut written = Ok(());
        self.relation.each_row(outcome, &mut |values| {
            if written.is_ok() {
                written =
                    write_row(&mut self.csv, values.iter().map(|value| CsvText(spelled(value, self.excel))));
            }
        });
        written
    }
}

/// A cell's text as the CSV writer takes it.
struct CsvText<'a>(Cow<'a, str>);

impl AsRef<[u8]> for CsvText<'_> {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// The value's spelling, guarded for Excel where it is text.
fn spelled<'a>(value: &'a Value<'_>, excel: bool) -> Cow<'a, str> {
    match value {
        Value::Text(text) if excel => guarded(text),
        _ => value.to_csv(),
    }
}

/// An apostrophe before what Excel would take for a formula.
fn guarded(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a printed text is a figure: nothing but a sign, digits, separators and a percent sign.
fn is_figure(text: &str) -> bool {
    let figure = text.strip_prefix(['+', '-']).unwrap_or(text);
    let figure = figure.strip_suffix('%').unwrap_or(figure);
    figure.starts_with(|c: char| c.is_ascii_digit())
        && figure.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
}

fn begin(mut part: PartFile, excel: bool) -> Result<csv::Writer<PartFile>, WriteError> {
    if excel {
        part.write_all(BYTE_ORDER_MARK.as_bytes()).map_err(|error| part.failed("write", error))?;
    }
    Ok(csv::Writer::from_writer(part))
}

/// Writes the grid with the text of merged cells in every position they cover.
fn write_grid(table: &Table, part: PartFile, excel: bool) -> Result<Written, WriteError> {
    let mut csv = begin(part, excel)?;
    let grid = table.grid();
    for row in 0..grid.rows() {
        let texts = (0..grid.columns()).map(|column| grid.text(row, column).trim());
        let spelled = |text| if excel && !is_figure(text) { guarded(text) } else { Cow::Borrowed(text) };
        write_row(&mut csv, texts.map(|text| CsvText(spelled(text))))?;
    }
    finish(csv)
}

fn write_row<T: AsRef<[u8]>>(
    csv: &mut csv::Writer<PartFile>,
    cells: impl Iterator<Item = T>,
) -> Result<(), WriteError> {
    let written = csv.write_record(cells);
    written.map_err(|error| csv.get_ref().failed("write", error.into()))
}

fn finish(mut csv: csv::Writer<PartFile>) -> Result<Written, WriteError> {
    let flushed = csv.flush();
    flushed.map_err(|error| csv.get_ref().failed("write", error))?;
    let part = csv.into_inner().map_err(|error| {
        let kind = error.error().kind();
        error.into_inner().get_ref().failed("write", kind.into())
    })?;
    part.finish()
}
