//! The records of a workbook stream, and the bytes of those that go on over several.

use super::damaged;
use crate::reader::ReadError;

/// Record numbers. Source: [MS-XLS] 2.3.
pub(super) mod id {
    pub(in super::super) const FORMULA: u16 = 0x0006;
    pub(in super::super) const EOF: u16 = 0x000a;
    pub(in super::super) const DATE_MODE: u16 = 0x0022;
    pub(in super::super) const FILE_PASS: u16 = 0x002f;
    pub(in super::super) const CONTINUE: u16 = 0x003c;
    pub(in super::super) const CODE_PAGE: u16 = 0x0042;
    pub(in super::super) const OBJECT: u16 = 0x005d;
    pub(in super::super) const COLUMNS: u16 = 0x007d;
    pub(in super::super) const SHEET: u16 = 0x0085;
    pub(in super::super) const NUMBERS: u16 = 0x00bd;
    pub(in super::super) const BLANKS: u16 = 0x00be;
    pub(in super::super) const RICH_LABEL: u16 = 0x00d6;
    pub(in super::super) const STYLE: u16 = 0x00e0;
    pub(in super::super) const MERGES: u16 = 0x00e5;
    pub(in super::super) const STRINGS: u16 = 0x00fc;
    pub(in super::super) const SHARED_LABEL: u16 = 0x00fd;
    pub(in super::super) const BLANK: u16 = 0x0201;
    pub(in super::super) const DOUBLE: u16 = 0x0203;
    pub(in super::super) const LABEL: u16 = 0x0204;
    pub(in super::super) const TRUTH: u16 = 0x0205;
    pub(in super::super) const RESULT: u16 = 0x0207;
    pub(in super::super) const ROW: u16 = 0x0208;
    pub(in super::super) const NUMBER: u16 = 0x027e;
    pub(in super::super) const FORMAT: u16 = 0x041e;
    pub(in super::super) const BEGIN: u16 = 0x0809;
}

/// One record.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) id: u16,
    pub(super) data: &'a [u8],
}

/// Goes through the records of a stream.
pub(super) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    /// The records from a place in the stream on.
    pub(super) fn new(stream: &'a [u8], at: usize) -> Self {
        Self { stream, at }
    }

    /// The next record; `None` at the end of the stream.
    ///
    /// # Errors
    /// `Damaged` where the stream ends inside a record.
    pub(super) fn next(&mut self) -> Result<Option<Record<'a>>, ReadError> {
        let Some(record) = self.peek()? else { return Ok(None) };
        self.at += 4 + record.data.len();
        Ok(Some(record))
    }

    /// The data of a record just read, with that of the records that continue it.
    pub(super) fn whole(&mut self, first: Record<'a>) -> Result<Pieces<'a>, ReadError> {
        let mut pieces = vec![first.data];
        while let Some(record) = self.peek()?.filter(|record| record.id == id::CONTINUE) {
            self.at += 4 + record.data.len();
            pieces.push(record.data);
        }
        Ok(Pieces { all: pieces, piece: 0, at: 0 })
    }

    fn peek(&self) -> Result<Option<Record<'a>>, ReadError> {
        // Streams are padded to whole sectors, some with less than a record's head.
        let Some(head) = self.stream.get(self.at..).and_then(|rest| rest.first_chunk::<4>()) else {
            return Ok(None);
        };
        let (id, length) = (u16::from_le_bytes([head[0], head[1]]), u16::from_le_bytes([head[2], head[3]]));
        let start = self.at + 4;
        let data = self.stream.get(start..start + usize::from(length));
        let data = data.ok_or_else(|| damaged(self.at, &format!("a record of {length} bytes")))?;
        Ok(Some(Record { id, data }))
    }
}

/// Bytes that go on over several records.
pub(super) struct Pieces<'a> {
    all: Vec<&'a [u8]>,
    piece: usize,
    at: usize,
}

impl<'a> Pieces<'a> {
    /// The bytes of one record.
    pub(super) fn one(data: &'a [u8]) -> Self {
        Self { all: vec![data], piece: 0, at: 0 }
    }

    /// The next bytes, of one piece: heads of strings are never cut. `None` at the end.
    pub(super) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let rest = self.rest()?;
        let taken = rest.get(..count)?;
        self.at += count;
        Some(taken)
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    pub(super) fn half(&mut self) -> Option<u16> {
        self.take(2).map(|bytes| u16::from_le_bytes([bytes[0], bytes[1]]))
    }

    pub(super) fn word(&mut self) -> Option<u32> {
        self.take(4).map(|bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    /// Leaves out bytes, over the ends of pieces.
    pub(super) fn skip(&mut self, mut count: usize) {
        while let Some(rest) = self.rest().filter(|_| count > 0) {
            let step = rest.len().min(count);
            self.at += step;
            count -= step;
        }
    }

    /// Whether the piece read last is used up.
    pub(super) fn at_edge(&self) -> bool {
        self.all.get(self.piece).is_none_or(|piece| self.at >= piece.len())
    }

    /// What is left of the piece; of the next one where it is used up.
    fn rest(&mut self) -> Option<&'a [u8]> {
        loop {
            let rest = self.all.get(self.piece)?.get(self.at..).unwrap_or_default();
            if !rest.is_empty() {
                return Some(rest);
            }
            (self.piece, self.at) = (self.piece + 1, 0);
        }
    }
}
