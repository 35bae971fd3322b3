//! Draws the content of a page: objects in layers, templates, units and annotations → marks.

use super::clip::{self, bounds, intersection};
use super::element::{is_false, is_true, shows, skip, text_inside, value};
use super::geometry::{Frame, Matrix, numbers, single};
use super::path;
use super::resources::Resources;
use super::text::{GlyphCodes, TextCode, TextObject, fit_advances, quarters};
use crate::document::Rect;
use crate::reader::ReadError;
use crate::reader::container::{Element, Namespace, Node, Xml};
use crate::reader::page::{Glyph, Marks, Visibility, rulings};
use std::time::Instant;

/// The width of lines that state none, in millimetres (GB/T 33190, 7.4).
const LINE_WIDTH: f64 = 0.353;
/// Font size of texts that state neither a size nor a height: ten and a half points, in millimetres.
const DEFAULT_SIZE: f64 = 3.7;
/// Most glyphs on one page; a dense one has 5,000.
const PAGE_GLYPHS: usize = 300_000;
/// Most pieces of lines on one page.
const PAGE_SEGMENTS: usize = 400_000;
/// Deepest nesting of units in units.
pub(super) const UNITS: usize = 8;
/// Objects between two looks at the clock.
const CLOCK_STEP: u64 = 256;

/// Where and how objects are drawn.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// From the objects' coordinates to points on the page.
    pub(super) to_page: Matrix,
    pub(super) clip: Rect,
    hidden: bool,
    line_width: f64,
    depth: usize,
}

/// A page that is being drawn.
pub(super) struct Canvas<'a> {
    pub(super) marks: Marks,
    resources: &'a Resources,
    deadline: Instant,
    max_depth: usize,
    objects: u64,
    run: u32,
    /// The page was left before its end.
    pub(super) stopped: bool,
    /// Units in units were left out.
    pub(super) too_deep: bool,
}

/// The attributes that every object may have.
pub(super) struct Unit {
    /// From the coordinates it stands in to points on the page.
    pub(super) parent: Matrix,
    /// From its own coordinates, without its matrix, to points on the page.
    pub(super) outer: Matrix,
    pub(super) place: Place,
    size: (f64, f64),
}

impl Place {
    pub(super) fn new(to_page: Matrix, clip: Rect) -> Self {
        Self { to_page, clip, hidden: false, line_width: LINE_WIDTH, depth: 0 }
    }
}

impl<'a> Canvas<'a> {
    pub(super) fn new(
        size: (f32, f32),
        resources: &'a Resources,
        deadline: Instant,
        max_depth: usize,
    ) -> Self {
        let marks = Marks { width: size.0, height: size.1, ..Marks::default() };
        Self { marks, resources, deadline, max_depth, objects: 0, run: 0, stopped: false, too_deep: false }
    }

    /// Draws all objects of a part.
    ///
    /// # Errors
    /// Broken XML; what stands before the break is drawn.
    pub(super) fn draw(&mut self, bytes: &[u8], part: &str, place: Place) -> Result<(), ReadError> {
        let mut xml = Xml::new(bytes, part, self.max_depth);
        while let Node::Start(element) = xml.next()? {
            let name = element.local().to_owned();
            self.element(&mut xml, &element, &name, place)?;
        }
        Ok(())
    }

    /// Draws what is in the element that has just begun.
    fn inside(&mut self, xml: &mut Xml<'_>, place: Place) -> Result<(), ReadError> {
        loop {
            match xml.next()? {
                Node::Start(element) => {
                    let name = element.local().to_owned();
                    self.element(xml, &element, &name, place)?;
                }
                Node::Text(_) => {}
                Node::End | Node::Eof => return Ok(()),
            }
        }
    }

    fn element(
        &mut self,
        xml: &mut Xml<'_>,
        element: &Element<'_>,
        name: &str,
        place: Place,
    ) -> Result<(), ReadError> {
        if self.is_full() {
            self.stopped = true;
            return skip(xml);
        }
        match name {
            "Page" | "Content" | "PageBlock" | "PageAnnot" => self.inside(xml, place),
            "Layer" => {
                let line_width = self.line_width(xml, element).unwrap_or(place.line_width);
                self.inside(xml, Place { line_width, ..place })
            }
            "Annot" => {
                let hidden = place.hidden || is_false(xml, element, "Visible");
                self.inside(xml, Place { hidden, ..place })
            }
            "Appearance" => {
                let place = self.unit(xml, element, place).place;
                self.inside(xml, place)
            }
            "TextObject" => self.text(xml, element, place),
            "PathObject" => self.path(xml, element, place),
            "ImageObject" => self.image(xml, element, place),
            "CompositeObject" => self.composite(xml, element, place),
            _ => skip(xml),
        }
    }

