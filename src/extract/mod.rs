//! Stage 3, blocks → [`Records`]: what the tables and sentences say.
//!
//! The blocks are walked once, in order. Paragraphs tell where we are ([`context`]); tables are read by their kind:
//! indicator tables row by row with the form above them, figure tables cell by cell.

mod amount;
mod caption;
mod claim;
mod columns;
pub mod context;
pub mod facts;
mod form;
mod indicator;
mod indicator_columns;
mod indicator_role;
mod kind;
mod line_item;
mod performance;
mod project;
mod prose;

use crate::document::{Block, Blocks, Paragraph, Table, Warning};
use crate::flag::Flag;
use crate::record::{DocumentFacts, Records, TableFacts, TableKind};
use amount::TableView;
use claim::Claims;
use context::{Depth, Surroundings};
use performance::Performance;
use prose::{Narrator, Passage};

/// Extracts the records of one document. `path` is the file's path below the input root.
#[must_use]
pub fn records(blocks: Blocks, path: &str) -> (Records, Vec<Warning>) {
    let (facts, doubts) = facts::read(&blocks, path);
    let warnings = blocks.warnings.into_iter().chain(doubts).collect();
    let mut walk = Walk::new(facts);
    for block in blocks.blocks {
        match block {
            Block::Paragraph(paragraph) => walk.paragraph(&paragraph),
            Block::Table(table) => walk.table(table),
        }
    }
    // The rows of tables stand together, in the order of the tables; the indicators of sentences follow, in theirs.
    walk.records.indicators.sort_by_key(|indicator| indicator.source);
    walk.records.amounts.shrink_to_fit();
    walk.records.line_items.shrink_to_fit();
    (walk.records, warnings)
}

/// The walk over the blocks of one document.
struct Walk {
    records: Records,
    surroundings: Surroundings,
    performance: Performance,
    narrator: Narrator,
    claims: Claims,
}

impl Walk {
    fn new(facts: DocumentFacts) -> Self {
        let narrator = Narrator::new(facts.fiscal_year, &facts.department_name);
        let records = Records { document: facts, ..Records::default() };
        Self {
            records,
            surroundings: Surroundings::default(),
            performance: Performance::default(),
            narrator,
            claims: Claims::default(),
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let depth = self.surroundings.paragraph(paragraph);
        let printed = paragraph.printed();
        if let Some((number, name)) = project::heading(&printed) {
            self.performance.announce(number, name);
        } else if let Some(goal) = project::goal(&printed) {
            self.performance.state_goal(goal);
        } else if matches!(depth, Some(Depth::Part | Depth::Chapter | Depth::Section)) {
            self.performance.leave();
        }
        let told =
            self.narrator.paragraph(&Passage { paragraph, section: self.surroundings.section(), depth });
        self.records.amounts.extend(told.amounts);
        self.records.indicators.extend(told.indicators);
        let claims = self.claims.paragraph(paragraph, self.records.document.fiscal_year);
        self.records.claims.extend(claims);
    }

    /// Reads a table and keeps it: a long document's tables are held once.
    fn table(&mut self, table: Table) {
        let before = Lengths::of(&self.records);
        let grid = table.grid();
        let columns = columns::read(&table, &grid);
        let caption = caption::read(self.surroundings.caption_lines(), &table);
        let mut view = TableView {
            kind: kind::of_table(&caption.title, &columns, &grid),
            table: &table,
            grid,
            number: self.records.tables.len() + 1,
            caption,
            section: self.surroundings.section().into(),
            fiscal_year: self.records.document.fiscal_year,
        };
        let carried_over = self.surroundings.carried_over();
        let read = self.performance.table(&mut view, &mut self.records, carried_over);
        if read.indicators {
            view.kind = TableKind::Indicators;
        } else if read.form {
            view.kind = TableKind::ProjectGoal;
        }
        let of_form = amount::of_form(&view, &read.figures);
        self.records.amounts.extend(of_form);
        if !read.form {
            self.records.amounts.extend(amount::of_columns(&view, &columns, &read.indicator_columns));
            self.records.line_items.extend(line_item::of_columns(&view, &columns));
        }
        let facts = TableFacts {
            number: view.number,
            kind: view.kind,
            title: view.caption.title.to_string(),
            unit: view.caption.unit.to_owned(),
            compiled_by: view.caption.compiled_by.clone(),
        };
        let claims = self.claims.table(&table, view.kind, view.number, view.fiscal_year);
        self.records.claims.extend(claims);
        if table.unsure {
            before.doubt_later(&mut self.records);
        } else if table.place.page.is_some() {
            before.doubt_without_level(&mut self.records);
        }
        self.records.tables.push((facts, table));
        self.surroundings.table();
        self.narrator.table();
    }
}

/// How many rows were read before a table.
struct Lengths {
    indicators: usize,
    amounts: usize,
    line_items: usize,
}

impl Lengths {
    fn of(records: &Records) -> Self {
        Self {
            indicators: records.indicators.len(),
            amounts: records.amounts.len(),
            line_items: records.line_items.len(),
        }
    }

    /// Flags the indicators without a first level in a table whose others have one: on a page, the level of the first
    /// rows may stand on the page before.
    fn doubt_without_level(&self, records: &mut Records) {
        let read = &mut records.indicators[self.indicators..];
        if read.iter().any(|row| !row.level1.is_empty()) {
            let without = read.iter_mut().filter(|row| row.level1.is_empty());
            without.for_each(|row| row.flags.insert(Flag::LowConfidence));
        }
    }

    /// Flags all rows that were read since: a line of a cell may have been taken for a row.
    fn doubt_later(&self, records: &mut Records) {
        let indicators = records.indicators[self.indicators..].iter_mut().map(|row| &mut row.flags);
        let amounts = records.amounts[self.amounts..].iter_mut().map(|row| &mut row.flags);
        let items = records.line_items[self.line_items..].iter_mut().map(|row| &mut row.flags);
        indicators.chain(amounts).chain(items).for_each(|flags| flags.insert(Flag::LowConfidence));
    }
}
