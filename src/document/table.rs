//! A table as a grid of cells with spans, and the builder that turns a format's rows into one.

use super::{Place, visible_chars};
use serde::{Deserialize, Serialize};
use thin_vec::ThinVec;

/// The widest grid that is laid out: the last column of an Excel sheet lies at 16,384, no printed table comes near.
const MAX_COLUMNS: usize = 1_024;
/// The most grid positions one table may have, so that a file of a few bytes cannot claim gigabytes.
const MAX_POSITIONS: usize = 1_000_000;

/// One cell, which states its extent.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Cell {
    /// Row of its upper left corner, from 0.
    pub row: usize,
    /// Column of its upper left corner, from 0.
    pub column: usize,
    /// Rows it covers, at least 1.
    pub row_span: usize,
    /// Columns it covers, at least 1.
    pub column_span: usize,
    /// Its text; paragraphs and line breaks are separated by `\n`.
    pub text: String,
    /// Tables inside the cell; nearly always none, as the next.
    pub nested: ThinVec<Table>,
    /// Other readings of a figure that the marks on its page allow, empty for nothing there.
    #[serde(skip)]
    pub readings: ThinVec<String>,
}

/// A table whose cells tile its grid: every position is covered by exactly one cell.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Table {
    /// Rows of the grid.
    pub rows: usize,
    /// Columns of the grid.
    pub columns: usize,
    /// The cells by row, then column of their upper left corners.
    pub cells: Vec<Cell>,
    /// Leading rows that are column headers, caption rows included; 0 until recognised, and where there are none.
    pub header_rows: usize,
    /// Leading rows inside the table that hold its title, unit or department instead of column names.
    pub caption_rows: usize,
    /// Where the table begins.
    pub place: Place,
    /// Last page it stands on, where it was joined over pages.
    pub page_last: Option<u32>,
    /// Whether it was put together from parts on several pages.
    pub continued: bool,
    /// Whether nothing on the page tells its rows from the lines of cells that wrap.
    pub unsure: bool,
    /// Where each row stands, for formats that have pages; empty otherwise.
    pub row_places: Vec<Place>,
}

impl Table {
    /// An index from grid positions to cells.
    #[must_use]
    pub fn grid(&self) -> Grid<'_> {
        let mut owners = vec![0_u32; self.rows * self.columns];
        for (index, cell) in self.cells.iter().enumerate() {
            for row in cell.row..cell.row + cell.row_span {
                let start = row * self.columns + cell.column;
                owners[start..start + cell.column_span].fill(u32::try_from(index).unwrap_or(u32::MAX));
            }
        }
        Grid { table: self, owners }
    }

    /// Visible characters in all cells, nested tables included.
    #[must_use]
    pub fn visible(&self) -> u64 {
        let own =
            |cell: &Cell| visible_chars(&cell.text) + cell.nested.iter().map(Table::visible).sum::<u64>();
        self.cells.iter().map(own).sum()
    }

    /// Where the row stands: its own place if known, else the table's.
    #[must_use]
    pub fn row_place(&self, row: usize) -> Place {
        self.row_places.get(row).copied().unwrap_or(self.place)
    }
}

/// A view of a table by grid position.
#[derive(Debug, Clone)]
pub struct Grid<'a> {
    table: &'a Table,
    owners: Vec<u32>,
}

impl<'a> Grid<'a> {
    /// The cell that covers the position. Row and column must lie inside the table.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> &'a Cell {
        &self.table.cells[self.owners[row * self.table.columns + column] as usize]
    }

    /// The text at the position: that of the covering cell.
    #[must_use]
    pub fn text(&self, row: usize, column: usize) -> &'a str {
        &self.cell(row, column).text
    }

    /// Whether the position is the upper left corner of its cell.
    #[must_use]
    pub fn is_anchor(&self, row: usize, column: usize) -> bool {
        let cell = self.cell(row, column);
        cell.row == row && cell.column == column
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.table.rows
    }

    /// Number of columns.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.table.columns
    }
}

/// How a cell relates to the one above it, for formats that mark vertical merges row by row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Vertical {
    /// A cell of its own.
    #[default]
    Own,
    /// The first cell of a vertical merge.
    Restart,
    /// Continues the merge above; an orphan becomes a cell of its own.
    Continue,
}

