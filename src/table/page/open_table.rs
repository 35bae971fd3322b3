//! A table that may go on over the page: whether a part is more of it, and how it is added.

use super::cells::Area;
use super::part::{Part, PartCell};
use super::repeat::{repeated_rows, title_rows_only};
use super::split_row::{begins_below_header, is_figure, rests_of_header, rests_of_merged, splits_row};

/// How far the same border may be off on two pages (points).
const SAME_BORDER: f32 = 3.5;
/// Share of the borders of the narrower part that the other must have too.
const SHARED_BORDERS: f32 = 0.7;
/// Room at the foot of a page that a row would have fitted into, beyond its own height (points).
const SLACK: f32 = 12.0;

/// A table that may go on.
pub(super) struct OpenTable {
    pub(super) part: Part,
    /// The part that stood last, for its place on its page.
    pub(super) last_bottom: f32,
    pub(super) page: u32,
    /// Rows at the top that a part on the next page would repeat.
    pub(super) captions: Vec<String>,
    /// Room below the last row of its page.
    pub(super) room: f32,
}

impl OpenTable {
    /// Whether a part at the top of the next page is more of this table.
    pub(super) fn goes_on(&self, part: &Part) -> bool {
        let repeated = repeated_rows(&self.part, part);
        if !same_columns(&self.part, part, repeated > 0) && self.columns_beside(part).is_none() {
            return false;
        }
        if repeated > 0 && !title_rows_only(part, repeated) {
            return true;
        }
        // Figures do not stand in a header: a table of its own would not begin with them.
        if part.cells.iter().any(|cell| cell.area.row == repeated && is_figure(&cell.text)) {
            return true;
        }
        // A row that would have fitted below the last one begins a table of its own.
        let next =
            part.ys.get(repeated + 1).zip(part.ys.get(repeated)).map_or(0.0, |(end, start)| end - start);
        self.room < next + SLACK
    }

    /// The number of columns at the left of a part that it lacks, since the merged cells in them go on without a side
    /// drawn there.
    fn columns_beside(&self, part: &Part) -> Option<usize> {
        let (own, other) = (&self.part.xs, &part.xs);
        let near = |a: &f32, b: &f32| (a - b).abs() <= SAME_BORDER;
        let beside = own.iter().position(|x| near(x, other.first().unwrap_or(&f32::MAX)))?;
        let inside = other.iter().all(|x| own.iter().any(|y| near(x, y)));
        let last = self.part.row_count();
        let merged = |cell: &&PartCell| {
            let Area { row, column, row_span, column_span } = cell.area;
            row + row_span == last && row_span > 1 && column + column_span <= beside
        };
        let covered: usize = self.part.cells.iter().filter(merged).map(|cell| cell.area.column_span).sum();
        let drawn = self.part.strips.is_empty() && part.strips.is_empty();
        let whole = near(own.last()?, other.last()?) && other.len() > 2;
        (drawn && inside && whole && beside > 0 && covered == beside).then_some(beside)
    }

    /// Adds a part and returns the texts of its repeated header, which are dropped.
    pub(super) fn append(&mut self, mut part: Part) -> Vec<String> {
        let repeated = repeated_rows(&self.part, &part);
        let dropped = drop_rows(&mut part, repeated);
        if !self.part.strips.is_empty() && !part.strips.is_empty() {
            part.xs.clone_from(&self.part.xs);
            for (own, other) in self.part.strips.iter_mut().zip(&part.strips) {
                *own = (own.0.min(other.0), own.1.max(other.1));
            }
        }
        let xs = union(&self.part.xs, &part.xs);
        spread(&mut self.part, &xs);
        spread(&mut part, &xs);
        if part.row_count() == 0 {
            return dropped;
        }
        let beside = part.cells.iter().map(|cell| cell.area.column).min().unwrap_or(0);
        let split = splits_row(&self.part, &part);
        let mut rests = rests_of_merged(&self.part, &part);
        rests.extend(rests_of_header(&self.part, &part));
        let fresh = !split && begins_below_header(&self.part, &part);
        let last_row = self.part.row_count() - 1;
        let shift = if split { last_row } else { last_row + 1 };
        self.part.unsure |= part.unsure;
        let ends = |area: Area| area.row + area.row_span == last_row + 1 && area.column < beside;
        for cell in self.part.cells.iter_mut().filter(|cell| ends(cell.area)) {
            cell.area.row_span += shift + part.row_count() - last_row - 1;
        }
        let offset = self.part.bounds().y1 - part.ys.first().copied().unwrap_or_default();
        let new_ys = part.ys.iter().skip(1).map(|y| y + offset);
        if split {
            self.part.ys.pop();
            part.rows.remove(0);
        }
        self.part.ys.extend(new_ys);
        self.part.rows.append(&mut part.rows);
        for mut cell in part.cells {
            let top = cell.area.row == 0;
            cell.area.row += shift;
            if !(top && !fresh && self.continue_cell(&mut cell, last_row, split, &rests)) {
                self.part.cells.push(cell);
            }
        }
        dropped
    }

    /// Whether cells of a column are merged over rows where they would repeat, and never left empty instead.
    fn merges_column(&self, column: usize) -> bool {
        let mut cells = self.part.cells.iter().filter(|cell| cell.area.column == column && cell.area.row > 0);
        cells.clone().any(|cell| cell.area.row_span > 1) && cells.all(|cell| !cell.text.is_empty())
    }

