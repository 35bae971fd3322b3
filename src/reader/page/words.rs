//! Words from glyphs: what one drawing call shows without a gap stays together, and neighbouring calls join where
//! neither a gap nor a ruling lies between them.

use super::glyphs::{self, Glyph, Left};
use super::{Marks, readings, rulings};
use crate::document::{Axis, Direction, Page, Rect, Ruling, Word, visible_chars};
use std::ops::Range;

/// Widest gap inside a word for glyphs of one drawing call, in parts of the font size.
const GAP_WITHIN: f32 = 0.35;
/// Gap from which a ruling between two glyphs of one drawing call divides them, in parts of the font size.
const STEP: f32 = 0.04;
/// Widest gap between drawing calls that form one word, in parts of the font size.
const GAP_BETWEEN: f32 = 0.15;
/// Farthest step back inside a word, in parts of the font size: kerning and wrong widths.
const OVERLAP: f32 = 0.5;
/// Farthest a glyph may stand off the baseline of its word, in parts of the font size.
const RISE: f32 = 0.25;
/// Cosine from which a direction counts as along an axis: ten degrees off still do.
pub(super) const STRAIGHT: f32 = 0.985;
/// Ascent and descent of the boxes, in parts of the font size: those of the Chinese fonts.
const ASCENT: f32 = 0.88;
const DESCENT: f32 = 0.12;

/// The page of these marks, what was left out of it, and its visible characters.
pub(in crate::reader) fn page(marks: Marks, index: usize) -> (Page, Left, u64) {
    let (width, height) = (marks.width, marks.height);
    let (glyphs, left) = glyphs::sift(marks.glyphs);
    let direction = main_direction(&glyphs);
    let turn = Turn { direction, width, height };
    let glyphs: Vec<Glyph> = glyphs.into_iter().map(|glyph| turn.glyph(glyph)).collect();
    let pale = rulings::on_shades(marks.pale, &marks.shades);
    let segments = marks.segments.into_iter().chain(pale);
    let rulings: Vec<Ruling> = segments.map(|ruling| turn.ruling(ruling)).collect();
    let words = Builder::new(&rulings).words(&glyphs);
    let visible = words.iter().map(|word| visible_chars(&word.text)).sum();
    let (width, height) = match direction {
        Direction::Down | Direction::Up => (height, width),
        _ => (width, height),
    };
    let page = Page {
        number: u32::try_from(index + 1).unwrap_or(u32::MAX),
        width,
        height,
        direction,
        words,
        rulings,
        shades: marks.shades.into_iter().map(|rect| turn.rect(rect)).collect(),
        pictures: marks.pictures.into_iter().map(|rect| turn.rect(rect)).collect(),
    };
    (page, left, visible)
}

/// The direction of most glyphs, if most of them agree on another than left to right.
fn main_direction(glyphs: &[Glyph]) -> Direction {
    let mut counts = [0_usize; 4];
    for glyph in glyphs {
        match direction(glyph.along) {
            Direction::Right => counts[0] += 1,
            Direction::Down => counts[1] += 1,
            Direction::Left => counts[2] += 1,
            Direction::Up => counts[3] += 1,
            Direction::Slanted => {}
        }
    }
    let turned = [(1, Direction::Down), (2, Direction::Left), (3, Direction::Up)];
    let most = turned.into_iter().max_by_key(|(index, _)| counts[*index]);
    most.filter(|(index, _)| counts[*index] * 10 > glyphs.len() * 6)
        .map_or(Direction::Right, |(_, turn)| turn)
}

fn direction((x, y): (f32, f32)) -> Direction {
    if x > STRAIGHT {
        Direction::Right
    } else if x < -STRAIGHT {
        Direction::Left
    } else if y > STRAIGHT {
        Direction::Down
    } else if y < -STRAIGHT {
        Direction::Up
    } else {
        Direction::Slanted
    }
}

/// Turns a page so that text of one direction reads from left to right.
struct Turn {
    direction: Direction,
    width: f32,
    height: f32,
}

impl Turn {
    fn point(&self, (x, y): (f32, f32)) -> (f32, f32) {
        match self.direction {
            Direction::Right | Direction::Slanted => (x, y),
            Direction::Down => (y, self.width - x),
            Direction::Left => (self.width - x, self.height - y),
            Direction::Up => (self.height - y, x),
        }
    }

    fn vector(&self, (x, y): (f32, f32)) -> (f32, f32) {
        match self.direction {
            Direction::Right | Direction::Slanted => (x, y),
            Direction::Down => (y, -x),
            Direction::Left => (-x, -y),
            Direction::Up => (-y, x),
        }
    }

    fn glyph(&self, glyph: Glyph) -> Glyph {
        Glyph {
            origin: self.point(glyph.origin),
            along: self.vector(glyph.along),
            up: self.vector(glyph.up),
            ..glyph
        }
    }

