//! Quantities inside running text, with their places; numbers that name or order things are passed over.

use super::assemble;
use super::comparator;
use super::glyph::{fold_all, skip_blanks};
use super::names::{counts, numbered, passed_over};
use super::numeral;
use super::period::{self, Period};
use super::rate::Mode;
use super::reading::{self, Reading};
use super::{Context, Found, Quantity};

/// Finds the quantities in running text, in their order, none overlapping another.
///
/// Numbers that count nothing are passed over: ordinals, document numbers, codes, telephone numbers, list numbers,
/// bare years. A comparator word directly before or after a number is part of the text found.
#[must_use]
pub fn find(text: &str) -> Vec<Found> {
    let chars = fold_all(text);
    let context = Context::default();
    let mut printed = text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
    printed.push(text.len());
    let slice = |start: usize, end: usize| {
        let from = printed.get(start).copied().unwrap_or(text.len());
        let to = printed.get(end).copied().unwrap_or(text.len());
        text.get(from..to).unwrap_or_default().to_owned()
    };
    readings(&chars, &context)
        .into_iter()
        .map(|found| Found {
            quantity: found.quantity(slice(found.start, found.end), &chars, &context),
            start: found.start,
            end: found.end,
        })
        .collect()
}

/// A place in a text where a number or a date stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    pub(super) start: usize,
    pub(super) end: usize,
    what: What,
}

#[derive(Debug, Clone, PartialEq)]
enum What {
    Number(Reading),
    Date(Period),
}

impl Place {
    /// Whether it is a number and not a date.
    pub(super) fn is_number(&self) -> bool {
        matches!(self.what, What::Number(_))
    }

    /// Whether it is a bare month: 12月.
    pub(super) fn is_month(&self) -> bool {
        let What::Number(reading) = &self.what else { return false };
        !reading.measure.is_rate() && reading.measure.unit().is_some_and(|unit| unit.standard == "月")
    }

    /// The reading as a quantity.
    pub(super) fn quantity(&self, text: String, chars: &[char], context: &Context) -> Quantity {
        match &self.what {
            What::Number(reading) if reading.measure.head.is_none() && context.name.is_empty() => {
                let before = clause_before(chars, self.start);
                assemble::quantity(text, chars, reading, &Context { name: &before, ..*context })
            }
            What::Number(reading) => assemble::quantity(text, chars, reading, context),
            What::Date(period) => assemble::dated(text, period.clone(), None),
        }
    }
}

/// The farthest that the words before a bare 万 are looked at, in characters.
const CLAUSE_REACH: usize = 16;

/// The words of the clause before this place; they say what a bare 万 counts.
fn clause_before(chars: &[char], at: usize) -> String {
    let from = at.saturating_sub(CLAUSE_REACH);
    let before = chars.get(from..at).unwrap_or_default();
    let boundary =
        before.iter().rposition(|glyph| matches!(glyph, '，' | ',' | '。' | ';' | '\n' | '、' | ':'));
    before.iter().skip(boundary.map_or(0, |place| place + 1)).collect()
}

/// Every place where a quantity stands.
pub(super) fn readings(chars: &[char], context: &Context) -> Vec<Place> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if let Some(next) = passed_over(chars, at) {
            at = next.max(at + 1);
        } else if let Some(place) = place(chars, at, context) {
            at = place.end.max(at + 1);
            found.push(place);
        } else {
            at = after_word(chars, at);
        }
    }
    found.retain(|place| !matches!(&place.what, What::Date(period) if period.year_only));
    found
}

/// The place after a character that begins no quantity; a run of digits or of Chinese numerals is left as a whole, so
/// that a long one is looked at once.
fn after_word(chars: &[char], at: usize) -> usize {
    let run = |is: fn(char) -> bool| chars.iter().skip(at).take_while(|&&glyph| is(glyph)).count();
    at + run(|glyph| glyph.is_ascii_digit()).max(run(|glyph| numeral::digit(glyph).is_some())).max(1)
}

/// The quantity or date that begins at this place.
fn place(chars: &[char], at: usize, context: &Context) -> Option<Place> {
    let glyph = *chars.get(at)?;
    let opens = numeral::is_numeric(glyph) || OPENERS.contains(&glyph);
    if !opens || numbered(chars, at) || comparator::ends_a_word(chars, at) {
        return None;
    }
    if let Some(period) = period::read(chars, at, context.year)
        && is_date(chars, at, &period)
    {
        return Some(Place { start: at, end: period.end, what: What::Date(period) });
    }
    if let Some(printed) = comparator::before(chars, at)
        && let Some(period) = period::read(chars, skip_blanks(chars, printed.end), context.year)
        && (period.anchored && !period.year_only)
    {
        let comparator = Some(printed.comparator);
        return Some(Place { start: at, end: period.end, what: What::Date(Period { comparator, ..period }) });
    }
    let reading = reading::read(chars, at, Mode::Text)?;
    if !counts(chars, &reading) {
        return None;
    }
    Some(Place { start: at, end: reading.end, what: What::Number(reading) })
}

/// Characters other than numbers that a quantity may begin with: comparators, 每, 半, currencies, minus.
const OPENERS: &[char] = &[
    '≥', '≤', '>', '<', '=', '≈', '~', '不', '大', '小', '高', '低', '多', '少', '等', '达', '至', '最',
    '上', '下', '控', '限', '超', '突', '优', '逾', '未', '约', '将', '接', '近', '早', '晚', '每', '半',
    '人', '¥', '$', '€', '£', 'R', 'C', 'U', 'H', 'E', 'G', 'J', '负', '-', '.', '从', '介', '全', '年',
    '第', '港', '美', '+',
];

/// Whether what reads as a date is one here: 每月 before a number is the denominator of a rate, 全年 an adverb.
fn is_date(chars: &[char], at: usize, period: &Period) -> bool {
    let adverb = matches!(chars.get(at), Some('全' | '上' | '下' | '年')) && period.comparator.is_none();
    period.anchored && !adverb
}
