//! What the columns of an indicator table hold: by the wording of their headers, checked against their content.

use crate::document::{Grid, figure};
use crate::flag::{Flag, Flags};
use crate::record::TargetPeriod;
use crate::wording::{blank, fold};

/// The part a column plays in an indicator table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Role {
    Level1,
    Level2,
    Level3,
    Description,
    /// The target; the number alone where symbol or unit have columns of their own.
    Value,
    /// The target over the whole term, where the form states one beside that of the year.
    TermValue,
    Symbol,
    Unit,
    Weight,
    Basis,
    Actual,
    Score,
    Note,
    ProjectName,
    Goal,
    Budget,
}

/// Header wordings, folded, without brackets and what they hold. Exact matches only; first hit wins.
/// Source: domain notes 2.4 and forms of central and provincial notices.
const WORDINGS: &[(Role, &[&str])] = &[
    (Role::Level1, &["一级指标", "一级目标", "一级", "一级指标名称"]),
    (Role::Level2, &["二级指标", "二级目标", "二级", "二级指标名称", "指标类别", "指标类型"]),
    (
        Role::Level3,
        &[
            "三级指标",
            "三级目标",
            "三级",
            "三级指标名称",
            "指标名称",
            "绩效指标名称",
            "具体指标",
            "指标",
            "绩效指标",
            "指标内容",
        ],
    ),
    (
        Role::Description,
        &[
            "绩效指标描述",
            "指标描述",
            "指标解释",
            "指标说明",
            "描述",
            "绩效指标说明",
            "指标含义",
            "指标解释说明",
            "指标内涵",
            "评价内容",
        ],
    ),
    (
        Role::TermValue,
        &[
            "实施期指标值",
            "中期指标值",
            "实施期目标值",
            "中期目标值",
            "项目期指标值",
            "总体指标值",
            "总体目标值",
            "三年指标值",
            "项目实施期指标值",
            "中长期指标值",
            "实施期绩效指标值",
            "中期绩效指标值",
            "周期指标值",
            "长期指标值",
        ],
    ),
    (
        Role::Value,
        &[
            "指标值",
            "年度指标值",
            "绩效目标值",
            "目标值",
            "全年指标值",
            "年初目标值",
            "预期指标值",
            "年度目标值",
            "预期值",
            "本年指标值",
            "计划指标值",
            "计划完成值",
            "年初指标值",
            "绩效指标值",
            "年度绩效指标值",
            "预期目标值",
            "全年目标值",
            "值",
            "数值",
            "指标目标值",
            "预期目标",
            "计划值",
            "本年目标值",
            "当年指标值",
            "本年度指标值",
            "预期当年实现值",
            "目标值及单位",
            "年初设定目标值",
            "年度预期指标值",
            "年度预期值",
            "年初预期值",
            "年度计划值",
            "预算指标值",
            "设定目标值",
            "本年绩效指标值",
            "年初绩效指标值",
            "绩效指标目标值",
        ],
    ),
    (
        Role::Symbol,
        &[
            "符号",
            "指标性质",
            "运算符号",
            "比较符",
            "比较符号",
            "指标符号",
            "计算符号",
            "计算符",
            "性质",
            "指标值符号",
            "逻辑符号",
            "运算符",
        ],
    ),
    (
        Role::Unit,
        &[
            "单位",
            "计量单位",
            "度量单位",
            "指标值单位",
            "指标单位",
            "计量单位名称",
            "指标计量单位",
            "指标度量单位",
        ],
    ),
    (
        Role::Weight,
        &[
            "分值",
            "权重",
            "分值权重",
            "分值/权重",
            "权重/分值",
            "标准分",
            "评扣分标准",
            "指标权重",
            "指标分值",
            "评分标准",
            "标准分值",
            "权重值",
            "分数",
            "权重分",
            "设定分值",
            "参考分值",
        ],
    ),
    (
        Role::Basis,
        &[
            "指标值确定依据",
            "指标值设定依据",
            "指标确定依据",
            "确定依据",
            "依据",
            "指标值来源",
            "设定依据",
            "指标来源",
            "指标值依据",
            "绩效指标确定依据",
            "绩效指标设定依据",
            "指标设定依据",
            "数据来源",
            "指标值确定的依据",
            "指标依据",
            "取值依据",
            "绩效指标值设定依据",
            "绩效指标值确定依据",
            "指标值设定的依据",
        ],
    ),
    (
        Role::Actual,
        &[
            "实际完成值",
            "全年完成值",
            "完成值",
            "实际值",
            "全年实际完成值",
            "实际完成情况",
            "年度完成值",
            "完成情况",
            "自评完成值",
            "年度实际完成值",
            "实际完成指标值",
            "全年实际值",
            "实际完成",
            "指标完成情况",
            "实际完成值情况",
            "本年完成值",
            "年度完成情况",
            "实现值",
            "全年实际完成情况",
            "完成指标值",
        ],
    ),
    (
        Role::Score,
        &["得分", "自评得分", "实得分", "评分", "自评分", "实际得分", "评价得分", "自评分值", "指标得分"],
    ),
    (
        Role::Note,
        &[
            "偏差原因分析及改进措施",
            "未完成原因分析",
            "偏差原因分析",
            "未完成原因及改进措施",
            "偏差原因",
            "备注",
            "未完成原因",
            "未完成原因分析及改进措施",
            "偏差原因及改进措施",
            "原因分析",
            "说明",
            "未完成原因和改进措施",
            "偏差原因分析与改进措施",
            "原因分析及改进措施",
            "未完成原因分析及拟采取的改进措施",
            "偏离原因分析及改进措施",
            "未完成或偏离绩效目标的原因及下一步改进措施",
        ],
    ),
    (Role::ProjectName, &["项目名称", "项目", "预算项目名称", "二级项目名称", "政策名称", "项目名"]),
    (
        Role::Goal,
        &[
            "年度绩效目标",
            "绩效目标",
            "年度目标",
            "总体目标",
            "项目绩效目标",
            "年度总体目标",
            "绩效总体目标",
            "项目年度绩效目标",
            "项目总体目标",
            "总体绩效目标",
        ],
    ),
    (
        Role::Budget,
        &[
            "预算金额",
            "项目金额",
            "预算数",
            "预算资金",
            "金额",
            "资金总额",
            "项目资金",
            "年度预算",
            "资金额度",
            "项目预算",
            "预算额",
            "预算安排",
            "年度预算金额",
            "项目预算金额",
            "年度资金总额",
            "预算总额",
            "本年预算",
            "项目资金总额",
        ],
    ),
];

/// The part that a header text announces.
pub(super) fn role(header: &str) -> Option<Role> {
    let folded = fold(header);
    let plain = without_brackets(&folded);
    let by = |text: &str| WORDINGS.iter().find(|(_, names)| names.contains(&text)).map(|(role, _)| *role);
    by(&plain).or_else(|| by(&folded.replace(['(', ')'], "")))
}

/// `分值（10分）` → `分值`; a year in front (`2021年指标值`) is dropped too.
fn without_brackets(folded: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0_usize;
    for c in folded.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let digits = plain.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 4
        && let Some(rest) = plain[4..].strip_prefix("年度").or_else(|| plain[4..].strip_prefix('年'))
    {
        return rest.to_owned();
    }
    plain
}

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
        settle(&mut columns);
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
    let folded: Vec<String> = (0..grid.columns()).map(|column| fold(grid.text(row, column))).collect();
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
fn settle(columns: &mut IndicatorColumns) {
    let has = |columns: &IndicatorColumns, role| columns.column(role).is_some();
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
