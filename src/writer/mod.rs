//! Stage 6, outcomes → files: the formats, the one list of columns they share, and the folder they are written to.

mod codebook;
mod csv;
mod datapackage;
mod error;
mod folder;
mod json;
mod jsonl;
mod kept;
mod lines;
#[cfg(feature = "parquet")]
mod parquet;
mod part;
mod run;
pub mod schema;
#[cfg(feature = "sqlite")]
mod sqlite;
mod value;
#[cfg(feature = "xlsx")]
mod xlsx;

pub use codebook::codebook;
pub use datapackage::data_package;
pub use error::WriteError;
pub use folder::{OutputFolder, is_output, sync_folder};
pub use json::document_json;
pub use kept::Kept;
pub use lines::{Cell, Lines};
pub use part::Written;
pub use run::{Counts, RunFacts};
pub use value::Value;

use crate::record::Outcome;
use lines::{CELLS_AT, each_lines};
use std::collections::BTreeSet;
use std::path::Path;

/// One output format.
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it writes, in a few words.
    pub help: &'static str,
    /// Whether it is written where no format is named.
    pub by_default: bool,
    /// Opens its files.
    pub open: Open,
}

/// Opens the files of a format in a folder.
pub type Open = fn(&OutputFolder, Settings) -> Result<Box<dyn Sink>, WriteError>;

/// Every output format; a new one adds its line here.
pub const FORMATS: &[&Format] = &[
    &csv::FORMAT,
    &jsonl::FORMAT,
    &json::FORMAT,
    #[cfg(feature = "parquet")]
    &parquet::FORMAT,
    #[cfg(feature = "sqlite")]
    &sqlite::FORMAT,
    #[cfg(feature = "xlsx")]
    &xlsx::FORMAT,
];

/// Where the grids of the tables go. JSON always holds them, in the objects of their tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tables {
    /// For CSV one file per table: `tables/DOCUMENT_ID/NNN.csv`; for Parquet and SQLite `cells`; for Excel nowhere.
    #[default]
    Files,
    /// One long `cells` for all tables, in each format.
    Cells,
    /// Nowhere.
    None,
}

impl Tables {
    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Tables::Files => "files",
            Tables::Cells => "cells",
            Tables::None => "none",
        }
    }
}

/// What the formats may vary.
#[derive(Debug, Clone, Copy, Default)]
pub struct Settings {
    /// Where the grids of the tables go.
    pub tables: Tables,
    /// Whether CSV is made for opening in Excel: a byte order mark, and texts that look like formulas guarded.
    pub excel: bool,
}

/// Receives the documents one after the other, in the order of their paths, and writes them to the files of one format.
pub trait Sink {
    /// Whether the format writes this record ([`Lines::record`]).
    fn takes(&self, record: usize) -> bool;

    /// A document begins.
    ///
    /// # Errors
    /// What the file system said, with the file.
    fn begin(&mut self, outcome: &Outcome) -> Result<(), WriteError> {
        let _ = outcome;
        Ok(())
    }

    /// Writes some rows. Those of a document come record after record, the cells behind the tables. `repeated` says that
    /// they are cells of a file whose bytes came before, where each stands once.
    ///
    /// # Errors
    /// What the file system said, with the file.
    fn rows(&mut self, lines: &Lines<'_>, repeated: bool) -> Result<(), WriteError>;

    /// A document ends; `with_grids` says whether the grids of its tables go where each stands once.
    ///
    /// # Errors
    /// What the file system said, with the file.
    fn end(&mut self, outcome: &Outcome, with_grids: bool, folder: &OutputFolder) -> Result<(), WriteError> {
        let _ = (outcome, with_grids, folder);
        Ok(())
    }

    /// Completes the files and tells what was written.
    ///
    /// # Errors
    /// What the file system said, with the file.
    fn finish(self: Box<Self>) -> Result<Vec<Written>, WriteError>;
}

/// Writes outcomes to a folder in several formats at once.
///
/// All files stand under the name of a part until [`Writer::finish`] renames them, so that a run that is broken off
/// leaves the results of the one before as they were.
pub struct Writer {
    folder: OutputFolder,
    formats: Vec<&'static Format>,
    settings: Settings,
    sinks: Vec<Box<dyn Sink>>,
    /// Documents whose grids are written, by the number that is their `document_id`: files of the same bytes have theirs
    /// once.
    gridded: BTreeSet<u64>,
    inputs: run::Inputs,
    counts: Counts,
}

impl Writer {
    /// Opens the folder, which is made where it does not exist, and the files of each format.
    ///
    /// # Errors
    /// What the file system said, with the file.
    pub fn create(out: &Path, formats: &[&'static Format], settings: Settings) -> Result<Self, WriteError> {
        let folder = OutputFolder::open(out)?;
        let sinks = formats.iter().map(|format| (format.open)(&folder, settings));
        let sinks = sinks.collect::<Result<Vec<_>, _>>()?;
        let (inputs, counts) = (run::Inputs::default(), Counts::default());
        let (formats, gridded) = (formats.to_vec(), BTreeSet::new());
        Ok(Self { folder, formats, settings, sinks, gridded, inputs, counts })
    }

    /// Writes one document to every format. Call it in the order of the paths.
    ///
    /// # Errors
    /// What the file system said, with the file.
    pub fn write(&mut self, outcome: &Outcome) -> Result<(), WriteError> {
        self.inputs.add(outcome);
        self.counts.add(outcome);
        let with_grids = !outcome.records.tables.is_empty()
            && u64::from_str_radix(outcome.document_id(), 16).is_ok_and(|id| self.gridded.insert(id));
        let sinks = &mut self.sinks;
        sinks.iter_mut().try_for_each(|sink| sink.begin(outcome))?;
        let wanted: Vec<bool> =
            (0..=CELLS_AT).map(|record| sinks.iter().any(|sink| sink.takes(record))).collect();
        each_lines(outcome, |record| wanted[record], &mut |lines| {
            let repeated = lines.record == CELLS_AT && !with_grids;
            let mut takers = sinks.iter_mut().filter(|sink| sink.takes(lines.record));
            takers.try_for_each(|sink| sink.rows(lines, repeated))
        })?;
        sinks.iter_mut().try_for_each(|sink| sink.end(outcome, with_grids, &self.folder))
    }

    /// Completes all files, gives them their names, removes what an earlier run left and this one did not write, and
    /// writes `run.json` last. Hands back what the run amounts to, and `run.json` as it was written.
    ///
    /// # Errors
    /// What the file system said, with the file.
    pub fn finish(self, run: &RunFacts) -> Result<(Counts, Written), WriteError> {
        let mut written = Vec::new();
        for sink in self.sinks {
            written.extend(sink.finish()?);
        }
        let formats: Vec<&str> = self.formats.iter().map(|format| format.name).collect();
        let report = run::report(run, &formats, self.settings, (self.inputs, &self.counts), &written);
        let run = self.folder.commit(&written, &report)?;
        Ok((self.counts, run))
    }
}
