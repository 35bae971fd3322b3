//! The drawing device that only notes what is drawn and where.

use super::fonts::FontBook;
use crate::document::Rect;
use crate::reader::page::{Glyph, Marks, Visibility, rulings};
use hayro_interpret::font::{Glyph as DrawnGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::WritingMode;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect as KurboRect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask,
};
use std::panic::resume_unwind;
use std::time::Instant;

/// Most drawing calls on one page; the busiest sound page seen has 30,000.
const PAGE_CALLS: u64 = 2_000_000;
/// Most glyphs on one page; a dense one has 5,000.
const PAGE_GLYPHS: usize = 300_000;
/// Most pieces of lines on one page.
const PAGE_SEGMENTS: usize = 400_000;
/// Drawing calls between two looks at the clock.
const CLOCK_STEP: u64 = 512;
/// Components from which a colour counts as white: such lines show on shades alone.
const WHITE: f32 = 0.97;

/// What ends the drawing of a page from inside a callback, which has no other way to say so.
struct Stop;

/// The device that only notes what is drawn.
pub(super) struct Collector<'b, 'f> {
    pub(super) marks: Marks,
    book: &'b mut FontBook<'f>,
    clips: Vec<Rect>,
    deadline: Instant,
    calls: u64,
    run: u32,
}

impl<'b, 'f> Collector<'b, 'f> {
    pub(super) fn new(page: &Page<'_>, book: &'b mut FontBook<'f>, deadline: Instant) -> Self {
        let (width, height) = page.render_dimensions();
        let marks = Marks { width, height, ..Marks::default() };
        Self { marks, book, clips: Vec::new(), deadline, calls: 0, run: 0 }
    }

    /// Counts one call. hayro has no way to be stopped, so a page without end is left by unwinding to the
    /// `catch_unwind` in [`pages`]; `resume_unwind` runs no panic hook and prints nothing.
    fn step(&mut self) {
        self.calls += 1;
        let late = self.calls.is_multiple_of(CLOCK_STEP) && Instant::now() > self.deadline;
        let full = self.marks.segments.len() + self.marks.pale.len() > PAGE_SEGMENTS
            || self.marks.glyphs.len() > PAGE_GLYPHS;
        if late || full || self.calls > PAGE_CALLS {
            resume_unwind(Box::new(Stop));
        }
    }

    fn clip(&self) -> Rect {
        let page = Rect { x0: 0.0, y0: 0.0, x1: self.marks.width, y1: self.marks.height };
        self.clips.last().copied().unwrap_or(page)
    }

    fn push_clip(&mut self, bounds: KurboRect) {
        self.step();
        let clip = intersection(self.clip(), rect(bounds));
        self.clips.push(clip);
    }

    fn visibility(&self, invisible: bool, point: (f32, f32)) -> Visibility {
        let clip = self.clip();
        let page = Rect { x0: 0.0, y0: 0.0, x1: self.marks.width, y1: self.marks.height };
        if !page.contains(point) {
            Visibility::OffPage
        } else if invisible {
            Visibility::Invisible
        } else if clip.contains(point) {
            Visibility::Seen
        } else {
            Visibility::Clipped
        }
    }
}

impl<'a> Device<'a> for Collector<'_, '_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.step();
        if transparent(&props.paint) {
            return;
        }
        let subpaths = subpaths(path, props.transform);
        let scale = props.transform.determinant().abs().sqrt();
        let clip = self.clip();
        let marks = &mut self.marks;
        let (segments, shades) = if white(&props.paint) {
            (&mut marks.pale, &mut Vec::new())
        } else {
            (&mut marks.segments, &mut marks.shades)
        };
        for points in &subpaths {
            match mode {
                DrawMode::Fill(_) => rulings::fill(points, clip, segments, shades),
                DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) => {
                    let width = single(f64::from(stroke.line_width) * scale);
                    rulings::stroke(points, width, clip, segments);
                }
                DrawMode::Invisible => {}
            }
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.push_clip(clip.path.bounding_box());
    }

    fn push_clip_rect(&mut self, clip: &KurboRect) {
        self.push_clip(*clip);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.step();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.step();
        self.run += 1;
        let Some(first) = run.glyphs().first() else { return };
        let invisible = matches!(mode, DrawMode::Invisible) || transparent(&props.paint);
        let vertical = run.writing_mode() == WritingMode::Vertical;
        let font = self.book.font(first);
        let start = self.marks.glyphs.len();
        for positioned in run.glyphs() {
            let transform = props.transform * positioned.transform();
            let advance = match &**positioned {
                DrawnGlyph::Outline(outline) => outline.advance_width(),
                DrawnGlyph::Type3(glyph) => glyph.advance_width(),
            };
            let text = self.book.characters(font, positioned);
            let mut glyph = place(transform, advance.unwrap_or(0.0), vertical);
            glyph.text = text;
            glyph.run = self.run;
            glyph.bold = self.book.is_bold(font);
            glyph.visibility = self.visibility(invisible, glyph.middle());
            self.marks.glyphs.push(glyph);
        }
        limit_advances(&mut self.marks.glyphs[start..]);
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.step();
        let unit = KurboRect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let shown = intersection(self.clip(), rect((props.transform * unit.to_path(0.1)).bounding_box()));
        if shown.width() > 0.0 && shown.height() > 0.0 {
            rulings::picture(shown, &mut self.marks.segments, &mut self.marks.pictures);
        }
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {}

    fn draw_rect(&mut self, rect: &KurboRect, props: DrawProps<'a>, mode: &DrawMode) {
        self.draw_path(&rect.to_path(0.1), props, mode);
    }
}

