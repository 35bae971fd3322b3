//! Parts: tables as they stand on one page, with their text, before parts on several pages are joined.

use super::cells::{Area, Lattice};
use super::edges::{Edge, Frame, edges, frames};
use super::implied;
use super::lines::{Line, lines};
use super::loose;
use super::readings;
use crate::document::{Cell, Direction, Page, Place, Rect, Table, Word, visible_chars};

/// Room that a cell leaves beside its text: Word leaves 5.4 points on either side.
const PADDING: f32 = 11.5;
/// Height of the page's head, in parts of its height, where the rest of a row may stand.
const HEAD: f32 = 0.16;

/// A table on one page.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    /// Column borders from the left.
    pub(super) xs: Vec<f32>,
    /// From where to where the texts of each column reach, where its borders are only those between texts.
    pub(super) strips: Vec<(f32, f32)>,
    /// Row borders from the top.
    pub(super) ys: Vec<f32>,
    /// The cells by row and column.
    pub(super) cells: Vec<PartCell>,
    /// The box of each row on the page as shown.
    pub(super) rows: Vec<Place>,
    /// The box of the table on the page as shown.
    pub(super) place: Place,
    /// Whether nothing tells its rows from the lines of cells that wrap.
    pub(super) unsure: bool,
}

/// A cell of a part.
#[derive(Debug, Clone)]
pub(super) struct PartCell {
    pub(super) area: Area,
    pub(super) text: String,
    /// What its last line leaves free beside the padding, in font sizes.
    pub(super) room: f32,
    pub(super) nested: Vec<Table>,
    /// Other readings of a figure.
    pub(super) readings: Vec<String>,
}

/// A lattice and the words in its cells.
struct Filled {
    lattice: Lattice,
    owners: Vec<usize>,
    words: Vec<Vec<Word>>,
    nested: Vec<Vec<Table>>,
    /// Whether some rows that no rule parts may be lines of cells.
    unsure: bool,
}

impl Part {
    /// The box of the part on the turned page.
    pub(super) fn bounds(&self) -> Rect {
        let last = |borders: &[f32]| borders.last().copied().unwrap_or_default();
        let first = |borders: &[f32]| borders.first().copied().unwrap_or_default();
        Rect { x0: first(&self.xs), y0: first(&self.ys), x1: last(&self.xs), y1: last(&self.ys) }
    }

    /// Builds a part from a lattice and its words cell by cell.
    pub(super) fn new(
        lattice: Lattice,
        words: Vec<Vec<Word>>,
        mut nested: Vec<Vec<Table>>,
        page: &Page,
    ) -> Self {
        nested.resize_with(lattice.cells.len(), Vec::new);
        let place = |rect: Rect| Place { page: Some(page.number), bbox: Some(page.printed(rect)) };
        let bounds = lattice.bounds();
        let rows =
            lattice.ys.windows(2).map(|pair| place(Rect { y0: pair[0], y1: pair[1], ..bounds })).collect();
        let cells = lattice.cells.iter().zip(words).zip(nested);
        let cells = cells.map(|((area, words), nested)| {
            let width = lattice.rect(*area).width();
            let (text, room, readings) = text(words, width);
            PartCell { area: *area, text, room, nested, readings }
        });
        let cells = cells.collect();
        Self { cells, rows, place: place(bounds), xs: lattice.xs, ys: lattice.ys, ..Self::default() }
    }

    /// Puts a header with the same columns on top of it.
    pub(super) fn prepend(&mut self, header: Self, top: f32) {
        let rows = header.row_count();
        for cell in &mut self.cells {
            cell.area.row += rows;
        }
        self.cells.splice(0..0, header.cells);
        let inner = header.ys.get(1..rows).unwrap_or_default();
        self.ys.splice(0..0, [top].into_iter().chain(inner.iter().copied()));
        self.rows.splice(0..0, header.rows);
        self.place.bbox = self.place.bbox.zip(header.place.bbox).map(|(own, header)| own.union(header));
    }

    /// The boxes of its cells on the turned page.
    pub(super) fn cell_boxes(&self) -> Vec<Rect> {
        let rect = |area: Area| Rect {
            x0: self.xs[area.column],
            y0: self.ys[area.row],
            x1: self.xs[area.column + area.column_span],
            y1: self.ys[area.row + area.row_span],
        };
        self.cells.iter().map(|cell| rect(cell.area)).collect()
    }

    pub(super) fn row_count(&self) -> usize {
        self.ys.len().saturating_sub(1)
    }

