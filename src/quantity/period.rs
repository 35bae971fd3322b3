//! Dates, months, quarters and recurring dates as printed, in ISO 8601.
//!
//! A deadline (`12月底前`) is given by the period it ends with (`2021-12`); a recurrence by how often it comes round
//! (`每季度末` is `R/P3M`), as ISO 8601 has no form for "the end of every quarter".

use super::glyph::{after, after_any, skip_blanks};
use super::numeral::{self, Amount, Power};
use super::{Comparator, Kind};
use rust_decimal::Decimal;

/// A point or stretch of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) kind: Kind,
    /// ISO 8601, `None` where a year is needed and unknown.
    pub(super) iso: Option<String>,
    /// The months printed, for [`Kind::Month`].
    pub(super) months: Option<(u32, u32)>,
    /// What 前, 之前, 以后 behind it say.
    pub(super) comparator: Option<Comparator>,
    /// Whether two ends are printed.
    pub(super) range: bool,
    /// Whether a recurrence names a day or an end (每月10日, 每季度末) and not only its interval (每月).
    pub(super) anchored: bool,
    /// Whether nothing but a year is printed.
    pub(super) year_only: bool,
    pub(super) end: usize,
}

/// The parts of one date; each is absent where it isn't printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Date {
    year: Option<u32>,
    /// First and last month of the stretch: equal for a month, three apart for a quarter.
    months: Option<(u32, u32)>,
    day: Option<u32>,
    /// Whether 底, 末, 上旬 … makes it a date although no day is printed.
    part: bool,
    /// Whether it is printed as a month and not as a quarter or half-year.
    month: bool,
}

/// Words for a part of a month, quarter or year.
const PARTS: &[&str] =
    &["月底", "年底", "年末", "季末", "底", "末", "初", "中旬", "上旬", "下旬", "中", "内"];
/// Words that make a date a deadline.
const UNTIL: &[&str] = &["之前", "以前", "前", "止", "为止", "截止", "底前", "末前", "之内", "以内"];
/// Words that make a date a beginning.
const SINCE: &[&str] = &["之后", "以后", "后", "起", "开始"];

/// Reads the date, period or recurrence that begins at `at`. A bare `10月` is none: only its context tells a month
/// of the year from a length of time.
pub(super) fn read(chars: &[char], at: usize, year: Option<i32>) -> Option<Period> {
    if chars.get(at) == Some(&'每') {
        return recurring(chars, at);
    }
    if let Some(period) = years(chars, at).or_else(|| by_day(chars, at)) {
        return Some(period);
    }
    let (first, end) = date(chars, at)?;
    let mut last = first;
    let mut end = end;
    let mut range = first.month && first.months.is_some_and(|(from, to)| from != to);
    if let Some((second, next)) = second(chars, end, &first) {
        last = second;
        end = next;
        range = true;
    }
    let (comparator, end) = bound(chars, end);
    let year_only = first.months.is_none() && !range && !first.part;
    let month_only = first.year.is_none() && first.month && first.day.is_none() && last.day.is_none();
    if month_only && !range && !first.part && comparator.is_none() {
        return None;
    }
    let known = first.year.or_else(|| year.and_then(|year| u32::try_from(year).ok()));
    let iso = known.map(|year| iso(&first, &last, year, range));
    let kind = if month_only { Kind::Month } else { Kind::Date };
    let months = month_only.then(|| Some((first.months?.0, last.months?.1))).flatten();
    Some(Period { kind, iso, months, comparator, range, anchored: true, year_only, end })
}

/// 2021-2025年: one 年 serves both years.
fn years(chars: &[char], at: usize) -> Option<Period> {
    let year = |at| digits(chars, at, 4).filter(|year| (1900..2100).contains(year));
    let first = year(at)?;
    let start = after_any(chars, at + 4, &["-", "~", "至", "到"])?;
    let last = year(start).filter(|last| *last > first)?;
    let end = after(chars, start + 4, "年度").or_else(|| after(chars, start + 4, "年"))?;
    let (comparator, end) = bound(chars, end);
    let iso = Some(format!("{first}/{last}"));
    let (kind, months, range, anchored, year_only) = (Kind::Date, None, true, true, false);
    Some(Period { kind, iso, months, comparator, range, anchored, year_only, end })
}

/// 30日前: by a day of a month that is not printed, so that ISO 8601 has no form for it.
fn by_day(chars: &[char], at: usize) -> Option<Period> {
    let (_, end) = day(chars, at)?;
    let end = after_any(chars, end, &["之前", "以前", "前"])?;
    let (kind, months, range, anchored, year_only) = (Kind::Date, None, false, true, false);
    Some(Period {
        kind,
        iso: None,
        months,
        comparator: Some(Comparator::Le),
        range,
        anchored,
        year_only,
        end,
    })
}

/// The words behind a date.
fn bound(chars: &[char], at: usize) -> (Option<Comparator>, usize) {
    let at = skip_blanks(chars, at);
    if let Some(end) = after_any(chars, at, UNTIL) {
        return (Some(Comparator::Le), end);
    }
    match after_any(chars, at, SINCE) {
        Some(end) => (Some(Comparator::Ge), end),
        None => (None, at),
    }
}

