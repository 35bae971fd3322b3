//! The reader of plain text and of flattened dumps of Word files, in which a table row is a run of lines.
//!
//! In such a dump each cell's first line begins with a TAB, a blank line ends a row, and a further one the table.
//! `clean` → `lines` (runs of lines) → `layout` (which runs make up which row, and the tables' widths) → `grid`.

mod cells;
mod clean;
mod cost;
mod grid;
mod header;
mod layout;
mod lines;
mod pieces;
mod profile;
mod sheet;

use super::encoding::decode;
use super::{Limits, Read, ReadError, Reader};
use crate::document::{Block, Body, Document, Format, Paragraph, Properties, Warning, visible_chars};
use layout::Piece;
use lines::{Chunk, Run};

/// The reader's line in the list of readers.
pub(super) const READER: Reader =
    Reader { format: Format::Text, name: "plain text", read: Read::Borrowed(read) };

/// Of so many characters one may be undecodable before the file counts as damaged.
const VISIBLE_PER_REPLACED: u64 = 5;
/// Runs of lines that are laid out together. No printed table comes near; the bound keeps memory flat.
const MAX_CHAIN: usize = 20_000;
/// Paragraphs of one text. Further lines are added to the last one: a file of countless short lines keeps its text
/// without a block for each.
const MAX_PARAGRAPHS: usize = 1_000_000;
/// Lines without a TAB that may still be the rest of a cell with blank lines in it.
const MAX_CONTINUATION_LINES: usize = 12;

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    if bytes.len() as u64 > limits.unpacked_bytes {
        return Err(ReadError::TooLarge { what: "text".to_owned(), limit: limits.unpacked_bytes });
    }
    let decoded = decode(bytes, None);
    let text = clean::clean(&decoded.text);
    let visible = visible_chars(&text);
    if visible == 0 {
        return Err(ReadError::Empty { what: "no visible character in the file".to_owned() });
    }
    if decoded.replaced > visible / VISIBLE_PER_REPLACED {
        let expected = "text in UTF-8, UTF-16, GB18030 or Big5".to_owned();
        return Err(ReadError::Damaged { part: "file".to_owned(), offset: 0, expected });
    }
    let mut warnings = Vec::new();
    if decoded.replaced > 0 {
        warnings.push(Warning::UndecodableText(decoded.replaced));
    }
    let mut flow = Flow { cells_left: limits.cells, ..Flow::default() };
    for chunk in lines::chunks(&text) {
        flow.take(chunk);
    }
    flow.flush();
    if flow.overfull {
        warnings.push(Warning::LimitReached("table cells".into(), limits.cells as u64));
    }
    Ok(Document {
        format: Format::Text,
        pages: None,
        properties: Properties::default(),
        body: Body::Flow(flow.blocks),
        furniture: Vec::new(),
        warnings,
        visible,
    })
}

/// The blocks so far, and the runs that still wait for what follows them.
#[derive(Default)]
struct Flow<'a> {
    blocks: Vec<Block>,
    chain: Vec<Run<'a>>,
    cells_left: usize,
    paragraphs: usize,
    overfull: bool,
}

impl<'a> Flow<'a> {
    fn take(&mut self, chunk: Chunk<'a>) {
        match chunk {
            Chunk::Sheet(rows) => {
                self.flush();
                let cells = rows.iter().map(|row| row.split('\t').count()).sum::<usize>();
                if self.spend(cells) {
                    self.blocks.extend(sheet::table(&rows).map(Block::Table));
                } else {
                    for row in rows {
                        self.paragraphs(row);
                    }
                }
            }
            Chunk::Run(run) if run.cells.is_empty() => {
                let lines = run.lead.split('\n').count();
                if !self.chain.is_empty() && lines <= MAX_CONTINUATION_LINES {
                    self.chain.push(run);
                } else {
                    self.flush();
                    self.paragraphs(run.lead);
                }
            }
            Chunk::Run(run) => {
                if self.spend(run.cells.len()) {
                    self.chain.push(run);
                } else {
                    self.flush();
                    self.paragraphs(run.lead);
                    for cell in run.cells {
                        self.paragraphs(cell);
                    }
                }
            }
        }
        if self.chain.len() >= MAX_CHAIN {
            self.flush();
        }
    }

    /// Lays out the waiting runs.
    fn flush(&mut self) {
        for piece in layout::pieces(&std::mem::take(&mut self.chain)) {
            match piece {
                Piece::Text(text) => self.paragraphs(text),
                Piece::Table(table) => self.blocks.extend(grid::blocks(table)),
            }
        }
    }

    /// Takes cells from what the limit leaves; false when there are not enough, and then for good.
    fn spend(&mut self, cells: usize) -> bool {
        self.overfull |= cells > self.cells_left;
        if !self.overfull {
            self.cells_left -= cells;
        }
        !self.overfull
    }

    fn paragraphs(&mut self, text: &str) {
        for line in text.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
            let full = self.paragraphs >= MAX_PARAGRAPHS;
            if let Some(Block::Paragraph(last)) = self.blocks.last_mut().filter(|_| full) {
                last.text.push('\n');
                last.text.push_str(line);
            } else {
                self.blocks.push(Block::Paragraph(Paragraph::plain(line)));
                self.paragraphs += 1;
            }
        }
    }
}