/// A cell as a format states it, before it has a position.
#[derive(Debug, Clone, Default)]
pub struct CellSpec {
    /// Its text.
    pub text: String,
    /// Columns it says it covers; 0 counts as 1.
    pub column_span: usize,
    /// Rows it says it covers, for formats that state a number; 0 counts as 1.
    pub row_span: usize,
    /// Its part in a vertical merge, for formats that mark merges row by row.
    pub vertical: Vertical,
    /// Tables inside it.
    pub nested: Vec<Table>,
}

impl CellSpec {
    /// A cell of one row and one column.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), column_span: 1, row_span: 1, ..Self::default() }
    }
}

/// Builds a [`Table`] from rows of [`CellSpec`]s, resolving spans so that the cells tile the grid.
///
/// Contradictory spans are cut to what is free and counted in [`TableBuilder::repaired`]; short rows are filled with
/// empty cells. Text is never dropped.
#[derive(Debug, Default)]
pub struct TableBuilder {
    cells: Vec<Cell>,
    /// For each column: the cell open there, and the first row it no longer covers.
    open: Vec<Option<(usize, usize)>>,
    rows: usize,
    column: usize,
    columns: usize,
    started: bool,
    repaired: u64,
}

impl TableBuilder {
    /// An empty builder.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins the next row.
    pub fn start_row(&mut self) {
        if self.started {
            self.rows += 1;
        }
        self.started = true;
        self.column = 0;
    }

    /// Leaves this many columns of the current row without a cell of the file's own (`gridBefore`).
    pub fn skip(&mut self, columns: usize) {
        self.column = (self.column + columns).min(MAX_COLUMNS);
    }

    /// Adds a cell at the next free position of the current row.
    pub fn cell(&mut self, spec: CellSpec) {
        if !self.started {
            self.start_row();
        }
        let row = self.rows;
        let span = spec.column_span.max(1);
        if spec.vertical == Vertical::Continue {
            if self.continues(row, span, &spec) {
                return;
            }
            self.repaired += 1;
        }
        self.pass_covered(row);
        if self.column >= MAX_COLUMNS {
            self.overflow(spec);
            return;
        }
        let wanted = span.min(MAX_COLUMNS - self.column);
        let free = (0..wanted).take_while(|offset| !self.covered(row, self.column + offset)).count().max(1);
        self.repaired += u64::from(free != span);
        self.place(row, free, spec);
    }

    /// Cells whose stated spans could not be kept.
    #[must_use]
    pub fn repaired(&self) -> u64 {
        self.repaired
    }

    /// Grid positions of the table as built so far. A reader compares it with its limit before it finishes the
    /// table, because every position gets a cell.
    #[must_use]
    pub fn positions(&self) -> usize {
        if self.cells.is_empty() { 0 } else { (self.rows + 1).saturating_mul(self.columns) }
    }

    /// The finished table; `None` where there is no cell at all.
    #[must_use]
    pub fn finish(mut self) -> Option<Table> {
        if self.cells.is_empty() {
            return None;
        }
        let rows = self.rows + 1;
        let columns = self.columns.min(MAX_POSITIONS / rows.max(1)).max(1);
        for cell in &mut self.cells {
            cell.row_span = cell.row_span.min(rows - cell.row);
        }
        let mut taken = vec![false; rows * columns];
        self.fold_beyond(columns);
        for cell in &mut self.cells {
            cell.column_span = cell.column_span.min(columns - cell.column);
            for row in cell.row..cell.row + cell.row_span {
                let start = row * columns + cell.column;
                taken[start..start + cell.column_span].fill(true);
            }
        }
        for (position, _) in taken.iter().enumerate().filter(|(_, taken)| !**taken) {
            let (row, column) = (position / columns, position % columns);
            self.cells.push(Cell { row, column, row_span: 1, column_span: 1, ..Cell::default() });
        }
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        self.cells.shrink_to_fit();
        Some(Table { rows, columns, cells: self.cells, ..Table::default() })
    }

    /// Moves the content of cells beyond the last column that is laid out into the cell before them.
    fn fold_beyond(&mut self, columns: usize) {
        if self.cells.iter().all(|cell| cell.column < columns) {
            return;
        }
        let mut kept: Vec<Cell> = Vec::with_capacity(self.cells.len());
        for cell in std::mem::take(&mut self.cells) {
            match kept.last_mut() {
                Some(last) if cell.column >= columns => {
                    if !last.text.is_empty() && !cell.text.is_empty() {
                        last.text.push('\n');
                    }
                    last.text.push_str(&cell.text);
                    last.nested.extend(cell.nested);
                }
                _ => kept.push(Cell { column: cell.column.min(columns - 1), ..cell }),
            }
        }
        self.cells = kept;
    }

