//! The .doc reader: the streams of a Word 97–2003 file → [`Document`], as Word shows it with all changes accepted.
//!
//! The text comes from the piece table, its properties from the formatted disk pages; the walk goes through it
//! paragraph by paragraph. Source: [MS-DOC].

mod anchors;
mod bytes;
mod drawing;
mod fib;
mod fonts;
mod form;
mod lists;
mod pieces;
mod properties;
mod row;
mod runs;
mod shown;
mod sprm;
mod styles;
mod summary;
mod walk;

use self::anchors::Anchors;
use self::fib::{Fib, Part};
use self::pieces::{Located, Pieces};
use self::properties::{Character, Paragraph};
use self::runs::{Kind, Runs};
use self::styles::Styles;
use self::walk::Walk;
use super::container::Compound;
use super::word::counts::Counts;
use super::word::notes::Notes;
use super::word::numbering::Numbering;
use super::word::story::{Content, Story};
use super::word::symbol::Font;
use super::{Limits, Read, ReadError, Reader};
use crate::document::{
    Body, Document, Format, Furniture, FurnitureKind, Properties, Role, Warning, visible_chars,
};

/// The reader of Word 97 to 2003.
pub(super) const READER: Reader =
    Reader { format: Format::Doc, name: "Word 97–2003", read: Read::Borrowed(read) };

/// What the texts of a document share.
struct Source<'a> {
    pieces: Pieces<'a>,
    paragraphs: Runs<'a>,
    characters: Runs<'a>,
    styles: Styles,
    numbering: Numbering,
    /// For each font, whether it is a symbol font.
    fonts: Vec<Option<Font>>,
    data: &'a [u8],
    limits: &'a Limits,
}

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let compound = Compound::open(bytes).ok_or_else(|| damaged("file", 0, "a compound file"))?;
    let need =
        |name: &str| compound.stream(name)?.ok_or_else(|| damaged(name, 0, "the stream, which is not there"));
    let stream = need("WordDocument")?;
    let fib = Fib::read(&stream)?;
    let table = need(fib.table)?;
    let mut warnings = Vec::new();
    let data = compound.stream("Data").unwrap_or_else(|_| {
        warnings.push(Warning::PartUnreadable("Data".to_owned()));
        None
    });
    let data = data.unwrap_or_default();
    let source = Source::read(&fib, &stream, &table, &data, limits)?;
    let anchors = Anchors::read(&fib, &table)?;
    let summary = compound.stream("\u{5}SummaryInformation").ok().flatten();
    let title = summary.and_then(|stream| summary::title(&stream));
    let mut document = source.document(&fib, &anchors)?;
    document.properties = Properties { title };
    warnings.append(&mut document.warnings);
    document.warnings = warnings;
    Ok(document)
}

impl<'a> Source<'a> {
    fn read(
        fib: &Fib<'_>,
        stream: &'a [u8],
        table: &'a [u8],
        data: &'a [u8],
        limits: &'a Limits,
    ) -> Result<Self, ReadError> {
        let part = |part: Part| fib.part(table, part);
        Ok(Self {
            pieces: Pieces::read(part(Part::Pieces)?, stream)?,
            paragraphs: Runs::read(part(Part::ParagraphRuns)?, stream, Kind::Paragraphs),
            characters: Runs::read(part(Part::CharacterRuns)?, stream, Kind::Characters),
            styles: Styles::read(part(Part::Styles)?),
            numbering: lists::read(fib, table)?,
            fonts: fonts::read(part(Part::Fonts)?),
            data,
            limits,
        })
    }

    /// The properties of the paragraph whose mark stands at a position.
    fn paragraph(&self, position: usize) -> Paragraph<'_> {
        let Some(Located { place, change, .. }) = self.pieces.locate(position) else {
            return Paragraph::default();
        };
        let properties = self.paragraphs.find(place).map(|run| run.properties).unwrap_or_default();
        Paragraph::read(properties, self.data, change)
    }

    /// The properties of the character at a position, and up to which position they hold.
    fn character(&self, position: usize) -> (Character, usize) {
        let Some(Located { place, width, end, change }) = self.pieces.locate(position) else {
            return (Character::default(), usize::MAX);
        };
        let (properties, reach) = match self.characters.find(place) {
            Ok(run) => (run.properties, run.end),
            Err(next) => (&[][..], next),
        };
        let characters = (reach - place).div_ceil(width) as usize;
        (Character::read(properties, change), end.min(position.saturating_add(characters)))
    }

    fn document(&self, fib: &Fib<'_>, anchors: &Anchors) -> Result<Document, ReadError> {
        let mut counts = Counts::default();
        let notes = self.notes(anchors, &mut counts)?;
        let mut walk = Walk::new(self, anchors, Story::flow(Role::Body));
        walk.flow.notes = notes;
        let (start, end) = fib.range(fib::Story::Main);
        walk.read(start..end)?;
        walk.read_loose()?;
        let (content, counted) = walk.flow.finish()?;
        counts.add(&counted);
        let furniture = self.furniture(anchors, &mut counts)?;
        let blocks = match content {
            Content::Flow(_, blocks) => blocks,
            Content::Lines(..) => Vec::new(),
        };
        let mut warnings = Vec::new();
        if end > self.pieces.text.len() {
            let behind = self.pieces.text.len();
            warnings.push(Warning::PartUnreadable(format!("the text behind character {behind}")));
        }
        counts.warnings(self.limits, &mut warnings);
        Ok(Document {
            format: Format::Doc,
            pages: None,
            properties: Properties::default(),
            body: Body::Flow(blocks),
            furniture,
            warnings,
            visible: counts.visible,
        })
    }

    fn notes(&self, anchors: &Anchors, counts: &mut Counts) -> Result<Notes, ReadError> {
        let mut notes = Vec::new();
        for (id, range) in &anchors.notes {
            let mut walk = Walk::new(self, anchors, Story::flow(Role::Note));
            walk.read(range.clone())?;
            let (content, counted) = walk.flow.finish()?;
            // A note becomes visible where the body refers to it.
            counts.add(&Counts { visible: 0, ..counted });
            notes.push((*id, content, counted.visible));
        }
        let mut all = Notes::default();
        all.add(notes);
        Ok(all)
    }

    fn furniture(&self, anchors: &Anchors, counts: &mut Counts) -> Result<Vec<Furniture>, ReadError> {
        let mut furniture: Vec<Furniture> = Vec::new();
        for (header, range) in &anchors.furniture {
            let mut walk = Walk::new(self, anchors, Story::lines());
            walk.read(range.clone())?;
            let (content, counted) = walk.flow.finish()?;
            let kind = if *header { FurnitureKind::Header } else { FurnitureKind::Footer };
            let item = Furniture { kind, text: content.into_text() };
            // Each section has its own copy of a header that it shares with the one before.
            if visible_chars(&item.text) > 0 && !furniture.contains(&item) {
                counts.add(&counted);
                furniture.push(item);
            }
        }
        Ok(furniture)
    }
}

fn damaged(part: &str, offset: usize, expected: &str) -> ReadError {
    ReadError::Damaged { part: part.to_owned(), offset: offset as u64, expected: expected.to_owned() }
}
