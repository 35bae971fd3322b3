//! The columns of `documents.csv`.

use super::{Column, Row, Schema};
use crate::document::Warning;
use crate::record::{Check, DocumentFacts, Outcome, Status, Verdict};
use crate::writer::Value;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::slice;

/// One row per input file, failed ones too.
pub static DOCUMENTS: Schema<Outcome> = Schema {
    name: "documents",
    chinese: "文档",
    english: "Documents",
    rows: |outcome| Cow::Borrowed(slice::from_ref(outcome)),
    columns: COLUMNS,
};

const COLUMNS: &[Column<Outcome>] = &[
    Column::DOCUMENT_ID,
    Column::PATH,
    Column::text("format", "文件格式", "Format", |row| Value::text(row.item.format.code())),
    Column::text("sha256", "SHA-256", "SHA-256", |row| Value::text(&row.item.sha256)),
    Column::integer("size_bytes", "字节数", "Size in bytes", |row| {
        Value::Integer(i64::try_from(row.item.size_bytes).unwrap_or(i64::MAX))
    }),
    Column::integer("pages", "页数", "Pages", |row| Value::maybe_integer(row.item.pages)),
    Column::text("title", "标题", "Title", |row| Value::text(&facts(row).title)),
    Column::text("kind", "文档类型", "Kind", |row| match row.item.status {
        Status::Failed => Value::Empty,
        Status::Ok | Status::Partial => Value::text(facts(row).kind.code()),
    }),
    Column::FISCAL_YEAR,
    Column::REGION_CODE,
    Column::REGION_NAME,
    Column::text("department_code", "部门代码", "Department code", |row| {
        Value::text(&facts(row).department_code)
    }),
    Column::DEPARTMENT_NAME,
    Column::integer("tables", "表格数", "Tables", |row| Value::count(row.item.records.tables.len())),
    Column::integer("projects", "项目数", "Projects", |row| Value::count(row.item.records.projects.len())),
    Column::integer("indicators", "指标数", "Indicators", |row| {
        Value::count(row.item.records.indicators.len())
    }),
    Column::integer("amounts", "金额数", "Amounts", |row| Value::count(row.item.records.amounts.len())),
    // Empty, not 0, for a document on which no check could run.
    Column::integer("checks_failed", "未通过核对数", "Failed checks", |row| match row.item.status {
        Status::Failed => Value::Empty,
        Status::Ok | Status::Partial => {
            let failed = |check: &&Check| check.verdict == Verdict::Fail;
            Value::count(row.item.records.checks.iter().filter(failed).count())
        }
    }),
    Column::text("status", "状态", "Status", |row| Value::text(row.item.status.code())),
    Column::text("error_code", "错误代码", "Error code", |row| Value::text(&row.item.error_code)),
    Column::text("error", "错误说明", "Error", |row| Value::text(&row.item.error)),
    Column::decimal("coverage", "覆盖率", "Coverage", |row| Value::maybe_decimal(row.item.coverage)),
    Column::text("province_name", "省份", "Province", |row| Value::text(&facts(row).province_name)),
    Column::text("city_name", "地级市", "City", |row| Value::text(&facts(row).city_name)),
    Column::list("warnings", "警告", "Warnings", |row| {
        let codes: BTreeSet<&str> = row.item.warnings.iter().map(Warning::code).collect();
        Value::List(codes.into_iter().collect())
    }),
];

fn facts<'a>(row: &Row<'a, Outcome>) -> &'a DocumentFacts {
    &row.item.records.document
}
