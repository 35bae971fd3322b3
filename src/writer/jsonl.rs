//! The JSON Lines format: `records.jsonl` with one document per line.

use super::json::{Around, JsonSink};
use super::{Format, OutputFolder, Settings, Sink, WriteError};

/// One line per document with everything that was read from it.
pub(super) const FORMAT: Format =
    Format { name: "jsonl", help: "one JSON object per document, one per line", by_default: true, open };

fn open(folder: &OutputFolder, _settings: Settings) -> Result<Box<dyn Sink>, WriteError> {
    let around = Around { first: "", before: "", after: "\n", end: "", empty: "" };
    Ok(Box::new(JsonSink::create(folder.create("records.jsonl")?, around)))
}
