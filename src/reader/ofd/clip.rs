//! The areas outside which an object does not show.

use super::canvas::Unit;
use super::geometry::{Frame, Matrix, single};
use crate::document::Rect;
use crate::reader::ReadError;
use crate::reader::container::{Namespace, Node, Xml};

/// Corners of an area that hides nothing.
const EVERYWHERE: [(f32, f32); 2] = [(f32::MIN, f32::MIN), (f32::MAX, f32::MAX)];

/// Narrows the clip to the areas stated. In which coordinates a clip stands is read differently by different programs:
/// the object's, those without its matrix, or the page's. Only what all readings hide is hidden.
pub(super) fn narrow(xml: &mut Xml<'_>, unit: &mut Unit) -> Result<(), ReadError> {
    let mut depth = 1;
    let mut area = Matrix::IDENTITY;
    let mut shapes: Vec<(f32, f32)> = Vec::new();
    while depth > 0 {
        match xml.next()? {
            Node::Start(element) => {
                depth += 1;
                let attribute = |name| xml.attribute(&element, Namespace::None, name);
                let matrix = attribute("CTM").and_then(|text| Matrix::parse(&text));
                match element.local() {
                    "Area" => area = matrix.unwrap_or(Matrix::IDENTITY),
                    "Path" => {
                        let frame = attribute("Boundary").and_then(|text| Frame::parse(&text));
                        let Some(frame) = frame.filter(|frame| frame.width > 0.0 && frame.height > 0.0)
                        else {
                            shapes.extend(EVERYWHERE);
                            continue;
                        };
                        for outer in [unit.outer, unit.place.to_page, unit.parent] {
                            let outer = outer.of(area).of(Matrix::moved_to(frame.x, frame.y));
                            let corners = [(0.0, 0.0), (frame.width, frame.height)];
                            shapes.extend(corners.map(|corner| single(outer.point(corner))));
                        }
                    }
                    // Text as a clip can't be told from its frame.
                    "Text" => shapes.extend(EVERYWHERE),
                    _ => {}
                }
            }
            Node::End => depth -= 1,
            Node::Text(_) => {}
            Node::Eof => break,
        }
    }
    if !shapes.is_empty() {
        unit.place.clip = intersection(unit.place.clip, bounds(&shapes));
    }
    Ok(())
}

pub(super) fn bounds(points: &[(f32, f32)]) -> Rect {
    let start = Rect { x0: f32::MAX, y0: f32::MAX, x1: f32::MIN, y1: f32::MIN };
    points.iter().fold(start, |bounds, &(x, y)| bounds.union(Rect { x0: x, y0: y, x1: x, y1: y }))
}

pub(super) fn intersection(a: Rect, b: Rect) -> Rect {
    Rect { x0: a.x0.max(b.x0), y0: a.y0.max(b.y0), x1: a.x1.min(b.x1), y1: a.y1.min(b.y1) }
}
