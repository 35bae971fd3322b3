//! Cells: the grid that the edges of a frame span, and the cells that are left where walls are missing.

use super::edges::{Edge, Frame, Groups, REACH};
use crate::document::Rect;

/// Share of a cell's side that an edge must cover to be a wall.
const WALL: f32 = 0.55;
/// An open side is closed where the edges reach this far beyond the last crossing one (points).
const OPEN: f32 = 6.0;
/// Rows and columns thinner than this are the gap of a double line (points).
const THIN: f32 = 3.0;
/// Most positions of a grid; more lines than that are a drawing.
const MOST_POSITIONS: usize = 200_000;

/// A grid with its cells, before any text is in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Lattice {
    /// Column borders from the left: one more than there are columns.
    pub(super) xs: Vec<f32>,
    /// Row borders from the top: one more than there are rows.
    pub(super) ys: Vec<f32>,
    /// The cells by row and column of their upper left corners.
    pub(super) cells: Vec<Area>,
}

/// The extent of a cell in grid positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) row_span: usize,
    pub(super) column_span: usize,
}

impl Lattice {
    /// The lattice of a frame; `None` where it spans no grid.
    pub(super) fn new(frame: &Frame) -> Option<Self> {
        let xs = borders(&frame.upright, &frame.across);
        let ys = borders(&frame.across, &frame.upright);
        let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
        if columns == 0 || rows == 0 || columns.saturating_mul(rows) > MOST_POSITIONS {
            return None;
        }
        let left = walls(&frame.upright, &xs, &ys);
        let top = walls(&frame.across, &ys, &xs);
        let mut groups = Groups::new(rows * columns);
        for row in 0..rows {
            for column in 0..columns {
                let position = row * columns + column;
                if column > 0 && !left[column * rows + row] {
                    groups.unite(position - 1, position);
                }
                if row > 0 && !top[row * columns + column] {
                    groups.unite(position - columns, position);
                }
            }
        }
        let cells = rectangles(&mut groups, rows, columns);
        Some(Self { xs, ys, cells })
    }

    pub(super) fn rows(&self) -> usize {
        self.ys.len() - 1
    }

    pub(super) fn columns(&self) -> usize {
        self.xs.len() - 1
    }

    /// The box around the grid.
    pub(super) fn bounds(&self) -> Rect {
        Rect {
            x0: self.xs[0],
            y0: self.ys[0],
            x1: self.xs[self.xs.len() - 1],
            y1: self.ys[self.ys.len() - 1],
        }
    }

    /// The box of a cell.
    pub(super) fn rect(&self, area: Area) -> Rect {
        Rect {
            x0: self.xs[area.column],
            y0: self.ys[area.row],
            x1: self.xs[area.column + area.column_span],
            y1: self.ys[area.row + area.row_span],
        }
    }

    /// For every grid position the index of its cell, row by row.
    pub(super) fn owners(&self) -> Vec<usize> {
        let columns = self.columns();
        let mut owners = vec![0; self.rows() * columns];
        for (index, area) in self.cells.iter().enumerate() {
            for row in area.row..area.row + area.row_span {
                let start = row * columns + area.column;
                owners[start..start + area.column_span].fill(index);
            }
        }
        owners
    }

    /// The grid position of a point in or near the grid.
    pub(super) fn position(&self, (x, y): (f32, f32)) -> Option<(usize, usize)> {
        let bounds = self.bounds();
        let near =
            Rect { x0: bounds.x0 - 1.0, y0: bounds.y0 - 1.0, x1: bounds.x1 + 1.0, y1: bounds.y1 + 1.0 };
        near.contains((x, y)).then(|| {
            let column = self.xs.partition_point(|border| *border <= x).saturating_sub(1);
            let row = self.ys.partition_point(|border| *border <= y).saturating_sub(1);
            (row.min(self.rows() - 1), column.min(self.columns() - 1))
        })
    }
}