/// A glyph's place from the transform of its 1000-unit square.
fn place(transform: Affine, advance: f32, vertical: bool) -> Glyph {
    let [right_x, right_y, up_x, up_y, x, y] = transform.as_coeffs();
    let size = 1000.0 * up_x.hypot(up_y);
    let reach = right_x.hypot(right_y);
    let along = if reach > 0.0 { (right_x / reach, right_y / reach) } else { (1.0, 0.0) };
    let advance = if vertical { size } else { f64::from(advance) / 1000.0 * size };
    // Descenders end at 0.12 of the font size below the baseline in the Chinese fonts, ascenders at 0.88 above.
    let up = if size > 0.0 { (up_x * 1000.0 / size, up_y * 1000.0 / size) } else { (0.0, -1.0) };
    Glyph {
        origin: (single(x), single(y)),
        along: (single(along.0), single(along.1)),
        up: (single(up.0), single(up.1)),
        advance: single(advance),
        size: single(size),
        ..Glyph::default()
    }
}

/// The width of a glyph by its font is in units before any horizontal scaling, which hayro does not tell apart from the
/// stretching of substitute fonts. Where the next glyph stands nearer than the width, the distance is the width.
fn limit_advances(glyphs: &mut [Glyph]) {
    let mut ratio = 1.0_f32;
    for index in 0..glyphs.len() {
        let next = glyphs.get(index + 1).map(|next| next.origin);
        let glyph = &mut glyphs[index];
        if let Some(next) = next {
            let step = glyph.steps_to(next);
            if step > 0.2 * glyph.advance && glyph.advance > 0.0 {
                ratio = (step / glyph.advance).min(1.0);
            }
        }
        glyph.advance *= ratio;
    }
}

fn white(paint: &Paint<'_>) -> bool {
    matches!(paint, Paint::Color(color) if color.to_rgba().components().iter().take(3).all(|part| *part >= WHITE))
}

fn transparent(paint: &Paint<'_>) -> bool {
    matches!(paint, Paint::Color(color) if color.to_rgba().components()[3] <= 0.0)
}

/// The straight subpaths of a path on the page; one with a curve is left out.
fn subpaths(path: &BezPath, transform: Affine) -> Vec<Vec<(f32, f32)>> {
    let mut all: Vec<Vec<(f32, f32)>> = Vec::new();
    let mut current: Vec<(f32, f32)> = Vec::new();
    let mut curved = false;
    for element in path.elements() {
        match element {
            PathEl::MoveTo(point) => {
                flush(&mut all, &mut current, curved);
                curved = false;
                current.push(pair(transform * *point));
            }
            PathEl::LineTo(point) => current.push(pair(transform * *point)),
            PathEl::QuadTo(..) | PathEl::CurveTo(..) => curved = true,
            PathEl::ClosePath => {
                if let Some(first) = current.first().copied() {
                    current.push(first);
                    flush(&mut all, &mut current, curved);
                    curved = false;
                    current.push(first);
                }
            }
        }
    }
    flush(&mut all, &mut current, curved);
    all
}

fn flush(all: &mut Vec<Vec<(f32, f32)>>, current: &mut Vec<(f32, f32)>, curved: bool) {
    let points = std::mem::take(current);
    if points.len() > 1 && !curved {
        all.push(points);
    }
}

fn rect(bounds: KurboRect) -> Rect {
    let bounds = bounds.abs();
    Rect { x0: single(bounds.x0), y0: single(bounds.y0), x1: single(bounds.x1), y1: single(bounds.y1) }
}

fn intersection(a: Rect, b: Rect) -> Rect {
    Rect { x0: a.x0.max(b.x0), y0: a.y0.max(b.y0), x1: a.x1.min(b.x1), y1: a.y1.min(b.y1) }
}

fn pair(point: Point) -> (f32, f32) {
    (single(point.x), single(point.y))
}

#[expect(clippy::cast_possible_truncation, reason = "positions on a page need no double precision")]
fn single(value: f64) -> f32 {
    value as f32
}
