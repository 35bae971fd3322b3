//! Stage 2, [`Document`] → [`Blocks`]: tables as a reader would see them.
//!
//! Layout tables give way to what they hold, nested tables stand on their own after the table they were in, a table
//! that goes on after a break is joined to its beginning, and every table knows its header rows.

mod header;
mod join;
mod page;

use crate::document::{Block, Blocks, Body, Document, Page, Paragraph, Rect, Table};

/// Recognises the tables of a document.
#[must_use]
pub fn recognize(document: Document) -> Blocks {
    let mut furniture = document.furniture;
    let flow = match document.body {
        Body::Flow(flow) => flow,
        Body::Pages(pages) => page::recognize(pages, &mut furniture),
    };
    let mut blocks = Vec::with_capacity(flow.len());
    for block in flow {
        unfold(block, &mut blocks);
    }
    for block in &mut blocks {
        if let Block::Table(table) = block {
            (table.caption_rows, table.header_rows) = header::measure(table);
        }
    }
    Blocks {
        blocks: join::continuations(blocks),
        furniture,
        properties: document.properties,
        warnings: document.warnings,
    }
}

/// The boxes of the cells recognised on one page by itself, in the page's turned geometry: what joining over pages
/// later works on, for showing.
#[must_use]
pub fn cell_boxes(page: &Page) -> Vec<Rect> {
    page::cell_boxes(page.clone())
}

/// Takes nested tables out of their cells. A table of one cell that holds others is layout: its text becomes
/// paragraphs. Works off a list instead of calling itself, since a file decides how deep tables are nested.
fn unfold(block: Block, blocks: &mut Vec<Block>) {
    let mut pending = vec![block];
    while let Some(block) = pending.pop() {
        let Block::Table(mut table) = block else {
            blocks.push(block);
            continue;
        };
        let nested: Vec<Table> =
            table.cells.iter_mut().flat_map(|cell| std::mem::take(&mut cell.nested)).collect();
        let layout = table.cells.len() == 1 && !nested.is_empty();
        if layout {
            let lines = table.cells[0].text.lines().filter(|line| !line.trim().is_empty());
            blocks
                .extend(lines.map(|line| {
                    Block::Paragraph(Paragraph { place: table.place, ..Paragraph::plain(line) })
                }));
        } else {
            blocks.push(Block::Table(table));
        }
        pending.extend(nested.into_iter().rev().map(Block::Table));
    }
}
