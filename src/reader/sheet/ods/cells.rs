//! The sheets of an OpenDocument spreadsheet → their cells, merged ranges and hidden parts.

use super::styles::Styles;
use crate::reader::ReadError;
use crate::reader::container::{Element, Namespace, Node, Xml};
use crate::reader::sheet::book::{Book, CellBudget, MAX_COLUMN, MAX_ROW, Range, Sheet, SheetCell};
use crate::reader::sheet::number;

/// A blank cell or row repeated more often fills the sheet up to its edge and is no part of a table.
const MAX_BLANKS: u32 = 100;
/// The most spaces that one element stands for.
const MAX_SPACES: usize = 255;

/// The elements that matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Sheet,
    Column,
    Row,
    Cell,
    Paragraph,
    Space,
    Break,
    /// A note on a cell, the reading of its text, or what a tracked change took away: none is printed.
    Aside,
    /// A drawing.
    Object,
    Other,
}

impl Part {
    fn of(element: &Element<'_>) -> Self {
        match (element.namespace, element.local()) {
            (Namespace::OdfTable, "table") => Self::Sheet,
            (Namespace::OdfTable, "table-column") => Self::Column,
            (Namespace::OdfTable, "table-row") => Self::Row,
            (Namespace::OdfTable, "table-cell" | "covered-table-cell") => Self::Cell,
            (Namespace::OdfText, "p" | "h") => Self::Paragraph,
            (Namespace::OdfText, "s" | "tab") => Self::Space,
            (Namespace::OdfText, "line-break") => Self::Break,
            (Namespace::OdfOffice, "annotation")
            | (Namespace::OdfText, "ruby-text")
            | (Namespace::OdfTable, "tracked-changes") => Self::Aside,
            (Namespace::OdfDrawing, _) => Self::Object,
            _ => Self::Other,
        }
    }
}

/// A cell while it is read, and how often it is repeated.
struct OpenCell {
    cell: SheetCell,
    repeat: u32,
    rows: u32,
    columns: u32,
    paragraphs: usize,
    /// What it shows where it has no text; `None` for a formula without a result.
    value: Option<String>,
}

/// A row while it is read, and how often it is repeated.
#[derive(Default)]
struct OpenRow {
    cells: Vec<OpenCell>,
    repeat: u32,
    style: String,
}

