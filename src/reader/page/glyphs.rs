//! Glyphs as drawn: where they stand, whether anyone can see them, and which are drawn twice.

use super::characters::Characters;
use std::collections::HashMap;

/// Farthest distance between the two copies of a glyph drawn twice to look bold, in parts of the font size.
const DOUBLE: f32 = 0.25;

/// Most glyphs of one character in a square of 8 points that are compared: in a crowd nothing can be read anyway.
const CROWD: usize = 64;

/// One glyph on the page as shown, in points from its top left.
#[derive(Debug, Clone, Default)]
pub(in crate::reader) struct Glyph {
    /// What it stands for.
    pub(in crate::reader) text: Characters,
    /// Where its baseline begins.
    pub(in crate::reader) origin: (f32, f32),
    /// Unit vector along its baseline.
    pub(in crate::reader) along: (f32, f32),
    /// Unit vector from the baseline to its top.
    pub(in crate::reader) up: (f32, f32),
    /// Width along the baseline.
    pub(in crate::reader) advance: f32,
    /// Font size.
    pub(in crate::reader) size: f32,
    /// Number of the drawing call it came with: glyphs of one call belong together.
    pub(in crate::reader) run: u32,
    /// Whether its font is a bold one.
    pub(in crate::reader) bold: bool,
    /// Whether a second one of its kind at its place was dropped.
    pub(in crate::reader) doubled: bool,
    /// Whether anyone can see it.
    pub(in crate::reader) visibility: Visibility,
}

/// Whether a glyph can be seen, and why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::reader) enum Visibility {
    #[default]
    Seen,
    /// Drawn with neither fill nor stroke.
    Invisible,
    /// Outside the clip.
    Clipped,
    /// Outside the page.
    OffPage,
}

/// Characters left out, by reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::reader) struct Left {
    pub(in crate::reader) invisible: u64,
    pub(in crate::reader) clipped: u64,
    pub(in crate::reader) off_page: u64,
    /// Glyphs whose characters are unknown; they stay in the text as U+FFFD.
    pub(in crate::reader) unreadable: u64,
    /// Pages read from an invisible text layer.
    pub(in crate::reader) layers: u64,
}

impl Left {
    pub(in crate::reader) fn add(&mut self, other: Self) {
        self.invisible += other.invisible;
        self.clipped += other.clipped;
        self.off_page += other.off_page;
        self.unreadable += other.unreadable;
        self.layers += other.layers;
    }
}

impl Glyph {
    /// The middle of its box.
    pub(in crate::reader) fn middle(&self) -> (f32, f32) {
        let (x, y) = self.origin;
        let (half, rise) = (self.advance / 2.0, self.size * 0.38);
        (x + self.along.0 * half + self.up.0 * rise, y + self.along.1 * half + self.up.1 * rise)
    }

    /// How far along its baseline a point lies from its origin.
    pub(in crate::reader) fn steps_to(&self, point: (f32, f32)) -> f32 {
        (point.0 - self.origin.0) * self.along.0 + (point.1 - self.origin.1) * self.along.1
    }

    /// How far above its baseline a point lies.
    pub(in crate::reader) fn rise_to(&self, point: (f32, f32)) -> f32 {
        (point.0 - self.origin.0) * self.up.0 + (point.1 - self.origin.1) * self.up.1
    }
}

/// Keeps what can be seen, counts the rest, and drops the second copies of glyphs drawn twice.
///
/// A page without any visible text but with an invisible layer is a scan that was read by a machine: the layer is its
/// text then.
pub(in crate::reader) fn sift(mut glyphs: Vec<Glyph>) -> (Vec<Glyph>, Left) {
    let mut left = Left::default();
    let text = |glyph: &&Glyph| !glyph.text.is_space();
    let seen = glyphs.iter().filter(text).any(|glyph| glyph.visibility == Visibility::Seen);
    if !seen && glyphs.iter().filter(text).any(|glyph| glyph.visibility == Visibility::Invisible) {
        left.layers = 1;
        for glyph in &mut glyphs {
            if glyph.visibility == Visibility::Invisible {
                glyph.visibility = Visibility::Seen;
            }
        }
    }
    for glyph in glyphs.iter().filter(text) {
        match glyph.visibility {
            Visibility::Seen => {}
            Visibility::Invisible => left.invisible += 1,
            Visibility::Clipped => left.clipped += 1,
            Visibility::OffPage => left.off_page += 1,
        }
    }
    glyphs.retain(|glyph| glyph.visibility == Visibility::Seen && glyph.size > 0.0);
    drop_doubles(&mut glyphs);
    left.unreadable = glyphs.iter().filter(|glyph| glyph.text == Characters::Unknown).count() as u64;
    (glyphs, left)
}

