//! Tables without upright rulings: columns from words that stand under each other, rows from lines.

use super::Line;
use super::cells::{Area, Lattice};
use super::edges::Edge;
use super::implied;
use super::part::Part;
use super::pieces::{Row, column_of, row, span};
use super::rules::between_rules;
use super::texts::text_tables;
use super::wrapped::{Merged, headings, wrapped};
use crate::document::{Page, Rect, Ruling, Word};

/// Gap between two columns (points).
const COLUMN_GAP: f32 = 1.5;
/// Fewest rows with figures that make a table.
const ROWS: usize = 3;
/// Lines farther apart than this many times the usual distance end a table.
const APART: f32 = 2.6;
/// A line nearer to a row with figures than this share of the usual distance belongs to it.
const NEAR: f32 = 0.7;
/// Most lines of a header.
const HEADER: usize = 5;
/// So many lines like the rest of a cell, and one in so many, put the rows of a table in doubt.
const RESTS: usize = 2;
const SOME: usize = 5;

/// Where a table without upright rulings stands among the lines of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stretch {
    /// The first line.
    pub(super) start: usize,
    /// The line after the last.
    pub(super) end: usize,
    /// The rules above, between and below the lines, where the table has them.
    pub(super) rules: Vec<Edge>,
    /// Whether every line is one of the body, figures or not.
    pub(super) texts: bool,
}

/// The stretches of consecutive lines that form tables: between rules of one length, or by figures under each other.
pub(super) fn stretches(lines: &[Line], rules: &[Edge], rulings: &[Ruling]) -> Vec<Stretch> {
    let rows: Vec<Row> = lines.iter().map(row).collect();
    let mut between = known_tables(&rows, rules, rulings).into_iter().peekable();
    let mut found: Vec<Stretch> = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        if let Some(stretch) = between.next_if(|stretch| stretch.start == at) {
            at = stretch.end;
            found.push(stretch);
            continue;
        }
        if !rows[at].body {
            at += 1;
            continue;
        }
        let limit = between.peek().map_or(rows.len(), |stretch| stretch.start);
        let end = body_end(&rows[..limit], at);
        let body = rows[at..end].iter().filter(|row| row.body).count();
        if body >= ROWS && is_aligned(&rows[at..end]) {
            let earliest = found.last().map_or(0, |stretch| stretch.end);
            found.push(Stretch {
                start: header_start(&rows, earliest, at, end),
                end,
                rules: Vec::new(),
                texts: false,
            });
        }
        at = end;
    }
    found
}

/// The tables between rules and those of texts, from the top.
fn known_tables(rows: &[Row], rules: &[Edge], rulings: &[Ruling]) -> Vec<Stretch> {
    let mut known = between_rules(rows, rules, rulings);
    for (start, end) in text_tables(rows) {
        if known.iter().all(|stretch| stretch.end <= start || stretch.start >= end) {
            known.push(Stretch { start, end, rules: Vec::new(), texts: true });
        }
    }
    known.sort_by_key(|stretch| stretch.start);
    known
}

