//! What was left out of a document, or looked odd in it: a closed list of values that travel beside the data.

use crate::code::codes;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// One thing worth knowing about how a document was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Warning {
    /// Text marked as deleted or moved away was left out (characters).
    DeletedText(u64),
    /// Hidden text was left out (characters).
    HiddenText(u64),
    /// Text outside the page was left out (characters).
    OffPageText(u64),
    /// Text that a clip hides was left out (characters).
    ClippedText(u64),
    /// A text layer laid invisibly under a scanned page was read (pages).
    HiddenLayerRead(u64),
    /// Pages that hold a picture and no text.
    PagesWithoutText(u64),
    /// Table rows marked as deleted were left out.
    DeletedRows(u64),
    /// A limit was reached: what, and the limit. Everything beyond is missing.
    LimitReached(Cow<'static, str>, u64),
    /// A part that the file refers to is missing or broken.
    PartUnreadable(String),
    /// Cells whose stated spans contradict each other were laid out as well as possible (cells).
    SpansRepaired(u64),
    /// Bytes that are no text in the detected encoding were replaced (characters).
    UndecodableText(u64),
    /// The region's name stands for several places and nothing in the document decides.
    RegionAmbiguous(String),
    /// An embedded object, chart or picture holds content that was not read.
    ObjectNotRead(u64),
}

codes!(&Warning {
    DeletedText => "deleted_text",
    HiddenText => "hidden_text",
    OffPageText => "off_page_text",
    ClippedText => "clipped_text",
    HiddenLayerRead => "hidden_layer_read",
    PagesWithoutText => "pages_without_text",
    DeletedRows => "deleted_rows",
    LimitReached => "limit_reached",
    PartUnreadable => "part_unreadable",
    SpansRepaired => "spans_repaired",
    UndecodableText => "undecodable_text",
    RegionAmbiguous => "region_ambiguous",
    ObjectNotRead => "object_not_read",
});

impl Warning {
    /// Whether visible content is missing from the result, which makes the document `partial`.
    #[must_use]
    pub fn is_loss(&self) -> bool {
        matches!(
            self,
            Warning::LimitReached(..)
                | Warning::PartUnreadable(_)
                | Warning::UndecodableText(_)
                | Warning::PagesWithoutText(_)
        )
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Warning::DeletedText(n) => write!(f, "{n} characters of deleted text left out"),
            Warning::HiddenText(n) => write!(f, "{n} characters of hidden text left out"),
            Warning::OffPageText(n) => write!(f, "{n} characters outside the page left out"),
            Warning::ClippedText(n) => write!(f, "{n} clipped characters left out"),
            Warning::HiddenLayerRead(n) => write!(f, "{n} scanned pages read from their hidden text"),
            Warning::PagesWithoutText(n) => write!(f, "{n} pages are pictures without text"),
            Warning::DeletedRows(n) => write!(f, "{n} deleted table rows left out"),
            Warning::LimitReached(what, limit) => {
                write!(f, "more than {limit} {what}: the rest was not read")
            }
            Warning::PartUnreadable(part) => write!(f, "part {part} could not be read"),
            Warning::SpansRepaired(n) => write!(f, "{n} table cells with contradictory spans"),
            Warning::UndecodableText(n) => write!(f, "{n} characters could not be decoded"),
            Warning::RegionAmbiguous(name) => write!(f, "{name} names several regions"),
            Warning::ObjectNotRead(n) => write!(f, "{n} embedded objects were not read"),
        }
    }
}
