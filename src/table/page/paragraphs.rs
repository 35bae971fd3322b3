//! Paragraphs from lines: which line goes on with the one before.

use super::headings::Face;
use super::lines::needed;
use super::numbering::{is_numbered, is_part, opens_next};
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

/// A line is long if it leaves this share of the width free at most.
const LONG: f32 = 0.25;
/// A line that was broken by hand in the middle of a sentence leaves this share of the width free at most.
const BROKEN: f32 = 0.25;
/// And this share where the next line is set in by hand.
const SET_IN: f32 = 0.1;
/// The fewest characters of a line that is taken for the beginning of a sentence.
const SENTENCE: u64 = 15;
/// Lines this many times the usual font size are in display type.
const DISPLAY: f32 = 1.1;

/// A page with fewer lines does not tell the edges of its text.
const ENOUGH_LINES: usize = 6;
/// The side margin of a new document in Chinese Word, 3.18 of 21 centimetres.
const WORD_MARGIN: f32 = 0.151;

/// A line that stands for itself: a line of the contents, a unit line, a caption.
static ALONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(\.{4,}|…{2,}|·{4,}|．{4,})|^\s*[（(]?(金额)?单位\s*[:：]\s*\S{1,4}\s*$|^\s*(附[表件]\s*[\d一二三四五六七八九十]*|表\s*[\d一二三四五六七八九十]+)\s*[:：]?\s*$|^公开\s*\d+\s*表").ok()
});

/// A paragraph being put together, with what is needed to go on with it on the next page.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) paragraph: Paragraph,
    pub(super) face: Face,
    /// Where its first line begins, and whether it is indented.
    start: f32,
    indented: bool,
    /// Whether its last line has wide gaps, as between cells.
    spaced: bool,
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
        // A long line of a sentence is a paragraph's first, however far it is set in.
        let long = before + behind < LONG * (self.right - self.left);
        let sentence = || line.text().contains(['，', '。', '；']);
        off < CENTRED * line.size
            && !(long && sentence())
            && before > 2.5 * line.size
            && behind > SHORT * line.size
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
            start: line.bbox.x0,
            indented: margins.indented(line),
            spaced: is_spaced(&line.text()),
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
            return self.face.bold == line.bold() && self.title_goes_on(line, &text, margins);
        }
        let set_in = margins.indented(line) && !self.is_set_in(line, &text, margins);
        (self.is_full(line) || self.is_broken(&text, margins)) && !set_in && !self.is_followed_by(&text)
    }

    /// Titles stay apart, but the first line of a long one fills the width, or names the part that the second describes.
    fn title_goes_on(&self, line: &Line, text: &str, margins: Margins) -> bool {
        let title = without_form(&self.paragraph.text);
        let plain = !is_sentence(title) && !is_sentence(text);
        let display = self.face.size > DISPLAY * margins.size;
        if self.paragraph.centred {
            return display
                && plain
                && is_part(title)
                && !is_numbered(text)
                && self.alike_in_size(line, 0.03);
        }
        let caption = is_part(title) || !is_numbered(title) && !is_spaced(title) && !is_spaced(text);
        self.is_full(line) && (display || plain && (caption || is_open(title)))
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
            && !self.is_followed_by(&text)
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
        self.spaced = is_spaced(&text);
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

    /// Whether its last line was broken by hand within a sentence: the paragraph is indented, its text is no heading and
    /// no row of a table and has not ended, and not much of the width is left.
    fn is_broken(&self, next: &str, margins: Margins) -> bool {
        let text = &self.paragraph.text;
        let sentence = text.contains(['，', '。', '；']);
        let plain = !is_numbered(text) && visible_chars(text) >= SENTENCE;
        self.indented
            && self.is_mid_sentence(next)
            && (sentence || plain)
            && self.room < BROKEN * (margins.right - margins.left)
    }

    /// Whether a line is set in by hand within a sentence: not just as far as a paragraph begins, and little of the width
    /// is left above it.
    fn is_set_in(&self, line: &Line, next: &str, margins: Margins) -> bool {
        let step = (line.bbox.x0 - self.start).abs() / line.size;
        self.indented
            && self.is_mid_sentence(next)
            && self.paragraph.text.contains(['，', '。', '；'])
            && step > 0.3
            && step < 1.5
            && self.room < SET_IN * (margins.right - margins.left)
    }

    /// Whether its last line and the next are neither rows of a table nor end a sentence between them.
    fn is_mid_sentence(&self, next: &str) -> bool {
        !self.ended() && !self.spaced && !is_spaced(next) && !is_numbered(next)
    }

    /// Whether a text is the next numbered heading or item.
    fn is_followed_by(&self, text: &str) -> bool {
        is_numbered(text) && (self.ended() || opens_next(&self.paragraph.text, text))
    }

    fn alike_in_size(&self, line: &Line, share: f32) -> bool {
        (line.size - self.face.size).abs() < share * self.face.size
    }

    fn alike(&self, line: &Line) -> bool {
        self.alike_in_size(line, 0.12) && (line.bold() == self.face.bold || !self.ended())
    }

    fn ended(&self) -> bool {
        self.paragraph.text.trim_end().ends_with(['。', '！', '？', '；', '：', ':', ';', '.'])
    }
}

/// Whether a text holds marks of sentences and labels, which titles do not.
fn is_sentence(text: &str) -> bool {
    text.contains(['，', '。', '；', '：', ':', ','])
}

/// A title without the number of its form: `表五：…`, `附表1：…`.
fn without_form(title: &str) -> &str {
    const LONGEST: usize = 6;
    let label = title.split_once(['：', ':']).filter(|(label, _)| {
        let label = label.trim_start();
        label.chars().count() <= LONGEST && ["表", "附表", "附件"].iter().any(|word| label.starts_with(word))
    });
    label.map_or(title, |(_, rest)| rest)
}

/// Whether a bracket is open at the end of a text.
fn is_open(text: &str) -> bool {
    let count = |marks: [char; 2]| text.chars().filter(|c| marks.contains(c)).count();
    count(['（', '(']) > count(['）', ')'])
}

/// Whether there are wide gaps in a text, as between the cells of a row.
fn is_spaced(text: &str) -> bool {
    text.contains("   ")
}

fn is_alone(text: &str) -> bool {
    visible_chars(text) == 0 || ALONE.as_ref().is_some_and(|alone| alone.is_match(text))
}