fn date(chars: &[char], at: usize) -> Option<(Date, usize)> {
    if let Some(found) = numeric(chars, at) {
        return Some(found);
    }
    let (year, pos) = match year(chars, at) {
        Some((year, end)) => (Some(year), end),
        None => (None, at),
    };
    let mut date = Date { year, ..Date::default() };
    let pos = skip_blanks(chars, pos);
    if let Some((months, end)) = stretch(chars, pos, year.is_some()) {
        date.months = Some(months);
        date.part = true;
        let end = if months == (12, 12) {
            end
        } else {
            after_any(chars, end, &["末", "底", "初", "内"]).unwrap_or(end)
        };
        return Some((date, end));
    }
    let Some((months, mut end)) = month(chars, pos) else {
        year?;
        return Some((date, pos));
    };
    date.months = Some(months);
    date.month = true;
    let next = skip_blanks(chars, end);
    if let Some((day, next)) = day(chars, next) {
        date.day = Some(day);
        end = next;
    } else if let Some(next) = after_any(chars, next, PARTS) {
        date.part = true;
        end = next;
    }
    Some((date, end))
}

/// 2021-10-31, 2021.10.31, 2021/10, with a year of four digits in front.
fn numeric(chars: &[char], at: usize) -> Option<(Date, usize)> {
    let year = digits(chars, at, 4).filter(|year| (1900..2100).contains(year))?;
    let separator = *chars.get(at + 4)?;
    if !matches!(separator, '-' | '.' | '/') {
        return None;
    }
    let (month, end) = one_or_two(chars, at + 5).filter(|(month, _)| (1..=12).contains(month))?;
    let mut date =
        Date { year: Some(year), months: Some((month, month)), day: None, part: true, month: true };
    if chars.get(end) == Some(&separator)
        && let Some((day, next)) = one_or_two(chars, end + 1).filter(|(day, _)| (1..=31).contains(day))
    {
        date.day = Some(day);
        return Some((date, next));
    }
    // `2021.10` alone is a number as likely as a month, and `2020-143` a document's.
    let next = chars.get(end).copied().unwrap_or(' ');
    let two = end == at + 7;
    (separator == '-' && two && !next.is_ascii_alphanumeric() && next != '号').then_some((date, end))
}

fn digits(chars: &[char], at: usize, count: usize) -> Option<u32> {
    let mut value = 0;
    for glyph in chars.get(at..at + count)? {
        value = value * 10 + glyph.to_digit(10)?;
    }
    (!chars.get(at + count).is_some_and(char::is_ascii_digit)).then_some(value)
}

fn one_or_two(chars: &[char], at: usize) -> Option<(u32, usize)> {
    digits(chars, at, 2)
        .map(|value| (value, at + 2))
        .or_else(|| digits(chars, at, 1).map(|value| (value, at + 1)))
}

/// 2021年, 2021年度, 二〇二一年.
fn year(chars: &[char], at: usize) -> Option<(u32, usize)> {
    let (value, end) = whole(chars, at)?;
    let next = after(chars, end, "年度").or_else(|| after(chars, end, "年"))?;
    (1900..2100).contains(&value).then_some((value, next))
}

/// A small whole number in digits or Chinese, without a power.
fn whole(chars: &[char], at: usize) -> Option<(u32, usize)> {
    let number = numeral::read(chars, at)?;
    let Amount::Exact(value) = number.amount else { return None };
    let plain = number.power == Power::One && !number.more && value.is_integer();
    let value = u32::try_from(value.normalize().mantissa())
        .ok()
        .filter(|_| plain && value.normalize().scale() == 0)?;
    Some((value, skip_blanks(chars, number.end)))
}

/// 第三季度, 四季度末, 上半年, 年底, 全年: the months they stretch over.
fn stretch(chars: &[char], at: usize, after_year: bool) -> Option<((u32, u32), usize)> {
    for (word, months) in [
        ("上半年", (1, 6)),
        ("下半年", (7, 12)),
        ("全年", (1, 12)),
        ("年底", (12, 12)),
        ("年末", (12, 12)),
        ("年内", (1, 12)),
    ] {
        if let Some(end) = after(chars, at, word) {
            return Some((months, end));
        }
    }
    if after_year {
        for (word, months) in [("底", (12, 12)), ("末", (12, 12)), ("初", (1, 1)), ("内", (1, 12))] {
            if let Some(end) = after(chars, at, word) {
                return Some((months, end));
            }
        }
    }
    let ordinal = after(chars, at, "第");
    let (quarter, end) = whole(chars, ordinal.unwrap_or(at))?;
    let end = after(chars, end, "季度")?;
    (1..=4).contains(&quarter).then_some(((quarter * 3 - 2, quarter * 3), end))
}

