//! The JSON Lines format: `records.jsonl` with one document per line.

use super::json::write_document;
use super::part::PartFile;
use super::{Format, OutputFolder, Settings, Sink, WriteError, Written};
use crate::record::Outcome;
use std::io::Write;

/// One line per document with everything that was read from it.
pub(super) const FORMAT: Format =
    Format { name: "jsonl", help: "one JSON object per document, one per line", by_default: true, open };

struct JsonlSink {
    file: PartFile,
}

fn open(folder: &OutputFolder, _settings: Settings) -> Result<Box<dyn Sink>, WriteError> {
    Ok(Box::new(JsonlSink { file: folder.create("records.jsonl")? }))
}

impl Sink for JsonlSink {
    fn write(
        &mut self,
        outcome: &Outcome,
        _with_cells: bool,
        _folder: &OutputFolder,
    ) -> Result<(), WriteError> {
        let written = write_document(&mut self.file, outcome, true).and_then(|()| self.file.write_all(b"\n"));
        written.map_err(|error| self.file.failed("write", error))
    }

    fn finish(self: Box<Self>) -> Result<Vec<Written>, WriteError> {
        Ok(vec![self.file.finish()?])
    }
}
