//! The columns of `indicators.csv`.

use super::{Column, Reference, Row, Schema};
use crate::flag::Flag;
use crate::quantity::{Comparator, Kind, Quantity};
use crate::record::{Indicator, Level1, Level2, Project, Scope, Source, TargetPeriod};
use crate::writer::Value;
use std::borrow::Cow;

/// One row per performance indicator.
pub static INDICATORS: Schema<Indicator> = Schema {
    name: "indicators",
    chinese: "绩效指标",
    english: "Performance indicators",
    about: "One row per performance indicator; those of tables first, then those stated in sentences.",
    key: &["path", "indicator_no"],
    references: &[Reference::DOCUMENT, Reference::PROJECT, Reference::TABLE],
    rows: |outcome| Cow::Borrowed(&outcome.records.indicators),
    columns: &[Column::FILE, Column::DISCLOSURE, COLUMNS],
};

type Own = Column<Indicator>;

const COLUMNS: &[Own] = &[
    Own::integer("indicator_no", "指标序号", "Indicator number", |row| Value::count(row.number)).about("1, 2, 3 … within the document.").required(),
    Own::text("source", "来源", "Source", |row| Value::text(row.item.source.code())).about("Whether the row stands in a table or in a sentence.").codes(Source::CODES).required(),
    Own::text("scope", "指标范围", "Scope", |row| Value::text(row.item.scope.code())).about("Whether it measures the whole department (部门整体) or one project.").codes(Scope::CODES).required(),
    Own::text("project_no", "项目序号", "Project number", |row| {
        project(row).map_or(Value::Empty, |project| Value::text(&project.number))
    }).about("The project's number as printed; empty for the department."),
    Own::text("project_name", "项目名称", "Project", |row| {
        project(row).map_or(Value::Empty, |project| Value::text(&project.name))
    }).about("The project's name; empty for the department."),
    Own::boolean("carried_over", "是否上年结转", "Carried over from the year before", |row| {
        project(row).map_or(Value::Empty, |project| Value::Boolean(project.carried_over))
    }).about("Whether the project is listed under 上年结转; empty for the department."),
    Own::text("level1", "一级指标", "First level", |row| Value::text(&row.item.level1)).about("First of the three names as printed, blank and merged cells filled down."),
    Own::text("level2", "二级指标", "Second level", |row| Value::text(&row.item.level2)).about("Second of the three names as printed."),
    Own::text("level3", "三级指标", "Third level", |row| Value::text(&row.item.level3)).about("Third of the three names as printed: the indicator itself."),
    Own::text("level1_code", "一级指标代码", "First level, code", |row| {
        Value::maybe_text(row.item.level1_code.map(Level1::code))
    }).about("What the first name stands for.").codes(Level1::CODES),
    Own::text("level2_code", "二级指标代码", "Second level, code", |row| {
        Value::maybe_text(row.item.level2_code.map(Level2::code))
    }).about("What the second name stands for.").codes(Level2::CODES),
    Own::text("description", "绩效指标描述", "Description", |row| {
        Value::text(&row.item.description)
    }).about("指标描述, 指标解释: what is measured, in words."),
    Own::decimal("weight", "分值", "Weight", |row| Value::maybe_decimal(row.item.weight)).about("分值, 权重: the points it counts for."),
    Own::text("value_raw", "指标值（原文）", "Target as printed", |row| {
        Value::text(&row.item.value_raw)
    }).about("The target as printed; symbol, number and unit joined where they stand in cells of their own."),
    Own::text("value_kind", "指标值类型", "Kind of value", |row| {
        Value::maybe_text(target(row).map(|target| target.kind).map(Kind::code))
    }).about("What kind of value the target is.").codes(Kind::CODES),
    Own::text("comparator", "比较符", "Comparator", |row| {
        Value::maybe_text(target(row).and_then(|target| target.comparator).map(Comparator::code))
    }).about("How a value is compared with the target; eq with the flag comparator_implied where no sign is printed.").codes(Comparator::CODES),
    Own::decimal("value", "指标值", "Target", |row| {
        Value::maybe_decimal(target(row).and_then(|target| target.value))
    }).about("The number as printed, in unit."),
    Own::decimal("value_max", "指标值上限", "Upper end of the target", |row| {
        Value::maybe_decimal(target(row).and_then(|target| target.value_max))
    }).about("The upper end, for between only."),
    Own::text("unit", "计量单位", "Unit", |row| {
        Value::maybe_text(target(row).and_then(|target| target.unit.as_deref()))
    }).about("The unit in its standard spelling (元/人/月, 万元, %, 个工作日 …)."),
    Own::decimal("value_base", "指标值（基本单位）", "Target in the base unit", |row| {
        Value::maybe_decimal(target(row).and_then(|target| target.value_base))
    }).about("The number in unit_base: 万元 and 亿元 in 元, 万人 in 人, 95% as 0.95."),
    Own::text("unit_base", "基本单位", "Base unit", |row| {
        Value::maybe_text(target(row).and_then(|target| target.unit_base.as_deref()))
    }).about("The base unit; a rate keeps its time unit."),
    Own::decimal("value_annual", "指标值（每年）", "Target per year", |row| {
        Value::maybe_decimal(target(row).and_then(|target| target.value_annual))
    }).about("For rates per month, quarter or year: value_base per year, exact."),
    Own::text("unit_code", "单位代码", "Unit code (UCUM style)", |row| {
        Value::maybe_text(target(row).and_then(|target| target.unit_code.as_deref()))
    }).about("unit_base in the manner of UCUM: CNY, CNY/{person}/mo, 1, {person}, d …"),
    Own::text("basis", "指标值确定依据", "Basis", |row| Value::text(&row.item.basis)).about("指标值确定依据: where the target comes from."),
    Column::PAGE,
    Column::TABLE,
    Column::ROW,
    Column::BBOX,
    Own::list("flags", "标记", "Flags", |row| Value::flags(row.item.flags)).about("What a careful reader would want to know about the row.").codes(Flag::CODES),
    Own::text("period", "时间（ISO 8601）", "Period (ISO 8601)", |row| {
        Value::maybe_text(target(row).and_then(|target| target.period.as_deref()))
    }).about("For months, dates and durations in ISO 8601: 2021-10, 2021-01/2021-12, P60D; empty where no standard form exists."),
    Own::text("target_period", "目标期间", "Period of the target", |row| {
        Value::text(row.item.target_period.code())
    }).about("Whether the target is for the year or for the whole term of the project.").codes(TargetPeriod::CODES).required(),
    Own::text("actual_raw", "实际完成值（原文）", "Actual value as printed", |row| {
        Value::text(&row.item.actual_raw)
    }).about("What was reached, as printed, in a self-evaluation."),
    Own::decimal("actual_value", "实际完成值", "Actual value", |row| {
        Value::maybe_decimal(actual(row).and_then(|actual| actual.value))
    }).about("The number reached, in actual_unit."),
    Own::text("actual_unit", "实际完成值单位", "Unit of the actual value", |row| {
        Value::maybe_text(actual(row).and_then(|actual| actual.unit.as_deref()))
    }).about("Its unit in the standard spelling."),
    Own::decimal(
        "actual_base",
        "实际完成值（基本单位）",
        "Actual value in the base unit",
        |row| Value::maybe_decimal(actual(row).and_then(|actual| actual.value_base)),
    ).about("The number reached, in the base unit."),
    Own::decimal("score", "得分", "Score", |row| Value::maybe_decimal(row.item.score)).about("得分: the score given, against weight."),
    Own::text("note", "偏差原因", "Reason for a deviation", |row| Value::text(&row.item.note)).about("Why the target was missed, and what is done about it."),
    Own::integer("project", "项目号", "Project in the document", |row| {
        Value::maybe_count(row.item.project.map(|index| index + 1))
    })
    .about("The project's row in projects, by its number within the document; empty for the department."),
];

fn project<'a>(row: &Row<'a, Indicator>) -> Option<&'a Project> {
    row.outcome.records.projects.get(row.item.project?)
}

fn target<'a>(row: &Row<'a, Indicator>) -> Option<&'a Quantity> {
    row.item.target.as_ref()
}

fn actual<'a>(row: &Row<'a, Indicator>) -> Option<&'a Quantity> {
    row.item.actual.as_ref()
}
