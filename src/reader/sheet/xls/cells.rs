//! The records of one sheet → its cells, merged ranges and hidden parts.

use super::record::{Pieces, Record, Records, id};
use super::text::{Count, Script, string};
use crate::document::Warning;
use crate::reader::ReadError;
use crate::reader::sheet::book::{Book, CellBudget, Range, Sheet, SheetCell};
use crate::reader::sheet::number;
use crate::reader::sheet::style::Styles;

/// Kinds of drawn objects that hold no content: lists to choose from and notes, which are not printed.
const QUIET_OBJECTS: [u16; 2] = [0x14, 0x19];
/// Errors by their codes ([MS-XLS] 2.5.10).
const ERRORS: &[(u8, &str)] = &[
    (0x00, "#NULL!"),
    (0x07, "#DIV/0!"),
    (0x0f, "#VALUE!"),
    (0x17, "#REF!"),
    (0x1d, "#NAME?"),
    (0x24, "#NUM!"),
    (0x2a, "#N/A"),
];

/// What the cells of all sheets refer to.
pub(super) struct Context<'a> {
    pub(super) strings: &'a [String],
    pub(super) styles: &'a Styles,
    pub(super) script: Script,
    pub(super) epoch_1904: bool,
}

/// A sheet while its records are read.
pub(super) struct Walk<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) sheet: &'a mut Sheet,
    pub(super) book: &'a mut Book,
    pub(super) budget: &'a mut CellBudget,
}

/// Row, column and style, with which every cell begins.
#[derive(Clone, Copy)]
struct Place {
    row: u32,
    column: u32,
    style: u16,
}

