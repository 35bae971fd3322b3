//! The figures of standard tables, tidy: measure, classification, code and level beside each value.

use super::amount::{self, RowName, RowNames, TableView};
use super::columns::{Column, Content, Labelling};
use crate::document::figure;
use crate::flag::Flags;
use crate::record::{Classification, LineItem, Measure, OtherReading, TableKind};
use crate::reference::measure;
use crate::wording::{fold, split_numbering, tidy};
use rust_decimal::Decimal;
use std::sync::Arc;

/// The kinds of table whose figures become line items.
const STANDARD: &[TableKind] = &[
    TableKind::BudgetSummary,
    TableKind::Income,
    TableKind::Expenditure,
    TableKind::FiscalAppropriation,
    TableKind::GeneralPublicBudget,
    TableKind::BasicExpenditure,
    TableKind::GovernmentFund,
    TableKind::StateCapital,
    TableKind::ThreePublic,
    TableKind::Procurement,
    TableKind::Assets,
    TableKind::ProjectExpenditure,
];

/// Words in the titles of standard tables that have no kind of their own.
const STANDARD_TITLES: &[&str] = &["机关运行", "社会保险基金", "债务", "转移支付", "会议费", "培训费"];

fn is_standard(view: &TableView<'_>) -> bool {
    let title = || fold(&view.caption.title);
    STANDARD.contains(&view.kind)
        || view.kind == TableKind::Other
            && !view.caption.unit.is_empty()
            && STANDARD_TITLES.iter().any(|word| title().contains(word))
}

/// Names of rows that sum up the others: `合计`, `本年收入合计`, `一般公共预算支出总计`, but not `人员经费合计`.
pub(super) fn is_total_name(folded: &str) -> bool {
    const WHOLES: &[&str] = &["收入", "支出", "收支", "本年", "当年", "全部"];
    let Some(whole) = ["合计", "总计"].iter().find_map(|ending| folded.strip_suffix(ending)) else {
        return matches!(folded, "合计:" | "总计:");
    };
    whole.is_empty() || WHOLES.iter().any(|word| whole.ends_with(word))
}

/// The line items of a standard table, row by row.
pub(super) fn of_columns(view: &TableView<'_>, columns: &[Column]) -> Vec<LineItem> {
    if !is_standard(view) {
        return Vec::new();
    }
    let mut names = RowNames::new(columns);
    let read: Vec<Option<Measured<'_>>> = columns
        .iter()
        .enumerate()
        .map(|(index, column)| Measured::new(view, column, names.labelling(index)))
        .collect();
    let mut items = Vec::new();
    let mut lists = vec![List::default(); columns.len()];
    for row in view.table.header_rows..view.table.rows {
        for (index, column) in read.iter().enumerate() {
            let Some(column) = column.as_ref().filter(|_| view.grid.is_anchor(row, index)) else { continue };
            let name = names.of(view, row, index);
            let inside = lists[index].holds(name.printed);
            items.extend(item(view, column, name, row, index).map(|item| LineItem {
                level: deeper(item.level, name.printed, &item.code, inside),
                ..item
            }));
        }
    }
    settle(&mut items);
    items
}

/// Gives the rows without a code (合计) the classification of all rows with one, where these tell it apart.
fn settle(items: &mut [LineItem]) {
    let economic = [Classification::DepartmentEconomic, Classification::GovernmentEconomic];
    let coded = items.iter().filter(|item| !item.code.is_empty()).map(|item| item.classification);
    let Some(first) = coded.clone().next().filter(|first| economic.contains(first)) else { return };
    if coded.clone().all(|classification| classification == first) {
        for item in items.iter_mut().filter(|item| item.classification == Classification::Function) {
            item.classification = first;
        }
    }
}

/// Where a column stands in a list that is numbered 一、二、….
#[derive(Debug, Clone, Default)]
struct List {
    open: bool,
}

impl List {
    /// Takes note of a row's label and tells whether it is listed below a numbered one: the list goes on to the next
    /// total, and what is carried over stands beside it.
    fn holds(&mut self, label: &str) -> bool {
        let folded = fold(label);
        let number = split_numbering(label).0;
        let sum = folded.ends_with("合计") || folded.ends_with("总计") || folded.ends_with("小计");
        if number.starts_with(crate::wording::is_chinese_digit) {
            self.open = true;
        } else if sum || ["结转", "结余", "弥补"].iter().any(|word| folded.contains(word)) {
            self.open = false;
        }
        self.open
    }
}

/// A row without number, code and indentation that is listed below a numbered one stands one level deeper.
fn deeper(level: Option<u32>, label: &str, code: &str, inside: bool) -> Option<u32> {
    let plain = code.is_empty() && split_numbering(label).0.is_empty();
    if inside && plain && level == Some(1) { Some(2) } else { level }
}

