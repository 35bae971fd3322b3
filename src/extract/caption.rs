//! What the lines around a table say of it: its title and the unit of its bare figures.

use crate::document::{Grid, Table};
use crate::wording::{self, fold, tidy};
use std::sync::Arc;

/// The longest line that is taken for a title, in characters.
const TITLE_CHARS: usize = 60;

/// The shortest line that is taken for one: 收入表.
const SHORTEST_TITLE: usize = 3;

/// Money units in which tables are kept, longest spelling first. Source: captions of published budgets.
const MONEY_UNITS: &[(&str, &str)] = &[
    ("人民币万元", "万元"),
    ("人民币元", "元"),
    ("百万元", "百万元"),
    ("万元", "万元"),
    ("亿元", "亿元"),
    ("千元", "千元"),
    ("元", "元"),
];

/// A table's title and unit; empty where none is printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Caption {
    pub title: Arc<str>,
    pub unit: &'static str,
    /// Who drew the table up: 编制单位：某局.
    pub compiled_by: String,
}

/// Reads the caption from the lines above the table (the nearest last) and from its own caption rows.
pub(super) fn read(lines: &[String], table: &Table) -> Caption {
    let grid = table.grid();
    let inner: Vec<String> = (0..table.caption_rows).flat_map(|row| row_texts(&grid, row)).collect();
    let mut caption = read_lines(inner.iter().rev());
    // The lines above say what the table itself leaves out, or cuts short (`财政拨款“三公”经费` over its columns).
    if caption.title.is_empty() || caption.unit.is_empty() {
        let above = read_lines(lines.iter().rev());
        if caption.unit.is_empty() {
            caption.unit = above.unit;
        }
        if caption.compiled_by.is_empty() {
            caption.compiled_by = above.compiled_by;
        }
        let fuller =
            above.title.ends_with('表') && above.title.contains(caption.title.trim_end_matches('表'));
        if caption.title.is_empty() || fuller {
            caption.title = above.title;
        }
    }
    caption
}

/// Reads the caption from lines, the nearest to the table first.
fn read_lines<'a>(lines: impl Iterator<Item = &'a String>) -> Caption {
    let mut caption = Caption::default();
    for line in lines {
        if caption.unit.is_empty()
            && let Some(unit) = stated_unit(line)
        {
            caption.unit = unit;
        }
        if caption.compiled_by.is_empty() {
            caption.compiled_by = compiler(line);
        }
        match title_of(line) {
            Line::Title(title) => {
                if caption.unit.is_empty()
                    && let Some(unit) = unit_in_brackets(line.trim())
                {
                    caption.unit = unit;
                }
                caption.title = title.into();
                break;
            }
            Line::Beside => {}
            Line::Prose => break,
        }
    }
    caption
}

/// The cells of one row, each once.
fn row_texts(grid: &Grid<'_>, row: usize) -> Vec<String> {
    let anchors = (0..grid.columns()).filter(|column| grid.is_anchor(row, *column));
    anchors.map(|column| grid.text(row, column).to_owned()).filter(|text| !wording::blank(text)).collect()
}

/// The name in `编制单位：某局　单位：万元`; empty where the line names nobody.
fn compiler(line: &str) -> String {
    const OPENINGS: &[&str] =
        &["编制单位", "编制部门", "单位名称", "部门名称", "公开部门", "公开单位", "部门"];
    let line = line.trim();
    let Some(rest) = OPENINGS.iter().find_map(|opening| line.strip_prefix(opening)) else {
        return String::new();
    };
    let Some(rest) = rest.trim_start().strip_prefix(['：', ':']) else { return String::new() };
    let end = ["单位：", "单位:", "金额单位"].iter().filter_map(|word| rest.find(word)).min();
    let name = tidy(rest[..end.unwrap_or(rest.len())].trim());
    let name = name.trim_end_matches(['(', '（', '金', '额']).trim();
    if unit_at_start(name).is_some() { String::new() } else { name.to_owned() }
}

/// The money unit that a caption line states: `单位：万元`, `金额单位:元`, `编制单位：某局　单位：万元`.
pub(super) fn stated_unit(line: &str) -> Option<&'static str> {
    let folded = fold(line);
    folded.match_indices("单位").find_map(|(at, word)| {
        let rest = &folded[at + word.len()..];
        let rest = rest.strip_prefix([':', '(', '为'])?;
        unit_at_start(rest)
    })
}

