//! Automatic numbering: list definitions, and the counters that turn them into printed labels.

use super::numeral::NumberFormat;
use super::symbol;
use std::collections::{BTreeMap, BTreeSet};

/// Levels of a list (ECMA-376 part 1, 17.9.6).
pub(in crate::reader) const LEVELS: usize = 9;

/// All list definitions of a document.
#[derive(Debug, Default)]
pub(in crate::reader) struct Numbering {
    pub(in crate::reader) abstracts: BTreeMap<u32, Abstract>,
    pub(in crate::reader) numbers: BTreeMap<u32, Number>,
}

/// The counters of one story.
#[derive(Debug, Default)]
pub(in crate::reader) struct Counters {
    lists: BTreeMap<u32, [Option<u32>; LEVELS]>,
    begun: BTreeSet<u32>,
}

/// `w:abstractNum`: the definition that lists share.
#[derive(Debug, Default)]
pub(in crate::reader) struct Abstract {
    pub(in crate::reader) levels: [Option<Level>; LEVELS],
    /// The numbering style that holds the levels instead.
    pub(in crate::reader) linked_style: Option<String>,
}

/// `w:num`: a list that paragraphs refer to.
#[derive(Debug, Default)]
pub(in crate::reader) struct Number {
    pub(in crate::reader) definition: u32,
    pub(in crate::reader) overrides: [Override; LEVELS],
}

#[derive(Debug, Default)]
pub(in crate::reader) struct Override {
    pub(in crate::reader) start: Option<u32>,
    pub(in crate::reader) level: Option<Level>,
}

/// `w:lvl`.
#[derive(Debug, Default)]
pub(in crate::reader) struct Level {
    pub(in crate::reader) start: Option<u32>,
    pub(in crate::reader) format: NumberFormat,
    pub(in crate::reader) text: String,
    pub(in crate::reader) restart: Option<u32>,
    pub(in crate::reader) legal: bool,
    pub(in crate::reader) style: Option<String>,
    pub(in crate::reader) hidden: bool,
}

impl Numbering {
    /// The level of a list that belongs to a paragraph style.
    pub(in crate::reader) fn level_of_style(&self, number: u32, style: &str) -> Option<u32> {
        let number = self.numbers.get(&number)?;
        let level = (0..LEVELS).find(|level| {
            self.level(number, *level).is_some_and(|level| level.style.as_deref() == Some(style))
        });
        level.and_then(|level| u32::try_from(level).ok())
    }

    /// The label of the next paragraph of a list, whose counters advance; empty where nothing is printed.
    pub(in crate::reader) fn label(&self, counters: &mut Counters, id: u32, level: u32) -> String {
        let Some(number) = self.numbers.get(&id) else { return String::new() };
        let at = (level as usize).min(LEVELS - 1);
        let Some(current) = self.level(number, at) else { return String::new() };
        let counts = counters.lists.entry(number.definition).or_default();
        if counters.begun.insert(id) {
            for (count, own) in counts.iter_mut().zip(&number.overrides) {
                if own.start.is_some() {
                    *count = None;
                }
            }
        }
        counts[at] = Some(match counts[at] {
            Some(count) => count.saturating_add(1),
            None => self.start(number, at),
        });
        for (deeper, count) in counts.iter_mut().enumerate().skip(at + 1) {
            let restart = self.level(number, deeper).and_then(|level| level.restart);
            // Without a statement a level restarts after any higher one; 0 means never, n after level n.
            if restart.is_none_or(|after| at < after as usize) {
                *count = None;
            }
        }
        let counts = *counts;
        if current.hidden { String::new() } else { self.print(number, current, &counts) }
    }

    fn print(&self, number: &Number, current: &Level, counts: &[Option<u32>; LEVELS]) -> String {
        if current.format == NumberFormat::Bullet {
            return symbol::bullet(&current.text);
        }
        let mut out = String::new();
        let mut characters = current.text.chars().peekable();
        while let Some(character) = characters.next() {
            let level = characters.peek().and_then(|next| next.to_digit(10)).filter(|digit| *digit > 0);
            let Some(level) = level.filter(|_| character == '%') else {
                out.push(character);
                continue;
            };
            characters.next();
            let level = level as usize - 1;
            let format = self.level(number, level).map_or(NumberFormat::Decimal, |level| level.format);
            let value = counts[level].unwrap_or_else(|| self.start(number, level));
            let format = match format {
                NumberFormat::None | NumberFormat::Bullet => format,
                _ if current.legal => NumberFormat::Decimal,
                _ => format,
            };
            out.push_str(&format.print(value));
        }
        out
    }

    fn level<'a>(&'a self, number: &'a Number, level: usize) -> Option<&'a Level> {
        let own = number.overrides.get(level)?.level.as_ref();
        own.or_else(|| self.abstracts.get(&number.definition)?.levels.get(level)?.as_ref())
    }

    fn start(&self, number: &Number, level: usize) -> u32 {
        let own = number.overrides.get(level).and_then(|own| own.start);
        own.or_else(|| self.level(number, level)?.start).unwrap_or(0)
    }
}
