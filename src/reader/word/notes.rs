//! Footnotes and endnotes, read before the body refers to them.

use super::story::{Content, NoteId};
use crate::document::Block;
use std::collections::BTreeMap;

/// All notes of a document.
#[derive(Debug, Default)]
pub(in crate::reader) struct Notes {
    by_id: BTreeMap<NoteId, Note>,
}

/// One note.
#[derive(Debug)]
pub(in crate::reader) struct Note {
    pub(in crate::reader) blocks: Vec<Block>,
    /// Its visible characters.
    pub(in crate::reader) visible: u64,
}

impl Notes {
    pub(in crate::reader) fn get(&self, id: NoteId) -> Option<&Note> {
        self.by_id.get(&id)
    }

    /// Adds the notes of one part.
    pub(in crate::reader) fn add(&mut self, notes: Vec<(NoteId, Content, u64)>) {
        for (id, content, visible) in notes {
            if let Content::Flow(_, blocks) = content {
                self.by_id.insert(id, Note { blocks, visible });
            }
        }
    }
}
