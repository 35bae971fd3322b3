//! Lines in pieces: words that no wide gap divides, and whether they can be a row of a table.

use super::Line;
use crate::document::{Rect, Word};

/// Words farther apart than this many font sizes belong to different pieces of a line.
const PIECE_GAP: f32 = 0.45;

/// How far the middle of a text may be off the middle of its cell (points).
const CENTRED: f32 = 1.5;

/// A piece of a line: words with no gap between them.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) words: Vec<Word>,
    pub(super) bbox: Rect,
    pub(super) figure: bool,
}

impl Piece {
    /// The piece that these words of one line form.
    pub(super) fn new(words: Vec<Word>) -> Option<Self> {
        let bbox = words.iter().map(|word| word.bbox).reduce(Rect::union)?;
        let figure = words.iter().map(|word| word.text.as_str()).all(is_figure);
        Some(Self { words, bbox, figure })
    }

    /// Whether it holds dots that lead to a page number.
    pub(super) fn is_leader(&self) -> bool {
        self.words.iter().any(|word| is_leader(&word.text))
    }

    /// The font size of its first word.
    pub(super) fn size(&self) -> f32 {
        self.words.first().map_or(0.0, |word| word.size)
    }
}

/// A line in pieces.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) pieces: Vec<Piece>,
    pub(super) y: f32,
    /// Whether it is a row of its own in the body of a table.
    pub(super) body: bool,
}

/// A line in pieces.
pub(super) fn row(line: &Line) -> Row {
    let mut pieces: Vec<Piece> = Vec::new();
    for word in &line.words {
        match pieces.last_mut() {
            Some(piece) if word.bbox.x0 - piece.bbox.x1 < PIECE_GAP * word.size => {
                piece.bbox = piece.bbox.union(word.bbox);
                piece.words.push(word.clone());
            }
            _ => pieces.push(Piece { bbox: word.bbox, words: vec![word.clone()], figure: false }),
        }
    }
    for piece in &mut pieces {
        piece.figure = piece.words.iter().map(|word| word.text.as_str()).all(is_figure);
    }
    Row { body: is_body(&pieces), pieces, y: line.baseline }
}

/// The column a piece belongs to: the one that covers most of it.
pub(super) fn column_of(xs: &[f32], piece: &Piece) -> usize {
    let cover = |pair: &[f32]| piece.bbox.x1.min(pair[1]) - piece.bbox.x0.max(pair[0]);
    let best = xs.windows(2).enumerate().max_by(|a, b| cover(a.1).total_cmp(&cover(b.1)));
    best.map_or(0, |(column, _)| column)
}

/// Whether a line states the unit of a table, as the line above it does.
pub(super) fn is_caption(row: &Row) -> bool {
    let text: String =
        row.pieces.iter().flat_map(|piece| &piece.words).map(|word| word.text.as_str()).collect();
    states_unit(&text)
}

/// Whether a text states the unit of a table, and not in brackets behind a heading that of a column.
pub(super) fn states_unit(text: &str) -> bool {
    let heading = |before: &str| before.rfind(['（', '(']).is_some_and(|bracket| bracket > 0);
    ["单位：", "单位:"].iter().any(|mark| text.split_once(mark).is_some_and(|(before, _)| !heading(before)))
}

/// The first and the last column of a cell by where its text stands: its own column, or that and free ones beside it if
/// the text stands in the middle of all of them together and not of its own. Where the cell is one of a table's first
/// row, which names all columns, the middle of free ones decides before that of its own.
pub(super) fn span(
    xs: &[f32],
    column: usize,
    text: Rect,
    free: impl Fn(usize) -> bool,
    names_all: bool,
) -> (usize, usize) {
    let (middle, _) = text.centre();
    let off = |(from, to): (usize, usize)| (f32::midpoint(xs[from], xs[to + 1]) - middle).abs();
    let own = (column, column);
    let centred = off(own) <= 2.0 * CENTRED;
    if centred && !names_all {
        return own;
    }
    let first = (0..column).rev().take_while(|at| free(*at)).last().unwrap_or(column);
    let last = (column + 1..xs.len() - 1).take_while(|at| free(*at)).last().unwrap_or(column);
    if centred {
        return if off((first, last)) <= CENTRED { (first, last) } else { own };
    }
    let spans = (first..=column).flat_map(|from| (column..=last).map(move |to| (from, to)));
    spans.min_by(|a, b| off(*a).total_cmp(&off(*b))).filter(|span| off(*span) <= CENTRED).unwrap_or(own)
}

/// A row of a table by its figures: at least three pieces one of which is a figure, or a name and an amount.
fn is_body(pieces: &[Piece]) -> bool {
    let leaders = pieces.iter().any(Piece::is_leader);
    let amount = |piece: &Piece| piece.figure && piece.words.iter().any(|word| is_amount(&word.text));
    match pieces {
        _ if leaders => false,
        [_, last] => amount(last),
        pieces => pieces.len() > 2 && pieces.iter().any(|piece| piece.figure),
    }
}

fn is_figure(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '-' | '%' | '，'))
}

/// A figure with decimals or thousands, which no page number or code has.
fn is_amount(text: &str) -> bool {
    is_figure(text) && (text.contains('.') || text.contains(','))
}

/// Dots that lead to a page number.
fn is_leader(text: &str) -> bool {
    text.contains("....") || text.contains("……") || text.contains("····")
}
