//! Quantities inside running text, with their places; numbers that name or order things are passed over.

use super::assemble;
use super::comparator;
use super::glyph::{fold_all, is_han, skip_blanks, starts_with};
use super::numeral;
use super::period::{self, Period};
use super::rate::Mode;
use super::reading::{self, Reading, Value};
use super::unit::Dimension;
use super::{Context, Found, Quantity};
use rust_decimal::Decimal;

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

    /// The reading as a quantity.
    pub(super) fn quantity(&self, text: String, chars: &[char], context: &Context) -> Quantity {
        match &self.what {
            What::Number(reading) => assemble::quantity(text, chars, reading, context),
            What::Date(period) => assemble::dated(text, period.clone(), None),
        }
    }
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

/// The place after a character that begins no quantity; a run of digits is left as a whole.
fn after_word(chars: &[char], at: usize) -> usize {
    let digits = |glyph: &char| glyph.is_ascii_digit();
    match chars.get(at) {
        Some(glyph) if digits(glyph) => at + chars.iter().skip(at).take_while(|glyph| digits(glyph)).count(),
        _ => at + 1,
    }
}

/// The end of a stretch that holds numbers but no quantity.
fn passed_over(chars: &[char], at: usize) -> Option<usize> {
    let glyph = *chars.get(at)?;
    if glyph.is_ascii_alphabetic() && !at_currency(chars, at) {
        let end = at
            + chars
                .iter()
                .skip(at)
                .take_while(|glyph| glyph.is_ascii_alphanumeric() || matches!(glyph, '.' | '_' | '-'))
                .count();
        return Some(end);
    }
    if glyph == '第' {
        if period::read(chars, at, None).is_some() {
            return None;
        }
        let number = numeral::read(chars, skip_blanks(chars, at + 1))?;
        return Some(number.end);
    }
    None
}

fn at_currency(chars: &[char], at: usize) -> bool {
    ["RMB", "CNY", "USD", "US$", "HK$", "HKD", "EUR", "GBP", "JPY", "CN¥"]
        .iter()
        .any(|code| starts_with(chars, at, code))
}

/// The quantity or date that begins at this place.
fn place(chars: &[char], at: usize, context: &Context) -> Option<Place> {
    let glyph = *chars.get(at)?;
    let opens = numeral::is_numeric(glyph) || OPENERS.contains(&glyph);
    if !opens || numbered(chars, at) {
        return None;
    }
    if let Some(period) = period::read(chars, at, context.year)
        && is_date(chars, at, &period)
    {
        return Some(Place { start: at, end: period.end, what: What::Date(period) });
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

fn is_date(chars: &[char], at: usize, period: &Period) -> bool {
    let every = chars.get(at) == Some(&'每');
    // 每月 before a number is the denominator of a rate; with a day or an end it is a date.
    let plain = every
        && period.comparator.is_none()
        && !matches!(chars.get(period.end.wrapping_sub(1)), Some('日' | '号' | '末' | '底' | '初'));
    let bare_word =
        chars.get(at) == Some(&'全') || (chars.get(at) == Some(&'年') && period.comparator.is_none());
    !plain && !bare_word
}

/// Whether the character before makes the number a part of a name or a longer number.
fn numbered(chars: &[char], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|place| chars.get(place)) else { return false };
    let glyph = chars.get(at).copied().unwrap_or(' ');
    let joined = matches!(before, '第' | '.' | '_' | '№') || before.is_ascii_alphanumeric();
    let sign = matches!(glyph, '-' | '+' | '.');
    (joined && (numeral::is_numeric(glyph) || sign))
        || (sign && (numeral::is_numeric(*before) || is_han(*before)))
}

/// Whether a number in running text counts something.
fn counts(chars: &[char], reading: &Reading) -> bool {
    let next = chars.get(reading.end).copied().unwrap_or(' ');
    let Some(head) = reading.measure.dimension() else { return is_plain_number(chars, reading, next) };
    if matches!(reading.value, Value::Endless | Value::TooLong) {
        return true;
    }
    if !reading.digits {
        let length = reading.end - reading.number;
        return matches!(head, Dimension::Money | Dimension::Share | Dimension::Points)
            || length > 1 && chinese_counts(chars, reading, head);
    }
    true
}

/// Whether a Chinese number with a counter counts: 三个 does, 一方面 and 二期 do not.
fn chinese_counts(chars: &[char], reading: &Reading, head: Dimension) -> bool {
    let Value::One(value) = reading.value else { return true };
    if value >= Decimal::TEN || !value.is_integer() {
        return head != Dimension::Noun;
    }
    let standard = reading.measure.unit().map_or("", |unit| unit.standard);
    let before = reading.number.checked_sub(1).and_then(|place| chars.get(place)).copied().unwrap_or(' ');
    if matches!(before, '第' | '十' | '百' | '初' | '星' | '周') || numeral::digit(before).is_some() {
        return false;
    }
    match head {
        Dimension::Time => !matches!(standard, "月" | "日"),
        Dimension::Count => COUNTED.contains(&standard),
        Dimension::Noun | Dimension::Data => false,
        _ => true,
    }
}

/// Counters that a single Chinese digit before them counts, and does not order.
const COUNTED: &[&str] = &[
    "个", "人", "名", "位", "次", "项", "件", "份", "本", "张", "场", "台", "套", "辆", "户", "家", "座",
    "条", "笔", "篇", "批", "所", "间", "人次", "倍", "起", "例", "处", "支", "只", "头", "棵", "株", "幅",
    "块", "册", "艘", "架",
];

/// Whether a number without a unit is a number at all, and no code, year, list mark or telephone.
fn is_plain_number(chars: &[char], reading: &Reading, next: char) -> bool {
    let printed = chars.get(reading.number..reading.end).unwrap_or_default();
    if reading.comparator.is_some() || reading.measure.power != numeral::Power::One {
        return !next.is_ascii_alphanumeric();
    }
    if matches!(reading.value, Value::Endless) {
        return true;
    }
    let before = reading.start.checked_sub(1).and_then(|place| chars.get(place)).copied().unwrap_or('\n');
    if reading.digits {
        let digits = printed.iter().filter(|glyph| glyph.is_ascii_digit()).count();
        let plain = printed.iter().all(char::is_ascii_digit);
        let code = plain && (digits >= 6 || (digits > 1 && printed.first() == Some(&'0')));
        let listed = matches!(before, '\n' | '(' | '[') && matches!(next, '、' | '.' | ')' | ']');
        let joined =
            next.is_ascii_alphanumeric() || matches!(next, '号' | '-' | ':' | '/' | '条' | '款' | '_' | '.');
        return !(code || listed || joined || matches!(before, '-' | ':' | '/' | '['));
    }
    let scale = printed.iter().any(|glyph| matches!(glyph, '百' | '千' | '万' | '亿' | '点' | '十' | '廿'));
    printed.len() >= 2 && scale && !is_word(printed, next) && !matches!(before, '第' | '初' | '老')
}

/// Chinese words that are made of numbers and count nothing.
fn is_word(printed: &[char], next: char) -> bool {
    let text: String = printed.iter().collect();
    matches!(text.as_str(), "千万" | "万一" | "百万" | "十一" | "十五" | "十四") && is_han(next)
        || comparator::following(printed, 0).is_some()
}
