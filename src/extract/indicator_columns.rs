//! The columns of an indicator table: found by the wording of their headers, checked against their content.

use super::indicator_role::{Role, role};
use crate::document::{Grid, figure};
use crate::flag::{Flag, Flags};
use crate::record::TargetPeriod;
use crate::wording::{blank, fold};

/// The header of a block of indicator rows and what each column holds.
#[derive(Debug, Clone)]
pub(super) struct IndicatorColumns {
    /// First body row.
    pub body: usize,
    /// The row on which the header begins.
    pub header: usize,
    /// The role of each column.
    pub roles: Vec<Option<Role>>,
    /// What a plain 指标值 speaks of: the year, unless the block stands under 实施期目标.
    pub period: TargetPeriod,
    /// Flags that hold for every row of the block.
    pub flags: Flags,
}

impl IndicatorColumns {
    /// The first column with this role.
    pub fn column(&self, role: Role) -> Option<usize> {
        self.roles.iter().position(|other| *other == Some(role))
    }

    /// Whether a row with these columns can be read as an indicator.
    fn sound(&self) -> bool {
        let named = self.column(Role::Level3).is_some() || self.column(Role::Level2).is_some();
        let levels = [Role::Level1, Role::Level2, Role::Level3];
        let framed = levels.iter().filter(|role| self.column(**role).is_some()).count();
        named && framed >= 1 && (self.column(Role::Value).is_some() || self.column(Role::TermValue).is_some())
    }
}

/// The header that begins on this row, if the row names indicator columns. Its lower rows are those that hold parts
/// of the same names: 指标值 over 符号, 值, 单位. A form that prints the targets of the term beside those of the year
/// gives one set of columns for each; they share the row's first level.
pub(super) fn header_at(grid: &Grid<'_>, row: usize) -> Vec<IndicatorColumns> {
    if !names_levels(grid, row) {
        return Vec::new();
    }
    let header = (0..grid.columns()).map(|column| grid.cell(row, column).row).min().unwrap_or(row);
    let mut end = row + 1;
    while end < grid.rows() && end - row < 3 && names_parts(grid, row, end) {
        end += 1;
    }
    let roles: Vec<_> = (0..grid.columns()).map(|column| column_role(grid, header, end, column)).collect();
    let sides = sides(&roles);
    let several = sides.len() > 1;
    let columns = sides.into_iter().map(|(first, roles)| {
        let period = if several { period_above(grid, row, first) } else { TargetPeriod::Year };
        let mut columns = IndicatorColumns { body: end, header, roles, period, flags: Flags::new() };
        settle(grid, &mut columns);
        columns
    });
    columns.filter(IndicatorColumns::sound).map(|columns| correct_by_content(grid, columns)).collect()
}

/// The sets of columns that stand side by side, each with its first column. A new one begins where a level is named
/// again after a target.
fn sides(roles: &[Option<Role>]) -> Vec<(usize, Vec<Option<Role>>)> {
    let level = |role: Option<Role>| matches!(role, Some(Role::Level1 | Role::Level2 | Role::Level3));
    let mut starts = vec![0];
    let mut valued = false;
    for (column, role) in roles.iter().enumerate() {
        valued |= *role == Some(Role::Value);
        let again = level(*role) && roles[..column].contains(role);
        if valued && again {
            starts.push(column);
            valued = false;
        }
    }
    let mut sides: Vec<(usize, Vec<Option<Role>>)> = Vec::new();
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(roles.len());
        let mut own = vec![None; roles.len()];
        own[*start..end].copy_from_slice(&roles[*start..end]);
        if index > 0 && !own.contains(&Some(Role::Level1)) {
            let shared = roles.iter().take(*start).position(|role| *role == Some(Role::Level1));
            if let Some(column) = shared {
                own[column] = Some(Role::Level1);
            }
        }
        sides.push((*start, own));
    }
    sides
}