impl Walk<'_> {
    /// Reads the records from the sheet's beginning up to its end; charts inside it are passed over.
    pub(super) fn read(mut self, records: &mut Records<'_>) -> Result<(), ReadError> {
        let mut depth = 0_usize;
        // The formula whose text comes in a record of its own.
        let mut waiting: Option<Place> = None;
        while let Some(record) = records.next()? {
            match record.id {
                id::BEGIN => depth += 1,
                id::EOF if depth <= 1 => return Ok(()),
                id::EOF => depth -= 1,
                _ if depth != 1 => {}
                id::RESULT => {
                    let text = string(&mut records.whole(record)?, self.context.script, Count::Half);
                    if let (Some(place), Some(text)) = (waiting.take(), text) {
                        self.text(place, &text)?;
                    }
                }
                id::FORMULA => waiting = self.formula(record.data)?,
                _ => self.record(record)?,
            }
        }
        // The stream ends before the sheet does.
        self.book.warnings.push(Warning::PartUnreadable(format!("the end of the sheet {}", self.sheet.name)));
        Ok(())
    }

    fn record(&mut self, record: Record<'_>) -> Result<(), ReadError> {
        let data = record.data;
        match record.id {
            id::SHARED_LABEL => self.shared(data),
            id::LABEL | id::RICH_LABEL => self.label(data),
            id::NUMBER => match (place(data), word(data, 6)) {
                (Some(place), Some(packed)) => self.number(place, unpacked(packed)),
                _ => Ok(()),
            },
            id::DOUBLE => match (place(data), double(data, 6)) {
                (Some(place), Some(value)) => self.number(place, value),
                _ => Ok(()),
            },
            id::NUMBERS => self.run(data, 6, |walk, place, bytes| {
                word(bytes, 2).map_or(Ok(()), |packed| walk.number(place, unpacked(packed)))
            }),
            id::BLANK => place(data).map_or(Ok(()), |place| self.text(place, "")),
            id::BLANKS => self.run(data, 2, |walk, place, _| walk.text(place, "")),
            id::TRUTH => match (place(data), data.get(6..8)) {
                (Some(place), Some(value)) => self.truth(place, value[0], value[1] != 0),
                _ => Ok(()),
            },
            id::MERGES => self.merges(data),
            _ => {
                self.layout(record);
                Ok(())
            }
        }
    }

    /// Hidden rows and columns, and objects.
    fn layout(&mut self, record: Record<'_>) {
        let data = record.data;
        match record.id {
            id::ROW => {
                if let (Some(row), Some(flags)) = (half(data, 0), half(data, 12))
                    && flags & 0x20 != 0
                {
                    self.sheet.hidden_rows.push((u32::from(row), u32::from(row)));
                }
            }
            id::COLUMNS => {
                if let (Some(first), Some(last), Some(width), Some(flags)) =
                    (half(data, 0), half(data, 2), half(data, 4), half(data, 8))
                    && (flags & 1 != 0 || width == 0)
                {
                    self.sheet.hidden_columns.push((u32::from(first), u32::from(last)));
                }
            }
            id::OBJECT => {
                let kind = half(data, 4);
                self.book.objects += u64::from(kind.is_some_and(|kind| !QUIET_OBJECTS.contains(&kind)));
            }
            _ => {}
        }
    }

    fn merges(&mut self, data: &[u8]) -> Result<(), ReadError> {
        for bytes in data.get(2..).unwrap_or_default().chunks_exact(8) {
            let at = |at: usize| u32::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
            self.sheet.merge(Range { row: at(0), last_row: at(2), column: at(4), last_column: at(6) })?;
        }
        Ok(())
    }

    /// Several cells of one row in one record, each of `width` bytes that begin with its style.
    fn run(
        &mut self,
        data: &[u8],
        width: usize,
        mut cell: impl FnMut(&mut Self, Place, &[u8]) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let (Some(row), Some(first)) = (half(data, 0), half(data, 2)) else { return Ok(()) };
        let cells = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
        for (column, bytes) in (u32::from(first)..).zip(cells.chunks_exact(width)) {
            let style = u16::from_le_bytes([bytes[0], bytes[1]]);
            cell(self, Place { row: u32::from(row), column, style }, bytes)?;
        }
        Ok(())
    }

    fn shared(&mut self, data: &[u8]) -> Result<(), ReadError> {
        let (Some(place), Some(index)) = (place(data), word(data, 6)) else { return Ok(()) };
        let context = self.context;
        if let Some(text) = context.strings.get(index as usize) {
            return self.text(place, text);
        }
        self.book.lost_string();
        Ok(())
    }

    fn label(&mut self, data: &[u8]) -> Result<(), ReadError> {
        let Some(place) = place(data) else { return Ok(()) };
        let mut pieces = Pieces::one(data.get(6..).unwrap_or_default());
        if let Some(text) = string(&mut pieces, self.context.script, Count::Half) {
            return self.text(place, &text);
        }
        self.book.lost_string();
        Ok(())
    }

    /// A formula with its result; `Some` where that is a text, which follows.
    fn formula(&mut self, data: &[u8]) -> Result<Option<Place>, ReadError> {
        let (Some(place), Some(result)) = (place(data), data.get(6..14)) else { return Ok(None) };
        if result[6..] != [0xff, 0xff] {
            self.number(place, double(data, 6).unwrap_or_default())?;
            return Ok(None);
        }
        match result[0] {
            0 => return Ok(Some(place)),
            1 => self.truth(place, result[2], false)?,
            2 => self.truth(place, result[2], true)?,
            _ => self.text(place, "")?,
        }
        Ok(None)
    }

    fn truth(&mut self, place: Place, value: u8, is_error: bool) -> Result<(), ReadError> {
        let error = ERRORS.iter().find(|(code, _)| *code == value).map_or("#N/A", |(_, name)| *name);
        self.put(
            place,
            if is_error {
                error
            } else if value == 0 {
                "FALSE"
            } else {
                "TRUE"
            }
            .to_owned(),
        )
    }

    fn number(&mut self, place: Place, value: f64) -> Result<(), ReadError> {
        let style = self.context.styles.get(usize::from(place.style));
        self.put(place, number::show(value, &style.code, self.context.epoch_1904))
    }

    fn text(&mut self, place: Place, text: &str) -> Result<(), ReadError> {
        let style = self.context.styles.get(usize::from(place.style));
        self.put(place, if text.is_empty() { String::new() } else { number::show_text(text, &style.code) })
    }

    fn put(&mut self, place: Place, text: String) -> Result<(), ReadError> {
        let look = self.context.styles.get(usize::from(place.style)).look;
        self.sheet.put(SheetCell { row: place.row, column: place.column, text, look }, self.budget)
    }
}

fn place(data: &[u8]) -> Option<Place> {
    let (row, column, style) = (half(data, 0)?, half(data, 2)?, half(data, 4)?);
    Some(Place { row: u32::from(row), column: u32::from(column), style })
}

fn half(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at + 2).map(|bytes| u16::from_le_bytes([bytes[0], bytes[1]]))
}

fn word(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}

fn double(data: &[u8], at: usize) -> Option<f64> {
    data.get(at..)?.first_chunk().map(|bytes| f64::from_le_bytes(*bytes))
}

/// A number in four bytes: an integer or the upper part of a double, perhaps in hundredths ([MS-XLS] 2.5.122).
fn unpacked(packed: u32) -> f64 {
    let value = if packed & 2 != 0 {
        f64::from(packed.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(packed & !3) << 32)
    };
    if packed & 1 != 0 { value / 100.0 } else { value }
}

#[cfg(test)]
mod tests {
    use super::unpacked;
    use crate::reader::sheet::number::general;

    #[test]
    fn packed_numbers_are_integers_or_doubles_perhaps_in_hundredths() {
        for (packed, shown) in [
            (5 << 2 | 2, "5"),
            (12_345 << 2 | 3, "123.45"),
            ((-7_i32 << 2 | 2).cast_unsigned(), "-7"),
            (0x3ff8_0000, "1.5"),
            (0x40c8_1c81, "123.45"),
        ] {
            assert_eq!(general(unpacked(packed)), shown, "{packed:#x}");
        }
    }
}
