//! The years a sentence names: the one it speaks of, and the one it compares with.

use regex::Regex;
use std::sync::LazyLock;

/// A year named in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// The year.
    pub year: i32,
    /// Byte offset of the first character of its printed form.
    pub start: usize,
    /// Byte offset after it, `年`, `年度`, `年末` and a date included.
    pub end: usize,
}

static ABSOLUTE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = concat!(
        r"(?:(?:截至|截止|截止到|到|至|在|自|于)\s*)?",
        r"((?:19|20)\d\d|二[〇○零]([〇○零一二三])([〇○零一二三四五六七八九]))年(?:度)?",
        r"(?:(?:\d{1,2}月(?:\d{1,2}日)?)|(?:\d{1,2}[-－—至]\d{1,2}月))?(?:年?[末底初])?(?:止|当年)?"
    );
    Regex::new(pattern).ok()
});

static RELATIVE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = concat!(
        r"(?:截至|截止)?(?:上一?年度?|去年|上年度)(?:[末底]|(?:的|实际|同期)|)",
        r"(预算|决算|执行|支出|收入|完成|实际|固定|末|底|资产)?"
    );
    Regex::new(pattern).ok()
});

/// The last year a text names outside brackets, spans of years (2019-2021年) and 以来 left out.
#[must_use]
pub fn last_named(text: &str) -> Option<Named> {
    // Every year has the word, which is quickly looked for.
    let pattern = ABSOLUTE.as_ref().filter(|_| text.contains('年'))?;
    pattern.captures_iter(text).filter_map(|found| named(text, &found)).last()
}

fn named(text: &str, found: &regex::Captures<'_>) -> Option<Named> {
    let whole = found.get(0)?;
    let digits = found.get(1)?.as_str();
    let year = match digits.parse::<i32>() {
        Ok(year) => year,
        Err(_) => 2000 + 10 * chinese_digit(found.get(2)?.as_str())? + chinese_digit(found.get(3)?.as_str())?,
    };
    let (before, after) = (&text[..whole.start()], &text[whole.end()..]);
    let open = before.matches(['（', '(', '《', '〔', '[']).count();
    let closed = before.matches(['）', ')', '》', '〕', ']']).count();
    let span = before.ends_with(['-', '－', '—', '–', '~', '～', '至'])
        || before.ends_with(|c: char| c.is_ascii_digit());
    let since = ["以来", "以前", "以后", "起"].iter().any(|word| after.starts_with(word));
    (open <= closed && !span && !since).then_some(Named { year, start: whole.start(), end: whole.end() })
}

fn chinese_digit(text: &str) -> Option<i32> {
    let digits = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    if matches!(text, "零" | "○") {
        return Some(0);
    }
    digits.iter().position(|digit| *digit == text).and_then(|at| i32::try_from(at).ok())
}

/// `上年预算`, `去年`, `上年末`: the year before `current`, where the text names it as the time of its figure.
/// 上年结转 and 上年结余 are names of money of this year.
#[must_use]
pub fn year_before(text: &str, current: Option<i32>) -> Option<Named> {
    let found = RELATIVE.as_ref().filter(|_| text.contains('年'))?.captures_iter(text).last()?;
    let (whole, current) = (found.get(0)?, current?);
    let word = found.get(1);
    let ends = word.is_none() && whole.end() == text.len();
    let stands_for_time = ends || word.is_some() || whole.as_str().ends_with(['末', '底', '的', '际', '期']);
    let end = word.map_or(whole.end(), |word| word.start());
    stands_for_time.then_some(Named { year: current - 1, start: whole.start(), end })
}

/// The one year a heading names, if it names exactly one.
#[must_use]
pub fn of_heading(heading: &str) -> Option<i32> {
    let pattern = ABSOLUTE.as_ref()?;
    let mut years: Vec<i32> = pattern
        .captures_iter(heading)
        .filter_map(|found| named(heading, &found))
        .map(|named| named.year)
        .collect();
    years.dedup();
    match years[..] {
        [year] => Some(year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_year_outside_brackets_counts() {
        for (text, year) in [
            ("2021年，我部门", Some(2021)),
            ("截至2019年12月31日，本部门固定资产", Some(2019)),
            ("二〇二一年度预算", Some(2021)),
            ("根据《通知》（冀财社〔2020年〕1号）", None),
            ("2019-2021年累计投入", None),
            ("2018年以来", None),
        ] {
            assert_eq!(last_named(text).map(|named| named.year), year, "{text}");
        }
    }

    #[test]
    fn last_years_carry_over_is_money_of_this_year() {
        assert_eq!(year_before("上年结转", Some(2021)), None);
        assert_eq!(year_before("上年末固定资产金额为", Some(2021)).map(|named| named.year), Some(2020));
        assert_eq!(year_before("上年决算数", Some(2021)).map(|named| named.year), Some(2020));
    }

    #[test]
    fn a_heading_with_two_years_names_none() {
        assert_eq!(of_heading("二、2021年预算草案"), Some(2021));
        assert_eq!(of_heading("2020年执行情况和2021年草案"), None);
    }
}
