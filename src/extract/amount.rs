//! Money cells of figure tables: each with its row label, code, column path and exact unit.

use super::caption::Caption;
use super::columns::{self, Column, Content, Labelling};
use super::form::FormFigure;
use crate::document::{Grid, Table, figure};
use crate::flag::Flags;
use crate::record::{Amount, Ordinal, Provenance, Source, TableKind};
use crate::wording::{blank, fold, placeholder, tidy};
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::sync::Arc;

/// A table and what is known of its surroundings.
pub(super) struct TableView<'a> {
    pub table: &'a Table,
    pub grid: Grid<'a>,
    /// From 1 within the document.
    pub number: usize,
    pub kind: TableKind,
    pub caption: Caption,
    pub section: Arc<str>,
    pub fiscal_year: Option<i32>,
}

impl TableView<'_> {
    /// Where the cell stands.
    pub fn provenance(&self, row: usize, column: Option<usize>) -> Provenance {
        let place = self.table.row_place(row);
        Provenance {
            page: place.page,
            table: Ordinal::new(self.number),
            row: Ordinal::of_index(row),
            column: column.and_then(Ordinal::of_index),
            bbox: place.bbox,
        }
    }

    /// The row's cells joined by ` | `, each merged cell once.
    fn row_text(&self, row: usize) -> Arc<str> {
        let cells = (0..self.grid.columns()).filter(|column| self.grid.cell(row, *column).column == *column);
        let texts: Vec<String> = cells.map(|column| tidy(self.grid.text(row, column))).collect();
        texts.join(" | ").into()
    }
}

/// The money cells of a table with column headers. Columns in `skip` are left to other readers.
pub(super) fn of_columns(view: &TableView<'_>, columns: &[Column], skip: &[usize]) -> Vec<Amount> {
    let money = |column: &Column| column.content == Content::Money;
    if columns.is_empty() || !keeps_money(view, columns) {
        return Vec::new();
    }
    let counted = columns.iter().any(Column::counts);
    let years: Vec<_> = columns.iter().map(|column| column_year(&column.path, view.fiscal_year)).collect();
    let mut names = RowNames::new(columns);
    let mut amounts = Vec::new();
    for row in view.table.header_rows..view.table.rows {
        let mut text = None;
        for (index, column) in columns.iter().enumerate() {
            if !money(column) || skip.contains(&index) || !view.grid.is_anchor(row, index) {
                continue;
            }
            let read = money_cell(view, column, &mut names, row, index, counted);
            amounts.extend(read.map(|amount| {
                let text = text.get_or_insert_with(|| view.row_text(row));
                Amount { year: years[index], context: Arc::clone(text), ..amount }
            }));
        }
    }
    amounts
}

/// Whether the bare figures of the table are money: its kind is a budget kind, or a unit of money is stated.
fn keeps_money(view: &TableView<'_>, columns: &[Column]) -> bool {
    let unit_stated = !view.caption.unit.is_empty() || columns.iter().any(|column| column.unit.is_some());
    unit_stated || !matches!(view.kind, TableKind::Other | TableKind::Organisation | TableKind::Indicators)
}

fn money_cell<'a>(
    view: &TableView<'a>,
    column: &Column,
    names: &mut RowNames<'a>,
    row: usize,
    index: usize,
    counted: bool,
) -> Option<Amount> {
    let printed = view.grid.text(row, index).trim();
    let (value, own_unit) = money(printed)?;
    let name = names.of(view, row, index);
    if !counted && name.counts && own_unit.is_none() {
        return None;
    }
    let unit = own_unit.or(column.unit).unwrap_or(view.caption.unit);
    Some(Amount {
        label_code: name.code.clone(),
        column_label: Arc::clone(&column.label),
        ..amount(view, (row, index), Arc::clone(&name.label), printed, value, unit)
    })
}

/// What names a row of figures.
#[derive(Debug, Clone)]
pub(super) struct RowName<'a> {
    /// The label's cell as printed; empty where there is none.
    pub printed: &'a str,
    /// The label on one line.
    pub label: Arc<str>,
    /// The classification code.
    pub code: String,
    /// Whether the label is that of a count or a share.
    pub counts: bool,
}

/// The names of rows: read once for all figures that the same columns label.
#[derive(Debug)]
pub(super) struct RowNames<'a> {
    labelling: Vec<Labelling>,
    /// The row and column that were asked for last, and their name.
    last: Option<(usize, usize, RowName<'a>)>,
}

impl<'a> RowNames<'a> {
    /// The names of the rows under these columns.
    pub fn new(columns: &[Column]) -> Self {
        Self { labelling: columns::labelling(columns), last: None }
    }

