//! What the text of one cell looks like, which tells rows, headers and prose apart.

/// The kind of a cell's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// No visible character.
    Blank,
    /// Digits and what numbers are printed with, dashes for "none" included.
    Number,
    /// A comparator or a number with a short unit: `≥95%`, `8月底前`.
    Value,
    /// Anything else.
    Words,
}

/// The number of kinds.
pub(super) const KINDS: usize = 4;
/// The longest text that can be a column's title, in characters.
const MAX_TITLE: usize = 18;
/// The longest text that is still one value.
const MAX_VALUE: usize = 16;
/// A line this long is a sentence whatever it ends with.
const MIN_SENTENCE: usize = 60;

/// Labels of rows that sum up.
const TOTAL_LABELS: &[&str] = &["合计", "小计", "总计", "共计"];
/// Labels that begin a row of the usual forms, never its middle.
const ROW_LABELS: &[&str] = &[
    "项目名称",
    "主管部门",
    "预算单位",
    "项目属性",
    "项目类型",
    "项目资金",
    "资金情况",
    "资金总额",
    "年度资金总额",
    "总体目标",
    "年度目标",
    "年度总体目标",
    "绩效目标",
    "项目绩效目标",
    "序号",
    "产出指标",
    "效益指标",
    "效果指标",
    "满意度指标",
    "成本指标",
    "部门产出",
    "部门效果",
    "绩效指标",
    "年度绩效指标",
];
/// Labels of the rows of a form below its first one.
const FORM_LABELS: &[&str] = &[
    "主管部门",
    "主管部门及代码",
    "实施单位",
    "项目单位",
    "项目属性",
    "项目类型",
    "项目类别",
    "项目负责人",
    "项目资金",
    "资金情况",
    "预算情况",
    "资金总额",
    "年度资金总额",
    "其中",
    "财政拨款",
    "上年结转资金",
    "其他资金",
    "总体目标",
    "年度总体目标",
    "绩效指标",
    "年度绩效指标",
    "总分",
    "金额合计",
];
/// Labels of indicator levels, besides those that end in 指标: what they group stands behind them on the same row.
const LEVEL_LABELS: &[&str] = &[
    "产出",
    "效益",
    "效果",
    "满意度",
    "部门产出",
    "部门效果",
    "项目产出",
    "项目效益",
    "数量",
    "质量",
    "时效",
    "成本",
    "产出数量",
    "产出质量",
    "产出时效",
    "产出成本",
    "经济效益",
    "社会效益",
    "生态效益",
    "可持续影响",
    "服务对象满意度",
];
/// What stands over the levels: 绩效指标 may be the last title of a row.
const OVER_LEVELS: &[&str] = &["指标", "绩效指标", "年度绩效指标", "项目绩效指标"];
/// Titles of the first column of indicator tables.
const LEVEL1_TITLES: &[&str] = &["一级指标", "一级目标", "一级指标名称", "一级"];
/// Labels that stand beside several rows of a form, in cells merged downwards.
const SIDE_LABELS: &[&str] = &[
    "项目资金",
    "资金情况",
    "预算情况",
    "项目预算",
    "年度主要任务",
    "预算资金",
    "年度资金",
    "总体目标",
    "年度目标",
    "年度总体目标",
    "年度绩效目标",
    "绩效目标",
    "项目绩效目标",
    "总体绩效目标",
    "绩效指标",
    "年度绩效指标",
];
/// Labels of the notes that stand above a table: `编制单位：…  单位：万元`.
const NOTE_LABELS: &[&str] = &[
    "编制单位",
    "编制部门",
    "填报单位",
    "填报部门",
    "公开单位",
    "公开部门",
    "单位名称",
    "部门名称",
    "部门",
    "单位",
    "金额单位",
    "截止时间",
    "截止日期",
    "截至时间",
    "填报日期",
    "填报时间",
    "编制日期",
    "日期",
];

/// The kind of a cell's content.
pub(super) fn kind(text: &str) -> Kind {
    let text = text.trim();
    if text.is_empty() {
        return Kind::Blank;
    }
    if text.chars().all(is_numeric) {
        return Kind::Number;
    }
    let compared = text.starts_with(['≥', '≤', '>', '<', '=', '＞', '＜', '＝', '≧', '≦', '≮', '≯']);
    let numbered = text.chars().any(|c| c.is_ascii_digit()) && text.chars().count() <= MAX_VALUE;
    if compared || numbered { Kind::Value } else { Kind::Words }
}

/// Whether the cell could be a column's title.
pub(super) fn is_title(text: &str) -> bool {
    let text = &without_years(text.trim());
    let sentence = text.contains(['。', '；', '≥', '≤']) || text.ends_with(['：', ':', '，']);
    !sentence && !is_note(text) && matches!(kind(text), Kind::Words) && text.chars().count() <= MAX_TITLE
}

/// Whether all cells could be titles of columns.
pub(super) fn is_header(cells: &[&str]) -> bool {
    cells.iter().all(|cell| is_title(cell))
}

/// A header whose blanks continue the cells above.
pub(super) fn is_header_with_blanks(cells: &[&str]) -> bool {
    let titles = cells.iter().filter(|cell| is_title(cell)).count();
    let blanks = cells.iter().filter(|cell| kind(cell) == Kind::Blank).count();
    titles + blanks == cells.len() && titles >= blanks.min(2)
}

/// A column's title may name the years it speaks of (2023年预算数比2022年执行数). The text without their digits.
fn without_years(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('年') {
        let (before, after) = rest.split_at(at);
        let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
        kept.push_str(if digits == 4 { &before[..at - digits] } else { before });
        kept.push('年');
        rest = &after['年'.len_utf8()..];
    }
    kept.push_str(rest);
    kept
}

