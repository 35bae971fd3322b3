//! The other readings of figures: what a page also bears where a glyph is drawn twice, stands too near its like, or lies
//! over an upright rule.

use super::glyphs::Glyph;
use super::words::STRAIGHT;
use crate::document::{Ruling, Word};
use std::ops::Range;

/// Most other readings of one word.
const MOST: usize = 8;
/// Most upright rules that are looked at within one word.
const MOST_RULES: usize = 4;
/// Part of a glyph's width that may reach over a rule without being cut by it: the bearing beside the ink.
const BEARING: f32 = 0.15;
/// Two equal digits nearer than this share of the widest step between digits may be one that was drawn twice.
const CROWDED: f32 = 0.8;
/// Width of a digit that stands for the widest step in a word of two, in parts of the font size.
const DIGIT: f32 = 0.5;
/// Farthest that the ends of two words lie apart which may share a glyph, in parts of the font size.
const APART: f32 = 0.5;

/// Notes the other readings of the figures among words, each made of a range of the glyphs; `upright` are the upright
/// rulings by their x.
pub(super) fn note(words: &mut [Word], ranges: &[Range<usize>], glyphs: &[Glyph], upright: &[Ruling]) {
    for at in 0..words.len() {
        let Some(own) = figure(words, ranges, glyphs, upright, at) else { continue };
        let mut readings = own.doubled();
        readings.extend(own.crowded());
        readings.extend(own.cut());
        let before = at.checked_sub(1).and_then(|before| figure(words, ranges, glyphs, upright, before));
        readings.extend(before.and_then(|before| own.with_end_of(&before)));
        let after = figure(words, ranges, glyphs, upright, at + 1);
        readings.extend(after.and_then(|after| own.with_start_of(&after)));
        readings.retain(|reading| *reading != words[at].text);
        readings.sort_unstable();
        readings.dedup();
        readings.truncate(MOST);
        words[at].readings = readings;
    }
}

/// A level word of digits and what goes with them, and the rules that run through it.
struct Figure<'a> {
    glyphs: &'a [Glyph],
    rules: Vec<f32>,
}

fn figure<'a>(
    words: &[Word],
    ranges: &[Range<usize>],
    glyphs: &'a [Glyph],
    upright: &[Ruling],
    at: usize,
) -> Option<Figure<'a>> {
    let word = words.get(at).filter(|word| is_figure(&word.text))?;
    let glyphs = glyphs.get(ranges.get(at)?.clone())?;
    let first = glyphs.first().filter(|first| first.along.0 > STRAIGHT)?;
    let y = first.middle().1;
    let start = upright.partition_point(|ruling| ruling.at <= word.bbox.x0);
    let inside = upright[start..].iter().take_while(|ruling| ruling.at < word.bbox.x1);
    let rules = inside.filter(|ruling| ruling.from <= y && y <= ruling.to).map(|ruling| ruling.at);
    Some(Figure { glyphs, rules: rules.take(MOST_RULES).collect() })
}

impl Figure<'_> {
    /// A glyph that was taken for the second copy of one is a digit of its own. Where every glyph of a word was drawn
    /// twice it was to look bold.
    fn doubled(&self) -> Vec<String> {
        let twice: Vec<usize> = (0..self.glyphs.len()).filter(|at| self.glyphs[*at].doubled).collect();
        let bold = twice.len() == self.glyphs.len() && twice.len() > 1;
        let twice = if bold { &[] } else { &twice[..twice.len().min(MOST)] };
        twice.iter().map(|at| text(self.glyphs[..=*at].iter().chain(&self.glyphs[*at..]))).collect()
    }

    /// Two equal digits that stand nearer to each other than the others are one.
    fn crowded(&self) -> Vec<String> {
        let digit = |glyph: &Glyph| glyph.text.first().is_ascii_digit();
        let step = |pair: &[Glyph]| pair[0].steps_to(pair[1].origin);
        let pairs = self.glyphs.windows(2).filter(|pair| digit(&pair[0]) && digit(&pair[1]));
        let usual =
            if pairs.clone().count() > 1 { pairs.map(step).fold(0.0, f32::max) } else { self.digit() };
        let crowded = self.glyphs.windows(2).enumerate().filter(|(_, pair)| {
            digit(&pair[0]) && pair[0].text == pair[1].text && step(pair) < CROWDED * usual
        });
        let without = |at: usize| text(self.glyphs[..at].iter().chain(&self.glyphs[at + 1..]));
        crowded.take(MOST).map(|(at, _)| without(at)).collect()
    }

    fn digit(&self) -> f32 {
        self.glyphs[0].size * DIGIT
    }

    /// What stands beyond a rule belongs to the next column, and so may a glyph that the rule cuts.
    fn cut(&self) -> Vec<String> {
        let count = self.glyphs.len();
        let (from, to) = (self.glyphs[0].origin.0, right(&self.glyphs[count - 1]));
        let mut readings = Vec::new();
        for rule in &self.rules {
            let before = self.glyphs.iter().take_while(|glyph| right(glyph) <= rule + bearing(glyph)).count();
            let beyond =
                self.glyphs.iter().take_while(|glyph| glyph.origin.0 < rule - bearing(glyph)).count();
            let sides = if *rule < f32::midpoint(from, to) {
                [beyond.min(count)..count, before.min(count)..count]
            } else {
                [0..before, 0..beyond]
            };
            readings.extend(sides.map(|side| text(&self.glyphs[side])));
        }
        readings
    }

    /// With the last glyph of the word before it, where a rule cuts that.
    fn with_end_of(&self, before: &Figure<'_>) -> Option<String> {
        let last = before.glyphs.last()?;
        let shared = before.cuts(last) && self.touches(last, &self.glyphs[0]);
        shared.then(|| text(std::iter::once(last).chain(self.glyphs)))
    }

    /// With the first glyph of the word behind it, where a rule cuts that.
    fn with_start_of(&self, after: &Figure<'_>) -> Option<String> {
        let first = after.glyphs.first()?;
        let shared = after.cuts(first) && self.touches(self.glyphs.last()?, first);
        shared.then(|| text(self.glyphs.iter().chain([first])))
    }

    fn touches(&self, left: &Glyph, right: &Glyph) -> bool {
        let gap = left.steps_to(right.origin) - left.advance;
        gap.abs() <= APART * self.glyphs[0].size && left.rise_to(right.origin).abs() <= APART * left.size
    }

    fn cuts(&self, glyph: &Glyph) -> bool {
        let (from, to) = (glyph.origin.0 + bearing(glyph), right(glyph) - bearing(glyph));
        self.rules.iter().any(|rule| *rule > from && *rule < to)
    }
}

fn right(glyph: &Glyph) -> f32 {
    glyph.origin.0 + glyph.advance
}

fn bearing(glyph: &Glyph) -> f32 {
    BEARING * glyph.advance
}

fn text<'g>(glyphs: impl IntoIterator<Item = &'g Glyph>) -> String {
    let mut text = String::new();
    glyphs.into_iter().for_each(|glyph| glyph.text.push_to(&mut text));
    text
}

fn is_figure(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '-' | '(' | ')'))
}
