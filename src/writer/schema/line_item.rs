//! The columns of `line_items.csv`.

use super::{Column, Schema};
use crate::record::LineItem;
use crate::writer::Value;
use std::borrow::Cow;

/// One row per figure of a standard table.
pub static LINE_ITEMS: Schema<LineItem> = Schema {
    name: "line_items",
    chinese: "预决算表明细",
    english: "Figures of the standard tables",
    rows: |outcome| Cow::Borrowed(&outcome.records.line_items),
    columns: COLUMNS,
};

const COLUMNS: &[Column<LineItem>] = &[
    Column::DOCUMENT_ID,
    Column::PATH,
    Column::REGION_CODE,
    Column::REGION_NAME,
    Column::DEPARTMENT_NAME,
    Column::FISCAL_YEAR,
    Column::integer("item_no", "明细序号", "Item number", |row| Value::count(row.number)),
    Column::text("table_kind", "表格类型", "Kind of table", |row| {
        Value::text(row.item.table_kind.code())
    }),
    Column::text("table_title", "表格标题", "Title of the table", |row| {
        Value::text(&row.item.table_title)
    }),
    Column::text("measure", "指标口径", "Measure", |row| Value::text(row.item.measure.code())),
    Column::text("measure_label", "列标题", "Column", |row| Value::text(&row.item.measure_label)),
    Column::text("classification", "分类", "Classification", |row| {
        Value::text(row.item.classification.code())
    }),
    Column::text("code", "科目编码", "Code", |row| Value::text(&row.item.code)),
    Column::text("name", "科目名称", "Name", |row| Value::text(&row.item.name)),
    Column::integer("level", "级次", "Level", |row| Value::maybe_integer(row.item.level)),
    Column::text("parent_code", "上级编码", "Code of the level above", |row| {
        Value::text(&row.item.parent_code)
    }),
    Column::integer("year", "年度", "Year", |row| Value::maybe_integer(row.item.year)),
    Column::text("value_raw", "数值（原文）", "Figure as printed", |row| {
        Value::text(&row.item.value_raw)
    }),
    Column::decimal("value", "数值", "Figure", |row| Value::maybe_decimal(row.item.value)),
    Column::text("unit", "单位", "Unit", |row| Value::text(&row.item.unit)),
    Column::decimal("value_yuan", "金额（元）", "Amount in yuan", |row| {
        Value::maybe_decimal(row.item.value_yuan)
    }),
    Column::PAGE,
    Column::TABLE,
    Column::ROW,
    Column::COLUMN,
    Column::list("flags", "标记", "Flags", |row| Value::flags(row.item.flags)),
];