    fn is_full(&mut self) -> bool {
        self.objects += 1;
        self.stopped
            || self.marks.glyphs.len() > PAGE_GLYPHS
            || self.marks.segments.len() > PAGE_SEGMENTS
            || (self.objects.is_multiple_of(CLOCK_STEP) && Instant::now() > self.deadline)
    }

    fn line_width(&self, xml: &Xml<'_>, element: &Element<'_>) -> Option<f64> {
        let own = value(xml, element, "LineWidth");
        own.or_else(|| self.resources.line_width(&xml.attribute(element, Namespace::None, "DrawParam")?))
    }

    fn unit(&self, xml: &Xml<'_>, element: &Element<'_>, place: Place) -> Unit {
        let attribute = |name| xml.attribute(element, Namespace::None, name);
        let frame = attribute("Boundary").and_then(|text| Frame::parse(&text)).unwrap_or_default();
        let matrix = attribute("CTM").and_then(|text| Matrix::parse(&text)).unwrap_or(Matrix::IDENTITY);
        let parent = place.to_page;
        let outer = parent.of(Matrix::moved_to(frame.x, frame.y));
        let transparent = value(xml, element, "Alpha").is_some_and(|alpha| alpha <= 0.0);
        let place = Place {
            to_page: outer.of(matrix),
            hidden: place.hidden || transparent || is_false(xml, element, "Visible"),
            line_width: self.line_width(xml, element).unwrap_or(place.line_width),
            ..place
        };
        Unit { parent, outer, place, size: (frame.width, frame.height) }
    }

    fn text(&mut self, xml: &mut Xml<'_>, element: &Element<'_>, place: Place) -> Result<(), ReadError> {
        let mut unit = self.unit(xml, element, place);
        let attribute = |name| xml.attribute(element, Namespace::None, name);
        let font = attribute("Font").and_then(|id| self.resources.font(&id));
        let heavy = value(xml, element, "Weight").is_some_and(|weight| weight >= 600.0);
        let stated = value(xml, element, "Size").filter(|size| *size > 0.0);
        let size = stated.or(Some(unit.size.1).filter(|height| *height > 0.0));
        let mut object = TextObject {
            to_page: unit.place.to_page,
            font,
            bold: heavy || font.is_some_and(|font| font.bold),
            size: size.unwrap_or(DEFAULT_SIZE),
            stretch: value(xml, element, "HScale").filter(|scale| *scale > 0.0).unwrap_or(1.0),
            reading: quarters(value(xml, element, "ReadDirection")),
            standing: quarters(value(xml, element, "CharDirection")),
            codes: Vec::new(),
            glyphs: Vec::new(),
        };
        let unfilled = is_false(xml, element, "Fill") && !is_true(xml, element, "Stroke");
        unit.place.hidden |= unfilled;
        loop {
            match xml.next()? {
                Node::Start(child) => match child.local() {
                    "TextCode" => object.codes.push(text_code(xml, &child)?),
                    "CGTransform" => object.glyphs.push(glyph_codes(xml, &child)?),
                    "FillColor" => {
                        unit.place.hidden |= value(xml, &child, "Alpha").is_some_and(|alpha| alpha <= 0.0);
                        skip(xml)?;
                    }
                    "Clips" => clip::narrow(xml, &mut unit)?,
                    _ => skip(xml)?,
                },
                Node::Text(_) => {}
                Node::End | Node::Eof => break,
            }
        }
        self.run += 1;
        let start = self.marks.glyphs.len().saturating_sub(1);
        for glyph in object.place(self.run) {
            let glyph = self.seen(glyph, unit.place);
            self.marks.glyphs.push(glyph);
        }
        fit_advances(&mut self.marks.glyphs[start..]);
        Ok(())
    }

    fn seen(&self, glyph: Glyph, place: Place) -> Glyph {
        let page = Rect { x0: 0.0, y0: 0.0, x1: self.marks.width, y1: self.marks.height };
        let middle = glyph.middle();
        let visibility = if !page.contains(middle) {
            Visibility::OffPage
        } else if place.hidden {
            Visibility::Invisible
        } else if place.clip.contains(middle) {
            Visibility::Seen
        } else {
            Visibility::Clipped
        };
        Glyph { visibility, ..glyph }
    }