    fn rect(&self, rect: Rect) -> Rect {
        let (ax, ay) = self.point((rect.x0, rect.y0));
        let (bx, by) = self.point((rect.x1, rect.y1));
        Rect { x0: ax.min(bx), y0: ay.min(by), x1: ax.max(bx), y1: ay.max(by) }
    }

    fn ruling(&self, ruling: Ruling) -> Ruling {
        let rect = match ruling.axis {
            Axis::Horizontal => Rect { x0: ruling.from, y0: ruling.at, x1: ruling.to, y1: ruling.at },
            Axis::Vertical => Rect { x0: ruling.at, y0: ruling.from, x1: ruling.at, y1: ruling.to },
        };
        let rect = self.rect(rect);
        let swapped = matches!(self.direction, Direction::Down | Direction::Up);
        match (ruling.axis, swapped) {
            (Axis::Horizontal, false) | (Axis::Vertical, true) => {
                Ruling { axis: Axis::Horizontal, at: rect.y0, from: rect.x0, to: rect.x1, ..ruling }
            }
            _ => Ruling { axis: Axis::Vertical, at: rect.x0, from: rect.y0, to: rect.y1, ..ruling },
        }
    }
}

/// Builds words with the upright rulings of the page in sight.
struct Builder {
    /// Upright rulings by their x.
    upright: Vec<Ruling>,
}

impl Builder {
    fn new(rulings: &[Ruling]) -> Self {
        let mut upright: Vec<Ruling> =
            rulings.iter().filter(|ruling| ruling.axis == Axis::Vertical).copied().collect();
        upright.sort_by(|a, b| a.at.total_cmp(&b.at));
        Self { upright }
    }

    fn words(&self, glyphs: &[Glyph]) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        // The glyphs of each word.
        let mut ranges: Vec<Range<usize>> = Vec::new();
        let mut open = false;
        let mut spaced = false;
        for (at, glyph) in glyphs.iter().enumerate() {
            if glyph.text.is_space() {
                (open, spaced) = (false, true);
                continue;
            }
            match (words.last_mut(), ranges.last_mut()) {
                (Some(word), Some(range)) if open && self.joins(&glyphs[at - 1], glyph) => {
                    glyph.text.push_to(&mut word.text);
                    word.bbox = word.bbox.union(bbox(glyph));
                    word.bold &= glyph.bold;
                    range.end = at + 1;
                }
                _ => {
                    words.push(start(glyph, spaced));
                    ranges.push(at..at + 1);
                }
            }
            (open, spaced) = (true, false);
        }
        for word in &mut words {
            word.text.shrink_to_fit();
        }
        readings::note(&mut words, &ranges, glyphs, &self.upright);
        words
    }

    fn joins(&self, last: &Glyph, next: &Glyph) -> bool {
        let size = last.size.max(next.size);
        let same_way = last.along.0 * next.along.0 + last.along.1 * next.along.1 > STRAIGHT;
        let gap = last.steps_to(next.origin) - last.advance;
        if !same_way || last.rise_to(next.origin).abs() > RISE * size || gap < -OVERLAP * size {
            return false;
        }
        if last.run == next.run {
            // A call may show the texts of neighbouring cells with a small step between them.
            return gap <= GAP_WITHIN * size && !(gap > STEP * size && self.divided(last, next));
        }
        let alike = last.size.min(next.size) > 0.8 * size;
        alike && gap <= GAP_BETWEEN * size && !self.divided(last, next)
    }

    /// Whether an upright ruling stands between the middles of two neighbours.
    fn divided(&self, last: &Glyph, next: &Glyph) -> bool {
        let (from, to) = (last.middle(), next.middle());
        let start = self.upright.partition_point(|ruling| ruling.at <= from.0);
        let between = self.upright[start..].iter().take_while(|ruling| ruling.at < to.0);
        between.into_iter().any(|ruling| ruling.from <= from.1 && from.1 <= ruling.to)
    }
}

fn start(glyph: &Glyph, spaced: bool) -> Word {
    let mut text = String::new();
    glyph.text.push_to(&mut text);
    Word {
        text,
        bbox: bbox(glyph),
        baseline: glyph.origin.1,
        size: glyph.size,
        bold: glyph.bold,
        spaced,
        direction: direction(glyph.along),
        readings: Vec::new(),
    }
}

/// The box of a glyph: the smallest upright one around its corners.
fn bbox(glyph: &Glyph) -> Rect {
    let corner = |along: f32, up: f32| {
        let x = glyph.origin.0 + glyph.along.0 * along + glyph.up.0 * up;
        let y = glyph.origin.1 + glyph.along.1 * along + glyph.up.1 * up;
        Rect { x0: x, y0: y, x1: x, y1: y }
    };
    let (low, high) = (-DESCENT * glyph.size, ASCENT * glyph.size);
    corner(0.0, low)
        .union(corner(glyph.advance, high))
        .union(corner(glyph.advance, low))
        .union(corner(0.0, high))
}