    pub(super) fn column_count(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    /// The finished table.
    pub(super) fn into_table(mut self) -> Table {
        let (rows, columns) = (self.row_count(), self.column_count());
        self.cells.sort_by_key(|cell| (cell.area.row, cell.area.column));
        // Collected, they would stay in the room of the parts' cells, which is larger.
        let mut cells = Vec::with_capacity(self.cells.len());
        cells.extend(self.cells.into_iter().map(|cell| Cell {
            row: cell.area.row,
            column: cell.area.column,
            row_span: cell.area.row_span,
            column_span: cell.area.column_span,
            text: cell.text,
            nested: cell.nested.into(),
            readings: cell.readings.into(),
        }));
        let page_last = self.rows.last().and_then(|place| place.page);
        let continued = page_last.is_some() && page_last != self.place.page;
        Table {
            rows,
            columns,
            cells,
            place: self.place,
            page_last,
            continued,
            unsure: self.unsure,
            row_places: self.rows,
            ..Table::default()
        }
    }
}

/// The ruled tables of a page, the words that stand in none of them, and the rules that belong to none.
pub(super) fn ruled(page: &mut Page) -> (Vec<Part>, Vec<Word>, Vec<Edge>) {
    let shaded = implied::shaded(&page.shades, &page.rulings);
    page.rulings.extend(shaded);
    let (mut across, mut upright) = edges(&page.rulings);
    let (heads, sides) = implied::implied(&page.rulings, &page.words, &across, &upright);
    across.extend(heads);
    across.sort_by(|a, b| a.at.total_cmp(&b.at));
    let drawn = upright.clone();
    upright.extend(sides);
    upright.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut grids: Vec<Lattice> = frames(&across, &upright)
        .iter()
        .filter_map(table_lattice)
        .filter(|grid| grid.columns() > 1 || !loose::holds_columns(&page.words, grid.bounds()))
        .collect();
    // The smallest first, so that a word goes to the innermost table around it.
    grids.sort_by(|a, b| area(a.bounds()).total_cmp(&area(b.bounds())));
    let mut filled: Vec<Filled> = grids.into_iter().map(Filled::new).collect();
    let mut rest = Vec::new();
    for word in std::mem::take(&mut page.words) {
        // What runs along no axis is laid over the page: it is in no cell.
        if word.direction == Direction::Slanted && page.direction != Direction::Slanted {
            rest.push(word);
            continue;
        }
        match filled.iter_mut().find_map(|grid| Some((grid.cell_at(word.bbox.centre())?, grid))) {
            Some((cell, grid)) => grid.words[cell].push(word),
            None => rest.push(word),
        }
    }
    for grid in &mut filled {
        grid.part_rows();
        let bounds = grid.lattice.bounds();
        let inside = |edge: &Edge| bounds.contains((edge.at, f32::midpoint(edge.from, edge.to)));
        if !drawn.iter().any(inside) {
            grid.part_merged();
        }
    }
    let parts = nest(filled, page, &mut rest);
    // Rules that cross no upright one may still bound a table.
    let inside = |rule: &Edge| {
        let at = |bounds: Rect| {
            rule.at >= bounds.y0 - 1.0
                && rule.at <= bounds.y1 + 1.0
                && rule.from < bounds.x1
                && rule.to > bounds.x0
        };
        parts.iter().any(|part| at(part.bounds()))
    };
    let rules = across.into_iter().filter(|rule| !inside(rule)).collect();
    (parts, rest, rules)
}

/// A frame's lattice if it can be a table: a box with one cell is none.
fn table_lattice(frame: &Frame) -> Option<Lattice> {
    Lattice::new(frame).filter(|lattice| lattice.cells.len() > 1)
}

/// Puts tables that lie in a cell of another into that cell, and gives back the words of grids that are no tables.
fn nest(mut filled: Vec<Filled>, page: &Page, rest: &mut Vec<Word>) -> Vec<Part> {
    let mut parts = Vec::new();
    while !filled.is_empty() {
        let inner = filled.remove(0);
        if !inner.is_table(page) {
            // The words go on to the grid around it, or back to the page.
            for word in inner.words.into_iter().flatten() {
                match filled.iter_mut().find_map(|grid| Some((grid.cell_at(word.bbox.centre())?, grid))) {
                    Some((cell, grid)) => grid.words[cell].push(word),
                    None => rest.push(word),
                }
            }
            continue;
        }
        let bounds = inner.lattice.bounds();
        let outer = filled.iter_mut().find_map(|grid| {
            let cell = grid.cell_at(bounds.centre())?;
            encloses(grid.lattice.rect(grid.lattice.cells[cell]), bounds).then_some((cell, grid))
        });
        let part = Part { unsure: inner.unsure, ..Part::new(inner.lattice, inner.words, inner.nested, page) };
        match outer {
            Some((cell, grid)) => grid.nested[cell].push(part.into_table()),
            None => parts.push(part),
        }
    }
    parts
}

impl Filled {
    fn new(lattice: Lattice) -> Self {
        let cells = lattice.cells.len();
        Self {
            owners: lattice.owners(),
            words: vec![Vec::new(); cells],
            nested: vec![Vec::new(); cells],
            lattice,
            unsure: false,
        }
    }

