//! Dates and times as a workbook shows them.

use super::number::{Token, tokens};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::fmt::Write;

/// The last day a workbook can hold: 31 December 9999.
const LAST_DAY: i64 = 2_958_465;
/// Days between the two epochs.
const DAYS_1904: i64 = 1_462;
/// 30 December 1899, as days from 1 January 1970.
const EPOCH: i64 = -25_569;
const SECONDS: i64 = 86_400;
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS: [&str; 7] = ["日", "一", "二", "三", "四", "五", "六"];

/// Whether a section of a format code shows a date or a time: it has their letters and no places for digits.
pub(super) fn is_date(section: &str) -> bool {
    let mut letters = false;
    for token in tokens(section) {
        match token {
            Token::Plain('#' | '?' | '%') => return false,
            Token::Plain('y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S') => letters = true,
            Token::Bracket(inner) if elapsed(&inner).is_some() => letters = true,
            _ => {}
        }
    }
    letters && !section.to_ascii_lowercase().contains("general")
}

/// A serial number as the section shows it; `None` where it is no date.
pub(super) fn show(serial: Decimal, section: &str, epoch_1904: bool) -> Option<String> {
    let seconds = (serial * Decimal::from(SECONDS)).round().to_i64()?;
    let (days, time) = (seconds.div_euclid(SECONDS), seconds.rem_euclid(SECONDS));
    let days = if epoch_1904 { days + DAYS_1904 } else { days };
    if !(0..=LAST_DAY).contains(&days) {
        return None;
    }
    // Excel counts a 29 February 1900 that never was.
    let civil = civil(EPOCH + days + i64::from(days < 60));
    let groups = groups(section);
    let noon = groups.iter().any(|group| matches!(group, Group::Noon(_)));
    let mut shown = String::new();
    for (index, group) in groups.iter().enumerate() {
        match group {
            Group::Text(text) => shown.push_str(text),
            Group::Noon(words) => shown.push_str(if time < SECONDS / 2 { words.0 } else { words.1 }),
            Group::Elapsed(unit) => write!(shown, "{}", (days * SECONDS + time) / unit).ok()?,
            Group::Letters(letter, count) => {
                let part = Part { letter: *letter, count: *count, minutes: is_minutes(&groups, index), noon };
                part.show(&mut shown, civil, days, time)?;
            }
        }
    }
    Some(shown)
}

/// The serial number of a date and time such as `2022-01-31T18:00:00.000`, counted from 1900.
pub(super) fn serial(text: &str) -> Option<f64> {
    let (date, time) = text.trim().split_once('T').unwrap_or((text.trim(), "0:0:0"));
    let date: Vec<i64> = date.splitn(3, '-').map_while(|part| part.parse().ok()).collect();
    let time: Vec<f64> = time.splitn(3, ':').map_while(|part| part.parse().ok()).collect();
    let (&[year @ 0..=9_999, month @ 1..=12, day @ 1..=31], &[hours, minutes, seconds]) =
        (date.as_slice(), time.as_slice())
    else {
        return None;
    };
    let days = from_civil(year, month, day) - EPOCH;
    // The 29 February 1900 that Excel counts.
    let days = i32::try_from(days - i64::from(days < 61)).ok()?;
    Some(f64::from(days) + (hours * 3_600.0 + minutes * 60.0 + seconds) / 86_400.0)
}

/// A piece of a date format.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Group {
    /// `yyyy`, `mm`, `d` …
    Letters(char, usize),
    /// `[h]`: seconds in the unit.
    Elapsed(i64),
    /// The words for the halves of the day.
    Noon((&'static str, &'static str)),
    Text(String),
}

fn elapsed(inner: &str) -> Option<i64> {
    let lower = inner.to_ascii_lowercase();
    let of = |letter: char| !lower.is_empty() && lower.chars().all(|c| c == letter);
    [('h', 3_600), ('m', 60), ('s', 1)].into_iter().find(|(letter, _)| of(*letter)).map(|(_, unit)| unit)
}

