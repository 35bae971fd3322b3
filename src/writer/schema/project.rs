//! The columns of `projects.csv`.

use super::{Column, Reference, Schema};
use crate::record::Project;
use crate::writer::Value;
use std::borrow::Cow;

/// One row per project with performance targets.
pub static PROJECTS: Schema<Project> = Schema {
    name: "projects",
    chinese: "项目",
    english: "Projects",
    about: "One row per project with performance targets (项目绩效目标).",
    key: &["path", "project"],
    references: &[Reference::DOCUMENT, Reference::TABLE],
    rows: |outcome| Cow::Borrowed(&outcome.records.projects),
    columns: &[Column::FILE, Column::DISCLOSURE, COLUMNS],
};

type Own = Column<Project>;

const COLUMNS: &[Own] = &[
    Own::text("project_no", "项目序号", "Project number", |row| Value::text(&row.item.number))
        .about("The project's number as printed."),
    Own::text("project_name", "项目名称", "Project", |row| Value::text(&row.item.name))
        .about("Its name, without number and 绩效目标表."),
    Own::boolean("carried_over", "是否上年结转", "Carried over from the year before", |row| {
        Value::Boolean(row.item.carried_over)
    })
    .about("Whether it is listed under 上年结转.")
    .required(),
    Own::text("goal", "绩效目标", "Performance goal", |row| Value::text(&row.item.goal))
        .about("The text of its 绩效目标."),
    Own::decimal("amount_yuan", "项目预算（元）", "Budget in yuan", |row| {
        Value::maybe_decimal(row.item.amount_yuan)
    })
    .about("Its budget, where the table states one.")
    .unit("元"),
    Column::PAGE,
    Column::TABLE,
    Own::integer("project", "项目号", "Project in the document", |row| Value::count(row.number))
        .about("1, 2, 3 … within the document.")
        .required(),
];
