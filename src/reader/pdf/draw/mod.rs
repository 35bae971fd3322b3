//! The one place that knows hayro: draws pages into marks (glyphs, lines, shades, pictures) at positions.

mod collector;
mod fonts;

use super::preflight::FontFacts;
use crate::reader::page::Marks;
use collector::Collector;
use fonts::FontBook;
pub(super) use hayro_interpret::hayro_syntax::LoadPdfError as OpenError;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::object::dict::keys::CONTENTS;
use hayro_interpret::hayro_syntax::object::{Array, Stream};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, Rect as KurboRect};
use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, InterpreterWarning, RenderContent, interpret,
    interpret_page,
};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Most glyphs in one document: a page of dense text has 3,000.
const DOCUMENT_GLYPHS: usize = 4_000_000;
/// Most bytes of drawing commands on one page; the busiest sound page seen has 700,000.
const PAGE_CONTENT: usize = 64 << 20;

/// How the drawing of a file ended.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// Pages of the file.
    pub(super) page_count: usize,
    /// Indices of pages that were not drawn to their end.
    pub(super) cut: Vec<usize>,
    /// Fonts that could not be loaded, counted per use.
    pub(super) missing_fonts: u64,
    /// Index of the first page that was not drawn because the time or the room was used up.
    pub(super) stopped: Option<usize>,
}

/// Draws every page of a file and hands over its marks. The bytes must have passed the pre-flight, which bounds what
/// they unpack to.
///
/// # Errors
/// What hayro says of a file it can't open.
pub(super) fn pages(
    bytes: Arc<Vec<u8>>,
    facts: &FontFacts,
    deadline: Instant,
    take: &mut dyn FnMut(usize, Marks),
) -> Result<Drawn, OpenError> {
    let pdf = catch_unwind(AssertUnwindSafe(|| Pdf::new(bytes))).map_err(|_| OpenError::Invalid)??;
    let missing_fonts = Arc::new(AtomicU64::new(0));
    let mut drawn = Drawn { page_count: pdf.pages().len(), ..Drawn::default() };
    let mut cache = InterpreterCache::new();
    let mut book = FontBook::new(facts);
    let mut glyphs = 0;
    for (index, page) in pdf.pages().iter().enumerate() {
        if Instant::now() > deadline || glyphs > DOCUMENT_GLYPHS {
            drawn.stopped = Some(index);
            break;
        }
        let mut collector = Collector::new(page, &mut book, deadline);
        let settings = settings(&missing_fonts);
        if catch_unwind(AssertUnwindSafe(|| draw_page(page, &cache, settings, &mut collector))).is_err() {
            drawn.cut.push(index);
            // What the page left half-done in the cache must not reach the next one.
            cache = InterpreterCache::new();
        }
        glyphs += collector.marks.glyphs.len();
        take(index, collector.marks);
    }
    drawn.missing_fonts = missing_fonts.load(Ordering::Relaxed);
    Ok(drawn)
}

fn settings(missing_fonts: &Arc<AtomicU64>) -> InterpreterSettings {
    let missing = Arc::clone(missing_fonts);
    InterpreterSettings {
        warning_sink: Arc::new(move |warning| {
            if matches!(warning, InterpreterWarning::UnsupportedFont) {
                missing.fetch_add(1, Ordering::Relaxed);
            }
        }),
        ..InterpreterSettings::default()
    }
}

/// Draws one page. The content is unpacked here and dropped again, because hayro would keep it for as long as the file
/// is open, and a file may name one stream a million times.
fn draw_page<'a>(
    page: &Page<'a>,
    cache: &InterpreterCache<'a>,
    settings: InterpreterSettings,
    collector: &mut Collector<'_, '_>,
) {
    let bounds =
        KurboRect::new(0.0, 0.0, f64::from(collector.marks.width), f64::from(collector.marks.height));
    let transform = Affine::new(page.initial_transform(true).as_coeffs());
    let commands = content(page);
    let mut context = Context::new(transform, bounds, cache, page.xref(), settings.clone());
    interpret(TypedIter::new(&commands), page.resources(), &mut context, collector);
    let annotations = InterpreterSettings { render_content: RenderContent::ANNOTATIONS, ..settings };
    let mut context = Context::new(transform, bounds, cache, page.xref(), annotations);
    interpret_page(page, &mut context, collector);
}

fn content(page: &Page<'_>) -> Vec<u8> {
    if let Some(stream) = page.raw().get::<Stream<'_>>(CONTENTS) {
        return stream.decoded_data().map(std::borrow::Cow::into_owned).unwrap_or_default();
    }
    let mut content = Vec::new();
    if let Some(parts) = page.raw().get::<Array<'_>>(CONTENTS) {
        for part in parts.iter::<Stream<'_>>() {
            if let Ok(data) = part.decoded_data() {
                content.extend_from_slice(&data);
                content.push(b'\n');
            }
            if content.len() > PAGE_CONTENT {
                break;
            }
        }
    }
    content
}
