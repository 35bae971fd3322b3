//! What a run amounts to, in a few lines: documents by status, and the most frequent errors.

use gongkai::record::{Outcome, Status};
use gongkai::writer::Counts;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Errors that are listed.
const LISTED: usize = 10;

/// The errors of a run so far.
#[derive(Debug, Default)]
pub struct Errors {
    by_code: BTreeMap<String, Error>,
    /// Documents that could not be read.
    pub failed: usize,
}

/// One kind of error.
#[derive(Debug)]
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
    pub fn lines(&self) -> Vec<Line> {
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

/// Documents by status.
pub fn counts(counts: &Counts) -> Line {
    let Counts { ok, partial, failed, .. } = counts;
    let text = match counts.total() {
        0 => "no files found".to_owned(),
        total => format!("{total} files: {ok} read, {partial} read in part, {failed} failed"),
    };
    Line { text, about: json!({ "files": counts.total(), "ok": ok, "partial": partial, "failed": failed }) }
}
