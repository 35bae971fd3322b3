//! What the walk through the parts of a document counts.

use crate::document::Warning;
use crate::reader::{Limits, ReadError};

/// The most paragraphs that are read: some twenty thousand pages, and less than 300 MB in memory.
const MAX_PARAGRAPHS: usize = 1_000_000;

/// What was met on the way.
#[derive(Debug, Default, Clone, Copy)]
pub(in crate::reader) struct Counts {
    /// Visible characters shown.
    pub(in crate::reader) visible: u64,
    /// Characters left out as deleted.
    pub(in crate::reader) deleted: u64,
    /// Characters left out as hidden.
    pub(in crate::reader) hidden: u64,
    /// Table rows left out as deleted.
    pub(in crate::reader) deleted_rows: u64,
    /// Cells whose spans had to be mended.
    pub(in crate::reader) repaired: u64,
    /// Objects whose content was not read.
    pub(in crate::reader) objects: u64,
    /// Tables nested too deeply to be kept as tables.
    pub(in crate::reader) flattened: u64,
    /// Fields that never end.
    pub(in crate::reader) open_fields: u64,
    /// Characters that are no text.
    pub(in crate::reader) undecodable: u64,
    /// Table cells, empty positions included.
    pub(in crate::reader) cells: usize,
    /// Paragraphs, empty ones included.
    pub(in crate::reader) paragraphs: usize,
}

impl Counts {
    /// Adds what another part had.
    pub(in crate::reader) fn add(&mut self, other: &Counts) {
        self.visible += other.visible;
        self.deleted += other.deleted;
        self.hidden += other.hidden;
        self.deleted_rows += other.deleted_rows;
        self.repaired += other.repaired;
        self.objects += other.objects;
        self.flattened += other.flattened;
        self.open_fields += other.open_fields;
        self.undecodable += other.undecodable;
        self.cells += other.cells;
        self.paragraphs += other.paragraphs;
    }

    /// The counts that a reader of the result should know of.
    pub(in crate::reader) fn warnings(&self, limits: &Limits, warnings: &mut Vec<Warning>) {
        let counted = [
            (self.deleted, Warning::DeletedText(self.deleted)),
            (self.hidden, Warning::HiddenText(self.hidden)),
            (self.deleted_rows, Warning::DeletedRows(self.deleted_rows)),
            (self.repaired, Warning::SpansRepaired(self.repaired)),
            (self.objects, Warning::ObjectNotRead(self.objects)),
            (self.undecodable, Warning::UndecodableText(self.undecodable)),
        ];
        warnings.extend(counted.into_iter().filter(|(n, _)| *n > 0).map(|(_, warning)| warning));
        if self.flattened > 0 {
            warnings.push(Warning::LimitReached("levels of nested tables".into(), limits.depth as u64));
        }
        if self.open_fields > 0 {
            warnings.push(Warning::PartUnreadable("a field without its end".to_owned()));
        }
    }

    /// Counts a paragraph.
    pub(in crate::reader) fn paragraph(&mut self) -> Result<(), ReadError> {
        self.paragraphs += 1;
        if self.paragraphs > MAX_PARAGRAPHS {
            let what = "the number of paragraphs".to_owned();
            return Err(ReadError::TooLarge { what, limit: MAX_PARAGRAPHS as u64 });
        }
        Ok(())
    }

    /// Counts the grid positions of a table.
    pub(in crate::reader) fn cells(&mut self, positions: usize, limit: usize) -> Result<(), ReadError> {
        self.cells = self.cells.saturating_add(positions);
        if self.cells > limit {
            let what = "the number of table cells".to_owned();
            return Err(ReadError::TooLarge { what, limit: limit as u64 });
        }
        Ok(())
    }
}
