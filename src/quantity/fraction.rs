//! Shares and fractions in words and signs: 百分之五十, 千分之三, 三分之二, 2/3, 对折, 一半.

use super::glyph::{after, skip_blanks};
use super::numeral::{self, Amount, Power};
use super::unit::{self, Unit};
use rust_decimal::Decimal;

/// A share that is not written as a number with a unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Share {
    /// So many hundredths, thousandths or ten-thousandths.
    Of(&'static Unit, Decimal),
    /// A quotient that a decimal holds exactly.
    Exact(Decimal),
    /// A quotient that no decimal holds.
    Endless,
}

/// Reads the share that begins at `at`, with the place after it.
pub(super) fn read(chars: &[char], at: usize) -> Option<(Share, usize)> {
    words(chars, at).or_else(|| slash(chars, at))
}

/// The most places after the point that a printed fraction of ordinary numbers needs.
const MAX_PLACES: u32 = 20;

/// The words that name a power of ten below the line.
const PARTS: &[(&str, &str)] = &[("百分之", "%"), ("千分之", "‰"), ("万分之", "‱")];

fn words(chars: &[char], at: usize) -> Option<(Share, usize)> {
    for (word, standard) in PARTS {
        let Some(start) = after(chars, at, word) else { continue };
        let start = skip_blanks(chars, start);
        let unit = unit::named(standard)?;
        if chars.get(start) == Some(&'百') && *standard == "%" {
            return Some((Share::Of(unit, Decimal::ONE_HUNDRED), start + 1));
        }
        let number = numeral::read(chars, start)?;
        let Amount::Exact(value) = number.amount else { return None };
        return Some((Share::Of(unit, value.checked_mul(number.power.factor())?), number.end));
    }
    let below = numeral::read(chars, at)?;
    let start = after(chars, below.end, "分之").or_else(|| after(chars, below.end, "又"))?;
    let above = numeral::read(chars, start)?;
    let scaled = |number: numeral::Numeral| match number.amount {
        Amount::Exact(value) => value.checked_mul(number.power.factor()),
        _ => None,
    };
    if chars.get(start - 1) == Some(&'又') {
        let part = numeral::read(chars, start)?;
        let whole_part = numeral::read(chars, after(chars, part.end, "分之")?)?;
        let end = whole_part.end;
        let Share::Exact(rest) = quotient(scaled(whole_part)?, scaled(part)?)? else { return None };
        return Some((Share::Exact(scaled(below)?.checked_add(rest)?), end));
    }
    let end = above.end;
    Some((quotient(scaled(above)?, scaled(below)?)?, end))
}

/// Digits on both sides of a stroke, with nothing that makes a date or a path of it.
fn slash(chars: &[char], at: usize) -> Option<(Share, usize)> {
    let above = numeral::read(chars, at)?;
    if !above.digits || above.power != Power::One || chars.get(above.end) != Some(&'/') {
        return None;
    }
    let below = numeral::read(chars, above.end + 1)?;
    let next = chars.get(below.end).copied().unwrap_or(' ');
    if !below.digits || below.power != Power::One || next == '/' || next.is_ascii_alphanumeric() {
        return None;
    }
    let (Amount::Exact(over), Amount::Exact(under)) = (above.amount, below.amount) else { return None };
    (over.abs() < under && over.is_integer()).then_some(())?;
    Some((quotient(over, under)?, below.end))
}

fn quotient(over: Decimal, under: Decimal) -> Option<Share> {
    let quotient = over.checked_div(under)?.normalize();
    // An endless quotient fills all places a decimal has; multiplied back it may round to the dividend again.
    let exact = quotient.scale() <= MAX_PLACES && quotient.checked_mul(under)? == over;
    Some(if exact { Share::Exact(quotient) } else { Share::Endless })
}
