//! Footnotes and endnotes, read before the body refers to them.

use super::story::{Content, NoteId};
use crate::document::Block;
use std::collections::BTreeMap;

/// All notes of a document.
#[derive(Debug, Default)]
pub(super) struct Notes {
    by_id: BTreeMap<NoteId, Note>,
}

/// One note.
#[derive(Debug)]
pub(super) struct Note {
    pub(super) blocks: Vec<Block>,
    /// Its visible characters.
    pub(super) visible: u64,
}

impl Notes {
    pub(super) fn get(&self, id: NoteId) -> Option<&Note> {
        self.by_id.get(&id)
    }

    /// Adds the notes of one part.
    pub(super) fn add(&mut self, notes: Vec<(NoteId, Content, u64)>) {
        for (id, content, visible) in notes {
            if let Content::Flow(_, blocks) = content {
                self.by_id.insert(id, Note { blocks, visible });
            }
        }
    }
}
