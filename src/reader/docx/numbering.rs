//! Automatic numbering: list definitions, and the counters that turn them into printed labels.

use super::numeral::NumberFormat;
use super::styles::Styles;
use super::symbol;
use super::tag::{Tag, tag};
use super::value::Values;
use crate::reader::ReadError;
use crate::reader::container::{Node, Xml};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Levels of a list (ECMA-376 part 1, 17.9.6).
const LEVELS: usize = 9;

/// All list definitions of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstracts: BTreeMap<u32, Abstract>,
    numbers: BTreeMap<u32, Number>,
}

/// The counters of one story.
#[derive(Debug, Default)]
pub(super) struct Counters {
    lists: BTreeMap<u32, [Option<u32>; LEVELS]>,
    begun: BTreeSet<u32>,
}

/// `w:abstractNum`: the definition that lists share.
#[derive(Debug, Default)]
struct Abstract {
    levels: [Option<Level>; LEVELS],
    /// The numbering style that holds the levels instead.
    linked_style: Option<String>,
}

/// `w:num`: a list that paragraphs refer to.
#[derive(Debug, Default)]
struct Number {
    definition: u32,
    overrides: [Override; LEVELS],
}

#[derive(Debug, Default)]
struct Override {
    start: Option<u32>,
    level: Option<Level>,
}

/// `w:lvl`.
#[derive(Debug, Default)]
struct Level {
    start: Option<u32>,
    format: NumberFormat,
    text: String,
    restart: Option<u32>,
    legal: bool,
    style: Option<String>,
    hidden: bool,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(super) fn read(bytes: &[u8], part: &str, depth: usize, styles: &Styles) -> Result<Self, ReadError> {
        let mut reading = Reading::default();
        let mut xml = Xml::new(bytes, part, depth);
        let mut path: Vec<Tag> = Vec::new();
        loop {
            match xml.next()? {
                Node::Start(element) => {
                    let tag = tag(&element);
                    reading.property(&path, tag, &Values::new(&xml, &element));
                    path.push(tag);
                }
                Node::End => {
                    path.pop();
                }
                Node::Text(_) => {}
                Node::Eof => break,
            }
        }
        reading.all.follow_style_links(styles);
        Ok(reading.all)
    }

    /// The level of a list that belongs to a paragraph style.
    pub(super) fn level_of_style(&self, number: u32, style: &str) -> Option<u32> {
        let number = self.numbers.get(&number)?;
        let level = (0..LEVELS).find(|level| {
            self.level(number, *level).is_some_and(|level| level.style.as_deref() == Some(style))
        });
        level.and_then(|level| u32::try_from(level).ok())
    }

    /// The label of the next paragraph of a list, whose counters advance; empty where nothing is printed.
    pub(super) fn label(&self, counters: &mut Counters, id: u32, level: u32) -> String {
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

    /// A definition that only names a numbering style takes its list's place by that style's list.
    fn follow_style_links(&mut self, styles: &Styles) {
        let target = |style: &str| {
            let list = styles.get(style)?.number?;
            self.numbers.get(&list).map(|number| number.definition)
        };
        let links: BTreeMap<u32, u32> = self
            .abstracts
            .iter()
            .filter_map(|(id, definition)| Some((*id, target(definition.linked_style.as_deref()?)?)))
            .collect();
        for number in self.numbers.values_mut() {
            if let Some(target) = links.get(&number.definition) {
                number.definition = *target;
            }
        }
    }
}

/// The state while `numbering.xml` is read.
#[derive(Default)]
struct Reading {
    all: Numbering,
    definition: u32,
    number: u32,
    level: usize,
}

impl Reading {
    fn property(&mut self, path: &[Tag], tag: Tag, values: &Values<'_, '_, '_>) {
        match tag {
            Tag::AbstractNum => {
                self.definition = id(values, "abstractNumId");
                self.all.abstracts.insert(self.definition, Abstract::default());
            }
            Tag::Num => {
                self.number = id(values, "numId");
                self.all.numbers.insert(self.number, Number::default());
            }
            Tag::Level | Tag::LevelOverride => {
                self.level = id(values, "ilvl") as usize;
                if let Some(slot) = self.slot(path).filter(|_| tag == Tag::Level) {
                    *slot = Some(Level::default());
                }
            }
            Tag::NumberStyleLink => {
                if let Some(definition) = self.all.abstracts.get_mut(&self.definition) {
                    definition.linked_style = values.text().map(Cow::into_owned);
                }
            }
            Tag::AbstractNumId => {
                if let Some(number) = self.all.numbers.get_mut(&self.number) {
                    number.definition = values.number().unwrap_or(0);
                }
            }
            Tag::StartOverride => {
                let number = self.all.numbers.get_mut(&self.number);
                if let Some(own) = number.and_then(|number| number.overrides.get_mut(self.level)) {
                    own.start = values.number();
                }
            }
            _ if path.contains(&Tag::Level) => {
                if let Some(level) = self.slot(path).and_then(Option::as_mut) {
                    level.property(path, tag, values);
                }
            }
            _ => {}
        }
    }

    /// Where the level being read is kept.
    fn slot(&mut self, path: &[Tag]) -> Option<&mut Option<Level>> {
        if path.contains(&Tag::Num) {
            let number = self.all.numbers.get_mut(&self.number)?;
            number.overrides.get_mut(self.level).map(|own| &mut own.level)
        } else {
            self.all.abstracts.get_mut(&self.definition)?.levels.get_mut(self.level)
        }
    }
}

impl Level {
    fn property(&mut self, path: &[Tag], tag: Tag, values: &Values<'_, '_, '_>) {
        match tag {
            Tag::Start => self.start = values.number(),
            // A format that older programs don't know stands in a choice, with a plainer one as fallback.
            Tag::NumberFormat if !path.contains(&Tag::Fallback) => {
                let name = values.text().unwrap_or_default();
                self.format = NumberFormat::from_name(&name, values.word("format").as_deref());
            }
            Tag::LevelText => self.text = values.text().unwrap_or_default().into_owned(),
            Tag::LevelRestart => self.restart = values.number(),
            Tag::IsLegal => self.legal = values.on(),
            Tag::ParagraphStyle => self.style = values.text().map(Cow::into_owned),
            Tag::Vanish => self.hidden = values.on(),
            _ => {}
        }
    }
}

fn id(values: &Values<'_, '_, '_>, name: &str) -> u32 {
    values.word(name).and_then(|text| super::value::number(&text)).unwrap_or(0)
}