/// The nearest words above the column that tell term from year.
fn period_above(grid: &Grid<'_>, row: usize, column: usize) -> TargetPeriod {
    const TERM: &[&str] = &["实施期", "中期", "总体目标", "长期", "周期", "三年"];
    for above in (0..row).rev() {
        let text = fold(grid.text(above, column));
        if text.chars().count() > 20 {
            continue;
        }
        if text.contains("年度") || text.contains("当年") || text.contains("本年") {
            return TargetPeriod::Year;
        }
        if TERM.iter().any(|word| text.contains(word)) {
            return TargetPeriod::Term;
        }
    }
    TargetPeriod::Year
}

/// Whether the row names at least two columns of an indicator table, one of them a level.
fn names_levels(grid: &Grid<'_>, row: usize) -> bool {
    let roles: Vec<Role> = (0..grid.columns())
        .filter(|column| grid.cell(row, *column).column == *column)
        .filter_map(|column| role(grid.text(row, column)))
        .collect();
    let has = |wanted: &[Role]| roles.iter().any(|role| wanted.contains(role));
    let levels =
        [Role::Level1, Role::Level2, Role::Level3].iter().filter(|level| roles.contains(level)).count();
    if levels == 0 {
        return false;
    }
    let folded: Vec<_> = (0..grid.columns()).map(|column| fold(grid.text(row, column))).collect();
    let generic_only =
        levels == 1 && folded.iter().all(|text| !text.contains("级指标") && !text.contains("指标名称"));
    (levels >= 2 || levels == 1 && has(&[Role::Value, Role::TermValue]) && !generic_only)
        && !(0..grid.columns()).any(|column| figure(grid.text(row, column)).is_some_and(|f| f.scale() > 0))
}

/// Whether the lower row goes on naming columns: every cell of its own is a known part name.
fn names_parts(grid: &Grid<'_>, upper: usize, lower: usize) -> bool {
    let own: Vec<usize> = (0..grid.columns()).filter(|column| grid.is_anchor(lower, *column)).collect();
    let filled = own.iter().filter(|column| !blank(grid.text(lower, **column)));
    let mut known = 0;
    for column in filled {
        let Some(part) = role(grid.text(lower, *column)) else { return false };
        let split = grid.cell(upper, *column).column_span > 1 || grid.cell(upper, *column).row < lower;
        if !split && !matches!(part, Role::Symbol | Role::Unit | Role::Value) {
            return false;
        }
        known += 1;
    }
    known > 0
}

/// The lowest header text of the column that announces a role.
fn column_role(grid: &Grid<'_>, header: usize, end: usize, column: usize) -> Option<Role> {
    let mut texts: Vec<&str> = Vec::new();
    for row in (header..end).rev() {
        let text = grid.text(row, column);
        if !blank(text) && texts.last() != Some(&text) {
            texts.push(text);
        }
    }
    // The group 绩效指标 above its columns is no name of theirs.
    let own = texts.first().and_then(|text| role(text));
    own.or_else(|| texts.iter().skip(1).filter_map(|text| role(text)).find(|role| *role != Role::Level3))
}

/// Settles names with two readings by what stands beside them.
fn settle(grid: &Grid<'_>, columns: &mut IndicatorColumns) {
    let has = |columns: &IndicatorColumns, role| columns.column(role).is_some();
    leave_unfilled(grid, columns);
    describe(grid, columns);
    // The first of several level-3 names (绩效指标 merged down the side, then 三级指标) is a heading at the side.
    let level3: Vec<usize> = positions(columns, Role::Level3);
    if level3.len() > 1 {
        for column in &level3[..level3.len() - 1] {
            columns.roles[*column] = None;
        }
    }
    if let (Some(first), Some(level1)) = (columns.column(Role::Level3), columns.column(Role::Level1))
        && first < level1
    {
        columns.roles[first] = None;
    }
    // 预期目标 is a target where no other value is named, else a goal; two values are year and term.
    let values = positions(columns, Role::Value);
    if values.len() > 1 {
        for column in &values[1..] {
            if columns.roles[*column] == Some(Role::Value) && !has(columns, Role::Actual) {
                columns.roles[*column] = None;
            }
        }
    }
    // 项目 and 单位 at the left of the levels are no unit of measure.
    let first_level =
        [Role::Level1, Role::Level2, Role::Level3].iter().filter_map(|role| columns.column(*role)).min();
    for column in 0..columns.roles.len() {
        let left = first_level.is_some_and(|level| column < level);
        match columns.roles[column] {
            Some(Role::Unit | Role::Symbol) if left => columns.roles[column] = None,
            Some(Role::ProjectName | Role::Goal | Role::Budget) if !left => columns.roles[column] = None,
            // 评分 is a weight unless a weight is named beside it.
            Some(Role::Score) if !has(columns, Role::Weight) && !has(columns, Role::Actual) => {
                columns.roles[column] = Some(Role::Weight);
            }
            _ => {}
        }
    }
}

