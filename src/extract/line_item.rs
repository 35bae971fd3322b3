//! The figures of standard tables, tidy: measure, classification, code and level beside each value.

use super::amount::{self, RowNames, TableView};
use super::columns::{Column, Content, Labelling};
use crate::flag::Flags;
use crate::record::{Classification, LineItem, Measure, TableKind};
use crate::reference::measure;
use crate::wording::{fold, split_numbering, tidy};

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

/// Names of rows that sum up the others.
pub(super) fn is_total_name(folded: &str) -> bool {
    const NAMES: &[&str] =
        &["合计", "总计", "收入总计", "支出总计", "本年收入合计", "本年支出合计", "收入合计", "支出合计"];
    NAMES.contains(&folded)
}

/// The line items of a standard table, row by row.
pub(super) fn of_columns(view: &TableView<'_>, columns: &[Column]) -> Vec<LineItem> {
    if !STANDARD.contains(&view.kind) {
        return Vec::new();
    }
    let mut names = RowNames::new(columns);
    let read: Vec<Option<Measured<'_>>> = columns
        .iter()
        .enumerate()
        .map(|(index, column)| Measured::new(view, column, names.labelling(index)))
        .collect();
    let mut items = Vec::new();
    for row in view.table.header_rows..view.table.rows {
        for (index, column) in read.iter().enumerate() {
            if let Some(column) = column.as_ref().filter(|_| view.grid.is_anchor(row, index)) {
                items.extend(item(view, column, &mut names, row, index));
            }
        }
    }
    items
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
    /// `None` for a column that holds neither money nor counts.
    fn new(view: &TableView<'_>, column: &'a Column, labelling: &Labelling) -> Option<Self> {
        let counts = column.content == Content::Other && column.counts();
        if column.content != Content::Money && !counts {
            return None;
        }
        let headers = view.table.caption_rows..view.table.header_rows;
        let header = |column: &usize| {
            headers.clone().map(|row| fold(view.grid.text(row, *column))).collect::<String>()
        };
        Some(Self {
            column,
            measure: measure::of_path(&column.path),
            year: amount::column_year(&column.path, view.fiscal_year),
            labelled: labelling.codes.iter().chain(&labelling.labels).map(header).collect(),
        })
    }
}

fn item<'a>(
    view: &TableView<'a>,
    measured: &Measured<'_>,
    names: &mut RowNames<'a>,
    row: usize,
    index: usize,
) -> Option<LineItem> {
    let printed = view.grid.text(row, index).trim();
    let (value, own_unit) = amount::money(printed)?;
    let Measured { column, mut measure, year, .. } = *measured;
    let row_name = names.of(view, row, index);
    let counts = measure == Measure::Quantity
        || own_unit.is_none() && row_name.counts && view.kind == TableKind::ThreePublic;
    let unit = if counts { "" } else { own_unit.or(column.unit).unwrap_or(&view.caption.unit) };
    let mut name = name(&row_name.label);
    if name.is_empty() {
        // A table without row labels (预算数 over 合计, 因公出国费 …) has its items in its columns.
        name = column.path.last().cloned().unwrap_or_default();
        measure = measure::of_path(&column.path[..column.path.len().saturating_sub(1)]);
    }
    let code = row_name.code.clone();
    let classification = classification(view, measured, &code);
    Some(LineItem {
        table_kind: view.kind,
        table_title: view.caption.title.clone(),
        measure,
        measure_label: column.label.clone(),
        level: level(row_name.printed, &code, classification),
        parent_code: parent(&code, classification),
        classification,
        code,
        name,
        year,
        value_raw: printed.to_owned(),
        value: Some(value),
        unit: unit.to_owned(),
        value_yuan: if measure == Measure::Quantity { None } else { amount::yuan(value, unit) },
        provenance: view.provenance(row, Some(index)),
        flags: Flags::new(),
    })
}

/// The row's name without list numbering and 其中.
fn name(label: &str) -> String {
    let plain = split_numbering(label).1;
    let plain = plain.strip_prefix("其中").map_or(plain, |rest| rest.trim_start_matches(['：', ':']));
    tidy(split_numbering(plain).1)
}

fn classification(view: &TableView<'_>, measured: &Measured<'_>, code: &str) -> Classification {
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
    if names.contains("单位代码")
        || names.contains("单位编码")
        || names.contains("部门")
        || names.contains("(单位)")
    {
        return Classification::Unit;
    }
    let function_code = code.starts_with('2') && matches!(code.len(), 3 | 5 | 7);
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
