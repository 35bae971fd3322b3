//! OFD, the national fixed-layout format (GB/T 33190): bytes → pages of words, rulings, shades and pictures.
//!
//! A package may hold several documents; their pages follow each other, as a viewer shows them. Names are compared
//! without their prefix, since producers use several namespaces. A signature hides nothing and is not checked.

mod canvas;
mod clip;
mod element;
mod geometry;
mod package;
mod page;
mod parts;
mod path;
mod resources;
mod text;
mod tree;

use super::container::Package;
use super::page::{self as shared, Left};
use super::{Limits, Read, ReadError, Reader};
use crate::document::{Body, Document, Format, Page, Properties, Warning};
use canvas::UNITS;
use package::{MAX_PAGES, OfdDocument};
use parts::Parts;
use std::time::{Duration, Instant};

/// The reader of OFD files.
pub const READER: Reader = Reader { format: Format::Ofd, name: "OFD", read: Read::Borrowed(read) };

/// Longest time one file may take to be drawn; a sound page takes a millisecond.
const TIME: Duration = Duration::from_secs(5);
/// Most glyphs in one file.
const FILE_GLYPHS: usize = 4_000_000;

/// Reads an OFD file.
fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let mut parts = Parts::new(Package::open(bytes, limits)?);
    let encrypted = parts.is_encrypted();
    let read = read_documents(&mut parts, limits.depth);
    if encrypted && !read.as_ref().is_ok_and(|reading| reading.visible > 0) {
        return Err(ReadError::Encrypted { what: "the OFD package".to_owned() });
    }
    read.and_then(finish)
}

/// Pages and what was left out of them.
#[derive(Default)]
struct Reading {
    title: Option<String>,
    pages: Vec<Page>,
    visible: u64,
    glyphs: usize,
    left: Left,
    scans: u64,
    unreadable: Vec<String>,
    /// The number of pages drawn when the time or the room was used up.
    stopped: Option<usize>,
    /// It was the time.
    late: bool,
    too_deep: bool,
}

fn read_documents(parts: &mut Parts<'_>, depth: usize) -> Result<Reading, ReadError> {
    let deadline = Instant::now() + TIME;
    let mut reading = Reading::default();
    let roots = package::roots(parts, depth)?;
    let only = roots.len() == 1;
    for (root, title) in roots {
        match package::document(parts, &root, title, depth) {
            Ok(document) => reading.document(parts, document, deadline, depth)?,
            Err(ReadError::Damaged { .. }) if !only => reading.unreadable.push(root),
            Err(error) => return Err(error),
        }
    }
    Ok(reading)
}

impl Reading {
    fn document(
        &mut self,
        parts: &mut Parts<'_>,
        mut document: OfdDocument,
        deadline: Instant,
        depth: usize,
    ) -> Result<(), ReadError> {
        let pages = std::mem::take(&mut document.pages);
        for page in &pages {
            if self.is_full(deadline) {
                self.stopped = self.stopped.or(Some(self.pages.len()));
                self.late = Instant::now() > deadline;
                break;
            }
            let drawn = page::draw(parts, &mut document, page, deadline, depth)?;
            if drawn.stopped {
                self.stopped = self.stopped.or(Some(self.pages.len()));
                self.late = Instant::now() > deadline;
            }
            self.too_deep |= drawn.too_deep;
            self.glyphs += drawn.marks.glyphs.len();
            let (page, left, visible) = shared::page(drawn.marks, self.pages.len());
            if visible == 0 && shared::is_scan(&page) {
                self.scans += 1;
            }
            self.visible += visible;
            self.left.add(left);
            self.pages.push(page);
        }
        self.title = self.title.take().or(document.title);
        self.unreadable.append(&mut document.unreadable);
        Ok(())
    }

    fn is_full(&self, deadline: Instant) -> bool {
        self.pages.len() >= MAX_PAGES || self.glyphs > FILE_GLYPHS || Instant::now() > deadline
    }
}

fn finish(mut reading: Reading) -> Result<Document, ReadError> {
    reading.unreadable.sort();
    reading.unreadable.dedup();
    if reading.pages.is_empty() {
        return Err(damaged("Document.xml", "at least one page"));
    }
    if let Some(error) = no_text(&reading) {
        return Err(error);
    }
    let mut warnings = shared::warnings(reading.left, reading.scans);
    warnings.extend(reading.unreadable.into_iter().map(Warning::PartUnreadable));
    if reading.too_deep {
        warnings.push(Warning::LimitReached("levels of units in units".into(), UNITS as u64));
    }
    if let Some(pages) = reading.stopped {
        warnings.push(Warning::LimitReached("pages in the time and room allowed".into(), pages as u64));
    }
    Ok(Document {
        format: Format::Ofd,
        pages: u32::try_from(reading.pages.len()).ok(),
        properties: Properties { title: reading.title },
        warnings,
        visible: reading.visible,
        body: Body::Pages(reading.pages),
        furniture: Vec::new(),
    })
}

fn no_text(reading: &Reading) -> Option<ReadError> {
    match reading.unreadable.first() {
        Some(part) if reading.visible == 0 => Some(damaged(part, "content that can be drawn")),
        None if reading.visible == 0 && reading.late => Some(ReadError::TimedOut { seconds: TIME.as_secs() }),
        _ => shared::no_text(reading.left, reading.visible, reading.scans),
    }
}

fn damaged(part: &str, expected: &str) -> ReadError {
    ReadError::Damaged { part: part.to_owned(), offset: 0, expected: expected.to_owned() }
}
