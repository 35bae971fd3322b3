//! One document, from bytes to records: the whole line in one function.

use crate::document::{Document, Format, Warning};
use crate::reader::{self, Limits, ReadError};
use crate::record::{Records, Status};
use crate::{check, extract as extraction, normalize, table};
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What an extraction may use besides the bytes.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The file's path below the input root, `/` between folders: its names help where the text is silent.
    pub path: String,
    /// How much the file may claim.
    pub limits: Limits,
}

/// What one document yielded.
#[derive(Debug, Clone)]
pub struct Extraction {
    /// What the bytes are.
    pub format: Format,
    /// Number of pages, for formats that have pages.
    pub pages: Option<u32>,
    /// The records; empty for a failed document.
    pub records: Records,
    /// What was left out or looked odd.
    pub warnings: Vec<Warning>,
    /// Visible characters that the blocks and the page furniture hold, and that the reader saw.
    pub characters: Characters,
    /// Why nothing could be read.
    pub error: Option<ReadError>,
}

/// The two counts behind the coverage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Characters {
    /// Held by blocks and furniture.
    pub held: u64,
    /// Seen by the reader.
    pub seen: u64,
}

impl Characters {
    /// Characters that got lost between the reader and the blocks.
    #[must_use]
    pub fn missing(self) -> u64 {
        self.seen.saturating_sub(self.held)
    }
}

impl Extraction {
    /// Read in full, in part, or not at all.
    #[must_use]
    pub fn status(&self) -> Status {
        if self.error.is_some() {
            Status::Failed
        } else if self.warnings.iter().any(Warning::is_loss) || self.characters.missing() > 0 {
            Status::Partial
        } else {
            Status::Ok
        }
    }

    fn failed(format: Format, error: ReadError) -> Self {
        Self {
            format,
            pages: None,
            records: Records::default(),
            warnings: Vec::new(),
            characters: Characters::default(),
            error: Some(error),
        }
    }
}

/// Reads one document. A file that can't be read yields an [`Extraction`] with its `error` set; this never panics.
///
/// Bytes that are given away (a `Vec<u8>`) are freed as soon as they are read; a `&[u8]` does as well.
#[must_use]
pub fn extract<'b>(bytes: impl Into<Cow<'b, [u8]>>, options: &Options) -> Extraction {
    let bytes = bytes.into();
    let format = detect(&bytes);
    extract_as(bytes, format, options)
}

/// What a file is, judged by its bytes alone; this never panics.
#[must_use]
pub fn detect(bytes: &[u8]) -> Format {
    catch_unwind(|| reader::detect(bytes)).unwrap_or(Format::Unknown)
}

/// Reads one document whose format is known, as [`extract`] does.
#[must_use]
pub fn extract_as<'b>(bytes: impl Into<Cow<'b, [u8]>>, format: Format, options: &Options) -> Extraction {
    let bytes = bytes.into();
    let run = || read_and_extract(bytes, format, options);
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(extraction)) => extraction,
        Ok(Err(error)) => Extraction::failed(format, error),
        Err(panic) => Extraction::failed(format, ReadError::Crashed { message: panic_message(&*panic) }),
    }
}

fn read_and_extract(
    bytes: Cow<'_, [u8]>,
    format: Format,
    options: &Options,
) -> Result<Extraction, ReadError> {
    let document = reader::read(bytes, format, &options.limits)?;
    let (format, pages) = (document.format, document.pages);
    let seen = document.visible;
    let recognized = table::recognize(document);
    let characters = Characters { held: recognized.visible(), seen };
    let (records, warnings) = extraction::records(recognized, &options.path);
    let mut records = normalize::normalize(records);
    records.checks = check::check(&records);
    check::flag_doubts(&mut records);
    Ok(Extraction { format, pages, records, warnings, characters, error: None })
}

/// Reads one document and stops after the first stage.
///
/// # Errors
/// What the reader met.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    reader::read(bytes, reader::detect(bytes), limits)
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "unknown".to_owned())
}
