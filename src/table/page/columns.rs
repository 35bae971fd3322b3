//! Tables without upright rulings: columns from words that stand under each other, rows from lines.

use super::Line;
use super::banded::banded;
use super::cells::{Area, Lattice};
use super::edges::Edge;
use super::implied;
use super::levels;
use super::names;
use super::part::Part;
use super::pieces::{Row, column_of, row, span};
use super::stretches::Stretch;
use super::wrapped::{Merged, Wrapped, headings, wrapped, wrapped_above};
use crate::document::{Page, Rect, Ruling, Word};

/// Gap between two columns (points).
const COLUMN_GAP: f32 = 1.5;
/// A line nearer to a row with figures than this share of the usual distance belongs to it.
const NEAR: f32 = 0.7;
/// Most lines of a header above rows of which so many in so many hold figures.
const HEADER: usize = 5;
const MOSTLY: (usize, usize) = (2, 3);
/// So many lines like the rest of a cell, and one in so many, put the rows of a table in doubt.
const RESTS: usize = 2;
const SOME: usize = 5;

/// The part that these lines form.
pub(super) fn part(lines: &[Line], stretch: &Stretch, page: &Page) -> Option<Part> {
    let mut rows: Vec<Row> = lines.iter().map(row).collect();
    let (first_body, xs) = layout(&mut rows, stretch, &page.rulings)?;
    let (header, body) = rows.split_at(first_body);
    let headings = headings(header, body, &xs);
    let mut bands = header_bands(headings.as_deref().unwrap_or(header), &xs);
    let header_rows = bands.len();
    let table = banded(body, &xs, stretch, page).or_else(|| wrapped(body, &xs, stretch.texts));
    let table = table.unwrap_or_else(|| by_lines(body, &xs));
    let below = |cell: Merged| Merged { row: cell.row + header_rows, ..cell };
    let mut merged: Vec<Merged> = table.merged.into_iter().map(below).collect();
    bands.extend(table.rows.into_iter().map(|pieces| Row { pieces, y: 0.0, body: true }));
    let unsure = table.unsure;
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
    let texts: Vec<Vec<Word>> = areas.iter().map(|area| text(&mut words, area)).collect();
    let strips =
        if drawn(stretch, &page.rulings).is_some() { Vec::new() } else { reaches(&xs, &areas, &texts) };
    let part = Part::new(Lattice { xs, ys, cells: areas }, texts, Vec::new(), page);
    Some(Part { strips, unsure, ..part })
}

/// Where the body begins among the lines of a table, which are marked as rows of it or not, and the borders of columns.
pub(super) fn layout(rows: &mut [Row], stretch: &Stretch, rulings: &[Ruling]) -> Option<(usize, Vec<f32>)> {
    let rules = stretch.rules.as_slice();
    let headed = headed(rows);
    for row in rows.iter_mut().skip(headed) {
        row.body |= stretch.texts;
    }
    if let [top, second, ..] = rules {
        let first = rows.first()?.y;
        let headed = (top.at..second.at).contains(&first) && rows.last()?.y > second.at;
        let head = if headed { second.at } else { top.at };
        for row in &mut *rows {
            row.body = row.y > head && row.pieces.len() > 1;
        }
    }
    let first_body = rows.iter().position(|row| row.body)?;
    let (header, body) = rows.split_at(first_body);
    let xs = drawn(stretch, rulings).unwrap_or_else(|| aligned(header, body, rules));
    Some((first_body - wrapped_above(header, body, &xs), xs))
}

/// The rows of a body whose lines are rows or near to them.
pub(super) fn by_lines(body: &[Row], xs: &[f32]) -> Wrapped {
    let rows = body_bands(body);
    let unsure = may_wrap(&rows, xs.len() - 1);
    Wrapped { rows: rows.into_iter().map(|row| row.pieces).collect(), merged: Vec::new(), unsure }
}

/// The part that the lines of a header form over known columns.
pub(super) fn header(lines: &[Line], xs: &[f32], page: &Page) -> Option<Part> {
    let rows: Vec<Row> = lines.iter().map(row).collect();
    let bands = header_bands(headings(&rows, &[], xs).as_deref().unwrap_or(&rows), xs);
    let mut words: Vec<Vec<Vec<Word>>> = vec![vec![Vec::new(); xs.len().checked_sub(1)?]; bands.len()];
    let ys = row_borders(&bands);
    for (row, band) in bands.into_iter().enumerate() {
        for piece in band.pieces {
            words[row][column_of(xs, &piece)].extend(piece.words);
        }
    }
    let cells = areas(&words, words.len(), &[], xs);
    let texts = cells.iter().map(|area| text(&mut words, area)).collect();
    Some(Part::new(Lattice { xs: xs.to_vec(), ys, cells }, texts, Vec::new(), page))
}

