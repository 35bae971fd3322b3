//! Lines and areas from paths: what is straight and runs along an axis.

use crate::document::{Axis, Rect, Ruling};

/// A filled rectangle up to this thick is a line: borders in Word, WPS and Excel are drawn 0.25 to 2.25 points thick.
const LINE: f32 = 3.0;
/// How far a line may stray from its axis, in points.
const SKEW: f32 = 0.6;
/// A filled area has to be this wide and high to count as a shade.
const SHADE: f32 = 4.0;

/// Most white pieces of lines times shades of a page that are compared; a drawing has more.
const MOST_PAIRS: usize = 10_000_000;

/// A piece of a line, before the page is turned.
pub(in crate::reader) type Segment = Ruling;

/// The pieces of a stroked path that run along an axis.
pub(in crate::reader) fn stroke(points: &[(f32, f32)], width: f32, clip: Rect, segments: &mut Vec<Segment>) {
    for pair in points.windows(2) {
        let bounds = bounds(pair);
        if bounds.width() <= SKEW && bounds.height() <= SKEW {
            continue;
        }
        if bounds.height() <= SKEW && width <= bounds.width() {
            line(bounds, Axis::Horizontal, width, clip, segments);
        } else if bounds.width() <= SKEW && width <= bounds.height() {
            line(bounds, Axis::Vertical, width, clip, segments);
        } else if width > LINE && (bounds.height() <= SKEW || bounds.width() <= SKEW) {
            // A stroke wider than long is a block drawn by its thickness.
            let half = width / 2.0;
            let thick = if bounds.height() <= SKEW {
                Rect { y0: bounds.y0 - half, y1: bounds.y1 + half, ..bounds }
            } else {
                Rect { x0: bounds.x0 - half, x1: bounds.x1 + half, ..bounds }
            };
            area(thick, clip, segments, &mut Vec::new());
        }
    }
}

/// A filled outline: a thin rectangle is a line, a wide one a shade, anything else nothing.
pub(in crate::reader) fn fill(
    points: &[(f32, f32)],
    clip: Rect,
    segments: &mut Vec<Segment>,
    shades: &mut Vec<Rect>,
) {
    if is_rectangle(points) {
        area(bounds(points), clip, segments, shades);
    }
}

/// A picture: one drawn as thin as a line is a line.
pub(in crate::reader) fn picture(shown: Rect, segments: &mut Vec<Segment>, pictures: &mut Vec<Rect>) {
    if shown.width().min(shown.height()) <= LINE {
        area(shown, shown, segments, &mut Vec::new());
    } else {
        pictures.push(shown);
    }
}

/// The white pieces of lines that lie on shades or along them, by their middles: where cells are shaded, white lines
/// divide them.
pub(in crate::reader) fn on_shades(mut pale: Vec<Segment>, shades: &[Rect]) -> Vec<Segment> {
    if pale.len().saturating_mul(shades.len()) > MOST_PAIRS {
        return Vec::new();
    }
    pale.retain(|segment| {
        let along = f32::midpoint(segment.from, segment.to);
        let (x, y) = match segment.axis {
            Axis::Horizontal => (along, segment.at),
            Axis::Vertical => (segment.at, along),
        };
        let on = |shade: &Rect| {
            x >= shade.x0 - LINE && x <= shade.x1 + LINE && y >= shade.y0 - LINE && y <= shade.y1 + LINE
        };
        shades.iter().any(on)
    });
    pale
}

fn area(bounds: Rect, clip: Rect, segments: &mut Vec<Segment>, shades: &mut Vec<Rect>) {
    let (width, height) = (bounds.width(), bounds.height());
    let middle = bounds.centre();
    if width <= LINE && height <= LINE {
        // A dot of a dotted line, or a corner where two borders meet: it may belong to either axis.
        let flat = Rect { y0: middle.1, y1: middle.1, ..bounds };
        let upright = Rect { x0: middle.0, x1: middle.0, ..bounds };
        line(flat, Axis::Horizontal, height, clip, segments);
        line(upright, Axis::Vertical, width, clip, segments);
    } else if height <= LINE {
        line(Rect { y0: middle.1, y1: middle.1, ..bounds }, Axis::Horizontal, height, clip, segments);
    } else if width <= LINE {
        line(Rect { x0: middle.0, x1: middle.0, ..bounds }, Axis::Vertical, width, clip, segments);
    } else if width >= SHADE && height >= SHADE {
        let shown = Rect {
            x0: bounds.x0.max(clip.x0),
            y0: bounds.y0.max(clip.y0),
            x1: bounds.x1.min(clip.x1),
            y1: bounds.y1.min(clip.y1),
        };
        if shown.width() >= SHADE && shown.height() >= SHADE {
            shades.push(shown);
        }
    }
}

fn line(bounds: Rect, axis: Axis, thickness: f32, clip: Rect, segments: &mut Vec<Segment>) {
    let (x, y) = bounds.centre();
    let half = thickness.max(SKEW);
    let (at, from, to, inside) = match axis {
        Axis::Horizontal => {
            let inside = y >= clip.y0 - half && y <= clip.y1 + half;
            (y, bounds.x0.max(clip.x0), bounds.x1.min(clip.x1), inside)
        }
        Axis::Vertical => {
            let inside = x >= clip.x0 - half && x <= clip.x1 + half;
            (x, bounds.y0.max(clip.y0), bounds.y1.min(clip.y1), inside)
        }
    };
    if inside && from <= to && at.is_finite() && from.is_finite() && to.is_finite() {
        segments.push(Ruling { axis, at, from, to, thickness });
    }
}

fn bounds(points: &[(f32, f32)]) -> Rect {
    let start = Rect { x0: f32::MAX, y0: f32::MAX, x1: f32::MIN, y1: f32::MIN };
    points.iter().fold(start, |bounds, &(x, y)| bounds.union(Rect { x0: x, y0: y, x1: x, y1: y }))
}

/// Whether every side of the outline runs along an axis and it has four of them.
fn is_rectangle(points: &[(f32, f32)]) -> bool {
    if !(4..=6).contains(&points.len()) {
        return false;
    }
    let bounds = bounds(points);
    let on_edge = |&(x, y): &(f32, f32)| {
        let side = (x - bounds.x0).abs().min((x - bounds.x1).abs()) <= SKEW;
        side && (y - bounds.y0).abs().min((y - bounds.y1).abs()) <= SKEW
    };
    let along =
        |pair: &[(f32, f32)]| (pair[0].0 - pair[1].0).abs() <= SKEW || (pair[0].1 - pair[1].1).abs() <= SKEW;
    points.iter().all(on_edge) && points.windows(2).all(along)
}
