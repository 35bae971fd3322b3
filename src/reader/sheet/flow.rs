//! Sheets → blocks: title lines, tables and notes, as the printed sheet shows them.

use super::book::{Book, CellBudget, Range, Sheet};
use super::grid::{self, Grid, Row};
use crate::document::{Block, Paragraph, visible_chars};
use crate::reader::{Limits, ReadError};

/// Names that say nothing about a sheet, by what they begin with; a number may follow.
const GENERIC_NAMES: &[&str] = &["sheet", "工作表", "表", "table"];

/// What the sheets hold.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) blocks: Vec<Block>,
    pub(super) visible: u64,
    pub(super) hidden: u64,
    pub(super) repaired: u64,
}

/// Lays out all sheets.
///
/// # Errors
/// `TooLarge` where the tables would have more cells than the limit.
pub(super) fn flow(book: &Book, limits: &Limits) -> Result<Flow, ReadError> {
    let mut flow = Flow::default();
    let mut budget = CellBudget::new(limits);
    for sheet in &book.sheets {
        if sheet.hidden {
            flow.hidden += sheet.cells.iter().map(|cell| visible_chars(&cell.text)).sum::<u64>();
            continue;
        }
        flow.sheet(sheet, &mut budget)?;
    }
    Ok(flow)
}

impl Flow {
    fn sheet(&mut self, sheet: &Sheet, budget: &mut CellBudget) -> Result<(), ReadError> {
        let grid = Grid::new(sheet);
        self.visible += grid.visible;
        self.hidden += grid.hidden;
        let start = self.blocks.len();
        for segment in grid.segments() {
            self.segment(&grid, segment, budget)?;
        }
        let named = matches!(self.blocks.get(start), Some(Block::Table(_))) && !is_generic(&sheet.name);
        if named {
            self.visible += visible_chars(&sheet.name);
            self.blocks.insert(start, Block::Paragraph(Paragraph::plain(sheet.name.trim())));
        }
        Ok(())
    }

    /// Rows without an empty one between them: lines of text above, between and below tables.
    fn segment(&mut self, grid: &Grid<'_>, rows: &[Row], budget: &mut CellBudget) -> Result<(), ReadError> {
        let ruled = rows.iter().any(|row| row.bordered > 1);
        let in_table = marks(grid, rows, ruled);
        let mut at = 0;
        while at < rows.len() {
            let same = rows[at..].iter().zip(&in_table[at..]).take_while(|(_, mark)| **mark == in_table[at]);
            let end = at + same.count();
            if in_table[at] {
                let (table, repaired) = grid::table(grid, &rows[at..end], budget)?;
                self.repaired += repaired;
                self.blocks.extend(table.map(Block::Table));
            } else {
                self.blocks.extend(rows[at..end].iter().filter_map(|row| line(grid, row)));
            }
            at = end;
        }
        Ok(())
    }
}

/// Which rows belong to tables. Where borders are drawn they tell; else the first row of several cells begins the
/// table, and rows of one cell at its end are notes.
fn marks(grid: &Grid<'_>, rows: &[Row], ruled: bool) -> Vec<bool> {
    let tall = |row: &Row| grid.merges_of(row).any(|range| range.last_row > range.row);
    let several = |row: &Row| row.filled > 1 || tall(row);
    let mut marks: Vec<bool> = if ruled {
        rows.iter().map(|row| row.bordered > 0 || row.filled > 2 && !grid.is_caption(row)).collect()
    } else {
        rows.iter().map(|row| several(row) && !grid.is_caption(row)).collect()
    };
    if !ruled {
        let first = marks.iter().position(|mark| *mark);
        let last = rows.iter().rposition(several).filter(|last| Some(*last) >= first);
        if let (Some(first), Some(last)) = (first, last) {
            marks[first..=last].fill(true);
        }
    }
    // A title in a bordered row above the columns is still a title.
    let Some(first) = marks.iter().position(|mark| *mark) else { return marks };
    for (mark, row) in marks.iter_mut().zip(rows).skip(first) {
        if !*mark || several(row) || row.filled == 0 || row.bordered > 1 && !grid.spans_all(row, rows) {
            break;
        }
        *mark = false;
    }
    marks
}

/// The cells of a row that belongs to no table, as one line.
fn line(grid: &Grid<'_>, row: &Row) -> Option<Block> {
    let cells: Vec<_> = grid.cells(row).iter().filter(|cell| !cell.text.trim().is_empty()).collect();
    let text = cells.iter().map(|cell| cell.text.trim()).collect::<Vec<_>>().join("  ");
    let wide = |range: &Range| range.last_column > range.column;
    let centred =
        cells.len() == 1 && (cells[0].look.centred || grid.merges_of(row).any(|range| wide(&range)));
    (!text.is_empty()).then(|| Block::Paragraph(Paragraph { centred, ..Paragraph::plain(text) }))
}

fn is_generic(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let rest = GENERIC_NAMES.iter().find_map(|generic| name.strip_prefix(generic));
    let number = rest.unwrap_or(&name).trim_matches(|c: char| c.is_ascii_digit() || " ()（）-_.".contains(c));
    number.is_empty()
}
