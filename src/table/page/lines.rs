//! Lines of text from words, and the text of a line.

use crate::document::{Direction, Rect, Word};

/// Baselines this close are one line, in parts of the font size.
const SAME_LINE: f32 = 0.5;
/// Gap from which a space is read between Latin letters or digits, in parts of the font size.
const LATIN_GAP: f32 = 0.22;
/// Gap from which a space is read next to a Chinese character, in parts of the font size: automatic spacing between
/// Chinese and Latin text is a quarter.
const CHINESE_GAP: f32 = 0.6;
/// Widest gap that is written as one space per half font size.
const MOST_SPACES: u16 = 24;

/// Words on one baseline, from left to right.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Line {
    pub(super) words: Vec<Word>,
    pub(super) bbox: Rect,
    pub(super) baseline: f32,
    /// The largest font size in it.
    pub(super) size: f32,
}

impl Line {
    fn new(words: Vec<Word>) -> Self {
        let bbox = words.iter().map(|word| word.bbox).reduce(Rect::union).unwrap_or_default();
        let baseline = words.first().map_or(0.0, |word| word.baseline);
        let size = words.iter().map(|word| word.size).fold(0.0, f32::max);
        Self { words, bbox, baseline, size }
    }

    /// The text, gaps as spaces.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let mut last: Option<&Word> = None;
        for word in &self.words {
            if let Some(last) = last {
                text.extend(std::iter::repeat_n(' ', spaces(last, word)));
            }
            text.push_str(&word.text);
            last = Some(word);
        }
        text
    }

    /// Whether all of it is bold.
    pub(super) fn bold(&self) -> bool {
        self.words.iter().all(|word| word.bold)
    }
}

/// The room that the first piece of a text needs which can't be broken, in font sizes: opening marks, a character or
/// letters, digits and comparators in a row, and the closing marks behind them.
pub(super) fn needed(text: &str) -> f32 {
    const SLACK: f32 = 0.3;
    const LONGEST: usize = 20;
    let mut rest = text.trim_start().chars().take(LONGEST).peekable();
    let mut room = SLACK;
    while rest.next_if(|c| "《（「『“‘【〔".contains(*c)).is_some() {
        room += 1.0;
    }
    let latin = |c: &char| c.is_ascii_graphic() || "≥≤＞＜＝±‰".contains(*c);
    let mut letters = 0.0_f32;
    while rest.next_if(latin).is_some() {
        letters += 0.5;
    }
    if letters == 0.0 && rest.next().is_some() {
        letters = 1.0;
    }
    room += letters.max(1.0);
    let mut closed = false;
    while rest.next_if(|c| "》）」』”’】〕}，。；：、！？%％".contains(*c)).is_some() {
        (room, closed) = (room + 1.0, true);
    }
    while closed && rest.next_if(latin).is_some() {
        room += 0.5;
    }
    room
}

/// The lines of words, from top to bottom. Words that do not run from left to right are lines of their own.
pub(super) fn lines(words: Vec<Word>) -> Vec<Line> {
    let (mut level, turned): (Vec<Word>, Vec<Word>) =
        words.into_iter().partition(|word| word.direction == Direction::Right);
    level.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut lines: Vec<Line> = Vec::new();
    let mut open: Vec<Word> = Vec::new();
    for word in level {
        let apart = open.first().is_some_and(|first: &Word| {
            word.baseline - first.baseline > SAME_LINE * word.size.min(first.size)
        });
        if apart {
            lines.push(close(std::mem::take(&mut open)));
        }
        open.push(word);
    }
    if !open.is_empty() {
        lines.push(close(open));
    }
    lines.extend(stack(turned));
    lines
}

fn close(mut words: Vec<Word>) -> Line {
    words.sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0));
    Line::new(words)
}

/// Turned words: those of one direction in one strip are read along it.
fn stack(mut words: Vec<Word>) -> Vec<Line> {
    words.sort_by(|a, b| {
        let along = |word: &Word| match word.direction {
            Direction::Up => (-word.bbox.x0, -word.bbox.y1),
            Direction::Left => (word.bbox.y0, -word.bbox.x1),
            _ => (-word.bbox.x0, word.bbox.y0),
        };
        let (a_strip, a_start) = along(a);
        let (b_strip, b_start) = along(b);
        a.direction.cmp(&b.direction).then(a_strip.total_cmp(&b_strip)).then(a_start.total_cmp(&b_start))
    });
    words.into_iter().map(|word| Line::new(vec![word])).collect()
}

/// How many spaces stand between two words of a line.
fn spaces(last: &Word, next: &Word) -> usize {
    let size = last.size.max(next.size).max(1.0);
    let gap = (next.bbox.x0 - last.bbox.x1) / size;
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let between = latin(last.text.chars().last()) && latin(next.text.chars().next());
    if gap < if between { LATIN_GAP } else { CHINESE_GAP } {
        return usize::from(next.spaced && gap > 0.05);
    }
    // A space is about half the font size wide in the Chinese fonts.
    whole(gap * 2.0).clamp(1, usize::from(MOST_SPACES))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates at both ends"
)]
fn whole(value: f32) -> usize {
    value.round() as usize
}
