//! The piece table: which stretches of the file make up the text, in order. Source: [MS-DOC] 2.8.35 and 2.9.177.

use super::bytes::{byte, half, slice, word};
use super::damaged;
use crate::reader::ReadError;

/// Characters 0x80 to 0x9F of the Windows code page 1252, in which compressed pieces are written.
const UPPER: [u16; 32] = [
    0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152,
    0x8d, 0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161,
    0x203a, 0x0153, 0x9d, 0x017e, 0x0178,
];

/// The whole text with the place of each character in the file.
pub(super) struct Pieces<'a> {
    /// All texts of the document, one after the other, in UTF-16.
    pub(super) text: Vec<u16>,
    list: Vec<Piece>,
    changes: Vec<&'a [u8]>,
}

/// A stretch of text.
struct Piece {
    /// Character positions.
    start: usize,
    end: usize,
    /// Where it begins in the `WordDocument` stream.
    place: u32,
    /// Bytes of a character: 1 or 2.
    width: u32,
    change: u16,
}

impl<'a> Pieces<'a> {
    /// Reads the table at the beginning of `clx`, whose pieces lie in `stream`.
    pub(super) fn read(clx: &'a [u8], stream: &[u8]) -> Result<Self, ReadError> {
        let (changes, table) = split(clx)?;
        let count = table.len().saturating_sub(4) / 12;
        let mut pieces = Self { text: Vec::new(), list: Vec::new(), changes };
        let mut bytes = 0_usize;
        for index in 0..count {
            let broken = || damaged("piece table", 4 * index, "a piece");
            let start = word(table, 4 * index).ok_or_else(broken)? as usize;
            let end = word(table, 4 * index + 4).ok_or_else(broken)? as usize;
            let at = 4 * (count + 1) + 8 * index;
            let (place, change) = (word(table, at + 2), half(table, at + 6));
            let (place, change) = (place.ok_or_else(broken)?, change.ok_or_else(broken)?);
            if start != pieces.text.len() || end < start {
                return Err(damaged("piece table", 4 * index, "pieces that follow each other"));
            }
            let compressed = place & 0x4000_0000 != 0;
            let (place, width) =
                if compressed { ((place & 0x3fff_ffff) / 2, 1) } else { (place & 0x3fff_ffff, 2) };
            let length = (end - start).saturating_mul(width);
            bytes = bytes.saturating_add(length);
            // Pieces that lie over each other would let a short file claim any amount of text.
            let taken = slice(stream, place as usize, length).filter(|_| bytes <= stream.len());
            let taken =
                taken.ok_or_else(|| damaged("WordDocument", place as usize, "the text of a piece"))?;
            pieces.append(taken, compressed);
            pieces.list.push(Piece { start, end, place, width: u32::try_from(width).unwrap_or(1), change });
        }
        Ok(pieces)
    }

    /// Where the character at a position lies in the stream, and up to which position its piece goes.
    pub(super) fn locate(&self, position: usize) -> Option<Located<'a>> {
        let index = self.list.partition_point(|piece| piece.end <= position);
        let piece = self.list.get(index).filter(|piece| piece.start <= position)?;
        let within = u32::try_from(position - piece.start).ok()?;
        Some(Located {
            place: piece.place.checked_add(within.checked_mul(piece.width)?)?,
            width: piece.width,
            end: piece.end,
            change: self.change(piece.change),
        })
    }

    fn append(&mut self, bytes: &[u8], compressed: bool) {
        if compressed {
            self.text.extend(bytes.iter().map(|byte| match byte {
                0x80..=0x9f => UPPER[usize::from(byte - 0x80)],
                _ => u16::from(*byte),
            }));
        } else {
            self.text.extend(bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])));
        }
    }

    /// The change that a whole piece carries.
    fn change(&self, change: u16) -> Change<'a> {
        match change {
            0 => Change::None,
            _ if change & 1 == 1 => {
                Change::List(self.changes.get(usize::from(change >> 1)).copied().unwrap_or_default())
            }
            _ => Change::Short((change >> 1) & 0x7f, (change >> 8).to_le_bytes()[0]),
        }
    }
}

/// A character's place.
pub(super) struct Located<'a> {
    /// Where it lies in the stream.
    pub(super) place: u32,
    /// Its bytes.
    pub(super) width: u32,
    /// The position behind its piece.
    pub(super) end: usize,
    /// What its piece changes.
    pub(super) change: Change<'a>,
}

/// A change to all paragraphs and characters of a piece.
#[derive(Clone, Copy)]
pub(super) enum Change<'a> {
    None,
    /// One of the changes with a short number, and its operand.
    Short(u16, u8),
    /// A list of changes.
    List(&'a [u8]),
}

/// The lists of changes in front of the table, and the table itself.
fn split(clx: &[u8]) -> Result<(Vec<&[u8]>, &[u8]), ReadError> {
    let mut changes = Vec::new();
    let mut at = 0;
    loop {
        match byte(clx, at) {
            Some(1) => {
                let length = half(clx, at + 1).map_or(usize::MAX, usize::from);
                let list = slice(clx, at + 3, length);
                changes.push(list.ok_or_else(|| damaged("piece table", at, "a list of changes"))?);
                at += 3 + length;
            }
            Some(2) => {
                let length = word(clx, at + 1).map_or(usize::MAX, |length| length as usize);
                let table = slice(clx, at + 5, length);
                return Ok((changes, table.ok_or_else(|| damaged("piece table", at, "the list of pieces"))?));
            }
            _ => return Err(damaged("piece table", at, "the list of pieces")),
        }
    }
}
