//! What sentences say: money figures (预算收入34908.37万元) and indicators (社会保险补贴到位率≥95%).
//!
//! The paragraphs of a document are told to a [`Narrator`] in their order, because a sentence may leave its subject or
//! its year to the one before it.

mod attribution;
mod change;
mod figure;
mod indicator;
mod label;
mod memory;
mod respectively;
mod scope;
mod statement;
mod subject;
mod year;

use super::context::Depth;
use crate::document::{Paragraph, Place};
use crate::quantity;
use crate::record::{Amount, Indicator, Provenance};
use crate::wording;
use memory::Memory;
use statement::Setting;

/// A paragraph with what is known about its place.
#[derive(Debug, Clone, Copy)]
pub struct Passage<'a> {
    /// The paragraph.
    pub paragraph: &'a Paragraph,
    /// The nearest heading above it.
    pub section: &'a str,
    /// How deep a heading the paragraph itself is, if it is one.
    pub depth: Option<Depth>,
}

/// What one paragraph states.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Told {
    /// Money figures in printed order.
    pub amounts: Vec<Amount>,
    /// Indicators in printed order.
    pub indicators: Vec<Indicator>,
}

/// Listens to the paragraphs of one document.
#[derive(Debug, Clone)]
pub struct Narrator {
    fiscal_year: Option<i32>,
    department: String,
    years: HeadingYears,
    memory: Memory,
    glossary: Option<Depth>,
    targets: indicator::Listening,
}

/// The years that the headings above name, the deepest last.
#[derive(Debug, Clone, Default)]
struct HeadingYears(Vec<(Depth, Option<i32>)>);

impl Narrator {
    /// A narrator for a document of this fiscal year, written by this department; both help where sentences are silent.
    #[must_use]
    pub fn new(fiscal_year: Option<i32>, department: &str) -> Self {
        Self {
            fiscal_year,
            department: department.to_owned(),
            years: HeadingYears::default(),
            memory: Memory::default(),
            glossary: None,
            targets: indicator::Listening::default(),
        }
    }

    /// Takes the next paragraph and gives what it states.
    pub fn paragraph(&mut self, passage: &Passage<'_>) -> Told {
        let mut told = Told::default();
        let printed = passage.paragraph.printed();
        for line in lines(&printed) {
            self.line(&line, passage, &mut told);
        }
        told
    }

    /// Forgets the sentences before a table: what follows begins anew.
    pub fn table(&mut self) {
        self.memory = Memory::default();
        self.targets.table();
    }

    fn line(&mut self, line: &str, passage: &Passage<'_>, told: &mut Told) {
        if let Some(depth) = passage.depth {
            self.heading(line, depth);
        }
        if self.glossary.is_some() || is_contents_line(line) || is_table_title(line) {
            return;
        }
        let found = quantity::find(line);
        let provenance = provenance(passage.paragraph.place);
        let targets = self.targets.line(line, &found, passage.depth.is_some(), provenance);
        if targets.states_targets {
            told.indicators.extend(targets.indicators);
            return;
        }
        let setting = Setting {
            year: self.years.nearest().or(self.fiscal_year),
            department: &self.department,
            section: passage.section,
            provenance,
        };
        told.amounts.extend(statement::amounts(line, &found, &setting, &mut self.memory));
    }

    fn heading(&mut self, line: &str, depth: Depth) {
        if self.glossary.is_some_and(|glossary| depth <= glossary) {
            self.glossary = None;
        }
        if is_glossary(line) {
            self.glossary = Some(depth);
        }
        self.years.heading(depth, year::of_heading(line));
        let year = self.years.nearest().or(self.fiscal_year);
        self.memory.heading(line, year, depth >= Depth::Section);
    }
}

impl HeadingYears {
    fn heading(&mut self, depth: Depth, year: Option<i32>) {
        self.0.retain(|(above, _)| *above < depth);
        self.0.push((depth, year));
    }

    fn nearest(&self) -> Option<i32> {
        self.0.iter().rev().find_map(|(_, year)| *year)
    }
}

fn provenance(place: Place) -> Provenance {
    Provenance { page: place.page, bbox: place.bbox, ..Provenance::default() }
}

/// The lines of a paragraph: a line break inside it separates only what is complete on its own.
fn lines(printed: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in printed.split(['\n', '\r']).map(str::trim).filter(|part| !part.is_empty()) {
        let starts_anew = !wording::split_numbering(part).0.is_empty();
        match lines.last_mut() {
            Some(last) if !starts_anew && !last.ends_with(['。', '；', '：', '！', ';', ':']) => {
                last.push_str(part);
            }
            _ => lines.push(part.to_owned()),
        }
    }
    lines.iter().map(|line| wording::tidy(line)).collect()
}

fn is_glossary(line: &str) -> bool {
    ["名词解释", "专业术语", "名词说明", "术语解释"].iter().any(|word| line.contains(word))
}

/// `第一部分  部门概况………1`: a line of the contents list.
fn is_contents_line(line: &str) -> bool {
    let body = line.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    body.len() < line.len() && body.ends_with(['…', '.', '·', '\t', '．', '-', '—'])
}

/// A line such as 2021年收入预算表 or 单位：万元, which names a table and states nothing.
fn is_table_title(line: &str) -> bool {
    line.ends_with('表') && !line.contains(['。', '，'])
}

#[cfg(test)]
mod tests;
