//! Paragraphs from lines: which line goes on with the one before.

use super::headings::Face;
use super::lines::needed;
use super::{Layout, Line};
use crate::document::{Page, Paragraph, Place, Rect, Role, visible_chars};
use regex::Regex;
use std::sync::LazyLock;

/// A line ends short if this many font sizes are left before the right edge of the text.
const SHORT: f32 = 1.6;
/// A line is indented if it begins this many font sizes right of the left edge of the text.
const INDENT: f32 = 1.2;
/// Lines farther apart than this many times the usual distance are apart.
const APART: f32 = 1.7;
/// Lines of large type are this many font sizes apart at most.
const STEP: f32 = 1.9;
/// How far the middle of a centred line may be off the middle of the text, in font sizes.
const CENTRED: f32 = 1.5;

/// A page with fewer lines does not tell the edges of its text.
const ENOUGH_LINES: usize = 6;
/// The side margin of a new document in Chinese Word, 3.18 of 21 centimetres.
const WORD_MARGIN: f32 = 0.151;

/// The start of a numbered heading or item: `一、`, `（一）`, `1.`, `（1）`, `第一部分`, `①`, `附表：`, `注：`.
static NUMBERED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\s*(第[一二三四五六七八九十百]+[部章节条篇]|[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．]\D|\d{1,2}\.\d{1,2}[^\d]|[①-⑳]|附[表件录]\s*[\d一二三四五六七八九十]*\s*[:：]|备?注\s*\d*\s*[:：])").ok()
});

/// A line that stands for itself: a line of the contents, a unit line, a caption.
static ALONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(\.{4,}|…{2,}|·{4,}|．{4,})|^\s*[（(]?(金额)?单位\s*[:：]\s*\S{1,4}\s*$|^\s*(附表|附件|表)\s*[\d一二三四五六七八九十]*\s*[:：]?\s*$|^公开\s*\d+\s*表").ok()
});

/// A paragraph being put together, with what is needed to go on with it on the next page.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) paragraph: Paragraph,
    pub(super) face: Face,
    /// What its last line leaves free before the right edge of the text.
    room: f32,
    last: Rect,
}

/// The left and right edges of the running text of a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Margins {
    left: f32,
    right: f32,
    pitch: f32,
    /// The usual font size.
    size: f32,
}

/// The left and right edge of text.
type Edges = (f32, f32);

/// The edges of the text on pages of each width, from the pages with enough lines to tell.
#[derive(Debug, Default)]
pub(super) struct UsualEdges(Vec<(f32, Edges)>);

impl UsualEdges {
    /// The usual edges in a document.
    pub(super) fn of(layouts: &[Layout]) -> Self {
        let mut pages: Vec<(f32, Edges)> = layouts
            .iter()
            .filter(|layout| layout.lines().count() >= ENOUGH_LINES)
            .filter_map(|layout| Some((layout.page.width, edges(layout.lines())?)))
            .collect();
        pages.sort_by(|a, b| (a.0, a.1.0).partial_cmp(&(b.0, b.1.0)).unwrap_or(std::cmp::Ordering::Equal));
        Self(pages)
    }

    /// The edges of a page by the middle one of its kind; where no page tells, the margins that Word sets.
    fn on(&self, page: &Page) -> Edges {
        let alike: Vec<Edges> = self
            .0
            .iter()
            .filter(|(width, _)| (width - page.width).abs() < 2.0)
            .map(|(_, edges)| *edges)
            .collect();
        alike
            .get(alike.len() / 2)
            .copied()
            .unwrap_or((page.width * WORD_MARGIN, page.width * (1.0 - WORD_MARGIN)))
    }
}

