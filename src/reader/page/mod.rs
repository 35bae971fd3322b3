//! From marks at positions to pages: glyphs → words, paths → rulings and shades. Shared by the formats that only say
//! what stands where.

mod characters;
pub(super) mod font;
mod glyphs;
mod radicals;
mod readings;
pub(super) mod rulings;
mod words;

pub(super) use characters::Characters;
pub(super) use glyphs::{Glyph, Left, Visibility};
pub(super) use words::page;

use super::ReadError;
use crate::document::{Page, Rect, Warning};
use rulings::Segment;

/// Share of unreadable characters from which a text is no text.
const UNREADABLE_SHARE: f64 = 0.5;
/// Share of a page from which a picture is the page: a scan.
const SCAN: f32 = 0.3;

/// What is drawn on one page, in points from the top left of the page as a viewer shows it.
#[derive(Debug, Default)]
pub(super) struct Marks {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) segments: Vec<Segment>,
    /// White pieces of lines, which show where they lie on shades alone.
    pub(super) pale: Vec<Segment>,
    pub(super) shades: Vec<Rect>,
    pub(super) pictures: Vec<Rect>,
}

/// Whether a picture fills so much of the page that it must be the page.
pub(super) fn is_scan(page: &Page) -> bool {
    let covers = |picture: &Rect| picture.width() * picture.height() > SCAN * page.width * page.height;
    page.pictures.iter().any(covers)
}

/// What was left out of the pages, of which so many are pictures without text.
pub(super) fn warnings(left: Left, scans: u64) -> Vec<Warning> {
    let counts = [
        (left.invisible, Warning::HiddenText as fn(u64) -> Warning),
        (left.clipped, Warning::ClippedText),
        (left.off_page, Warning::OffPageText),
        (left.unreadable, Warning::UndecodableText),
        (left.layers, Warning::HiddenLayerRead),
        (scans, Warning::PagesWithoutText),
    ];
    counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, make)| make(count)).collect()
}

/// Why pages of so many visible characters hold no text, where they hold none.
pub(super) fn no_text(left: Left, visible: u64, scans: u64) -> Option<ReadError> {
    #[expect(clippy::cast_precision_loss, reason = "a share needs no exact counts")]
    let share = left.unreadable as f64 / (visible.max(1)) as f64;
    let what = match (visible, scans) {
        (0, 0) => "no text and no pictures".to_owned(),
        (0, count) => format!("{count} scanned pages"),
        _ if share > UNREADABLE_SHARE => "glyphs whose characters the file does not state".to_owned(),
        _ => return None,
    };
    Some(ReadError::NoTextLayer { what })
}
