//! What lists of changes amount to for a paragraph and for a stretch of characters.

use super::bytes::half;
use super::pieces::Change;
use super::sprm::{self, Sprm};
use crate::reader::word::flow::MAX_DEPTH;
use crate::reader::word::style::Style;

/// The first number that is no longer that of a list.
const FIRST_NO_LIST: u16 = 0x07ff;

/// The properties of a paragraph.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Paragraph<'a> {
    pub(super) style: u16,
    pub(super) outline: Option<u8>,
    pub(super) centred: Option<bool>,
    /// The list it belongs to; 0 is none.
    pub(super) list: Option<u32>,
    pub(super) level: Option<u32>,
    /// All its changes, for those of a table row.
    pub(super) changes: &'a [u8],
    /// Whether it is the end of a row, which holds the row's properties.
    pub(super) ends_row: bool,
    /// Whether it is the last one of a cell of an inner table.
    pub(super) ends_inner_cell: bool,
    in_table: bool,
    stated_depth: Option<i32>,
}

impl<'a> Paragraph<'a> {
    /// The properties in a formatted disk page: the number of the style, then changes.
    pub(super) fn read(bytes: &'a [u8], data: &'a [u8], change: Change<'a>) -> Self {
        let mut paragraph = Self {
            style: half(bytes, 0).unwrap_or(0),
            changes: bytes.get(2..).unwrap_or_default(),
            ..Self::default()
        };
        sprm::visit(paragraph.changes, data, &mut |sprm| paragraph.apply(sprm));
        match change {
            Change::None => {}
            Change::List(list) => sprm::visit(list, data, &mut |sprm| paragraph.apply(sprm)),
            Change::Short(number, operand) => {
                if let Some((_, code)) = SHORT.iter().find(|(short, _)| *short == number) {
                    paragraph.apply(Sprm { code: *code, operand: &[operand] });
                }
            }
        }
        paragraph
    }

    fn apply(&mut self, sprm: Sprm<'_>) {
        match sprm.code {
            sprm::PARAGRAPH_STYLE => self.style = sprm.half(),
            sprm::JUSTIFICATION | sprm::JUSTIFICATION_80 => self.centred = Some(sprm.byte() == 1),
            sprm::OUTLINE_LEVEL => self.outline = Some(sprm.byte()),
            sprm::LIST => self.list = Some(list(sprm.half())),
            sprm::LIST_LEVEL => self.level = Some(u32::from(sprm.byte())),
            sprm::IN_TABLE => self.in_table = sprm.byte() != 0,
            sprm::ROW_END | sprm::INNER_ROW_END => self.ends_row = sprm.byte() != 0,
            sprm::TABLE_DEPTH => self.stated_depth = Some(sprm.word().cast_signed()),
            sprm::TABLE_DEPTH_CHANGE => {
                let depth = self.stated_depth.unwrap_or(0).saturating_add(sprm.word().cast_signed());
                self.stated_depth = Some(depth);
            }
            sprm::INNER_CELL_END => self.ends_inner_cell = sprm.byte() != 0,
            _ => {}
        }
    }

    /// How many tables it stands in.
    pub(super) fn depth(&self) -> usize {
        let least = i32::from(self.in_table || self.ends_row);
        let stated = self.stated_depth.filter(|depth| *depth > 0).unwrap_or(least).max(least);
        usize::try_from(stated).unwrap_or(0).min(MAX_DEPTH)
    }
}

/// What the character of a picture stands for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Picture {
    /// A picture.
    #[default]
    Drawn,
    /// The data of a form field.
    Data,
    /// An embedded object.
    Object,
}

/// The properties of a stretch of characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Character {
    pub(super) deleted: bool,
    pub(super) superscript: bool,
    /// The font's number among the fonts.
    pub(super) font: Option<u16>,
    /// A character of a symbol font: the font's number, and the code.
    pub(super) symbol: Option<(u16, u16)>,
    /// What a picture stands for.
    pub(super) picture: Picture,
    pub(super) style: Option<u16>,
    /// Where the data of a picture lie in the data stream.
    place: Option<u32>,
    hidden: Option<u8>,
    special_hidden: bool,
}

