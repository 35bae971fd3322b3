//! The columns of `tables.csv`.

use super::{Column, Schema};
use crate::document::Table;
use crate::record::TableFacts;
use crate::writer::Value;
use std::borrow::Cow;

/// One row per table.
pub static TABLES: Schema<(TableFacts, Table)> = Schema {
    name: "tables",
    chinese: "表格",
    english: "Tables",
    rows: |outcome| Cow::Borrowed(&outcome.records.tables),
    columns: COLUMNS,
};

const COLUMNS: &[Column<(TableFacts, Table)>] = &[
    Column::DOCUMENT_ID,
    Column::PATH,
    Column::integer("table", "表号", "Table", |row| Value::count(row.item.0.number)),
    Column::integer("page_first", "起始页", "First page", |row| {
        Value::maybe_integer(row.item.1.place.page)
    }),
    Column::integer("page_last", "结束页", "Last page", |row| {
        Value::maybe_integer(row.item.1.page_last.or(row.item.1.place.page))
    }),
    Column::text("table_kind", "表格类型", "Kind", |row| Value::text(row.item.0.kind.code())),
    Column::text("title", "标题", "Title", |row| Value::text(&row.item.0.title)),
    Column::text("unit", "单位", "Unit", |row| Value::text(&row.item.0.unit)),
    Column::integer("header_rows", "表头行数", "Header rows", |row| Value::count(row.item.1.header_rows)),
    Column::integer("rows", "行数", "Rows", |row| Value::count(row.item.1.rows)),
    Column::integer("columns", "列数", "Columns", |row| Value::count(row.item.1.columns)),
    Column::boolean("continued", "是否跨页", "Joined over pages", |row| {
        Value::Boolean(row.item.1.continued)
    }),
];
