//! The columns of a table with a header: the path of names above each, and what that makes of it.

use super::caption;
use crate::document::{Grid, Table, figure};
use crate::wording::{Words, blank, fold, tidy};
use std::sync::Arc;

/// What a column of a figure table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Names of rows: 项目, 科目名称, 单位名称.
    Label,
    /// Classification or department codes.
    Code,
    /// Money.
    Money,
    /// Anything else: counts, ordinals, shares, units of measure.
    Other,
}

/// One column of a figure table.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// Header texts from the top down, repeats of a merged cell left out.
    pub path: Vec<String>,
    /// The levels joined by `/`, as `column_label` holds them.
    pub label: Arc<str>,
    /// What it holds.
    pub content: Content,
    /// Its own money unit, where the header states one.
    pub unit: Option<&'static str>,
}

impl Column {
    /// Whether it counts things: 数量.
    pub fn counts(&self) -> bool {
        fold(&self.label).contains("数量")
    }

    fn leaf(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }
}

/// Names of columns that hold codes.
static CODE_NAMES: Words = Words::new(&["编码", "代码", "目录序号", "科目编号"]);
/// Names of columns that hold row labels.
const LABEL_NAMES: &[&str] = &[
    "项目",
    "科目",
    "名称",
    "单位名称",
    "科目名称",
    "类别",
    "资产",
    "收入",
    "支出",
    "内容",
    "单位",
    "部门",
    "用途",
    "品目",
    "事项",
    "类型",
    "摘要",
];
/// Words in the names of columns that hold no money though they hold figures.
static OTHER_WORDS: Words = Words::new(&[
    "行次",
    "栏次",
    "序号",
    "计量",
    "人数",
    "人次",
    "面积",
    "比例",
    "占比",
    "比重",
    "增减幅",
    "幅度",
    "年份",
    "次数",
    "批次",
    "编制数",
    "得分",
    "分值",
    "权重",
    "备注",
    "期限",
    "年限",
    "户数",
    "规格",
    "页码",
    "电话",
    "车辆数",
    "保有量",
    "团组数",
]);
/// Endings of such names.
const OTHER_ENDINGS: &[&str] = &[
    "数量",
    "率",
    "%",
    "时间",
    "日期",
    "增长",
    "(%)",
    "(辆)",
    "(台)",
    "(人)",
    "(次)",
    "(批)",
    "(个)",
    "(套)",
    "(项)",
    "(平方米)",
    "(台、辆)",
    "(户)",
];
/// Endings of names of shares and rates, whatever they are shares of (`决算数为预算数的%`).
const RATE_ENDINGS: &[&str] = &["%", "(%)", "率", "幅度", "增幅", "降幅", "百分比"];
/// Words that mark a column of money even where a word above occurs too (`比上年增减额`).
static MONEY_NAMES: Words = Words::new(&[
    "金额",
    "增减额",
    "增长额",
    "价值",
    "万元",
    "单价",
    "资金",
    "拨款",
    "经费",
    "预算数",
    "决算数",
    "执行数",
]);

/// The columns of the table, left to right. Without header rows there are none.
pub(super) fn read(table: &Table, grid: &Grid<'_>) -> Vec<Column> {
    if table.header_rows <= table.caption_rows {
        return Vec::new();
    }
    (0..table.columns).map(|column| read_column(table, grid, column)).collect()
}

fn read_column(table: &Table, grid: &Grid<'_>, column: usize) -> Column {
    let mut path: Vec<String> = Vec::new();
    for row in table.caption_rows..table.header_rows {
        let cell = grid.cell(row, column);
        if cell.row < row && row > table.caption_rows {
            continue;
        }
        let text = tidy(&cell.text);
        if !text.is_empty() && !is_ordinal(&text) && path.last() != Some(&text) {
            path.push(text);
        }
    }
    let unit = path.iter().rev().find_map(|text| caption::header_unit(text));
    let content = classify(table, grid, column, &path);
    Column { label: path.join("/").into(), path, content, unit }
}

fn is_ordinal(text: &str) -> bool {
    let digits = text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
    digits || text == "栏次"
}

fn classify(table: &Table, grid: &Grid<'_>, column: usize, path: &[String]) -> Content {
    let names: Vec<_> = path.iter().map(|text| fold(text)).collect();
    let leaf = names.last().map_or("", |name| &**name);
    let (figures, texts, shares) = count(table, grid, column);
    let code_group = names.iter().any(|name| CODE_NAMES.any_in(name)) && !leaf.contains("名称");
    if code_group && (texts == 0 || looks_coded(table, grid, column)) {
        return Content::Code;
    }
    if texts <= 1 && looks_nested(table, grid, column) {
        return Content::Code;
    }
    let other = is_other_name(leaf) || matches!(leaf, "类" | "款" | "项");
    if shares > 0 && shares >= figures + texts {
        return Content::Other;
    }
    if figures == 0 && texts == 0 {
        // An empty column of a money table is money without figures, unless its name is that of a label.
        return if other || is_label_name(leaf) { Content::Other } else { Content::Money };
    }
    if figures > 0 && texts * 2 <= figures {
        return if other { Content::Other } else { Content::Money };
    }
    if other && !leaf.contains("项目") { Content::Other } else { Content::Label }
}

