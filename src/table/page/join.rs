//! Joining over pages: parts of one table, and paragraphs that a page break cuts.

use super::cells::Area;
use super::paragraphs::{Draft, Margins, UsualEdges};
use super::part::{Part, PartCell};
use super::{Item, Layout, Line};
use crate::document::{Block, Furniture, FurnitureKind, Page, Paragraph};

/// How far the same border may be off on two pages (points).
const SAME_BORDER: f32 = 3.5;
/// Share of the borders of the narrower part that the other must have too.
const SHARED_BORDERS: f32 = 0.7;
/// Room at the foot of a page that a row would have fitted into, beyond its own height (points).
const SLACK: f32 = 12.0;

/// The blocks of laid-out pages in reading order.
pub(super) fn blocks(layouts: Vec<Layout>, furniture: &mut Vec<Furniture>) -> Vec<Block> {
    let foot = layouts.iter().map(|layout| (layout.page.height, layout.content_bottom())).collect::<Vec<_>>();
    let usual = UsualEdges::of(&layouts);
    let mut writer =
        Writer { blocks: Vec::new(), open: Open::Nothing, captions: Vec::new(), furniture, usual };
    for layout in layouts {
        let bottom = foot
            .iter()
            .filter(|(height, _)| (height - layout.page.height).abs() < 2.0)
            .map(|(_, bottom)| *bottom)
            .fold(0.0, f32::max);
        writer.page(layout, bottom);
    }
    writer.close();
    writer.blocks
}

impl Layout {
    fn content_bottom(&self) -> f32 {
        self.items.iter().map(Item::bottom).fold(0.0, f32::max)
    }
}

/// What the last page left unfinished.
enum Open {
    Nothing,
    Paragraph(Draft),
    Table(OpenTable),
}

/// A table that may go on.
struct OpenTable {
    part: Part,
    /// The part that stood last, for its place on its page.
    last_bottom: f32,
    page: u32,
    /// Rows at the top that a part on the next page would repeat.
    captions: Vec<String>,
    /// Room below the last row of its page.
    room: f32,
}

struct Writer<'f> {
    blocks: Vec<Block>,
    open: Open,
    /// The lines since the last table, squeezed: what stands above the next one.
    captions: Vec<String>,
    furniture: &'f mut Vec<Furniture>,
    usual: UsualEdges,
}

impl Writer<'_> {
    fn page(&mut self, layout: Layout, bottom: f32) {
        let margins = Margins::of(&layout, &self.usual);
        let Layout { page, items, .. } = layout;
        let skip = self.repeated_captions(&items, &page);
        let mut first = true;
        for (index, item) in items.into_iter().enumerate() {
            match item {
                Item::Line(line) if index < skip => {
                    self.furniture.push(Furniture { kind: FurnitureKind::Header, text: line.text() });
                    continue;
                }
                Item::Line(line) => self.line(&line, margins, &page, first),
                Item::Part(part) => self.part(part, &page, bottom, first),
            }
            first = false;
        }
    }

    /// How many lines at the top of the page only repeat what stands above the open table, with the table going on
    /// right below them.
    fn repeated_captions(&self, items: &[Item], page: &Page) -> usize {
        let Open::Table(open) = &self.open else { return 0 };
        let texts: Vec<String> = items
            .iter()
            .map_while(|item| match item {
                Item::Line(line) => Some(squeeze(&line.text())),
                Item::Part(_) => None,
            })
            .collect();
        let Some(Item::Part(part)) = items.get(texts.len()) else { return 0 };
        let repeated = texts.iter().all(|text| open.captions.contains(text));
        let goes_on = open.page + 1 == page.number
            && same_columns(&open.part.xs, &part.xs)
            && repeated_rows(&open.part, part) > 0;
        if repeated && goes_on { texts.len() } else { 0 }
    }

    fn line(&mut self, line: &Line, margins: Margins, page: &Page, first: bool) {
        self.captions.push(squeeze(&line.text()));
        if let Open::Paragraph(draft) = &mut self.open {
            let goes_on =
                if first { draft.goes_on_over_page(line, margins) } else { draft.goes_on(line, margins) };
            if goes_on {
                draft.add(line, margins, page);
                return;
            }
        }
        self.close();
        self.open = Open::Paragraph(Draft::new(line, margins, page));
    }

    fn part(&mut self, part: Part, page: &Page, bottom: f32, first: bool) {
        let last_bottom = part.bounds().y1;
        if let Open::Table(open) = &mut self.open
            && first
            && open.page + 1 == page.number
            && open.goes_on(&part)
        {
            let repeated = open.append(part);
            self.furniture
                .extend(repeated.into_iter().map(|text| Furniture { kind: FurnitureKind::Header, text }));
            open.page = page.number;
            open.last_bottom = last_bottom;
            open.room = bottom - last_bottom;
            return;
        }
        if part.cells.iter().filter(|cell| !cell.text.is_empty() || !cell.nested.is_empty()).count() < 2 {
            self.lone_text(part);
            return;
        }
        self.close();
        let captions = std::mem::take(&mut self.captions);
        let room = bottom - last_bottom;
        self.open = Open::Table(OpenTable { part, last_bottom, page: page.number, captions, room });
    }

    /// A grid with text in one cell that goes on from no table is no table either.
    fn lone_text(&mut self, part: Part) {
        self.close();
        for cell in part.cells {
            if !cell.text.is_empty() {
                self.captions.push(squeeze(&cell.text));
                let place = part.place;
                self.blocks.push(Block::Paragraph(Paragraph { place, ..Paragraph::plain(cell.text) }));
            }
            self.blocks.extend(cell.nested.into_iter().map(Block::Table));
        }
    }

    fn close(&mut self) {
        match std::mem::replace(&mut self.open, Open::Nothing) {
            Open::Nothing => {}
            Open::Paragraph(draft) => self.blocks.push(Block::Paragraph(draft.paragraph)),
            Open::Table(open) => self.blocks.push(Block::Table(open.part.into_table())),
        }
    }
}

