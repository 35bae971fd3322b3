//! The cells of a sheet that are shown, by rows, with hidden rows and columns taken out.

use super::book::{CellBudget, Range, Sheet, SheetCell};
use crate::document::{CellSpec, Table, TableBuilder, visible_chars};
use crate::reader::ReadError;
use std::collections::{BTreeMap, BTreeSet};

/// What is shown of a sheet.
pub(super) struct Grid<'a> {
    /// The cells by row, then column; those without text are bordered.
    cells: Vec<&'a SheetCell>,
    rows: Vec<Row>,
    /// Merged ranges by their first shown cell, cut to what is shown.
    merges: BTreeMap<(u32, u32), Range>,
    hidden_rows: Runs,
    hidden_columns: Runs,
    /// Visible characters that are shown, and those that are not.
    pub(super) visible: u64,
    pub(super) hidden: u64,
}

/// A row with something in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    number: u32,
    first: usize,
    end: usize,
    /// Cells with text, and cells with a border.
    pub(super) filled: usize,
    pub(super) bordered: usize,
    /// Whether it goes on from the row before it.
    adjoins: bool,
}

/// Sorted runs of hidden rows or columns that do not overlap.
struct Runs(Vec<(u32, u32)>);

impl Runs {
    fn new(runs: &[(u32, u32)]) -> Self {
        let mut sorted = runs.to_vec();
        sorted.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::new();
        for (first, last) in sorted {
            match joined.last_mut() {
                Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
                _ => joined.push((first, last)),
            }
        }
        Self(joined)
    }

    fn run(&self, at: u32) -> Option<(u32, u32)> {
        let next = self.0.partition_point(|(first, _)| *first <= at);
        let run = *self.0.get(next.checked_sub(1)?)?;
        (at <= run.1).then_some(run)
    }

    fn has(&self, at: u32) -> bool {
        self.run(at).is_some()
    }

    /// The first shown place from here on.
    fn shown_from(&self, at: u32) -> u32 {
        self.run(at).map_or(at, |(_, last)| last.saturating_add(1))
    }
}

impl<'a> Grid<'a> {
    pub(super) fn new(sheet: &'a Sheet) -> Self {
        let mut grid = Self {
            cells: Vec::new(),
            rows: Vec::new(),
            merges: BTreeMap::new(),
            hidden_rows: Runs::new(&sheet.hidden_rows),
            hidden_columns: Runs::new(&sheet.hidden_columns),
            visible: 0,
            hidden: 0,
        };
        for range in &sheet.merges {
            let row = grid.hidden_rows.shown_from(range.row);
            let column = grid.hidden_columns.shown_from(range.column);
            if row <= range.last_row && column <= range.last_column {
                grid.merges.insert((row, column), Range { row, column, ..*range });
            }
        }
        let mut cells: Vec<&SheetCell> = sheet.cells.iter().collect();
        cells.sort_by_key(|cell| (cell.row, cell.column));
        let mut covered = Covered::new(&grid.merges);
        for (index, cell) in cells.iter().enumerate() {
            let chars = visible_chars(&cell.text);
            // Of two cells in one place the later one shows.
            let next = cells.get(index + 1);
            let below = next.is_some_and(|next| (next.row, next.column) == (cell.row, cell.column));
            let out = below || grid.hidden_rows.has(cell.row) || grid.hidden_columns.has(cell.column);
            if out || covered.has(cell.row, cell.column) {
                grid.hidden += chars;
            } else {
                grid.visible += chars;
                grid.cells.push(*cell);
            }
        }
        grid.find_rows();
        grid
    }

    /// The cells of a row.
    pub(super) fn cells(&self, row: &Row) -> &[&'a SheetCell] {
        &self.cells[row.first..row.end]
    }

