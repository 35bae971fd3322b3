//! A page as marks at positions: words, rulings, shades and pictures, before any table in it is known.

use super::Rect;

/// One page of a format that only has marks at positions.
///
/// All geometry is in PDF points from the top left corner of the page turned so that most of its text reads from
/// left to right; [`Page::printed`] leads back to the page as a viewer shows it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// Page number from 1.
    pub number: u32,
    /// Width of the turned page.
    pub width: f32,
    /// Height of the turned page.
    pub height: f32,
    /// Where most text on the page as shown runs to.
    pub direction: Direction,
    /// The words in the order the file draws them.
    pub words: Vec<Word>,
    /// Straight lines along the axes, as drawn: dashes and pieces are not joined.
    pub rulings: Vec<Ruling>,
    /// Filled rectangles that are no lines.
    pub shades: Vec<Rect>,
    /// The boxes of pictures.
    pub pictures: Vec<Rect>,
}

/// The direction a text runs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Direction {
    /// From left to right.
    #[default]
    Right,
    /// From top to bottom, turned a quarter clockwise.
    Down,
    /// Upside down.
    Left,
    /// From bottom to top, turned a quarter counter-clockwise.
    Up,
    /// Along no axis, as watermarks do.
    Slanted,
}

/// A piece of text that no gap and no ruling divides.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Word {
    /// Its text; U+FFFD stands for a glyph whose character is unknown.
    pub text: String,
    /// Its box, from the font size above and below the baseline and the glyphs' widths.
    pub bbox: Rect,
    /// The baseline's distance from the top of the page, for horizontal text.
    pub baseline: f32,
    /// Font size in points.
    pub size: f32,
    /// Whether the font is a bold one, where the font says so.
    pub bold: bool,
    /// Whether the file draws a space before it.
    pub spaced: bool,
    /// Where it runs to on the turned page.
    pub direction: Direction,
    /// Other readings of the whole word that the marks on the page allow, for figures; nearly always none.
    pub readings: Vec<String>,
}

/// Which way a ruling runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Axis {
    /// From left to right.
    Horizontal,
    /// From top to bottom.
    Vertical,
}

/// A straight line along an axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ruling {
    /// Which way it runs.
    pub axis: Axis,
    /// Its middle across the axis: y of a horizontal one, x of a vertical one.
    pub at: f32,
    /// Where it begins along the axis.
    pub from: f32,
    /// Where it ends along the axis.
    pub to: f32,
    /// Its thickness.
    pub thickness: f32,
}

impl Page {
    /// A rectangle of this page on the page as a viewer shows it.
    #[must_use]
    pub fn printed(&self, rect: Rect) -> Rect {
        match self.direction {
            Direction::Right | Direction::Slanted => rect,
            Direction::Down => {
                Rect { x0: self.height - rect.y1, y0: rect.x0, x1: self.height - rect.y0, y1: rect.x1 }
            }
            Direction::Left => Rect {
                x0: self.width - rect.x1,
                y0: self.height - rect.y1,
                x1: self.width - rect.x0,
                y1: self.height - rect.y0,
            },
            Direction::Up => {
                Rect { x0: rect.y0, y0: self.width - rect.x1, x1: rect.y1, y1: self.width - rect.x0 }
            }
        }
    }
}

impl Rect {
    /// The smallest rectangle around both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// Width, never negative for a proper rectangle.
    #[must_use]
    pub fn width(self) -> f32 {
        self.x1 - self.x0
    }

    /// Height, never negative for a proper rectangle.
    #[must_use]
    pub fn height(self) -> f32 {
        self.y1 - self.y0
    }

    /// The middle: x and y.
    #[must_use]
    pub fn centre(self) -> (f32, f32) {
        (f32::midpoint(self.x0, self.x1), f32::midpoint(self.y0, self.y1))
    }

    /// Whether the point lies inside or on the edge.
    #[must_use]
    pub fn contains(self, (x, y): (f32, f32)) -> bool {
        x >= self.x0 && x <= self.x1 && y >= self.y0 && y <= self.y1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(direction: Direction) -> Page {
        Page { width: 800.0, height: 600.0, direction, ..Page::default() }
    }

    #[test]
    fn boxes_of_a_turned_page_lead_back_to_the_shown_page() {
        let corner = Rect { x0: 0.0, y0: 0.0, x1: 10.0, y1: 20.0 };
        assert_eq!(page(Direction::Down).printed(corner), Rect { x0: 580.0, y0: 0.0, x1: 600.0, y1: 10.0 });
        assert_eq!(page(Direction::Up).printed(corner), Rect { x0: 0.0, y0: 790.0, x1: 20.0, y1: 800.0 });
        assert_eq!(
            page(Direction::Left).printed(corner),
            Rect { x0: 790.0, y0: 580.0, x1: 800.0, y1: 600.0 }
        );
    }
}