/// The money unit in a column header: `价值（金额单位：万元）`, `预算资金(万元)`, `金额：元`.
pub(super) fn header_unit(text: &str) -> Option<&'static str> {
    let folded = fold(text);
    if let Some(unit) = stated_unit(&folded) {
        return Some(unit);
    }
    folded.match_indices(['(', '[', ':', '/']).find_map(|(at, _)| {
        let rest = &folded[at + 1..];
        let unit = unit_at_start(rest)?;
        let tail =
            &rest[MONEY_UNITS.iter().find_map(|(word, _)| rest.starts_with(word).then_some(word.len()))?..];
        (tail.is_empty() || tail.starts_with([')', ']', ',', ';'])).then_some(unit)
    })
}

fn unit_at_start(folded: &str) -> Option<&'static str> {
    // A narrow page breaks the line within 万元.
    if folded == "万" {
        return Some("万元");
    }
    let found = MONEY_UNITS.iter().find(|(word, _)| folded.starts_with(word));
    found.map(|(_, unit)| *unit)
}

enum Line {
    Title(String),
    /// A line that stands between a title and its table: unit, department, form number, year.
    Beside,
    Prose,
}

fn title_of(line: &str) -> Line {
    let folded = fold(line);
    if folded.is_empty() || is_beside(&folded) {
        return Line::Beside;
    }
    if folded.chars().count() > TITLE_CHARS || folded.contains(['。', ';']) || folded.ends_with([':', ',']) {
        return Line::Prose;
    }
    let rest = strip_form_number(without_unit(wording::split_numbering(line.trim()).1));
    let title = tidy(rest);
    if title.chars().count() < SHORTEST_TITLE || begins_with_code(&title) {
        Line::Beside
    } else {
        Line::Title(title)
    }
}

/// `805霸州市…`: a department's line, no title.
fn begins_with_code(title: &str) -> bool {
    let digits = title.bytes().take_while(u8::is_ascii_digit).count();
    digits >= 3 && !title[digits..].starts_with('年')
}

/// A title without what follows it on its line: `（单位：万元）`, `编制单位：某局`, `（万元）`.
fn without_unit(title: &str) -> &str {
    const OPENINGS: &[&str] =
        &["金额单位", "编制单位", "编制部门", "部门名称", "单位名称", "单位：", "单位:", "部门：", "部门:"];
    const BRACKETS: &[char] = &['（', '(', '［', '[', '【', '〔'];
    let end = OPENINGS.iter().filter_map(|opening| title.find(opening)).filter(|at| *at > 0).min();
    let title = end.map_or(title, |end| title[..end].trim_end().trim_end_matches(BRACKETS)).trim_end();
    match title.rfind(BRACKETS) {
        Some(at) if at > 0 && unit_in_brackets(title).is_some() => title[..at].trim_end(),
        _ => title,
    }
}

/// The money unit in the brackets at the end of a title: `部门收支总表（万元）`.
fn unit_in_brackets(title: &str) -> Option<&'static str> {
    let folded = fold(title);
    let inner = folded.strip_suffix([')', ']'])?.rsplit_once(['(', '['])?.1;
    MONEY_UNITS.iter().find(|(word, _)| *word == inner).map(|(_, unit)| *unit)
}

/// `附表1：`, `附件：`, `公开表3 `, `公开03表 `, `表1-1` in front of a title.
fn strip_form_number(line: &str) -> &str {
    for opening in ["附件", "附表", "预算公开", "决算公开", "部门公开", "公开", "表"] {
        let Some(rest) = line.strip_prefix(opening) else { continue };
        let (mut number, mut rest) = split_form_number(rest);
        if opening.ends_with("公开")
            && let Some(behind) = rest.strip_prefix('表')
        {
            let second = split_form_number(behind);
            (number, rest) = (if second.0.is_empty() { number } else { second.0 }, second.1);
        }
        if let Some(rest) = rest.strip_prefix(['：', ':', '、', '.']) {
            return rest.trim_start();
        }
        // Without a gap, 附表一般公共预算… and 表2021年… have no number in front.
        let plain =
            number.starts_with(|c: char| c.is_ascii_digit()) && number.len() < 4 && rest.ends_with('表');
        if !number.is_empty() && (rest.starts_with(char::is_whitespace) || plain) {
            return rest.trim_start();
        }
    }
    line
}

/// The number in front (`1`, `01-2`, `十二`) and the rest.
fn split_form_number(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let of_number =
        |c: char| c.is_ascii_digit() || wording::is_chinese_digit(c) || matches!(c, '-' | '－' | '—');
    text.split_at(text.len() - text.trim_start_matches(of_number).len())
}

