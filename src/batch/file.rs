//! One file, from its place on disk to its outcomes: whatever happens, it has at least one.

use super::discovery::Input;
use super::hash::hex;
use super::walk::{Receiver, Walk};
use crate::document::Format;
use crate::pipeline::{self, Characters, Extraction, Options};
use crate::reader::{Limits, ReadError};
use crate::record::{Outcome, Records, Status};
use rust_decimal::{Decimal, RoundingStrategy};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Decimal places of the coverage.
const COVERAGE_PLACES: u32 = 6;
/// The code of a document whose text got lost on the way without anything saying so.
const TEXT_MISSING: &str = "text_missing";

/// Reads one file and hands its outcomes to `receiver`: its own first and, of an archive, then those of its members in
/// the order of their paths. Ends early where `receiver` says `Break`.
///
/// Never panics; a file that can't be read has one outcome that says why. The same bytes at the same path have the same
/// outcomes in the same order, whatever was read before.
pub fn read_file(input: &Input, limits: &Limits, receiver: &mut dyn Receiver) {
    let wish = receiver.begins(unfinished(&input.path, 0));
    let _ = match read_bytes(input, limits) {
        Ok(bytes) => Walk::new(limits, receiver).file(&input.path, bytes.into(), wish),
        Err((size_bytes, error)) => receiver.receive(unopened(&input.path, size_bytes, &error)),
    };
}

/// The outcome of the bytes of one document; `unfinished` is what it is should the extraction not end well.
pub(super) fn read_document(bytes: Cow<'_, [u8]>, unfinished: Outcome, limits: &Limits) -> Outcome {
    let run = || {
        let options = Options { path: unfinished.path.clone(), limits: *limits };
        outcome(&unfinished, pipeline::extract_as(bytes, unfinished.format, &options))
    };
    catch_unwind(AssertUnwindSafe(run)).unwrap_or(unfinished)
}

/// The outcome of a document whose reading never ends.
pub(super) fn unfinished(path: &str, size_bytes: u64) -> Outcome {
    let message = "the extraction ended in an unexpected state".to_owned();
    unopened(path, size_bytes, &ReadError::Crashed { message })
}

