//! The way through a page: text into paragraphs, cells and page furniture. Nothing here calls itself, since a page
//! decides how deep its elements are nested.

use super::line::Line;
use super::list::List;
use super::measure::Size;
use super::tree::{Data, Element, Id, Step, Tree};
use super::{article, layout, style};
use crate::document::{Block, CellSpec, Paragraph, Table, TableBuilder, visible_chars};
use crate::reader::{Limits, ReadError};

/// The most columns and rows a cell may say it covers (HTML, 4.9.11).
const MAX_COLUMN_SPAN: usize = 1_000;
const MAX_ROW_SPAN: usize = 65_534;
/// Pictures below this height or width in pixels are marks and spacers.
const SMALL_PICTURE: u32 = 50;

/// What a page holds.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// The article.
    pub(super) blocks: Vec<Block>,
    /// Lines of the page before the article, and after or beside it.
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
    /// Visible characters met.
    pub(super) visible: u64,
    /// Characters left out as hidden.
    pub(super) hidden: u64,
    /// Cells whose spans had to be mended.
    pub(super) repaired: u64,
    /// Pictures in the article.
    pub(super) pictures: u64,
    /// Tables nested too deeply to be kept as tables.
    pub(super) flattened: u64,
}

/// Which part of the page the way is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Before,
    Article,
    /// Inside the article, but no part of it: until this element ends.
    Aside(Id),
    After,
}

/// A table while it is read.
struct Frame {
    table: Id,
    builder: TableBuilder,
    /// The cell that text goes to now.
    cell: Option<Cell>,
    caption: Option<Id>,
}

struct Cell {
    id: Id,
    lines: String,
    nested: Vec<Table>,
}

/// The walk.
pub(super) struct Walk<'t> {
    tree: &'t Tree,
    sizes: &'t [Size],
    article: Id,
    limits: &'t Limits,
    part: Part,
    line: Line,
    label: String,
    frames: Vec<Frame>,
    lists: Vec<(Id, List)>,
    headings: Vec<(Id, u8)>,
    alignments: Vec<(Id, bool)>,
    kept_space: Vec<Id>,
    cells: usize,
    walked: Walked,
}

impl<'t> Walk<'t> {
    pub(super) fn new(tree: &'t Tree, sizes: &'t [Size], article: Id, limits: &'t Limits) -> Self {
        Self {
            tree,
            sizes,
            article,
            limits,
            part: Part::Before,
            line: Line::default(),
            label: String::new(),
            frames: Vec::new(),
            lists: Vec::new(),
            headings: Vec::new(),
            alignments: Vec::new(),
            kept_space: Vec::new(),
            cells: 0,
            walked: Walked::default(),
        }
    }

    /// Goes through the whole page.
    ///
    /// # Errors
    /// `TooLarge` for too many table cells.
    pub(super) fn run(mut self) -> Result<Walked, ReadError> {
        let mut step = Some(Step::Enter(Tree::root()));
        while let Some(now) = step {
            let mut descend = true;
            match now {
                Step::Enter(id) => descend = self.enter(id),
                Step::Leave(id) => self.leave(id)?,
            }
            step = self.tree.after(now, Tree::root(), descend);
        }
        self.flush();
        Ok(self.walked)
    }

    /// Enters a node; false where nothing in it is shown.
    fn enter(&mut self, id: Id) -> bool {
        if id == self.article {
            self.flush();
            self.part = Part::Article;
        }
        let tree = self.tree;
        match tree.data(id) {
            Data::Text(text) => {
                self.walked.visible += visible_chars(text);
                self.line.push(text, !self.kept_space.is_empty());
                true
            }
            Data::Element(element) => self.enter_element(id, element),
            Data::Other => true,
        }
    }

    fn enter_element(&mut self, id: Id, element: &Element) -> bool {
        if style::is_unshown(element) {
            return false;
        }
        if style::is_hidden(element) {
            self.walked.hidden += u64::from(self.sizes[id as usize].text);
            return false;
        }
        let size = self.sizes[id as usize];
        if self.part == Part::Article && id != self.article && self.frames.is_empty() {
            let whole = self.sizes[self.article as usize];
            if article::is_aside(element, size, whole) {
                self.flush();
                self.part = Part::Aside(id);
            }
        }
        match element.name() {
            "br" => self.line.line_break(),
            "img" => self.walked.pictures += u64::from(self.part == Part::Article && is_large(element)),
            _ => {}
        }
        if style::is_block(element) {
            self.flush();
        }
        self.note(id, element);
        match element.name() {
            "table" => self.begin_table(id),
            "tr" => {
                if let Some(frame) = self.open_row() {
                    frame.builder.start_row();
                }
            }
            "td" | "th" => {
                if let Some(frame) = self.open_row() {
                    frame.cell = Some(Cell { id, lines: String::new(), nested: Vec::new() });
                }
            }
            "caption" => {
                if let Some(frame) = self.open_row() {
                    frame.caption = Some(id);
                }
            }
            _ => {}
        }
        true
    }

    /// Notes what the element says about the text in it.
    fn note(&mut self, id: Id, element: &Element) {
        if let Some(level) = style::heading(element) {
            self.headings.push((id, level));
        }
        if let Some(centred) = style::centres(element) {
            self.alignments.push((id, centred));
        }
        if style::keeps_space(element) {
            self.kept_space.push(id);
        }
        match element.name() {
            "ol" | "ul" => self.lists.push((id, List::new(element))),
            "li" => {
                if let Some((_, list)) = self.lists.last_mut() {
                    self.label = list.label(element);
                }
            }
            _ => {}
        }
    }

