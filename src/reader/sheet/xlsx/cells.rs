//! The part of one sheet → its cells, merged ranges and hidden parts.

use super::strings::{rich_text, unescaped};
use crate::reader::ReadError;
use crate::reader::container::{Element, Namespace, Node, Xml};
use crate::reader::sheet::book::{self, Book, CellBudget, MAX_COLUMN, MAX_ROW, Sheet, SheetCell};
use crate::reader::sheet::number;
use crate::reader::sheet::style::{Style, Styles};

/// What the cells of all sheets refer to.
pub(super) struct Context<'a> {
    pub(super) strings: &'a [String],
    pub(super) styles: &'a Styles,
    pub(super) epoch_1904: bool,
}

/// The elements of a sheet that matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Column,
    Row,
    Cell,
    Value,
    Formula,
    Inline,
    Merge,
    Drawing,
    Other,
}

impl Part {
    fn of(name: &str) -> Self {
        match name {
            "col" => Self::Column,
            "row" => Self::Row,
            "c" => Self::Cell,
            "v" => Self::Value,
            "f" => Self::Formula,
            "is" => Self::Inline,
            "mergeCell" => Self::Merge,
            "drawing" => Self::Drawing,
            _ => Self::Other,
        }
    }
}

/// A cell while it is read.
#[derive(Default)]
struct OpenCell {
    row: u32,
    column: u32,
    kind: String,
    style: Style,
    value: Option<String>,
    formula: bool,
}

/// A sheet while it is read.
pub(super) struct Walk<'a> {
    context: &'a Context<'a>,
    sheet: &'a mut Sheet,
    book: &'a mut Book,
    budget: &'a mut CellBudget,
    /// Where a cell stands that doesn't say it.
    row: u32,
    column: u32,
    /// The row of a row that doesn't say it.
    next_row: u32,
    open: Option<OpenCell>,
}

impl<'a> Walk<'a> {
    /// A walk that fills this sheet.
    pub(super) fn new(
        context: &'a Context<'a>,
        sheet: &'a mut Sheet,
        book: &'a mut Book,
        budget: &'a mut CellBudget,
    ) -> Self {
        Self { context, sheet, book, budget, row: 0, column: 0, next_row: 0, open: None }
    }

    /// Reads the part to its end.
    pub(super) fn read(mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        let mut path: Vec<Part> = Vec::new();
        loop {
            match xml.next()? {
                Node::Start(element) => {
                    let part = Part::of(element.local());
                    self.start(part, xml, &element)?;
                    match &mut self.open {
                        // Reading the text takes the element's end too.
                        Some(cell) if part == Part::Inline => cell.value = Some(rich_text(xml)?),
                        _ => path.push(part),
                    }
                }
                Node::Text(text) => {
                    if let (Some(cell), Some(Part::Value)) = (&mut self.open, path.last()) {
                        cell.value.get_or_insert_default().push_str(&text);
                    }
                }
                Node::End => {
                    if path.pop() == Some(Part::Cell)
                        && let Some(cell) = self.open.take()
                    {
                        self.end_cell(cell)?;
                    }
                }
                Node::Eof => return Ok(()),
            }
        }
    }

    fn start(&mut self, part: Part, xml: &Xml<'_>, element: &Element<'_>) -> Result<(), ReadError> {
        let text = |name: &str| xml.attribute(element, Namespace::None, name);
        let number = |name: &str| text(name)?.trim().parse::<u32>().ok();
        match part {
            Part::Column if is_hidden(xml, element, "width") => {
                if let (Some(first), Some(last)) = (number("min"), number("max")) {
                    self.sheet.hidden_columns.push((first.max(1) - 1, last.max(1) - 1));
                }
            }
            Part::Row => {
                self.row = number("r").map_or(self.next_row, |number| number.max(1) - 1).min(MAX_ROW);
                (self.next_row, self.column) = (self.row + 1, 0);
                if is_hidden(xml, element, "ht") {
                    self.sheet.hidden_rows.push((self.row, self.row));
                }
            }
            Part::Cell => self.open = Some(self.begin_cell(xml, element)),
            Part::Merge => {
                if let Some(range) = text("ref").and_then(|stated| book::range(&stated)) {
                    self.sheet.merge(range)?;
                }
            }
            Part::Drawing => self.book.objects += 1,
            Part::Formula => {
                if let Some(cell) = &mut self.open {
                    cell.formula = true;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn begin_cell(&mut self, xml: &Xml<'_>, element: &Element<'_>) -> OpenCell {
        let text = |name: &str| xml.attribute(element, Namespace::None, name);
        let stated = text("r").and_then(|stated| book::reference(&stated));
        let (row, column) = stated.unwrap_or((self.row, self.column));
        self.column = column.min(MAX_COLUMN) + 1;
        let style = text("s").and_then(|style| style.trim().parse().ok()).unwrap_or(0);
        OpenCell {
            row: row.min(MAX_ROW),
            column: column.min(MAX_COLUMN),
            kind: text("t").unwrap_or_default().into_owned(),
            style: self.context.styles.get(style),
            ..OpenCell::default()
        }
    }

    fn end_cell(&mut self, open: OpenCell) -> Result<(), ReadError> {
        let OpenCell { row, column, kind, style, value, formula } = open;
        self.book.uncomputed += u64::from(formula && value.is_none() && !self.sheet.hidden);
        let value = value.unwrap_or_default();
        let text = match kind.as_str() {
            "s" => {
                let index = value.trim().parse::<usize>().ok();
                let text = index.and_then(|index| self.context.strings.get(index));
                if text.is_none() && !value.trim().is_empty() {
                    self.book.lost_string();
                }
                number::show_text(text.map_or("", String::as_str), &style.code)
            }
            "str" => number::show_text(&unescaped(&value), &style.code),
            "inlineStr" => number::show_text(&value, &style.code),
            "b" => (if value.trim() == "1" { "TRUE" } else { "FALSE" }).to_owned(),
            "e" | "d" => value,
            _ => match value.trim().parse::<f64>() {
                Ok(number) => number::show(number, &style.code, self.context.epoch_1904),
                Err(_) => value,
            },
        };
        self.sheet.put(SheetCell { row, column, text, look: style.look }, self.budget)
    }
}

/// Whether a row or a column is hidden, or has no height or width.
fn is_hidden(xml: &Xml<'_>, element: &Element<'_>, size: &str) -> bool {
    let text = |name: &str| xml.attribute(element, Namespace::None, name);
    matches!(text("hidden").as_deref(), Some("1" | "true"))
        || text(size).is_some_and(|size| size.trim().parse::<f64>() == Ok(0.0))
}
