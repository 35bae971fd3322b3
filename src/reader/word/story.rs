//! A story (the body, a cell, a note, a text box, a header) while it is put together from runs and tables.

use super::numbering::{Counters, Numbering};
use super::style::Style;
use crate::document::{Block, Paragraph, Place, Role, Table, visible_chars};

/// What a finished story becomes.
#[derive(Debug)]
pub(in crate::reader) enum Content {
    /// Paragraphs and tables.
    Flow(Role, Vec<Block>),
    /// The text of a cell or of page furniture, with the tables inside it.
    Lines(String, Vec<Table>),
}

/// A note that is referred to: its kind and its number in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::reader) enum NoteId {
    /// A footnote.
    Footnote(i64),
    /// An endnote.
    Endnote(i64),
}

/// The properties of the run being read.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::reader) struct Run {
    /// What the run itself says about being hidden.
    pub(in crate::reader) hidden: Option<bool>,
    /// What its character style says.
    pub(in crate::reader) style_hidden: bool,
    /// Whether it is raised.
    pub(in crate::reader) superscript: bool,
    /// The symbol font it is set in.
    pub(in crate::reader) symbols: Option<super::symbol::Font>,
}

/// A paragraph while it is read.
#[derive(Debug, Default)]
pub(in crate::reader) struct Draft {
    pub(in crate::reader) text: String,
    pub(in crate::reader) style: Style,
    pub(in crate::reader) style_id: Option<String>,
    pub(in crate::reader) outline: Option<u8>,
    pub(in crate::reader) centred: Option<bool>,
    pub(in crate::reader) number: Option<u32>,
    pub(in crate::reader) level: Option<u32>,
    /// Whether its end mark is deleted or hidden, so that the next paragraph goes on in the same line.
    pub(in crate::reader) runs_on: bool,
    /// Its label, where the file writes it out.
    pub(in crate::reader) printed: String,
    /// The text boxes anchored in it.
    boxes: Vec<Content>,
}

/// A field while it is read.
#[derive(Debug, Default)]
pub(in crate::reader) struct Field {
    /// Whether its result has begun; before that there is only its code.
    pub(in crate::reader) result: bool,
    /// The state of a legacy check box.
    pub(in crate::reader) checked: Option<bool>,
    /// Its code.
    pub(in crate::reader) code: String,
    /// Characters of text, not code, met before the result.
    pub(in crate::reader) swallowed: u64,
}

/// A story while it is read.
#[derive(Debug)]
pub(in crate::reader) struct Story {
    content: Content,
    pub(in crate::reader) paragraph: Option<Draft>,
    carried: Option<Draft>,
    pub(in crate::reader) fields: Vec<Field>,
    pub(in crate::reader) run: Run,
    /// Whether the run that holds this story (a text box) is hidden.
    pub(in crate::reader) hidden: bool,
    /// Whether the story stands in the code of a field.
    pub(in crate::reader) in_code: bool,
    /// Whether it is a cell that a vertical merge covers: nothing of it is shown but text that should not be there.
    pub(in crate::reader) covered: bool,
    /// Notes referred to since the last block.
    pub(in crate::reader) notes: Vec<NoteId>,
}

/// What a story needs to print labels.
pub(in crate::reader) struct Labels<'a> {
    pub(in crate::reader) numbering: &'a Numbering,
    pub(in crate::reader) counters: &'a mut Counters,
    /// Visible characters of labels that became part of a text.
    pub(in crate::reader) merged: &'a mut u64,
}

impl Story {
    pub(in crate::reader) fn flow(role: Role) -> Self {
        Self::new(Content::Flow(role, Vec::new()))
    }

    pub(in crate::reader) fn lines() -> Self {
        Self::new(Content::Lines(String::new(), Vec::new()))
    }

    fn new(content: Content) -> Self {
        Self {
            content,
            paragraph: None,
            carried: None,
            fields: Vec::new(),
            run: Run::default(),
            hidden: false,
            in_code: false,
            covered: false,
            notes: Vec::new(),
        }
    }

    /// A story of the kind a text box in this one becomes.
    pub(in crate::reader) fn text_box(&self) -> Self {
        match self.content {
            Content::Flow(..) => Self::flow(Role::TextBox),
            Content::Lines(..) => Self::lines(),
        }
    }

    /// Begins a paragraph, which goes on in the line of one whose mark is gone.
    pub(in crate::reader) fn begin_paragraph(&mut self, style: Style) {
        let carried = self.carried.take().unwrap_or_default();
        let Draft { text, boxes, .. } = carried;
        self.paragraph = Some(Draft { text, style, boxes, ..Draft::default() });
    }

    /// The paragraph that text goes to now.
    pub(in crate::reader) fn draft(&mut self, style: Style) -> &mut Draft {
        if self.paragraph.is_none() {
            self.begin_paragraph(style);
        }
        self.paragraph.get_or_insert_default()
    }

