//! Stage 1, bytes → [`Document`]: the readers, the list of them, and their errors.

pub mod archive;
mod container;
mod detect;
mod doc;
mod docx;
mod encoding;
mod error;
mod html;
mod limits;
mod mht;
mod ofd;
mod page;
mod pdf;
mod rtf;
mod sheet;
mod text;
mod word;

pub use error::ReadError;
pub use limits::Limits;

use crate::document::{Document, Format};
use std::borrow::Cow;

/// One input format that can be read.
pub struct Reader {
    /// The format it reads.
    pub format: Format,
    /// Its name for people.
    pub name: &'static str,
    /// Reads the bytes of a whole file.
    pub read: Read,
}

/// How a reader takes the bytes of a whole file.
pub enum Read {
    /// It looks at them.
    Borrowed(fn(&[u8], &Limits) -> Result<Document, ReadError>),
    /// It holds them while it reads: those that are given away need no second copy.
    Owned(fn(Vec<u8>, &Limits) -> Result<Document, ReadError>),
}

/// Every reader there is; a new format adds its line here.
pub const READERS: &[&Reader] = &[
    &docx::READER,
    &docx::WORD_XML,
    &doc::READER,
    &rtf::READER,
    &html::READER,
    &mht::READER,
    &sheet::XLSX,
    &sheet::XLS,
    &sheet::EXCEL_XML,
    &sheet::ODS,
    &text::READER,
    &pdf::READER,
    &ofd::READER,
];

/// What a file is, judged by its bytes alone.
#[must_use]
pub fn detect(bytes: &[u8]) -> Format {
    detect::detect(bytes)
}

/// Reads a file whose format its own bytes tell. Bytes that are given away are freed with it.
///
/// # Errors
/// [`ReadError::Unsupported`] for formats without a reader, otherwise what the reader met.
pub fn read<'b>(
    bytes: impl Into<Cow<'b, [u8]>>,
    format: Format,
    limits: &Limits,
) -> Result<Document, ReadError> {
    let bytes = bytes.into();
    match READERS.iter().find(|reader| reader.format == format).map(|reader| &reader.read) {
        Some(Read::Borrowed(read)) => read(&bytes, limits),
        Some(Read::Owned(read)) => read(bytes.into_owned(), limits),
        None => Err(detect::refusal(&bytes, format)),
    }
}
