//! The CSV format: one file per record, and the grids of the tables.

use super::folder::PartFile;
use super::schema::{CELLS, COLUMNS, Relation};
use super::{Format, OutputFolder, Settings, Sink, Tables, WriteError, Written};
use crate::document::Table;
use crate::record::Outcome;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// UTF-8 without BOM, `,` between cells, `\n` at the end of a row, quotes where needed.
pub(super) const FORMAT: Format =
    Format { name: "csv", help: "one CSV file per record, and one per table", open };

struct CsvSink {
    files: Vec<RecordFile>,
    cells: Option<RecordFile>,
    tables: Tables,
    /// Documents whose tables are written: a second file of the same bytes has the same tables.
    done: BTreeSet<String>,
    grids: Vec<Written>,
}

struct RecordFile {
    relation: &'static dyn Relation,
    csv: csv::Writer<PartFile>,
}

fn open(folder: &OutputFolder, settings: Settings) -> Result<Box<dyn Sink>, WriteError> {
    let files = COLUMNS.into_iter().map(|relation| RecordFile::create(relation, folder));
    let files = files.collect::<Result<Vec<_>, _>>()?;
    let cells = match settings.tables {
        Tables::Cells => Some(RecordFile::create(&CELLS, folder)?),
        Tables::Files | Tables::None => None,
    };
    Ok(Box::new(CsvSink { files, cells, tables: settings.tables, done: BTreeSet::new(), grids: Vec::new() }))
}

impl Sink for CsvSink {
    fn write(&mut self, outcome: &Outcome, folder: &OutputFolder) -> Result<(), WriteError> {
        self.files.iter_mut().try_for_each(|file| file.write(outcome))?;
        if outcome.records.tables.is_empty() || !self.done.insert(outcome.document_id().to_owned()) {
            return Ok(());
        }
        if let Some(cells) = &mut self.cells {
            cells.write(outcome)?;
        }
        if self.tables == Tables::Files {
            for (facts, table) in &outcome.records.tables {
                let name = format!("tables/{}/{:03}.csv", outcome.document_id(), facts.number);
                self.grids.push(write_grid(table, folder.create(&name)?)?);
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Vec<Written>, WriteError> {
        let files = self.files.into_iter().chain(self.cells).map(|file| finish(file.csv));
        let mut written = files.collect::<Result<Vec<_>, _>>()?;
        written.extend(self.grids);
        Ok(written)
    }
}

impl RecordFile {
    fn create(relation: &'static dyn Relation, folder: &OutputFolder) -> Result<Self, WriteError> {
        let part = folder.create(&format!("{}.csv", relation.name()))?;
        let mut csv = csv::Writer::from_writer(part);
        write_row(&mut csv, relation.fields().iter().map(|field| field.name))?;
        Ok(Self { relation, csv })
    }

    fn write(&mut self, outcome: &Outcome) -> Result<(), WriteError> {
        let mut written = Ok(());
        self.relation.each_row(outcome, &mut |values| {
            if written.is_ok() {
                written = write_row(&mut self.csv, values.iter().map(|value| CsvText(value.to_csv())));
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

/// Writes the grid with the text of merged cells in every position they cover.
fn write_grid(table: &Table, part: PartFile) -> Result<Written, WriteError> {
    let mut csv = csv::Writer::from_writer(part);
    let grid = table.grid();
    for row in 0..grid.rows() {
        write_row(&mut csv, (0..grid.columns()).map(|column| grid.text(row, column).trim()))?;
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
