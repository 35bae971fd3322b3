//! The names of single columns in a header without rules: which stand at its foot, and which name a column that no row
//! writes into.

use super::pieces::{Piece, Row};
use crate::document::visible_chars;

/// Share of the height of a header from its foot in which the headings of single columns stand.
const LOW: f32 = 0.75;
/// Distance of the lines of one heading at most, in font sizes.
const WRAP: f32 = 1.45;

/// A heading of one column or several.
struct Name {
    from: f32,
    to: f32,
    /// The baseline of its first line.
    top: f32,
    letters: u64,
}

impl Name {
    fn new(piece: &Piece, top: f32) -> Self {
        let letters = piece.words.iter().map(|word| visible_chars(&word.text)).sum();
        Self { from: piece.bbox.x0, to: piece.bbox.x1, top, letters }
    }

    fn is_over(&self, piece: &Piece) -> bool {
        piece.bbox.x0 < self.to && piece.bbox.x1 > self.from
    }

    /// Whether a text in a line above goes on in it.
    fn continues(&self, piece: &Piece, y: f32) -> bool {
        self.is_over(piece) && self.top - y <= WRAP * piece.size()
    }

    fn join(&mut self, other: &Self) {
        (self.from, self.to) = (self.from.min(other.from), self.to.max(other.to));
        (self.top, self.letters) = (other.top, self.letters + other.letters);
    }
}

/// The columns that the headings at the foot of a header name and no row writes into: they stand over none of the strips,
/// and those beside them have headings of their own.
pub(super) fn unfilled(strips: &[(f32, f32)], header: &[Row]) -> Vec<(f32, f32)> {
    let over = |a: (f32, f32), b: (f32, f32)| a.0 < b.1 && a.1 > b.0;
    let names = at_foot(header);
    let named = |strip: (f32, f32)| names.iter().any(|name| over(*name, strip));
    let mut unnamed: Vec<(f32, f32)> = strips.iter().copied().filter(|strip| !named(*strip)).collect();
    let mut free: Vec<(f32, f32)> =
        names.iter().copied().filter(|name| !strips.iter().any(|strip| over(*name, *strip))).collect();
    // A heading that stands beside figures is theirs where they have none of their own.
    free.sort_by(|a, b| a.0.total_cmp(&b.0));
    while let Some(strip) = unnamed.pop() {
        let distance = |name: &(f32, f32)| (name.0 - strip.1).max(strip.0 - name.1);
        let beside = |name: &(f32, f32)| {
            let gap = (name.1.min(strip.1), name.0.max(strip.0));
            !strips.iter().any(|other| *other != strip && over(*other, gap))
        };
        let nearest = (0..free.len())
            .filter(|index| beside(&free[*index]))
            .min_by(|a, b| distance(&free[*a]).total_cmp(&distance(&free[*b])));
        if let Some(nearest) = nearest {
            free.remove(nearest);
        }
    }
    free
}

/// From where to where the headings at the foot of a header reach. Lines that go on in lower ones stand as low as these.
fn at_foot(header: &[Row]) -> Vec<(f32, f32)> {
    let (Some(first), Some(last)) = (header.first(), header.last()) else { return Vec::new() };
    let foot = last.y - LOW * (last.y - first.y);
    let mut names: Vec<Name> = Vec::new();
    for row in header.iter().rev() {
        let goes_on = |piece: &Piece| names.iter().any(|name| name.continues(piece, row.y));
        if row.y < foot && !row.pieces.iter().any(goes_on) {
            break;
        }
        for piece in &row.pieces {
            let own = Name::new(piece, row.y);
            match names.iter_mut().find(|name| name.is_over(piece)) {
                Some(name) => name.join(&own),
                None => names.push(own),
            }
        }
    }
    // Letters far apart are those of one name.
    names.into_iter().filter(|name| name.letters > 1).map(|name| (name.from, name.to)).collect()
}
