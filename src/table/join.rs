//! Joining a table with its continuation: the same columns, nothing visible between, no header of its own.

use super::header;
use crate::document::{Block, Cell, Table};
use crate::reference::taxonomy;
use crate::wording::{blank, fold};

/// Joins every table that goes on after an invisible break (an empty paragraph, a page or section break).
pub(super) fn continuations(blocks: Vec<Block>) -> Vec<Block> {
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        match block {
            Block::Table(table) => match open_table(&mut joined) {
                Some(first) if continues(first, &table) => append(first, table),
                _ => joined.push(Block::Table(table)),
            },
            Block::Paragraph(_) => joined.push(block),
        }
    }
    joined
}

/// The last table, if nothing visible stands after it.
fn open_table(blocks: &mut [Block]) -> Option<&mut Table> {
    for block in blocks.iter_mut().rev() {
        match block {
            Block::Table(table) => return Some(table),
            Block::Paragraph(paragraph) if blank(&paragraph.printed()) => {}
            Block::Paragraph(_) => return None,
        }
    }
    None
}

fn continues(first: &Table, second: &Table) -> bool {
    first.columns == second.columns
        && first.columns > 2
        && second.caption_rows == 0
        && (first.header_rows > 0 && second.header_rows == 0 && starts_with_body(first, second)
            || starts_with_level(second) && header::names_indicators(&first.grid()))
}

/// Whether the second table opens with a first-level kind (效果指标), as the body of an indicator table does.
fn starts_with_level(second: &Table) -> bool {
    let grid = second.grid();
    taxonomy::is_level1_name(&fold(grid.text(0, 0))) && !header::names_indicators(&grid)
}

/// Whether the second table's first row looks like a body row of the first: it is filled where the first is filled,
/// and not by the opening words of a form.
fn starts_with_body(first: &Table, second: &Table) -> bool {
    let (upper, lower) = (first.grid(), second.grid());
    let last = upper.rows() - 1;
    let alike = (0..upper.columns())
        .filter(|column| blank(upper.text(last, *column)) == blank(lower.text(0, *column)))
        .count();
    second.rows > 1
        && alike * 4 >= first.columns * 3
        && lower.cell(0, 0).column_span == upper.cell(last, 0).column_span
}

/// Appends the rows of the second table.
fn append(first: &mut Table, second: Table) {
    let offset = first.rows;
    first.rows += second.rows;
    first.continued = true;
    first.unsure |= second.unsure;
    first.page_last = second.page_last.or(second.place.page).or(first.page_last);
    first.cells.extend(second.cells.into_iter().map(|cell| Cell { row: cell.row + offset, ..cell }));
    first.row_places.extend(second.row_places);
}