    /// The columns that label the figures of a column.
    pub fn labelling(&self, index: usize) -> &Labelling {
        &self.labelling[index]
    }

    /// What names the figure at the position.
    pub fn of(&mut self, view: &TableView<'a>, row: usize, index: usize) -> &RowName<'a> {
        let labelling = &self.labelling[index];
        let known = self.last.take().filter(|(last_row, last, name)| {
            // A label found left of an earlier column is found again; where there was none, there may be one now.
            *last_row == row && !name.printed.is_empty() && self.labelling[*last] == *labelling
        });
        let name = known.map_or_else(|| row_name(view, labelling, row, index), |(_, _, name)| name);
        &self.last.insert((row, index, name)).2
    }
}

fn row_name<'a>(view: &TableView<'a>, labelling: &Labelling, row: usize, index: usize) -> RowName<'a> {
    let printed = label_cell(view, labelling, row, index).unwrap_or("");
    let label = tidy(printed);
    let counts = columns::is_other_name(&fold(&label));
    RowName { printed, label: label.into(), code: row_code(view, labelling, row), counts }
}

/// The money cells of a form.
pub(super) fn of_form(view: &TableView<'_>, figures: &[FormFigure]) -> Vec<Amount> {
    let read = |item: &FormFigure| Amount {
        column_label: item.column_label.as_str().into(),
        context: view.row_text(item.row),
        ..amount(
            view,
            (item.row, item.column),
            item.label.as_str().into(),
            &item.printed,
            item.value,
            item.unit,
        )
    };
    figures.iter().map(read).collect()
}

fn amount(
    view: &TableView<'_>,
    (row, column): (usize, usize),
    label: Arc<str>,
    printed: &str,
    value: Decimal,
    unit: &'static str,
) -> Amount {
    Amount {
        source: Source::Table,
        section: Arc::clone(&view.section),
        table_kind: Some(view.kind),
        table_title: Arc::clone(&view.caption.title),
        label,
        label_code: String::new(),
        column_label: Arc::default(),
        change: None,
        year: view.fiscal_year,
        base_year: None,
        comparator: Some(crate::quantity::Comparator::Eq),
        value_raw: printed.to_owned(),
        value: Some(value),
        unit: unit.into(),
        value_yuan: yuan(value, unit),
        per: String::new(),
        context: Arc::default(),
        provenance: view.provenance(row, Some(column)),
        flags: Flags::new(),
    }
}

/// Exact yuan; `None` where the unit is unknown or the product overflows.
pub(super) fn yuan(value: Decimal, unit: &str) -> Option<Decimal> {
    let factor = match unit {
        "元" => 1_i64,
        "千元" => 1_000,
        "万元" => 10_000,
        "百万元" => 1_000_000,
        "亿元" => 100_000_000,
        _ => return None,
    };
    value.checked_mul(Decimal::from(factor))
}

/// A bare figure, or one with its unit in the cell (`100万元`).
pub(super) fn money(printed: &str) -> Option<(Decimal, Option<&'static str>)> {
    if let Some(value) = figure(printed) {
        return Some((value, None));
    }
    let folded = fold(printed);
    let digits = folded.strip_suffix('元')?;
    let (digits, unit) = match digits.strip_suffix('万') {
        Some(digits) => (digits, "万元"),
        None => (digits, "元"),
    };
    figure(digits).map(|value| (value, Some(unit)))
}

/// Words in the names of columns that say more of a row that is named elsewhere.
const BESIDE: &[&str] =
    &["规格", "型号", "要求", "计量", "备注", "说明", "依据", "用途", "类型", "类别", "性质"];

/// How well a label column names the figures of a row: names of what is paid for before names of who pays.
fn label_rank(name: &str) -> u8 {
    if ["项目名称", "物品名称", "科目名称", "品目名称", "采购品目"].iter().any(|word| name.contains(word))
    {
        3
    } else if name.contains("名称") {
        2
    } else if BESIDE.iter().any(|word| name.contains(word)) || name == "单位" {
        0
    } else if name.contains("项目") || name.contains("科目") {
        2
    } else {
        1
    }
}

/// The cell that names the row, as printed: the best label column that is filled, the nearest of equals.
fn label_cell<'a>(view: &TableView<'a>, labelling: &Labelling, row: usize, index: usize) -> Option<&'a str> {
    let filled = |column: &&usize| {
        let text = view.grid.text(row, **column);
        !blank(text) && !placeholder(text)
    };
    let best =
        labelling.labels.iter().filter(filled).max_by_key(|column| label_rank(&header(view, **column)));
    let column = best.copied().or_else(|| {
        // 合计 merged over the code columns, or printed in one of them.
        let cells = (0..index).filter(|column| view.grid.cell(row, *column).column == *column);
        cells.into_iter().find(|column| {
            let text = view.grid.text(row, *column);
            !blank(text) && figure(text).is_none() && !placeholder(text)
        })
    });
    column.map(|column| view.grid.cell(row, column).text.as_str())
}