/// The words in an area.
fn text(words: &mut [Vec<Vec<Word>>], area: &Area) -> Vec<Word> {
    let over = &mut words[area.row][area.column..area.column + area.column_span];
    over.iter_mut().flat_map(std::mem::take).collect()
}

/// The borders of columns that the pieces of the rules of a table show.
fn drawn(stretch: &Stretch, rulings: &[Ruling]) -> Option<Vec<f32>> {
    let in_pieces = implied::in_pieces(rulings, &stretch.rules);
    implied::columns(&in_pieces.iter().collect::<Vec<_>>())
}

/// From where to where the texts of each column reach; an empty column lies in its middle.
fn reaches(xs: &[f32], areas: &[Area], texts: &[Vec<Word>]) -> Vec<(f32, f32)> {
    let mut reaches: Vec<Option<Rect>> = vec![None; xs.len() - 1];
    for (area, words) in areas.iter().zip(texts).filter(|(area, _)| area.column_span == 1) {
        let reach = &mut reaches[area.column];
        *reach = words.iter().map(|word| word.bbox).chain(*reach).reduce(Rect::union);
    }
    let middle = |column: usize| f32::midpoint(xs[column], xs[column + 1]);
    let reach = |(column, reach): (usize, Option<Rect>)| {
        reach.map_or((middle(column), middle(column)), |reach| (reach.x0, reach.x1))
    };
    reaches.into_iter().enumerate().map(reach).collect()
}

/// How many lines at the top are the header of a table most of whose other lines are rows by their figures.
fn headed(rows: &[Row]) -> usize {
    let first = rows.iter().position(|row| row.body).filter(|first| *first <= HEADER).unwrap_or(0);
    let (header, below) = rows.split_at(first);
    let figures = header.iter().flat_map(|row| &row.pieces).any(|piece| piece.figure);
    let most = below.iter().filter(|row| row.body).count() * MOSTLY.1 >= below.len() * MOSTLY.0;
    if most && !figures { first } else { 0 }
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
    let empty = names::unfilled(&strips, header);
    strips.extend(empty);
    strips.sort_by(|a, b| a.0.total_cmp(&b.0));
    widen(&mut strips, header);
    let mut xs = borders(&strips);
    if let (Some(rule), [first, .., last]) = (rules.first(), xs.as_mut_slice()) {
        (*first, *last) = (first.min(rule.from), last.max(rule.to));
    }
    xs
}

/// The usual distance between rows.
pub(super) fn pitch(rows: &[Row]) -> f32 {
    let body: Vec<&Row> = rows.iter().filter(|row| row.body).take(40).collect();
    let mut steps: Vec<f32> = body.windows(2).map(|pair| pair[1].y - pair[0].y).collect();
    steps.sort_by(f32::total_cmp);
    steps.get(steps.len() / 2).copied().unwrap_or(20.0)
}

/// The strips that body rows write into, from the left.
pub(super) fn strips(rows: &[Row]) -> Vec<(f32, f32)> {
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
pub(super) fn row_borders(bands: &[Row]) -> Vec<f32> {
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
    for row in 0..header_rows {
        let free = |column: usize| !taken[row * columns + column];
        let spans = levels::spans(&words[..header_rows], row, free, xs);
        for column in (0..columns).filter(|column| !words[row][*column].is_empty()) {
            if taken[row * columns + column] {
                continue;
            }
            let cell = match spans[column] {
                Some((first, last)) => {
                    Area { row, column: first, row_span: 1, column_span: last + 1 - first }
                }
                None => header_cell(words, &taken, (row, column, header_rows), xs),
            };
            place(cell, &mut taken);
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

/// The extent of a cell of the header.
fn header_cell(
    words: &[Vec<Vec<Word>>],
    taken: &[bool],
    (row, column, header_rows): (usize, usize, usize),
    xs: &[f32],
) -> Area {
    let columns = xs.len() - 1;
    let mut area = Area { row, column, row_span: 1, column_span: 1 };
    let free = |r: usize, c: usize| words[r][c].is_empty() && !taken[r * columns + c];
    // The last row of a header has the body below it.
    let last_row = row + 1 == header_rows;
    let below = |c: usize| last_row || (row + 1..header_rows).any(|r| !words[r][c].is_empty());
    let over = |c: usize| free(row, c) && below(c);
    let bounds = words[row][column].iter().map(|word| word.bbox).reduce(Rect::union).unwrap_or_default();
    let (first, last) = span(xs, column, bounds, over, row == 0);
    if last > first {
        (area.column, area.column_span) = (first, last - first + 1);
    } else if last_row {
        return area;
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
