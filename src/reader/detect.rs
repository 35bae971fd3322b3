//! What a file is, judged by its bytes: magic numbers and structure, never the name.

use crate::document::Format;

/// The format of a whole file.
pub(super) fn detect(bytes: &[u8]) -> Format {
    if bytes.is_empty() {
        Format::Empty
    } else if bytes.starts_with(b"%PDF-") {
        Format::Pdf
    } else {
        Format::Unknown
    }
}
