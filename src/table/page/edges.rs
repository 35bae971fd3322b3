//! Edges: the rulings of a page, put on common lines and joined, and grouped into the frames they form.

use crate::document::{Axis, Rect, Ruling};

/// Rulings this close are one line: borders drawn twice, or by two cells (points).
pub(super) const SNAP: f32 = 2.0;
/// Pieces of a line this far apart are joined: dashes, dots, and the squares where borders meet (points).
const JOIN: f32 = 3.5;
/// Edges shorter than this are no part of a table (points): rows are at least this high.
const SHORTEST: f32 = 5.0;
/// How far an edge may end before the one it meets (points).
pub(super) const REACH: f32 = 3.5;
/// Most pairs of edges that are compared on one page; a drawing has more, a table never.
const MOST_PAIRS: usize = 30_000_000;

/// A joined line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Edge {
    /// Position across the axis.
    pub(super) at: f32,
    /// Where it begins along the axis.
    pub(super) from: f32,
    /// Where it ends along the axis.
    pub(super) to: f32,
}

/// Edges that touch each other, directly or through others.
#[derive(Debug, Clone, Default)]
pub(super) struct Frame {
    /// Horizontal edges from the top.
    pub(super) across: Vec<Edge>,
    /// Upright edges from the left.
    pub(super) upright: Vec<Edge>,
    /// The box around all of them.
    pub(super) bounds: Rect,
}

/// The horizontal and the upright edges of a page.
pub(super) fn edges(rulings: &[Ruling]) -> (Vec<Edge>, Vec<Edge>) {
    (join(rulings, Axis::Horizontal), join(rulings, Axis::Vertical))
}

/// The frames of a page, from edges that cross or touch; both sorted by their positions.
pub(super) fn frames(across: &[Edge], upright: &[Edge]) -> Vec<Frame> {
    if across.len().saturating_mul(upright.len()) > MOST_PAIRS {
        return Vec::new();
    }
    let mut groups = Groups::new(across.len() + upright.len());
    for (i, h) in across.iter().enumerate() {
        let first = upright.partition_point(|v| v.at < h.from - REACH);
        for (j, v) in upright.iter().enumerate().skip(first).take_while(|(_, v)| v.at <= h.to + REACH) {
            if h.at >= v.from - REACH && h.at <= v.to + REACH {
                groups.unite(i, across.len() + j);
            }
        }
    }
    let mut frames: Vec<Frame> = Vec::new();
    let mut by_root = vec![usize::MAX; across.len() + upright.len()];
    for index in 0..across.len() + upright.len() {
        let root = groups.root(index);
        if by_root[root] == usize::MAX {
            by_root[root] = frames.len();
            frames.push(Frame::default());
        }
        let frame = &mut frames[by_root[root]];
        match across.get(index) {
            Some(edge) => frame.across.push(*edge),
            None => frame.upright.push(upright[index - across.len()]),
        }
    }
    frames.retain(|frame| !frame.across.is_empty() && !frame.upright.is_empty());
    for frame in &mut frames {
        frame.bounds = frame.bounds_of_edges();
    }
    frames
}

impl Frame {
    fn bounds_of_edges(&self) -> Rect {
        let across = self.across.iter().map(|e| Rect { x0: e.from, y0: e.at, x1: e.to, y1: e.at });
        let upright = self.upright.iter().map(|e| Rect { x0: e.at, y0: e.from, x1: e.at, y1: e.to });
        across.chain(upright).reduce(Rect::union).unwrap_or_default()
    }
}

fn join(rulings: &[Ruling], axis: Axis) -> Vec<Edge> {
    let mut pieces: Vec<&Ruling> = rulings.iter().filter(|ruling| ruling.axis == axis).collect();
    pieces.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut edges = Vec::new();
    let mut start = 0;
    while start < pieces.len() {
        let length = pieces[start..].iter().take_while(|piece| piece.at - pieces[start].at <= SNAP).count();
        join_line(&pieces[start..start + length], &mut edges);
        start += length;
    }
    edges
}

/// Joins the pieces of one line.
fn join_line(pieces: &[&Ruling], edges: &mut Vec<Edge>) {
    let (weight, sum) = pieces.iter().fold((0.0_f32, 0.0_f32), |(weight, sum), piece| {
        let length = (piece.to - piece.from).max(0.01);
        (weight + length, sum + length * piece.at)
    });
    let at = sum / weight;
    let mut sorted: Vec<(f32, f32)> = pieces.iter().map(|piece| (piece.from, piece.to)).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut open: Option<(f32, f32)> = None;
    for (from, to) in sorted {
        match &mut open {
            Some(edge) if from - edge.1 <= JOIN => edge.1 = edge.1.max(to),
            _ => {
                close(open.replace((from, to)), at, edges);
            }
        }
    }
    close(open, at, edges);
}

fn close(open: Option<(f32, f32)>, at: f32, edges: &mut Vec<Edge>) {
    if let Some((from, to)) = open
        && to - from >= SHORTEST
    {
        edges.push(Edge { at, from, to });
    }
}

/// Sets that can be united.
pub(super) struct Groups {
    parents: Vec<usize>,
}

impl Groups {
    pub(super) fn new(count: usize) -> Self {
        Self { parents: (0..count).collect() }
    }

    pub(super) fn root(&mut self, mut item: usize) -> usize {
        while self.parents[item] != item {
            self.parents[item] = self.parents[self.parents[item]];
            item = self.parents[item];
        }
        item
    }

    pub(super) fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parents[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn across(at: f32, from: f32, to: f32) -> Ruling {
        Ruling { axis: Axis::Horizontal, at, from, to, thickness: 0.5 }
    }

    #[test]
    fn dashes_and_double_lines_become_one_edge() {
        let (edges, _) = edges(&[across(10.0, 0.0, 6.0), across(10.0, 8.0, 14.0), across(11.0, 13.0, 30.0)]);
        assert_eq!(edges.len(), 1);
        assert_eq!((edges[0].from, edges[0].to), (0.0, 30.0));
    }

    #[test]
    fn edges_apart_stay_apart() {
        let (edges, _) = edges(&[across(10.0, 0.0, 20.0), across(10.0, 30.0, 50.0), across(14.0, 0.0, 20.0)]);
        assert_eq!(edges.len(), 3);
    }
}
