//! Numbers written with scale words: 一百二十万三千, 5千3百, 1亿2000万, 一万三.

use super::numeral::{Amount, MAX_DIGITS, Numeral, Power, arabic, digit, ten_to};
use rust_decimal::Decimal;

/// The running sums of a number written with scale words.
struct Sums {
    /// What stands before the last 亿 or 万, in ones.
    total: Option<Decimal>,
    /// What is collected since then.
    section: Decimal,
    /// A digit or a run of digits that waits for its scale word.
    waiting: Option<Decimal>,
    /// The last scale word, for 一万三 and 一百五.
    last_scale: u32,
    power: Power,
    /// Whether 零 stood before the waiting digit.
    zero: bool,
}

impl Sums {
    fn scale(&mut self, exponent: u32) -> Option<()> {
        let count = self.waiting.take().unwrap_or(Decimal::ONE);
        self.section = self.section.checked_add(count.checked_mul(ten_to(exponent))?)?;
        self.last_scale = exponent;
        self.power = Power::One;
        Some(())
    }

    fn large(&mut self, power: Power) -> Option<()> {
        let section = self.section.checked_add(self.waiting.take().unwrap_or_default())?;
        let before = self.total.unwrap_or_default();
        self.total = Some(match power {
            // 万 closes its own section only: 1亿2000万 is one hundred and twenty million.
            Power::Wan => before.checked_add(section.checked_mul(power.factor())?)?,
            _ => before.checked_add(section)?.checked_mul(ten_to(8))?,
        });
        self.power = if power == Power::Yi && self.power == Power::Wan { Power::WanYi } else { power };
        self.section = Decimal::ZERO;
        self.last_scale = power.exponent();
        Some(())
    }

    fn sum(&self) -> Option<Decimal> {
        let waiting = self.waiting.unwrap_or_default();
        self.total.unwrap_or_default().checked_add(self.section)?.checked_add(waiting)
    }
}

/// A number with scale words, Chinese or after digits (`5千3百`, `1亿2000万`).
pub(super) fn mixed(chars: &[char], at: usize, first: Option<(Decimal, usize)>) -> Numeral {
    let mut sums = Sums {
        total: None,
        section: Decimal::ZERO,
        waiting: first.map(|(value, _)| value),
        last_scale: 0,
        power: Power::One,
        zero: false,
    };
    let mut end = first.map_or(at, |(_, end)| end);
    let mut more = false;
    let mut overflow = false;
    while let Some(&glyph) = chars.get(end) {
        let blank = glyph == ' ' && matches!(chars.get(end + 1), Some('万' | '亿')) && sums.waiting.is_some();
        let step = if blank { Some(()) } else { step(chars, end, &mut sums, &mut overflow) };
        if step.is_none() {
            if !more && let Some(next) = more_before_power(chars, end) {
                more = true;
                end = next;
                continue;
            }
            break;
        }
        end = advance(chars, end);
    }
    let shortened = shorten(&mut sums);
    let mut amount = Amount::TooLong;
    if !overflow && let Some(sum) = sums.sum() {
        let power = if sums.waiting.is_none() { sums.power } else { Power::One };
        sums.power = power;
        let value = sum.checked_div(power.factor()).map(|value| value.normalize());
        amount = value.map_or(Amount::TooLong, Amount::Exact);
    }
    if shortened {
        sums.power = Power::One;
    }
    Numeral { amount, power: sums.power, end, digits: first.is_some(), more }
}

/// The end of one step of [`mixed`]: a decimal tail and a run of digits are taken as a whole.
fn advance(chars: &[char], at: usize) -> usize {
    match chars.get(at) {
        Some('点') => {
            at + 1 + chars.iter().skip(at + 1).take_while(|&&glyph| digit(glyph).is_some()).count()
        }
        Some(glyph) if glyph.is_ascii_digit() => arabic(chars, at).map_or(at + 1, |(_, end)| end),
        _ => at + 1,
    }
}

/// Takes in one character; `None` where the number ends.
fn step(chars: &[char], at: usize, sums: &mut Sums, overflow: &mut bool) -> Option<()> {
    let glyph = *chars.get(at)?;
    let next = chars.get(at + 1).copied().unwrap_or(' ');
    let fits = match glyph {
        '百' if matches!(next, '分') => return None,
        '千' if matches!(next, '克' | '米' | '瓦' | '卡' | '伏' | '焦' | '分') && sums.last_scale == 0 =>
        {
            return None;
        }
        // 3.5亿千瓦时: after a larger power a bare 千 begins the next word.
        '百' | '千' if sums.waiting.is_none() && sums.last_scale > 0 => return None,
        '十' => sums.scale(1),
        '百' => sums.scale(2),
        '千' => sums.scale(3),
        '廿' if sums.waiting.is_none() => tens(sums, 20),
        '卅' if sums.waiting.is_none() => tens(sums, 30),
        '卌' if sums.waiting.is_none() => tens(sums, 40),
        '万' | '亿' if !starts_large(sums) => return None,
        '万' => sums.large(Power::Wan),
        '亿' => sums.large(Power::Yi),
        '点' if digit(next).is_some() => decimals(chars, at, sums),
        '零' | '〇' if sums.waiting.is_none() => {
            sums.zero = true;
            if sums.total.is_none() && sums.section.is_zero() {
                sums.waiting = Some(Decimal::ZERO);
            }
            Some(())
        }
        _ if sums.waiting.is_some_and(|waiting| !waiting.is_zero()) => return None,
        _ if glyph.is_ascii_digit() && (sums.last_scale > 0) => {
            let (value, _) = arabic(chars, at)?;
            sums.waiting = value;
            value.map(|_| ())
        }
        _ => {
            sums.waiting = Some(Decimal::from(digit(glyph)?));
            Some(())
        }
    };
    if fits.is_none() {
        *overflow = true;
    }
    Some(())
}

/// Whether something stands before 万 or 亿 that it can multiply.
fn starts_large(sums: &Sums) -> bool {
    sums.waiting.is_some() || !sums.section.is_zero() || sums.power == Power::Wan
}

fn tens(sums: &mut Sums, value: u32) -> Option<()> {
    sums.section = sums.section.checked_add(Decimal::from(value))?;
    sums.last_scale = 1;
    Some(())
}

fn decimals(chars: &[char], at: usize, sums: &mut Sums) -> Option<()> {
    let mut mantissa: i128 = 0;
    let mut scale = 0;
    for value in chars.iter().skip(at + 1).map_while(|&glyph| digit(glyph)).take(MAX_DIGITS + 1) {
        mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(value))?;
        scale += 1;
    }
    let fraction = Decimal::try_from_i128_with_scale(mantissa, scale).ok()?;
    sums.waiting = Some(sums.waiting.unwrap_or_default().checked_add(fraction)?);
    Some(())
}

/// 500多万, 三千余万: the word stands between the number and its power.
fn more_before_power(chars: &[char], at: usize) -> Option<usize> {
    let next = chars.get(at + 1)?;
    (matches!(chars.get(at)?, '多' | '余' | '几') && matches!(next, '万' | '亿')).then_some(at + 1)
}

/// 一万三 is thirteen thousand, 一百五 a hundred and fifty: a last digit without 零 belongs one place below.
fn shorten(sums: &mut Sums) -> bool {
    let Some(waiting) = sums.waiting else { return false };
    if sums.zero || sums.last_scale < 2 || waiting.is_zero() || waiting >= Decimal::TEN {
        return false;
    }
    if waiting.scale() > 0 {
        return false;
    }
    sums.waiting = waiting.checked_mul(ten_to(sums.last_scale - 1));
    true
}
