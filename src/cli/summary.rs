//! What a run amounts to, in a few lines: documents by status, and the most frequent errors.

use gongkai::record::{Outcome, Status};
use gongkai::writer::Counts;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Errors that are listed.
const LISTED: usize = 10;

/// What is said of a whole run.
#[derive(Debug, Serialize, Deserialize)]
pub struct Summary {
    ok: usize,
    partial: usize,
    failed: usize,
    errors: Errors,
}

/// The errors of a run so far.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Errors {
    by_code: BTreeMap<String, Error>,
    /// Documents that could not be read.
    pub failed: usize,
}

/// One kind of error.
#[derive(Debug, Serialize, Deserialize)]
struct Error {
    documents: usize,
    /// The first document that met it, and its message.
    first: String,
    message: String,
}

/// A line, and the same for programs.
pub struct Line {
    pub text: String,
    pub about: Value,
}

impl Summary {
    pub fn new(counts: &Counts, errors: Errors) -> Self {
        Self { ok: counts.ok, partial: counts.partial, failed: counts.failed, errors }
    }

    /// Whether there are documents that could not be read.
    pub fn has_failures(&self) -> bool {
        self.failed > 0
    }

    /// The most frequent errors, and the documents by status.
    pub fn lines(&self) -> Vec<Line> {
        let Self { ok, partial, failed, errors } = self;
        let text = match ok + partial + failed {
            0 => "no files found".to_owned(),
            total => format!("{total} files: {ok} read, {partial} read in part, {failed} failed"),
        };
        let about = json!({ "files": ok + partial + failed, "ok": ok, "partial": partial, "failed": failed });
        errors.lines().into_iter().chain([Line { text, about }]).collect()
    }
}

impl Errors {
    pub fn add(&mut self, outcome: &Outcome) {
        self.failed += usize::from(outcome.status == Status::Failed);
        if outcome.error_code.is_empty() {
            return;
        }
        let error = self.by_code.entry(outcome.error_code.clone()).or_insert_with(|| {
            let (first, message) = (outcome.path.clone(), outcome.error.clone());
            Error { documents: 0, first, message }
        });
        error.documents += 1;
    }

    /// The most frequent errors, each with its first document.
    fn lines(&self) -> Vec<Line> {
        let mut errors: Vec<(&String, &Error)> = self.by_code.iter().collect();
        errors.sort_by_key(|(_, error)| std::cmp::Reverse(error.documents));
        let line = |(code, error): (&String, &Error)| {
            let Error { documents, first, message } = error;
            let path = first.escape_debug();
            let text = format!("  {documents} {code}; the first is {path}: {message}");
            Line { text, about: json!({ "code": code, "documents": documents, "first": first }) }
        };
        errors.into_iter().take(LISTED).map(line).collect()
    }
}
