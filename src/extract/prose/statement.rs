//! One line of text read from left to right: which words belong to which figure.
//!
//! Brackets open a scope of their own, so that a figure behind them goes on with the words in front of them. The
//! context of a figure is its sentence, from one 。 outside brackets to the next.

use super::change::{self, Base};
use super::figure::{self, Figure};
use super::memory::Memory;
use super::respectively::Distribution;
use super::scope::Scope;
use super::subject::{self, Subject};
use super::{label, year};
use crate::quantity::Found;
use crate::record::{Amount, Change, Provenance};

/// Brackets nested deeper than this are read as plain text.
const MAX_BRACKETS: usize = 8;
/// The longest stretch of words that is searched for a label, in characters.
const MAX_CLAUSE: usize = 240;
/// Words that open the parts of what was just said; after the sentence the whole is spoken of again.
pub(super) const OPENS_PARTS: &[&str] = &[
    "其中",
    "包括",
    "包含",
    "主要用于",
    "用于",
    "主要是",
    "主要为",
    "主要包括",
    "分别是",
    "分别为",
    "含",
    "一是",
];
/// Words that open a reason, whose years and subjects are its own.
const OPENS_REASON: &[&str] = &[
    "主要原因",
    "增减原因",
    "变动原因",
    "原因",
    "主要是",
    "主要为",
    "主要系",
    "由于",
    "是由于",
    "是因",
    "系",
];
/// What is known about a line before it is read.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The year the section or the document speaks of.
    pub year: Option<i32>,
    /// The name of who speaks.
    pub department: &'a str,
    /// The nearest heading above.
    pub section: &'a str,
    /// Where the line stands.
    pub provenance: Provenance,
}

/// A line being read.
pub(super) struct Reading<'a> {
    pub(super) setting: &'a Setting<'a>,
    pub(super) text: &'a [char],
    pub(super) figures: &'a [Figure],
    /// Never empty; the first is the text outside brackets.
    pub(super) scopes: Vec<Scope>,
    /// The year named earlier in the sentence.
    pub(super) year: Option<i32>,
    pub(super) reason: bool,
    pub(super) base: Option<Base>,
    /// The change that goes on over a list: 增加工本费23万元、培训经费2万元.
    pub(super) rise: Option<Change>,
    pub(super) sentence: std::ops::Range<usize>,
    pub(super) distribution: Option<Distribution>,
    /// The thing of the first figure that is no part, no change and no reason.
    pub(super) first: String,
    /// Whether such figures are of several things: 教育支出2万元；农林水支出3万元.
    pub(super) lists_several: bool,
    pub(super) amounts: Vec<Amount>,
}

/// The money figures of a line.
pub fn amounts(line: &str, found: &[Found], setting: &Setting<'_>, memory: &mut Memory) -> Vec<Amount> {
    let text: Vec<char> = line.chars().collect();
    let figures = figure::figures(&text, found);
    memory.begin(line);
    let spoken = Subject { label: memory.label.clone(), thing: memory.item.clone(), carried: true };
    let clause = std::mem::take(&mut memory.unfinished);
    let mut reading = Reading {
        setting,
        text: &text,
        figures: &figures,
        scopes: vec![Scope { clause, spoken, ..Scope::default() }],
        year: None,
        reason: false,
        base: memory.base_for(line),
        rise: None,
        sentence: 0..sentence_end(&text, 0),
        distribution: None,
        first: String::new(),
        lists_several: false,
        amounts: Vec::new(),
    };
    reading.run();
    memory.unfinished = reading.unfinished();
    reading.end_sentence(text.len());
    memory.base = reading.base;
    let spoken = std::mem::take(&mut reading.scope().spoken.label);
    memory.end(line, &spoken, reading.lists_several);
    reading.amounts
}

