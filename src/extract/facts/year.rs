//! Finds the fiscal year: the year that is budgeted for, or accounted for.

use super::evidence::Evidence;
use crate::record::DocumentKind;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Departments began to disclose in 2008; a plausible year lies between these.
const YEARS: std::ops::RangeInclusive<i32> = 2005..=2040;
/// Bytes between a year and the word 预算 or 决算 that belongs to it.
const REACH: usize = 60;

/// A year as printed: 2021年, 2021-2023年, 二〇二一年, and in titles 24年.
static YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<range>(?:20\d\d)年?度?[-—－–~～至到]+(?:20)?\d\d年)|(?P<full>20\d\d)(?P<date>年\d{1,2}月)?",
        r"|(?P<word>[二2][〇○零ОO0o][一二三四五六七八九〇○零]{2})年|(?P<short>[12]\d)年"
    ))
    .ok()
});

/// A year and where it stands.
#[derive(Debug, Clone, Copy)]
struct Found {
    year: i32,
    start: usize,
    end: usize,
    /// Part of a full date, which tells when something was said rather than what it is about.
    dated: bool,
}

/// The fiscal year; none where nothing states it.
#[must_use]
pub fn read(title: &str, kind: DocumentKind, evidence: &Evidence<'_>) -> Option<i32> {
    let word = account_word(kind);
    in_title(title, word)
        .or_else(|| in_front(evidence, word))
        .or_else(|| voted(evidence.text(), word))
        .or_else(|| in_path(evidence, word))
        .or_else(|| most_frequent(evidence.text()))
}

fn account_word(kind: DocumentKind) -> Option<&'static str> {
    match kind {
        DocumentKind::DepartmentFinalAccount
        | DocumentKind::UnitFinalAccount
        | DocumentKind::GovernmentFinalAccount => Some("决算"),
        DocumentKind::DepartmentBudget | DocumentKind::UnitBudget | DocumentKind::GovernmentBudget => {
            Some("预算")
        }
        DocumentKind::ProjectPerformance | DocumentKind::Other => None,
    }
}

/// The year that a title or a name speaks of: the one before the account's word, else any.
fn in_title(title: &str, word: Option<&str>) -> Option<i32> {
    let plain = || years(title).into_iter().filter(|found| !found.dated).map(|found| found.year);
    let any = || if word == Some("决算") { plain().min() } else { plain().max() };
    before_word(title, word).or_else(any)
}

/// The year nearest before the word that names the account; of several budgets the latest.
fn before_word(title: &str, word: Option<&str>) -> Option<i32> {
    let word = word?;
    let years = years(title);
    let before = |at: usize| years.iter().rev().find(|found| found.end <= at && !found.dated);
    let places = title.match_indices(word).filter(|(at, word)| !title[at + word.len()..].starts_with("执行"));
    let named = places.filter_map(|(at, _)| before(at).map(|found| found.year));
    if word == "决算" { named.min() } else { named.max() }
}

/// A year on a line of the cover: alone, in brackets, or with the account's word.
fn in_front(evidence: &Evidence<'_>, word: Option<&str>) -> Option<i32> {
    let mut cover = evidence.front.iter().filter(|line| line.display && line.text.chars().count() <= 40);
    cover.find_map(|line| {
        let bare = line.text.trim_matches(['（', '）', '(', ')']);
        let alone = bare.ends_with("年度") && bare.chars().count() <= 6;
        if alone { in_title(bare, None) } else { before_word(&line.text, word) }
    })
}

/// The year that most often stands right before the account's word; the later one of equals.
fn voted(text: &str, word: Option<&str>) -> Option<i32> {
    let Some(word) = word else { return in_brackets(text) };
    let mut votes = BTreeMap::new();
    for found in years(text).into_iter().filter(|found| !found.dated) {
        let rest = &text[found.end..];
        let reach = rest.char_indices().map(|(at, _)| at).take_while(|at| *at <= REACH).last().unwrap_or(0);
        let near = &rest[..reach];
        let near = near.split(['\n', '，', '。', '、', '；', '比']).next().unwrap_or(near);
        if near.contains(word) && !near.contains("预算执行") {
            *votes.entry(found.year).or_insert(0_usize) += 1;
        }
    }
    votes.into_iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| year)
}

