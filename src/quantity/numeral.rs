//! Numbers as printed: digits with separators, 一二三, 壹贰叁 and any mix with 十 百 千 万 亿, as exact decimals.

use super::glyph::{self, after};
use super::mixed::mixed;
use rust_decimal::Decimal;

/// The most digits a number may have; `Decimal` holds any number of 28 digits exactly.
pub const MAX_DIGITS: usize = 28;

/// The power of ten that is printed after a number and carried into its unit: 万元, 亿元.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) enum Power {
    #[default]
    One,
    Wan,
    Yi,
    WanYi,
}

impl Power {
    /// As it is printed.
    pub(super) fn printed(self) -> &'static str {
        match self {
            Power::One => "",
            Power::Wan => "万",
            Power::Yi => "亿",
            Power::WanYi => "万亿",
        }
    }

    /// The exponent of ten.
    pub(super) fn exponent(self) -> u32 {
        match self {
            Power::One => 0,
            Power::Wan => 4,
            Power::Yi => 8,
            Power::WanYi => 12,
        }
    }

    /// The power of ten itself.
    pub(super) fn factor(self) -> Decimal {
        ten_to(self.exponent())
    }
}

/// What stands where a number is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Amount {
    /// One number.
    Exact(Decimal),
    /// Two neighbouring digits that say "about" (三四百, 七八个), or both sides of nought (±5).
    Span(Decimal, Decimal),
    /// More digits than a decimal holds.
    TooLong,
}

/// A number as printed, in units of its trailing power: 34908.37万 is 34908.37 and [`Power::Wan`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numeral {
    pub(super) amount: Amount,
    pub(super) power: Power,
    /// The place after its last character.
    pub(super) end: usize,
    /// Whether it is written in digits (`12`, `３`) and not in Chinese numerals alone.
    pub(super) digits: bool,
    /// Whether 多, 余, 几 follows the number: it is more than that.
    pub(super) more: bool,
}

/// Ten to a small power.
pub(super) fn ten_to(exponent: u32) -> Decimal {
    Decimal::try_from_i128_with_scale(10_i128.pow(exponent.min(27)), 0).unwrap_or(Decimal::ONE)
}

/// Reads the number that begins at `at`, or `None` where none does.
pub(super) fn read(chars: &[char], at: usize) -> Option<Numeral> {
    if chars.get(at) == Some(&'±') {
        // ±5% is a span around nought.
        let numeral = read_unsigned(chars, glyph::skip_blanks(chars, at + 1))?;
        let Amount::Exact(value) = numeral.amount else { return None };
        return Some(Numeral { amount: Amount::Span(-value, value), ..numeral });
    }
    let (negative, start) = sign(chars, at);
    let mut numeral = read_unsigned(chars, start)?;
    if negative {
        numeral.amount = match numeral.amount {
            Amount::Exact(value) => Amount::Exact(-value),
            Amount::Span(low, high) => Amount::Span(-high, -low),
            Amount::TooLong => Amount::TooLong,
        };
    }
    Some(numeral)
}

fn sign(chars: &[char], at: usize) -> (bool, usize) {
    match chars.get(at) {
        Some('-' | '负' | '負') => (true, at + 1),
        Some('+' | '正') if chars.get(at + 1).is_some_and(|&next| is_numeric(next)) => (false, at + 1),
        _ => (false, at),
    }
}

fn read_unsigned(chars: &[char], at: usize) -> Option<Numeral> {
    let first = *chars.get(at)?;
    if first.is_ascii_digit() || first == '.' {
        let (decimal, end) = arabic(chars, at)?;
        let Some(value) = decimal else {
            return Some(Numeral {
                amount: Amount::TooLong,
                power: Power::One,
                end,
                digits: true,
                more: false,
            });
        };
        return Some(mixed(chars, at, Some((value, end))));
    }
    if let Some(numeral) = span(chars, at) {
        return Some(numeral);
    }
    if digit(first).is_none() && !matches!(first, '十' | '百' | '千' | '廿' | '卅' | '卌') {
        return None;
    }
    if let Some(numeral) = positional(chars, at) {
        return Some(numeral);
    }
    Some(mixed(chars, at, None)).filter(|numeral| numeral.end > at)
}

/// Whether a number may begin with this character.
pub(super) fn is_numeric(glyph: char) -> bool {
    glyph.is_ascii_digit()
        || digit(glyph).is_some()
        || matches!(glyph, '十' | '百' | '千' | '廿' | '卅' | '卌')
}

/// Whether a number word says only "many": 数百, 几千, 上万, 成百上千.
pub(super) fn is_vague(chars: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|place| chars.get(place));
    matches!(chars.get(at), Some('十' | '百' | '千' | '万' | '亿'))
        && matches!(before, Some('数' | '几' | '上' | '成' | '若' | '好' | '百' | '过'))
}

