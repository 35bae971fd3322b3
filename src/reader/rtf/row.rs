//! The definition of a table row: `\trowd` to `\cellx`.

use crate::document::Vertical;
use crate::reader::word::rows::{CellShape, RowShape};

/// The most cells of a row; Word allows 63.
const MAX_CELLS: usize = 1_024;

/// A row while it is defined.
#[derive(Debug, Clone, Default)]
pub(super) struct RowDefinition {
    left: i32,
    rights: Vec<i32>,
    cells: Vec<CellShape>,
    next: CellShape,
}

impl RowDefinition {
    /// The left edge of the row (`\trleft`).
    pub(super) fn left(&mut self, edge: i32) {
        self.left = edge;
    }

    /// What the next cell is in a vertical merge.
    pub(super) fn vertical(&mut self, vertical: Vertical) {
        self.next.vertical = vertical;
    }

    /// The next cell goes on with the one to its left.
    pub(super) fn joins_left(&mut self) {
        self.next.joins_left = true;
    }

    /// Ends a cell at its right edge (`\cellx`).
    pub(super) fn cell(&mut self, right: i32) {
        let shape = std::mem::take(&mut self.next);
        if self.cells.len() < MAX_CELLS {
            self.cells.push(shape);
            self.rights.push(right);
        }
    }

    /// Whether the cell with this number goes on with the one above it.
    pub(super) fn is_covered(&self, cell: usize) -> bool {
        self.cells.get(cell).is_some_and(|cell| cell.vertical == Vertical::Continue)
    }

    /// The finished definition.
    pub(super) fn shape(&self) -> RowShape {
        let mut edges = vec![self.left];
        edges.extend(&self.rights);
        if self.rights.is_empty() {
            edges.clear();
        }
        RowShape { edges, cells: self.cells.clone() }
    }
}
