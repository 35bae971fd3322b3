//! Headers that nothing but a shade bounds: it lies on the first rule of a table and is as wide.

use super::Line;
use super::columns;
use super::edges::REACH;
use super::part::Part;
use super::pieces::{is_caption, row};
use crate::document::{Page, Rect};

/// Shades higher than this hold more than a header (points).
const TALLEST: f32 = 120.0;
/// Most shades of a page that are looked at; a drawing has more.
const MOST_SHADES: usize = 5000;

/// Adds the lines of the shaded header above a ruled part to it.
pub(super) fn add_header(part: &mut Part, lines: &mut Vec<Line>, page: &Page) {
    let Some(shade) = above(part.bounds(), &page.shades) else { return };
    let inside = |line: &Line| shade.contains(line.bbox.centre());
    let header: Vec<Line> = lines.iter().filter(|line| inside(line)).cloned().collect();
    let within =
        |line: &Line| line.bbox.x0 >= shade.x0 && line.bbox.x1 <= shade.x1 && !is_caption(&row(line));
    let named: usize = header.iter().map(|line| row(line).pieces.len()).max().unwrap_or(0);
    if named < 2 || !header.iter().all(within) {
        return;
    }
    if let Some(header) = columns::header(&header, &part.xs, page) {
        lines.retain(|line| !inside(line));
        part.prepend(header, shade.y0);
    }
}

/// The shade that lies on the upper side of a table from end to end, whole or cell by cell.
fn above(bounds: Rect, shades: &[Rect]) -> Option<Rect> {
    let on = |shade: &&Rect| (shade.y1 - bounds.y0).abs() <= REACH && shade.height() <= TALLEST;
    let mut of: Vec<Rect> = shades.iter().take(MOST_SHADES).filter(on).copied().collect();
    of.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let touching = of.windows(2).all(|pair| pair[1].x0 - pair[0].x1 <= REACH);
    let shade = of.into_iter().reduce(Rect::union)?;
    let whole = (shade.x0 - bounds.x0).abs() <= REACH && (shade.x1 - bounds.x1).abs() <= REACH;
    (touching && whole).then_some(shade)
}