fn edges<'l>(lines: impl Iterator<Item = &'l Line>) -> Option<Edges> {
    lines.map(|line| (line.bbox.x0, line.bbox.x1)).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

impl Margins {
    /// The edges of the text on a page.
    pub(super) fn of(layout: &Layout, usual: &UsualEdges) -> Self {
        let lines = layout.lines();
        let few = lines.clone().count() < ENOUGH_LINES;
        let own = edges(layout.lines());
        let page = few.then(|| usual.on(&layout.page)).or(own).unwrap_or((0.0, layout.page.width));
        let (left, right) = own.map_or(page, |own| (own.0.min(page.0), own.1.max(page.1)));
        let mut steps: Vec<f32> = lines
            .clone()
            .zip(lines.clone().skip(1))
            .map(|(a, b)| b.baseline - a.baseline)
            .filter(|step| *step > 4.0)
            .collect();
        steps.sort_by(f32::total_cmp);
        let pitch = steps.get(steps.len() / 2).copied().unwrap_or(f32::MAX);
        let mut sizes: Vec<f32> = lines.map(|line| line.size).collect();
        sizes.sort_by(f32::total_cmp);
        let size = sizes.get(sizes.len() / 2).copied().unwrap_or_default();
        Self { left, right, pitch, size }
    }

    fn centred(self, line: &Line) -> bool {
        let (middle, _) = line.bbox.centre();
        let text_middle = f32::midpoint(self.left, self.right);
        let (before, behind) = (line.bbox.x0 - self.left, self.right - line.bbox.x1);
        let off = (middle - text_middle).abs();
        off < CENTRED * line.size && before > 2.5 * line.size && behind > SHORT * line.size
    }

    fn indented(self, line: &Line) -> bool {
        line.bbox.x0 - self.left > INDENT * line.size
    }
}

impl Draft {
    /// Begins a paragraph with a line.
    pub(super) fn new(line: &Line, margins: Margins, page: &Page) -> Self {
        let paragraph = Paragraph {
            text: line.text(),
            centred: margins.centred(line),
            role: Role::Body,
            place: Place { page: Some(page.number), bbox: Some(page.printed(line.bbox)) },
            ..Paragraph::default()
        };
        Self {
            paragraph,
            face: Face { size: line.size, bold: line.bold() },
            room: margins.right - line.bbox.x1,
            last: line.bbox,
        }
    }

    /// Whether a line on the same page goes on with this paragraph.
    pub(super) fn goes_on(&self, line: &Line, margins: Margins) -> bool {
        let text = line.text();
        let step = line.bbox.y1 - self.last.y1;
        if !self.alike(line)
            || is_alone(&self.paragraph.text)
            || is_alone(&text)
            || step > (APART * margins.pitch).max(STEP * line.size)
        {
            return false;
        }
        if self.paragraph.centred || margins.centred(line) {
            // Titles stay apart, but the first line of a long one fills the width.
            let title = self.face.size > 1.15 * margins.size && self.face.bold == line.bold();
            return title && self.is_full(line) && !self.paragraph.centred;
        }
        self.is_full(line) && !margins.indented(line) && !(is_numbered(&text) && self.ended())
    }

    /// Whether the first line of the next page goes on with this paragraph.
    pub(super) fn goes_on_over_page(&self, line: &Line, margins: Margins) -> bool {
        let text = line.text();
        self.alike(line)
            && self.is_full(line)
            && !self.paragraph.centred
            && !is_alone(&text)
            && !margins.indented(line)
            && !margins.centred(line)
            && !(is_numbered(&text) && self.ended())
    }

    /// Adds a line.
    pub(super) fn add(&mut self, line: &Line, margins: Margins, page: &Page) {
        let text = line.text();
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        if latin(self.paragraph.text.chars().last()) && latin(text.chars().next()) {
            self.paragraph.text.push(' ');
        }
        self.paragraph.text.push_str(&text);
        self.room = margins.right - line.bbox.x1;
        self.last = line.bbox;
        if self.paragraph.place.page == Some(page.number)
            && let Some(bbox) = self.paragraph.place.bbox
        {
            self.paragraph.place.bbox = Some(bbox.union(page.printed(line.bbox)));
        }
    }

    /// Whether the last line ended because the next one's first piece that can't be broken did not fit any more.
    fn is_full(&self, next: &Line) -> bool {
        self.room < SHORT.max(needed(&next.text())) * next.size
    }

    fn alike(&self, line: &Line) -> bool {
        (line.size - self.face.size).abs() < 0.12 * self.face.size
            && (line.bold() == self.face.bold || !self.ended())
    }

    fn ended(&self) -> bool {
        self.paragraph.text.trim_end().ends_with(['。', '！', '？', '；', '：', ':', ';', '.'])
    }
}

fn is_numbered(text: &str) -> bool {
    NUMBERED.as_ref().is_some_and(|numbered| numbered.is_match(text))
}

fn is_alone(text: &str) -> bool {
    visible_chars(text) == 0 || ALONE.as_ref().is_some_and(|alone| alone.is_match(text))
}
