//! The texts that rows repeat: each stands once in the table of shared strings, and cells name it by its number.
//!
//! A text is shared once it comes a second time within a few rows, and stands in its cell until then. So neither we nor
//! who opens the workbook must hold all texts of a run, and the few that make up most cells cost a number each.

use super::entry::{Complete, Entry};
use super::text::push_text;
use std::io;
use std::path::Path;

/// The table's file in the package.
pub(super) const NAME: &str = "xl/sharedStrings.xml";
/// Bytes of the table, after which texts stay in their cells.
const TABLE_BYTES: u64 = 1 << 28;
/// Texts of a column that are remembered.
const SLOTS: usize = 16;
/// Bytes of the longest text that is remembered.
const LONGEST: usize = 4096;

/// The table of shared strings.
pub(super) struct Strings {
    entry: Entry,
    count: u32,
}

/// The texts that one column held lately.
#[derive(Default)]
pub(super) struct Recent {
    slots: [Slot; SLOTS],
}

#[derive(Default)]
struct Slot {
    text: Vec<u8>,
    /// A cell that names it, where it is shared; empty where it is not.
    cell: Vec<u8>,
}

impl Strings {
    pub(super) fn begin(folder: &Path) -> io::Result<Self> {
        let mut entry = Entry::begin(folder, NAME)?;
        entry.text.extend(super::package::DECLARATION.as_bytes());
        entry.text.extend(b"<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">");
        Ok(Self { entry, count: 0 })
    }

    /// The rest of a cell with a text that its column held lately; `None` for one that is to stand in its cell.
    pub(super) fn shared<'a>(&mut self, recent: &'a mut Recent, text: &[u8]) -> io::Result<Option<&'a [u8]>> {
        if text.len() > LONGEST {
            return Ok(None);
        }
        let slot = &mut recent.slots[place(text)];
        if slot.text != text {
            slot.text.clear();
            slot.text.extend(text);
            slot.cell.clear();
            return Ok(None);
        }
        if slot.cell.is_empty() && self.entry.bytes() < TABLE_BYTES {
            let number = self.add(text)?;
            slot.cell.extend(format!(" t=\"s\"><v>{number}</v></c>").as_bytes());
        }
        Ok(Some(slot.cell.as_slice()).filter(|cell| !cell.is_empty()))
    }

    pub(super) fn finish(mut self) -> io::Result<Complete> {
        self.entry.text.extend(b"</sst>");
        self.entry.finish()
    }

    fn add(&mut self, text: &[u8]) -> io::Result<u32> {
        self.entry.text.extend(b"<si>");
        push_text(&mut self.entry.text, text);
        self.entry.text.extend(b"</si>");
        self.entry.pass_on()?;
        self.count += 1;
        Ok(self.count - 1)
    }
}

/// Where a text is remembered, by its length and its ends.
fn place(text: &[u8]) -> usize {
    let sum =
        |bytes: &[u8]| bytes.iter().fold(0_usize, |sum, byte| sum.wrapping_mul(31) + usize::from(*byte));
    let end = &text[text.len().saturating_sub(8)..];
    (sum(&text[..text.len().min(8)]) ^ sum(end).rotate_left(3) ^ text.len()) % SLOTS
}
