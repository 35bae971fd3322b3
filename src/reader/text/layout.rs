//! Runs → rows → tables: which runs make up which row, how wide the tables are, and where they end.
//!
//! The dump does not say it: a cell that ends in blank lines breaks its row in two, and a merged row is short although
//! complete. The cheapest explanation of a whole chain of runs is searched for, run by run (a Viterbi search).

use super::cells::{is_header, is_heading};
use super::cost::{self, beginning, boundary, lone};
use super::lines::Run;
use super::pieces::{Pieces, Start};
use super::profile::{Profiles, widths};

/// What a chain of runs turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Lines of text.
    Text(&'a str),
    /// A table.
    Table(FlatTable),
}

/// A table whose merges are still to be found: every row has at most `width` cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FlatTable {
    /// Its columns.
    pub width: usize,
    /// The texts of its rows' cells.
    pub rows: Vec<Vec<String>>,
}

/// Lays out a chain of runs.
pub(super) fn pieces<'a>(chain: &[Run<'a>]) -> Vec<Piece<'a>> {
    let search = Search { chain, widths: widths(chain), profiles: Profiles::of(chain) };
    let steps = search.steps();
    assemble(chain, &steps)
}

/// Explanations that cost this much more than the best so far are given up.
const BEAM: u32 = 900;

/// What a run is to the runs before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Text outside tables.
    Text,
    /// The first row of a table this wide.
    Table(usize),
    /// A further row.
    Row,
    /// More cells of the open row.
    Join,
    /// More text of the last cell.
    Resume,
}

/// Where an explanation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct State {
    /// Columns of the current table; 0 outside.
    width: usize,
    /// Cells in the open row; 0 when the row is closed.
    filled: usize,
    /// Whether the table has a full row yet.
    full: bool,
    /// Whether the current row is not the table's first.
    later: bool,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    state: State,
    cost: u32,
    step: Step,
    /// The node before, as an index into its layer.
    from: usize,
    /// The run that the current row begins with.
    row_start: usize,
}

struct Search<'a, 'b> {
    chain: &'b [Run<'a>],
    widths: Vec<usize>,
    profiles: Profiles,
}

impl Search<'_, '_> {
    /// The steps of the cheapest explanation, one per run.
    fn steps(&self) -> Vec<Step> {
        let start = Node { state: State::default(), cost: 0, step: Step::Text, from: 0, row_start: 0 };
        let mut layers = vec![vec![start]];
        for index in 0..self.chain.len() {
            let mut next = Layer::default();
            let mut seen =
                Seen { start: Start::of(&self.chain[index], index, &self.profiles), joined: Vec::new() };
            for (from, node) in layers[index].iter().enumerate() {
                self.advance(index, from, node, &mut seen, &mut next);
            }
            layers.push(next.finish(&layers[index]));
        }
        let closed = |node: &Node| (node.state.filled > 0, node.cost + leaving(node.state));
        let last = layers.last().and_then(|layer| (0..layer.len()).min_by_key(|at| closed(&layer[*at])));
        let mut at = last.unwrap_or(0);
        let mut steps = Vec::with_capacity(self.chain.len());
        for layer in layers.iter().skip(1).rev() {
            steps.push(layer[at].step);
            at = layer[at].from;
        }
        steps.reverse();
        steps
    }

    /// Every way to go on with the run at `index`.
    fn advance(&self, index: usize, from: usize, node: &Node, seen: &mut Seen, next: &mut Layer) {
        let (run, state) = (&self.chain[index], node.state);
        let mut add = |state, cost, step, row_start| {
            next.add(Node { state, cost: node.cost + cost, step, from, row_start });
        };
        if state.filled > 0 {
            self.join(index, node, seen, &mut add);
            return;
        }
        let single_gap = run.gap <= 1;
        if run.cells.is_empty() {
            let titled =
                is_heading(run.lead) || run.lead.trim_end().ends_with('表') || self.header_follows(index);
            let resumes = state.width > 0 && single_gap && !titled;
            add(
                State::default(),
                leaving(state) + if resumes { cost::TEXT_BEHIND } else { 0 },
                Step::Text,
                index,
            );
            if resumes {
                add(state, cost::RESUME, Step::Resume, node.row_start);
            }
            return;
        }
        let behind_text = state.width == 0 || !run.lead.is_empty();
        if run.cells.len() == 1 {
            let lone = match () {
                () if run.cells[0].starts_with('\n') && behind_text => 0,
                () if !behind_text && single_gap => cost::LONE_CELL_IN_TABLE,
                () if self.chain.get(index + 1).is_some_and(|next| next.gap <= 1 && next.lead.is_empty()) => {
                    cost::LONE_CELL_BEFORE
                }
                () => cost::LONE_CELL,
            };
            let label = if seen.start.label { cost::LONE_LABEL_OUTSIDE } else { 0 };
            add(State::default(), leaving(state) + lone + label, Step::Text, index);
        }
        let odd = seen.start.odd;
        if !behind_text {
            let cost = odd + if single_gap { 0 } else { boundary(&run.cells) };
            self.row(index, &seen.start, State { later: true, ..state }, cost, Step::Row, &mut add);
        }
        let cost = odd + leaving(state) + if behind_text { cost::TABLE_FRESH } else { beginning(run) };
        for width in self.widths.iter().copied().filter(|width| *width >= run.cells.len()) {
            self.row(
                index,
                &seen.start,
                State { width, ..State::default() },
                cost,
                Step::Table(width),
                &mut add,
            );
        }
    }

