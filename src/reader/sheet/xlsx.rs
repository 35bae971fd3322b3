//! The .xlsx reader: the parts of a SpreadsheetML package → a workbook.

use super::book::{self, Book, CellBudget, Sheet, SheetCell};
use super::styles::Styles;
use super::{document, number};
use crate::document::{Document, Format, Warning};
use crate::reader::container::{Element, Namespace, Node, Package, Xml, decode_xml};
use crate::reader::{Limits, ReadError, Reader};
use std::collections::BTreeMap;

/// The reader of Excel 2007 and later.
pub(in crate::reader) const READER: Reader =
    Reader { format: Format::Xlsx, name: "Excel 2007 and later", read };

/// The deepest nesting of elements in a part: extensions come to some thirty.
const DEPTH: usize = 256;
/// The most sheets of a workbook.
const MAX_SHEETS: usize = 10_000;
/// Rows and columns of a sheet (ECMA-376 part 1, 18.3.1.73).
const MAX_ROW: u32 = 1_048_575;
const MAX_COLUMN: u32 = 16_383;

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let mut source = Source { package: Package::open(bytes, limits)?, warnings: Vec::new() };
    let root = source.relations("")?;
    let main = root.values().find(|relation| relation.is("officeDocument")).map(|found| found.target.clone());
    let main = main.filter(|part| source.package.has(part)).unwrap_or_else(|| "xl/workbook.xml".to_owned());
    if main.to_ascii_lowercase().ends_with(".bin") {
        return Err(ReadError::Unsupported { format: Format::Xlsx });
    }
    let Some(workbook) = source.part(&main)? else {
        let expected = "the part that holds the workbook".to_owned();
        return Err(ReadError::Damaged { part: main, offset: 0, expected });
    };
    let relations = source.relations(&main)?;
    let of_kind =
        |kind: &str| relations.values().find(|found| found.is(kind)).map(|found| found.target.clone());
    let strings = match of_kind("sharedStrings") {
        Some(part) => source.optional(&part)?.map(|bytes| strings(&bytes, &part)).transpose()?,
        None => None,
    };
    let styles = match of_kind("styles") {
        Some(part) => source.optional(&part)?.map(|bytes| Styles::read(&bytes, &part)).transpose()?,
        None => None,
    };
    let (sheets, epoch_1904) = sheets(&workbook, &main)?;
    let (strings, styles) = (strings.unwrap_or_default(), styles.unwrap_or_default());
    let mut book = Book::default();
    let mut budget = CellBudget::new(limits.cells);
    for (mut sheet, id) in sheets {
        let Some(relation) = relations.get(&id).filter(|relation| relation.is("worksheet")) else {
            book.objects += 1;
            continue;
        };
        let Some(bytes) = source.optional(&relation.target)? else { continue };
        let mut xml = Xml::new(&bytes, &relation.target, DEPTH);
        let context = Context { strings: &strings, styles: &styles, epoch_1904 };
        read_sheet(&mut xml, &context, &mut sheet, &mut book, &mut budget)?;
        book.sheets.push(sheet);
    }
    book.warnings.append(&mut source.warnings);
    document(book, Format::Xlsx, limits)
}

/// The package and what went wrong with it so far.
struct Source<'a> {
    package: Package<'a>,
    warnings: Vec<Warning>,
}

/// What a part refers to.
struct Relation {
    kind: String,
    target: String,
}

impl Relation {
    fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }
}

impl Source<'_> {
    fn part(&mut self, part: &str) -> Result<Option<Vec<u8>>, ReadError> {
        Ok(self.package.part(part)?.map(decode_xml))
    }

    /// A part that should be there; a missing one leaves a warning.
    fn optional(&mut self, part: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let bytes = self.part(part)?;
        if bytes.is_none() {
            self.warnings.push(Warning::PartUnreadable(part.to_owned()));
        }
        Ok(bytes)
    }

    /// The relationships of a part by their ids; those of the package for the empty name.
    fn relations(&mut self, of: &str) -> Result<BTreeMap<String, Relation>, ReadError> {
        let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
        let part = format!("{folder}/_rels/{name}.rels");
        let mut relations = BTreeMap::new();
        let Some(bytes) = self.part(&part)? else { return Ok(relations) };
        let mut xml = Xml::new(&bytes, &part, DEPTH);
        loop {
            match xml.next()? {
                Node::Start(element) if element.local() == "Relationship" => {
                    let text = |name: &str| xml.attribute(&element, Namespace::None, name);
                    if let (Some(id), Some(kind), Some(target)) = (text("Id"), text("Type"), text("Target")) {
                        let target = resolve(folder, &target);
                        relations.insert(id.into_owned(), Relation { kind: kind.into_owned(), target });
                    }
                }
                Node::Eof => return Ok(relations),
                _ => {}
            }
        }
    }
}

