//! A flat table → the finished one: notes above it set apart, header merges inferred, short rows aligned.

use super::cells::{Kind, is_note, kind, stands_beside};
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
    let mut side_rows = 0;
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
        if side_rows > 0 && row[0].is_empty() {
            side_rows -= 1;
            // The cell above covers the first column here.
            row[1..].iter().for_each(|text| builder.cell(CellSpec::plain(text)));
            continue;
        }
        side_rows = rows_beside(&rows[index..]);
        for (column, (text, column_span)) in row.iter().zip(column_spans(row, &figures)).enumerate() {
            let row_span = if column == 0 { side_rows + 1 } else { 1 };
            builder.cell(CellSpec { column_span, row_span, ..CellSpec::plain(text) });
        }
    }
    builder.finish()
}

/// Rows below the first one that its first cell stands beside, as the labels of forms do; 0 for other cells.
fn rows_beside(rows: &[Vec<String>]) -> usize {
    let Some((first, below)) = rows.split_first().filter(|(first, _)| stands_beside(&first[0])) else {
        return 0;
    };
    let continues =
        |row: &&Vec<String>| row[0].is_empty() && row.len() > 1 && row.iter().any(|text| !text.is_empty());
    if first.len() > 1 { below.iter().take_while(continues).count() } else { 0 }
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

/// The columns that each cell of a row covers. Cells that are merely empty are printed, so a short row has a merge, and
/// what is merged are its labels: its figures stand under the figures of the other rows.
fn column_spans(row: &[String], figures: &[bool]) -> Vec<usize> {
    let plain = vec![1; row.len()];
    let missing = figures.len().saturating_sub(row.len());
    let is_label = |text: &&String| kind(text) == Kind::Words;
    let (labels, numbers) =
        (row.iter().filter(is_label).count(), row.iter().filter(|text| is_figure(text)).count());
    let blanks = row.iter().filter(|text| text.is_empty()).count();
    if missing == 0 || numbers == 0 || labels + numbers + blanks < row.len() || !is_label(&&row[0]) {
        return plain;
    }
    if labels > 1 {
        return spread(row, figures).unwrap_or(plain);
    }
    let fitting = |shift: usize| {
        let numbers = row.iter().enumerate().filter(|(_, text)| is_figure(text));
        numbers.filter(|(at, _)| figures[at + shift]).count()
    };
    if fitting(missing) == 0 || fitting(missing) < fitting(0) {
        return plain;
    }
    let mut spans = plain;
    spans[0] += missing;
    spans
}

fn is_figure(text: &str) -> bool {
    kind(text) == Kind::Number
}

/// Spans of a row with several labels, each in front of its own figures; `None` where they don't fill the row.
fn spread(row: &[String], figures: &[bool]) -> Option<Vec<usize>> {
    let mut spans: Vec<usize> = Vec::with_capacity(row.len());
    let mut column = 0;
    for text in row {
        if is_figure(text) {
            let at = (column..figures.len()).find(|at| figures[*at])?;
            *spans.last_mut()? += at - column;
            column = at;
        }
        spans.push(1);
        column += 1;
    }
    (column == figures.len()).then_some(spans)
}