/// Whether the cell holds a label that begins a row.
pub(super) fn begins_row(text: &str) -> bool {
    is_total(text) || is_labelled(text, ROW_LABELS)
}

/// Whether the cell holds a label that stands beside several rows of a form.
pub(super) fn stands_beside(text: &str) -> bool {
    is_labelled(text, SIDE_LABELS)
}

/// Whether a row that ends with these cells is unfinished: titles of indicator levels without the title of their values,
/// or the label of an indicator level, with nothing behind it.
pub(super) fn is_unfinished(cells: &[&str]) -> bool {
    let Some(last) = cells.last() else { return false };
    if names_levels(cells) {
        return !cells.iter().any(|cell| is_value_title(cell));
    }
    names_level(last)
}

/// Whether the cell holds the name of an indicator level's kind: 产出指标, 时效, 社会效益指标.
fn names_level(text: &str) -> bool {
    let name = compact(text);
    let over = OVER_LEVELS.contains(&name.as_str()) || is_level_title(&name);
    name.ends_with("指标") && !over || LEVEL_LABELS.contains(&name.as_str())
}

fn is_level_title(name: &str) -> bool {
    let title = name.strip_prefix(['一', '二', '三', '四']);
    title.is_some_and(|rest| rest.starts_with('级'))
}

/// Whether the cell holds a label that never begins a table: of a form's lower rows, or of indicators.
pub(super) fn continues_table(text: &str) -> bool {
    is_labelled(text, FORM_LABELS) || names_level(text)
}

/// Whether the title of the first indicator level is among the cells.
pub(super) fn names_levels(cells: &[&str]) -> bool {
    cells.iter().any(|cell| LEVEL1_TITLES.contains(&compact(cell).as_str()))
}

/// `指标值`, `年度目标值（%）`, `预期目标`: the title of the column of targets.
fn is_value_title(text: &str) -> bool {
    let title = compact(text);
    let plain = title.split(['（', '(']).next().unwrap_or("");
    plain.ends_with('值') || plain.ends_with("预期目标")
}

fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).take(MAX_TITLE).collect()
}

fn is_labelled(text: &str, labels: &[&str]) -> bool {
    let text = compact(text);
    labels.iter().any(|label| {
        text.strip_prefix(label)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['（', '(', '：', ':']))
    })
}

/// Whether the cell is the label of a row that sums up.
pub(super) fn is_total(text: &str) -> bool {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    TOTAL_LABELS.contains(&compact.as_str())
}

/// Whether the cell holds a note as they stand above tables.
pub(super) fn is_note(text: &str) -> bool {
    let Some((label, rest)) = text.trim().split_once(['：', ':']) else { return false };
    let label: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    NOTE_LABELS.contains(&label.as_str()) && !rest.contains(['。', '；'])
}

/// Whether a line reads like running text: a sentence, or a numbered heading.
pub(super) fn is_prose(text: &str) -> bool {
    let text = text.trim();
    text.ends_with(['。', '！', '？']) || text.chars().count() >= MIN_SENTENCE || is_heading(text)
}

/// Whether a line begins like a heading or a numbered point: 一、 （二） 3、 第一部分 附件.
pub(super) fn is_heading(text: &str) -> bool {
    let text = text.trim_start();
    let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百零〇".contains(c);
    let open = text.strip_prefix(['（', '(', '第']);
    let body = open.unwrap_or(text);
    let rest = body.trim_start_matches(numeral);
    if rest.len() == body.len() {
        return text.starts_with("附件") || text.starts_with("附表");
    }
    match open {
        Some(_) => rest.starts_with(['）', ')', '部', '章', '节', '条']),
        None => {
            rest.starts_with(['、', '．'])
                || rest.starts_with('.') && !rest[1..].starts_with(|c: char| c.is_ascii_digit())
        }
    }
}

fn is_numeric(c: char) -> bool {
    c.is_ascii_digit()
        || c.is_whitespace()
        || matches!(c, '.' | ',' | '，' | '%' | '-' | '—' | '－' | '–' | '+')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_apart() {
        let cases = [
            (" \u{3000}", Kind::Blank),
            ("2,305.32", Kind::Number),
            ("——", Kind::Number),
            ("≥95%", Kind::Value),
            ("93.00元/人/月", Kind::Value),
            ("计划标准", Kind::Words),
            ("《某某管理办法》（冀财社[2018]83号）", Kind::Words),
        ];
        for (text, wanted) in cases {
            assert_eq!(kind(text), wanted, "{text}");
        }
    }

    #[test]
    fn titles_may_speak_of_a_year() {
        assert!(is_title("2023年预算数比2022年执行数"));
        assert!(is_title("2023年预算数") && is_title("2020年") && is_title("单位名称"));
        assert!(
            !is_title("2020年8月31日前") && !is_title("≥95%") && !is_title("") && !is_title("编制单位：")
        );
    }

    #[test]
    fn headings_are_known_by_their_numbering() {
        for text in ["一、概况", "（二）支出", "3、增减", "第一部分 概况", "4. 其他", "附件1", "十二、名词"]
        {
            assert!(is_heading(text), "{text}");
        }
        for text in ["1.5万元", "一般公共预算", "第三方评价", "3000本", "（含）"] {
            assert!(!is_heading(text), "{text}");
        }
    }

    #[test]
    fn notes_have_a_known_label() {
        assert!(is_note("编制部门：805某县局") && is_note("金额单位: 万元") && is_note("单 位：元"));
        assert!(!is_note("805某县局") && !is_note("项目名称：道路养护"));
    }
}
