//! The columns of `documents.csv`.

use super::{Column, Row, Schema};
use crate::document::{Format, Warning};
use crate::record::{Check, DocumentFacts, DocumentKind, Outcome, Status, Verdict};
use crate::writer::Value;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::slice;

/// One row per input file, failed ones too.
pub static DOCUMENTS: Schema<Outcome> = Schema {
    name: "documents",
    chinese: "文档",
    english: "Documents",
    about: "One row per input file, failed ones too.",
    key: &["path"],
    references: &[],
    rows: |outcome| Cow::Borrowed(slice::from_ref(outcome)),
    columns: &[COLUMNS],
};

type Own = Column<Outcome>;

const COLUMNS: &[Own] = &[
    Column::DOCUMENT_ID,
    Column::PATH,
    Own::text("format", "文件格式", "Format", |row| Value::text(row.item.format.code())).about("What the bytes are, whatever the file's name says.").codes(Format::CODES).required(),
    Own::text("sha256", "SHA-256", "SHA-256", |row| Value::text(&row.item.sha256)).about("SHA-256 of the file's bytes; empty where it could not be opened."),
    Own::integer("size_bytes", "字节数", "Size in bytes", |row| {
        Value::Integer(i64::try_from(row.item.size_bytes).unwrap_or(i64::MAX))
    }).about("Size of the file.").unit("B").required(),
    Own::integer("pages", "页数", "Pages", |row| Value::maybe_integer(row.item.pages)).about("Number of pages, where the format has pages."),
    Own::text("title", "标题", "Title", |row| Value::text(&facts(row).title)).about("The document's title as printed."),
    Own::text("kind", "文档类型", "Kind", |row| match row.item.status {
        Status::Failed => Value::Empty,
        Status::Ok | Status::Partial => Value::text(facts(row).kind.code()),
    }).about("What kind of disclosure it is; empty for a failed document.").codes(DocumentKind::CODES),
    Column::FISCAL_YEAR,
    Column::REGION_CODE,
    Column::REGION_NAME,
    Own::text("department_code", "部门代码", "Department code", |row| {
        Value::text(&facts(row).department_code)
    }).about("The department's code as disclosed."),
    Column::DEPARTMENT_NAME,
    Own::integer("tables", "表格数", "Tables", |row| Value::count(row.item.records.tables.len())).about("Rows of this document in tables.").required(),
    Own::integer("projects", "项目数", "Projects", |row| Value::count(row.item.records.projects.len())).about("Rows of this document in projects.").required(),
    Own::integer("indicators", "指标数", "Indicators", |row| {
        Value::count(row.item.records.indicators.len())
    }).about("Rows of this document in indicators.").required(),
    Own::integer("amounts", "金额数", "Amounts", |row| Value::count(row.item.records.amounts.len())).about("Rows of this document in amounts.").required(),
    // Empty, not 0, for a document on which no check could run.
    Own::integer("checks_failed", "未通过核对数", "Failed checks", |row| match row.item.status {
        Status::Failed => Value::Empty,
        Status::Ok | Status::Partial => {
            let failed = |check: &&Check| check.verdict == Verdict::Fail;
            Value::count(row.item.records.checks.iter().filter(failed).count())
        }
    }).about("Failed rows of this document in checks; empty where none could run."),
    Own::text("status", "状态", "Status", |row| Value::text(row.item.status.code())).about("Read in full, in part (something was left out: see error), or not at all.").codes(Status::CODES).required(),
    Own::text("error_code", "错误代码", "Error code", |row| Value::text(&row.item.error_code)).about("A stable code for what went wrong; empty for a document read in full."),
    Own::text("error", "错误说明", "Error", |row| Value::text(&row.item.error)).about("The same in one line for a person."),
    Own::decimal("coverage", "覆盖率", "Coverage", |row| Value::maybe_decimal(row.item.coverage)).about("Share of the visible characters that reached a table cell, a paragraph or the page furniture, rounded down; 1 when nothing was lost.").unit("1"),
    Own::text("province_name", "省份", "Province", |row| Value::text(&facts(row).province_name)).about("Full name of the region's province."),
    Own::text("city_name", "地级市", "City", |row| Value::text(&facts(row).city_name)).about("Full name of the region's prefecture; empty for provinces and for districts of municipalities."),
    Own::list("warnings", "警告", "Warnings", |row| {
        let codes: BTreeSet<&str> = row.item.warnings.iter().map(Warning::code).collect();
        Value::List(codes.into_iter().collect())
    }).about("What was left out or looked odd.").codes(Warning::CODES),
];

fn facts<'a>(row: &Row<'a, Outcome>) -> &'a DocumentFacts {
    &row.item.records.document
}
