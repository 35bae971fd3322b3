//! What a paragraph leaves to the next one: of what, and against what, a sentence goes on that does not say it.

use super::change::Base;
use super::statement::OPENS_PARTS;
use super::{subject, year};
use crate::wording;

/// What a line leaves to the next one.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// What a sentence without a subject of its own goes on about.
    pub label: String,
    /// The item that a heading names.
    pub item: String,
    /// The money that the nearest heading speaks of: 一般公共预算支出 of 一般公共预算支出结构情况.
    topic: String,
    /// What a line such as 基本支出100万元，其中： spoke of, while the lines of its parts follow.
    lead: Option<String>,
    pub base: Option<Base>,
    /// What a heading such as 比上年增减情况 compares with.
    heading_base: Option<Base>,
    /// Whether the line before leads on to this one.
    goes_on: bool,
    /// The clause at the end of a line that a page break cut.
    pub unfinished: String,
}

impl Memory {
    /// The comparison that holds for the next line: the last one for the parts of a list, else that of the heading.
    pub fn base_for(&self, line: &str) -> Option<Base> {
        let part = !wording::split_numbering(line).0.is_empty();
        let opens = OPENS_PARTS.iter().any(|word| line.starts_with(word));
        if part || opens || self.goes_on { self.base.or(self.heading_base) } else { self.heading_base }
    }

    /// Takes note of a heading: comparisons end, and an item that names money is what is spoken of.
    pub fn heading(&mut self, line: &str, year: Option<i32>, names_an_item: bool) {
        let compares = ["比上年", "较上年", "与上年"].iter().any(|word| line.contains(word));
        let numbered_part = self.goes_on && !compares;
        if !numbered_part {
            self.heading_base = compares.then(|| Base { year: year.map(|year| year - 1) });
            self.base = self.heading_base;
        }
        self.topic = subject::topic_of_heading(line).unwrap_or_default();
        self.label.clone_from(&self.topic);
        self.lead = None;
        self.unfinished = String::new();
        self.item = subject::named_money(line, "").filter(|_| names_an_item).unwrap_or_default();
    }

    /// Ends the list that is open at a line with a number or a year of its own: such a line is no unnumbered part.
    pub fn begin(&mut self, line: &str) {
        let opening = line.split(['，', '。', '；', '：']).next().unwrap_or_default();
        if !wording::split_numbering(line).0.is_empty() || year::last_named(opening).is_some() {
            self.lead = None;
        }
    }

    /// Decides what the next line goes on about when it has no subject: the whole, never one part of several.
    pub fn end(&mut self, line: &str, spoken: &str, lists_several: bool) {
        self.goes_on = line.ends_with(['：', ':']) || !self.unfinished.is_empty();
        if self.goes_on {
            spoken.clone_into(&mut self.label);
            if self.unfinished.is_empty() && !spoken.is_empty() {
                self.lead = Some(spoken.to_owned());
            }
        } else if let Some(lead) = &self.lead {
            self.label.clone_from(lead);
        } else if lists_several || spoken.is_empty() {
            self.label.clone_from(&self.topic);
        } else {
            spoken.clone_into(&mut self.label);
        }
    }
}
