//! PDF: bytes → pages of words, rulings, shades and pictures.
//!
//! lopdf looks the file over first ([`preflight`]), hayro draws its pages ([`draw`]), and what was drawn is turned into
//! words and rulings here.

mod draw;
mod preflight;

use super::page::{self, Left, Marks};
use super::{Limits, ReadError, Reader};
use crate::document::{Body, Document, Format, Page, Properties, Warning};
use draw::{Drawn, OpenError};
use preflight::FontFacts;
use std::time::{Duration, Instant};

/// The reader of PDF files.
pub const READER: Reader = Reader { format: Format::Pdf, name: "PDF", read };

/// Longest time one file may take to be drawn; a sound page takes a millisecond.
const TIME: Duration = Duration::from_secs(5);
/// Share of unreadable characters from which a text is no text.
const UNREADABLE_SHARE: f64 = 0.5;

/// Reads a PDF file.
fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let deadline = Instant::now() + TIME;
    let checked = preflight::check(bytes, limits)?;
    let first = read_pages(bytes, &checked.fonts, deadline)?;
    let reading = match first {
        Some(reading) if reading.page_count > 0 => Some(reading),
        other => preflight::repair(bytes, limits)
            .and_then(|repaired| read_pages(&repaired, &checked.fonts, deadline).ok().flatten())
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
fn read_pages(bytes: &[u8], fonts: &FontFacts, deadline: Instant) -> Result<Option<Reading>, ReadError> {
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
    let unreadable = reading.left.unreadable;
    #[expect(clippy::cast_precision_loss, reason = "a share needs no exact counts")]
    let share = unreadable as f64 / (reading.visible.max(1)) as f64;
    if reading.visible == 0 || share > UNREADABLE_SHARE {
        return Err(no_text(&reading));
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

fn no_text(reading: &Reading) -> ReadError {
    if reading.visible > 0 {
        return ReadError::NoTextLayer { what: "glyphs whose characters the file does not state".to_owned() };
    }
    if !reading.drawn.cut.is_empty() || reading.drawn.stopped.is_some() {
        return damaged("pages that can be drawn");
    }
    let what = match reading.pictures {
        0 => "no text and no pictures".to_owned(),
        count => format!("{count} scanned pages"),
    };
    ReadError::NoTextLayer { what }
}

fn warnings(reading: &Reading) -> Vec<Warning> {
    let left = reading.left;
    let counts = [
        (left.invisible, Warning::HiddenText as fn(u64) -> Warning),
        (left.clipped, Warning::ClippedText),
        (left.off_page, Warning::OffPageText),
        (left.unreadable, Warning::UndecodableText),
        (left.layers, Warning::HiddenLayerRead),
        (reading.pictures, Warning::PagesWithoutText),
    ];
    let mut warnings: Vec<Warning> =
        counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, make)| make(count)).collect();
    warnings.extend(reading.drawn.cut.iter().map(|index| part(&format!("page {}", index + 1))));
    if reading.drawn.missing_fonts > 0 {
        warnings.push(part("a font"));
    }
    if let Some(index) = reading.drawn.stopped {
        warnings.push(Warning::LimitReached("pages in the time allowed", index as u64));
    }
    warnings
}

fn part(what: &str) -> Warning {
    Warning::PartUnreadable(what.to_owned())
}
