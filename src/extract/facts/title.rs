//! Finds the document's own title, which a cover may spread over several lines.

use super::evidence::{Evidence, Line, squash};
use super::organisation::{is_body, is_region, subject};
use crate::reference::region_names;
use regex::Regex;
use std::sync::LazyLock;

/// The longest title; longer lines are sentences.
const TITLE_CHARS: usize = 70;
/// Most cover lines that one title takes up.
const COVER_LINES: usize = 5;

/// Words that every disclosure's title has one of.
const SUBJECTS: &[&str] = &["预算", "决算", "绩效", "三公", "收支", "自评", "财政资金", "专项资金"];
/// Words that only a disclosure's title joins.
const DISCLOSURES: &[&str] = &[
    "部门预算",
    "单位预算",
    "部门决算",
    "单位决算",
    "预决算",
    "公开",
    "草案",
    "报告",
    "说明",
    "绩效目标",
    "绩效自评",
];
/// Words a title can end with.
const ENDS: &[&str] = &[
    "公开",
    "说明",
    "报告",
    "表",
    "草案",
    "预算",
    "决算",
    "文本",
    "方案",
    "书",
    "目标",
    "自评",
    "情况",
    "报表",
    "材料",
    "信息",
    "公告",
    "公示",
    "附件",
    "草案）",
    "草案)",
    "评价",
    "表格",
    "本级）",
    "汇总）",
    "单位）",
    "部门）",
    "办法",
    "计划",
    "分析",
];

/// Lines that are no part of a title: attachment and table marks, dates, unit notes, document numbers, meeting notes.
static NOISE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:附[件表录]?[\d一二三四五六七八九十]*(?:[-—－.][\d一二三四五六七八九十]+)?[:：]?",
        r"|公开[\d一二三四五六七八九十]*-?\d*表[\d一二三四五六七八九十]*(?:-\d+)?|[预决]?算?公开\d+表|表[\d一二三四五六七八九十]+(?:-\d+)?[:：]?",
        r"|[（(]?金?额?单位[:：][亿万百千]?元[）)]?|第?\d+页?(?:共\d+页)?|[-—－]*\d*[-—－]+",
        r"|[（(]?(?:20\d\d|[二2][〇○零ОO0][一二三四五六七八九〇○零]{2})年(?:[\d一二三四五六七八九十]{1,3}月)(?:[\d一二三四五六七八九十]{1,3}[日号])?[）)]?",
        r"|[\d.\-/]{6,10}|.{1,8}[〔\[［（(【]20\d\d[〕\]］）)】]第?\d+号|[—–－\-]{1,3}20.*|[（(].*(?:会议|通过|年\d+月\d+日).*[）)]|目录|内部资料.*|机密.*|秘密.*)$"
    ))
    .ok()
});
/// Lines that begin the text behind the cover: a contents list or a numbered heading.
static SECTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:目录$|目次$|contents|第[一二三四五六七八九十\d]+(?:部分|章|节|篇)|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[、.．][^\d])")
        .ok()
});
/// A year, alone on its line.
static YEAR_LINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^[（(]?(?:20\d\d|[二2][〇○零ОO0][一二三四五六七八九〇○零]{2})年度?[）)]?$").ok()
});
/// What the second line of a title begins with.
static CONTINUES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:[（(](?:草案|本级|汇总|部门|单位|送审稿?|公开稿?)[）)]|信息公开|公开|情况|说明|编制|草案|及|和|与|暨|报告|报表|文本|的)").ok()
});
/// What it begins with where the first line has not named the account yet.
static ACCOUNT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:[部单]门?位?[预决]算|[预决]算|项目支出|绩效|自评|(?:20\d\d|二)\S{0,3}年度?.*[预决]算)")
        .ok()
});

/// The title without white space; empty where neither the text nor the file's name states one.
#[must_use]
pub fn read(evidence: &Evidence<'_>) -> String {
    let covers = cover(&evidence.front);
    let printed = strongest(&covers).map(|at| joined(&covers, at));
    let strong = |title: &String| !is_weak(title);
    printed
        .clone()
        .filter(strong)
        .or_else(|| headed(evidence))
        .or_else(|| named(&evidence.file_name))
        .or(printed.filter(|title| title.ends_with('表')))
        .or_else(|| stated(evidence))
        .unwrap_or_default()
}

