//! The columns of `cells.csv`: the grids of all tables, one row per cell.

use super::{Column, Row, Schema};
use crate::document::{Cell, Table};
use crate::record::{Outcome, TableFacts};
use crate::writer::Value;
use std::borrow::Cow;

/// One row per table cell.
pub static CELLS: Schema<CellIndex> = Schema {
    name: "cells",
    chinese: "单元格",
    english: "Table cells",
    about: "One row per cell of every table; files of the same bytes have theirs once.",
    key: &["document_id", "table", "row", "column"],
    references: &[],
    rows: |outcome| Cow::Owned(indices(outcome)),
    columns: &[COLUMNS],
};

/// A cell by its position in [`Records::tables`](crate::record::Records::tables) and in the table's list of cells.
#[derive(Debug, Clone, Copy)]
pub struct CellIndex {
    table: usize,
    cell: usize,
}

type Own = Column<CellIndex>;

const COLUMNS: &[Own] = &[
    Column::DOCUMENT_ID,
    Own::integer("table", "表号", "Table", |row| Value::count(table(row).0.number))
        .about("Number of the table within the document.")
        .required(),
    Own::integer("row", "行号", "Row", |row| Value::count(cell(row).row + 1))
        .about("Row of the cell's upper left corner, from 1.")
        .required(),
    Own::integer("column", "列号", "Column", |row| Value::count(cell(row).column + 1))
        .about("Column of the cell's upper left corner, from 1.")
        .required(),
    Own::integer("row_span", "跨行数", "Rows covered", |row| Value::count(cell(row).row_span))
        .about("Rows it covers.")
        .required(),
    Own::integer("column_span", "跨列数", "Columns covered", |row| Value::count(cell(row).column_span))
        .about("Columns it covers.")
        .required(),
    Own::boolean("header", "是否表头", "Header", |row| {
        Value::Boolean(cell(row).row < table(row).1.header_rows)
    })
    .about("Whether it stands in the header rows.")
    .required(),
    Own::text("text", "内容", "Text", |row| Value::text(cell(row).text.trim()))
        .about("Its text as printed, line breaks kept."),
];

fn indices(outcome: &Outcome) -> Vec<CellIndex> {
    let tables = outcome.records.tables.iter().enumerate();
    tables
        .flat_map(|(table, (_, grid))| (0..grid.cells.len()).map(move |cell| CellIndex { table, cell }))
        .collect()
}

fn table<'a>(row: &Row<'a, CellIndex>) -> &'a (TableFacts, Table) {
    &row.outcome.records.tables[row.item.table]
}

fn cell<'a>(row: &Row<'a, CellIndex>) -> &'a Cell {
    &table(row).1.cells[row.item.cell]
}
