//! The rows of an indicator table: levels filled down, the target put together from its cells.

use super::indicator_columns::IndicatorColumns;
use super::indicator_role::Role;
use crate::document::{Grid, figure};
use crate::flag::{Flag, Flags};
use crate::record::{Indicator, Provenance, Scope, Source, TargetPeriod};
use crate::reference::taxonomy;
use crate::wording::{blank, fold, one_line, placeholder, tidy};
use rust_decimal::Decimal;

/// The names of the levels above the current row, for cells left blank.
#[derive(Debug, Default)]
pub(super) struct Levels {
    level1: String,
    level2: String,
}

/// Reads one row; `None` for totals, notes and empty rows. The provenance is left to the caller.
pub(super) fn read_row(
    grid: &Grid<'_>,
    columns: &IndicatorColumns,
    row: usize,
    levels: &mut Levels,
) -> Option<Indicator> {
    let text = |role: Role| columns.column(role).map_or("", |column| grid.text(row, column));
    if is_note(grid, columns, row) {
        return None;
    }
    levels.fill(text(Role::Level1), text(Role::Level2));
    let mut name = tidy(text(Role::Level3));
    let mut kind = levels.level2.clone();
    if columns.column(Role::Level3).is_none() {
        name = std::mem::take(&mut kind);
    }
    let (value, flags) = target(grid, columns, row);
    let description = tidy(text(Role::Description));
    let total = |text: &str| taxonomy::is_total_name(&fold(text));
    if total(&levels.level1) || total(&name) || nothing_said(&name, &value.printed, &description) {
        return None;
    }
    let folded1 = fold(&levels.level1);
    Some(Indicator {
        source: Source::Table,
        scope: Scope::Department,
        project: None,
        level1_code: taxonomy::level1(&folded1),
        level2_code: taxonomy::level2(&fold(&kind)),
        level1: levels.level1.clone(),
        level2: kind,
        level3: name,
        description,
        weight: points(grid, columns, Role::Weight, row),
        value_raw: value.printed,
        target: None,
        basis: value.basis,
        target_period: value.period,
        actual_raw: actual(text(Role::Actual)),
        actual: None,
        score: points(grid, columns, Role::Score, row),
        note: tidy(text(Role::Note)),
        provenance: Provenance::default(),
        flags: flags.union(columns.flags),
    })
}

/// The target over the whole term, for forms that print it beside that of the year.
pub(super) fn term_row(
    grid: &Grid<'_>,
    columns: &IndicatorColumns,
    row: usize,
    year: &Indicator,
) -> Option<Indicator> {
    columns.column(Role::Value)?;
    let printed = one_line(grid.text(row, columns.column(Role::TermValue)?));
    if printed.is_empty() || placeholder(&printed) {
        return None;
    }
    Some(Indicator {
        value_raw: printed,
        target_period: TargetPeriod::Term,
        actual_raw: String::new(),
        score: None,
        note: String::new(),
        ..year.clone()
    })
}

impl Levels {
    fn fill(&mut self, level1: &str, level2: &str) {
        let (level1, level2) = (tidy(level1), tidy(level2));
        if !level1.is_empty() && level1 != self.level1 {
            self.level1 = level1;
            self.level2 = String::new();
        }
        if !level2.is_empty() {
            self.level2 = level2;
        }
    }
}

/// A cell that runs across all level columns is a note, a total or a heading, and no indicator.
fn is_note(grid: &Grid<'_>, columns: &IndicatorColumns, row: usize) -> bool {
    let levels: Vec<usize> =
        [Role::Level1, Role::Level2, Role::Level3].iter().filter_map(|role| columns.column(*role)).collect();
    let (Some(first), Some(last)) = (levels.first(), levels.last()) else { return true };
    let cell = grid.cell(row, *first);
    first != last && cell.column + cell.column_span > *last && !blank(&cell.text)
}

/// Rows that a form keeps for more indicators (`……`, `指标2：`) and kinds printed without any.
fn nothing_said(level3: &str, value: &str, description: &str) -> bool {
    let folded = fold(level3);
    let numbered = folded.strip_prefix("指标").map(|rest| rest.trim_end_matches([':', '.', '、']));
    let reserved = folded.is_empty()
        || placeholder(&folded)
        || folded.chars().all(|c| c == '.')
        || numbered.is_some_and(|rest| {
            rest.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
        });
    reserved
        && (value.is_empty() || placeholder(value))
        && (description.is_empty() || placeholder(description))
}

fn actual(text: &str) -> String {
    let text = one_line(text);
    if placeholder(&text) { String::new() } else { text }
}