fn matches(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// The lines before the text proper, without noise. Where the text begins at once, the lines down to there.
fn cover(front: &[Line]) -> Vec<&Line> {
    let mut lines = Vec::new();
    for line in front {
        if matches(&SECTION, &line.text) {
            if lines.iter().any(|line: &&Line| has_subject(&line.text)) || line.text.starts_with("第一部分")
            {
                break;
            }
            continue;
        }
        if !matches(&NOISE, &line.text) {
            lines.push(line);
        }
    }
    lines
}

fn has_subject(text: &str) -> bool {
    SUBJECTS.iter().any(|word| text.contains(word))
}

/// A sentence or a labelled line, which can't be part of a title.
fn is_prose(text: &str) -> bool {
    text.chars().count() > TITLE_CHARS
        || text.ends_with(['。', '；', '：', ':', '，', ';'])
        || text.contains(['。', '；'])
        || text.contains("单位：")
        || text.contains("单位:")
        || text.split_once(['：', ':']).is_some_and(|(label, _)| is_label(label))
        || text.contains("……")
        || text.contains(['>', '＞'])
        || text.contains("....")
}

fn is_label(label: &str) -> bool {
    let titled = label.starts_with('附') || has_subject(label) || label.contains("年");
    label.chars().count() <= 12 && !titled
}

/// The caption of a standard table (收支预算总表), which is no title of a document.
fn is_caption(title: &str) -> bool {
    title.ends_with('表') && !is_named(title)
}

/// A caption, or words that also stand in tables (一般公共预算资金): a title only where nothing else is.
fn is_weak(title: &str) -> bool {
    is_caption(title) || !is_named(title) && !DISCLOSURES.iter().any(|word| title.contains(word))
}

/// Whether a title says whose or which year's disclosure it is.
fn is_named(title: &str) -> bool {
    title.contains("年") || !region_missing(title) || subject(title).is_some()
}

/// The line that carries the title: the first that a title's word, and a year or a body, tell from a caption.
fn strongest(lines: &[&Line]) -> Option<usize> {
    let fits = |line: &&Line| has_subject(&line.text) && !is_prose(&line.text) && !line.text.ends_with('数');
    let first = lines.iter().position(|line| fits(line) && !is_weak(&line.text));
    first.or_else(|| lines.iter().position(fits))
}

fn joined(lines: &[&Line], at: usize) -> String {
    let mut title = lines[at].text.clone();
    let mut first = at;
    let mut org_before = subject(&title).is_some();
    while first > 0 && at - first < COVER_LINES && is_lead(&lines[first - 1].text, &title, org_before) {
        first -= 1;
        title.insert_str(0, &lines[first].text);
        org_before = subject(&title).is_some();
    }
    let mut last = at;
    while last + 1 < lines.len() && last - at < COVER_LINES && is_tail(&title, &lines[last + 1].text) {
        last += 1;
        title.push_str(&lines[last].text);
    }
    let incomplete = subject(&title).is_none() && region_missing(&title);
    if let Some(body) = lines.get(last + 1).filter(|line| incomplete && line.display && is_body(&line.text)) {
        title.insert_str(0, &body.text);
    }
    finish(&title)
}

fn region_missing(title: &str) -> bool {
    region_names::mentions(title).is_empty()
}

/// Whether a line belongs in front of what is already known of the title.
fn is_lead(line: &str, title: &str, complete: bool) -> bool {
    if is_prose(line) || line.chars().count() > 40 {
        return false;
    }
    let year = matches(&YEAR_LINE, line);
    let year_at_end = line.ends_with("年度") || line.ends_with('年');
    let whole = complete && title.contains("年");
    let body = subject(line).is_some() || is_body(line);
    let fragment = year || year_at_end || is_region(line) || (body && !complete) || line.ends_with("关于");
    let place = !region_missing(line) && region_missing(title);
    let broken = body && (title.starts_with("关于") || place);
    let doubled = line.contains(title) || title.contains(line);
    !doubled && (broken || (fragment && !whole) || (has_subject(line) && is_tail(line, title)))
}

/// Whether a line carries on the title before it.
fn is_tail(title: &str, line: &str) -> bool {
    if is_prose(line) || title.contains(line) || title.chars().count() + line.chars().count() > TITLE_CHARS {
        return false;
    }
    let ended = ENDS.iter().any(|end| title.ends_with(end));
    let opened = title.contains("关于")
        && !["报告", "说明", "通知", "公告", "公示", "函", "批复", "草案", "草案）"]
            .iter()
            .any(|end| title.ends_with(end));
    let carries = matches(&CONTINUES, line) || (!has_subject(title) && matches(&ACCOUNT, line));
    let ends = ENDS.iter().any(|end| line.ends_with(end));
    let repeats = subject(line).is_some() && subject(title).is_some();
    !repeats
        && line.chars().count() <= 40
        && ((carries && ends)
            || (opened && ends && !is_caption(line))
            || (!ended && ends && has_subject(line)))
}

fn finish(title: &str) -> String {
    let title = title.trim_matches(['《', '》', '*', '·']);
    let title = title.strip_suffix("目录").unwrap_or(title);
    let numbered = title.strip_prefix("附件").map(|rest| {
        rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十：:、.-".contains(c))
    });
    numbered.filter(|rest| has_subject(rest)).unwrap_or(title).to_owned()
}

/// A running header that repeats the title.
fn headed(evidence: &Evidence<'_>) -> Option<String> {
    // The title of a table that goes on (2017年政府采购预算表) is repeated too.
    let of_table = |text: &str| text.ends_with('表') && region_missing(text) && subject(text).is_none();
    let fits = |text: &&String| has_subject(text) && !is_prose(text) && !is_weak(text) && !of_table(text);
    evidence.headers.iter().find(fits).map(|text| finish(text))
}

/// The file's name, where it is a title and no number.
fn named(file_name: &str) -> Option<String> {
    let head = file_name.find(|c: char| !c.is_ascii_alphanumeric() && !"-_.、".contains(c)).unwrap_or(0);
    let year = head.checked_sub(4).filter(|start| file_name[*start..head].starts_with("20"));
    let name = &file_name[year.unwrap_or(head)..];
    (has_subject(name) && !is_caption(name)).then(|| finish(name))
}

/// What the file says about itself, which is often another file's title: only if it looks like a disclosure's.
fn stated(evidence: &Evidence<'_>) -> Option<String> {
    let title = squash(evidence.blocks.properties.title.as_deref()?);
    let disclosure = subject(&title).is_some() && title.contains("年") && has_subject(&title);
    (disclosure && !is_prose(&title)).then(|| finish(&title))
}