/// The distinct positions of edges, and the ends of the crossing ones where a side has no edge of its own.
fn borders(edges: &[Edge], crossing: &[Edge]) -> Vec<f32> {
    let mut borders: Vec<f32> = edges.iter().map(|edge| edge.at).collect();
    borders.sort_by(f32::total_cmp);
    borders.dedup_by(|a, b| (*a - *b).abs() <= THIN);
    let (Some(first), Some(last)) = (borders.first().copied(), borders.last().copied()) else {
        return borders;
    };
    let mut starts: Vec<f32> =
        crossing.iter().map(|edge| edge.from).filter(|from| *from < first - OPEN).collect();
    let mut ends: Vec<f32> = crossing.iter().map(|edge| edge.to).filter(|to| *to > last + OPEN).collect();
    starts.sort_by(f32::total_cmp);
    ends.sort_by(f32::total_cmp);
    // A side without an edge shows by two edges at least that end at the same place.
    if let Some(start) =
        starts.first().filter(|start| starts.iter().filter(|x| **x - **start <= THIN).count() > 1)
    {
        borders.insert(0, *start);
    }
    if let Some(end) = ends.last().filter(|end| ends.iter().filter(|x| **end - **x <= THIN).count() > 1) {
        borders.push(*end);
    }
    borders
}

/// Which sides have walls: for each border in `ats` and each gap between two of `along`, borders first.
fn walls(edges: &[Edge], ats: &[f32], along: &[f32]) -> Vec<bool> {
    let gaps = along.len() - 1;
    let mut covered = vec![0.0_f32; ats.len() * gaps];
    for edge in edges {
        let border = nearest(ats, edge.at);
        let first = along.partition_point(|at| *at <= edge.from).saturating_sub(1);
        for gap in first..gaps {
            if along[gap] >= edge.to {
                break;
            }
            let overlap = edge.to.min(along[gap + 1]) - edge.from.max(along[gap]);
            covered[border * gaps + gap] += overlap.max(0.0);
        }
    }
    let share = |index: usize, cover: f32| {
        let gap = index % gaps;
        let length = along[gap + 1] - along[gap];
        cover >= WALL * length || (length <= REACH && cover > 0.0)
    };
    covered.into_iter().enumerate().map(|(index, cover)| share(index, cover)).collect()
}

fn nearest(ats: &[f32], at: f32) -> usize {
    let after = ats.partition_point(|border| *border < at).min(ats.len() - 1);
    if after > 0 && (at - ats[after - 1]).abs() < (ats[after] - at).abs() { after - 1 } else { after }
}

/// Cuts every group of positions into rectangles: nearly always one.
fn rectangles(groups: &mut Groups, rows: usize, columns: usize) -> Vec<Area> {
    let roots: Vec<usize> = (0..rows * columns).map(|position| groups.root(position)).collect();
    let mut taken = vec![false; rows * columns];
    let mut cells = Vec::new();
    for position in 0..rows * columns {
        if taken[position] {
            continue;
        }
        let (row, column) = (position / columns, position % columns);
        let root = roots[position];
        let free = |at: usize| roots[at] == root && !taken[at];
        let column_span = (column..columns).take_while(|c| free(row * columns + c)).count();
        let full = |r: &usize| (column..column + column_span).all(|c| free(r * columns + c));
        let row_span = (row..rows).take_while(full).count();
        for r in row..row + row_span {
            let start = r * columns + column;
            taken[start..start + column_span].fill(true);
        }
        cells.push(Area { row, column, row_span, column_span });
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(at: f32, from: f32, to: f32) -> Edge {
        Edge { at, from, to }
    }

    #[test]
    fn missing_walls_merge_cells() {
        let frame = Frame {
            across: vec![edge(0.0, 0.0, 100.0), edge(20.0, 50.0, 100.0), edge(40.0, 0.0, 100.0)],
            upright: vec![edge(0.0, 0.0, 40.0), edge(50.0, 0.0, 40.0), edge(100.0, 0.0, 40.0)],
            bounds: Rect::default(),
        };
        let lattice = Lattice::new(&frame).unwrap();
        assert_eq!((lattice.rows(), lattice.columns(), lattice.cells.len()), (2, 2, 3));
        assert_eq!(lattice.cells[0], Area { row: 0, column: 0, row_span: 2, column_span: 1 });
    }

    #[test]
    fn open_sides_are_closed() {
        let frame = Frame {
            across: vec![edge(0.0, 0.0, 100.0), edge(20.0, 0.0, 100.0)],
            upright: vec![edge(50.0, 0.0, 20.0)],
            bounds: Rect::default(),
        };
        let lattice = Lattice::new(&frame).unwrap();
        assert_eq!((lattice.rows(), lattice.columns()), (1, 2));
    }
}
