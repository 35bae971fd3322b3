//! `run.json`: what ran, what came of it, and the hash of every file written. The only file that holds clock time.

use super::part::hex;
use super::schema::{AMOUNTS, CHECKS, INDICATORS, LINE_ITEMS, PROJECTS, TABLES};
use super::{Settings, Written};
use crate::document::Warning;
use crate::record::{Outcome, Status};
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What the caller knows about a run.
#[derive(Debug, Clone)]
pub struct RunFacts {
    /// The command line, program name first.
    pub command: Vec<String>,
    /// The folder below which all paths are counted.
    pub input_root: String,
    /// When the run began.
    pub started: SystemTime,
    /// How many documents were read at a time.
    pub jobs: usize,
}

/// What a run amounts to so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Documents read in full.
    pub ok: usize,
    /// Documents read in part.
    pub partial: usize,
    /// Documents that could not be read.
    pub failed: usize,
    /// Rows by the name of their records.
    pub records: BTreeMap<&'static str, usize>,
    /// Errors by code: failed and partial documents.
    pub errors: BTreeMap<String, usize>,
    /// Documents with a warning, by the warning's code.
    pub warnings: BTreeMap<&'static str, usize>,
}

impl Counts {
    /// All documents.
    #[must_use]
    pub fn total(&self) -> usize {
        self.ok + self.partial + self.failed
    }

    pub(super) fn add(&mut self, outcome: &Outcome) {
        match outcome.status {
            Status::Ok => self.ok += 1,
            Status::Partial => self.partial += 1,
            Status::Failed => self.failed += 1,
        }
        let records = &outcome.records;
        let rows = [
            (PROJECTS.name, records.projects.len()),
            (INDICATORS.name, records.indicators.len()),
            (AMOUNTS.name, records.amounts.len()),
            (LINE_ITEMS.name, records.line_items.len()),
            (CHECKS.name, records.checks.len()),
            (TABLES.name, records.tables.len()),
        ];
        for (name, count) in rows {
            *self.records.entry(name).or_default() += count;
        }
        if !outcome.error_code.is_empty() {
            *self.errors.entry(outcome.error_code.clone()).or_default() += 1;
        }
        let mut codes: Vec<&'static str> = outcome.warnings.iter().map(Warning::code).collect();
        codes.sort_unstable();
        codes.dedup();
        for code in codes {
            *self.warnings.entry(code).or_default() += 1;
        }
    }
}

/// One hash over all inputs: that of the lines `SHA-256  PATH` that `sha256sum` prints for them, in the order of the
/// paths. The hash of each stands in `documents`; a run over a million files needs no list of its own.
#[derive(Default)]
pub(super) struct Inputs {
    bytes: u64,
    hash: Sha256,
}

impl Inputs {
    pub(super) fn add(&mut self, outcome: &Outcome) {
        self.bytes = self.bytes.saturating_add(outcome.size_bytes);
        self.hash.update(format!("{}  {}\n", outcome.sha256, outcome.path));
    }

    fn json(self) -> Json {
        json!({ "bytes": self.bytes, "sha256": hex(&self.hash.finalize()) })
    }
}

/// The content of `run.json`.
pub(super) fn report(
    run: &RunFacts,
    formats: &[&str],
    settings: Settings,
    (inputs, counts): (Inputs, &Counts),
    written: &[Written],
) -> Json {
    let elapsed = run.started.elapsed().unwrap_or_default();
    let mut files: Vec<&Written> = written.iter().collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let files = files.into_iter().map(|file| (file.name.clone(), file_json(file)));
    json!({
        "tool": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "command": run.command,
        "input_root": run.input_root,
        "formats": formats,
        "tables": settings.tables.name(),
        "excel": settings.excel,
        "jobs": run.jobs,
        "started": utc(run.started),
        "finished": utc(run.started + elapsed),
        "seconds": seconds(elapsed),
        "inputs": inputs.json(),
        "documents": { "total": counts.total(), "ok": counts.ok, "partial": counts.partial, "failed": counts.failed },
        "records": counts.records,
        "errors": counts.errors,
        "warnings": counts.warnings,
        "files": files.collect::<Map<String, Json>>(),
    })
}

fn file_json(file: &Written) -> Json {
    let facts = [("bytes", Json::from(file.bytes)), ("sha256", Json::from(file.sha256.as_str()))];
    let notes = file.notes.iter().map(|(code, count)| (*code, Json::from(*count)));
    facts.into_iter().chain(notes).map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>().into()
}

/// Seconds with three decimals.
fn seconds(duration: Duration) -> Json {
    let text = format!("{}.{:03}", duration.as_secs(), duration.subsec_millis());
    text.parse::<serde_json::Number>().map_or(Json::Null, Json::Number)
}

/// A moment as `2021-10-01T08:00:00Z`.
fn utc(moment: SystemTime) -> String {
    let seconds = moment.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let (year, month, day) = civil(seconds / 86_400);
    let time = seconds % 86_400;
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", time / 3600, time / 60 % 60, time % 60)
}

/// Year, month and day of a day counted from 1970-01-01, in the Gregorian calendar.
fn civil(mut day: u64) -> (u64, u64, u64) {
    let leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let mut year = 1970;
    loop {
        let length = if leap(year) { 366 } else { 365 };
        if day < length {
            break;
        }
        day -= length;
        year += 1;
    }
    let february = if leap(year) { 29 } else { 28 };
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if day < length {
            break;
        }
        day -= length;
        month += 1;
    }
    (year, month, day + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_in_utc() {
        let at = |seconds| utc(UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(at(0), "1970-01-01T00:00:00Z");
        assert_eq!(at(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(at(1_735_689_599), "2024-12-31T23:59:59Z");
    }
}
