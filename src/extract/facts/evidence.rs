//! What the facts are read from: the front lines of a document, its text, its labelled lines, and its path.

use crate::document::{Block, Blocks, FurnitureKind, Table};
use crate::wording::is_plain;
use regex::Regex;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::LazyLock;

/// Lines looked at for the title.
const FRONT_LINES: usize = 60;
/// Bytes of text that are weighed; the facts of a document stand long before its end.
const TEXT_BYTES: usize = 600_000;
/// A table with more cells than this is no boxed cover.
const COVER_CELLS: usize = 12;

static BOOKMARK: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\[bookmark:[^\]]*\]").ok());

/// One line of the front of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The text without white space.
    pub text: String,
    /// The text as printed, trimmed.
    pub printed: String,
    /// Whether it is centred or marked as a heading, as titles are.
    pub display: bool,
    /// Whether it stands in a table.
    pub in_table: bool,
}

/// Everything the facts are read from.
#[derive(Debug)]
pub struct Evidence<'a> {
    /// The blocks themselves.
    pub blocks: &'a Blocks,
    /// The first lines, down to the first table of figures.
    pub front: Vec<Line>,
    /// Running headers.
    pub headers: Vec<String>,
    /// The file's name without its extension.
    pub file_name: String,
    /// The folders above the file, outermost first; archives count as folders.
    pub folders: Vec<String>,
    /// The whole text, put together only where the front of the document leaves a fact open.
    text: OnceCell<String>,
}

impl<'a> Evidence<'a> {
    /// Gathers the places to look at.
    #[must_use]
    pub fn new(blocks: &'a Blocks, path: &str) -> Self {
        let mut parts: Vec<String> =
            path.split(['/', '\\']).filter(|part| !part.is_empty()).map(plain).collect();
        let file = parts.pop().unwrap_or_default();
        let headers = blocks.furniture.iter().filter(|item| item.kind == FurnitureKind::Header);
        Self {
            blocks,
            front: front(blocks),
            headers: headers
                .map(|item| squash(&item.text).into_owned())
                .filter(|text| !text.is_empty())
                .collect(),
            file_name: file_stem(&file).to_owned(),
            folders: parts,
            text: OnceCell::new(),
        }
    }

    /// The text of paragraphs and cells without white space, one a line, down to a limit.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text.get_or_init(|| text(self.blocks))
    }
}

/// The text without any white space, zero-width marks and bookmark marks.
#[must_use]
pub fn squash(text: &str) -> Cow<'_, str> {
    if is_plain(text) && !text.contains('[') {
        return Cow::Borrowed(text);
    }
    let unmarked = match BOOKMARK.as_ref() {
        // The bracket is found at once, and is rare.
        Some(mark) if text.contains('[') => mark.replace_all(text, ""),
        _ => Cow::Borrowed(text),
    };
    let mut squashed = String::with_capacity(unmarked.len());
    let seen = |c: &char| !c.is_whitespace() && !matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}');
    squashed.extend(unmarked.chars().filter(seen));
    Cow::Owned(squashed)
}

fn plain(part: &str) -> String {
    squash(part.trim_end_matches('!')).into_owned()
}

fn file_stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, extension)) if (1..=5).contains(&extension.len()) && extension.is_ascii() => stem,
        _ => name,
    }
}

fn front(blocks: &Blocks) -> Vec<Line> {
    let mut lines = Vec::new();
    for block in &blocks.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                let display = paragraph.centred || paragraph.outline.is_some_and(|level| level <= 1);
                let text = paragraph.printed();
                lines.extend(text.lines().filter_map(|line| front_line(line, display, false)));
            }
            Block::Table(table) => {
                lines.extend(cover_cells(table).filter_map(|line| front_line(line, true, true)));
                if table.cells.len() > COVER_CELLS {
                    break;
                }
            }
        }
        if lines.len() >= FRONT_LINES {
            break;
        }
    }
    lines.truncate(FRONT_LINES);
    lines
}

/// The cells of a small table, or the cells above the figures of a large one: what could be a title in a box.
fn cover_cells(table: &Table) -> impl Iterator<Item = &str> {
    let small = table.cells.len() <= COVER_CELLS;
    let wide = move |span: usize| small || (table.columns > 1 && span == table.columns);
    let cells = table.cells.iter().take_while(move |cell| small || cell.row < 3);
    cells.filter(move |cell| wide(cell.column_span)).flat_map(|cell| cell.text.lines())
}

fn front_line(line: &str, display: bool, in_table: bool) -> Option<Line> {
    let text = squash(line).into_owned();
    (!text.is_empty()).then(|| Line { text, printed: line.trim().to_owned(), display, in_table })
}

fn text(blocks: &Blocks) -> String {
    let mut text = String::new();
    for block in &blocks.blocks {
        match block {
            Block::Paragraph(paragraph) => push(&mut text, &paragraph.text),
            Block::Table(table) => table.cells.iter().for_each(|cell| push(&mut text, &cell.text)),
        }
        if text.len() > TEXT_BYTES {
            break;
        }
    }
    text
}

fn push(text: &mut String, part: &str) {
    if text.len() <= TEXT_BYTES && !part.is_empty() {
        text.push_str(&squash(part));
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bookmark_marks_and_white_space_are_no_text() {
        assert_eq!(squash("[bookmark: RANGE!A1:AH10]霸州市　教育局 2021"), "霸州市教育局2021");
    }

    #[test]
    fn a_file_name_keeps_its_dots_but_not_its_extension() {
        assert_eq!(file_stem("1.霸州市2021.docx"), "1.霸州市2021");
        assert_eq!(file_stem("2.霸州市教育局"), "2.霸州市教育局");
    }
}