/// The file's bytes, or its size and why they could not be read. Never reads more than the limit.
///
/// # Errors
/// [`ReadError::TooLarge`] for a file over the limit, otherwise [`ReadError::Io`]; with the size where it is known.
pub fn read_bytes(input: &Input, limits: &Limits) -> Result<Vec<u8>, (u64, ReadError)> {
    let io = |size, error: &std::io::Error| (size, ReadError::Io { message: error.to_string() });
    let too_large = |size| {
        (
            size,
            ReadError::TooLarge {
                what: format!("the file's size of {size} bytes"),
                limit: limits.file_bytes,
            },
        )
    };
    if let Some(problem) = &input.problem {
        return Err((0, ReadError::Io { message: problem.clone() }));
    }
    let file = File::open(&input.file).map_err(|error| io(0, &error))?;
    let size = file.metadata().map_err(|error| io(0, &error))?.len();
    if size > limits.file_bytes {
        return Err(too_large(size));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    file.take(limits.file_bytes + 1).read_to_end(&mut bytes).map_err(|error| io(size, &error))?;
    if bytes.len() as u64 > limits.file_bytes {
        return Err(too_large(bytes.len() as u64));
    }
    Ok(bytes)
}

fn outcome(document: &Outcome, extraction: Extraction) -> Outcome {
    let status = extraction.status();
    let (error_code, error) = error_of(&extraction);
    Outcome {
        path: document.path.clone(),
        format: extraction.format,
        sha256: document.sha256.clone(),
        size_bytes: document.size_bytes,
        pages: extraction.pages,
        status,
        error_code,
        error,
        coverage: (status != Status::Failed).then(|| coverage(extraction.characters)),
        warnings: extraction.warnings,
        records: extraction.records,
    }
}

/// The outcome of a file whose bytes never reached the extraction.
pub(super) fn unopened(path: &str, size_bytes: u64, error: &ReadError) -> Outcome {
    Outcome {
        path: path.to_owned(),
        format: Format::Unknown,
        sha256: String::new(),
        size_bytes,
        pages: None,
        status: Status::Failed,
        error_code: error.code().to_owned(),
        error: one_line(&error.to_string()),
        coverage: None,
        warnings: Vec::new(),
        records: Records::default(),
    }
}

/// The code and one line for a person: the error, or else what is missing from the result.
fn error_of(extraction: &Extraction) -> (String, String) {
    if let Some(error) = &extraction.error {
        return (error.code().to_owned(), one_line(&error.to_string()));
    }
    let losses = extraction.warnings.iter().filter(|warning| warning.is_loss());
    let mut losses: Vec<(&str, String)> =
        losses.map(|loss| (loss.code(), one_line(&loss.to_string()))).collect();
    let Characters { seen, .. } = extraction.characters;
    match extraction.characters.missing() {
        0 => {}
        missing => losses.push((TEXT_MISSING, format!("{missing} of {seen} visible characters are missing"))),
    }
    let code = losses.first().map_or("", |(code, _)| *code).to_owned();
    let lines: Vec<String> = losses.into_iter().map(|(_, line)| line).collect();
    (code, lines.join("; "))
}

/// The share of the characters seen that the result holds, rounded down, so that 1 means that nothing was lost.
fn coverage(characters: Characters) -> Decimal {
    let Characters { held, seen } = characters;
    if held >= seen {
        return Decimal::ONE;
    }
    (Decimal::from(held) / Decimal::from(seen))
        .round_dp_with_strategy(COVERAGE_PLACES, RoundingStrategy::ToZero)
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ops::ControlFlow;
    use std::path::PathBuf;

    fn read_file(input: &Input, limits: &Limits) -> Outcome {
        let mut outcomes = Vec::new();
        super::read_file(input, limits, &mut |outcome: Outcome| {
            outcomes.push(outcome);
            ControlFlow::Continue(())
        });
        assert_eq!(outcomes.len(), 1);
        outcomes.remove(0)
    }

    fn input(file: PathBuf) -> Input {
        Input { path: "a.txt".to_owned(), file, problem: None }
    }

    #[test]
    fn coverage_is_rounded_down_so_that_one_means_complete() {
        let share = |held, seen| coverage(Characters { held, seen }).to_string();
        assert_eq!(share(9_999_999, 10_000_000), "0.999999");
        assert_eq!(share(2, 3), "0.666666");
        assert_eq!(share(7, 7), "1");
        assert_eq!(share(8, 7), "1");
        assert_eq!(share(0, 0), "1");
    }

    #[test]
    fn a_document_that_lost_text_is_partial_and_says_so() {
        let mut extraction = pipeline::extract("部门预算".as_bytes(), &Options::default());
        extraction.characters = Characters { held: 3, seen: 4 };
        let outcome = outcome(&unfinished("a.txt", 0), extraction);
        assert_eq!((outcome.status, outcome.error_code.as_str()), (Status::Partial, "text_missing"));
        assert_eq!(outcome.error, "1 of 4 visible characters are missing");
        assert_eq!(outcome.coverage, Some("0.75".parse().unwrap()));
    }

    #[test]
    fn a_file_over_the_limit_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        std::fs::write(&file, "0123456789").unwrap();
        let limits = Limits { file_bytes: 9, ..Limits::default() };
        let outcome = read_file(&input(file.clone()), &limits);
        assert_eq!((outcome.error_code.as_str(), outcome.size_bytes), ("too_large", 10));
        let limits = Limits { file_bytes: 10, ..Limits::default() };
        assert_ne!(read_file(&input(file), &limits).error_code, "too_large");
    }

    #[test]
    fn a_file_that_is_gone_has_an_outcome() {
        let outcome = read_file(&input(PathBuf::from("no/such/file")), &Limits::default());
        assert_eq!((outcome.status, outcome.error_code.as_str()), (Status::Failed, "io"));
        assert_eq!(outcome.document_id(), "");
    }
}