fn month(chars: &[char], at: usize) -> Option<((u32, u32), usize)> {
    let (first, end) = whole(chars, at).filter(|(month, _)| (1..=12).contains(month))?;
    if let Some(next) = after(chars, end, "月") {
        return Some(((first, first), after(chars, next, "份").unwrap_or(next)));
    }
    // 9-10月份: one 月 serves both ends.
    let next = after_any(chars, end, &["-", "~", "至", "到"])?;
    let (last, end) = whole(chars, skip_blanks(chars, next)).filter(|(month, _)| (1..=12).contains(month))?;
    let end = after(chars, end, "月份").or_else(|| after(chars, end, "月"))?;
    (first < last).then_some(((first, last), end))
}

fn day(chars: &[char], at: usize) -> Option<(u32, usize)> {
    let (day, end) = whole(chars, at).filter(|(day, _)| (1..=31).contains(day))?;
    after_any(chars, end, &["日", "号"]).map(|end| (day, end))
}

/// The other end of a period: `2021年1月至12月`, `1月1日-12月31日`, `2021-2025年`.
fn second(chars: &[char], at: usize, first: &Date) -> Option<(Date, usize)> {
    let start = after_any(chars, skip_blanks(chars, at), &["--", "-", "~", "至", "到"])?;
    let (mut second, end) = date(chars, skip_blanks(chars, start))?;
    if second.year.is_none() {
        second.year = first.year;
    }
    second.months.or(first.months.is_none().then_some((1, 12)))?;
    let key = |date: &Date, end: bool| {
        let months = date.months.unwrap_or((1, 12));
        (date.year.unwrap_or(0), if end { months.1 } else { months.0 }, date.day.unwrap_or(0))
    };
    (key(first, false) < key(&second, true)).then_some((second, end))
}

fn iso(first: &Date, last: &Date, year: u32, range: bool) -> String {
    let from = first.months.map(|months| months.0);
    let to = last.months.map(|months| months.1);
    let last_year = last.year.unwrap_or(year);
    let one = |year: u32, month: Option<u32>, day: Option<u32>| match (month, day) {
        (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        (Some(month), None) => format!("{year:04}-{month:02}"),
        _ => format!("{year:04}"),
    };
    let start = one(year, from, first.day);
    if range || from != to {
        return format!("{start}/{}", one(last_year, to, last.day));
    }
    start
}

/// 每月30日之前, 每季度末, 每年12月底前, 每月: how often it comes round.
fn recurring(chars: &[char], at: usize) -> Option<Period> {
    let (iso, end) = every(chars, at + 1)?;
    let interval = end;
    let mut end = skip_blanks(chars, end);
    if let Some((_, next)) = month(chars, end) {
        end = next;
    }
    if let Some((_, next)) = day(chars, end) {
        end = next;
    }
    if let Some(next) = after_any(chars, end, PARTS) {
        end = next;
    }
    let (comparator, end) = bound(chars, end);
    let anchored = end > interval;
    Some(Period {
        kind: Kind::Date,
        iso,
        months: None,
        comparator,
        range: false,
        anchored,
        year_only: false,
        end,
    })
}

/// The interval after 每.
fn every(chars: &[char], at: usize) -> Option<(Option<String>, usize)> {
    const INTERVALS: &[(&str, u32, char)] = &[
        ("个季度", 3, 'M'),
        ("季度", 3, 'M'),
        ("季", 3, 'M'),
        ("半年", 6, 'M'),
        ("个月", 1, 'M'),
        ("月", 1, 'M'),
        ("年度", 1, 'Y'),
        ("年", 1, 'Y'),
        ("个星期", 1, 'W'),
        ("星期", 1, 'W'),
        ("周", 1, 'W'),
        ("天", 1, 'D'),
        ("日", 1, 'D'),
    ];
    let counted = whole(chars, at).filter(|(count, _)| (1..=60).contains(count));
    let (count, start) = counted.unwrap_or((1, at));
    for (word, length, unit) in INTERVALS {
        if let Some(end) = after(chars, start, word) {
            return Some((Some(format!("R/P{}{unit}", length * count)), end));
        }
    }
    after_any(chars, at, &["学期", "个学期", "学年"]).map(|end| (None, end))
}

/// A length of time in ISO 8601: `P60D`, `PT8H`; `None` for working days and for what ISO 8601 can't say.
pub(super) fn length(value: Decimal, standard: &str) -> Option<String> {
    if value.is_sign_negative() {
        return None;
    }
    let value = value.normalize();
    let months = |count: u32| value.checked_mul(Decimal::from(count)).map(|value| value.normalize());
    Some(match standard {
        "年" => match months(12) {
            Some(count) if !value.is_integer() && count.is_integer() => format!("P{count}M"),
            _ => format!("P{value}Y"),
        },
        "半年" => format!("P{}M", months(6)?),
        "季度" => format!("P{}M", months(3)?),
        "月" | "个月" => format!("P{value}M"),
        "周" => format!("P{value}W"),
        "天" | "日" => format!("P{value}D"),
        "小时" => format!("PT{value}H"),
        "分钟" => format!("PT{value}M"),
        "秒" => format!("PT{value}S"),
        _ => return None,
    })
}
