//! The file information block: which version wrote the file, how long its texts are, where its tables lie.
//! Source: [MS-DOC] 2.5.

use super::bytes::{half, slice, word};
use super::damaged;
use crate::reader::ReadError;

/// The first version that is read: Word 97.
const WORD_97: u16 = 0x00c0;
/// Where the pairs of place and length begin, and how many of them are looked at.
const PAIRS: usize = 154;
/// The text of macros, which no file has and whose length is to be ignored.
const MACROS: usize = 3;

/// A structure in the table stream, by its number among the pairs of place and length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Styles = 1,
    FootnoteReferences = 2,
    FootnoteTexts = 3,
    Sections = 6,
    Headers = 11,
    CharacterRuns = 12,
    ParagraphRuns = 13,
    Fonts = 15,
    Pieces = 33,
    Anchors = 40,
    HeaderAnchors = 41,
    EndnoteReferences = 46,
    EndnoteTexts = 47,
    Drawings = 50,
    TextBoxes = 56,
    HeaderTextBoxes = 58,
    Lists = 73,
    ListOverrides = 74,
}

/// The texts of a document, in the order in which they follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Story {
    Main,
    Footnotes,
    Headers,
    Endnotes,
    TextBoxes,
    HeaderTextBoxes,
}

/// What the block says.
#[derive(Debug)]
pub(super) struct Fib<'a> {
    stream: &'a [u8],
    /// The name of the table stream.
    pub(super) table: &'static str,
}

impl<'a> Fib<'a> {
    /// Reads the block at the beginning of the `WordDocument` stream.
    pub(super) fn read(stream: &'a [u8]) -> Result<Self, ReadError> {
        let missing = || damaged("WordDocument", stream.len(), "a file information block");
        let version = half(stream, 2).ok_or_else(missing)?;
        if version < WORD_97 {
            let version = if version < 101 { "Word 2" } else { "Word 6 and Word 95" };
            return Err(ReadError::UnsupportedVersion { version, instead: ".docx" });
        }
        let flags = half(stream, 10).ok_or_else(missing)?;
        if flags & 0x0100 != 0 {
            return Err(ReadError::Encrypted { what: "the Word document".to_owned() });
        }
        if stream.len() < PAIRS {
            return Err(missing());
        }
        Ok(Self { stream, table: if flags & 0x0200 == 0 { "0Table" } else { "1Table" } })
    }

    /// The bytes of a structure; empty where the file has none.
    pub(super) fn part<'t>(&self, table: &'t [u8], part: Part) -> Result<&'t [u8], ReadError> {
        match self.place(part) {
            (_, 0) => Ok(&[]),
            (start, length) => slice(table, start, length)
                .ok_or_else(|| damaged(self.table, start, "a table that the file information block names")),
        }
    }

    /// Where a structure begins, and its length.
    pub(super) fn place(&self, part: Part) -> (usize, usize) {
        let at = PAIRS + 8 * part as usize;
        // An older program's block may end before this pair.
        if usize::from(half(self.stream, 152).unwrap_or(0)) <= part as usize {
            return (0, 0);
        }
        let read = |at: usize| word(self.stream, at).unwrap_or(0) as usize;
        (read(at), read(at + 4))
    }

    /// First and last character position of a text.
    pub(super) fn range(&self, story: Story) -> (usize, usize) {
        let length = |index: usize| word(self.stream, 76 + 4 * index).unwrap_or(0) as usize;
        let index = match story {
            Story::Main => 0,
            Story::Footnotes => 1,
            Story::Headers => 2,
            Story::Endnotes => 5,
            Story::TextBoxes => 6,
            Story::HeaderTextBoxes => 7,
        };
        let start = (0..index).filter(|index| *index != MACROS).map(length).fold(0, usize::saturating_add);
        (start, start.saturating_add(length(index)))
    }
}
