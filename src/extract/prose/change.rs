//! Changes against another year in the words before a figure: 较2020年预算减少, 收支各增加, 小于上年预算数.

use super::year;
use crate::record::Change;
use regex::Regex;
use std::sync::LazyLock;

/// The budget or year a figure is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Base {
    /// The year; `None` where the comparison is with a budget of the same year, or its year is not known.
    pub year: Option<i32>,
}

/// A comparison named in a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison<'a> {
    /// The words in front of it.
    pub before: &'a str,
    /// What is compared with.
    pub base: Base,
    /// Its words: 上年决算数, 年初预算数.
    pub words: &'a str,
    /// The noun in it besides its year and words such as 决算数: 较2020年“三公”经费 holds “三公”经费.
    pub noun: &'a str,
    /// The words after 相比, where it is closed.
    pub after: &'a str,
}

/// A change as the words before its figure state it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated<'a> {
    /// The direction; `None` for a form that leaves both open: 增加（减少）.
    pub change: Option<Change>,
    /// What grew or shrank, as printed; empty where an earlier clause says it.
    pub subject: &'a str,
    /// The comparison, where the same clause names it.
    pub base: Option<Base>,
    /// Whether the verb stands before what grew: 增加身份证工本费23万元、培训经费2万元.
    pub verb_first: bool,
}

const INCREASE: &str = "净增加|增加|增长|增收|增支|增多|增大|提高|上升|上涨|调增|净增";
const DECREASE: &str = "净减少|减少|下降|降低|压减|压缩|缩减|减支|减收|短收|调减|核减|削减|回落|下滑|节支";
/// Verbs that state a change only beside a comparison (比上年多5万元).
const SHORT_INCREASE: &[&str] = &["超出", "超", "多", "增", "高"];
const SHORT_DECREASE: &[&str] = &["少", "减", "低", "降"];
/// What may stand between the verb and its figure.
const FILLER: &str =
    "了|约|共|各|合计|支出|收入|开支|资金|经费|预算数?|财政拨款|金额|数额|额|数为|额为|数|、|，";

static TAIL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!("(?:({INCREASE})|({DECREASE}))(?:{FILLER})*$")).ok());
static OPEN_FORM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = r"(?:增加|增长|减少|下降|上升)(?:[（(](?:减少|增加|下降|增长|降低|上升)[）)]|[/／或](?:减少|增加|下降|增长))(?:了|约)?$";
    Regex::new(pattern).ok()
});
static WITHIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:(增加|调增|增拨)|(减少|调减|压减|压缩|核减|削减))了?([^值额到至为的。]{2,60})$").ok()
});
static OPENING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = concat!(
        r"(与|同|和|跟|较之?|比|相较于?|相比于?|对比)(?:本部门|我部门|本单位|我单位|本局|我局)?的?",
        r"(?:(20\d\d)年?(?:度|末|底|初)?|(上一?年(?:度|末|底)?|去年|前一年度?|上年度|同期)|",
        r"(年初|期初|预算|计划|决算|全年|调整|当年|批复|原预算|本年))"
    );
    Regex::new(pattern).ok()
});
static CLOSING: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("相比较?|相较|比较|对比|之比|比").ok());
static OTHER_BASE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new("[与同和跟][^，。；]{2,40}?(?:相比较?|相较|对比)").ok());
static PLAIN_BASE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words = concat!(
        "年初|年末|调整|收支|总|预算|决算|执行|支出|收入|数额|数|同期|实际|完成|全年|同口径|可比口径|口径|总额|金额|安排|",
        "各|均|共|年度|度|末|初|底|的|，|、|后|批复|计划|当年|有所|略有|略|已|也|则|都|分别|合计|总体|",
        "持平|一致|相同|相当|无变化|无增减变化|未发生变化|没有变化|相比|比"
    );
    Regex::new(&format!("^(?:{words})*$")).ok()
});

/// The comparison a clause names: the last one that begins with 与, 较, 比 and a year or a budget.
#[must_use]
pub fn comparison(clause: &str, current: Option<i32>) -> Option<Comparison<'_>> {
    let found = OPENING.as_ref()?.captures_iter(clause).last();
    let Some(found) = found else { return same_period(clause, current).or_else(|| other_base(clause)) };
    let (whole, opener) = (found.get(0)?, found.get(1)?.as_str());
    let stated = found.get(2).and_then(|year| year.as_str().parse().ok());
    let relative = found.get(3).and(current).map(|year| year - 1);
    let time = found.get(2).or(found.get(3)).or(found.get(4))?;
    let rest = &clause[whole.end()..];
    let closing = CLOSING.as_ref()?.find(rest).filter(|_| matches!(opener, "与" | "同" | "和" | "跟"));
    let (inner, after) = match closing {
        Some(close) => (&rest[..close.start()], &rest[close.end()..]),
        None => (rest, ""),
    };
    let plain = PLAIN_BASE.as_ref()?.is_match(inner);
    // 与 and 和 join nouns as well: only 相比 or the end of the clause shows a comparison.
    let joins = match opener {
        "和" | "跟" => closing.is_none(),
        "与" | "同" => closing.is_none() && !plain,
        _ => false,
    };
    if joins {
        return None;
    }
    let noun = if plain { "" } else { inner };
    Some(Comparison {
        before: &clause[..whole.start()],
        base: Base { year: stated.or(relative) },
        words: &clause[time.start()..whole.end() + inner.len()],
        noun,
        after,
    })
}

/// 同比: against the year before.
fn same_period(clause: &str, current: Option<i32>) -> Option<Comparison<'_>> {
    let at = clause.find("同比")?;
    let after = &clause[at + "同比".len()..];
    Some(Comparison {
        before: &clause[..at],
        base: Base { year: current.map(|year| year - 1) },
        words: "",
        noun: "",
        after,
    })
}

