//! The .mht reader: a web page in a MIME message → [`Document`], as Word, Excel and browsers save it.
//!
//! Source: RFC 2045 to 2047 (messages), RFC 2387 (multipart/related), RFC 2557 (pages in messages).

mod code;
mod message;

use self::message::Part;
use super::html;
use super::{Limits, Read, ReadError, Reader};
use crate::document::{Body, Document, Format};

/// The reader of web pages in one MIME file.
pub(super) const READER: Reader =
    Reader { format: Format::Mht, name: "web page in one file (MHTML)", read: Read::Borrowed(read) };

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    if bytes.len() as u64 > limits.unpacked_bytes {
        return Err(ReadError::TooLarge { what: "the message".to_owned(), limit: limits.unpacked_bytes });
    }
    let message = message::read(bytes)?;
    let pages: Vec<&Part<'_>> = message.parts.iter().filter(|part| part.is_page()).collect();
    let root = message.start.as_deref().and_then(|start| pages.iter().find(|part| part.id == start));
    let Some(root) = root.or(pages.first()) else {
        let expected = "a part that is a web page".to_owned();
        return Err(ReadError::Damaged { part: "file".to_owned(), offset: bytes.len() as u64, expected });
    };
    let text = root.bytes();
    if !is_frameset(&text) {
        return page(root, &text, limits);
    }
    framed(&pages, root, limits)
}

fn page(part: &Part<'_>, text: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    html::page(text, part.charset.as_deref(), Format::Mht, limits)
}

/// A workbook of several sheets: a page of frames, with each sheet in a part of its own.
fn framed(pages: &[&Part<'_>], root: &Part<'_>, limits: &Limits) -> Result<Document, ReadError> {
    let mut whole: Option<Document> = None;
    for part in pages.iter().filter(|part| !std::ptr::eq(**part, root) && !part.is_tab_strip()) {
        let more = match page(part, &part.bytes(), limits) {
            Ok(more) => more,
            // An empty sheet is none.
            Err(ReadError::Empty { .. }) => continue,
            Err(error) => return Err(error),
        };
        match &mut whole {
            Some(whole) => append(whole, more),
            None => whole = Some(more),
        }
    }
    whole.ok_or_else(|| ReadError::Empty { what: "no visible text on the pages".to_owned() })
}

fn append(whole: &mut Document, more: Document) {
    whole.visible += more.visible;
    whole.furniture.extend(more.furniture);
    whole.warnings.extend(more.warnings);
    if let (Body::Flow(blocks), Body::Flow(others)) = (&mut whole.body, more.body) {
        blocks.extend(others);
    }
}

/// How far into a page its frames may stand.
const WINDOW: usize = 1 << 16;

fn is_frameset(text: &[u8]) -> bool {
    let head = text[..text.len().min(WINDOW)].to_ascii_lowercase();
    let has = |tag: &[u8]| head.windows(tag.len()).any(|window| window == tag);
    has(b"<frameset") && !has(b"<table")
}