    /// The merged ranges that begin in a row, at cells with text.
    pub(super) fn merges_of(&self, row: &Row) -> impl Iterator<Item = Range> + '_ {
        let filled = self.cells[row.first..row.end].iter().filter(|cell| !cell.text.trim().is_empty());
        filled.filter_map(|cell| self.merges.get(&(cell.row, cell.column)).copied())
    }

    /// Whether every text of the row is a field with its label: the department and the unit above a table.
    pub(super) fn is_caption(&self, row: &Row) -> bool {
        let mut texts = self.cells(row).iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty());
        row.bordered < 2 && texts.all(|text| text.contains(['：', ':']) || text.starts_with('表'))
    }

    /// Whether the only text of a row is merged over the width of all rows.
    pub(super) fn spans_all(&self, row: &Row, rows: &[Row]) -> bool {
        let (first, last) = self.extent(rows);
        self.merges_of(row).any(|range| range.column <= first && range.last_column >= last)
    }

    /// Runs of rows without an empty one between them, blank rows at their ends left out.
    pub(super) fn segments(&self) -> impl Iterator<Item = &[Row]> {
        self.rows.chunk_by(|_, next| next.adjoins).filter_map(|rows| {
            let first = rows.iter().position(|row| row.filled > 0)?;
            let last = rows.iter().rposition(|row| row.filled > 0)?;
            Some(&rows[first..=last])
        })
    }

    /// First and last column of some rows.
    fn extent(&self, rows: &[Row]) -> (u32, u32) {
        let cells = rows.iter().flat_map(|row| self.cells(row));
        cells.fold((u32::MAX, 0), |(first, last), cell| {
            let end =
                self.merges.get(&(cell.row, cell.column)).map_or(cell.column, |range| range.last_column);
            let end = if cell.text.is_empty() { cell.column } else { end };
            (first.min(cell.column), last.max(end))
        })
    }

    fn find_rows(&mut self) {
        let mut covered_to = 0;
        let mut first = 0;
        let mut before: Option<u32> = None;
        while let Some(cell) = self.cells.get(first) {
            let number = cell.row;
            let end = first + self.cells[first..].iter().take_while(|cell| cell.row == number).count();
            let cells = &self.cells[first..end];
            let adjoins = before.is_some_and(|before| {
                self.hidden_rows.shown_from(before.saturating_add(1)) == number || covered_to >= number
            });
            let row = Row {
                number,
                first,
                end,
                filled: cells.iter().filter(|cell| !cell.text.trim().is_empty()).count(),
                bordered: cells.iter().filter(|cell| cell.look.bordered).count(),
                adjoins,
            };
            self.rows.push(row);
            let reaches = self.merges_of(&row).map(|range| range.last_row).max();
            covered_to = covered_to.max(reaches.unwrap_or(0));
            (first, before) = (end, Some(number));
        }
    }
}

/// Which cells a merged range covers, asked row by row.
struct Covered<'m> {
    waiting: std::iter::Peekable<std::collections::btree_map::Values<'m, (u32, u32), Range>>,
    /// The ranges that rows come through now, by their first column.
    open: BTreeMap<u32, Range>,
}

impl<'m> Covered<'m> {
    fn new(merges: &'m BTreeMap<(u32, u32), Range>) -> Self {
        Self { waiting: merges.values().peekable(), open: BTreeMap::new() }
    }

    /// Whether a range covers the cell without beginning there. Rows must not go back.
    fn has(&mut self, row: u32, column: u32) -> bool {
        while let Some(range) = self.waiting.next_if(|range| range.row <= row) {
            self.open.insert(range.column, *range);
        }
        while let Some((first, range)) = self.open.range(..=column).next_back() {
            if range.last_row >= row {
                return column <= range.last_column && (range.row, range.column) != (row, column);
            }
            let ended = *first;
            self.open.remove(&ended);
        }
        false
    }
}

/// Builds the table of some rows, and counts the cells whose spans contradict each other. Columns and rows in which
/// no cell begins are only there because of merges and are left out.
pub(super) fn table(
    grid: &Grid<'_>,
    rows: &[Row],
    budget: &mut CellBudget,
) -> Result<(Option<Table>, u64), ReadError> {
    let cells = rows.iter().flat_map(|row| grid.cells(row));
    let columns: BTreeSet<u32> = cells.map(|cell| cell.column).collect();
    let columns: Vec<u32> = columns.into_iter().collect();
    budget.spend(rows.len().saturating_mul(columns.len()))?;
    let numbers: Vec<u32> = rows.iter().map(|row| row.number).collect();
    let within = |all: &[u32], first: u32, last: u32| {
        all.partition_point(|at| *at <= last) - all.partition_point(|at| *at < first)
    };
    let mut builder = TableBuilder::new();
    // For each column the first row that the cell open there does not cover.
    let mut covered_to = vec![0; columns.len()];
    for (at, row) in rows.iter().enumerate() {
        builder.start_row();
        let mut cells = grid.cells(row).iter().peekable();
        let mut index = 0;
        while let Some(column) = columns.get(index) {
            let own = cells.next_if(|cell| cell.column == *column);
            if own.is_none() && covered_to[index] > at {
                index += 1;
                continue;
            }
            let mut spec = CellSpec::plain(own.map_or("", |cell| cell.text.trim_end()));
            if let Some(range) = grid.merges.get(&(row.number, *column)) {
                // A cell that shows inside the range belongs to another one that contradicts it.
                let next = cells.peek().map_or(u32::MAX, |next| next.column - 1);
                spec.column_span = within(&columns, range.column, range.last_column.min(next)).max(1);
                spec.row_span = within(&numbers, range.row, range.last_row).max(1);
            }
            let next = (index + spec.column_span).min(columns.len());
            covered_to[index..next].fill(at + spec.row_span);
            index = next;
            builder.cell(spec);
        }
    }
    let repaired = builder.repaired();
    Ok((builder.finish(), repaired))
}
