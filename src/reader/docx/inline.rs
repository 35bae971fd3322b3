//! What Word 2003 XML states inside the body: notes, headers and footers, tracked changes and comments.

use super::shown::Fate;
use super::story::{NoteId, Story};
use super::tag::Tag;
use super::value::Values;
use super::walk::{Close, Walk};
use crate::document::{Furniture, FurnitureKind, Role, visible_chars};

impl Walk<'_> {
    /// A tracked change or a comment; `None` where its content is not shown.
    pub(super) fn start_annotation(&mut self, parent: Tag, values: &Values<'_, '_, '_>) -> Option<Close> {
        match values.annotation("type").as_deref() {
            Some("Word.Deletion") => Some(self.start_deletion(parent)),
            Some("Word.Comment" | "Word.Formatting" | "Word.Numbering") => None,
            _ => Some(Close::Nothing),
        }
    }

    pub(super) fn start_inline_note(&mut self, tag: Tag) -> Close {
        self.inline_count += 1;
        let id = if tag == Tag::Footnote { NoteId::Footnote } else { NoteId::Endnote }(self.inline_count);
        self.start_inline(Story::flow(Role::Note));
        Close::InlineNote(id)
    }

    pub(super) fn end_inline_note(&mut self, id: NoteId) {
        let content = self.close_story();
        self.inline_notes.add(vec![(id, content, 0)]);
        self.story().notes.push(id);
    }

    pub(super) fn start_inline_furniture(&mut self, tag: Tag) -> Close {
        self.start_inline(Story::lines());
        Close::InlineFurniture(tag)
    }

    pub(super) fn end_inline_furniture(&mut self, tag: Tag) {
        let kind = if tag == Tag::Header { FurnitureKind::Header } else { FurnitureKind::Footer };
        let item = Furniture { kind, text: self.close_story().into_text() };
        let visible = visible_chars(&item.text);
        // Each section has its own copy of a header that it shares with the one before.
        if self.pages.contains(&item) {
            self.counts.visible -= visible;
        } else if visible > 0 {
            self.pages.push(item);
        }
    }

    fn start_inline(&mut self, mut story: Story) {
        let fate = self.fate();
        story.hidden = fate == Fate::Hidden;
        story.in_code = fate == Fate::Code;
        self.stories.push(story);
    }
}