    /// Ends the paragraph, if one is open.
    pub(in crate::reader) fn end_paragraph(&mut self, labels: &mut Labels<'_>) {
        let Some(draft) = self.paragraph.take() else { return };
        if draft.runs_on {
            self.carried = Some(draft);
        } else {
            self.place(draft, labels);
        }
    }

    /// Ends the paragraph and whatever waits for a next one.
    pub(in crate::reader) fn settle(&mut self, labels: &mut Labels<'_>) {
        self.end_paragraph(labels);
        if let Some(draft) = self.carried.take() {
            self.place(draft, labels);
        }
    }

    /// Takes a finished table.
    pub(in crate::reader) fn table(&mut self, table: Table) {
        match &mut self.content {
            Content::Flow(_, blocks) => blocks.push(Block::Table(table)),
            Content::Lines(_, nested) => nested.push(table),
        }
    }

    /// Takes blocks that follow the last one: notes.
    pub(in crate::reader) fn append(&mut self, more: &[Block]) {
        if let Content::Flow(_, blocks) = &mut self.content {
            blocks.extend_from_slice(more);
        }
    }

    /// The finished story. Settle it first.
    pub(in crate::reader) fn finish(self) -> Content {
        self.content
    }

    /// Takes a finished text box, which stands after the paragraph it is anchored in.
    pub(in crate::reader) fn anchor(&mut self, content: Content, style: Style) {
        let empty = match &content {
            Content::Flow(_, blocks) => blocks.is_empty(),
            Content::Lines(text, nested) => text.is_empty() && nested.is_empty(),
        };
        if !empty {
            self.draft(style).boxes.push(content);
        }
    }

    fn place(&mut self, draft: Draft, labels: &mut Labels<'_>) {
        let empty = draft.text.trim().is_empty();
        let label = if self.covered && empty { String::new() } else { draft.label(labels) };
        let text = draft.text.trim_matches('\n');
        match &mut self.content {
            Content::Flow(role, blocks) => {
                if !empty || !label.is_empty() {
                    let outline = draft.outline.or(draft.style.outline);
                    blocks.push(Block::Paragraph(Paragraph {
                        label,
                        text: if text.len() == draft.text.len() { draft.text } else { text.to_owned() },
                        outline: outline.filter(|level| *level < 9).map(|level| level + 1),
                        centred: draft.centred.or(draft.style.centred).unwrap_or(false),
                        role: *role,
                        place: Place::default(),
                    }));
                }
            }
            Content::Lines(lines, _) => {
                *labels.merged += visible_chars(&label);
                push_line(lines, &label, text);
            }
        }
        for content in draft.boxes {
            self.take(content);
        }
    }

    fn take(&mut self, content: Content) {
        match (&mut self.content, content) {
            (Content::Flow(_, blocks), Content::Flow(_, more)) => blocks.extend(more),
            (Content::Lines(lines, nested), Content::Lines(text, more)) => {
                push_line(lines, "", &text);
                nested.extend(more);
            }
            (Content::Flow(role, blocks), Content::Lines(text, more)) => {
                blocks.push(Block::Paragraph(Paragraph { role: *role, ..Paragraph::plain(text) }));
                blocks.extend(more.into_iter().map(Block::Table));
            }
            (Content::Lines(lines, nested), Content::Flow(_, more)) => {
                for block in more {
                    match block {
                        Block::Paragraph(paragraph) => push_line(lines, &paragraph.label, &paragraph.text),
                        Block::Table(table) => nested.push(table),
                    }
                }
            }
        }
    }
}

impl Content {
    /// All text, one line for each paragraph and each cell.
    pub(in crate::reader) fn into_text(self) -> String {
        match self {
            Content::Lines(mut text, nested) => {
                let cells = nested.into_iter().flat_map(|table| table.cells);
                let mut rest: Vec<_> = cells.rev().collect();
                while let Some(cell) = rest.pop() {
                    if !cell.text.is_empty() {
                        text.push_str(if text.is_empty() { "" } else { "\n" });
                        text.push_str(&cell.text);
                    }
                    rest.extend(cell.nested.into_iter().flat_map(|table| table.cells).rev());
                }
                text
            }
            Content::Flow(..) => String::new(),
        }
    }
}

impl Draft {
    fn label(&self, labels: &mut Labels<'_>) -> String {
        if !self.printed.is_empty() {
            return self.printed.clone();
        }
        let number = self.number.or(self.style.number).filter(|number| *number > 0);
        let Some(number) = number else { return String::new() };
        // A list that comes with the style says itself which of its levels the style stands for.
        let of_style = self.style_id.as_deref().filter(|_| self.number.is_none());
        let linked = of_style.and_then(|style| labels.numbering.level_of_style(number, style));
        let level = self.level.or(linked).or(self.style.level);
        labels.numbering.label(labels.counters, number, level.unwrap_or(0))
    }
}

fn push_line(lines: &mut String, label: &str, text: &str) {
    let blank = label.is_empty() && text.is_empty();
    if !lines.is_empty() && !blank {
        lines.push('\n');
    }
    lines.push_str(label);
    lines.push_str(text);
}
