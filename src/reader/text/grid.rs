//! A flat table → the finished one: notes above it set apart, header merges inferred, short rows aligned.

use super::cells::{Kind, is_note, kind};
use super::header;
use super::layout::FlatTable;
use crate::document::{Block, CellSpec, Paragraph, Table, TableBuilder};

/// The most rows × columns of one table; longer ones are cut into several.
const MAX_POSITIONS: usize = 500_000;

/// The blocks that a flat table stands for.
pub(super) fn blocks(mut table: FlatTable) -> Vec<Block> {
    let mut blocks = Vec::new();
    while table.rows.len() > 1 && is_note_row(&table.rows[0], table.width) {
        let notes: Vec<String> = table.rows.remove(0).into_iter().filter(|note| !note.is_empty()).collect();
        blocks.push(Block::Paragraph(Paragraph::plain(notes.join("\t"))));
    }
    header::mend(&mut table.rows, table.width);
    let rows = (MAX_POSITIONS / table.width.max(1)).max(1);
    let parts = table.rows.chunks(rows).filter(|part| part.iter().flatten().any(|cell| !cell.is_empty()));
    blocks.extend(parts.filter_map(|part| build(part, table.width)).map(Block::Table));
    blocks
}

/// A first row that holds only notes (编制单位：…, 单位：万元) is a line above the table laid out by cells.
fn is_note_row(row: &[String], width: usize) -> bool {
    let mut texts = row.iter().filter(|text| !text.is_empty()).peekable();
    row.len() < width && texts.peek().is_some() && texts.all(|text| is_note(text))
}

fn build(rows: &[Vec<String>], width: usize) -> Option<Table> {
    let header = header::spans(rows, width);
    let figures = figure_columns(&rows[header.len()..], width);
    let mut builder = TableBuilder::new();
    for (index, row) in rows.iter().enumerate() {
        builder.start_row();
        if let Some(spans) = header.get(index) {
            for (text, span) in row.iter().zip(spans).filter(|(_, span)| span.rows > 0) {
                builder.cell(CellSpec {
                    column_span: span.columns,
                    row_span: span.rows,
                    ..CellSpec::plain(text)
                });
            }
            continue;
        }
        let label_span = label_span(row, &figures);
        for (column, text) in row.iter().enumerate() {
            let column_span = if column == 0 { label_span } else { 1 };
            builder.cell(CellSpec { column_span, ..CellSpec::plain(text) });
        }
    }
    builder.finish()
}

/// Which columns hold figures in at least half of the full rows where they hold anything.
fn figure_columns(rows: &[Vec<String>], width: usize) -> Vec<bool> {
    let mut counts = vec![(0_usize, 0_usize); width];
    for row in rows.iter().filter(|row| row.len() == width) {
        for (count, text) in counts.iter_mut().zip(row) {
            count.0 += usize::from(kind(text) == Kind::Number);
            count.1 += usize::from(kind(text) != Kind::Blank);
        }
    }
    counts.into_iter().map(|(figures, texts)| figures > 0 && figures * 2 >= texts).collect()
}

/// Columns of a short row's label: those that remain when its figures stand under the figures of the other rows, as in
/// a total whose label is merged over several columns; 1 where the row fits better from the left.
fn label_span(row: &[String], figures: &[bool]) -> usize {
    let missing = figures.len().saturating_sub(row.len());
    let Some((label, rest)) = row.split_first().filter(|_| missing > 0) else { return 1 };
    let plain = rest.iter().all(|text| matches!(kind(text), Kind::Number | Kind::Blank));
    if !plain || kind(label) != Kind::Words {
        return 1;
    }
    let fitting = |shift: usize| {
        let numbers = rest.iter().enumerate().filter(|(_, text)| kind(text) == Kind::Number);
        numbers.filter(|(at, _)| figures[at + 1 + shift]).count()
    };
    // Cells that are merely empty are printed: a short row has a merge, and the label is what is merged.
    if fitting(missing) > 0 && fitting(missing) >= fitting(0) { missing + 1 } else { 1 }
}