/// Of the columns below one header cell those that no row fills hold nothing: a form has them for its other rows.
fn leave_unfilled(grid: &Grid<'_>, columns: &mut IndicatorColumns) {
    let header = columns.body - 1;
    for column in 1..columns.roles.len() {
        let first = grid.cell(header, column).column;
        let filled = (columns.body..grid.rows()).any(|row| {
            let cell = grid.cell(row, column);
            cell.column > first && !blank(grid.text(row, column))
        });
        if first < column && !filled {
            columns.roles[column] = None;
        }
    }
}

/// 指标内容 behind a column that names the indicators (三级指标, 指标名称) describes them.
fn describe(grid: &Grid<'_>, columns: &mut IndicatorColumns) {
    if columns.column(Role::Description).is_some() {
        return;
    }
    let level3 = positions(columns, Role::Level3);
    let [.., name, content] = &level3[..] else { return };
    let title = |column: usize| fold(grid.text(columns.body - 1, column));
    let names = ["三级", "名称"].iter().any(|word| title(*name).contains(word));
    if names && title(*content).contains("内容") {
        columns.roles[*content] = Some(Role::Description);
    }
}

fn positions(columns: &IndicatorColumns, role: Role) -> Vec<usize> {
    (0..columns.roles.len()).filter(|column| columns.roles[*column] == Some(role)).collect()
}

/// Exchanges the names of two columns whose content shows that their header cells are swapped: scores under 描述
/// beside words under 评分标准.
fn correct_by_content(grid: &Grid<'_>, mut columns: IndicatorColumns) -> IndicatorColumns {
    let weights = positions(&columns, Role::Weight);
    if weights.len() > 1 {
        let scored =
            weights.iter().find(|column| mostly_scores(grid, columns.body, **column)).unwrap_or(&weights[0]);
        for column in weights.iter().filter(|column| *column != scored) {
            columns.roles[*column] = None;
        }
    }
    let Some(weight) = columns.column(Role::Weight) else { return columns };
    for other in [Role::Description, Role::Basis, Role::Level3] {
        let Some(words) = columns.column(other) else { continue };
        if mostly_words(grid, columns.body, weight) && mostly_scores(grid, columns.body, words) {
            columns.roles.swap(weight, words);
            columns.flags.insert(Flag::ColumnsSwapped);
            break;
        }
    }
    columns
}

/// Content decides only where it is nearly unanimous, in tenths.
const MOSTLY: usize = 8;

fn mostly_scores(grid: &Grid<'_>, body: usize, column: usize) -> bool {
    share(grid, body, column, |text| {
        figure(text).is_some_and(|score| score >= 0.into() && score <= 100.into())
    })
}

fn mostly_words(grid: &Grid<'_>, body: usize, column: usize) -> bool {
    share(grid, body, column, |text| figure(text).is_none())
}

fn share(grid: &Grid<'_>, body: usize, column: usize, test: impl Fn(&str) -> bool) -> bool {
    let filled = (body..grid.rows()).map(|row| grid.text(row, column)).filter(|text| !blank(text));
    let (hits, all) = filled.fold((0, 0), |(hits, all), text| (hits + usize::from(test(text)), all + 1));
    all > 0 && hits * 10 >= all * MOSTLY
}
