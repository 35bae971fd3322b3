//! The key-and-value rows of a project form: 项目名称, 资金, 总体目标, above its indicators or on their own.

use super::caption;
use super::columns;
use super::indicator_role::{Role, role};
use crate::document::{Grid, figure};
use crate::wording::{blank, fold, placeholder, tidy};
use rust_decimal::Decimal;
use std::ops::Range;

/// What a form states.
#[derive(Debug, Clone, Default)]
pub(super) struct Form {
    pub project_name: String,
    pub goal: String,
    /// The row the goal stands on, from 0.
    pub goal_row: Option<usize>,
    pub figures: Vec<FormFigure>,
    /// Whether the form speaks of the whole department.
    pub whole_department: bool,
}

/// One money cell of a form.
#[derive(Debug, Clone)]
pub(super) struct FormFigure {
    pub row: usize,
    pub column: usize,
    pub label: String,
    pub column_label: String,
    pub printed: String,
    pub value: Decimal,
    pub unit: &'static str,
}

impl Form {
    /// The budget of the project: the total of its funds, in its printed unit; that of the year before that of the term.
    pub fn budget(&self) -> Option<&FormFigure> {
        let total = |figure: &&FormFigure| {
            let label = fold(&figure.label);
            BUDGET_LABELS.iter().any(|name| label.contains(name)) && !label.starts_with("其中")
        };
        let term = |figure: &&FormFigure| TERM_WORDS.iter().any(|word| figure.label.contains(word));
        let totals = || self.figures.iter().filter(total);
        totals().find(|figure| !term(figure)).or_else(|| totals().next())
    }
}

const NAME_KEYS: &[&str] =
    &["项目名称", "项目(政策)名称", "政策名称", "预算项目名称", "项目名称及编码", "项目名"];
const BUDGET_LABELS: &[&str] = &[
    "资金总额",
    "预算总额",
    "项目资金",
    "年度预算",
    "预算金额",
    "总额",
    "预算资金",
    "项目预算",
    "资金总量",
    "金额",
    "预算数",
    "总计",
    "合计",
];
/// Words of totals that speak of the whole term of a project.
const TERM_WORDS: &[&str] = &["实施期", "中期", "总投资", "三年"];
const MONEY_WORDS: &[&str] =
    &["资金", "拨款", "预算", "金额", "经费", "支出", "收入", "总额", "专户", "成本", "投资"];
/// Sub-headings of a goal, the wanted one first: the goal of the year before that of the term.
const GOAL_COLUMNS: &[&str] = &[
    "年度目标",
    "年度总体目标",
    "年度绩效目标",
    "本年目标",
    "预期目标",
    "年初设定目标",
    "全年目标",
    "年初目标",
    "总体目标",
    "实施期目标",
    "实施期总目标",
    "中期目标",
    "项目总目标",
    "长期目标",
];
const OTHER_GOAL_COLUMNS: &[&str] =
    &["实际完成情况", "年度目标完成情况", "全年实际完成情况", "目标实际完成情况", "完成情况", "实际完成目标"];

/// Reads the rows of the range as a form.
pub(super) fn read(grid: &Grid<'_>, rows: Range<usize>, table_unit: &'static str) -> Form {
    let mut form = Form::default();
    for row in rows.clone() {
        let cells = cells(grid, row);
        for pair in cells.windows(2) {
            let key = fold(grid.text(row, pair[0])).replace(':', "");
            if form.project_name.is_empty() && NAME_KEYS.contains(&key.as_str()) {
                form.project_name = tidy(grid.text(row, pair[1]));
            }
            form.whole_department |= matches!(key.as_str(), "部门名称" | "部门(单位)名称" | "单位名称");
        }
    }
    read_goal(grid, rows.clone(), &mut form);
    for row in rows.clone() {
        read_figures(grid, rows.start, row, table_unit, &mut form.figures);
    }
    form
}

