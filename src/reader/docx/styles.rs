//! The style sheet: what a style says about outline level, alignment, numbering and visibility.

use super::tag::{Tag, tag};
use super::value::Values;
use crate::reader::ReadError;
use crate::reader::container::{Node, Xml};
use crate::reader::word::style::{MAX_CHAIN, Style, heading_level};
use std::borrow::Cow;
use std::collections::HashMap;

/// All styles by their id, each with what it inherits.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    plain: Style,
}

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read(bytes: &[u8], part: &str, depth: usize) -> Result<Self, ReadError> {
        let mut sheet = Sheet::default();
        let mut xml = Xml::new(bytes, part, depth);
        let mut path: Vec<Tag> = Vec::new();
        loop {
            match xml.next()? {
                Node::Start(element) => {
                    let tag = tag(&element);
                    let values = Values::new(&xml, &element);
                    if is_foreign(tag, &values) {
                        xml.skip_content(&element);
                    } else {
                        sheet.property(&path, tag, &values);
                    }
                    path.push(tag);
                }
                Node::End => {
                    path.pop();
                }
                Node::Text(_) => {}
                Node::Eof => return Ok(sheet.finish()),
            }
        }
    }

    /// The style of a paragraph that names this one, or none.
    pub(super) fn paragraph(&self, id: Option<&str>) -> Style {
        let Some(id) = id else { return self.plain };
        match self.by_id.get(id) {
            Some(style) => *style,
            None => Style { outline: heading_level(id), ..self.plain },
        }
    }

    /// What a style of any kind amounts to.
    pub(super) fn get(&self, id: &str) -> Option<&Style> {
        self.by_id.get(id)
    }
}

/// What says nothing about paragraphs and runs: table styles, which Word's own templates hold a hundred of, former states
/// of a style, and the list of names that the program knows.
fn is_foreign(tag: Tag, values: &Values<'_, '_, '_>) -> bool {
    match tag {
        Tag::LatentStyles | Tag::PropertyChange | Tag::RunPropertyChange => true,
        Tag::Style => values.word("type").as_deref() == Some("table"),
        _ => false,
    }
}

/// A style as the file states it.
#[derive(Default)]
struct Entry {
    id: String,
    name: String,
    based_on: Option<String>,
    default_paragraph: bool,
    own: Style,
}

#[derive(Default)]
struct Sheet {
    entries: Vec<Entry>,
    defaults: Style,
}

impl Sheet {
    fn property(&mut self, path: &[Tag], tag: Tag, values: &Values<'_, '_, '_>) {
        if tag == Tag::Style {
            self.entries.push(Entry {
                id: values.word("styleId").unwrap_or_default().into_owned(),
                default_paragraph: values.word("type").as_deref() == Some("paragraph")
                    && values.word("default").is_some_and(|on| on == "1" || on == "true" || on == "on"),
                ..Entry::default()
            });
            return;
        }
        let in_defaults = path.iter().any(|tag| matches!(tag, Tag::ParagraphDefaults | Tag::RunDefaults));
        match self.entries.last_mut() {
            Some(entry) if path.contains(&Tag::Style) => match tag {
                Tag::Name => entry.name = values.text().unwrap_or_default().into_owned(),
                Tag::BasedOn => entry.based_on = values.text().map(Cow::into_owned),
                _ => entry.own.property(path, tag, values),
            },
            _ if in_defaults => self.defaults.property(path, tag, values),
            _ => {}
        }
    }

    fn finish(mut self) -> Styles {
        for entry in &mut self.entries {
            entry.own.outline = entry.own.outline.or_else(|| heading_level(&entry.name));
        }
        let index: HashMap<&str, usize> =
            self.entries.iter().enumerate().map(|(at, entry)| (entry.id.as_str(), at)).collect();
        let resolve = |start: usize| {
            let mut style = self.entries[start].own;
            let mut at = start;
            for _ in 0..MAX_CHAIN {
                let base = self.entries[at].based_on.as_deref().and_then(|id| index.get(id));
                let Some(base) = base else { break };
                at = *base;
                style = style.over(&self.entries[at].own);
            }
            style.over(&self.defaults)
        };
        let default = self.entries.iter().position(|entry| entry.default_paragraph);
        let plain = default.map_or_else(|| self.defaults, resolve);
        let by_id = (0..self.entries.len()).map(|at| (self.entries[at].id.clone(), resolve(at))).collect();
        Styles { by_id, plain }
    }
}

impl Style {
    fn property(&mut self, path: &[Tag], tag: Tag, values: &Values<'_, '_, '_>) {
        let parent = path.last();
        let mark = path.len() > 1 && path[path.len() - 2] == Tag::ParagraphProperties;
        match (parent, tag) {
            (Some(Tag::ParagraphProperties), Tag::OutlineLevel) => {
                self.outline = values.number().and_then(|level| u8::try_from(level).ok());
            }
            (Some(Tag::ParagraphProperties), Tag::Justification) => {
                self.centred = values.text().map(|value| value == "center");
            }
            (Some(Tag::NumberProperties), Tag::NumberId) => self.number = values.number(),
            (Some(Tag::NumberProperties), Tag::LevelIndex) => self.level = values.number(),
            (Some(Tag::RunProperties), Tag::Vanish) if !mark => self.hidden = Some(values.on()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(styles: &str) -> Styles {
        let xml = format!(
            "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{styles}</w:styles>"
        );
        Styles::read(xml.as_bytes(), "word/styles.xml", 64).unwrap()
    }

    #[test]
    fn styles_that_are_based_on_each_other_end() {
        let styles = sheet(
            "<w:style w:styleId='a'><w:basedOn w:val='b'/></w:style>
             <w:style w:styleId='b'><w:basedOn w:val='a'/><w:pPr><w:jc w:val='center'/></w:pPr></w:style>",
        );
        assert_eq!(styles.get("a").unwrap().centred, Some(true));
    }

    #[test]
    fn a_style_inherits_what_it_leaves_open() {
        let styles = sheet(
            "<w:style w:styleId='h'><w:name w:val='heading 2'/><w:pPr><w:jc w:val='center'/></w:pPr></w:style>
             <w:style w:styleId='m'><w:basedOn w:val='h'/><w:pPr><w:jc w:val='left'/></w:pPr></w:style>",
        );
        let style = styles.paragraph(Some("m"));
        assert_eq!((style.outline, style.centred), (Some(1), Some(false)));
    }
}
