//! Text objects: characters with their positions → glyphs.

use super::geometry::{Matrix, POINTS, single, steps};
use super::resources::Font;
use crate::reader::page::{Characters, Glyph};

/// A text object as its attributes and children state it.
pub(super) struct TextObject<'a> {
    /// From the object to the page, in points.
    pub(super) to_page: Matrix,
    pub(super) font: Option<&'a Font>,
    pub(super) bold: bool,
    /// Font size in the object's units.
    pub(super) size: f64,
    /// Width of the characters in parts of their usual width.
    pub(super) stretch: f64,
    /// Where characters without stated steps go: quarter turns clockwise.
    pub(super) reading: u8,
    /// How each character stands: quarter turns clockwise.
    pub(super) standing: u8,
    pub(super) codes: Vec<TextCode>,
    pub(super) glyphs: Vec<GlyphCodes>,
}

/// Characters with the place of the first and the steps to the others.
#[derive(Debug, Default)]
pub(super) struct TextCode {
    pub(super) x: Option<f64>,
    pub(super) y: Option<f64>,
    pub(super) delta_x: Option<String>,
    pub(super) delta_y: Option<String>,
    pub(super) text: String,
}

/// Numbers of glyphs for a range of characters.
#[derive(Debug, Default)]
pub(super) struct GlyphCodes {
    pub(super) start: usize,
    pub(super) count: usize,
    pub(super) glyphs: Vec<u32>,
}

impl TextObject<'_> {
    /// The glyphs of all its texts; `run` is the number of the drawing call.
    pub(super) fn place(&self, run: u32) -> Vec<Glyph> {
        let mut placed = Vec::new();
        let (mut start, mut pen) = ((0.0, 0.0), (0.0, 0.0));
        let mut index = 0;
        for code in &self.codes {
            // A coordinate that is not stated is the one before; where neither is, the text goes on.
            let origin = match (code.x, code.y) {
                (None, None) => pen,
                (x, y) => (x.unwrap_or(start.0), y.unwrap_or(start.1)),
            };
            start = origin;
            pen = origin;
            let characters: Vec<char> = text(&code.text).collect();
            let steps = self.steps(code, &characters);
            for (character, step) in characters.into_iter().zip(steps) {
                placed.push(self.glyph(character, index, pen, run));
                pen = (pen.0 + step.0, pen.1 + step.1);
                index += 1;
            }
        }
        placed
    }

    /// The step from each character to the next.
    fn steps(&self, code: &TextCode, characters: &[char]) -> Vec<(f64, f64)> {
        let list = |text: &Option<String>| {
            text.as_deref().map(|text| steps(text, characters.len())).filter(|steps| !steps.is_empty())
        };
        let (across, down) = (list(&code.delta_x), list(&code.delta_y));
        if across.is_none() && down.is_none() {
            let (x, y) = turned((1.0, 0.0), self.reading);
            let width = |c: &char| f64::from(widths(*c).0) * self.stretch * self.size;
            return characters.iter().map(|c| (x * width(c), y * width(c))).collect();
        }
        let at = |list: &Option<Vec<f64>>, index: usize| {
            list.as_ref().and_then(|steps| steps.get(index)).copied().unwrap_or(0.0)
        };
        (0..characters.len()).map(|index| (at(&across, index), at(&down, index))).collect()
    }

    fn glyph(&self, character: char, index: usize, at: (f64, f64), run: u32) -> Glyph {
        let along = self.to_page.vector(turned((1.0, 0.0), self.standing));
        let up = self.to_page.vector(turned((0.0, -1.0), self.standing));
        let (reach, height) = (along.0.hypot(along.1), up.0.hypot(up.1));
        let unit = |vector: (f64, f64), length: f64, other| {
            if length > 0.0 { single((vector.0 / length, vector.1 / length)) } else { other }
        };
        let width = f64::from(widths(character).0) * self.stretch * self.size * reach;
        let (advance, size) = single((width, self.size * height));
        Glyph {
            text: self.character(character, index),
            origin: single(self.to_page.point(at)),
            along: unit(along, reach, (1.0, 0.0)),
            up: unit(up, height, (0.0, -1.0)),
            advance,
            size,
            run,
            bold: self.bold,
            ..Glyph::default()
        }
    }

    /// The character itself or, where it says nothing, the one its glyph stands for in the embedded font.
    fn character(&self, character: char, index: usize) -> Characters {
        if !says_nothing(character) {
            return Characters::one(character);
        }
        let codes = self
            .glyphs
            .iter()
            .find(|codes| index.checked_sub(codes.start).is_some_and(|offset| offset < codes.count));
        let glyph = codes.and_then(|codes| codes.glyphs.get(index - codes.start));
        let known = glyph.and_then(|glyph| self.font?.character(*glyph));
        known.map_or_else(|| Characters::one(character), Characters::one)
    }
}

