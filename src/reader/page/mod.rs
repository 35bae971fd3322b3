//! From marks at positions to pages: glyphs → words, paths → rulings and shades. Shared by the formats that only say
//! what stands where.

mod characters;
mod glyphs;
mod radicals;
pub(super) mod rulings;
mod words;

pub(super) use characters::Characters;
pub(super) use glyphs::{Glyph, Left, Visibility};
pub(super) use words::page;

use crate::document::{Page, Rect};
use rulings::Segment;

/// Share of a page from which a picture is the page: a scan.
const SCAN: f32 = 0.3;

/// What is drawn on one page, in points from the top left of the page as a viewer shows it.
#[derive(Debug, Default)]
pub(super) struct Marks {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) segments: Vec<Segment>,
    pub(super) shades: Vec<Rect>,
    pub(super) pictures: Vec<Rect>,
}

/// Whether a picture fills so much of the page that it must be the page.
pub(super) fn is_scan(page: &Page) -> bool {
    let covers = |picture: &Rect| picture.width() * picture.height() > SCAN * page.width * page.height;
    page.pictures.iter().any(covers)
}