fn is_label_name(folded: &str) -> bool {
    LABEL_NAMES.iter().any(|name| folded == *name || folded.ends_with("名称"))
}

/// Whether the folded name is that of a count, a share, an ordinal: figures, but no money.
pub(super) fn is_other_name(folded: &str) -> bool {
    if RATE_ENDINGS.iter().any(|ending| folded.ends_with(ending)) {
        return true;
    }
    let other = OTHER_WORDS.any_in(folded) || OTHER_ENDINGS.iter().any(|ending| folded.ends_with(ending));
    other && !MONEY_NAMES.any_in(folded)
}

/// How many body cells of the column hold figures, how many other text, and how many shares (`9.5%`). Dashes count as
/// none of them.
fn count(table: &Table, grid: &Grid<'_>, column: usize) -> (usize, usize, usize) {
    let (mut figures, mut texts, mut shares) = (0, 0, 0);
    for row in table.header_rows..table.rows {
        let cell = grid.cell(row, column);
        // A label merged over several columns (合计) belongs to the first of them.
        if cell.row != row || cell.column != column || crate::wording::placeholder(&cell.text) {
            continue;
        }
        let folded = fold(&cell.text);
        let share = || folded.strip_suffix('%').and_then(figure);
        let money = || folded.strip_suffix("元").and_then(|rest| figure(rest.trim_end_matches(['万', '亿'])));
        if figure(&cell.text).or_else(money).is_some() {
            figures += 1;
        } else if share().is_some() {
            shares += 1;
        } else {
            texts += 1;
        }
    }
    (figures, texts, shares)
}

/// Whether most of the column's texts are codes: digits, or a letter and digits (`A02010104`).
fn looks_coded(table: &Table, grid: &Grid<'_>, column: usize) -> bool {
    let texts = (table.header_rows..table.rows)
        .filter(|row| grid.is_anchor(*row, column))
        .map(|row| grid.text(row, column))
        .filter(|text| !blank(text));
    let (coded, all) = texts.fold((0, 0), |(coded, all), text| (coded + usize::from(is_code(text)), all + 1));
    coded * 2 >= all
}

/// Whether the figures of a column are codes whatever its name: digits of a few lengths, each longer one below the code
/// that it begins with (`208`, `20805`, `2080505`).
fn looks_nested(table: &Table, grid: &Grid<'_>, column: usize) -> bool {
    const SHORTEST: usize = 3;
    const LONGEST: usize = 12;
    let mut above: Vec<String> = Vec::new();
    let mut nested = 0;
    for row in (table.header_rows..table.rows).filter(|row| grid.is_anchor(*row, column)) {
        let text = fold(grid.text(row, column));
        if !text.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        if !text.bytes().all(|b| b.is_ascii_digit()) || !(SHORTEST..=LONGEST).contains(&text.len()) {
            return false;
        }
        // What stands above is the way down to the last code.
        while above.last().is_some_and(|code| code.len() >= text.len()) {
            above.pop();
        }
        match above.last() {
            Some(code) if !text.starts_with(code.as_str()) => return false,
            Some(_) => nested += 1,
            None => {}
        }
        above.push(text.into_owned());
    }
    nested > 1
}

/// A classification code: 2 to 12 digits, or one letter and digits.
pub(super) fn is_code(text: &str) -> bool {
    let folded = fold(text);
    let digits = folded.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or(&folded);
    (1..=12).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// The columns that label the money in a column: its label columns and its code columns, left to right.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Labelling {
    pub labels: Vec<usize>,
    pub codes: Vec<usize>,
}

/// For every column, what labels it. In a table of income beside expenditure each side has its own labels.
pub(super) fn labelling(columns: &[Column]) -> Vec<Labelling> {
    let mut current = Labelling::default();
    let mut after_money = false;
    let mut result = Vec::with_capacity(columns.len());
    for (index, column) in columns.iter().enumerate() {
        match column.content {
            Content::Label | Content::Code => {
                if after_money && starts_group(columns, index) {
                    current = Labelling::default();
                }
                after_money = false;
                let list =
                    if column.content == Content::Label { &mut current.labels } else { &mut current.codes };
                list.push(index);
            }
            Content::Money => after_money = true,
            Content::Other => {}
        }
        result.push(current.clone());
    }
    result
}

/// Whether the label column opens a second side: its name stood before (项目 … 项目), or a new top-level group begins.
fn starts_group(columns: &[Column], index: usize) -> bool {
    let column = &columns[index];
    let before = &columns[..index];
    let same_leaf = before.iter().any(|other| {
        matches!(other.content, Content::Label | Content::Code) && fold(other.leaf()) == fold(column.leaf())
    });
    // 功能科目 | 预算数 | 支出项目类别 | 预算数: the figures behind the label have the name of those before it.
    let money = |column: &&Column| column.content == Content::Money;
    let last = before.iter().rev().find(money);
    let same_figures = last.is_some_and(|last| {
        let next = columns[index + 1..].iter().find(|other| other.content != Content::Label);
        next.filter(money).is_some_and(|next| next.path == last.path)
    });
    let both_sides =
        column.path.len() > 1 && before.iter().all(|other| other.path.first() != column.path.first());
    same_leaf || same_figures || both_sides && before.iter().any(|other| other.path.len() > 1)
}
