//! Stage 3, blocks → [`Records`]: what the tables and sentences say.

pub mod context;

use crate::document::{Block, Blocks, Warning};
use crate::record::{Records, TableFacts};

/// Extracts the records of one document. `path` is the file's path below the input root.
#[must_use]
pub fn records(blocks: &Blocks, _path: &str) -> (Records, Vec<Warning>) {
    let mut records = Records::default();
    for block in &blocks.blocks {
        if let Block::Table(table) = block {
            let facts = TableFacts { number: records.tables.len() + 1, ..TableFacts::default() };
            records.tables.push((facts, table.clone()));
        }
    }
    (records, blocks.warnings.clone())
}