/// The value of one Chinese digit, plain or financial.
pub(super) fn digit(glyph: char) -> Option<u8> {
    Some(match glyph {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Digits with thousands separators and a decimal point. The inner `None` means too many digits.
pub(super) fn arabic(chars: &[char], at: usize) -> Option<(Option<Decimal>, usize)> {
    let mut mantissa: i128 = 0;
    let mut digits = 0;
    let mut scale = 0;
    let mut end = at;
    let mut point = false;
    while let Some(&glyph) = chars.get(end) {
        if let Some(value) = glyph.to_digit(10) {
            if digits > 0 || value > 0 {
                digits += 1;
            }
            if digits <= MAX_DIGITS {
                mantissa = mantissa * 10 + i128::from(value);
            }
            scale += u32::from(point);
            end += 1;
        } else if glyph == '.' && !point && chars.get(end + 1).is_some_and(char::is_ascii_digit) {
            point = true;
            end += 1;
        } else if !point && end > at && separates_thousands(chars, at, end) {
            end += 1;
        } else {
            break;
        }
    }
    if end == at || (point && end == at + 1) {
        return None;
    }
    if digits > MAX_DIGITS {
        return Some((None, end));
    }
    Some((Decimal::try_from_i128_with_scale(mantissa, scale).ok(), end))
}

/// Whether the character at `at` parts thousands: one to three digits stand before it and exactly three after it.
fn separates_thousands(chars: &[char], start: usize, at: usize) -> bool {
    let Some(&separator) = chars.get(at) else { return false };
    if !matches!(separator, ',' | '，' | ' ' | '\'') {
        return false;
    }
    let run =
        |from: usize| chars.iter().skip(from).take(4).take_while(|glyph| glyph.is_ascii_digit()).count();
    let first = run(start);
    let three = run(at + 1) == 3;
    let aligned = first <= 3 && (at - start - first).is_multiple_of(4);
    // A full-width comma and a blank also part the members of a list, so that only an unmistakable group is joined.
    let same = at == start + first || chars.get(at - 4) == Some(&separator);
    let sure = separator == ',' || separator == '\'' || chars.get(start) != Some(&'0');
    three && aligned && same && sure
}

/// 三四百, 七八个, 十五六: two neighbouring digits name both ends of a span.
fn span(chars: &[char], at: usize) -> Option<Numeral> {
    let ten = chars.get(at) == Some(&'十');
    let start = if ten { at + 1 } else { at };
    let low = digit(*chars.get(start)?)?;
    let high = digit(*chars.get(start + 1)?)?;
    let next = chars.get(start + 2).copied().unwrap_or(' ');
    let neighbours = low > 0 && (high == low + 1 || (low == 3 && high == 5));
    if !neighbours || digit(next).is_some() || matches!(next, '.' | '点' | '分' | '年' | '折') {
        return None;
    }
    let (scale, power, end) = match next {
        '十' if !ten => (10, Power::One, start + 3),
        '百' if !ten => (100, Power::One, start + 3),
        '千' if !ten => (1000, Power::One, start + 3),
        _ => (1, Power::One, start + 2),
    };
    let (power, end) = match trailing_power(chars, end) {
        Some(found) => found,
        None => (power, end),
    };
    if scale == 1 && power == Power::One && !chars.get(end).is_some_and(|&glyph| glyph::is_han(glyph)) {
        return None;
    }
    let tens = if ten { 10 } else { 0 };
    let value = |digit: u8| Decimal::from(u32::from(digit) * scale + tens);
    Some(Numeral { amount: Amount::Span(value(low), value(high)), power, end, digits: false, more: false })
}

/// 二〇二一: two or more digits without a scale word are read by position.
fn positional(chars: &[char], at: usize) -> Option<Numeral> {
    let length = chars.iter().skip(at).take_while(|&&glyph| digit(glyph).is_some()).count();
    let follower = chars.get(at + length).copied().unwrap_or(' ');
    if length < 2 || matches!(follower, '十' | '百' | '千') || chars.get(at) == Some(&'零') && length == 2
    {
        return None;
    }
    let mut end = at + length;
    let mut places = 0;
    if follower == '点' && chars.get(end + 1).is_some_and(|&glyph| digit(glyph).is_some()) {
        places = chars.iter().skip(end + 1).take_while(|&&glyph| digit(glyph).is_some()).count();
        end += 1 + places;
    }
    let amount = if length + places > MAX_DIGITS {
        Amount::TooLong
    } else {
        let digits = chars.iter().take(end).skip(at).filter_map(|&glyph| digit(glyph));
        let mantissa = digits.fold(0_i128, |sum, value| sum * 10 + i128::from(value));
        let scale = u32::try_from(places).unwrap_or(u32::MAX);
        Decimal::try_from_i128_with_scale(mantissa, scale).map_or(Amount::TooLong, Amount::Exact)
    };
    let (power, end) = trailing_power(chars, end).unwrap_or((Power::One, end));
    Some(Numeral { amount, power, end, digits: false, more: false })
}

fn trailing_power(chars: &[char], at: usize) -> Option<(Power, usize)> {
    if let Some(end) = after(chars, at, "万亿") {
        return Some((Power::WanYi, end));
    }
    match chars.get(at)? {
        '万' => Some((Power::Wan, at + 1)),
        '亿' => Some((Power::Yi, at + 1)),
        _ => None,
    }
}
