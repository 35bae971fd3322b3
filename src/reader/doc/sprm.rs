//! Single property modifiers: the changes that paragraphs, characters and table rows carry.
//! Source: [MS-DOC] 2.2.5 and 2.6.

use super::bytes::{byte, half, slice, word};

/// How many lists of changes in the data stream may refer to each other.
const MAX_INDIRECT: usize = 4;

/// One change: its code, and its operand without a length in front.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sprm<'a> {
    pub(super) code: u16,
    pub(super) operand: &'a [u8],
}

impl Sprm<'_> {
    pub(super) fn byte(&self) -> u8 {
        byte(self.operand, 0).unwrap_or(0)
    }

    pub(super) fn half(&self) -> u16 {
        half(self.operand, 0).unwrap_or(0)
    }

    pub(super) fn word(&self) -> u32 {
        word(self.operand, 0).unwrap_or(0)
    }
}

pub(super) const PARAGRAPH_STYLE: u16 = 0x4600;
pub(super) const JUSTIFICATION_80: u16 = 0x2403;
pub(super) const JUSTIFICATION: u16 = 0x2461;
pub(super) const LIST_LEVEL: u16 = 0x260a;
pub(super) const LIST: u16 = 0x460b;
pub(super) const IN_TABLE: u16 = 0x2416;
pub(super) const ROW_END: u16 = 0x2417;
pub(super) const TABLE_DEPTH: u16 = 0x6649;
pub(super) const TABLE_DEPTH_CHANGE: u16 = 0x664a;
pub(super) const INNER_CELL_END: u16 = 0x244b;
pub(super) const INNER_ROW_END: u16 = 0x244c;
pub(super) const OUTLINE_LEVEL: u16 = 0x2640;
const HUGE_PARAGRAPH_OLD: u16 = 0x6645;
const HUGE_PARAGRAPH: u16 = 0x6646;
const TABLE_PROPERTIES: u16 = 0x646b;

pub(super) const DELETED: u16 = 0x0800;
pub(super) const DATA: u16 = 0x0806;
pub(super) const OLE: u16 = 0x080a;
pub(super) const SPECIAL_HIDDEN: u16 = 0x0818;
pub(super) const HIDDEN: u16 = 0x083c;
pub(super) const OBJECT: u16 = 0x0856;
pub(super) const PLAIN: u16 = 0x2a33;
pub(super) const SUPERSCRIPT: u16 = 0x2a48;
pub(super) const CHARACTER_STYLE: u16 = 0x4a30;
pub(super) const FONT: u16 = 0x4a4f;
pub(super) const PICTURE_PLACE: u16 = 0x6a03;
pub(super) const SYMBOL: u16 = 0x6a09;

pub(super) const DEFINE_TABLE: u16 = 0xd608;
const DEFINE_TABLE_10: u16 = 0xd606;
pub(super) const DELETE_CELLS: u16 = 0x5622;
pub(super) const MERGE: u16 = 0x5624;
pub(super) const SPLIT: u16 = 0x5625;
pub(super) const INSERT_CELLS: u16 = 0x7621;
pub(super) const COLUMN_WIDTH: u16 = 0x7623;
pub(super) const VERTICAL_MERGE: u16 = 0xd62b;
const CHANGE_TABS: u16 = 0xc615;

/// The changes of a list, in order; a broken list ends at the break.
pub(super) fn sprms(list: &[u8]) -> impl Iterator<Item = Sprm<'_>> {
    let mut rest = list;
    std::iter::from_fn(move || {
        let code = half(rest, 0)?;
        let after = rest.get(2..)?;
        let (skip, length) = operand(code, after)?;
        let operand = slice(after, skip, length)?;
        rest = after.get(skip + length..)?;
        Some(Sprm { code, operand })
    })
}

/// Visits the changes of a list, those kept in the data stream included.
pub(super) fn visit<'a>(list: &'a [u8], data: &'a [u8], act: &mut dyn FnMut(Sprm<'a>)) {
    visit_within(list, data, MAX_INDIRECT, act);
}

fn visit_within<'a>(list: &'a [u8], data: &'a [u8], levels: usize, act: &mut dyn FnMut(Sprm<'a>)) {
    for sprm in sprms(list) {
        if !matches!(sprm.code, HUGE_PARAGRAPH | HUGE_PARAGRAPH_OLD | TABLE_PROPERTIES) {
            act(sprm);
        } else if levels > 0 {
            let at = sprm.word() as usize;
            let length = half(data, at).map_or(0, usize::from);
            let list = at.checked_add(2).and_then(|start| slice(data, start, length));
            visit_within(list.unwrap_or_default(), data, levels - 1, act);
        }
    }
}

/// Where the operand of a code begins behind it, and how long it is.
fn operand(code: u16, after: &[u8]) -> Option<(usize, usize)> {
    Some(match code >> 13 {
        0 | 1 => (0, 1),
        2 | 4 | 5 => (0, 2),
        3 => (0, 4),
        7 => (0, 3),
        _ => match code {
            DEFINE_TABLE | DEFINE_TABLE_10 => (2, usize::from(half(after, 0)?).checked_sub(1)?),
            CHANGE_TABS if byte(after, 0)? == 255 => {
                let deleted = usize::from(byte(after, 1)?);
                let added = usize::from(byte(after, 2 + 4 * deleted)?);
                (1, 2 + 4 * deleted + 3 * added)
            }
            _ => (1, usize::from(byte(after, 0)?)),
        },
    })
}