/// A weight or score: `10`, `7.5`, `10分`. One that is merged over several indicators is that of none of them.
fn points(grid: &Grid<'_>, columns: &IndicatorColumns, role: Role, row: usize) -> Option<Decimal> {
    let cell = grid.cell(row, columns.column(role)?);
    let name = columns.column(Role::Level3).or_else(|| columns.column(Role::Level2))?;
    if cell.row_span > grid.cell(row, name).row_span {
        return None;
    }
    figure(tidy(&cell.text).trim_end_matches(['分', '%', '％']))
}

/// The printed target and what goes with it.
struct Target {
    printed: String,
    basis: String,
    period: TargetPeriod,
}

fn target(grid: &Grid<'_>, columns: &IndicatorColumns, row: usize) -> (Target, Flags) {
    let text =
        |role: Role| columns.column(role).map_or(String::new(), |column| one_line(grid.text(row, column)));
    let mut flags = Flags::new();
    let (value, period) = match columns.column(Role::Value) {
        Some(_) => (text(Role::Value), columns.period),
        None => (text(Role::TermValue), TargetPeriod::Term),
    };
    let unit = text(Role::Unit);
    let unit = if unit.is_empty() && is_bare(&value) { header_unit(grid, columns).to_owned() } else { unit };
    let mut printed = join(&text(Role::Symbol), &value, &unit);
    let mut basis = tidy(&text(Role::Basis));
    let description = text(Role::Description);
    if (printed.is_empty() || is_basis(&printed)) && is_quantity(&basis) {
        std::mem::swap(&mut printed, &mut basis);
        flags.insert(Flag::ValueInOtherColumn);
    } else if is_quantity(&description) && !is_quantity(&text(Role::Level3)) {
        // The description holds a value of its own: both stay where they are printed.
        flags.insert(Flag::ValueInOtherColumn);
        if printed.is_empty() {
            printed = description;
        }
    }
    (Target { printed, basis, period }, flags)
}

/// Units that the title of a column of targets states in brackets: `指标值（%）`.
const HEADER_UNITS: &[&str] = &["%", "万元", "元", "人", "个", "次", "天"];

/// The unit of bare numbers in the column of targets; empty where its title states none.
fn header_unit(grid: &Grid<'_>, columns: &IndicatorColumns) -> &'static str {
    let Some(column) = columns.column(Role::Value) else { return "" };
    let stated = (columns.header..columns.body).find_map(|row| {
        let title = fold(grid.text(row, column));
        let inner = title.strip_suffix(')')?.rsplit_once('(')?.1.trim_start_matches("单位:").to_owned();
        HEADER_UNITS.iter().find(|unit| **unit == inner)
    });
    stated.copied().unwrap_or_default()
}

/// Whether the value is a number alone, with a comparator sign or none.
fn is_bare(value: &str) -> bool {
    let folded = fold(value);
    figure(folded.trim_start_matches(['>', '<', '=', '≥', '≤', '≧', '≦', '≮', '≯'])).is_some()
}

/// Symbol, number and unit in that order; `定性` is a class and no symbol, a unit that the number already carries is
/// not repeated, and words take no unit.
fn join(symbol: &str, value: &str, unit: &str) -> String {
    let symbol = if is_class(symbol) || placeholder(symbol) && !symbol.contains('=') { "" } else { symbol };
    let value = if placeholder(value) { "" } else { value };
    let counted = value.is_empty() || value.chars().any(char::is_numeric);
    let repeated = !value.is_empty() && fold(value).ends_with(&*fold(unit));
    let unit = if placeholder(unit) || matches!(unit, "无") || repeated || !counted { "" } else { unit };
    let symbol = if fold(value).starts_with(&*fold(symbol)) { "" } else { symbol };
    if value.is_empty() && symbol.is_empty() { String::new() } else { format!("{symbol}{value}{unit}") }
}

/// The nature of an indicator, printed where others print the symbol.
fn is_class(symbol: &str) -> bool {
    matches!(&*fold(symbol), "定性" | "定量" | "定性指标" | "定量指标" | "文字描述" | "其他")
}

/// What stands in a basis column and never in a value column.
fn is_basis(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "计划标准",
        "历史标准",
        "行业标准",
        "预算支出标准",
        "工作计划",
        "上年实际完成情况",
        "地方标准",
        "国家标准",
    ];
    let folded = fold(text);
    WORDS.contains(&&*folded) || folded.starts_with('《') || folded.ends_with('号')
}

/// Whether the cell is a target and nothing else: few characters, a comparator or digit first, and more than a bare
/// number.
fn is_quantity(text: &str) -> bool {
    let folded = fold(text);
    let digits = folded.trim_start_matches(['>', '<', '=', '≥', '≤', '＞', '＜']);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && folded.chars().count() <= 16
        && figure(&folded).is_none()
        && !folded.contains(['年', '月', '《', '号', '-', '、', '[', ',', '，'])
}