/// The part that these lines form.
pub(super) fn part(lines: &[Line], stretch: &Stretch, page: &Page) -> Option<Part> {
    let rules = stretch.rules.as_slice();
    let mut rows: Vec<Row> = lines.iter().map(row).collect();
    for row in &mut rows {
        row.body |= stretch.texts;
    }
    if let [top, second, ..] = rules {
        let headed = rows.first().is_some_and(|row| row.y < second.at) && rows.last()?.y > second.at;
        let head = if headed { second.at } else { top.at };
        for row in &mut rows {
            row.body = row.y > head && row.pieces.len() > 1;
        }
    }
    let first_body = rows.iter().position(|row| row.body)?;
    let (header, body) = rows.split_at(first_body);
    let in_pieces = implied::in_pieces(&page.rulings, rules);
    let xs = implied::columns(&in_pieces.iter().collect::<Vec<_>>())
        .unwrap_or_else(|| aligned(header, body, rules));
    let headings = headings(header, body, &xs);
    let mut bands = header_bands(headings.as_deref().unwrap_or(header), &xs);
    let header_rows = bands.len();
    let (mut merged, mut unsure) = (Vec::new(), false);
    if let Some(table) = wrapped(body, &xs) {
        let below = |cell: Merged| Merged { row: cell.row + header_rows, ..cell };
        merged = table.merged.into_iter().map(below).collect();
        bands.extend(table.rows.into_iter().map(|pieces| Row { pieces, y: 0.0, body: true }));
    } else {
        let rows = body_bands(body);
        unsure = may_wrap(&rows, xs.len() - 1);
        bands.extend(rows);
    }
    let ys = row_borders(&bands);
    let columns = xs.len().checked_sub(1)?;
    let mut words: Vec<Vec<Vec<Word>>> = vec![vec![Vec::new(); columns]; bands.len()];
    for (row, band) in bands.into_iter().enumerate() {
        for piece in band.pieces {
            words[row][column_of(&xs, &piece)].extend(piece.words);
        }
    }
    for cell in &mut merged {
        words[cell.row][cell.column].extend(cell.pieces.drain(..).flat_map(|piece| piece.words));
    }
    let areas = areas(&words, header_rows, &merged, &xs);
    let mut text = |area: &Area| -> Vec<Word> {
        let over = &mut words[area.row][area.column..area.column + area.column_span];
        over.iter_mut().flat_map(std::mem::take).collect()
    };
    let texts = areas.iter().map(&mut text).collect();
    let part = Part::new(Lattice { xs, ys, cells: areas }, texts, Vec::new(), page);
    Some(Part { unsure, ..part })
}

/// Whether lines that were taken for rows may be the rests of cells that wrap: several, and one in some, hold no figure
/// and leave most columns free.
fn may_wrap(rows: &[Row], columns: usize) -> bool {
    let rest = |row: &&Row| row.pieces.len() * 2 < columns && !row.pieces.iter().any(|piece| piece.figure);
    let rests = rows.iter().filter(rest).count();
    rests >= RESTS && rests * SOME >= rows.len()
}

/// The borders of columns that words under each other show.
fn aligned(header: &[Row], body: &[Row], rules: &[Edge]) -> Vec<f32> {
    let mut strips = strips(body);
    widen(&mut strips, header);
    let mut xs = borders(&strips);
    if let (Some(rule), [first, .., last]) = (rules.first(), xs.as_mut_slice()) {
        (*first, *last) = (first.min(rule.from), last.max(rule.to));
    }
    xs
}

/// The end of the body that begins at a row.
fn body_end(rows: &[Row], start: usize) -> usize {
    let pitch = pitch(&rows[start..]);
    let mut end = start + 1;
    let mut last_body = start;
    while end < rows.len() {
        let step = rows[end].y - rows[end - 1].y;
        if step > APART * pitch || (!rows[end].body && end - last_body > 2) {
            break;
        }
        if rows[end].body {
            last_body = end;
        }
        end += 1;
    }
    last_body + 1
}

/// The usual distance between rows.
fn pitch(rows: &[Row]) -> f32 {
    let body: Vec<&Row> = rows.iter().filter(|row| row.body).take(40).collect();
    let mut steps: Vec<f32> = body.windows(2).map(|pair| pair[1].y - pair[0].y).collect();
    steps.sort_by(f32::total_cmp);
    steps.get(steps.len() / 2).copied().unwrap_or(20.0)
}

/// Whether the figures of the rows stand under each other.
fn is_aligned(rows: &[Row]) -> bool {
    let xs = borders(&strips(rows));
    let body = rows.iter().filter(|row| row.body);
    // Running text with figures in it fills the width: its words leave no columns free.
    xs.len() > 2 && body.clone().all(|row| row.pieces.len() < 2 * xs.len())
}

/// The strips that body rows write into, from the left.
fn strips(rows: &[Row]) -> Vec<(f32, f32)> {
    let mut spans: Vec<(f32, f32)> = rows
        .iter()
        .filter(|row| row.body)
        .flat_map(|row| row.pieces.iter().map(|piece| (piece.bbox.x0, piece.bbox.x1)))
        .collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut strips: Vec<(f32, f32)> = Vec::new();
    for (from, to) in spans {
        match strips.last_mut() {
            Some(strip) if from < strip.1 + COLUMN_GAP => strip.1 = strip.1.max(to),
            _ => strips.push((from, to)),
        }
    }
    strips
}

