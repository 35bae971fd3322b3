//! PDF: bytes → pages of words, rulings, shades and pictures.
//!
//! lopdf looks the file over first ([`preflight`]), hayro draws its pages ([`draw`]), and what was drawn is turned into
//! words and rulings here.

mod draw;
mod preflight;

use super::page::{self, Left, Marks};
use super::{Limits, Read, ReadError, Reader};
use crate::document::{Body, Document, Format, Page, Properties, Warning};
use draw::{Drawn, OpenError};
use preflight::FontFacts;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The reader of PDF files.
pub const READER: Reader = Reader { format: Format::Pdf, name: "PDF", read: Read::Owned(read) };

/// Longest time one file may take to be drawn; a sound page takes a millisecond.
const TIME: Duration = Duration::from_secs(5);

/// Reads a PDF file.
fn read(bytes: Vec<u8>, limits: &Limits) -> Result<Document, ReadError> {
    let deadline = Instant::now() + TIME;
    let checked = preflight::check(&bytes, limits)?;
    let bytes = Arc::new(bytes);
    let first = read_pages(Arc::clone(&bytes), &checked.fonts, deadline)?;
    let reading = match first {
        Some(reading) if reading.page_count > 0 => Some(reading),
        other => preflight::repair(&bytes, limits)
            .and_then(|repaired| read_pages(Arc::new(repaired), &checked.fonts, deadline).ok().flatten())
            .or(other),
    };
    finish(reading.ok_or_else(|| damaged("a page tree"))?, checked.title)
}

/// Pages and what was left out of them.
#[derive(Default)]
struct Reading {
    pages: Vec<Page>,
    page_count: usize,
    visible: u64,
    left: Left,
    pictures: u64,
    drawn: Drawn,
}

/// Draws the pages; `None` for a file that can't be opened.
fn read_pages(
    bytes: Arc<Vec<u8>>,
    fonts: &FontFacts,
    deadline: Instant,
) -> Result<Option<Reading>, ReadError> {
    let mut reading = Reading::default();
    let drawn =
        draw::pages(bytes, fonts, deadline, &mut |index, marks| take_page(&mut reading, marks, index));
    match drawn {
        Ok(drawn) => {
            reading.page_count = drawn.page_count;
            reading.drawn = drawn;
            Ok(Some(reading))
        }
        Err(OpenError::Decryption(_)) => {
            Err(ReadError::Encrypted { what: "a password or another key is needed".to_owned() })
        }
        Err(OpenError::Invalid) => Ok(None),
    }
}

fn take_page(reading: &mut Reading, marks: Marks, index: usize) {
    let (page, left, visible) = page::page(marks, index);
    if visible == 0 && page::is_scan(&page) {
        reading.pictures += 1;
    }
    reading.visible += visible;
    reading.left.add(left);
    reading.pages.push(page);
}

fn damaged(expected: &str) -> ReadError {
    ReadError::Damaged { part: "file".to_owned(), offset: 0, expected: expected.to_owned() }
}

fn finish(reading: Reading, title: Option<String>) -> Result<Document, ReadError> {
    if reading.page_count == 0 {
        return Err(damaged("at least one page"));
    }
    if let Some(error) = no_text(&reading) {
        return Err(error);
    }
    Ok(Document {
        format: Format::Pdf,
        pages: u32::try_from(reading.page_count).ok(),
        properties: Properties { title },
        warnings: warnings(&reading),
        visible: reading.visible,
        body: Body::Pages(reading.pages),
        furniture: Vec::new(),
    })
}

fn no_text(reading: &Reading) -> Option<ReadError> {
    let cut = !reading.drawn.cut.is_empty() || reading.drawn.stopped.is_some();
    if reading.visible == 0 && cut {
        return Some(damaged("pages that can be drawn"));
    }
    page::no_text(reading.left, reading.visible, reading.pictures)
}

fn warnings(reading: &Reading) -> Vec<Warning> {
    let mut warnings = page::warnings(reading.left, reading.pictures);
    warnings.extend(reading.drawn.cut.iter().map(|index| part(&format!("page {}", index + 1))));
    if reading.drawn.missing_fonts > 0 {
        warnings.push(part("a font"));
    }
    if let Some(index) = reading.drawn.stopped {
        warnings.push(Warning::LimitReached("pages in the time allowed".into(), index as u64));
    }
    warnings
}

fn part(what: &str) -> Warning {
    Warning::PartUnreadable(what.to_owned())
}
