//! One quantity as it stands in a text: comparator, number, unit, range and the comparator word after it.

use super::Comparator;
use super::comparator;
use super::fraction::{self, Share};
use super::glyph::{after, after_any, skip_blanks};
use super::lead::Lead;
use super::money;
use super::numeral::{self, Amount, Numeral, Power};
use super::range::{around_a_name, bounded, range};
use super::rate::{self, Measure, Mode, Part};
use super::unit::{self, Dimension};
use rust_decimal::Decimal;

/// What was read at one place, in units of its measure.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Where the number itself begins, after comparator and prefix.
    pub(super) number: usize,
    pub(super) comparator: Option<Comparator>,
    pub(super) value: Value,
    pub(super) measure: Measure,
    /// Whether the number is written in digits.
    pub(super) digits: bool,
    /// Whether it was read as a whole cell or in running text.
    pub(super) mode: Mode,
}

/// The number of a reading.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value {
    One(Decimal),
    Range(Decimal, Decimal),
    /// A quotient no decimal holds.
    Endless,
    /// More digits than a decimal holds.
    TooLong,
}

/// A number with its measure, before comparators are looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    pub(super) value: Value,
    pub(super) measure: Measure,
    pub(super) end: usize,
    pub(super) digits: bool,
    /// Whether 多 or 余 says that it is more.
    pub(super) exceeds: bool,
}

/// Reads the quantity that begins at `at`: the comparator or prefix first, if there is one.
pub(super) fn read(chars: &[char], at: usize, mode: Mode) -> Option<Reading> {
    let mut lead = Lead::default();
    let number = lead.read(chars, at, mode);
    let first = term(chars, number, mode)?;
    let mut measure = first.measure;
    let mut value = first.value;
    let mut end = first.end;
    let mut comparator = lead.comparator;
    let mut exceeds = first.exceeds;
    let named = || around_a_name(chars, &first, mode).filter(|_| mode == Mode::Cell && comparator.is_none());
    if let Some((joined, high)) = range(chars, &first, mode).or_else(named) {
        value = joined;
        measure = high.measure;
        end = high.end;
        exceeds = false;
    }
    // `US$ 5 million` goes on in another language.
    let foreign = chars.get(skip_blanks(chars, end)).is_some_and(char::is_ascii_alphabetic);
    if lead.apply(&mut measure) && foreign {
        return None;
    }
    if let Some(next) = after_any(chars, skip_blanks(chars, end), &["之间", "间", "不等"])
        && matches!(value, Value::Range(..))
    {
        end = next;
    }
    let time = matches!(measure.dimension(), Some(Dimension::Time | Dimension::Workday));
    let word = comparator::following(chars, end).or_else(|| comparator::within(chars, end).filter(|_| time));
    if let Some(word) = word {
        end = word.end;
        // 控制在95%以上 is a lower bound: the word behind says which side.
        let before = if lead.within { None } else { comparator };
        comparator = Some(prefer(before, word.comparator, lead.sign));
    }
    if let (Value::One(_), Some(bound)) = (value, comparator)
        && let Some((joined, other)) = bounded(chars, &first, end, bound, mode)
    {
        value = joined;
        measure = other.measure;
        end = other.end;
    }
    if lead.within
        && let Some(next) = after_any(chars, end, &["以内", "以下", "之内", "内", "之下", "左右", "范围内"])
    {
        end = next;
    }
    if exceeds && matches!(comparator, None | Some(Comparator::Eq | Comparator::Approx)) {
        comparator = Some(Comparator::Gt);
    }
    if matches!(value, Value::Range(..)) {
        comparator = Some(Comparator::Between);
    }
    // 一般 and 零容忍 are words; only a number in digits makes a counter of an unknown word.
    if !first.digits && comparator.is_none() && matches!(measure.head, Some(Part::Word { .. })) {
        return None;
    }
    Some(Reading { start: at, end, number, comparator, value, measure, digits: first.digits, mode })
}

/// A word after the number says more than 达到, 约 or `=` before it; a stricter sign stays.
fn prefer(before: Option<Comparator>, after: Comparator, sign: bool) -> Comparator {
    match before {
        Some(Comparator::Eq) if sign && after == Comparator::Approx => Comparator::Eq,
        None | Some(Comparator::Eq | Comparator::Approx) => after,
        Some(other) => other,
    }
}

/// A number with its unit.
pub(super) fn term(chars: &[char], at: usize, mode: Mode) -> Option<Term> {
    let at = skip_blanks(chars, at);
    if let Some(term) = share(chars, at) {
        return Some(term);
    }
    if let Some(term) = half(chars, at, mode) {
        return Some(term);
    }
    let numeral = numeral::read(chars, at)?;
    if numeral::is_vague(chars, at) {
        return None;
    }
    if let Some((value, measure, end)) = money::read(chars, &numeral) {
        return Some(Term { value: Value::One(value), measure, end, digits: numeral.digits, exceeds: false });
    }
    Some(counted(chars, &numeral, mode))
}