    /// Whether the next run is the header of a table.
    fn header_follows(&self, index: usize) -> bool {
        let next = self.chain.get(index + 1);
        next.is_some_and(|next| next.lead.is_empty() && next.cells.len() > 2 && is_header(&next.cells))
    }

    /// Goes on with an open row.
    fn join(
        &self,
        index: usize,
        node: &Node,
        seen: &mut Seen,
        add: &mut impl FnMut(State, u32, Step, usize),
    ) {
        let (run, state, start) = (&self.chain[index], node.state, node.row_start);
        if state.filled + run.cells.len() > state.width {
            return;
        }
        let known = seen.joined.iter().position(|pieces| pieces.start == start);
        let known = known.unwrap_or_else(|| {
            seen.joined.push(Pieces::of(self.chain, start, index, &self.profiles));
            seen.joined.len() - 1
        });
        let pieces = &seen.joined[known];
        let filled = pieces.cells();
        let cost = pieces.joint(index, state.width, state.full, &self.profiles);
        let step = if run.cells.is_empty() { Step::Resume } else { Step::Join };
        if filled < state.width {
            add(State { filled, ..state }, cost, step, start);
            add(State { filled: 0, ..state }, cost + pieces.short(state.full), step, start);
            return;
        }
        let cost = cost + pieces.whole(state.full, state.later);
        add(State { filled: 0, full: true, ..state }, cost, step, start);
    }

    /// Begins a row with a run of so many cells: full, short although complete, or still open.
    fn row(
        &self,
        index: usize,
        start: &Start,
        state: State,
        cost: u32,
        step: Step,
        add: &mut impl FnMut(State, u32, Step, usize),
    ) {
        let run = &self.chain[index];
        let cells = run.cells.len();
        if cells == state.width {
            add(State { full: true, ..state }, cost + start.unfinished, step, index);
        } else if cells < state.width {
            let lone = if cells == 1 { lone(run.cells[0], state.later) } else { 0 };
            add(state, cost + start.short(state.full) + lone, step, index);
            add(State { filled: cells, ..state }, cost, step, index);
        }
    }
}

/// What has been read of the current run, for all nodes of its layer.
struct Seen {
    start: Start,
    joined: Vec<Pieces>,
}

fn leaving(state: State) -> u32 {
    match state.width {
        0 => 0,
        _ if !state.full => cost::NO_FULL_ROW,
        1..=2 => 0,
        _ => {
            if state.later {
                0
            } else {
                cost::ONE_ROW
            }
        }
    }
}

/// The explanations after one run, the cheapest of each state.
#[derive(Default)]
struct Layer {
    nodes: Vec<Node>,
}

impl Layer {
    fn add(&mut self, node: Node) {
        match self.nodes.iter_mut().find(|known| known.state == node.state) {
            Some(known) if known.cost <= node.cost => {}
            Some(known) => *known = node,
            None => self.nodes.push(node),
        }
    }

    /// The nodes that are followed up. Where no explanation can go on, the cheapest `before` ends in text.
    fn finish(mut self, before: &[Node]) -> Vec<Node> {
        if let Some(from) =
            (0..before.len()).min_by_key(|at| before[*at].cost).filter(|_| self.nodes.is_empty())
        {
            let Node { cost, row_start, .. } = before[from];
            self.nodes.push(Node { state: State::default(), cost, step: Step::Text, from, row_start });
        }
        let best = self.nodes.iter().map(|node| node.cost).min().unwrap_or(0);
        self.nodes.retain(|node| node.cost <= best + BEAM);
        self.nodes
    }
}

/// Builds what the steps say.
fn assemble<'a>(chain: &[Run<'a>], steps: &[Step]) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    for (run, step) in chain.iter().zip(steps) {
        if matches!(step, Step::Text | Step::Table(_)) && !run.lead.is_empty() {
            pieces.push(Piece::Text(run.lead));
        }
        let cells = run.cells.iter().map(|cell| tidy(cell));
        match (step, pieces.last_mut()) {
            (Step::Text, _) => pieces.extend(run.cells.iter().map(|cell| Piece::Text(cell))),
            (Step::Table(width), _) => {
                pieces.push(Piece::Table(FlatTable { width: *width, rows: vec![cells.collect()] }));
            }
            (Step::Row, Some(Piece::Table(table))) => table.rows.push(cells.collect()),
            (Step::Join | Step::Resume, Some(Piece::Table(FlatTable { rows, .. }))) => {
                let Some(row) = rows.last_mut() else { continue };
                if let Some(last) = row.last_mut().filter(|_| !run.lead.is_empty()) {
                    let separator = if last.is_empty() { "" } else { "\n" };
                    *last = format!("{last}{separator}{}", tidy(run.lead));
                }
                row.extend(cells);
            }
            // Rows only follow the first row of a table; were it otherwise, their text would still be text.
            (Step::Row | Step::Join | Step::Resume, _) => {
                pieces.push(Piece::Text(run.lead));
                pieces.extend(run.cells.iter().map(|cell| Piece::Text(cell)));
            }
        }
    }
    pieces
}

/// A cell's text: its lines without the white space around them, blank ones left out.
fn tidy(cell: &str) -> String {
    let lines: Vec<&str> = cell.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}