/// Whether the row opens a form: it names the project.
pub(super) fn opens(grid: &Grid<'_>, row: usize) -> bool {
    let first = cells(grid, row).into_iter().find(|column| !blank(grid.text(row, *column)));
    first.is_some_and(|column| {
        let key = fold(grid.text(row, column)).replace(':', "");
        NAME_KEYS.contains(&key.as_str())
    }) && cells(grid, row).len() <= 4
        && !heads_columns(grid, row)
}

/// Whether the row names columns (项目名称 | 金额) rather than a project.
fn heads_columns(grid: &Grid<'_>, row: usize) -> bool {
    let names = cells(grid, row).into_iter().skip(1).map(|column| grid.text(row, column));
    names.into_iter().any(|text| {
        matches!(role(text), Some(Role::Budget | Role::Note | Role::Goal))
            || NAME_KEYS.contains(&&*fold(text))
    })
}

/// The first columns of the cells that lie on the row, wherever they begin.
fn cells(grid: &Grid<'_>, row: usize) -> Vec<usize> {
    (0..grid.columns()).filter(|column| grid.cell(row, *column).column == *column).collect()
}

fn goal_label(text: &str) -> bool {
    let folded = fold(text);
    let plain = folded.split(['(', ':']).next().unwrap_or("");
    let length = plain.chars().count();
    (2..=12).contains(&length)
        && (plain.ends_with("目标") || plain.ends_with("目标表述") || plain.ends_with("目标完成情况"))
}

fn goal_column(text: &str) -> Option<usize> {
    let folded = fold(text);
    let plain = folded.split(['(', ':', '[']).next().unwrap_or("");
    if OTHER_GOAL_COLUMNS.contains(&plain) {
        return Some(usize::MAX);
    }
    GOAL_COLUMNS.iter().position(|name| plain == *name)
}

fn read_goal(grid: &Grid<'_>, rows: Range<usize>, form: &mut Form) {
    let Some((row, label)) = rows.clone().find_map(|row| {
        let first = cells(grid, row).into_iter().find(|column| !blank(grid.text(row, *column)))?;
        let anchored = grid.cell(row, first).row == row;
        (anchored && goal_label(grid.text(row, first)) && cells(grid, row).len() > 1).then_some((row, first))
    }) else {
        return;
    };
    let cell = grid.cell(row, label);
    let right = cell.column + cell.column_span;
    if right >= grid.columns() {
        return;
    }
    let beside: Vec<usize> = cells(grid, row).into_iter().filter(|column| *column >= right).collect();
    let headed = beside.iter().all(|column| goal_column(grid.text(row, *column)).is_some());
    let (column, from) = if headed {
        let ranked = beside.iter().min_by_key(|column| goal_column(grid.text(row, **column)));
        (ranked.copied().unwrap_or(right), row + 1)
    } else {
        (right, row)
    };
    let until = (row + cell.row_span).max(from + 1).min(rows.end);
    let mut parts: Vec<&str> = Vec::new();
    for line in from..until {
        let text = grid.text(line, column).trim();
        let label_again = goal_label(text) || columns::is_code(text);
        if !blank(text) && !label_again && parts.last() != Some(&text) {
            parts.push(text);
            form.goal_row = form.goal_row.or(Some(line));
        }
    }
    form.goal = tidy(&parts.join("\n"));
}

/// Reads the money cells of one row: a figure with words about money to its left and a unit stated somewhere.
fn read_figures(
    grid: &Grid<'_>,
    top: usize,
    row: usize,
    table_unit: &'static str,
    figures: &mut Vec<FormFigure>,
) {
    for column in cells(grid, row).into_iter().filter(|column| grid.is_anchor(row, *column)) {
        let printed = grid.text(row, column);
        let Some(value) = figure(printed) else { continue };
        let labels = labels(grid, top, row, column);
        let head = heading(grid, top, row, column);
        if head.as_deref().is_some_and(|head| columns::is_other_name(&fold(head)) || !says_money(head)) {
            continue;
        }
        let Some((label, column_label)) = named(grid, top, row, column, &labels, head.as_deref()) else {
            continue;
        };
        let stated =
            [column_label.as_str(), label].into_iter().chain(labels.iter().rev().map(String::as_str));
        let unit = stated.chain(above(grid, top, row, column)).find_map(caption::header_unit);
        let unit = unit.unwrap_or(table_unit);
        if unit.is_empty() || columns::is_other_name(&fold(label)) {
            continue;
        }
        let label = label.to_owned();
        let printed = printed.trim().to_owned();
        figures.push(FormFigure { row, column, label, column_label, printed, value, unit });
    }
}

