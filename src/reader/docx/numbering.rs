//! `numbering.xml` → list definitions.

use super::numeral::NumberFormat;
use super::styles::Styles;
use super::tag::{Tag, tag};
use super::value::Values;
use crate::reader::ReadError;
use crate::reader::container::{Node, Xml};
use crate::reader::word::numbering::{Abstract, Level, Number, Numbering};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Reads `numbering.xml`.
pub(super) fn read(bytes: &[u8], part: &str, depth: usize, styles: &Styles) -> Result<Numbering, ReadError> {
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
    follow_style_links(&mut reading.all, styles);
    Ok(reading.all)
}

/// A definition that only names a numbering style takes its list's place by that style's list.
fn follow_style_links(numbering: &mut Numbering, styles: &Styles) {
    let target = |style: &str| {
        let list = styles.get(style)?.number?;
        numbering.numbers.get(&list).map(|number| number.definition)
    };
    let links: BTreeMap<u32, u32> = numbering
        .abstracts
        .iter()
        .filter_map(|(id, definition)| Some((*id, target(definition.linked_style.as_deref()?)?)))
        .collect();
    for number in numbering.numbers.values_mut() {
        if let Some(target) = links.get(&number.definition) {
            number.definition = *target;
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
                self.definition = id(values, &["abstractNumId", "listDefId"]);
                self.all.abstracts.insert(self.definition, Abstract::default());
            }
            Tag::Num => {
                self.number = id(values, &["numId", "ilfo"]);
                self.all.numbers.insert(self.number, Number::default());
            }
            Tag::Level | Tag::LevelOverride => {
                self.level = id(values, &["ilvl"]) as usize;
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
            Tag::NumberCode => {
                let code = values.number().and_then(|code| u8::try_from(code).ok());
                self.format = NumberFormat::from_code(code.unwrap_or(0));
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

/// The number in the first of these attributes that is there.
fn id(values: &Values<'_, '_, '_>, names: &[&str]) -> u32 {
    let stated = names.iter().find_map(|name| values.word(name));
    stated.and_then(|text| super::value::number(&text)).unwrap_or(0)
}
