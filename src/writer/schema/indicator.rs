//! The columns of `indicators.csv`.

use super::{Column, Row, Schema};
use crate::quantity::{Comparator, Kind, Quantity};
use crate::record::{Indicator, Level1, Level2, Project};
use crate::writer::Value;
use std::borrow::Cow;

/// One row per performance indicator.
pub static INDICATORS: Schema<Indicator> = Schema {
    name: "indicators",
    chinese: "绩效指标",
    english: "Performance indicators",
    rows: |outcome| Cow::Borrowed(&outcome.records.indicators),
    columns: COLUMNS,
};

const COLUMNS: &[Column<Indicator>] = &[
    Column::DOCUMENT_ID,
    Column::PATH,
    Column::REGION_CODE,
    Column::REGION_NAME,
    Column::DEPARTMENT_NAME,
    Column::FISCAL_YEAR,
    Column::integer("indicator_no", "指标序号", "Indicator number", |row| Value::count(row.number)),
    Column::text("source", "来源", "Source", |row| Value::text(row.item.source.code())),
    Column::text("scope", "指标范围", "Scope", |row| Value::text(row.item.scope.code())),
    Column::text("project_no", "项目序号", "Project number", |row| {
        project(row).map_or(Value::Empty, |project| Value::text(&project.number))
    }),
    Column::text("project_name", "项目名称", "Project", |row| {
        project(row).map_or(Value::Empty, |project| Value::text(&project.name))
    }),
    Column::boolean("carried_over", "是否上年结转", "Carried over from the year before", |row| {
        project(row).map_or(Value::Empty, |project| Value::Boolean(project.carried_over))
    }),
    Column::text("level1", "一级指标", "First level", |row| Value::text(&row.item.level1)),
    Column::text("level2", "二级指标", "Second level", |row| Value::text(&row.item.level2)),
    Column::text("level3", "三级指标", "Third level", |row| Value::text(&row.item.level3)),
    Column::text("level1_code", "一级指标代码", "First level, code", |row| {
        Value::maybe_text(row.item.level1_code.map(Level1::code))
    }),
    Column::text("level2_code", "二级指标代码", "Second level, code", |row| {
        Value::maybe_text(row.item.level2_code.map(Level2::code))
    }),
    Column::text("description", "绩效指标描述", "Description", |row| {
        Value::text(&row.item.description)
    }),
    Column::decimal("weight", "分值", "Weight", |row| Value::maybe_decimal(row.item.weight)),
    Column::text("value_raw", "指标值（原文）", "Target as printed", |row| {
        Value::text(&row.item.value_raw)
    }),
    Column::text("value_kind", "指标值类型", "Kind of value", |row| {
        Value::maybe_text(target(row).map(|target| target.kind).map(Kind::code))
    }),
    Column::text("comparator", "比较符", "Comparator", |row| {
        Value::maybe_text(target(row).and_then(|target| target.comparator).map(Comparator::code))
    }),
    Column::decimal("value", "指标值", "Target", |row| {
        Value::maybe_decimal(target(row).and_then(|target| target.value))
    }),
    Column::decimal("value_max", "指标值上限", "Upper end of the target", |row| {
        Value::maybe_decimal(target(row).and_then(|target| target.value_max))
    }),
    Column::text("unit", "计量单位", "Unit", |row| {
        Value::maybe_text(target(row).and_then(|target| target.unit.as_deref()))
    }),
    Column::decimal("value_base", "指标值（基本单位）", "Target in the base unit", |row| {
        Value::maybe_decimal(target(row).and_then(|target| target.value_base))
    }),
    Column::text("unit_base", "基本单位", "Base unit", |row| {
        Value::maybe_text(target(row).and_then(|target| target.unit_base.as_deref()))
    }),
    Column::decimal("value_annual", "指标值（每年）", "Target per year", |row| {
        Value::maybe_decimal(target(row).and_then(|target| target.value_annual))
    }),
    Column::text("unit_code", "单位代码", "Unit code (UCUM style)", |row| {
        Value::maybe_text(target(row).and_then(|target| target.unit_code.as_deref()))
    }),
    Column::text("basis", "指标值确定依据", "Basis", |row| Value::text(&row.item.basis)),
    Column::PAGE,
    Column::TABLE,
    Column::ROW,
    Column::BBOX,
    Column::list("flags", "标记", "Flags", |row| Value::flags(row.item.flags)),
    Column::text("period", "时间（ISO 8601）", "Period (ISO 8601)", |row| {
        Value::maybe_text(target(row).and_then(|target| target.period.as_deref()))
    }),
    Column::text("target_period", "目标期间", "Period of the target", |row| {
        Value::text(row.item.target_period.code())
    }),
    Column::text("actual_raw", "实际完成值（原文）", "Actual value as printed", |row| {
        Value::text(&row.item.actual_raw)
    }),
    Column::decimal("actual_value", "实际完成值", "Actual value", |row| {
        Value::maybe_decimal(actual(row).and_then(|actual| actual.value))
    }),
    Column::text("actual_unit", "实际完成值单位", "Unit of the actual value", |row| {
        Value::maybe_text(actual(row).and_then(|actual| actual.unit.as_deref()))
    }),
    Column::decimal(
        "actual_base",
        "实际完成值（基本单位）",
        "Actual value in the base unit",
        |row| Value::maybe_decimal(actual(row).and_then(|actual| actual.value_base)),
    ),
    Column::decimal("score", "得分", "Score", |row| Value::maybe_decimal(row.item.score)),
    Column::text("note", "偏差原因", "Reason for a deviation", |row| Value::text(&row.item.note)),
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
