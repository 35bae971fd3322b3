//! The properties of a table row: where its cells end, and how they are merged. Source: [MS-DOC] 2.9.318 and 2.9.317.

use super::bytes::{byte, half, slice};
use super::sprm::{self, Sprm};
use crate::document::Vertical;
use crate::reader::word::rows::{CellShape, RowShape};

/// Bytes of a cell's entry in a row definition.
const CELL: usize = 20;
/// The most cells of a row; Word allows 63.
const MAX_CELLS: usize = 64;

/// A row as its end mark defines it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RowDefinition {
    /// The left edge of the first cell, then each cell's right edge, in twentieths of a point.
    edges: Vec<i32>,
    cells: Vec<CellDefinition>,
}

/// How a cell is merged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct CellDefinition {
    horizontal: u8,
    vertical: Vertical,
}

impl RowDefinition {
    /// Reads the changes of a row's end mark.
    pub(super) fn read(changes: &[u8], data: &[u8]) -> Self {
        let mut row = Self::default();
        sprm::visit(changes, data, &mut |sprm| row.apply(sprm));
        row
    }

    /// What it says about merges.
    ///
    /// Programs disagree on which of the marks 1 and 2 begins a horizontal merge; the one that comes first does.
    pub(super) fn shape(self) -> RowShape {
        let mut first = 0;
        let mut cells = Vec::with_capacity(self.cells.len());
        for CellDefinition { horizontal, vertical } in self.cells {
            let joins_left = first != 0 && ![0, 3, first].contains(&horizontal);
            if !joins_left {
                first = horizontal;
            }
            cells.push(CellShape { vertical, joins_left });
        }
        RowShape { edges: self.edges, cells }
    }

    fn apply(&mut self, sprm: Sprm<'_>) {
        let first = usize::from(sprm.byte());
        let end = byte(sprm.operand, 1).map_or(0, usize::from);
        match sprm.code {
            sprm::DEFINE_TABLE => {
                if let Some(row) = define(sprm.operand) {
                    *self = row;
                }
            }
            sprm::VERTICAL_MERGE => {
                if let Some(cell) = self.cells.get_mut(first) {
                    cell.vertical = vertical(u16::try_from(end).unwrap_or(0));
                }
            }
            sprm::MERGE | sprm::SPLIT => {
                for (index, cell) in self.cells.iter_mut().enumerate().take(end).skip(first) {
                    cell.horizontal = match sprm.code {
                        sprm::SPLIT => 0,
                        _ if index == first => 3,
                        _ => 1,
                    };
                }
            }
            sprm::DELETE_CELLS if first < end && end <= self.cells.len() => {
                let width = self.edges[end] - self.edges[first];
                self.cells.drain(first..end);
                self.edges.drain(first + 1..=end);
                self.shift(first + 1, -width);
            }
            sprm::INSERT_CELLS => self.insert(first, end, width(sprm.operand)),
            sprm::COLUMN_WIDTH => {
                for index in first..end.min(self.cells.len()) {
                    let change = width(sprm.operand) - (self.edges[index + 1] - self.edges[index]);
                    self.shift(index + 1, change);
                }
            }
            _ => {}
        }
    }

    fn insert(&mut self, first: usize, count: usize, width: i32) {
        if first > self.cells.len() || self.cells.len() + count > MAX_CELLS || self.edges.is_empty() {
            return;
        }
        for step in 0..count {
            let left = self.edges[first + step];
            self.cells.insert(first + step, CellDefinition::default());
            self.edges.insert(first + step + 1, left);
            self.shift(first + step + 1, width);
        }
    }

    /// Moves the edges from one on.
    fn shift(&mut self, from: usize, by: i32) {
        for edge in self.edges.iter_mut().skip(from) {
            *edge = edge.saturating_add(by);
        }
    }
}

fn define(operand: &[u8]) -> Option<RowDefinition> {
    let count = usize::from(byte(operand, 0)?);
    let edges =
        (0..=count).map(|index| half(operand, 1 + 2 * index).map(|edge| i32::from(edge.cast_signed())));
    let edges: Vec<i32> = edges.collect::<Option<_>>()?;
    let cell = |index: usize| {
        let entry = slice(operand, 1 + 2 * (count + 1) + CELL * index, CELL);
        let flags = entry.and_then(|entry| half(entry, 0)).unwrap_or(0);
        CellDefinition { horizontal: (flags & 3).to_le_bytes()[0], vertical: vertical((flags >> 5) & 3) }
    };
    Some(RowDefinition { edges, cells: (0..count).map(cell).collect() })
}

fn vertical(mark: u16) -> Vertical {
    match mark {
        1 => Vertical::Continue,
        2 | 3 => Vertical::Restart,
        _ => Vertical::Own,
    }
}

fn width(operand: &[u8]) -> i32 {
    half(operand, 2).map_or(0, |width| i32::from(width.cast_signed()))
}