/// （2020年度） below the heading of a performance table.
fn in_brackets(text: &str) -> Option<i32> {
    let lines = text
        .lines()
        .filter(|line| line.starts_with(['（', '(']) && line.contains("年度") && line.len() <= 30);
    lines.flat_map(years).map(|found| found.year).max()
}

/// A year in the file's name, then in the nearest folder's: `2021年/` or `2021/`, but not a part of a longer number.
fn in_path(evidence: &Evidence<'_>, word: Option<&str>) -> Option<i32> {
    let file = in_title(&evidence.file_name, word);
    file.or_else(|| evidence.folders.iter().rev().find_map(|folder| in_title(folder, word)))
}

fn most_frequent(text: &str) -> Option<i32> {
    let mut votes = BTreeMap::new();
    for found in years(text).into_iter().filter(|found| !found.dated) {
        let numbered = text[..found.start].ends_with(['〔', '[', '［', '【', '｛', '{', '<', '(', '（']);
        if !numbered && text[found.end..].starts_with('年') {
            *votes.entry(found.year).or_insert(0_usize) += 1;
        }
    }
    votes.into_iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| year)
}

fn years(text: &str) -> Vec<Found> {
    let Some(pattern) = YEAR.as_ref() else { return Vec::new() };
    let mut found = Vec::new();
    for capture in pattern.captures_iter(text) {
        let Some(whole) = capture.get(0) else { continue };
        let digit_before = text[..whole.start()].ends_with(|c: char| c.is_ascii_alphanumeric());
        let digit_after = text[whole.end()..].starts_with(|c: char| c.is_ascii_alphanumeric());
        let dated = capture.name("date").is_some();
        let year = if let Some(full) = capture.name("full") {
            full.as_str().parse().ok()
        } else if let Some(word) = capture.name("word") {
            chinese_year(word.as_str())
        } else if let Some(short) = capture.name("short") {
            short.as_str().parse::<i32>().ok().map(|year| 2000 + year).filter(|_| text.len() < 400)
        } else {
            None
        };
        let plausible = year.filter(|year| YEARS.contains(year) && !digit_before && !digit_after);
        found.extend(plausible.map(|year| Found { year, start: whole.start(), end: whole.end(), dated }));
    }
    found
}

fn chinese_year(word: &str) -> Option<i32> {
    let digit = |c: char| {
        let place = "〇一二三四五六七八九".chars().position(|digit| digit == c);
        place.or(matches!(c, '○' | '零' | 'О' | 'O' | 'o' | '0').then_some(0)).or((c == '2').then_some(2))
    };
    word.chars().try_fold(0, |year, c| Some(year * 10 + i32::try_from(digit(c)?).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_names_the_year_of_its_account() {
        let cases = [
            ("关于宁乡市2020年财政预算执行情况和2021年财政预算草案的报告", Some("预算"), 2021),
            ("霸州市2020年财政决算和2021年上半年预算执行情况的报告", Some("决算"), 2020),
            ("二〇二一年霸州市教育局部门预算", Some("预算"), 2021),
            ("二○二○年度部门决算", Some("决算"), 2020),
            ("上海市普陀区财政局部门25年预算", Some("预算"), 2025),
            ("2022年部门预算及2022-2024年中期财政规划", Some("预算"), 2022),
            ("霸州市2021年政府预算公开（2021年1月20日）", Some("预算"), 2021),
            ("2020年义乌市交通运输局项目支出绩效目标表", None, 2020),
            ("2021年—2023年霸州市教育局2022年部门预算", Some("预算"), 2022),
            ("霸州市教育局2019年度决算公开说明", Some("决算"), 2019),
        ];
        for (title, word, year) in cases {
            assert_eq!(in_title(title, word), Some(year), "{title}");
        }
    }

    #[test]
    fn numbers_that_hold_a_year_are_none() {
        assert_eq!(in_title("P02020696221", Some("预算")), None);
        assert_eq!(in_title("t20210203_1234", Some("预算")), None);
        assert_eq!(in_title("deep2020", Some("预算")), None);
    }

    #[test]
    fn the_body_votes_for_the_year_before_the_word() {
        let text = "2019年末在职人数30人\n2020年部门预算公开如下\n与2019年相比，2020年收支预算增加\n冀财社〔2018〕83号\n2019年预算数";
        assert_eq!(voted(text, Some("预算")), Some(2020));
    }
}
