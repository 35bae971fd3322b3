//! Pages → blocks: rulings to edges, frames and cells; words to lines and paragraphs; parts on several pages to whole
//! tables.

mod cells;
mod edges;
mod furniture;
mod join;
mod lines;
mod paragraphs;
mod part;

use crate::document::{Block, Furniture, Page};
use lines::Line;
use part::Part;

/// A page after its tables are found.
#[derive(Debug, Default)]
struct Layout {
    /// The page without its words.
    page: Page,
    /// What stands on it, from top to bottom.
    items: Vec<Item>,
}

/// A thing on a page.
#[derive(Debug)]
enum Item {
    Part(Part),
    Line(Line),
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
    join::blocks(layouts, furniture)
}

fn lay_out(mut page: Page) -> Layout {
    let (parts, rest) = part::ruled(&mut page);
    page.rulings = Vec::new();
    let mut items: Vec<Item> = parts.into_iter().map(Item::Part).collect();
    items.extend(lines::lines(rest).into_iter().map(Item::Line));
    items.sort_by(|a, b| a.top().total_cmp(&b.top()));
    Layout { page, items }
}
