//! The sheets of Excel 2003 XML → their cells, merged ranges and hidden parts.

use super::styles::Styles;
use crate::reader::ReadError;
use crate::reader::container::{Element, Namespace, Node, Xml};
use crate::reader::sheet::book::{Book, CellBudget, MAX_COLUMN, MAX_ROW, Range, Sheet, SheetCell};
use crate::reader::sheet::{date, number};

/// The elements that matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Sheet,
    Column,
    Row,
    Cell,
    Data,
    /// A note on a cell, or the reading of its text: neither is printed.
    Aside,
    Visible,
    Other,
}

impl Part {
    fn of(element: &Element<'_>) -> Self {
        match (element.namespace, element.local()) {
            (Namespace::Sheet, "Worksheet") => Self::Sheet,
            (Namespace::Sheet, "Column") => Self::Column,
            (Namespace::Sheet, "Row") => Self::Row,
            (Namespace::Sheet, "Cell") => Self::Cell,
            (Namespace::Sheet, "Data") => Self::Data,
            (Namespace::Sheet, "Comment") | (_, "PhoneticText") => Self::Aside,
            (Namespace::SheetOptions, "Visible") => Self::Visible,
            _ => Self::Other,
        }
    }
}

/// A cell while it is read.
struct OpenCell {
    cell: SheetCell,
    code: String,
    kind: String,
    value: String,
}

/// The workbook while it is read.
pub(super) struct Walk<'a> {
    styles: &'a Styles,
    book: &'a mut Book,
    budget: &'a mut CellBudget,
    /// Where the next row, cell and column definition stand that do not say it.
    row: u32,
    column: u32,
    defined: u32,
    /// The style of the row, and those of columns.
    row_style: Option<String>,
    open: Option<OpenCell>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(styles: &'a Styles, book: &'a mut Book, budget: &'a mut CellBudget) -> Self {
        Self { styles, book, budget, row: 0, column: 0, defined: 0, row_style: None, open: None }
    }

    /// Reads the file to its end.
    pub(super) fn read(mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        let mut path: Vec<Part> = Vec::new();
        loop {
            match xml.next()? {
                Node::Start(element) => {
                    let part = Part::of(&element);
                    if !path.contains(&Part::Aside) {
                        self.start(part, xml, &element)?;
                    }
                    path.push(part);
                }
                Node::Text(text) => self.text(&path, &text),
                Node::End => match path.pop() {
                    Some(Part::Cell) => self.end_cell()?,
                    Some(Part::Row) => self.row += 1,
                    _ => {}
                },
                Node::Eof => return Ok(()),
            }
        }
    }

    fn start(&mut self, part: Part, xml: &Xml<'_>, element: &Element<'_>) -> Result<(), ReadError> {
        let text = |name: &str| xml.attribute(element, Namespace::Sheet, name);
        let number = |name: &str| text(name)?.trim().parse::<u32>().ok();
        let hidden = matches!(text("Hidden").as_deref(), Some("1"))
            || ["Height", "Width"].iter().any(|size| text(size).is_some_and(|size| size.trim() == "0"));
        // Further rows or columns that the element stands for.
        let span = number("Span").unwrap_or(0).min(MAX_ROW);
        match part {
            Part::Sheet => {
                let name = text("Name").unwrap_or_default().into_owned();
                self.begin_sheet(Sheet { name, ..Sheet::default() })?;
            }
            Part::Column => {
                let first = number("Index").map_or(self.defined, |index| index.max(1) - 1).min(MAX_COLUMN);
                self.defined = first + 1 + span;
                if let Some(sheet) = self.book.sheets.last_mut().filter(|_| hidden) {
                    sheet.hidden_columns.push((first, first + span));
                }
            }
            Part::Row => {
                self.row = number("Index").map_or(self.row, |index| index.max(1) - 1).min(MAX_ROW);
                (self.column, self.row_style) = (0, text("StyleID").map(Into::into));
                if let Some(sheet) = self.book.sheets.last_mut().filter(|_| hidden) {
                    sheet.hidden_rows.push((self.row, self.row + span));
                }
                self.row += span;
            }
            Part::Cell => self.begin_cell(xml, element)?,
            Part::Data => {
                if let Some(open) = &mut self.open {
                    open.kind = text("Type").unwrap_or_default().into_owned();
                }
            }
            Part::Aside | Part::Visible | Part::Other => {}
        }
        Ok(())
    }

    fn begin_sheet(&mut self, sheet: Sheet) -> Result<(), ReadError> {
        self.book.begin_sheet(sheet)?;
        (self.row, self.column, self.defined) = (0, 0, 0);
        Ok(())
    }

    fn begin_cell(&mut self, xml: &Xml<'_>, element: &Element<'_>) -> Result<(), ReadError> {
        let text = |name: &str| xml.attribute(element, Namespace::Sheet, name);
        let number = |name: &str| text(name)?.trim().parse::<u32>().ok();
        let column = number("Index").map_or(self.column, |index| index.max(1) - 1).min(MAX_COLUMN);
        let last_column = column.saturating_add(number("MergeAcross").unwrap_or(0)).min(MAX_COLUMN);
        let last_row = self.row.saturating_add(number("MergeDown").unwrap_or(0)).min(MAX_ROW);
        self.column = last_column + 1;
        if let Some(sheet) = self.book.sheets.last_mut() {
            sheet.merge(Range { row: self.row, column, last_row, last_column })?;
        }
        let style = text("StyleID").map(Into::into).or_else(|| self.row_style.clone());
        let style = self.styles.get(style.as_deref().unwrap_or("Default")).cloned().unwrap_or_default();
        let cell = SheetCell { row: self.row, column, text: String::new(), look: style.look };
        self.open = Some(OpenCell { cell, code: style.code, kind: String::new(), value: String::new() });
        Ok(())
    }

    fn text(&mut self, path: &[Part], text: &str) {
        if path.contains(&Part::Aside) {
            return;
        }
        if path.last() == Some(&Part::Visible) {
            if let Some(sheet) = self.book.sheets.last_mut() {
                sheet.hidden |= text.trim().starts_with("SheetHidden") || text.trim() == "SheetVeryHidden";
            }
        } else if let Some(open) = self.open.as_mut().filter(|_| path.contains(&Part::Data)) {
            open.value.push_str(text);
        }
    }

    fn end_cell(&mut self) -> Result<(), ReadError> {
        let Some(OpenCell { mut cell, code, kind, value }) = self.open.take() else { return Ok(()) };
        cell.text = match kind.as_str() {
            "Number" => value.trim().parse().map_or(value, |value| number::show(value, &code, false)),
            "DateTime" => date::serial(&value).map_or(value, |serial| number::show(serial, &code, false)),
            "Boolean" => (if value.trim() == "1" { "TRUE" } else { "FALSE" }).to_owned(),
            "Error" => value,
            _ => number::show_text(&value.replace("\r\n", "\n").replace('\r', "\n"), &code),
        };
        match self.book.sheets.last_mut() {
            Some(sheet) => sheet.put(cell, self.budget),
            None => Ok(()),
        }
    }
}