fn groups(section: &str) -> Vec<Group> {
    let mut groups = Vec::new();
    let tokens = tokens(section);
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        index += 1;
        match token {
            Token::Literal(text) => groups.push(Group::Text(text.clone())),
            Token::Bracket(inner) => groups.extend(elapsed(inner).map(Group::Elapsed)),
            Token::Plain(c) => {
                let rest: String = tokens[index - 1..].iter().map_while(plain).take(5).collect();
                let noon = [("AM/PM", ("AM", "PM")), ("上午/下午", ("上午", "下午")), ("A/P", ("A", "P"))];
                if let Some((code, words)) = noon.into_iter().find(|(code, _)| rest.starts_with(code)) {
                    groups.push(Group::Noon(words));
                    index += code.chars().count() - 1;
                    continue;
                }
                let lower = c.to_ascii_lowercase();
                match groups.last_mut() {
                    Some(Group::Letters(letter, count)) if *letter == lower => *count += 1,
                    _ if matches!(lower, 'y' | 'm' | 'd' | 'h' | 's' | 'a' | 'e') => {
                        groups.push(Group::Letters(lower, 1));
                    }
                    _ if *c == '@' => {}
                    _ => groups.push(Group::Text(c.to_string())),
                }
            }
        }
    }
    groups
}

fn plain(token: &Token) -> Option<char> {
    match token {
        Token::Plain(c) => Some(*c),
        _ => None,
    }
}

/// Whether `m` at this place stands for minutes: after hours or before seconds.
fn is_minutes(groups: &[Group], index: usize) -> bool {
    let letter = |group: &Group| match group {
        Group::Letters(letter, _) => Some(*letter),
        Group::Elapsed(_) => Some('h'),
        _ => None,
    };
    let before = groups[..index].iter().rev().find_map(letter);
    let after = groups[index + 1..].iter().find_map(letter);
    before == Some('h') || after == Some('s')
}

/// One group of letters.
struct Part {
    letter: char,
    count: usize,
    minutes: bool,
    noon: bool,
}

impl Part {
    fn show(
        &self,
        shown: &mut String,
        (year, month, day): (i64, i64, i64),
        days: i64,
        time: i64,
    ) -> Option<()> {
        let two = |value: i64| if self.count > 1 { format!("{value:02}") } else { value.to_string() };
        let hours = time / 3_600;
        let text = match self.letter {
            'y' if self.count <= 2 => format!("{:02}", year % 100),
            'y' | 'e' => year.to_string(),
            'm' if self.minutes => two(time / 60 % 60),
            'm' if self.count >= 3 => (*MONTHS.get(usize::try_from(month - 1).ok()?)?).to_owned(),
            'm' => two(month),
            'd' | 'a' if self.count >= 3 => {
                let word = WEEKDAYS.get(usize::try_from((days + 6).rem_euclid(7)).ok()?)?;
                if self.count == 3 { (*word).to_owned() } else { format!("星期{word}") }
            }
            'd' => two(day),
            'h' if self.noon => two((hours + 11) % 12 + 1),
            'h' => two(hours),
            's' => two(time % 60),
            _ => return None,
        };
        shown.push_str(&text);
        Some(())
    }
}

/// Year, month and day of a day counted from 1 January 1970 (the proleptic Gregorian calendar, by eras of 400 years).
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// The inverse of [`civil`].
fn from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::super::number::show;
    use super::serial;

    #[test]
    fn dates_as_written_in_xml_are_the_same_serial_numbers() {
        for (text, number) in [
            ("2022-01-01T00:00:00.000", Some(44_562.0)),
            ("2022-01-01T18:00:00.000", Some(44_562.75)),
            ("1900-02-28", Some(59.0)),
            ("1900-03-01", Some(61.0)),
            ("1899-12-31T12:00:00.000", Some(0.5)),
            ("2022-13-01", None),
            ("x", None),
        ] {
            assert_eq!(serial(text), number, "{text}");
        }
    }

    #[test]
    fn dates_and_times_show_as_their_format_says() {
        for (serial, code, shown) in [
            (44_562.0, "yyyy/m/d", "2022/1/1"),
            (44_562.0, "yyyy\"年\"m\"月\"d\"日\";@", "2022年1月1日"),
            (44_562.75, "yyyy-mm-dd hh:mm:ss", "2022-01-01 18:00:00"),
            (44_562.75, "h:mm AM/PM", "6:00 PM"),
            (0.5, "h\"时\"mm\"分\"", "12时00分"),
            (1.5, "[h]:mm", "36:00"),
            (44_562.0, "yyyy\"年\"m\"月\"", "2022年1月"),
            (59.0, "yyyy-m-d", "1900-2-28"),
            (61.0, "yyyy-m-d", "1900-3-1"),
            (44_562.0, "mmm-yy", "Jan-22"),
            (-1.0, "yyyy-m-d", "-1"),
            (9e9, "yyyy-m-d", "9000000000"),
        ] {
            assert_eq!(show(serial, code, false), shown, "{serial} in {code}");
        }
        assert_eq!(show(43_100.0, "yyyy/m/d", true), "2022/1/1");
        assert_eq!(show(44_562.0, "yyyy/m/d aaaa", false), "2022/1/1 星期六");
    }
}
