//! Which tables of a page only place things on it, and which hold data.

use super::measure::Size;
use super::style;
use super::tree::{Id, Step, Tree};

/// Visible characters of a cell that may still be one of a data table's labels or figures.
const SHORT_CELL: u32 = 60;
/// Short cells from which on a table is a grid of its own, whatever else it holds.
const MIN_GRID_CELLS: usize = 4;
/// Paragraphs, headings and lists in one cell from which on it is a page rather than a cell.
const PAGE_BLOCKS: usize = 8;
/// Visible characters of a cell that is a page.
const PAGE_CHARS: u32 = 300;

/// What the cells of one table look like, those of tables inside it left out.
#[derive(Debug, Default)]
struct Cells {
    rows: usize,
    all: usize,
    widest_row: usize,
    in_row: usize,
    short: usize,
    nested_tables: usize,
    nested_text: u32,
    stated_data: bool,
    page_like: bool,
}

/// Whether the table is only layout: what is in it stands for itself.
pub(super) fn is_layout(tree: &Tree, sizes: &[Size], table: Id) -> bool {
    let Some(element) = tree.element(table) else { return true };
    if matches!(element.attribute("role"), Some("presentation" | "none")) {
        return true;
    }
    let cells = look(tree, sizes, table);
    let text = sizes[table as usize].text;
    if cells.stated_data || cells.all == 0 {
        return cells.all == 0;
    }
    if cells.nested_tables > 0 {
        let inside = u64::from(cells.nested_text) * 10 >= u64::from(text) * 6;
        return cells.short < MIN_GRID_CELLS && (inside || cells.page_like || cells.widest_row < 2)
            || cells.all == 1;
    }
    cells.page_like && (cells.widest_row < 2 || cells.short < MIN_GRID_CELLS && cells.rows < 4)
}

fn look(tree: &Tree, sizes: &[Size], table: Id) -> Cells {
    let mut cells = Cells::default();
    let mut blocks = 0;
    let mut nested = false;
    let mut step = Some(Step::Enter(table));
    while let Some(now) = step {
        let mut descend = true;
        match now {
            Step::Enter(id) if id != table => {
                let Some(element) = tree.element(id) else {
                    step = tree.after(now, table, true);
                    continue;
                };
                descend = !style::is_unshown(element) && !style::is_hidden(element);
                match element.name() {
                    "table" => {
                        cells.nested_tables += 1;
                        cells.nested_text = cells.nested_text.saturating_add(sizes[id as usize].text);
                        (nested, descend) = (true, false);
                    }
                    "caption" | "th" => cells.stated_data = true,
                    "tr" => (cells.rows, cells.in_row) = (cells.rows + 1, 0),
                    "td" => {
                        (blocks, nested) = (0, false);
                        cells.in_row += 1;
                        cells.widest_row = cells.widest_row.max(cells.in_row);
                    }
                    "p" | "ul" | "ol" | "h1" | "h2" | "h3" | "h4" | "div" => blocks += 1,
                    _ => {}
                }
            }
            Step::Leave(id) if tree.element(id).is_some_and(|element| element.name() == "td") => {
                let chars = sizes[id as usize].text;
                cells.all += 1;
                cells.short += usize::from(!nested && chars > 0 && chars <= SHORT_CELL);
                cells.page_like |= blocks >= PAGE_BLOCKS && chars >= PAGE_CHARS;
            }
            _ => {}
        }
        step = tree.after(now, table, descend);
    }
    cells
}
