//! Joining over pages: parts of one table, and paragraphs that a page break cuts.

use super::headings::{self, Face};
use super::open_table::{OpenTable, same_columns};
use super::paragraphs::{Draft, Margins, UsualEdges};
use super::part::Part;
use super::repeat::{repeated_rows, squeeze};
use super::{Item, Layout, Line};
use crate::document::{Block, Furniture, FurnitureKind, Page, Paragraph};

/// The blocks of laid-out pages in reading order.
pub(super) fn blocks(layouts: Vec<Layout>, furniture: &mut Vec<Furniture>) -> Vec<Block> {
    let foot = layouts.iter().map(|layout| (layout.page.height, layout.content_bottom())).collect::<Vec<_>>();
    let usual = UsualEdges::of(&layouts);
    let mut writer = Writer {
        blocks: Vec::new(),
        faces: Vec::new(),
        open: Open::Nothing,
        captions: Vec::new(),
        furniture,
        usual,
    };
    for layout in layouts {
        let bottom = foot
            .iter()
            .filter(|(height, _)| (height - layout.page.height).abs() < 2.0)
            .map(|(_, bottom)| *bottom)
            .fold(0.0, f32::max);
        writer.page(layout, bottom);
    }
    writer.close();
    headings::mark(&mut writer.blocks, &writer.faces);
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

struct Writer<'f> {
    blocks: Vec<Block>,
    /// How the paragraphs among the blocks are set.
    faces: Vec<(usize, Face)>,
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
            && same_columns(&open.part, part, true)
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
            Open::Paragraph(draft) => {
                self.faces.push((self.blocks.len(), draft.face));
                self.blocks.push(Block::Paragraph(draft.paragraph));
            }
            Open::Table(open) => self.blocks.push(Block::Table(open.part.into_table())),
        }
    }
}