/// The workbook while it is read.
pub(super) struct Walk<'a> {
    styles: &'a Styles,
    book: &'a mut Book,
    budget: &'a mut CellBudget,
    row: u32,
    column: u32,
    /// The first and last column of each run of columns that has a style for its cells.
    column_styles: Vec<(u32, u32, String)>,
    defined: u32,
    open_row: OpenRow,
    open: Option<OpenCell>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(styles: &'a Styles, book: &'a mut Book, budget: &'a mut CellBudget) -> Self {
        let (column_styles, open_row) = (Vec::new(), OpenRow::default());
        Self { styles, book, budget, row: 0, column: 0, column_styles, defined: 0, open_row, open: None }
    }

    /// Reads the part to its end.
    pub(super) fn read(mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        let mut path: Vec<Part> = Vec::new();
        // How many of the path are not printed.
        let mut aside = 0_usize;
        loop {
            match xml.next()? {
                Node::Start(element) => {
                    let part = Part::of(&element);
                    if aside == 0 {
                        self.start(part, xml, &element)?;
                    }
                    aside += usize::from(matches!(part, Part::Aside | Part::Object));
                    path.push(part);
                }
                Node::Text(text) if aside == 0 && path.contains(&Part::Paragraph) => self.text(&text),
                Node::Text(_) => {}
                Node::End => match path.pop() {
                    Some(Part::Aside | Part::Object) => aside -= 1,
                    Some(Part::Cell) if aside == 0 => self.end_cell(),
                    Some(Part::Row) if aside == 0 => self.end_row()?,
                    _ => {}
                },
                Node::Eof => return Ok(()),
            }
        }
    }

    fn start(&mut self, part: Part, xml: &Xml<'_>, element: &Element<'_>) -> Result<(), ReadError> {
        let text = |name: &str| xml.attribute(element, Namespace::OdfTable, name);
        let number =
            |name: &str| text(name).and_then(|text| text.trim().parse::<u32>().ok()).unwrap_or(1).max(1);
        let style = || text("default-cell-style-name").unwrap_or_default().into_owned();
        let hidden = matches!(text("visibility").as_deref(), Some("collapse" | "filter"));
        match part {
            Part::Sheet => {
                let name = text("name").unwrap_or_default().into_owned();
                let hidden = self.styles.get("table", &text("style-name").unwrap_or_default()).hides;
                self.begin_sheet(Sheet { name, hidden, ..Sheet::default() })?;
            }
            Part::Column => {
                let first = self.defined.min(MAX_COLUMN);
                self.defined = first.saturating_add(number("number-columns-repeated"));
                let last = (self.defined - 1).min(MAX_COLUMN);
                self.column_styles.push((first, last, style()));
                if let Some(sheet) = self.book.sheets.last_mut().filter(|_| hidden) {
                    sheet.hidden_columns.push((first, last));
                }
            }
            Part::Row => {
                let repeat = number("number-rows-repeated").min((MAX_ROW + 1).saturating_sub(self.row));
                self.column = 0;
                self.open_row = OpenRow { cells: Vec::new(), repeat, style: style() };
                if let Some(sheet) = self.book.sheets.last_mut().filter(|_| hidden && repeat > 0) {
                    sheet.hidden_rows.push((self.row, self.row + repeat - 1));
                }
            }
            Part::Cell => self.begin_cell(xml, element),
            Part::Paragraph => self.begin_paragraph(),
            Part::Space => {
                let count = xml.attribute(element, Namespace::OdfText, "c");
                let count = count.and_then(|count| count.trim().parse().ok()).unwrap_or(1);
                self.push(&" ".repeat(count.min(MAX_SPACES)));
            }
            Part::Break => self.push("\n"),
            Part::Object => self.book.objects += 1,
            Part::Aside | Part::Other => {}
        }
        Ok(())
    }

    fn begin_sheet(&mut self, sheet: Sheet) -> Result<(), ReadError> {
        self.book.begin_sheet(sheet)?;
        (self.row, self.column, self.defined) = (0, 0, 0);
        self.column_styles.clear();
        Ok(())
    }

    fn begin_cell(&mut self, xml: &Xml<'_>, element: &Element<'_>) {
        let text = |name: &str| xml.attribute(element, Namespace::OdfTable, name);
        let number =
            |name: &str| text(name).and_then(|text| text.trim().parse::<u32>().ok()).unwrap_or(1).max(1);
        let column = self.column;
        let repeat = number("number-columns-repeated").min((MAX_COLUMN + 1).saturating_sub(column));
        self.column = column.saturating_add(repeat);
        let style = text("style-name").map_or_else(|| self.inherited_style(column), Into::into);
        let look = self.styles.get("table-cell", &style).look;
        self.open = Some(OpenCell {
            cell: SheetCell { row: self.row, column, text: String::new(), look },
            repeat,
            rows: number("number-rows-spanned"),
            columns: number("number-columns-spanned"),
            paragraphs: 0,
            value: value(xml, element, text("formula").is_some()),
        });
    }

    /// The style of a cell that states none: that of its row, or of its column.
    fn inherited_style(&self, column: u32) -> String {
        if !self.open_row.style.is_empty() {
            return self.open_row.style.clone();
        }
        let at = self.column_styles.partition_point(|(first, ..)| *first <= column);
        let run = at.checked_sub(1).and_then(|at| self.column_styles.get(at));
        run.filter(|(_, last, _)| column <= *last).map(|(.., style)| style.clone()).unwrap_or_default()
    }

    fn begin_paragraph(&mut self) {
        let Some(open) = &mut self.open else { return };
        if open.paragraphs > 0 {
            open.cell.text.push('\n');
        }
        open.paragraphs += 1;
    }

    fn push(&mut self, text: &str) {
        if let Some(open) = &mut self.open {
            open.cell.text.push_str(text);
        }
    }

    /// Text with its white space as XML means it: one space for any run.
    fn text(&mut self, text: &str) {
        let Some(open) = &mut self.open else { return };
        let shown = &mut open.cell.text;
        for character in text.chars() {
            if !matches!(character, ' ' | '\t' | '\r' | '\n') {
                shown.push(character);
            } else if !shown.is_empty() && !shown.ends_with([' ', '\n']) {
                shown.push(' ');
            }
        }
    }

    fn end_cell(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        if open.paragraphs == 0 {
            match open.value.take() {
                Some(value) => open.cell.text = value,
                None => self.book.uncomputed += 1,
            }
        }
        let blank = open.cell.text.trim().is_empty();
        let shown = !blank || open.cell.look.bordered && open.repeat <= MAX_BLANKS;
        if shown || open.rows > 1 || open.columns > 1 {
            self.open_row.cells.push(open);
        }
    }

    fn end_row(&mut self) -> Result<(), ReadError> {
        let row = std::mem::take(&mut self.open_row);
        let first = self.row;
        self.row = first.saturating_add(row.repeat);
        let blank = row.cells.iter().all(|open| open.cell.text.trim().is_empty());
        if blank && row.repeat > MAX_BLANKS {
            return Ok(());
        }
        let Some(sheet) = self.book.sheets.last_mut() else { return Ok(()) };
        for number in first..self.row {
            for open in &row.cells {
                for column in open.cell.column..open.cell.column + open.repeat {
                    let last_row = number.saturating_add(open.rows - 1).min(MAX_ROW);
                    let last_column = column.saturating_add(open.columns - 1).min(MAX_COLUMN);
                    sheet.merge(Range { row: number, column, last_row, last_column })?;
                    sheet.put(SheetCell { row: number, column, ..open.cell.clone() }, self.budget)?;
                }
            }
        }
        Ok(())
    }
}

/// What a cell without text shows: its value as it is, where it has one. `None` for a formula without a result.
fn value(xml: &Xml<'_>, element: &Element<'_>, formula: bool) -> Option<String> {
    let text = |name: &str| xml.attribute(element, Namespace::OdfOffice, name);
    let kind = text("value-type").unwrap_or_default();
    let stated =
        ["string-value", "date-value", "time-value", "boolean-value"].iter().find_map(|name| text(name));
    match (text("value"), stated) {
        (Some(number), _) => {
            let code = if kind == "percentage" { "0.00%" } else { "" };
            Some(number.trim().parse().map_or(number.into_owned(), |value| number::show(value, code, false)))
        }
        (None, Some(stated)) => Some(stated.into_owned()),
        (None, None) => (!formula || kind == "string").then(String::new),
    }
}