/// A column of figures and what holds for all of them.
struct Measured<'a> {
    column: &'a Column,
    measure: Measure,
    year: Option<i32>,
    /// The folded headers of the columns that label it.
    labelled: String,
}

impl<'a> Measured<'a> {
    /// `None` for a column that holds neither money nor counts nor rates of the money beside it.
    fn new(view: &TableView<'_>, column: &'a Column, labelling: &Labelling) -> Option<Self> {
        let measure = measure_of(view.kind, &column.path);
        let other = column.content == Content::Other && (column.counts() || is_rate(measure));
        if column.content != Content::Money && !other {
            return None;
        }
        let headers = view.table.caption_rows..view.table.header_rows;
        let header = |column: &usize| {
            headers.clone().map(|row| fold(view.grid.text(row, *column))).collect::<String>()
        };
        Some(Self {
            column,
            measure,
            year: amount::column_year(&column.path, view.fiscal_year),
            labelled: labelling.codes.iter().chain(&labelling.labels).map(header).collect(),
        })
    }
}

/// Whether the column holds percentages of the money beside it.
fn is_rate(measure: Measure) -> bool {
    matches!(measure, Measure::ChangeRate | Measure::Completion | Measure::Share)
}

/// What the column measures; the 小计 of what the whole table is about (政府性基金预算支出/小计) is its total.
fn measure_of(kind: TableKind, path: &[String]) -> Measure {
    let own = match kind {
        TableKind::GeneralPublicBudget => Some(Measure::GeneralPublicBudget),
        TableKind::GovernmentFund => Some(Measure::GovernmentFund),
        TableKind::StateCapital => Some(Measure::StateCapital),
        TableKind::FiscalAppropriation => Some(Measure::FiscalAppropriation),
        TableKind::BasicExpenditure => Some(Measure::Basic),
        TableKind::ProjectExpenditure => Some(Measure::Project),
        _ => None,
    };
    let measure = measure::of_path(path);
    let subtotal = path.len() > 1 && path.last().is_some_and(|leaf| fold(leaf) == "小计");
    if subtotal && own == Some(measure) { Measure::Total } else { measure }
}

/// The figure of a cell, its unit, and its yuan: money, a count, or a percentage (`9.5`, `9.5%`).
fn read(
    view: &TableView<'_>,
    measured: &Measured<'_>,
    row_name: &RowName<'_>,
    printed: &str,
) -> Option<(Decimal, &'static str, Option<Decimal>)> {
    if measured.column.content == Content::Other && is_rate(measured.measure) {
        let value = figure(printed.trim_end_matches(['%', '％']).trim_end())?;
        return Some((value, "%", None));
    }
    let (value, own_unit) = amount::money(printed)?;
    if measured.measure == Measure::Quantity {
        return Some((value, "", None));
    }
    let counts = own_unit.is_none() && row_name.counts && view.kind == TableKind::ThreePublic;
    let unit = if counts { "" } else { own_unit.or(measured.column.unit).unwrap_or(view.caption.unit) };
    Some((value, unit, amount::yuan(value, unit)))
}

fn item(
    view: &TableView<'_>,
    measured: &Measured<'_>,
    row_name: &RowName<'_>,
    row: usize,
    index: usize,
) -> Option<LineItem> {
    let printed = view.grid.text(row, index).trim();
    let (value, unit, value_yuan) = read(view, measured, row_name, printed)?;
    let Measured { column, mut measure, year, .. } = *measured;
    let mut name = name(&row_name.label);
    if name.is_empty() {
        // A table without row labels (预算数 over 合计, 因公出国费 …) has its items in its columns.
        let subtotal = column.path.len() > 1 && column.path.last().is_some_and(|leaf| fold(leaf) == "小计");
        let above = &column.path[..column.path.len().saturating_sub(1)];
        name = if subtotal { above.last() } else { column.path.last() }.cloned().unwrap_or_default();
        measure = match (measure::of_path(above), view.kind) {
            // 合计, 基本支出 and 项目支出 over one row of figures are what the table measures.
            (Measure::Amount, TableKind::Expenditure | TableKind::GeneralPublicBudget) => measure,
            (above, _) => above,
        };
    }
    let code = row_name.code.clone();
    let classification = classification(view, measured, &code, &name);
    Some(LineItem {
        table_kind: view.kind,
        table_title: Arc::clone(&view.caption.title),
        measure,
        measure_label: Arc::clone(&column.label),
        level: level(row_name.printed, &code, classification),
        parent_code: parent(&code, classification),
        classification,
        code,
        name,
        year,
        value_raw: printed.to_owned(),
        value: Some(value),
        unit: unit.into(),
        value_yuan,
        provenance: view.provenance(row, Some(index)),
        flags: Flags::new(),
        readings: readings(view, measured, row_name, row, index),
    })
}