    /// Whether a text at the top of the new page is that of a merged cell which began on the page before and is empty
    /// there: what stands in the middle of a cell stands on one of its pages. All others of its column hold a text.
    fn is_stated_below(&self, cell: &PartCell, last_row: usize) -> bool {
        let ends = |above: &PartCell| above.area.row + above.area.row_span == last_row + 1;
        let column = self
            .part
            .cells
            .iter()
            .filter(|other| other.area.column == cell.area.column && other.area.row > 0);
        let (cut, others): (Vec<_>, Vec<_>) = column.partition(|other| ends(other));
        let merges = cut.iter().chain(&others).any(|other| other.area.row_span > 1) || cell.area.row_span > 1;
        !cell.text.is_empty()
            && !cell.text.contains(|c: char| c.is_ascii_digit())
            && merges
            && cut.iter().any(|above| above.text.is_empty() && above.nested.is_empty())
            && !others.is_empty()
            && others.iter().all(|other| !other.text.is_empty())
    }

    /// Lets the cell above go on into one at the top of the new page; `false` where the new cell is one of its own.
    fn continue_cell(&mut self, cell: &mut PartCell, last_row: usize, split: bool, rests: &[usize]) -> bool {
        let merges = self.merges_column(cell.area.column) && !cell.text.contains(char::is_alphanumeric);
        let below = self.is_stated_below(cell, last_row);
        let above = self.part.cells.iter_mut().rev().find(|above| {
            above.area.column == cell.area.column
                && above.area.column_span == cell.area.column_span
                && above.area.row + above.area.row_span == last_row + 1
        });
        let Some(above) = above else { return false };
        // A figure is printed once for each row it stands for.
        let over_rows =
            above.area.row_span > 1 || cell.area.row_span > 1 || merges && !is_figure(&above.text);
        let empty = cell.text.is_empty() && cell.nested.is_empty();
        if !(split || empty && over_rows || below || rests.contains(&cell.area.column)) {
            return false;
        }
        above.area.row_span = cell.area.row + cell.area.row_span - above.area.row;
        if !empty && !above.text.is_empty() {
            above.text.push('\n');
        }
        if !cell.text.is_empty() {
            above.room = cell.room;
        }
        above.text.push_str(&cell.text);
        above.readings.clear();
        above.nested.append(&mut cell.nested);
        true
    }
}

/// Whether the columns of two parts stand at the same places. Borders that lie between texts alone may lie anywhere
/// between them, and where the same header stands over as many columns they are the same.
pub(super) fn same_columns(a: &Part, b: &Part, headed: bool) -> bool {
    if a.strips.is_empty() || b.strips.is_empty() {
        return same_borders(&a.xs, &b.xs);
    }
    let strips = a.strips.iter().zip(&b.strips);
    let both: Vec<(f32, f32)> = strips.map(|(a, b)| (a.0.min(b.0), a.1.max(b.1))).collect();
    let apart = |pair: &[(f32, f32)]| pair[0].1 < pair[1].0;
    a.strips.len() == b.strips.len() && (headed || both.windows(2).all(apart))
}

fn same_borders(a: &[f32], b: &[f32]) -> bool {
    let (Some(a0), Some(a1), Some(b0), Some(b1)) = (a.first(), a.last(), b.first(), b.last()) else {
        return false;
    };
    if (a0 - b0).abs() > SAME_BORDER || (a1 - b1).abs() > SAME_BORDER {
        return false;
    }
    let shared = a.iter().filter(|x| b.iter().any(|y| (*x - y).abs() <= SAME_BORDER)).count();
    #[expect(clippy::cast_precision_loss, reason = "a table has few columns")]
    let enough = shared as f32 >= SHARED_BORDERS * a.len().min(b.len()) as f32;
    enough
}

/// Takes rows off the top and returns their texts.
fn drop_rows(part: &mut Part, rows: usize) -> Vec<String> {
    let (dropped, kept): (Vec<PartCell>, Vec<PartCell>) =
        std::mem::take(&mut part.cells).into_iter().partition(|cell| cell.area.row < rows);
    part.cells = kept;
    for cell in &mut part.cells {
        cell.area.row -= rows;
    }
    part.ys.drain(..rows.min(part.ys.len()));
    part.rows.drain(..rows.min(part.rows.len()));
    dropped.into_iter().map(|cell| cell.text).filter(|text| !text.is_empty()).collect()
}

/// The borders of both.
fn union(a: &[f32], b: &[f32]) -> Vec<f32> {
    let mut all = a.to_vec();
    all.extend(b.iter().filter(|x| a.iter().all(|y| (*x - y).abs() > SAME_BORDER)));
    all.sort_by(f32::total_cmp);
    all
}

/// Lays the cells of a part out on more columns.
fn spread(part: &mut Part, xs: &[f32]) {
    if part.xs.len() == xs.len() {
        part.xs = xs.to_vec();
        return;
    }
    let index = |x: f32| {
        let nearest = xs.iter().enumerate().min_by(|a, b| (a.1 - x).abs().total_cmp(&(b.1 - x).abs()));
        nearest.map_or(0, |(index, _)| index)
    };
    let map: Vec<usize> = part.xs.iter().map(|x| index(*x)).collect();
    for cell in &mut part.cells {
        let Area { column, column_span, .. } = cell.area;
        cell.area.column = map[column];
        cell.area.column_span = map[column + column_span] - map[column];
    }
    part.xs = xs.to_vec();
}
