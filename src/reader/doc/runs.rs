//! Formatted disk pages: the properties of stretches of the stream, in pages of 512 bytes.
//! Source: [MS-DOC] 2.8.5, 2.8.6, 2.9.33 and 2.9.175.

use super::bytes::{byte, slice, word};
use std::collections::BTreeSet;

const PAGE: usize = 512;
/// Bytes of a paragraph's entry in a page: where its properties lie, and its height.
const PARAGRAPH_ENTRY: usize = 13;

/// Stretches of the stream with their properties.
pub(super) struct Runs<'a> {
    list: Vec<Run<'a>>,
}

/// One stretch.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run<'a> {
    pub(super) start: u32,
    pub(super) end: u32,
    /// Its properties; for a paragraph with the number of its style in front.
    pub(super) properties: &'a [u8],
}

/// Whether runs are those of paragraphs or of characters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Paragraphs,
    Characters,
}

impl<'a> Runs<'a> {
    /// Reads the pages that `table` lists.
    pub(super) fn read(table: &[u8], stream: &'a [u8], kind: Kind) -> Self {
        let count = table.len().saturating_sub(4) / 8;
        let mut seen = BTreeSet::new();
        let mut list = Vec::new();
        for index in 0..count {
            let number = word(table, 4 * (count + 1) + 4 * index).unwrap_or(0) & 0x003f_ffff;
            // A page that is listed again would give the same runs again.
            if !seen.insert(number) {
                continue;
            }
            if let Some(page) = slice(stream, number as usize * PAGE, PAGE) {
                read_page(page, kind, &mut list);
            }
        }
        list.sort_by_key(|run| (run.start, run.end));
        Self { list }
    }

    /// The run that holds a place, or the place where the next one begins.
    pub(super) fn find(&self, place: u32) -> Result<Run<'a>, u32> {
        let index = self.list.partition_point(|run| run.start <= place);
        let next = self.list.get(index).map_or(u32::MAX, |run| run.start);
        let before = index.checked_sub(1).and_then(|before| self.list.get(before));
        match before.filter(|run| place < run.end) {
            Some(run) => Ok(Run { end: run.end.min(next), ..*run }),
            None => Err(next),
        }
    }
}

fn read_page<'a>(page: &'a [u8], kind: Kind, list: &mut Vec<Run<'a>>) {
    let count = usize::from(page[PAGE - 1]);
    let entries = 4 * (count + 1);
    for index in 0..count {
        let (Some(start), Some(end)) = (word(page, 4 * index), word(page, 4 * index + 4)) else { return };
        let properties = match kind {
            Kind::Paragraphs => paragraph(page, entries + PARAGRAPH_ENTRY * index),
            Kind::Characters => character(page, entries + index),
        };
        if start < end {
            list.push(Run { start, end, properties: properties.unwrap_or_default() });
        }
    }
}

fn paragraph(page: &[u8], entry: usize) -> Option<&[u8]> {
    let at = 2 * usize::from(byte(page, entry)?);
    match byte(page, at).filter(|_| at > 0)? {
        0 => slice(page, at + 2, 2 * usize::from(byte(page, at + 1)?)),
        halves => slice(page, at + 1, 2 * usize::from(halves) - 1),
    }
}

fn character(page: &[u8], entry: usize) -> Option<&[u8]> {
    let at = 2 * usize::from(byte(page, entry)?);
    slice(page, at + 1, usize::from(byte(page, at).filter(|_| at > 0)?))
}