/// `与上次会议报告的执行数相比`: against something that is no year.
fn other_base(clause: &str) -> Option<Comparison<'_>> {
    let found = OTHER_BASE.as_ref()?.find(clause)?;
    let (before, after) = (&clause[..found.start()], &clause[found.end()..]);
    Some(Comparison { before, base: Base { year: None }, words: "", noun: "", after })
}

/// Reads the words before a figure as a change, if they state one.
#[must_use]
pub fn stated(clause: &str, current: Option<i32>) -> Option<Stated<'_>> {
    if let Some(open) = OPEN_FORM.as_ref()?.find(clause) {
        return Some(of_left(None, &clause[..open.start()], "", current));
    }
    if let Some(found) = against_a_total(clause, current) {
        return Some(found);
    }
    if let Some(found) = TAIL.as_ref()?.captures(clause) {
        let change = if found.get(1).is_some() { Change::Increase } else { Change::Decrease };
        let left = &clause[..found.get(0)?.start()];
        return (!is_name(left)).then(|| of_left(Some(change), left, "", current));
    }
    short_form(clause, current).or_else(|| within(clause, current))
}

/// `本年数小于上年预算数403.75万元`: the comparison follows the verb.
fn against_a_total(clause: &str, current: Option<i32>) -> Option<Stated<'_>> {
    let words = [
        ("小于", Change::Decrease),
        ("低于", Change::Decrease),
        ("少于", Change::Decrease),
        ("大于", Change::Increase),
        ("高于", Change::Increase),
        ("多于", Change::Increase),
        ("超出", Change::Increase),
        ("超", Change::Increase),
    ];
    let (at, word, change) =
        words.iter().find_map(|(word, change)| clause.rfind(word).map(|at| (at, *word, *change)))?;
    let rest = &clause[at + word.len()..];
    let base = year::last_named(rest)
        .map(|named| named.year)
        .or_else(|| year::year_before(rest, current).map(|named| named.year));
    let names_a_total =
        base.is_some() || ["预算", "年初", "计划", "上年"].iter().any(|name| rest.starts_with(name));
    let is_total = names_a_total
        && (rest.ends_with('数') || rest.ends_with("预算") || rest.ends_with("决算") || rest.ends_with('年'));
    let subject = plain_subject(&clause[..at]);
    is_total.then_some(Stated {
        change: Some(change),
        subject,
        base: Some(Base { year: base }),
        verb_first: false,
    })
}

/// `比上年多`, `较上年减`: short verbs that need a comparison beside them.
fn short_form(clause: &str, current: Option<i32>) -> Option<Stated<'_>> {
    let bare = clause.trim_end_matches(['了', '约', '共']);
    let ends =
        |words: &[&'static str]| words.iter().find(|word| bare.ends_with(**word)).map(|word| word.len());
    let (change, length) = ends(SHORT_INCREASE)
        .map(|length| (Change::Increase, length))
        .or_else(|| ends(SHORT_DECREASE).map(|length| (Change::Decrease, length)))?;
    let left = &bare[..bare.len() - length];
    comparison(left, current)?;
    Some(of_left(Some(change), left, "", current))
}

/// `基本支出增加人员工资等`, `减少会议费`: the verb stands before its object.
fn within(clause: &str, current: Option<i32>) -> Option<Stated<'_>> {
    let found = WITHIN.as_ref()?.captures(clause)?;
    let change = if found.get(1).is_some() { Change::Increase } else { Change::Decrease };
    let left = &clause[..found.get(0)?.start()];
    let purpose = ["用于", "为", "支持", "保障", "进一步", "以"].iter().any(|word| left.ends_with(word));
    (!purpose || left.ends_with("主要为"))
        .then(|| of_left(Some(change), left, found.get(3).map_or("", |object| object.as_str()), current))
}

/// Splits what stands before the verb into the subject and the comparison.
fn of_left<'a>(change: Option<Change>, left: &'a str, object: &'a str, current: Option<i32>) -> Stated<'a> {
    let verb_first = !object.is_empty();
    let Some(comparison) = comparison(left, current) else {
        let subject = plain_subject(left);
        return Stated {
            change,
            subject: if subject.is_empty() { object } else { subject },
            base: None,
            verb_first,
        };
    };
    let candidates = [comparison.after, comparison.before, comparison.noun, object];
    let subject = candidates.into_iter().map(plain_subject).find(|text| !text.is_empty()).unwrap_or_default();
    Stated { change, subject, base: Some(comparison.base), verb_first }
}

/// The subject without words that only spread it: 各, 均, 共, 分别.
fn plain_subject(text: &str) -> &str {
    let mut subject = text.trim_matches(['，', '、', '：', ',', ' ']);
    loop {
        let before = subject;
        for word in ["增加", "减少", "相比较", "相比", "比较", "相较", "对比", "比"] {
            subject = subject.strip_prefix(word).unwrap_or(subject).trim_start_matches('，');
        }
        for word in
            ["各", "均", "共", "分别", "有所", "略有", "合计", "相应", "总体", "也", "则", "了", "将", "实际"]
        {
            let trimmed = subject.strip_suffix(word).unwrap_or(subject);
            subject = trimmed.trim_end_matches(['，', '、']);
        }
        subject = subject.strip_prefix('从').and_then(|rest| rest.strip_suffix('中')).unwrap_or(subject);
        if before == subject {
            return if matches!(
                subject,
                "其中" | "主要原因是" | "主要是" | "主要为" | "本年数" | "原因是" | "本年"
            ) {
                ""
            } else {
                subject
            };
        }
    }
}

/// Words before 减少 or 增加 that make it part of a name: 减税降费, 新增.
fn is_name(left: &str) -> bool {
    left.ends_with('新')
}