impl Reading<'_> {
    fn run(&mut self) {
        let (mut at, mut next) = (0, 0);
        while at < self.text.len() {
            match self.figures.get(next) {
                Some(figure) if figure.start == at => {
                    self.figure(next);
                    at = figure.end.max(at + 1);
                    next += 1;
                }
                Some(figure) if figure.start < at => next += 1,
                _ => {
                    self.character(at);
                    at += 1;
                }
            }
        }
    }

    /// The clause at the end of the line when it is prose without its full stop.
    fn unfinished(&mut self) -> String {
        let prose = self.scopes.len() == 1 && (!self.amounts.is_empty() || self.text.contains(&'，'));
        if prose { self.scope().clause.clone() } else { String::new() }
    }

    pub(super) fn scope(&mut self) -> &mut Scope {
        if self.scopes.is_empty() {
            self.scopes.push(Scope::default());
        }
        let last = self.scopes.len() - 1;
        &mut self.scopes[last]
    }

    fn character(&mut self, at: usize) {
        let c = self.text[at];
        match c {
            '（' | '(' if self.scopes.len() <= MAX_BRACKETS => {
                let spoken = self.scope().spoken.clone();
                self.scopes.push(Scope { spoken, opened_at: at, ..Scope::default() });
            }
            '）' | ')' if self.scopes.len() > 1 => self.close_bracket(at),
            '。' | '！' | '？' if self.scopes.len() == 1 => self.end_sentence(at + 1),
            '.' if self.scopes.len() == 1 && is_full_stop(self.text, at) => self.end_sentence(at + 1),
            '。' | '！' | '？' | '；' | ';' => self.end_clause(true),
            '，' => self.end_clause(false),
            ',' if !self.between_digits(at) => self.end_clause(false),
            '：' | ':' if !self.between_digits(at) => self.colon(),
            '、' if self.scope().clause.is_empty() => {}
            _ => self.scope().clause.push(c),
        }
    }

    fn between_digits(&self, at: usize) -> bool {
        let digit = |at: Option<usize>| at.and_then(|at| self.text.get(at)).is_some_and(char::is_ascii_digit);
        digit(at.checked_sub(1)) && digit(at.checked_add(1))
    }

    fn close_bracket(&mut self, at: usize) {
        let Some(inner) = self.scopes.pop() else { return };
        let printed: String = self.text[inner.opened_at..=at].iter().collect();
        let outer = self.scope();
        if inner.figures == 0 {
            outer.clause.push_str(&printed);
        } else if inner.named_by_outer {
            outer.clause.clear();
            outer.spoken = inner.spoken;
        }
        outer.figures += inner.figures;
    }

    fn end_sentence(&mut self, end: usize) {
        self.scopes.truncate(1);
        let (department, leads) = (self.setting.department, self.amounts.is_empty());
        let scope = self.scope();
        if let Some(whole) = scope.whole.take() {
            scope.spoken = whole;
        } else if leads
            && scope.figures == 0
            && scope.before.is_empty()
            && let Some(item) = subject::named_money(&scope.clause, department)
        {
            scope.spoken = Subject::of(&item);
        }
        (scope.clause, scope.before, scope.heading) = (String::new(), String::new(), String::new());
        (scope.figures, scope.behind_figure) = (0, false);
        let rest = self.text.get(end..).unwrap_or_default();
        if !subject::starts_with_any(rest, OPENS_PARTS) {
            self.year = None;
        }
        self.reason = false;
        self.distribution = None;
        self.sentence = end..sentence_end(self.text, end);
    }

    /// At a comma, or at a semicolon (`hard`), behind which nothing before it is named again.
    fn end_clause(&mut self, hard: bool) {
        let clause = self.take_clause();
        let behind_figure = std::mem::take(&mut self.scope().behind_figure);
        self.note_openings(&clause);
        let current = self.current_year();
        if let Some(comparison) = change::comparison(&clause, current) {
            let before = subject::named_money(comparison.before, self.setting.department);
            self.base = Some(comparison.base);
            if let Some(named) = before.filter(|_| !self.reason) {
                self.scope().spoken = Subject::of(&named);
            }
        } else if !clause.is_empty() {
            if let Some(named) = year::last_named(&clause).filter(|_| !self.reason) {
                self.year = Some(named.year);
            }
            if !behind_figure && !self.reason {
                self.scope().before = clause;
            }
        }
        if hard {
            self.reason = false;
            let scope = self.scope();
            (scope.before, scope.heading) = (String::new(), String::new());
        }
    }

    fn colon(&mut self) {
        let clause = self.take_clause();
        self.note_openings(&clause);
        if let Some(named) = year::last_named(&clause).filter(|_| !self.reason) {
            self.year = Some(named.year);
        }
        let department = self.setting.department;
        let scope = self.scope();
        if scope.figures > 0 || OPENS_PARTS.iter().any(|word| clause.ends_with(word)) {
            scope.open_parts();
        }
        if let Some(item) = subject::named_money(&clause, department) {
            scope.spoken = Subject::of(&item);
        }
        (scope.heading, scope.behind_figure) = (clause, false);
    }

    /// Takes note of what a figure outside brackets, lists and reasons is of.
    pub(super) fn note_thing(&mut self, label: &str) {
        let thing = label::thing(label);
        let part = self.scopes.len() > 1 || self.scope().whole.is_some() || self.reason;
        if part || thing.is_empty() || label::is_measure(thing) {
            return;
        }
        if self.first.is_empty() {
            thing.clone_into(&mut self.first);
        }
        self.lists_several |= !thing.starts_with(&self.first) && !self.first.starts_with(thing);
    }

    /// The words since the last figure or mark; of endless ones the end.
    pub(super) fn take_clause(&mut self) -> String {
        let clause = std::mem::take(&mut self.scope().clause);
        match clause.char_indices().rev().nth(MAX_CLAUSE) {
            Some((at, _)) => clause[at..].to_owned(),
            None => clause,
        }
    }

    /// Takes note of 其中 and 主要原因是 at the start of a clause.
    pub(super) fn note_openings(&mut self, clause: &str) {
        if OPENS_PARTS.iter().any(|word| clause.starts_with(word)) {
            self.scope().open_parts();
        }
        if OPENS_REASON.iter().any(|word| clause.starts_with(word)) {
            self.reason = true;
        }
    }

    pub(super) fn current_year(&self) -> Option<i32> {
        self.year.or(self.setting.year)
    }
}

/// Where the sentence that begins at `from` ends, its mark included.
fn sentence_end(text: &[char], from: usize) -> usize {
    // Counted like the scopes, so that both agree on what stands outside brackets.
    let mut depth = 0_usize;
    for (at, c) in text.iter().enumerate().skip(from) {
        match c {
            '（' | '(' => depth = (depth + 1).min(MAX_BRACKETS),
            '）' | ')' => depth = depth.saturating_sub(1),
            '。' | '！' | '？' if depth == 0 => return at + 1,
            '.' if depth == 0 && is_full_stop(text, at) => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// `800万元.`: an ASCII point behind a Chinese word, which no number goes on with.
fn is_full_stop(text: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| text.get(at));
    before.is_some_and(|c| *c > '\u{2fff}') && text.get(at + 1).is_none_or(|c| *c > '\u{2fff}')
}