/// A kept glyph: its index, place and font size.
type Kept = (usize, f32, f32, f32);

/// Drops every glyph that repeats an earlier one of the same character, font size and place, and marks that one.
fn drop_doubles(glyphs: &mut Vec<Glyph>) {
    let mut kept: HashMap<(char, i32, i32), Vec<Kept>> = HashMap::with_capacity(glyphs.len());
    let mut dropped = vec![false; glyphs.len()];
    for at in 0..glyphs.len() {
        let glyph = &glyphs[at];
        if glyph.text.is_space() {
            continue;
        }
        let reach = (glyph.size * DOUBLE).min(glyph.advance.max(glyph.size * 0.2) * 0.5);
        let (x, y) = glyph.origin;
        let cell = (cell(x), cell(y));
        let same = |&&(_, px, py, size): &&Kept| {
            (px - x).abs() <= reach && (py - y).abs() <= reach && (size - glyph.size).abs() < 0.1 * size
        };
        let character = glyph.text.first();
        let near = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (dx, dy)));
        let first = near
            .filter_map(|(dx, dy)| kept.get(&(character, cell.0 + dx, cell.1 + dy)))
            .find_map(|places| places.iter().rev().take(CROWD).find(same));
        match first {
            Some((first, ..)) => {
                glyphs[*first].doubled = true;
                dropped[at] = true;
            }
            None => kept.entry((character, cell.0, cell.1)).or_default().push((at, x, y, glyph.size)),
        }
    }
    let mut dropped = dropped.into_iter();
    glyphs.retain(|_| !dropped.next().unwrap_or(false));
}

/// The cell of a coarse grid, 8 points wide: wider than any reach, so that neighbours suffice.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the cast saturates, and positions that far out are not on a page"
)]
fn cell(value: f32) -> i32 {
    (value / 8.0).floor().clamp(-1.0e6, 1.0e6) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(character: char, x: f32, visibility: Visibility) -> Glyph {
        Glyph {
            text: Characters::one(character),
            origin: (x, 100.0),
            along: (1.0, 0.0),
            up: (0.0, -1.0),
            advance: 5.0,
            size: 10.0,
            visibility,
            ..Glyph::default()
        }
    }

    #[test]
    fn a_glyph_drawn_twice_counts_once_and_a_repeated_digit_twice() {
        let drawn = [('预', 10.0), ('预', 10.3), ('1', 20.0), ('1', 25.0)];
        let (kept, _) = sift(drawn.iter().map(|(c, x)| glyph(*c, *x, Visibility::Seen)).collect());
        assert_eq!(kept.len(), 3);
    }

    #[test]
    fn what_cannot_be_seen_is_left_out_and_counted() {
        let glyphs = vec![
            glyph('a', 0.0, Visibility::Seen),
            glyph('b', 10.0, Visibility::Clipped),
            glyph('c', 20.0, Visibility::OffPage),
            glyph('d', 30.0, Visibility::Invisible),
        ];
        let (kept, left) = sift(glyphs);
        assert_eq!(kept.len(), 1);
        assert_eq!((left.clipped, left.off_page, left.invisible), (1, 1, 1));
    }

    #[test]
    fn an_invisible_layer_alone_is_the_text() {
        let (kept, left) = sift(vec![glyph('a', 0.0, Visibility::Invisible)]);
        assert_eq!((kept.len(), left.layers, left.invisible), (1, 1, 0));
    }
}