impl Character {
    pub(super) fn read(list: &[u8], change: Change<'_>) -> Self {
        let mut character = Self::default();
        sprm::sprms(list).for_each(|sprm| character.apply(sprm));
        match change {
            Change::None => {}
            Change::List(list) => sprm::sprms(list).for_each(|sprm| character.apply(sprm)),
            Change::Short(number, operand) => {
                if let Some((_, code)) = SHORT.iter().find(|(short, _)| *short == number) {
                    character.apply(Sprm { code: *code, operand: &[operand] });
                }
            }
        }
        character
    }

    fn apply(&mut self, sprm: Sprm<'_>) {
        match sprm.code {
            sprm::DELETED => self.deleted = sprm.byte() != 0,
            sprm::HIDDEN => self.hidden = Some(sprm.byte()),
            sprm::SPECIAL_HIDDEN => self.special_hidden = sprm.byte() != 0,
            sprm::PLAIN => (self.hidden, self.superscript) = (None, false),
            sprm::SUPERSCRIPT => self.superscript = sprm.byte() == 1,
            sprm::CHARACTER_STYLE => self.style = Some(sprm.half()),
            sprm::FONT => self.font = Some(sprm.half()),
            sprm::PICTURE_PLACE => self.place = Some(sprm.word()),
            sprm::DATA if sprm.byte() != 0 => self.picture = Picture::Data,
            sprm::OLE | sprm::OBJECT if sprm.byte() != 0 => self.picture = Picture::Object,
            sprm::SYMBOL => self.symbol = Some((sprm.half(), half(sprm.operand, 2).unwrap_or(0))),
            _ => {}
        }
    }

    /// Whether it is hidden, where the styles alone would make it so or not.
    pub(super) fn is_hidden(&self, by_style: bool) -> bool {
        match self.hidden {
            None | Some(0x80) => by_style,
            Some(0x81) => !by_style,
            Some(state) => state != 0,
        }
    }

    /// Whether a paragraph mark with these properties is not shown, so that the next paragraph goes on in its line.
    pub(super) fn hides_mark(&self) -> bool {
        self.deleted || self.special_hidden || self.hidden.is_some_and(|state| state == 1)
    }

    /// Where the data of a form field lie.
    pub(super) fn form_data(&self) -> Option<u32> {
        self.place.filter(|_| self.picture == Picture::Data)
    }
}

/// The short numbers under which a piece states a single change ([MS-DOC] 2.9.214).
const SHORT: &[(u16, u16)] = &[
    (0x05, sprm::JUSTIFICATION_80),
    (0x0c, sprm::LIST_LEVEL),
    (0x18, sprm::IN_TABLE),
    (0x19, sprm::ROW_END),
    (0x41, sprm::DELETED),
    (0x53, sprm::PLAIN),
    (0x5c, sprm::HIDDEN),
];

/// What a style states about paragraphs and characters.
pub(super) fn style(paragraphs: &[u8], characters: &[u8]) -> Style {
    let mut style = Style::default();
    for sprm in sprm::sprms(paragraphs).chain(sprm::sprms(characters)) {
        match sprm.code {
            sprm::JUSTIFICATION | sprm::JUSTIFICATION_80 => style.centred = Some(sprm.byte() == 1),
            sprm::OUTLINE_LEVEL => style.outline = Some(sprm.byte()),
            sprm::LIST => style.number = Some(list(sprm.half())),
            sprm::LIST_LEVEL => style.level = Some(u32::from(sprm.byte())),
            sprm::HIDDEN => style.hidden = Some(sprm.byte() & 1 == 1),
            _ => {}
        }
    }
    style
}

/// The number of a list; numbers beyond the last say that the paragraph is in none.
fn list(number: u16) -> u32 {
    if number < FIRST_NO_LIST { u32::from(number) } else { 0 }
}
