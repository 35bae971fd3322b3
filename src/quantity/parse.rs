//! A whole target cell: everything in it belongs to one quantity.

use super::assemble;
use super::comparator;
use super::find;
use super::glyph::{after_any, fold_all, is_han, skip_blanks, starts_with};
use super::numeral::{self, Power};
use super::period;
use super::rate::{self, Mode};
use super::reading;
use super::stray;
use super::{Comparator, Context, Kind, Quantity};
use crate::flag::Flag;

/// Reads one target cell with the words of its row as context.
///
/// Everything is read: what a cell holds besides its number (`不少于500万的标准储备应急周转金`) decides the unit or is a
/// noun. A cell without a number is `Qualitative`, or `Missing` where a comparator or a unit waits for one.
#[must_use]
pub fn parse(text: &str, context: &Context) -> Quantity {
    let printed = text.trim();
    let residue = stray::stray(printed);
    let kept = residue.map_or(printed, |residue| without(printed, residue));
    let mut chars = fold_all(kept);
    for glyph in &mut chars {
        if *glyph == '\n' {
            *glyph = ' ';
        }
    }
    let mut quantity = read(printed, &chars, context);
    if residue.is_some() {
        quantity.flags.insert(Flag::StrayCharacter);
    }
    quantity
}

fn without<'a>(printed: &'a str, residue: &str) -> &'a str {
    let kept = printed.strip_suffix(residue).or_else(|| printed.strip_prefix(residue));
    kept.unwrap_or(printed).trim()
}

/// Signs that a cell holds instead of a value.
const NOTHING: &[&str] = &["", "-", "--", "/", "—", "——", "...", "……", "*", "无值", "空"];

fn read(printed: &str, chars: &[char], context: &Context) -> Quantity {
    let text: String = chars.iter().collect();
    if NOTHING.contains(&text.as_str()) {
        return Quantity::unread(printed.to_owned(), Kind::Missing);
    }
    let (before, start) = lead(chars);
    if let Some(period) = period::read(chars, start, context.year)
        && only_words(chars, period.end)
    {
        return assemble::dated(printed.to_owned(), period, before);
    }
    if let Some(reading) = reading::read(chars, 0, Mode::Cell)
        && finished(chars, reading.end)
    {
        return assemble::quantity(printed.to_owned(), chars, &reading, context);
    }
    if is_formula(chars) {
        let mut quantity = Quantity::unread(printed.to_owned(), Kind::Formula);
        quantity.compare(before);
        return quantity;
    }
    embedded(printed, chars, context).unwrap_or_else(|| wordy(printed, chars, start))
}

/// The comparator at the front, with the place after it.
fn lead(chars: &[char]) -> (Option<Comparator>, usize) {
    let start = skip_blanks(chars, 0);
    match comparator::before(chars, start) {
        Some(printed) => (Some(printed.comparator), skip_blanks(chars, printed.end)),
        None => (None, start),
    }
}

/// Whether nothing but words without numbers follows a date.
fn only_words(chars: &[char], at: usize) -> bool {
    let rest = chars.get(at..).unwrap_or_default();
    rest.len() <= 12
        && !rest.iter().any(|&glyph| glyph.is_ascii_digit() || matches!(glyph, '元' | '%' | '次'))
}

/// Whether what follows a quantity adds nothing to it: the end, a full stop, a bracket, or a noun.
fn finished(chars: &[char], at: usize) -> bool {
    let rest = chars.get(at..).unwrap_or_default();
    if rest.iter().all(|glyph| matches!(glyph, ' ' | '。' | ';' | '，' | ',' | '、' | '.' | ')' | '!')) {
        return true;
    }
    let remark = starts_with(chars, at, "(含") || starts_with(chars, at, "(不含");
    if remark && rest.last() == Some(&')') {
        return true;
    }
    let numbers = rest
        .iter()
        .any(|&glyph| glyph.is_ascii_digit() || matches!(glyph, '%' | '元' | '≥' | '≤' | '>' | '<'));
    let word = rest.first().is_some_and(|&glyph| is_han(glyph) || matches!(glyph, '(' | ' '));
    word && !numbers
}

/// Whether the cell states a calculation and no number: a share of something, a reference rate.
fn is_formula(chars: &[char]) -> bool {
    let text: String = chars.iter().collect();
    let reference = ["LPR", "Lpr", "lpr", "SHIBOR", "基准利率"].iter().any(|word| text.contains(word));
    let ratio = chars
        .windows(3)
        .any(|part| matches!(part, [left, ':', right] if left.is_ascii_digit() && right.is_ascii_digit()));
    let product = text.contains(['×', '*', '÷']) && chars.iter().any(char::is_ascii_digit);
    let fraction = (0..chars.len()).any(|at| {
        let numeric = |place: usize| chars.get(place).is_some_and(|&glyph| numeral::is_numeric(glyph));
        // Only the first letter of a number begins a fraction.
        at > 0
            && numeric(at)
            && !numeric(at - 1)
            && super::fraction::read(chars, at)
                .is_some_and(|(share, _)| !matches!(share, super::fraction::Share::Of(..)))
    });
    reference || ratio || product || fraction
}

/// A quantity somewhere among the cell's words: exactly one may stand there.
fn embedded(printed: &str, chars: &[char], context: &Context) -> Option<Quantity> {
    let found = find::readings(chars, context);
    let mut numbers = found.iter().filter(|reading| reading.is_number());
    match (numbers.next(), numbers.next()) {
        // 每年6月和12月: another date says that the month is one too.
        (Some(one), None) if one.is_month() && found.len() > 1 => {
            let date = found.iter().find(|place| !place.is_number())?;
            let mut quantity = date.quantity(printed.to_owned(), chars, context);
            quantity.flags.insert(Flag::LowConfidence);
            Some(quantity)
        }
        (Some(one), None) => {
            let mut quantity = one.quantity(printed.to_owned(), chars, context);
            quantity.flags.insert(Flag::LowConfidence);
            Some(quantity)
        }
        (Some(_), Some(_)) => {
            let mut quantity = Quantity::unread(printed.to_owned(), Kind::Formula);
            quantity.compare(None);
            quantity.flags.insert(Flag::LowConfidence);
            Some(quantity)
        }
        _ => {
            let date = found.first()?;
            Some(date.quantity(printed.to_owned(), chars, context))
        }
    }
}

/// A cell without a number: words, or a comparator and a unit that wait for one.
fn wordy(printed: &str, chars: &[char], start: usize) -> Quantity {
    let rest = chars.get(start..).unwrap_or_default();
    let unit = super::unit::longest(chars, start).is_some_and(|(_, end)| end == chars.len());
    let unit =
        unit || rate::read(chars, start, Power::One, Mode::Text).is_some_and(|(_, end)| end == chars.len());
    let power = after_any(chars, start, &["万元", "亿元", "万人"]).is_some_and(|end| end == chars.len());
    if rest.is_empty() || unit || power {
        let mut quantity = Quantity::unread(printed.to_owned(), Kind::Missing);
        quantity.flags.insert(Flag::NumberMissing);
        return quantity;
    }
    Quantity::unread(printed.to_owned(), Kind::Qualitative)
}
