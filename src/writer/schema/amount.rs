//! The columns of `amounts.csv`.

use super::{Column, Reference, Schema};
use crate::flag::Flag;
use crate::quantity::Comparator;
use crate::record::{Amount, Change, Source, TableKind};
use crate::writer::Value;
use std::borrow::Cow;

/// One row per money figure.
pub static AMOUNTS: Schema<Amount> = Schema {
    name: "amounts",
    chinese: "金额",
    english: "Money figures",
    about: "One row per money figure in a sentence or a table.",
    key: &["path", "amount_no"],
    references: &[Reference::DOCUMENT, Reference::TABLE],
    rows: |outcome| Cow::Borrowed(&outcome.records.amounts),
    columns: &[Column::FILE, Column::DISCLOSURE, COLUMNS],
};

type Own = Column<Amount>;

const COLUMNS: &[Own] = &[
    Own::integer("amount_no", "金额序号", "Amount number", |row| Value::count(row.number))
        .about("1, 2, 3 … within the document.")
        .required(),
    Own::text("source", "来源", "Source", |row| Value::text(row.item.source.code()))
        .about("Whether the row stands in a table or in a sentence.")
        .codes(Source::CODES)
        .required(),
    Own::text("section", "所在章节", "Section", |row| Value::text(&row.item.section))
        .about("The nearest heading above it."),
    Own::text("table_kind", "表格类型", "Kind of table", |row| {
        Value::maybe_text(row.item.table_kind.map(TableKind::code))
    })
    .about("What kind of table it stands in; empty for sentences.")
    .codes(TableKind::CODES),
    Own::text("table_title", "表格标题", "Title of the table", |row| Value::text(&row.item.table_title))
        .about("The printed title of that table."),
    Own::text("label", "名称", "Label", |row| Value::text(&row.item.label))
        .about("What the figure is: the noun phrase of the sentence, or the row's label."),
    Own::text("label_code", "编码", "Printed code", |row| Value::text(&row.item.label_code))
        .about("The printed classification code of the row."),
    Own::text("column_label", "列标题", "Column", |row| Value::text(&row.item.column_label))
        .about("For tables: the header path, levels joined by /."),
    Own::text("change", "增减", "Change", |row| Value::maybe_text(row.item.change.map(Change::code)))
        .about("The direction, where the figure is a change against base_year.")
        .codes(Change::CODES),
    Own::integer("year", "年度", "Year", |row| Value::maybe_integer(row.item.year))
        .about("The year the figure speaks of."),
    Own::integer("base_year", "对比年度", "Year compared with", |row| {
        Value::maybe_integer(row.item.base_year)
    })
    .about("The year it is compared with."),
    Own::text("comparator", "比较符", "Comparator", |row| {
        Value::maybe_text(row.item.comparator.map(Comparator::code))
    })
    .about("Equal, at least, at most, about …")
    .codes(Comparator::CODES),
    Own::text("value_raw", "数值（原文）", "Figure as printed", |row| Value::text(&row.item.value_raw))
        .about("The figure as printed."),
    Own::decimal("value", "数值", "Figure", |row| Value::maybe_decimal(row.item.value))
        .about("The number, in unit."),
    Own::text("unit", "单位", "Unit", |row| Value::text(&row.item.unit))
        .about("The unit of the figure, its column or its table."),
    Own::decimal("value_yuan", "金额（元）", "Amount in yuan", |row| {
        Value::maybe_decimal(row.item.value_yuan)
    })
    .about("The figure in yuan, exact; empty for rates.")
    .unit("元"),
    Own::text("per", "计价单位", "Per", |row| Value::text(&row.item.per))
        .about("For unit prices and rates: the denominator (人/月, 平方米)."),
    Own::text("context", "上下文", "Context", |row| Value::text(&row.item.context))
        .about("The sentence it stands in, or the cells of its row joined by ' | '."),
    Column::PAGE,
    Column::TABLE,
    Column::ROW,
    Column::COLUMN,
    Column::BBOX,
    Own::list("flags", "标记", "Flags", |row| Value::flags(row.item.flags))
        .about("What a careful reader would want to know about the row.")
        .codes(Flag::CODES),
];