/// A target as a part name: from the root where it begins with `/`, else from the folder of the part that names it.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => {
                steps.pop();
            }
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The sheets with the ids of their parts, and whether dates count from 1904.
fn sheets(bytes: &[u8], part: &str) -> Result<(Vec<(Sheet, String)>, bool), ReadError> {
    let mut xml = Xml::new(bytes, part, DEPTH);
    let (mut sheets, mut epoch_1904) = (Vec::new(), false);
    loop {
        match xml.next()? {
            Node::Start(element) => {
                let text = |name: &str| xml.attribute(&element, Namespace::None, name);
                if element.local() == "workbookPr" {
                    epoch_1904 = matches!(text("date1904").as_deref(), Some("1" | "true"));
                }
                if element.local() == "sheet"
                    && let Some(id) = xml.attribute(&element, Namespace::Reference, "id")
                {
                    let name = text("name").unwrap_or_default().into_owned();
                    let hidden = matches!(text("state").as_deref(), Some("hidden" | "veryHidden"));
                    sheets.push((Sheet { name, hidden, ..Sheet::default() }, id.into_owned()));
                }
                if sheets.len() > MAX_SHEETS {
                    let what = "the number of sheets".to_owned();
                    return Err(ReadError::TooLarge { what, limit: MAX_SHEETS as u64 });
                }
            }
            Node::Eof => return Ok((sheets, epoch_1904)),
            _ => {}
        }
    }
}

/// The shared strings, phonetic guides left out.
fn strings(bytes: &[u8], part: &str) -> Result<Vec<String>, ReadError> {
    let mut xml = Xml::new(bytes, part, DEPTH);
    let mut strings: Vec<String> = Vec::new();
    loop {
        match xml.next()? {
            Node::Start(element) if element.local() == "si" => strings.push(rich_text(&mut xml)?),
            Node::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// The text in the element just begun, up to its end.
fn rich_text(xml: &mut Xml<'_>) -> Result<String, ReadError> {
    let mut text = String::new();
    // Open elements; whether each is a text, and the depth of a phonetic guide.
    let (mut open, mut phonetic): (Vec<bool>, Option<usize>) = (Vec::new(), None);
    loop {
        match xml.next()? {
            Node::Start(element) => {
                open.push(element.local() == "t");
                if element.local() == "rPh" && phonetic.is_none() {
                    phonetic = Some(open.len());
                }
            }
            Node::Text(piece) if open.last() == Some(&true) && phonetic.is_none() => text.push_str(&piece),
            Node::Text(_) => {}
            Node::End => {
                if phonetic == Some(open.len()) {
                    phonetic = None;
                }
                if open.pop().is_none() {
                    return Ok(unescaped(&text));
                }
            }
            Node::Eof => return Ok(text),
        }
    }
}

/// Resolves the escapes `_x000D_` of characters that XML can't hold (ECMA-376 part 1, 22.9.2.19) and line ends.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        plain.push_str(before);
        let code = after.get(..5).and_then(|code| code.strip_suffix('_'));
        let escaped = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        plain.extend(escaped);
        if escaped.is_none() {
            plain.push_str("_x");
        }
        rest = if escaped.is_some() { &after[5..] } else { after };
    }
    plain.push_str(rest);
    if plain.contains('\r') { plain.replace("\r\n", "\n").replace('\r', "\n") } else { plain }
}

/// What the cells of all sheets refer to.
struct Context<'a> {
    strings: &'a [String],
    styles: &'a Styles,
    epoch_1904: bool,
}

/// A cell while it is read.
#[derive(Default)]
struct OpenCell {
    cell: SheetCell,
    kind: String,
    code: String,
    value: Option<String>,
    formula: bool,
}