    /// Parts the rows that stand between two rules with none between them.
    fn part_rows(&mut self) {
        for row in (0..self.lattice.rows()).rev() {
            let Some(rows) = loose::rows(&self.lattice, &self.words, row) else { continue };
            let mut cells: Vec<(Area, Vec<Word>)> = self
                .lattice
                .cells
                .drain(..)
                .zip(self.words.drain(..))
                .filter(|(area, _)| area.row != row)
                .collect();
            let added = rows.ys.len();
            for (area, _) in cells.iter_mut().filter(|(area, _)| area.row > row) {
                area.row += added;
            }
            cells.extend(
                rows.cells.into_iter().map(|(area, words)| (Area { row: area.row + row, ..area }, words)),
            );
            cells.sort_by_key(|(area, _)| (area.row, area.column));
            (self.lattice.cells, self.words) = cells.into_iter().unzip();
            self.lattice.ys.extend(rows.ys);
            self.lattice.ys.sort_by(f32::total_cmp);
            self.unsure |= rows.unsure;
        }
        self.owners = self.lattice.owners();
        self.nested.resize_with(self.lattice.cells.len(), Vec::new);
    }

    /// Parts cells over several rows that hold the texts of several: where cells are only shaded, nothing divides two
    /// white ones.
    fn part_merged(&mut self) {
        for index in 0..self.lattice.cells.len() {
            let area = self.lattice.cells[index];
            let texts = loose::texts(&self.words[index]);
            if area.row_span < 2 || area.column_span > 1 || texts.len() < 2 {
                continue;
            }
            let borders = &self.lattice.ys[area.row..=area.row + area.row_span];
            let Some(spans) = loose::in_middles(borders, &texts) else {
                self.unsure = true;
                continue;
            };
            // What stands beside the middle one of three rows may as well stand at the top of its own.
            self.unsure |= spans.iter().all(|(_, length)| length % 2 == 1);
            for (at, (words, (row, row_span))) in texts.into_iter().zip(spans).enumerate() {
                let area = Area { row: area.row + row, row_span, ..area };
                if at == 0 {
                    (self.lattice.cells[index], self.words[index]) = (area, words);
                } else {
                    self.lattice.cells.push(area);
                    self.words.push(words);
                }
            }
        }
        self.owners = self.lattice.owners();
        self.nested.resize_with(self.lattice.cells.len(), Vec::new);
    }

    fn cell_at(&self, point: (f32, f32)) -> Option<usize> {
        let (row, column) = self.lattice.position(point)?;
        Some(self.owners[row * self.lattice.columns() + column])
    }

    /// A grid is a table if at least two of its cells hold something: charts and decoration hold nothing. At the head
    /// of a page one cell is enough, since the rest of a row may stand there.
    fn is_table(&self, page: &Page) -> bool {
        let held = self
            .words
            .iter()
            .zip(&self.nested)
            .filter(|(words, nested)| !words.is_empty() || !nested.is_empty());
        let least = if self.lattice.bounds().y0 < HEAD * page.height { 1 } else { 2 };
        held.count() >= least
    }
}

/// The text of a cell of a width, its lines each as printed, what the last of them leaves free, in font sizes, and the
/// other readings of a figure.
fn text(words: Vec<Word>, width: f32) -> (String, f32, Vec<String>) {
    let mut lines = lines(words);
    lines.retain(|line| line.words.iter().any(|word| visible_chars(&word.text) > 0));
    let room =
        lines.last().map_or(f32::MAX, |line| (width - line.bbox.width() - PADDING) / line.size.max(1.0));
    (lines.iter().map(Line::text).collect::<Vec<_>>().join("\n"), room, readings::of(&lines))
}

fn area(rect: Rect) -> f32 {
    rect.width() * rect.height()
}

fn encloses(outer: Rect, inner: Rect) -> bool {
    const SLACK: f32 = 2.0;
    inner.x0 >= outer.x0 - SLACK
        && inner.y0 >= outer.y0 - SLACK
        && inner.x1 <= outer.x1 + SLACK
        && inner.y1 <= outer.y1 + SLACK
}