fn is_beside(folded: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "单位:",
        "金额单位",
        "编制单位",
        "编制部门",
        "填报单位",
        "填报部门",
        "填报日期",
        "填报人",
        "部门名称",
        "部门:",
        "部门(单位)",
        "单位名称",
        "预算单位",
        "公开部门",
        "公开单位",
        "主管部门",
        "截止",
        "附件",
        "项目名称:",
        "时间:",
    ];
    let bracketed =
        folded.starts_with(['(', '[']) && folded.ends_with([')', ']']) && folded.chars().count() <= 20;
    let opened = OPENINGS.iter().any(|opening| folded.starts_with(opening));
    let attachment = folded.starts_with("附件") && folded.chars().count() > 6;
    bracketed
        || opened && !attachment
        || is_form_number(folded)
        || (stated_unit(folded).is_some() && begins_with_code(folded))
}

/// `公开表1`, `公开01表`, `附表3`, `表一`, `预算04-1表`, `财决批复01表`: the number of a form and nothing else.
fn is_form_number(folded: &str) -> bool {
    const FORMS: &[&str] = &[
        "公开表",
        "附表",
        "表",
        "附",
        "预算表",
        "决算表",
        "预算公开表",
        "决算公开表",
        "财决批复表",
        "财预表",
        "预表",
        "部门公开表",
    ];
    let is_digit = |c: char| c.is_ascii_digit() || wording::is_chinese_digit(c);
    let digits = folded.chars().any(is_digit);
    let words: String = folded
        .chars()
        .filter(|c| !is_digit(*c) && !matches!(c, '-' | '—' | '.' | ':' | '(' | ')' | '[' | ']'))
        .collect();
    (digits && FORMS.contains(&words.as_str())) || folded == "附表" || folded == "附表:"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{CellSpec, TableBuilder};

    fn caption(lines: &[&str]) -> (String, String) {
        let mut builder = TableBuilder::new();
        builder.start_row();
        builder.cell(CellSpec::plain("项目"));
        let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
        let caption = read(&lines, &builder.finish().unwrap());
        (caption.title.to_string(), caption.unit.to_owned())
    }

    #[test]
    fn titles_and_units_are_found_above_the_table() {
        for (lines, title, unit) in [
            (
                &["公开表1", "部门收支预算总表", "编制单位：甲县民政局        金额单位：元"][..],
                "部门收支预算总表",
                "元",
            ),
            (
                &["附表：2021年甲县一般公共预算收入预算表", "单位：万元"][..],
                "2021年甲县一般公共预算收入预算表",
                "万元",
            ),
            (&["部门政府采购预算", "852甲市教育局　　　　单位：万元"][..], "部门政府采购预算", "万元"),
            (&["附件：", "项目支出绩效目标表", "（2020年度）"][..], "项目支出绩效目标表", ""),
            (&["收入支出决算总表  单位：万元"][..], "收入支出决算总表", "万元"),
            (&["公开表1  部门收支总体情况表（单位：万元）"][..], "部门收支总体情况表", "万元"),
            (&["公开02表 收入决算表（金额单位：元）"][..], "收入决算表", "元"),
            (&["表1-1 部门收入总表"][..], "部门收入总表", ""),
            (&["附表2部门支出总表（万元）"][..], "部门支出总表", "万元"),
            (&["附表一般公共预算支出表"][..], "附表一般公共预算支出表", ""),
            (&["2021年，我部门安排84.8万元。具体内容见下表。"][..], "", ""),
            (&["（4） 部门整体支出绩效指标"][..], "部门整体支出绩效指标", ""),
            (
                &["公开01表", "收入支出决算总表", "部门：甲市教育局          金额单位：万元"][..],
                "收入支出决算总表",
                "万元",
            ),
        ] {
            assert_eq!(caption(lines), (title.to_owned(), unit.to_owned()), "{lines:?}");
        }
    }

    #[test]
    fn column_headers_can_state_their_own_unit() {
        assert_eq!(header_unit("价值（金额单位：万元）"), Some("万元"));
        assert_eq!(header_unit("项目资金\n（万元）"), Some("万元"));
        assert_eq!(header_unit("金额（元）"), Some("元"));
        assert_eq!(header_unit("公务用车购置费"), None);
        assert_eq!(header_unit("增长（%）"), None);
        assert_eq!(header_unit("一般公共预算（元旦慰问）"), None);
    }
}