    fn path(&mut self, xml: &mut Xml<'_>, element: &Element<'_>, place: Place) -> Result<(), ReadError> {
        let mut unit = self.unit(xml, element, place);
        let (mut stroked, mut filled) = (!is_false(xml, element, "Stroke"), is_true(xml, element, "Fill"));
        let mut data = String::new();
        loop {
            match xml.next()? {
                Node::Start(child) => match child.local() {
                    "AbbreviatedData" => data = text_inside(xml)?,
                    "StrokeColor" => {
                        stroked &= shows(xml, &child);
                        skip(xml)?;
                    }
                    "FillColor" => {
                        filled &= shows(xml, &child);
                        skip(xml)?;
                    }
                    "Clips" => clip::narrow(xml, &mut unit)?,
                    _ => skip(xml)?,
                },
                Node::Text(_) => {}
                Node::End | Node::Eof => break,
            }
        }
        let place = unit.place;
        if place.hidden || place.clip.x0 > place.clip.x1 || place.clip.y0 > place.clip.y1 {
            return Ok(());
        }
        let (width, _) = single((place.line_width.max(0.0) * place.to_page.scale(), 0.0));
        for points in path::outlines(&data, place.to_page) {
            if filled {
                rulings::fill(&points, place.clip, &mut self.marks.segments, &mut self.marks.shades);
            }
            if stroked {
                rulings::stroke(&points, width, place.clip, &mut self.marks.segments);
            }
        }
        Ok(())
    }

    fn image(&mut self, xml: &mut Xml<'_>, element: &Element<'_>, place: Place) -> Result<(), ReadError> {
        let unit = self.unit(xml, element, place);
        skip(xml)?;
        let corners = [(0.0, 0.0), unit.size].map(|corner| single(unit.outer.point(corner)));
        let shown = intersection(bounds(&corners), place.clip);
        if !unit.place.hidden && shown.width() > 0.0 && shown.height() > 0.0 {
            rulings::picture(shown, &mut self.marks.segments, &mut self.marks.pictures);
        }
        Ok(())
    }

    /// Draws a unit of the resources. Units in units end at a fixed depth, so that loops end.
    fn composite(&mut self, xml: &mut Xml<'_>, element: &Element<'_>, place: Place) -> Result<(), ReadError> {
        let mut unit = self.unit(xml, element, place);
        let id = xml.attribute(element, Namespace::None, "ResourceID").map(std::borrow::Cow::into_owned);
        skip(xml)?;
        unit.place.depth += 1;
        let Some((id, bytes)) = id.and_then(|id| Some((id.clone(), self.resources.unit(&id)?))) else {
            return Ok(());
        };
        if unit.place.depth > UNITS {
            self.too_deep = true;
            return Ok(());
        }
        let mut inner = Xml::new(&bytes, "a composite unit", self.max_depth);
        loop {
            match inner.next()? {
                Node::Start(found) => {
                    let own = inner.attribute(&found, Namespace::None, "ID");
                    if found.local() == "CompositeGraphicUnit" && own.as_deref() == Some(&id) {
                        return self.inside(&mut inner, unit.place);
                    }
                }
                Node::Eof => return Ok(()),
                Node::End | Node::Text(_) => self.stopped |= self.is_full(),
            }
            if self.stopped {
                return Ok(());
            }
        }
    }
}

fn text_code(xml: &mut Xml<'_>, element: &Element<'_>) -> Result<TextCode, ReadError> {
    let list = |name| xml.attribute(element, Namespace::None, name).map(std::borrow::Cow::into_owned);
    let (x, y) = (value(xml, element, "X"), value(xml, element, "Y"));
    let (delta_x, delta_y) = (list("DeltaX"), list("DeltaY"));
    Ok(TextCode { x, y, delta_x, delta_y, text: text_inside(xml)? })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the casts saturate")]
fn glyph_codes(xml: &mut Xml<'_>, element: &Element<'_>) -> Result<GlyphCodes, ReadError> {
    let start = value(xml, element, "CodePosition").unwrap_or(0.0) as usize;
    let count = value(xml, element, "CodeCount").unwrap_or(1.0) as usize;
    let glyphs = numbers(&text_inside(xml)?).map(|glyph| glyph as u32).collect();
    Ok(GlyphCodes { start, count, glyphs })
}
