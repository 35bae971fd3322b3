//! Numbers as printed: digits with separators, 一二三, 壹贰叁 and any mix with 十 百 千 万 亿, as exact decimals.

use super::glyph::{self, after};
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
    /// Two neighbouring digits that say "about": 三四百, 七八个.
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
    Some(mixed(chars, at, None))
}

/// Whether a number may begin with this character.
pub(super) fn is_numeric(glyph: char) -> bool {
    glyph.is_ascii_digit()
        || digit(glyph).is_some()
        || matches!(glyph, '十' | '百' | '千' | '廿' | '卅' | '卌')
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
fn arabic(chars: &[char], at: usize) -> Option<(Option<Decimal>, usize)> {
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
fn mixed(chars: &[char], at: usize, first: Option<(Decimal, usize)>) -> Numeral {
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
    let shortened = shorten(&mut sums, first.is_none());
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
fn shorten(sums: &mut Sums, chinese: bool) -> bool {
    let Some(waiting) = sums.waiting else { return false };
    if !chinese || sums.zero || sums.last_scale < 2 || waiting.is_zero() || waiting >= Decimal::TEN {
        return false;
    }
    if waiting.scale() > 0 {
        return false;
    }
    sums.waiting = waiting.checked_mul(ten_to(sums.last_scale - 1));
    true
}