    fn leave(&mut self, id: Id) -> Result<(), ReadError> {
        if let Some(element) = self.tree.element(id) {
            if style::is_block(element) {
                self.flush();
            }
            match element.name() {
                "td" | "th" => self.end_cell(id, element),
                "table" => self.end_table(id)?,
                "caption" => {
                    if let Some(frame) = self.frames.last_mut().filter(|frame| frame.caption == Some(id)) {
                        frame.caption = None;
                    }
                }
                "li" => self.label.clear(),
                _ => {}
            }
        }
        forget(&mut self.headings, id);
        forget(&mut self.alignments, id);
        self.lists.pop_if(|(of, _)| *of == id);
        self.kept_space.pop_if(|of| *of == id);
        if self.part == Part::Aside(id) {
            self.flush();
            self.part = Part::Article;
        }
        if id == self.article {
            self.flush();
            self.part = Part::After;
        }
        Ok(())
    }

    /// The table whose rows are being read, unless the way is inside one of its cells.
    fn open_row(&mut self) -> Option<&mut Frame> {
        self.frames.last_mut().filter(|frame| frame.cell.is_none())
    }

    fn begin_table(&mut self, id: Id) {
        let around = self.frames.last().is_some_and(|frame| frame.cell.is_none());
        if self.part != Part::Article || around || self.is_layout(id) {
            return;
        }
        if self.frames.len() >= self.limits.depth {
            self.walked.flattened += 1;
            return;
        }
        self.frames.push(Frame { table: id, builder: TableBuilder::new(), cell: None, caption: None });
    }

    /// A table in a cell of a data table stays one unless it only wraps text.
    fn is_layout(&self, id: Id) -> bool {
        layout::is_layout(self.tree, self.sizes, id)
    }

    fn end_cell(&mut self, id: Id, element: &Element) {
        let Some(frame) = self.frames.last_mut() else { return };
        let Some(cell) = frame.cell.take_if(|cell| cell.id == id) else { return };
        frame.builder.cell(CellSpec {
            text: cell.lines,
            column_span: span(element, "colspan", MAX_COLUMN_SPAN).unwrap_or(1).max(1),
            // 0 stands for all rows that are left.
            row_span: match span(element, "rowspan", MAX_ROW_SPAN) {
                Some(0) => MAX_ROW_SPAN,
                Some(rows) => rows,
                None => 1,
            },
            nested: cell.nested,
            ..CellSpec::default()
        });
    }

    fn end_table(&mut self, id: Id) -> Result<(), ReadError> {
        let Some(frame) = self.frames.pop_if(|frame| frame.table == id) else { return Ok(()) };
        self.cells = self.cells.saturating_add(frame.builder.positions());
        if self.cells > self.limits.cells {
            let what = "the number of table cells".to_owned();
            return Err(ReadError::TooLarge { what, limit: self.limits.cells as u64 });
        }
        self.walked.repaired += frame.builder.repaired();
        let Some(table) = frame.builder.finish() else { return Ok(()) };
        match self.frames.iter_mut().rev().find_map(|frame| frame.cell.as_mut()) {
            Some(cell) => cell.nested.push(table),
            None => self.walked.blocks.push(Block::Table(table)),
        }
        Ok(())
    }

    /// Ends the line and puts it where it belongs.
    fn flush(&mut self) {
        let text = self.line.take();
        if text.trim().is_empty() {
            return;
        }
        let label = std::mem::take(&mut self.label);
        // A caption belongs to what is around its table, as does text that stands between cells.
        let cell = self.frames.iter_mut().rev().find_map(|frame| frame.cell.as_mut());
        if let Some(cell) = cell {
            self.walked.visible += visible_chars(&label);
            if !cell.lines.is_empty() {
                cell.lines.push('\n');
            }
            cell.lines.push_str(&label);
            cell.lines.push_str(text.trim_matches('\n').trim_end());
            return;
        }
        match self.part {
            Part::Article => self.walked.blocks.push(Block::Paragraph(Paragraph {
                label,
                text: text.trim().to_owned(),
                outline: self.headings.last().map(|(_, level)| *level),
                centred: self.alignments.last().is_some_and(|(_, centred)| *centred),
                ..Paragraph::default()
            })),
            Part::Before => self.walked.before.push(text.trim().to_owned()),
            Part::Aside(_) | Part::After => self.walked.after.push(text.trim().to_owned()),
        }
    }
}

fn forget<T>(noted: &mut Vec<(Id, T)>, id: Id) {
    noted.pop_if(|(of, _)| *of == id);
}

/// A span as stated; signs and words after the number are passed over, as browsers do.
fn span(element: &Element, name: &str, most: usize) -> Option<usize> {
    let value = element.attribute(name)?.trim().trim_start_matches('+');
    let digits = value.find(|c: char| !c.is_ascii_digit()).map_or(value, |end| &value[..end]);
    if digits.is_empty() {
        return None;
    }
    Some(digits.parse::<usize>().unwrap_or(most).min(most))
}

/// Whether a picture is large enough to show content.
fn is_large(picture: &Element) -> bool {
    let side = |name: &str| {
        let stated = picture.attribute(name).map(str::to_owned).or_else(|| style::declared(picture, name));
        stated.and_then(|value| value.trim_end_matches(|c: char| !c.is_ascii_digit()).parse::<f64>().ok())
    };
    let large = |side: Option<f64>| side.is_none_or(|pixels| pixels >= f64::from(SMALL_PICTURE));
    large(side("width")) && large(side("height"))
}
