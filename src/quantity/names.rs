//! Numbers that name or order things and count nothing: codes, document numbers, ordinals, years, list numbers.

use super::comparator;
use super::glyph::{is_han, skip_blanks, starts_with};
use super::numeral;
use super::period;
use super::reading::{Reading, Value};
use super::unit::Dimension;
use rust_decimal::Decimal;

/// The end of a stretch that holds numbers but no quantity.
pub(super) fn passed_over(chars: &[char], at: usize) -> Option<usize> {
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
    if let Some(end) = document_number(chars, at) {
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

/// 〔2020〕143号 and its many brackets: a year in brackets with the number behind it.
fn document_number(chars: &[char], at: usize) -> Option<usize> {
    matches!(chars.get(at)?, '[' | '(' | '{' | '<').then_some(())?;
    let year = chars.get(at + 1..at + 5)?;
    let named = matches!(year, ['1', '9', ..] | ['2', '0', ..]) && year.iter().all(char::is_ascii_digit);
    let closed = matches!(chars.get(at + 5)?, ']' | ')' | '}' | '>');
    (named && closed).then_some(())?;
    let start = skip_blanks(chars, at + 6);
    Some(start + chars.iter().skip(start).take_while(|glyph| glyph.is_ascii_digit()).count())
}

fn at_currency(chars: &[char], at: usize) -> bool {
    ["RMB", "CNY", "USD", "US$", "HK$", "HKD", "EUR", "GBP", "JPY", "CN¥"]
        .iter()
        .any(|code| starts_with(chars, at, code))
}

/// Whether the character before makes the number a part of a name or a longer number.
pub(super) fn numbered(chars: &[char], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|place| chars.get(place)) else { return false };
    let glyph = chars.get(at).copied().unwrap_or(' ');
    let ranked = *before == '前' && is_rank(chars, at);
    let joined = ranked || matches!(before, '第' | '.' | '_' | '№') || before.is_ascii_alphanumeric();
    let sign = matches!(glyph, '-' | '+' | '.');
    (joined && (numeral::is_numeric(glyph) || sign))
        || (sign && (numeral::is_numeric(*before) || is_han(*before)))
}

/// 前三名, 前10强: a rank and no number of people.
fn is_rank(chars: &[char], at: usize) -> bool {
    numeral::read(chars, at)
        .and_then(|number| chars.get(number.end))
        .is_some_and(|next| matches!(next, '名' | '位' | '强'))
}

/// Whether a number in running text counts something.
pub(super) fn counts(chars: &[char], reading: &Reading) -> bool {
    let next = chars.get(reading.end).copied().unwrap_or(' ');
    let from = matches!(chars.get(reading.start), Some('从' | '介' | '自'));
    let below_zero = chars.get(..reading.start).is_some_and(|before| before.ends_with(&['零', '下']));
    if below_zero || (from && !matches!(reading.value, Value::Range(..))) {
        return false;
    }
    let Some(head) = reading.measure.dimension() else { return is_plain_number(chars, reading, next) };
    if matches!(reading.value, Value::Endless | Value::TooLong) {
        return true;
    }
    if names_time(reading) {
        return false;
    }
    if !reading.digits {
        let length = reading.end - reading.number;
        return matches!(head, Dimension::Money | Dimension::Share | Dimension::Points)
            || length > 1 && chinese_counts(chars, reading, head);
    }
    true
}

/// Whether it names a time and counts none: the year 2021年, 每年3月.
fn names_time(reading: &Reading) -> bool {
    let Some(unit) = reading.measure.unit() else { return false };
    let number =
        |value: Decimal| (Decimal::from(1900)..Decimal::from(2100)).contains(&value) && value.scale() == 0;
    let year = match reading.value {
        Value::One(value) => number(value),
        Value::Range(low, high) => number(low) && number(high),
        Value::Endless | Value::TooLong => false,
    };
    match unit.standard {
        "年" => year || reading.measure.is_rate(),
        "月" | "日" => reading.measure.is_rate(),
        _ => false,
    }
}

/// Whether a Chinese number with a counter counts: 三个 does, 一方面 and 二期 do not.
fn chinese_counts(chars: &[char], reading: &Reading, head: Dimension) -> bool {
    let Value::One(value) = reading.value else { return true };
    let scale = chars.get(reading.number).is_some_and(|glyph| matches!(glyph, '百' | '千'));
    if scale || reading.measure.unit().is_some_and(|unit| unit.standard == "分" && value == Decimal::TEN) {
        return false;
    }
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
    let before = reading.start.checked_sub(1).and_then(|place| chars.get(place)).copied().unwrap_or('\n');
    if matches!(reading.value, Value::Endless) {
        return true;
    }
    if reading.digits {
        let named = before == ' '
            && reading.start > 1
            && chars.get(reading.start - 2).is_some_and(char::is_ascii_alphabetic);
        let foreign = chars.get(skip_blanks(chars, reading.end)).is_some_and(char::is_ascii_alphabetic);
        return !named && !foreign && is_free_number(printed, before, next);
    }
    let power = reading.measure.power != numeral::Power::One;
    if reading.comparator.is_some() && !matches!(reading.value, Value::Range(..)) || power {
        return true;
    }
    let listed = matches!(before, '\n' | '(' | '[' | ' ') && matches!(next, '、' | '.' | ')' | ']');
    let scale = printed.iter().any(|glyph| matches!(glyph, '百' | '千' | '万' | '亿' | '点' | '十' | '廿'));
    let ordinal = matches!(before, '第' | '初' | '老');
    let range = matches!(reading.value, Value::Range(..)) && is_han(next);
    let cut = numeral::digit(next).is_some();
    printed.len() >= 2 && scale && !cut && !listed && !ordinal && !range && !is_word(printed, next)
}

/// Whether digits without a unit stand free: no code, list mark, clock time, telephone or part of a name.
fn is_free_number(printed: &[char], before: char, next: char) -> bool {
    let runs = || printed.split(|glyph| !glyph.is_ascii_digit()).filter(|run| !run.is_empty());
    let grouped = printed.iter().any(|glyph| matches!(glyph, ',' | '，' | '.' | '万' | '亿' | ' '));
    let longest = if is_han(next) { CODE_DIGITS - 1 } else { CODE_DIGITS };
    let code =
        !grouped && runs().any(|run| run.len() >= longest || (run.len() > 1 && run.first() == Some(&'0')));
    let listed = matches!(before, '\n' | '(' | '[' | ' ') && matches!(next, '、' | '.' | ')' | ']');
    let joined =
        next.is_ascii_alphanumeric() || matches!(next, '号' | '-' | ':' | '/' | '条' | '款' | '_' | '.');
    !(code
        || listed
        || joined
        || matches!(before, '-' | ':' | '/' | '[' | '表' | '图' | '件' | '卷' | '例' | '式' | '编'))
}

/// So many digits in a row without a unit are a code: classification codes have five to seven, dates eight.
const CODE_DIGITS: usize = 6;

/// Chinese words that are made of numbers and count nothing.
fn is_word(printed: &[char], next: char) -> bool {
    let text: String = printed.iter().collect();
    matches!(text.as_str(), "千万" | "万一" | "百万" | "十一" | "十五" | "十四") && is_han(next)
        || comparator::following(printed, 0).is_some()
}