/// Widens the strips by the headings over single columns, the lowest heading first: a heading may stand left of
/// figures that are aligned right.
fn widen(strips: &mut [(f32, f32)], header: &[Row]) {
    for piece in header.iter().rev().flat_map(|row| &row.pieces) {
        let (from, to) = (piece.bbox.x0, piece.bbox.x1);
        if strips.iter().filter(|strip| from < strip.1 && to > strip.0).count() > 1 {
            continue;
        }
        let distance = |strip: &(f32, f32)| (strip.0 - to).max(from - strip.1).max(0.0);
        if let Some(strip) = strips.iter_mut().min_by(|a, b| distance(a).total_cmp(&distance(b))) {
            *strip = (strip.0.min(from), strip.1.max(to));
        }
    }
}

/// Borders between columns: the middles of the gaps between strips.
pub(super) fn borders(strips: &[(f32, f32)]) -> Vec<f32> {
    let mut borders = Vec::with_capacity(strips.len() + 1);
    borders.extend(strips.first().map(|strip| strip.0));
    borders.extend(strips.windows(2).map(|pair| f32::midpoint(pair[0].1, pair[1].0)));
    borders.extend(strips.last().map(|strip| strip.1));
    borders
}

/// How far up the header reaches: lines close above, in pieces or beside the middle, that are no title.
fn header_start(rows: &[Row], earliest: usize, first_body: usize, end: usize) -> usize {
    let pitch = pitch(&rows[first_body..end]);
    let xs = borders(&strips(&rows[first_body..end]));
    let (Some(left), Some(right)) = (xs.first().copied(), xs.last().copied()) else { return first_body };
    let mut start = first_body;
    while start > earliest && first_body - start < HEADER {
        let above = &rows[start - 1];
        if rows[start].y - above.y > APART * pitch * 0.75 || !is_header(above, left, right) {
            break;
        }
        start -= 1;
    }
    start
}

pub(super) fn is_header(row: &Row, left: f32, right: f32) -> bool {
    let text: String =
        row.pieces.iter().flat_map(|piece| &piece.words).map(|word| word.text.as_str()).collect();
    if ["单位：", "单位:", "。"].iter().any(|mark| text.contains(mark)) {
        return false;
    }
    match row.pieces.as_slice() {
        [only] => {
            // A heading over some of the columns; a title stands over the middle of all.
            let off = (only.bbox.centre().0 - f32::midpoint(left, right)).abs();
            off > 0.1 * (right - left) && only.bbox.width() < 0.5 * (right - left)
        }
        _ => true,
    }
}

/// The header's rows. A line midway between two others, in columns they leave free, is centred in cells that reach
/// over both: it belongs to the upper one.
fn header_bands(header: &[Row], xs: &[f32]) -> Vec<Row> {
    let mut bands: Vec<Row> = Vec::new();
    for (index, row) in header.iter().enumerate() {
        let below = header.get(index + 1);
        let between = bands.last().zip(below).is_some_and(|(above, below)| {
            let off = (row.y - f32::midpoint(above.y, below.y)).abs();
            off < 0.3 * (below.y - above.y) && apart(row, above, xs) && apart(row, below, xs)
        });
        match bands.last_mut() {
            Some(above) if between => above.pieces.extend(row.pieces.iter().cloned()),
            _ => bands.push(row.clone()),
        }
    }
    bands
}

fn apart(a: &Row, b: &Row, xs: &[f32]) -> bool {
    let columns = |row: &Row| -> Vec<usize> { row.pieces.iter().map(|piece| column_of(xs, piece)).collect() };
    let taken = columns(b);
    columns(a).iter().all(|column| !taken.contains(column))
}

