//! Pages → blocks: rulings to edges, frames and cells; words to lines and paragraphs; parts on several pages to whole
//! tables.

mod banded;
mod bands;
mod cells;
mod columns;
mod edges;
mod furniture;
mod headings;
mod heads;
mod implied;
mod join;
mod levels;
mod lines;
mod loose;
mod names;
mod numbering;
mod open_table;
mod paragraphs;
mod part;
mod pieces;
mod readings;
mod repeat;
mod rules;
mod shaded;
mod spans;
mod split_row;
mod stretches;
mod texts;
mod tight;
mod wrapped;

use crate::document::{Block, Furniture, Page, Rect};
use lines::Line;
use part::Part;

/// A page after its tables are found.
#[derive(Debug, Default)]
struct Layout {
    /// The page without its words, and with the rulings on its open rules alone.
    page: Page,
    /// What stands on it, from top to bottom.
    items: Vec<Item>,
    /// Horizontal rules that belong to no ruled table, from the top.
    rules: Vec<edges::Edge>,
}

/// A thing on a page.
#[derive(Debug)]
enum Item {
    Part(Part),
    Line(Line),
}

impl Layout {
    /// The lines that stand in no table.
    fn lines(&self) -> impl Iterator<Item = &Line> + Clone {
        self.items.iter().filter_map(|item| match item {
            Item::Line(line) => Some(line),
            Item::Part(_) => None,
        })
    }
}

impl Item {
    fn top(&self) -> f32 {
        match self {
            Item::Part(part) => part.bounds().y0,
            Item::Line(line) => line.bbox.y0,
        }
    }

    fn bottom(&self) -> f32 {
        match self {
            Item::Part(part) => part.bounds().y1,
            Item::Line(line) => line.bbox.y1,
        }
    }
}

/// Recognises the blocks of pages; running headers, footers and watermarks go to the furniture.
pub(super) fn recognize(pages: Vec<Page>, furniture: &mut Vec<Furniture>) -> Vec<Block> {
    let mut layouts: Vec<Layout> = pages.into_iter().map(lay_out).collect();
    furniture::split(&mut layouts, furniture);
    for layout in &mut layouts {
        find_open_tables(layout);
    }
    join::blocks(layouts, furniture)
}

/// The boxes of the cells recognised on a page alone, on the turned page.
pub(super) fn cell_boxes(page: Page) -> Vec<Rect> {
    let mut layout = lay_out(page);
    find_open_tables(&mut layout);
    let parts = layout.items.iter().filter_map(|item| match item {
        Item::Part(part) => Some(part),
        Item::Line(_) => None,
    });
    parts.flat_map(Part::cell_boxes).collect()
}

fn lay_out(mut page: Page) -> Layout {
    let (mut parts, rest, rules) = part::ruled(&mut page);
    // Of the rulings only those are needed further on that may bound a table without upright ones.
    page.rulings.retain(|ruling| rules.iter().any(|rule| (rule.at - ruling.at).abs() <= edges::SNAP));
    page.rulings.shrink_to_fit();
    let mut lines = lines::lines(rest);
    for part in &mut parts {
        shaded::add_header(part, &mut lines, &page);
    }
    let mut items: Vec<Item> = parts.into_iter().map(Item::Part).collect();
    items.extend(lines.into_iter().map(Item::Line));
    items.sort_by(|a, b| a.top().total_cmp(&b.top()));
    Layout { page, items, rules }
}

/// Finds the tables without upright rulings among the lines that are left.
fn find_open_tables(layout: &mut Layout) {
    let mut items = Vec::with_capacity(layout.items.len());
    let mut lines: Vec<Line> = Vec::new();
    for item in std::mem::take(&mut layout.items) {
        match item {
            Item::Line(line) => lines.push(line),
            Item::Part(part) => {
                open_tables(std::mem::take(&mut lines), layout, &mut items);
                items.push(Item::Part(part));
            }
        }
    }
    open_tables(lines, layout, &mut items);
    layout.items = items;
}

fn open_tables(mut lines: Vec<Line>, layout: &Layout, items: &mut Vec<Item>) {
    let stretches = stretches::stretches(&lines, &layout.rules, &layout.page.rulings);
    let mut done = 0;
    for stretch in stretches {
        let mut taken: Vec<Line> = lines.drain(..stretch.end - done).collect();
        let table = taken.split_off(stretch.start - done);
        items.extend(taken.into_iter().map(Item::Line));
        match columns::part(&table, &stretch, &layout.page) {
            Some(part) => items.push(Item::Part(part)),
            None => items.extend(table.into_iter().map(Item::Line)),
        }
        done = stretch.end;
    }
    items.extend(lines.into_iter().map(Item::Line));
}