/// The characters of a text without the line ends and indents of a file laid out for reading.
fn text(text: &str) -> impl Iterator<Item = char> + '_ {
    let laid_out = text.contains('\n');
    let text = if laid_out { text.trim() } else { text };
    text.chars().filter(|c| !matches!(c, '\n' | '\r'))
}

/// Whether a character stands for a glyph that only the font knows.
fn says_nothing(character: char) -> bool {
    matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{fffd}' | '\u{f0000}'..='\u{10ffff}')
        || (character.is_control() && !character.is_whitespace())
}

/// A direction turned by quarters, clockwise on a page whose y runs down.
fn turned((x, y): (f64, f64), quarters: u8) -> (f64, f64) {
    match quarters % 4 {
        0 => (x, y),
        1 => (-y, x),
        2 => (-x, -y),
        _ => (y, -x),
    }
}

/// Quarter turns of an angle in degrees.
pub(super) fn quarters(degrees: Option<f64>) -> u8 {
    match degrees.map(|degrees| degrees.rem_euclid(360.0)) {
        Some(degrees) if (45.0..135.0).contains(&degrees) => 1,
        Some(degrees) if (135.0..225.0).contains(&degrees) => 2,
        Some(degrees) if (225.0..315.0).contains(&degrees) => 3,
        _ => 0,
    }
}

/// The usual and the greatest width of a character in parts of the font size: the file does not state widths, and its
/// fonts are rarely in it. Chinese characters are as wide as high.
fn widths(character: char) -> (f32, f32) {
    match character {
        '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'i' | 'j' | 'l' | 'I' | 'f' | 't' | 'r' | '(' | ')'
        | '[' | ']' | '-' | '/' => (0.3, 0.55),
        'm' | 'w' | 'M' | 'W' | '%' | '@' => (0.8, 1.0),
        'A'..='Z' => (0.6, 0.85),
        '\u{0}'..='\u{7f}' => (0.5, 0.62),
        '\u{80}'..='\u{24f}' => (0.5, 1.0),
        '\u{ff61}'..='\u{ffdc}' => (0.5, 0.5),
        _ => (1.0, 1.0),
    }
}

/// Where the next glyph stands near enough, the distance is the width. Some producers draw every character by itself, so the
/// next glyph may be another object's.
pub(super) fn fit_advances(glyphs: &mut [Glyph]) {
    for index in 0..glyphs.len().saturating_sub(1) {
        let next = glyphs[index + 1].origin;
        let glyph = &mut glyphs[index];
        let (step, rise) = (glyph.steps_to(next), glyph.rise_to(next));
        let (usual, greatest) = widths(glyph.text.first());
        let widest = glyph.advance / usual * greatest;
        if rise.abs() < 0.25 * glyph.size && step > 0.2 * glyph.advance && step <= widest {
            glyph.advance = step;
        }
    }
}

/// A matrix from millimetres on the page to points below and right of its corner.
pub(super) fn to_points(x: f64, y: f64) -> Matrix {
    Matrix::scaled(POINTS).of(Matrix::moved_to(-x, -y))
}