/// The row's code, from the list nearest to the figure that prints one in this row; units give way to what they spend
/// on.
fn row_code(view: &TableView<'_>, labelling: &Labelling, row: usize) -> String {
    let groups = code_groups(view, &labelling.codes);
    let (units, lists): (Vec<_>, Vec<_>) = groups.iter().partition(|group| is_unit_code(view, group[0]));
    let mut in_order = lists.iter().rev().chain(units.iter().rev());
    in_order.find_map(|group| code_of(view, group, row)).unwrap_or_default()
}

/// The code columns, those that hold the levels of one code (类, 款, 项) together.
fn code_groups(view: &TableView<'_>, codes: &[usize]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for column in codes {
        let level = matches!(&*header(view, *column), "款" | "项" | "目" | "款级" | "项级");
        match groups.last_mut() {
            Some(group) if level || unnamed_beside(view, group, *column) => group.push(*column),
            _ => groups.push(vec![*column]),
        }
    }
    groups
}

/// Whether the column stands next to the last one of the group under the same name.
fn unnamed_beside(view: &TableView<'_>, group: &[usize], column: usize) -> bool {
    let beside = group.last().is_some_and(|last| last + 1 == column);
    let rows = view.table.caption_rows..view.table.header_rows;
    let Some(last) = rows.rev().find(|row| !blank(view.grid.text(*row, column))) else { return beside };
    let same = group.last().is_some_and(|last| header(view, *last) == header(view, column));
    beside && (same || view.grid.cell(last, column).column < column)
}

fn is_unit_code(view: &TableView<'_>, column: usize) -> bool {
    let header = header(view, column);
    header.contains("单位") || header.contains("部门代码") || header.contains("部门编码")
}

/// A code that is split over columns is joined, and a level left blank because it repeats the one above is filled down.
fn code_of(view: &TableView<'_>, columns: &[usize], row: usize) -> Option<String> {
    let own = |column: usize, row: usize| {
        let text = fold(view.grid.text(row, column));
        (view.grid.cell(row, column).column == column && columns::is_code(&text)).then_some(text)
    };
    let last = columns.iter().rposition(|column| own(*column, row).is_some())?;
    let mut code = String::new();
    for (level, column) in columns[..=last].iter().enumerate() {
        let above = || (view.table.header_rows..row).rev().find_map(|above| own(*column, above));
        let part =
            own(*column, row).or_else(|| if level < last { above() } else { None }).unwrap_or_default();
        // 款 and 项 have two digits; spreadsheets lose their leading zero.
        let short = level > 0 && part.len() == 1 && part.bytes().all(|b| b.is_ascii_digit());
        let part = if short { format!("0{part}").into() } else { part };
        // A column that repeats the code so far in full (208, 20805) replaces it.
        if !code.is_empty() && part.starts_with(&*code) && part.len() > code.len() {
            code.clear();
        }
        code.push_str(&part);
    }
    Some(code)
}

/// The lowest name of a column, folded.
fn header<'a>(view: &TableView<'a>, column: usize) -> Cow<'a, str> {
    let rows = (view.table.caption_rows..view.table.header_rows).rev();
    rows.map(|row| fold(view.grid.text(row, column))).find(|name| !name.is_empty()).unwrap_or_default()
}

/// The year that the figures of a column speak of.
pub(super) fn column_year(path: &[String], fiscal_year: Option<i32>) -> Option<i32> {
    year_of(path).or_else(|| year_of_words(path, fiscal_year))
}

/// The year that the column names: `2020年执行数`, `2021年`.
fn year_of(path: &[String]) -> Option<i32> {
    path.iter().rev().find_map(|text| {
        let folded = fold(text);
        folded.match_indices('年').find_map(|(at, _)| {
            let digits = folded[..at].len().checked_sub(4).and_then(|start| folded.get(start..at))?;
            digits.parse().ok().filter(|year| (1990..2100).contains(year))
        })
    })
}

/// The year that the column names in words: 上年.
fn year_of_words(path: &[String], fiscal_year: Option<i32>) -> Option<i32> {
    let last_year = path.iter().any(|text| {
        let folded = fold(text);
        (folded.contains("上年") || folded.contains("去年") || folded.contains("上一年"))
            && !folded.contains("结转")
            && !folded.contains("结余")
            && !folded.contains("比上年")
            && !folded.contains("较上年")
    });
    fiscal_year.map(|year| if last_year { year - 1 } else { year })
}
