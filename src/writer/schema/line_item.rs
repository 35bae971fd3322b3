//! The columns of `line_items.csv`.

use super::{Column, Reference, Schema};
use crate::flag::Flag;
use crate::record::{Classification, LineItem, Measure, TableKind};
use crate::writer::Value;
use std::borrow::Cow;

/// One row per figure of a standard table.
pub static LINE_ITEMS: Schema<LineItem> = Schema {
    name: "line_items",
    chinese: "预决算表明细",
    english: "Figures of the standard tables",
    about: "One row per figure of a standard budget table, tidy.",
    key: &["path", "item_no"],
    references: &[Reference::DOCUMENT, Reference::TABLE],
    rows: |outcome| Cow::Borrowed(&outcome.records.line_items),
    columns: &[Column::FILE, Column::DISCLOSURE, COLUMNS],
};

type Own = Column<LineItem>;

const COLUMNS: &[Own] = &[
    Own::integer("item_no", "明细序号", "Item number", |row| Value::count(row.number))
        .about("1, 2, 3 … within the document.")
        .required(),
    Own::text("table_kind", "表格类型", "Kind of table", |row| Value::text(row.item.table_kind.code()))
        .about("What kind of table it stands in.")
        .codes(TableKind::CODES)
        .required(),
    Own::text("table_title", "表格标题", "Title of the table", |row| Value::text(&row.item.table_title))
        .about("The printed title of that table."),
    Own::text("measure", "指标口径", "Measure", |row| Value::text(row.item.measure.code()))
        .about("What the column measures.")
        .codes(Measure::CODES)
        .required(),
    Own::text("measure_label", "列标题", "Column", |row| Value::text(&row.item.measure_label))
        .about("The printed header path, levels joined by /."),
    Own::text("classification", "分类", "Classification", |row| {
        Value::text(row.item.classification.code())
    })
    .about("Which list of names or codes the row belongs to.")
    .codes(Classification::CODES)
    .required(),
    Own::text("code", "科目编码", "Code", |row| Value::text(&row.item.code)).about("The code as printed."),
    Own::text("name", "科目名称", "Name", |row| Value::text(&row.item.name))
        .about("The row's name, list numbering left out."),
    Own::integer("level", "级次", "Level", |row| Value::maybe_integer(row.item.level))
        .about("Depth in the classification, from 1; empty for totals."),
    Own::text("parent_code", "上级编码", "Code of the level above", |row| {
        Value::text(&row.item.parent_code)
    })
    .about("The code one level up."),
    Own::integer("year", "年度", "Year", |row| Value::maybe_integer(row.item.year))
        .about("The year the figure speaks of."),
    Own::text("value_raw", "数值（原文）", "Figure as printed", |row| Value::text(&row.item.value_raw))
        .about("The figure as printed."),
    Own::decimal("value", "数值", "Figure", |row| Value::maybe_decimal(row.item.value))
        .about("The number, in unit."),
    Own::text("unit", "单位", "Unit", |row| Value::text(&row.item.unit))
        .about("The unit of the figure, its column or its table."),
    Own::decimal("value_yuan", "金额（元）", "Amount in yuan", |row| {
        Value::maybe_decimal(row.item.value_yuan)
    })
    .about("The figure in yuan, exact; empty for counts and where no unit is stated.")
    .unit("元"),
    Column::PAGE,
    Column::TABLE,
    Column::ROW,
    Column::COLUMN,
    Own::list("flags", "标记", "Flags", |row| Value::flags(row.item.flags))
        .about("What a careful reader would want to know about the row.")
        .codes(Flag::CODES),
];