/// Whether the lower row has no label of its own in the first column, or one that the upper row has too.
fn stands_below(grid: &Grid<'_>, upper: usize, lower: usize) -> bool {
    (upper + 1..=lower).all(|row| grid.cell(row, 0).row <= upper || blank(grid.text(row, 0)))
}

/// What a figure is called: by words about money beside it, else by its row's first label under a heading that speaks of
/// money (`年度主要任务 | 任务名称 | 主要内容 | 预算金额（万元）`). `None` where neither speaks of money.
fn named<'a>(
    grid: &Grid<'_>,
    top: usize,
    row: usize,
    column: usize,
    labels: &'a [String],
    head: Option<&str>,
) -> Option<(&'a str, String)> {
    let money = |text: &str| MONEY_WORDS.iter().any(|word| fold(text).contains(word));
    if labels.iter().any(|text| money(text)) {
        let side = labels.first().filter(|_| labels.len() > 1).map(String::as_str);
        return Some((labels.last()?, side.into_iter().chain(head).collect::<Vec<_>>().join("/")));
    }
    let head = head?;
    let wide = above(grid, top, row, column).filter(|text| caption::header_unit(text).is_some());
    let wide = wide.map(tidy).find(|text| text != head);
    let path = wide.into_iter().chain([head.to_owned()]).collect::<Vec<_>>().join("/");
    let first = labels.get(usize::from(grid.cell(row, 0).row_span > 1 && labels.len() > 1))?;
    money(&path).then_some((first.as_str(), path))
}

/// The texts above a cell, down from the first row of the block that its row's first cell stands beside.
fn above<'a>(grid: &'a Grid<'_>, top: usize, row: usize, column: usize) -> impl Iterator<Item = &'a str> {
    (grid.cell(row, 0).row.max(top)..row).map(move |above| grid.text(above, column))
}

fn says_money(head: &str) -> bool {
    let folded = fold(head);
    MONEY_WORDS.iter().chain(&["数", "额"]).any(|word| folded.contains(word))
}

/// The texts to the left of the cell, a blank one filled from above, left to right; figures end the search.
fn labels(grid: &Grid<'_>, top: usize, row: usize, column: usize) -> Vec<String> {
    let mut labels = Vec::new();
    for left in cells(grid, row).into_iter().filter(|left| *left < column) {
        let text = if blank(grid.text(row, left)) && left == 0 {
            (top..row).rev().map(|above| grid.text(above, left)).find(|text| !blank(text)).unwrap_or("")
        } else {
            grid.text(row, left)
        };
        if !blank(text) && !placeholder(text) && figure(text).is_none() && !text.trim_end().ends_with('%') {
            labels.push(tidy(text));
        }
    }
    labels
}

/// The column name above a figure inside the form, such as 全年预算数: the nearest text above that is no label of the
/// figure's own row.
fn heading(grid: &Grid<'_>, top: usize, row: usize, column: usize) -> Option<String> {
    let side = grid.cell(row, 0);
    let top = top.max(if side.row_span > 1 { side.row } else { top });
    for above in (top..row).rev() {
        let cell = grid.cell(above, column);
        if blank(&cell.text) || figure(&cell.text).is_some() || placeholder(&cell.text) {
            continue;
        }
        let named = cells(grid, above).into_iter().filter(|other| *other >= column.min(2));
        let header_row =
            named.clone().count() > 1 && named.clone().all(|other| figure(grid.text(above, other)).is_none());
        let exact = cell.column == column;
        // A key of a row that belongs to other matters (项目期) names no column below it.
        let key = !says_money(&cell.text) && !stands_below(grid, above, row);
        return (header_row && exact && !key).then(|| tidy(&cell.text));
    }
    None
}
