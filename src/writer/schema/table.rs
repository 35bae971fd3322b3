//! The columns of `tables.csv`.

use super::{Column, Reference, Schema};
use crate::document::Table;
use crate::record::{TableFacts, TableKind};
use crate::writer::Value;
use std::borrow::Cow;

/// One row per table.
pub static TABLES: Schema<(TableFacts, Table)> = Schema {
    name: "tables",
    chinese: "表格",
    english: "Tables",
    about: "One row per table.",
    key: &["path", "table"],
    references: &[Reference::DOCUMENT],
    rows: |outcome| Cow::Borrowed(&outcome.records.tables),
    columns: &[Column::FILE, COLUMNS],
};

type Own = Column<(TableFacts, Table)>;

const COLUMNS: &[Own] = &[
    Own::integer("table", "表号", "Table", |row| Value::count(row.item.0.number))
        .about("1, 2, 3 … within the document.")
        .required(),
    Own::integer("page_first", "起始页", "First page", |row| Value::maybe_integer(row.item.1.place.page))
        .about("First page it stands on."),
    Own::integer("page_last", "结束页", "Last page", |row| {
        Value::maybe_integer(row.item.1.page_last.or(row.item.1.place.page))
    })
    .about("Last page it stands on."),
    Own::text("table_kind", "表格类型", "Kind", |row| Value::text(row.item.0.kind.code()))
        .about("What kind of table it is.")
        .codes(TableKind::CODES)
        .required(),
    Own::text("title", "标题", "Title", |row| Value::text(&row.item.0.title)).about("The printed title."),
    Own::text("unit", "单位", "Unit", |row| Value::text(&row.item.0.unit))
        .about("The unit of its bare figures, where one is stated."),
    Own::integer("header_rows", "表头行数", "Header rows", |row| Value::count(row.item.1.header_rows))
        .about("Leading rows that hold column names, title or unit.")
        .required(),
    Own::integer("rows", "行数", "Rows", |row| Value::count(row.item.1.rows))
        .about("Rows of its grid.")
        .required(),
    Own::integer("columns", "列数", "Columns", |row| Value::count(row.item.1.columns))
        .about("Columns of its grid.")
        .required(),
    Own::boolean("continued", "是否跨页", "Joined over pages", |row| {
        Value::Boolean(row.item.1.continued)
    })
    .about("Whether it was joined from parts on several pages.")
    .required(),
];
