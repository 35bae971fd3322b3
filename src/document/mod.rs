//! The model of a document: what every reader produces and every later stage reads.
//!
//! A [`Document`] is a body, its page furniture kept apart, and the warnings met on the way. Formats that state
//! their structure give [`Body::Flow`]; formats that only have marks at positions give [`Body::Pages`].

use serde::{Deserialize, Serialize};

mod blocks;
mod figure;
mod format;
mod page;
mod table;
mod warning;

pub use blocks::Blocks;
pub use figure::figure;
pub use format::Format;
pub use page::{Axis, Direction, Page, Ruling, Word};
pub use table::{Cell, CellSpec, Grid, Table, TableBuilder, Vertical};
pub use warning::Warning;

/// A rectangle on a page, in PDF points from the top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Rect {
    /// Left edge.
    pub x0: f32,
    /// Top edge.
    pub y0: f32,
    /// Right edge.
    pub x1: f32,
    /// Bottom edge.
    pub y1: f32,
}

/// Where something stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Place {
    /// Page number from 1, for formats that have pages.
    pub page: Option<u32>,
    /// The box on that page, where known.
    pub bbox: Option<Rect>,
}

/// One document as read, before anything in it is understood.
#[derive(Debug, Clone)]
pub struct Document {
    /// What the bytes are.
    pub format: Format,
    /// Number of pages, for formats that have pages.
    pub pages: Option<u32>,
    /// What the file says about itself; it may lie.
    pub properties: Properties,
    /// The content in reading order.
    pub body: Body,
    /// Headers, footers, page numbers: visible, but no part of the text.
    pub furniture: Vec<Furniture>,
    /// What was left out or looked odd.
    pub warnings: Vec<Warning>,
    /// Visible characters the reader met (white space not counted), counted where the text is first seen and
    /// independently of the body, so that a loss on the way shows in the coverage.
    pub visible: u64,
}

/// The properties a file states about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Properties {
    /// The stated title.
    pub title: Option<String>,
}

/// The content of a document.
#[derive(Debug, Clone)]
pub enum Body {
    /// Paragraphs and tables in reading order.
    Flow(Vec<Block>),
    /// Marks at positions, page by page.
    Pages(Vec<Page>),
}

/// A paragraph or a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Running text, a heading, a caption, a note.
    Paragraph(Paragraph),
    /// A table with its spans resolved.
    Table(Table),
}

/// What a paragraph is, as far as the format states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// Body text, or a heading that only its outline level or wording shows.
    #[default]
    Body,
    /// The text of a footnote or an endnote, placed after the block that refers to it.
    Note,
    /// The text of a text box, placed after the paragraph it is anchored in.
    TextBox,
}

/// One paragraph.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paragraph {
    /// The automatic numbering text (`一、`, `（一）`), which is no part of `text`; empty where there is none.
    pub label: String,
    /// The text, `\n` for a line break and `\t` for a tab inside the paragraph.
    pub text: String,
    /// Outline level from 1 for formats that state one (Heading 1 is 1).
    pub outline: Option<u8>,
    /// Whether the paragraph is centred, as titles are.
    pub centred: bool,
    /// What the format says it is.
    pub role: Role,
    /// Where it stands.
    pub place: Place,
}

impl Paragraph {
    /// A body paragraph with this text and nothing else.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// The text as a reader sees it: the automatic numbering, then the text.
    #[must_use]
    pub fn printed(&self) -> String {
        if self.label.is_empty() { self.text.clone() } else { format!("{}{}", self.label, self.text) }
    }
}

/// Which kind of page furniture a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FurnitureKind {
    /// A running header.
    Header,
    /// A running footer, page numbers included.
    Footer,
    /// A text laid across the page.
    Watermark,
}

/// Visible text that is no part of the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Furniture {
    /// Which kind it is.
    pub kind: FurnitureKind,
    /// Its text.
    pub text: String,
}

/// Visible characters of a text: everything but white space and zero-width marks.
#[must_use]
pub fn visible_chars(text: &str) -> u64 {
    let visible =
        |c: &char| !c.is_whitespace() && !matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}');
    text.chars().filter(visible).count() as u64
}

impl Block {
    /// Visible characters held by the block, nested tables included, automatic numbering not.
    #[must_use]
    pub fn visible(&self) -> u64 {
        match self {
            Block::Paragraph(paragraph) => visible_chars(&paragraph.text),
            Block::Table(table) => table.visible(),
        }
    }
}