    /// Extends the merge above when the current position continues one of the same width.
    fn continues(&mut self, row: usize, span: usize, spec: &CellSpec) -> bool {
        let Some(Some((index, _))) = self.open.get(self.column).copied() else { return false };
        let cell = &mut self.cells[index];
        let adjoins = cell.row + cell.row_span == row && cell.column == self.column;
        if !adjoins || cell.column_span != span || !spec.nested.is_empty() {
            return false;
        }
        cell.row_span += 1;
        if !spec.text.trim().is_empty() {
            if !cell.text.is_empty() {
                cell.text.push('\n');
            }
            cell.text.push_str(&spec.text);
        }
        for column in self.column..self.column + span {
            self.open[column] = Some((index, row + 1));
        }
        self.column += span;
        true
    }

    /// Moves past positions that a cell with a stated row span covers from above.
    fn pass_covered(&mut self, row: usize) {
        while self.column < MAX_COLUMNS && self.covered(row, self.column) {
            self.column += 1;
        }
    }

    fn covered(&self, row: usize, column: usize) -> bool {
        matches!(self.open.get(column), Some(Some((_, end))) if *end > row)
    }

    /// Keeps the text of a cell that lies beyond the last column in the row's last cell.
    fn overflow(&mut self, spec: CellSpec) {
        self.repaired += 1;
        if let Some(last) = self.cells.last_mut() {
            last.text.push('\n');
            last.text.push_str(&spec.text);
            last.nested.extend(spec.nested);
        }
    }

    fn place(&mut self, row: usize, span: usize, spec: CellSpec) {
        let row_span = spec.row_span.clamp(1, MAX_POSITIONS);
        let index = self.cells.len();
        if self.open.len() < self.column + span {
            self.open.resize(self.column + span, None);
        }
        for column in self.column..self.column + span {
            self.open[column] = Some((index, row.saturating_add(row_span)));
        }
        self.cells.push(Cell {
            row,
            column: self.column,
            row_span,
            column_span: span,
            text: spec.text,
            nested: spec.nested.into(),
            readings: ThinVec::new(),
        });
        self.column += span;
        self.columns = self.columns.max(self.column);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vertical(text: &str, vertical: Vertical) -> CellSpec {
        CellSpec { vertical, ..CellSpec::plain(text) }
    }

    #[test]
    fn vertical_merges_become_row_spans() {
        let mut builder = TableBuilder::new();
        builder.start_row();
        builder.cell(vertical("产出指标", Vertical::Restart));
        builder.cell(CellSpec::plain("数量"));
        builder.start_row();
        builder.cell(vertical("", Vertical::Continue));
        builder.cell(CellSpec::plain("质量"));
        let table = builder.finish().unwrap();
        assert_eq!((table.rows, table.columns, table.cells.len()), (2, 2, 3));
        assert_eq!(table.grid().text(1, 0), "产出指标");
    }

    #[test]
    fn an_orphan_continuation_is_a_cell_of_its_own() {
        let mut builder = TableBuilder::new();
        builder.start_row();
        builder.cell(vertical("a", Vertical::Continue));
        assert_eq!(builder.repaired(), 1);
        assert_eq!(builder.finish().unwrap().cells[0].text, "a");
    }

    #[test]
    fn stated_row_spans_push_later_cells_aside() {
        let mut builder = TableBuilder::new();
        builder.start_row();
        builder.cell(CellSpec { row_span: 2, ..CellSpec::plain("x") });
        builder.cell(CellSpec::plain("y"));
        builder.start_row();
        builder.cell(CellSpec::plain("z"));
        let table = builder.finish().unwrap();
        assert_eq!(table.grid().text(1, 1), "z");
    }

    #[test]
    fn absurd_spans_are_cut_and_counted() {
        let mut builder = TableBuilder::new();
        builder.start_row();
        builder.cell(CellSpec { column_span: 2_000_000_000, row_span: usize::MAX, ..CellSpec::plain("x") });
        assert_eq!(builder.repaired(), 1);
        let table = builder.finish().unwrap();
        assert_eq!((table.rows, table.columns), (1, MAX_COLUMNS));
    }
}
