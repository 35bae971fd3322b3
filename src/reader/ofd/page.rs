//! One page: its size, the templates it lies on, its content and its annotations, drawn in this order.

use super::canvas::{Canvas, Place};
use super::geometry::{Frame, POINTS, single};
use super::package::{OfdDocument, PageParts};
use super::parts::{Parts, folder};
use super::text::to_points;
use crate::document::Rect;
use crate::reader::ReadError;
use crate::reader::container::{Namespace, Node, Xml};
use crate::reader::page::Marks;
use std::time::Instant;

/// A4, for pages whose size nobody states.
const A4: Frame = Frame { x: 0.0, y: 0.0, width: 210.0, height: 297.0 };
/// Most templates of a page.
const TEMPLATES: usize = 16;

/// What a page states before its content.
#[derive(Default)]
struct Head {
    frame: Option<Frame>,
    /// The numbers of its templates, and whether each lies over the content.
    templates: Vec<(String, bool)>,
    resources: Vec<String>,
}

/// A drawn page.
pub(super) struct DrawnPage {
    pub(super) marks: Marks,
    /// It was left before its end, for lack of time or room.
    pub(super) stopped: bool,
    /// Units in units were left out.
    pub(super) too_deep: bool,
}

/// Draws a page. Parts that are missing or broken are noted in the document; what stands before a break is drawn.
///
/// # Errors
/// A limit or a password, which concern the whole file.
pub(super) fn draw(
    parts: &mut Parts<'_>,
    document: &mut OfdDocument,
    page: &PageParts,
    deadline: Instant,
    depth: usize,
) -> Result<DrawnPage, ReadError> {
    let content = part(parts, document, &page.content, false)?;
    let head = content.as_ref().map(|bytes| head(bytes, &page.content, depth)).unwrap_or_default();
    for resource in &head.resources {
        let path = parts.resolve(folder(&page.content), resource);
        document.add_resources(parts, &path, depth)?;
    }
    let mut layers = Vec::new();
    for over in [false, true] {
        let ids = head.templates.iter().filter(|(_, own)| *own == over).take(TEMPLATES);
        let paths: Vec<String> = ids.filter_map(|(id, _)| document.templates.get(id).cloned()).collect();
        for path in paths {
            layers.extend(part(parts, document, &path, true)?.map(|bytes| (path, bytes)));
        }
        if !over {
            layers.extend(content.clone().map(|bytes| (page.content.clone(), bytes)));
        }
    }
    for path in &page.annotations {
        layers.extend(part(parts, document, path, false)?.map(|bytes| (path.clone(), bytes)));
    }
    let frame = head.frame.or(document.frame).unwrap_or(A4);
    let mut broken = Vec::new();
    let mut drawn = draw_layers(&layers, frame, document, deadline, depth, &mut broken)?;
    if document.resources.read_wanted(parts) {
        broken.clear();
        drawn = draw_layers(&layers, frame, document, deadline, depth, &mut broken)?;
    }
    document.unreadable.extend(broken);
    Ok(drawn)
}

fn draw_layers(
    layers: &[(String, std::rc::Rc<Vec<u8>>)],
    frame: Frame,
    document: &OfdDocument,
    deadline: Instant,
    depth: usize,
    broken: &mut Vec<String>,
) -> Result<DrawnPage, ReadError> {
    let size = single((frame.width * POINTS, frame.height * POINTS));
    let clip = Rect { x0: 0.0, y0: 0.0, x1: size.0, y1: size.1 };
    let place = Place::new(to_points(frame.x, frame.y), clip);
    let mut canvas = Canvas::new(size, &document.resources, deadline, depth);
    for (path, bytes) in layers {
        match canvas.draw(bytes, path, place) {
            Ok(()) => {}
            Err(ReadError::Damaged { .. }) => broken.push(path.clone()),
            Err(error) => return Err(error),
        }
    }
    Ok(DrawnPage { stopped: canvas.stopped, too_deep: canvas.too_deep, marks: canvas.marks })
}

/// The bytes of a part; one that is missing or broken is noted.
fn part(
    parts: &mut Parts<'_>,
    document: &mut OfdDocument,
    path: &str,
    shared: bool,
) -> Result<Option<std::rc::Rc<Vec<u8>>>, ReadError> {
    let read = if shared { parts.shared(path) } else { parts.once(path).map(|bytes| bytes.map(Into::into)) };
    match read {
        Ok(Some(bytes)) => Ok(Some(bytes)),
        Ok(None) | Err(ReadError::Damaged { .. }) => {
            document.unreadable.push(path.to_owned());
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Reads what stands before the content, as far as it is sound.
fn head(bytes: &[u8], path: &str, depth: usize) -> Head {
    let mut head = Head::default();
    let mut xml = Xml::new(bytes, path, depth);
    let mut inside = String::new();
    while let Ok(node) = xml.next() {
        match node {
            Node::Start(element) => {
                element.local().clone_into(&mut inside);
                match inside.as_str() {
                    "Template" if head.templates.len() < TEMPLATES => {
                        let attribute = |name| xml.attribute(&element, Namespace::None, name);
                        let over = attribute("ZOrder").as_deref() == Some("Foreground");
                        let id = attribute("TemplateID");
                        head.templates.extend(id.map(|id| (id.into_owned(), over)));
                    }
                    "Content" if head.frame.is_some() => break,
                    _ => {}
                }
            }
            Node::Text(text) if inside == "PhysicalBox" => {
                head.frame = head.frame.or_else(|| Frame::parse(&text).filter(Frame::is_page));
            }
            Node::Text(text) if inside == "PageRes" && !text.trim().is_empty() => {
                head.resources.push(text.trim().to_owned());
            }
            Node::Text(_) | Node::End => {}
            Node::Eof => break,
        }
    }
    head
}