fn read_sheet(
    xml: &mut Xml<'_>,
    context: &Context<'_>,
    sheet: &mut Sheet,
    book: &mut Book,
    budget: &mut CellBudget,
) -> Result<(), ReadError> {
    let (mut row, mut column) = (0_u32, 0_u32);
    let mut next_row = 0_u32;
    let mut open: Option<OpenCell> = None;
    let mut path: Vec<Part> = Vec::new();
    loop {
        match xml.next()? {
            Node::Start(element) => {
                let part = Part::of(element.local());
                let number = |name: &str| xml.attribute(&element, Namespace::None, name)?.trim().parse().ok();
                match part {
                    Part::Column if is_hidden(xml, &element, "width") => {
                        if let (Some(first), Some(last)) = (number("min"), number("max")) {
                            sheet.hidden_columns.push((u32::max(first, 1) - 1, u32::max(last, 1) - 1));
                        }
                    }
                    Part::Row => {
                        row = number("r").map_or(next_row, |number: u32| number.max(1) - 1).min(MAX_ROW);
                        (next_row, column) = (row + 1, 0);
                        if is_hidden(xml, &element, "ht") {
                            sheet.hidden_rows.push((row, row));
                        }
                    }
                    Part::Cell => {
                        let cell = begin_cell(xml, &element, context, (row, column));
                        column = cell.cell.column + 1;
                        open = Some(cell);
                    }
                    Part::Merge => {
                        let stated = xml.attribute(&element, Namespace::None, "ref");
                        if let Some(range) = stated.and_then(|stated| book::range(&stated)) {
                            sheet.merge(range)?;
                        }
                    }
                    Part::Drawing => book.objects += 1,
                    Part::Formula => {
                        if let Some(cell) = &mut open {
                            cell.formula = true;
                        }
                    }
                    _ => {}
                }
                if part == Part::Inline
                    && let Some(cell) = &mut open
                {
                    cell.value = Some(rich_text(xml)?);
                    continue;
                }
                path.push(part);
            }
            Node::Text(text) => {
                if let (Some(cell), Some(Part::Value)) = (&mut open, path.last()) {
                    cell.value.get_or_insert_default().push_str(&text);
                }
            }
            Node::End => {
                if path.pop() == Some(Part::Cell)
                    && let Some(cell) = open.take()
                {
                    end_cell(cell, context, sheet, book, budget)?;
                }
            }
            Node::Eof => return Ok(()),
        }
    }
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

/// Whether a row or a column is hidden, or has no height or width.
fn is_hidden(xml: &Xml<'_>, element: &Element<'_>, size: &str) -> bool {
    let text = |name: &str| xml.attribute(element, Namespace::None, name);
    matches!(text("hidden").as_deref(), Some("1" | "true"))
        || text(size).is_some_and(|size| size.trim().parse::<f64>() == Ok(0.0))
}

fn begin_cell(
    xml: &Xml<'_>,
    element: &Element<'_>,
    context: &Context<'_>,
    (row, column): (u32, u32),
) -> OpenCell {
    let text = |name: &str| xml.attribute(element, Namespace::None, name);
    let stated = text("r").and_then(|stated| book::reference(&stated));
    let (row, column) = stated.unwrap_or((row, column));
    let style = text("s").and_then(|style| style.trim().parse().ok()).unwrap_or(0);
    let style = context.styles.get(style);
    OpenCell {
        cell: SheetCell {
            row: row.min(MAX_ROW),
            column: column.min(MAX_COLUMN),
            text: String::new(),
            look: style.look,
        },
        kind: text("t").unwrap_or_default().into_owned(),
        code: style.code,
        value: None,
        formula: false,
    }
}

fn end_cell(
    open: OpenCell,
    context: &Context<'_>,
    sheet: &mut Sheet,
    book: &mut Book,
    budget: &mut CellBudget,
) -> Result<(), ReadError> {
    let OpenCell { mut cell, kind, code, value, formula } = open;
    book.uncomputed += u64::from(formula && value.is_none() && !sheet.hidden);
    let value = value.unwrap_or_default();
    cell.text = match kind.as_str() {
        "s" => {
            let index = value.trim().parse::<usize>().ok();
            let text = index.and_then(|index| context.strings.get(index));
            let lost = Warning::PartUnreadable("a shared string".to_owned());
            if text.is_none() && !value.trim().is_empty() && !book.warnings.contains(&lost) {
                book.warnings.push(lost);
            }
            number::show_text(text.map_or("", String::as_str), &code)
        }
        "str" => number::show_text(&unescaped(&value), &code),
        "inlineStr" => number::show_text(&value, &code),
        "b" => (if value.trim() == "1" { "TRUE" } else { "FALSE" }).to_owned(),
        "e" | "d" => value,
        _ => match value.trim().parse::<f64>() {
            Ok(number) => number::show(number, &code, context.epoch_1904),
            Err(_) => value,
        },
    };
    if !cell.text.trim().is_empty() || cell.look.bordered {
        budget.spend(1)?;
        sheet.cells.push(cell);
    }
    Ok(())
}