/// The other readings of a cell that are figures as well; where nothing may stand it is zero.
fn readings(
    view: &TableView<'_>,
    measured: &Measured<'_>,
    row_name: &RowName<'_>,
    row: usize,
    index: usize,
) -> Vec<OtherReading> {
    let texts = view.grid.cell(row, index).readings.iter().map(|text| text.trim());
    let reading = |text: &str| {
        let printed = if text.is_empty() { "0" } else { text };
        let (value, _, value_yuan) = read(view, measured, row_name, printed)?;
        Some(OtherReading { value_raw: text.to_owned(), value, value_yuan })
    };
    texts.filter_map(reading).collect()
}

/// The row's name without list numbering and 其中.
fn name(label: &str) -> String {
    let plain = split_numbering(label).1;
    let plain = plain.strip_prefix("其中").map_or(plain, |rest| rest.trim_start_matches(['：', ':']));
    tidy(split_numbering(plain).1)
}

/// Names of spending by its nature, which stand beside or below the classes of the functions and are none.
const NATURES: &[&str] = &[
    "基本支出",
    "项目支出",
    "人员经费",
    "公用经费",
    "日常公用经费",
    "经营支出",
    "上缴上级支出",
    "对附属单位补助支出",
];

fn classification(view: &TableView<'_>, measured: &Measured<'_>, code: &str, name: &str) -> Classification {
    let names = &measured.labelled;
    if code.starts_with(|c: char| c.is_ascii_uppercase()) || names.contains("采购") {
        return Classification::Procurement;
    }
    if names.contains("经济") || view.kind == TableKind::BasicExpenditure {
        let government = code.starts_with('5') || names.contains("政府预算");
        return if government {
            Classification::GovernmentEconomic
        } else {
            Classification::DepartmentEconomic
        };
    }
    let function_code = code.starts_with('2') && matches!(code.len(), 3 | 5 | 7);
    // Units and the classes of their spending may stand side by side; no unit has a code of five or seven digits.
    if function_code && code.len() > 3 && names.contains("科目") {
        return Classification::Function;
    }
    if names.contains("单位代码")
        || names.contains("单位编码")
        || names.contains("部门")
        || names.contains("(单位)")
    {
        return Classification::Unit;
    }
    // The functions have the classes 2xx, the economic classes of departments 3xx.
    if code.starts_with('3')
        && matches!(code.len(), 3 | 5)
        && names.contains("科目")
        && !names.contains("功能")
    {
        return Classification::DepartmentEconomic;
    }
    if code.is_empty() && (NATURES.contains(&name) || names.contains("用途")) {
        return Classification::None;
    }
    if function_code || names.contains("功能") || names.contains("科目") {
        return Classification::Function;
    }
    match (view.kind, measured.column.path.first().map(|top| fold(top))) {
        (TableKind::BudgetSummary | TableKind::FiscalAppropriation, Some(top)) if top.contains("收入") => {
            Classification::Source
        }
        (TableKind::BudgetSummary | TableKind::FiscalAppropriation, Some(top)) if top.contains("支出") => {
            Classification::Function
        }
        (TableKind::Income, _) => Classification::Source,
        _ => Classification::None,
    }
}

/// The length of the code of each level. Source: 政府收支分类科目 (类 3, 款 5, 项 7; economic 类 3, 款 5); departments 3, units 6.
fn code_lengths(classification: Classification) -> &'static [usize] {
    match classification {
        Classification::Function => &[3, 5, 7],
        Classification::DepartmentEconomic | Classification::GovernmentEconomic => &[3, 5],
        Classification::Unit => &[3, 6, 9],
        Classification::Procurement => &[1, 3, 5, 7, 9, 11],
        Classification::Source | Classification::None => &[],
    }
}

fn level(label: &str, code: &str, classification: Classification) -> Option<u32> {
    if is_total_name(&fold(label)) {
        return None;
    }
    if let Some(level) = code_lengths(classification).iter().position(|length| *length == code.len()) {
        return u32::try_from(level + 1).ok();
    }
    let (number, rest) = split_numbering(label);
    // 其中：1.房屋 is numbered behind the words.
    let inner = rest.strip_prefix("其中").map(|rest| split_numbering(rest.trim_start_matches(['：', ':'])).0);
    let number = if number.is_empty() { inner.unwrap_or(number) } else { number };
    Some(match number.chars().next() {
        Some('（' | '(') => 2,
        Some(first) if crate::wording::is_chinese_digit(first) => 1,
        Some(_) => 3,
        // Without number and code, 其中 and the indentation tell.
        None => 1 + u32::from(rest.starts_with("其中") || label.starts_with(char::is_whitespace)),
    })
}

fn parent(code: &str, classification: Classification) -> String {
    let lengths = code_lengths(classification);
    let level = lengths.iter().position(|length| *length == code.len());
    let parent = level.and_then(|level| level.checked_sub(1)).and_then(|up| code.get(..lengths[up]));
    parent.unwrap_or("").to_owned()
}
