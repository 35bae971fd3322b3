//! The columns of `projects.csv`.

use super::{Column, Schema};
use crate::record::Project;
use crate::writer::Value;
use std::borrow::Cow;

/// One row per project with performance targets.
pub static PROJECTS: Schema<Project> = Schema {
    name: "projects",
    chinese: "项目",
    english: "Projects",
    rows: |outcome| Cow::Borrowed(&outcome.records.projects),
    columns: COLUMNS,
};

const COLUMNS: &[Column<Project>] = &[
    Column::DOCUMENT_ID,
    Column::PATH,
    Column::REGION_CODE,
    Column::REGION_NAME,
    Column::DEPARTMENT_NAME,
    Column::FISCAL_YEAR,
    Column::text("project_no", "项目序号", "Project number", |row| Value::text(&row.item.number)),
    Column::text("project_name", "项目名称", "Project", |row| Value::text(&row.item.name)),
    Column::boolean("carried_over", "是否上年结转", "Carried over from the year before", |row| {
        Value::Boolean(row.item.carried_over)
    }),
    Column::text("goal", "绩效目标", "Performance goal", |row| Value::text(&row.item.goal)),
    Column::decimal("amount_yuan", "项目预算（元）", "Budget in yuan", |row| {
        Value::maybe_decimal(row.item.amount_yuan)
    }),
    Column::PAGE,
    Column::TABLE,
];
