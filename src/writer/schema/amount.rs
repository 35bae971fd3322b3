//! The columns of `amounts.csv`.

use super::{Column, Schema};
use crate::quantity::Comparator;
use crate::record::{Amount, Change, TableKind};
use crate::writer::Value;
use std::borrow::Cow;

/// One row per money figure.
pub static AMOUNTS: Schema<Amount> = Schema {
    name: "amounts",
    chinese: "金额",
    english: "Money figures",
    rows: |outcome| Cow::Borrowed(&outcome.records.amounts),
    columns: COLUMNS,
};

const COLUMNS: &[Column<Amount>] = &[
    Column::DOCUMENT_ID,
    Column::PATH,
    Column::REGION_CODE,
    Column::REGION_NAME,
    Column::DEPARTMENT_NAME,
    Column::FISCAL_YEAR,
    Column::integer("amount_no", "金额序号", "Amount number", |row| Value::count(row.number)),
    Column::text("source", "来源", "Source", |row| Value::text(row.item.source.code())),
    Column::text("section", "所在章节", "Section", |row| Value::text(&row.item.section)),
    Column::text("table_kind", "表格类型", "Kind of table", |row| {
        Value::maybe_text(row.item.table_kind.map(TableKind::code))
    }),
    Column::text("table_title", "表格标题", "Title of the table", |row| {
        Value::text(&row.item.table_title)
    }),
    Column::text("label", "名称", "Label", |row| Value::text(&row.item.label)),
    Column::text("label_code", "编码", "Printed code", |row| Value::text(&row.item.label_code)),
    Column::text("column_label", "列标题", "Column", |row| Value::text(&row.item.column_label)),
    Column::text("change", "增减", "Change", |row| Value::maybe_text(row.item.change.map(Change::code))),
    Column::integer("year", "年度", "Year", |row| Value::maybe_integer(row.item.year)),
    Column::integer("base_year", "对比年度", "Year compared with", |row| {
        Value::maybe_integer(row.item.base_year)
    }),
    Column::text("comparator", "比较符", "Comparator", |row| {
        Value::maybe_text(row.item.comparator.map(Comparator::code))
    }),
    Column::text("value_raw", "数值（原文）", "Figure as printed", |row| {
        Value::text(&row.item.value_raw)
    }),
    Column::decimal("value", "数值", "Figure", |row| Value::maybe_decimal(row.item.value)),
    Column::text("unit", "单位", "Unit", |row| Value::text(&row.item.unit)),
    Column::decimal("value_yuan", "金额（元）", "Amount in yuan", |row| {
        Value::maybe_decimal(row.item.value_yuan)
    }),
    Column::text("per", "计价单位", "Per", |row| Value::text(&row.item.per)),
    Column::text("context", "上下文", "Context", |row| Value::text(&row.item.context)),
    Column::PAGE,
    Column::TABLE,
    Column::ROW,
    Column::COLUMN,
    Column::BBOX,
    Column::list("flags", "标记", "Flags", |row| Value::flags(row.item.flags)),
];
