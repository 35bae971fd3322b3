//! What stands where in the text: notes, text boxes, headers, the ends of sections.
//! Source: [MS-DOC] 2.8, PLCs of positions with data behind them.

use super::bytes::{half, word};
use super::fib::{Fib, Part, Story};
use crate::reader::ReadError;
use crate::reader::word::story::NoteId;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Bytes of what tables say about a reference to a note, a section, an anchor of a drawn object, and a text box.
const REFERENCE: usize = 2;
const SECTION: usize = 12;
const ANCHOR: usize = 26;
const TEXT_BOX: usize = 22;
/// Separators of notes stand before the headers of the first section; each section has six.
const SEPARATORS: usize = 6;
/// Which of a section's six are headers; the others are footers.
const HEADERS: [usize; 3] = [0, 1, 4];

/// All places that the text refers to by position.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// The notes by the position of their reference.
    pub(super) references: BTreeMap<usize, NoteId>,
    /// The texts of the notes.
    pub(super) notes: Vec<(NoteId, Range<usize>)>,
    /// Text boxes by the position of their anchor.
    pub(super) boxes: BTreeMap<usize, Vec<Range<usize>>>,
    /// Text boxes in the body without an anchor that is known.
    pub(super) loose: Vec<Range<usize>>,
    /// Headers and footers; whether each is a header.
    pub(super) furniture: Vec<(bool, Range<usize>)>,
    /// Positions behind the last character of a section.
    pub(super) sections: BTreeSet<usize>,
}

impl Anchors {
    pub(super) fn read(fib: &Fib<'_>, table: &[u8]) -> Result<Self, ReadError> {
        let mut anchors = Self::default();
        let part = |part: Part| fib.part(table, part);
        let (references, texts) = (part(Part::FootnoteReferences)?, part(Part::FootnoteTexts)?);
        anchors.add_notes(references, texts, fib.range(Story::Footnotes), NoteId::Footnote);
        let (references, texts) = (part(Part::EndnoteReferences)?, part(Part::EndnoteTexts)?);
        anchors.add_notes(references, texts, fib.range(Story::Endnotes), NoteId::Endnote);
        anchors.sections = positions(part(Part::Sections)?, SECTION).into_iter().collect();
        let furniture = stretches(part(Part::Headers)?, 0, fib.range(Story::Headers));
        for (index, range) in furniture.into_iter().enumerate().skip(SEPARATORS) {
            anchors.furniture.push((HEADERS.contains(&(index % 6)), range));
        }
        let groups = super::drawing::groups(part(Part::Drawings)?);
        let shapes = shapes(part(Part::Anchors)?, fib.range(Story::Main).0);
        anchors.add_boxes(&shapes, &groups, part(Part::TextBoxes)?, fib.range(Story::TextBoxes));
        let shapes = self::shapes(part(Part::HeaderAnchors)?, fib.range(Story::Headers).0);
        let boxes = fib.range(Story::HeaderTextBoxes);
        anchors.add_boxes(&shapes, &groups, part(Part::HeaderTextBoxes)?, boxes);
        Ok(anchors)
    }

    fn add_notes(&mut self, references: &[u8], texts: &[u8], text: (usize, usize), id: fn(i64) -> NoteId) {
        let mut positions = positions(references, REFERENCE);
        positions.pop();
        for ((number, position), range) in (0..).zip(positions).zip(stretches(texts, 0, text)) {
            self.references.insert(position, id(number));
            self.notes.push((id(number), range));
        }
    }

    fn add_boxes(
        &mut self,
        shapes: &BTreeMap<u32, usize>,
        groups: &BTreeMap<u32, u32>,
        texts: &[u8],
        text: (usize, usize),
    ) {
        for (index, range) in stretches(texts, TEXT_BOX, text).into_iter().enumerate() {
            let Some(entry) = data(texts, TEXT_BOX, index) else { break };
            if half(entry, 8).is_some_and(|reusable| reusable != 0) {
                continue;
            }
            let shape = word(entry, 14).unwrap_or(0);
            let top = groups.get(&shape).unwrap_or(&shape);
            match shapes.get(&shape).or_else(|| shapes.get(top)) {
                Some(position) => self.boxes.entry(*position).or_default().push(range),
                None => self.loose.push(range),
            }
        }
    }
}

/// Where the shapes of a text are anchored, which begins at `start`.
fn shapes(places: &[u8], start: usize) -> BTreeMap<u32, usize> {
    let mut shapes = BTreeMap::new();
    for (index, position) in positions(places, ANCHOR).into_iter().enumerate() {
        if let Some(shape) = data(places, ANCHOR, index).and_then(|entry| word(entry, 0)) {
            shapes.insert(shape, position.saturating_add(start));
        }
    }
    shapes
}

/// The positions of a table; the last one only ends it.
fn positions(plc: &[u8], size: usize) -> Vec<usize> {
    let count = plc.len().saturating_sub(4) / (4 + size);
    (0..=count).filter_map(|index| word(plc, 4 * index)).map(|position| position as usize).collect()
}

/// What a table says about one of its positions.
fn data(plc: &[u8], size: usize, index: usize) -> Option<&[u8]> {
    let count = plc.len().saturating_sub(4) / (4 + size);
    let start = 4 * (count + 1) + size * index;
    plc.get(start..start + size)
}

/// The stretches between the positions of a table, which count from the beginning of a text.
fn stretches(plc: &[u8], size: usize, text: (usize, usize)) -> Vec<Range<usize>> {
    let mut reached = text.0;
    let mut out = Vec::new();
    for pair in positions(plc, size).windows(2) {
        let start = text.0.saturating_add(pair[0]).max(reached);
        let end = text.0.saturating_add(pair[1]).min(text.1);
        // Stretches never lie over each other, whatever the file says: an empty one takes the place of a bad one.
        let end = end.max(start.min(text.1));
        out.push(start.min(end)..end);
        reached = end;
    }
    out
}
