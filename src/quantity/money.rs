//! Sums of money in several units: 5元2角, 三块五, 壹仟零伍元叁角贰分, 壹佰贰拾万元整.

use super::glyph::{after, after_any};
use super::numeral::{self, Amount, Numeral, Power};
use super::rate::Measure;
use super::unit;
use rust_decimal::Decimal;

/// The spellings of the yuan that smaller parts may follow.
const YUAN: &[&str] = &["元", "圆", "块钱", "块"];
/// A tenth of it.
const JIAO: &[&str] = &["角钱", "角", "毛钱", "毛"];
/// A hundredth of it.
const FEN: &[&str] = &["分钱", "分"];
/// What closes a sum written for a cheque.
const CLOSING: &[&str] = &["整", "正"];

/// Reads a sum that goes on after the number in smaller units or ends in 整, as yuan in the number's power.
pub(super) fn read(chars: &[char], numeral: &Numeral) -> Option<(Decimal, Measure, usize)> {
    let Amount::Exact(value) = numeral.amount else { return None };
    if let Some(end) = after_any(chars, numeral.end, JIAO) {
        return jiao(chars, numeral, value, end);
    }
    let end = after_any(chars, numeral.end, YUAN)?;
    let spoken = chars.get(end.wrapping_sub(1)) == Some(&'块');
    if let Some(closed) = after_any(chars, end, CLOSING)
        && !super::glyph::starts_with(chars, end, "正常")
        && !super::glyph::starts_with(chars, end, "整体")
    {
        return Some((value, yuan(numeral.power)?, closed));
    }
    let (cents, end) = smaller(chars, end, spoken)?;
    let sum = value.checked_mul(numeral.power.factor())?.checked_add(cents)?.normalize();
    let end = after_any(chars, end, CLOSING).or_else(|| after(chars, end, "钱")).unwrap_or(end);
    Some((sum, yuan(Power::One)?, end))
}

fn yuan(power: Power) -> Option<Measure> {
    unit::named("元").map(|unit| Measure::of(unit, power))
}

/// 角 and 分 after 元, and the bare digit of 三块五; in yuan.
fn smaller(chars: &[char], at: usize, spoken: bool) -> Option<(Decimal, usize)> {
    let at = after(chars, at, "零").or_else(|| after(chars, at, "〇")).unwrap_or(at);
    let (tenths, mut end) = part(chars, at, JIAO).unwrap_or((None, at));
    let (hundredths, fen_end) =
        part(chars, after(chars, end, "零").unwrap_or(end), FEN).unwrap_or((None, end));
    end = fen_end;
    if tenths.is_none() && hundredths.is_none() {
        let digit = single(chars, at)?;
        let next = chars.get(at + 1).copied().unwrap_or(' ');
        let ends = !next.is_ascii_alphanumeric() && !super::glyph::is_han(next) && next != '.' && next != '%';
        return (spoken || ends).then_some((Decimal::try_from_i128_with_scale(digit, 1).ok()?, at + 1));
    }
    if tenths.is_some()
        && hundredths.is_none()
        && let Some(digit) = single(chars, end)
        && spoken
    {
        let sum = cents(tenths, Some(digit))?;
        return Some((sum, end + 1));
    }
    Some((cents(tenths, hundredths)?, end))
}

fn cents(tenths: Option<i128>, hundredths: Option<i128>) -> Option<Decimal> {
    let total = tenths.unwrap_or(0) * 10 + hundredths.unwrap_or(0);
    Decimal::try_from_i128_with_scale(total, 2).ok()
}

/// One digit with its unit.
fn part(chars: &[char], at: usize, units: &[&str]) -> Option<(Option<i128>, usize)> {
    let number = numeral::read(chars, at)?;
    let Amount::Exact(value) = number.amount else { return None };
    let small = value.is_integer() && value < Decimal::ONE_HUNDRED && number.power == Power::One;
    let end = after_any(chars, number.end, units).filter(|_| small)?;
    Some((Some(value.normalize().mantissa()), end))
}

fn single(chars: &[char], at: usize) -> Option<i128> {
    let glyph = *chars.get(at)?;
    numeral::digit(glyph).map(i128::from).or_else(|| glyph.to_digit(10).map(i128::from))
}

/// 五角, 两毛五, 5角2分: sums below one yuan, in 角 unless 分 follows.
fn jiao(chars: &[char], numeral: &Numeral, value: Decimal, end: usize) -> Option<(Decimal, Measure, usize)> {
    let (Some(hundredths), end) = part(chars, end, FEN).or_else(|| {
        let digit = single(chars, end)?;
        (chars.get(end.wrapping_sub(1)) == Some(&'毛')).then_some((Some(digit), end + 1))
    })?
    else {
        return None;
    };
    let tenth = value.checked_mul(numeral.power.factor())?.checked_div(Decimal::TEN)?;
    let sum = tenth.checked_add(Decimal::try_from_i128_with_scale(hundredths, 2).ok()?)?.normalize();
    Some((sum, yuan(Power::One)?, end))
}
