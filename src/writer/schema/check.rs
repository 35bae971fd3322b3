//! The columns of `checks.csv`.

use super::{Column, Schema};
use crate::record::Check;
use crate::writer::Value;
use std::borrow::Cow;

/// One row per rule tried.
pub static CHECKS: Schema<Check> = Schema {
    name: "checks",
    chinese: "核对结果",
    english: "Checks",
    rows: |outcome| Cow::Borrowed(&outcome.records.checks),
    columns: COLUMNS,
};

const COLUMNS: &[Column<Check>] = &[
    Column::DOCUMENT_ID,
    Column::PATH,
    Column::text("rule", "规则", "Rule", |row| Value::text(row.item.rule.as_ref())),
    Column::text("status", "结果", "Result", |row| Value::text(row.item.verdict.code())),
    Column::text("left_label", "左边项目", "Left label", |row| Value::text(&row.item.left_label)),
    Column::decimal("left_yuan", "左边（元）", "Left (yuan)", |row| Value::maybe_decimal(row.item.left)),
    Column::text("right_label", "右边项目", "Right label", |row| Value::text(&row.item.right_label)),
    Column::decimal("right_yuan", "右边（元）", "Right (yuan)", |row| {
        Value::maybe_decimal(row.item.right)
    }),
    Column::decimal("difference", "差额（元）", "Difference (yuan)", |row| {
        Value::maybe_decimal(row.item.difference)
    }),
    Column::text("message", "说明", "Message", |row| Value::text(&row.item.message)),
    Column::PAGE,
    Column::TABLE,
    Column::ROW,
];