/// The body's rows: every line with figures is one, other lines go to the nearest if it is near.
fn body_bands(body: &[Row]) -> Vec<Row> {
    let near = NEAR * pitch(body);
    let mut bands: Vec<Row> = Vec::new();
    let mut ahead: Vec<Row> = Vec::new();
    for (index, row) in body.iter().enumerate() {
        if row.body {
            let mut band = row.clone();
            for line in ahead.drain(..) {
                band.pieces.extend(line.pieces);
            }
            bands.push(band);
            continue;
        }
        let next = body[index + 1..].iter().find(|next| next.body);
        let up = bands.last().map_or(f32::MAX, |last| row.y - last.y);
        let down = next.map_or(f32::MAX, |next| next.y - row.y);
        match bands.last_mut() {
            Some(last) if up <= down && up < near => last.pieces.extend(row.pieces.iter().cloned()),
            _ if down < near => ahead.push(row.clone()),
            _ => bands.push(row.clone()),
        }
    }
    bands.extend(ahead);
    bands
}

/// Borders between rows: midway between their baselines, a little below the text.
fn row_borders(bands: &[Row]) -> Vec<f32> {
    let top = |band: &Row| band.pieces.iter().map(|piece| piece.bbox.y0).fold(f32::MAX, f32::min);
    let bottom = |band: &Row| band.pieces.iter().map(|piece| piece.bbox.y1).fold(f32::MIN, f32::max);
    let mut borders = Vec::with_capacity(bands.len() + 1);
    borders.extend(bands.first().map(top));
    borders.extend(bands.windows(2).map(|pair| f32::midpoint(bottom(&pair[0]), top(&pair[1]))));
    borders.extend(bands.last().map(bottom));
    // A text that reaches beyond its row moves no border above the last.
    for index in 1..borders.len() {
        borders[index] = borders[index].max(borders[index - 1]);
    }
    borders
}

/// The cells: in the header, a cell reaches over the free columns beside it in whose middle its text stands, or right
/// over free columns that have something below, and down over free rows of its column; merged cells of the body reach
/// down.
fn areas(words: &[Vec<Vec<Word>>], header_rows: usize, merged: &[Merged], xs: &[f32]) -> Vec<Area> {
    let (rows, columns) = (words.len(), words.first().map_or(0, Vec::len));
    let mut taken = vec![false; rows * columns];
    let mut areas = Vec::new();
    let mut place = |area: Area, taken: &mut Vec<bool>| {
        for r in area.row..area.row + area.row_span {
            taken[r * columns + area.column..r * columns + area.column + area.column_span].fill(true);
        }
        areas.push(area);
    };
    for cell in merged {
        place(
            Area { row: cell.row, column: cell.column, row_span: cell.row_span, column_span: 1 },
            &mut taken,
        );
    }
    for row in 0..header_rows.saturating_sub(1) {
        for column in (0..columns).filter(|column| !words[row][*column].is_empty()) {
            if !taken[row * columns + column] {
                place(header_cell(words, &taken, (row, column, header_rows), xs), &mut taken);
            }
        }
    }
    for position in 0..rows * columns {
        if !taken[position] {
            let (row, column) = (position / columns, position % columns);
            place(Area { row, column, row_span: 1, column_span: 1 }, &mut taken);
        }
    }
    areas.sort_by_key(|area| (area.row, area.column));
    areas
}

/// The extent of a cell of the header above its last row.
fn header_cell(
    words: &[Vec<Vec<Word>>],
    taken: &[bool],
    (row, column, header_rows): (usize, usize, usize),
    xs: &[f32],
) -> Area {
    let columns = xs.len() - 1;
    let mut area = Area { row, column, row_span: 1, column_span: 1 };
    let free = |r: usize, c: usize| words[r][c].is_empty() && !taken[r * columns + c];
    let below = |c: usize| (row + 1..header_rows).any(|r| !words[r][c].is_empty());
    let over = |c: usize| free(row, c) && below(c);
    let bounds = words[row][column].iter().map(|word| word.bbox).reduce(Rect::union).unwrap_or_default();
    let (first, last) = span(xs, column, bounds, over, row == 0);
    if last > first {
        (area.column, area.column_span) = (first, last - first + 1);
    } else if !words[row + 1][column].is_empty() {
        while column + area.column_span < columns && over(column + area.column_span) {
            area.column_span += 1;
        }
    } else {
        while row + area.row_span < header_rows && free(row + area.row_span, column) {
            area.row_span += 1;
        }
    }
    area
}
