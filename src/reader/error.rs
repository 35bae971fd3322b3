//! Why a file could not be read: what, where, and what was expected.

use crate::document::Format;

/// The error of one document. Each has a stable code for `documents.csv`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// A format that has no reader.
    #[error("{} files can't be read", .format.code())]
    Unsupported {
        /// What the bytes are.
        format: Format,
    },
    /// A version of a format that has no reader, though later ones have.
    #[error("{version} files can't be read; save them as {instead}")]
    UnsupportedVersion {
        /// The version by its usual name.
        version: &'static str,
        /// The form to save them in.
        instead: &'static str,
    },
    /// A password is needed.
    #[error("encrypted: {what}")]
    Encrypted {
        /// What is encrypted.
        what: String,
    },
    /// The file is broken.
    #[error("{part}, byte {offset}: expected {expected}")]
    Damaged {
        /// The part of the file: `word/document.xml`, or `file`.
        part: String,
        /// Where in that part, in bytes.
        offset: u64,
        /// What should have been there.
        expected: String,
    },
    /// A limit would be passed.
    #[error("{what} is over the limit of {limit}")]
    TooLarge {
        /// What is too large.
        what: String,
        /// The limit.
        limit: u64,
    },
    /// The file holds no text at all.
    #[error("empty: {what}")]
    Empty {
        /// What is empty.
        what: String,
    },
    /// Pages without readable text: scans, or fonts that do not say their characters.
    #[error("no text layer: {what}")]
    NoTextLayer {
        /// What the pages hold instead.
        what: String,
    },
    /// A member of an archive whose path leads out of it.
    #[error("{path} leads out of the archive; not followed")]
    UnsafePath {
        /// The path.
        path: String,
    },
    /// A member of an archive that is no file.
    #[error("{path} is a link or a device, not followed")]
    Link {
        /// Its path.
        path: String,
    },
    /// A member of an archive packed by a method that can't be undone here.
    #[error("{path} is packed by a method that can't be read: {method}")]
    UnsupportedPacking {
        /// Its path.
        path: String,
        /// The method.
        method: String,
    },
    /// The file could not be opened or read from disk.
    #[error("{message}")]
    Io {
        /// What the system said.
        message: String,
    },
    /// The time limit was reached before the document was read; nothing of it is kept.
    #[error("not read within the time limit of {seconds} s")]
    TimedOut {
        /// The limit.
        seconds: u64,
    },
    /// The memory limit was reached before the document was read; nothing of it is kept.
    #[error("needs more than the memory limit of {limit} bytes")]
    OutOfMemory {
        /// The limit.
        limit: u64,
    },
    /// The program met a state it did not expect; nothing of this document is kept.
    #[error("internal error: {message}")]
    Crashed {
        /// The panic's message.
        message: String,
    },
}

impl ReadError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            ReadError::Unsupported { .. }
            | ReadError::UnsupportedVersion { .. }
            | ReadError::UnsupportedPacking { .. } => "unsupported_format",
            ReadError::Encrypted { .. } => "encrypted",
            ReadError::Damaged { .. } => "damaged",
            ReadError::TooLarge { .. } => "too_large",
            ReadError::Empty { .. } => "empty",
            ReadError::NoTextLayer { .. } => "no_text_layer",
            ReadError::UnsafePath { .. } => "unsafe_path",
            ReadError::Link { .. } => "link",
            ReadError::Io { .. } => "io",
            ReadError::TimedOut { .. } => "timed_out",
            ReadError::OutOfMemory { .. } => "out_of_memory",
            ReadError::Crashed { .. } => "crashed",
        }
    }
}