impl OpenTable {
    /// Whether a part at the top of the next page is more of this table.
    fn goes_on(&self, part: &Part) -> bool {
        if !same_columns(&self.part.xs, &part.xs) {
            return false;
        }
        let repeated = repeated_rows(&self.part, part);
        if repeated > 0 && !title_rows_only(part, repeated) {
            return true;
        }
        // Figures do not stand in a header: a table of its own would not begin with them.
        if part.cells.iter().any(|cell| cell.area.row == repeated && is_amount(&cell.text)) {
            return true;
        }
        // A row that would have fitted below the last one begins a table of its own.
        let next =
            part.ys.get(repeated + 1).zip(part.ys.get(repeated)).map_or(0.0, |(end, start)| end - start);
        self.room < next + SLACK
    }

    /// Adds a part and returns the texts of its repeated header, which are dropped.
    fn append(&mut self, mut part: Part) -> Vec<String> {
        let repeated = repeated_rows(&self.part, &part);
        let dropped = drop_rows(&mut part, repeated);
        let xs = union(&self.part.xs, &part.xs);
        spread(&mut self.part, &xs);
        spread(&mut part, &xs);
        if part.row_count() == 0 {
            return dropped;
        }
        let split = splits_row(&self.part, &part);
        let last_row = self.part.row_count() - 1;
        let shift = if split { last_row } else { last_row + 1 };
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
            if !(top && self.continue_cell(&mut cell, last_row, split)) {
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

    /// Lets the cell above go on into one at the top of the new page; `false` where the new cell is one of its own.
    fn continue_cell(&mut self, cell: &mut PartCell, last_row: usize, split: bool) -> bool {
        let merges = self.merges_column(cell.area.column) && !cell.text.contains(char::is_alphanumeric);
        let above = self.part.cells.iter_mut().find(|above| {
            above.area.column == cell.area.column
                && above.area.column_span == cell.area.column_span
                && above.area.row + above.area.row_span == last_row + 1
        });
        let Some(above) = above else { return false };
        let over_rows = above.area.row_span > 1 || cell.area.row_span > 1 || merges;
        let empty = cell.text.is_empty() && cell.nested.is_empty();
        if !(split || empty && over_rows) {
            return false;
        }
        above.area.row_span = cell.area.row + cell.area.row_span - above.area.row;
        if !empty && !above.text.is_empty() {
            above.text.push('\n');
        }
        above.text.push_str(&cell.text);
        above.nested.append(&mut cell.nested);
        true
    }
}

/// Whether the columns of two parts stand at the same places.
fn same_columns(a: &[f32], b: &[f32]) -> bool {
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

/// How many rows at the top of both parts are the same: the header, repeated.
fn repeated_rows(first: &Part, next: &Part) -> usize {
    let most = first.row_count().min(next.row_count());
    let mut rows = 0;
    while rows < most && same_row(first, next, rows) {
        rows += 1;
    }
    // A header ends where no cell reaches over its last row.
    while rows > 0
        && next.cells.iter().any(|cell| cell.area.row < rows && cell.area.row + cell.area.row_span > rows)
    {
        rows -= 1;
    }
    rows
}

/// Whether a row is the same in both. A repeated header may be drawn in rows too low for it, which clips its lower
/// lines: most of its texts are whole then, the others begin alike.
fn same_row(a: &Part, b: &Part, row: usize) -> bool {
    let texts = |part: &Part| -> Vec<String> {
        let mut cells: Vec<&PartCell> = part.cells.iter().filter(|cell| cell.area.row == row).collect();
        cells.sort_by_key(|cell| cell.area.column);
        cells.iter().map(|cell| squeeze(&cell.text)).filter(|text| !text.is_empty()).collect()
    };
    let (a, b) = (texts(a), texts(b));
    let alike = a.len() == b.len()
        && a.iter().zip(&b).all(|(a, b)| a.starts_with(b.as_str()) && b.len() * 2 >= a.len());
    let whole = a.iter().zip(&b).filter(|(a, b)| a == b).count();
    alike && whole * 2 >= a.len() && (row > 0 || !a.is_empty())
}

/// Whether the leading rows hold one cell each: a title inside the table, which forms of one kind share.
fn title_rows_only(part: &Part, rows: usize) -> bool {
    let filled =
        |row: usize| part.cells.iter().filter(|cell| cell.area.row == row && !cell.text.is_empty()).count();
    (0..rows).all(|row| filled(row) <= 1)
}

/// Whether the first row of a part is the rest of the last row before it: every cell with text goes on from one whose
/// last line fills it, and some cells end above, or a text shows that it was cut. Cells merged over rows go on by
/// themselves and do not count.
fn splits_row(part: &Part, next: &Part) -> bool {
    let last = part.row_count() - 1;
    let above_of = |cell: &PartCell| {
        part.cells.iter().find(|above| {
            above.area.column == cell.area.column
                && above.area.column_span == cell.area.column_span
                && above.area.row + above.area.row_span == last + 1
        })
    };
    let (mut ends, mut goes_on, mut cut) = (0, 0, false);
    for cell in next.cells.iter().filter(|cell| cell.area.row == 0) {
        let Some(above) = above_of(cell) else { return false };
        let merged = above.area.row_span > 1 || cell.area.row_span > 1;
        match (above.text.is_empty(), cell.text.is_empty()) {
            (_, true) if merged => {}
            (false, true) => ends += 1,
            (true, true) => {}
            (true, false) => return false,
            (false, false) if above.room >= needed(&cell.text) => return false,
            (false, false) => {
                goes_on += 1;
                cut |= is_cut(&above.text);
            }
        }
    }
    goes_on > 0 && (ends > 0 || cut)
}

/// The room that the first piece of a text needs which can't be broken, in font sizes: a character with the closing
/// mark behind it, or letters and digits in a row.
fn needed(text: &str) -> f32 {
    const SLACK: f32 = 0.3;
    let latin = text.chars().take_while(char::is_ascii_graphic).take(20).count();
    let closing = |c: &char| "》）」』”’，。；：、！？)]".contains(*c);
    match latin {
        0 => 1.0 + SLACK + if text.chars().nth(1).as_ref().is_some_and(closing) { 1.0 } else { 0.0 },
        count => (0.5 * f32::from(u8::try_from(count).unwrap_or(20))).max(1.0) + SLACK,
    }
}

/// A number with decimals or thousands.
fn is_amount(text: &str) -> bool {
    text.contains(['.', ',']) && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '-'))
}

/// Whether a text can't be whole: it ends in a decimal point or comma, or leaves a bracket open.
fn is_cut(text: &str) -> bool {
    let count = |marks: &[char]| text.chars().filter(|c| marks.contains(c)).count();
    text.ends_with(['.', ',', '，', '、'])
        || count(&['（', '(']) > count(&['）', ')'])
        || count(&['《']) > count(&['》'])
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

/// A text without its white space and without the mark of a continuation.
fn squeeze(text: &str) -> String {
    let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    squeezed.replace("（续）", "").replace("(续)", "").replace("续表", "")
}
