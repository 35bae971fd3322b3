//! The columns of `checks.csv`.

use super::{Column, Reference, Schema};
use crate::record::{Check, Verdict};
use crate::writer::Value;
use std::borrow::Cow;

/// One row per rule tried.
pub static CHECKS: Schema<Check> = Schema {
    name: "checks",
    chinese: "核对结果",
    english: "Checks",
    about: "One row per rule tried on the document's own figures.",
    key: &["path", "check_no"],
    references: &[Reference::DOCUMENT, Reference::TABLE],
    rows: |outcome| Cow::Borrowed(&outcome.records.checks),
    columns: &[Column::FILE, COLUMNS],
};

type Own = Column<Check>;

const COLUMNS: &[Own] = &[
    Own::text("rule", "规则", "Rule", |row| Value::text(row.item.rule.as_ref()))
        .about("The rule's code; gongkai check --list explains each.")
        .required(),
    Own::text("status", "结果", "Result", |row| Value::text(row.item.verdict.code()))
        .about(
            "Both sides agree within the rounding of what is printed; they do not; or one side is missing.",
        )
        .codes(Verdict::CODES)
        .required(),
    Own::text("left_label", "左边项目", "Left label", |row| Value::text(&row.item.left_label))
        .about("What stands on the left."),
    Own::decimal("left_yuan", "左边（元）", "Left (yuan)", |row| Value::maybe_decimal(row.item.left))
        .about("The left figure; points for weights.")
        .unit("元"),
    Own::text("right_label", "右边项目", "Right label", |row| Value::text(&row.item.right_label))
        .about("What stands on the right."),
    Own::decimal("right_yuan", "右边（元）", "Right (yuan)", |row| Value::maybe_decimal(row.item.right))
        .about("The right figure; points for weights.")
        .unit("元"),
    Own::decimal("difference", "差额（元）", "Difference (yuan)", |row| {
        Value::maybe_decimal(row.item.difference)
    })
    .about("Left less right.")
    .unit("元"),
    Own::text("message", "说明", "Message", |row| Value::text(&row.item.message))
        .about("The result in one sentence."),
    Column::PAGE,
    Column::TABLE,
    Column::ROW,
    Own::integer("check_no", "核对序号", "Check number", |row| Value::count(row.number))
        .about("1, 2, 3 … within the document.")
        .required(),
];
