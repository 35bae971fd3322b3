//! Table rows whose cells state where they end, as the binary format and RTF write them → a table on one grid.

use crate::document::{CellSpec, Table, TableBuilder, Vertical};

/// Edges this close are one edge, in twentieths of a point: programs round column widths row by row.
const SNAP: i32 = 20;

/// One row.
#[derive(Debug, Default)]
pub(in crate::reader) struct Row {
    /// The left edge of the first cell, then the right edge of each cell, in twentieths of a point; cells beyond
    /// the last edge are one column wide.
    pub(in crate::reader) edges: Vec<i32>,
    pub(in crate::reader) cells: Vec<RowCell>,
}

/// One cell of a row.
#[derive(Debug, Default)]
pub(in crate::reader) struct RowCell {
    pub(in crate::reader) text: String,
    pub(in crate::reader) nested: Vec<Table>,
    pub(in crate::reader) shape: CellShape,
}

/// What a row says about its cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::reader) struct RowShape {
    /// As in [`Row`].
    pub(in crate::reader) edges: Vec<i32>,
    pub(in crate::reader) cells: Vec<CellShape>,
}

/// How a cell is merged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::reader) struct CellShape {
    pub(in crate::reader) vertical: Vertical,
    /// Goes on with the cell to its left.
    pub(in crate::reader) joins_left: bool,
}

impl Row {
    /// Whether this row and the one before it stand in two tables that nothing separates: they share no column line
    /// but the left edge, and nothing is merged over both.
    pub(in crate::reader) fn begins_table(&self, before: &Row) -> bool {
        let near = |edge: &i32, other: &i32| edge.abs_diff(*other) <= SNAP.unsigned_abs();
        let shared = |edge: &&i32| before.edges.iter().any(|other| near(edge, other));
        let merged = self.cells.iter().any(|cell| cell.shape.vertical == Vertical::Continue);
        let told = self.edges.len() > 2 && before.edges.len() > 2;
        told && !merged && !self.edges.iter().skip(1).any(|edge| shared(&edge))
    }
}

/// The columns of a table: the edges of all its rows.
#[derive(Debug)]
pub(in crate::reader) struct Columns {
    edges: Vec<i32>,
}

impl Columns {
    /// The columns that these rows need.
    pub(in crate::reader) fn of(rows: &[Row]) -> Self {
        let mut all: Vec<i32> = rows.iter().flat_map(|row| row.edges.iter().copied()).collect();
        all.sort_unstable();
        let mut edges: Vec<i32> = Vec::new();
        for edge in all {
            if edges.last().is_none_or(|last| edge.saturating_sub(*last) > SNAP) {
                edges.push(edge);
            }
        }
        Self { edges }
    }

    /// Grid positions that a table of these rows takes, about.
    pub(in crate::reader) fn positions(&self, rows: usize) -> usize {
        self.edges.len().max(1).saturating_mul(rows)
    }

    /// The number of the column line at an edge.
    fn line(&self, edge: i32) -> usize {
        self.edges.partition_point(|line| *line <= edge).saturating_sub(1)
    }
}

/// The rows of each of the tables that follow each other without anything between them.
pub(in crate::reader) fn tables(rows: Vec<Row>) -> Vec<Vec<Row>> {
    let mut tables: Vec<Vec<Row>> = Vec::new();
    for row in rows {
        match tables.last_mut() {
            Some(table) if !table.last().is_some_and(|before| row.begins_table(before)) => table.push(row),
            _ => tables.push(vec![row]),
        }
    }
    tables
}

/// Lays out the rows; also gives the number of cells whose spans had to be mended.
pub(in crate::reader) fn table(rows: Vec<Row>, columns: &Columns) -> (Option<Table>, u64) {
    let mut builder = TableBuilder::new();
    for row in rows {
        builder.start_row();
        let mut line = row.edges.first().map_or(0, |edge| columns.line(*edge));
        builder.skip(line);
        let mut pending: Option<CellSpec> = None;
        for (index, cell) in row.cells.into_iter().enumerate() {
            let right = row.edges.get(index + 1).map_or(line, |edge| columns.line(*edge));
            let span = right.saturating_sub(line).max(1);
            line += span;
            if let Some(before) = pending.as_mut().filter(|_| cell.shape.joins_left) {
                join(before, cell, span);
                continue;
            }
            let RowCell { text, nested, shape } = cell;
            let vertical = shape.vertical;
            let spec = CellSpec { text, column_span: span, row_span: 1, vertical, nested };
            if let Some(done) = pending.replace(spec) {
                builder.cell(done);
            }
        }
        if let Some(done) = pending {
            builder.cell(done);
        }
    }
    let repaired = builder.repaired();
    (builder.finish(), repaired)
}

fn join(before: &mut CellSpec, cell: RowCell, span: usize) {
    before.column_span += span;
    if !before.text.is_empty() && !cell.text.is_empty() {
        before.text.push('\n');
    }
    before.text.push_str(&cell.text);
    before.nested.extend(cell.nested);
}