fn share(chars: &[char], at: usize) -> Option<Term> {
    let (share, end) = fraction::read(chars, at)?;
    let (value, measure) = match share {
        Share::Of(unit, value) => (Value::One(value), Measure::of(unit, Power::One)),
        Share::Exact(value) => (Value::One(value), Measure::default()),
        Share::Endless => (Value::Endless, Measure::default()),
    };
    let mut term = Term { value, measure, end, digits: true, exceeds: false };
    if term.measure.head.is_none()
        && let Some((measure, end)) = rate::read(chars, end, Power::One, Mode::Text)
    {
        term.measure = measure;
        term.end = end;
    }
    Some(term)
}

/// 半年, 半个月, 半天.
fn half(chars: &[char], at: usize, mode: Mode) -> Option<Term> {
    let start = after(chars, at, "半")?;
    let (measure, end) = rate::read(chars, start, Power::One, mode)?;
    let known = measure.unit().is_some_and(|unit| unit.dimension == Dimension::Time || unit.standard == "折");
    known.then_some(())?;
    let value = if measure.unit().is_some_and(|unit| unit.standard == "折") {
        Decimal::from(5)
    } else {
        Decimal::try_from_i128_with_scale(5, 1).ok()?
    };
    Some(Term { value: Value::One(value), measure, end, digits: false, exceeds: false })
}

fn counted(chars: &[char], numeral: &Numeral, mode: Mode) -> Term {
    let mut end = numeral.end;
    let mut exceeds = numeral.more;
    if let Some(next) = after_any(chars, skip_blanks(chars, end), &["多", "余", "几"]) {
        exceeds = true;
        end = next;
    }
    let mut value = match numeral.amount {
        Amount::Exact(value) => Value::One(value),
        Amount::Span(low, high) => Value::Range(low, high),
        Amount::TooLong => Value::TooLong,
    };
    let mut measure = Measure { power: numeral.power, ..Measure::default() };
    if let Some((found, next)) = rate::read(chars, end, numeral.power, mode) {
        measure = found;
        end = next;
        if let Some(next) = after_any(chars, end, &["多", "余"]) {
            exceeds = true;
            end = next;
        }
        end = tail(chars, &mut value, &mut measure, end);
    } else if !numeral.more && end > numeral.end && mode == Mode::Text {
        // 多 with nothing countable behind it belongs to the next word (十多年 was read above).
        end = numeral.end;
        exceeds = false;
    }
    Term { value, measure, end, digits: numeral.digits, exceeds }
}

/// What may follow the unit and still belongs to the number: 两年半, 一个半月, 三成五, 八五折.
fn tail(chars: &[char], value: &mut Value, measure: &mut Measure, end: usize) -> usize {
    let Value::One(number) = *value else { return end };
    let Some(standard) = measure.unit().map(|unit| unit.standard) else { return end };
    let plus_half = Decimal::try_from_i128_with_scale(5, 1).ok().and_then(|half| number.checked_add(half));
    match standard {
        "年" if after(chars, end, "半").is_some() => {
            if let Some(sum) = plus_half {
                *value = Value::One(sum);
                return end + 1;
            }
        }
        "个" if after(chars, end, "半").is_some() => {
            if let Some((found, next)) = rate::read(chars, end + 1, measure.power, Mode::Text)
                && let Some(sum) = plus_half
            {
                let month = found.unit().is_some_and(|unit| unit.standard == "月");
                *measure = found;
                if month && let Some(unit) = unit::named("个月") {
                    measure.head = Some(Part::Known(unit));
                }
                *value = Value::One(sum);
                return next;
            }
        }
        "成" => {
            let half = (chars.get(end) == Some(&'半')).then_some(5);
            let digit =
                |glyph: char| numeral::digit(glyph).map(i128::from).or(glyph.to_digit(10).map(i128::from));
            let next = chars.get(end).copied().and_then(digit).or(half);
            if let Some(tenth) = next
                && let Ok(tenth) = Decimal::try_from_i128_with_scale(tenth, 1)
                && let Some(sum) = number.checked_add(tenth)
            {
                *value = Value::One(sum);
                return end + 1;
            }
        }
        "折" if number > Decimal::TEN && number < Decimal::ONE_HUNDRED => {
            if let Some(tenth) = number.checked_div(Decimal::TEN) {
                *value = Value::One(tenth.normalize());
            }
        }
        _ => {}
    }
    end
}
