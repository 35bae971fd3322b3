//! The CSV format: one file per record, and the grids of the tables.

use super::datapackage::data_package;
use super::part::PartFile;
use super::schema::{CELLS, COLUMNS, Relation};
use super::{Cell, Format, Lines, OutputFolder, Settings, Sink, Tables, Value, WriteError, Written};
use crate::document::Table;
use crate::record::Outcome;
use std::io::Write;

/// UTF-8 without BOM, `,` between cells, `\n` at the end of a row, quotes where needed; `datapackage.json` beside it.
///
/// For Excel the files begin with a BOM, and a text that Excel would take for a formula gets an apostrophe before it:
/// one that begins with `=`, `+`, `-`, `@`, tab or carriage return. All columns of type text are guarded, what was
/// printed too (`value_raw`); numbers never are. In the grids of tables, where no type is known, figures are not
/// guarded.
pub(super) const FORMAT: Format =
    Format { name: "csv", help: "one CSV file per record, and one per table", by_default: true, open };

const BYTE_ORDER_MARK: &str = "\u{feff}";

struct CsvSink {
    /// One file a record, and one for the cells behind them where they are wanted.
    files: Vec<Rows>,
    settings: Settings,
    package: PartFile,
    grids: Vec<Written>,
}

fn open(folder: &OutputFolder, settings: Settings) -> Result<Box<dyn Sink>, WriteError> {
    let cells: Option<&dyn Relation> = (settings.tables == Tables::Cells).then_some(&CELLS);
    let files =
        COLUMNS.into_iter().chain(cells).map(|relation| record_file(relation, folder, settings.excel));
    let files = files.collect::<Result<Vec<_>, _>>()?;
    let package = folder.create("datapackage.json")?;
    Ok(Box::new(CsvSink { files, settings, package, grids: Vec::new() }))
}

fn record_file(relation: &dyn Relation, folder: &OutputFolder, excel: bool) -> Result<Rows, WriteError> {
    let mut rows = Rows::begin(folder.create(&format!("{}.csv", relation.name()))?, excel);
    rows.write(relation.fields().iter().map(|field| Content::Plain(field.name.as_bytes())))?;
    Ok(rows)
}

impl Sink for CsvSink {
    fn takes(&self, record: usize) -> bool {
        record < self.files.len()
    }

    fn rows(&mut self, lines: &Lines<'_>, repeated: bool) -> Result<(), WriteError> {
        match self.files.get_mut(lines.record) {
            Some(file) if !repeated => {
                lines.rows().try_for_each(|row| file.write(row.map(|cell| Content::of(&cell))))
            }
            _ => Ok(()),
        }
    }

    fn end(&mut self, outcome: &Outcome, with_grids: bool, folder: &OutputFolder) -> Result<(), WriteError> {
        if with_grids && self.settings.tables == Tables::Files {
            for (facts, table) in &outcome.records.tables {
                let name = format!("tables/{}/{:03}.csv", outcome.document_id(), facts.number);
                self.grids.push(write_grid(table, folder.create(&name)?, self.settings.excel)?);
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<Written>, WriteError> {
        let files = self.files.into_iter().map(|file| file.part.finish());
        let mut written = files.collect::<Result<Vec<_>, _>>()?;
        let package = format!("{:#}\n", data_package(&written));
        let described = self.package.write_all(package.as_bytes());
        described.map_err(|error| self.package.failed("write", error))?;
        written.push(self.package.finish()?);
        written.extend(self.grids);
        Ok(written)
    }
}

/// What stands in a cell.
enum Content<'a> {
    /// A number or codes, which need no quotes.
    Spelled(&'a [u8]),
    /// A text that Excel must not take for a formula.
    Text(&'a [u8]),
    /// A text that stays as it is.
    Plain(&'a [u8]),
}

impl<'a> Content<'a> {
    fn of(cell: &Cell<'a>) -> Self {
        if matches!(cell.value, Value::Text(_)) {
            Content::Text(cell.text)
        } else {
            Content::Spelled(cell.text)
        }
    }
}

/// A CSV file that is written row after row. Names and codes are most of what is in it, so that a look for what needs
/// quotes is most of the work.
struct Rows {
    part: PartFile,
    excel: bool,
}

impl Rows {
    fn begin(mut part: PartFile, excel: bool) -> Self {
        if excel {
            part.text.extend(BYTE_ORDER_MARK.as_bytes());
        }
        Self { part, excel }
    }

    fn write<'a>(&mut self, cells: impl Iterator<Item = Content<'a>>) -> Result<(), WriteError> {
        let out = &mut self.part.text;
        let first = out.len();
        for content in cells {
            match content {
                Content::Spelled(text) => out.extend(text),
                Content::Text(text) => push_text(out, text, self.excel),
                Content::Plain(text) => push_text(out, text, false),
            }
            out.push(b',');
        }
        out.pop();
        if out.len() == first {
            // A row of one empty cell is no empty line.
            out.extend(b"\"\"");
        }
        out.push(b'\n');
        self.part.pass_on()
    }
}

/// Quoted where commas, quotes or line ends make it necessary; where asked for, with an apostrophe before what Excel would
/// take for a formula.
fn push_text(out: &mut Vec<u8>, text: &[u8], guarded: bool) {
    let special = |byte: u8| matches!(byte, b',' | b'"' | b'\n' | b'\r');
    // All bytes are looked at, many at a time: texts are short.
    let quoted = text.iter().fold(false, |found, byte| found | special(*byte));
    if quoted {
        out.push(b'"');
    }
    if guarded && matches!(text.first(), Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r')) {
        out.push(b'\'');
    }
    if quoted {
        for piece in text.split_inclusive(|byte| *byte == b'"') {
            out.extend(piece);
            if piece.ends_with(b"\"") {
                out.push(b'"');
            }
        }
        out.push(b'"');
    } else {
        out.extend(text);
    }
}

/// Whether a printed text is a figure: nothing but a sign, digits, separators and a percent sign.
fn is_figure(text: &str) -> bool {
    let figure = text.strip_prefix(['+', '-']).unwrap_or(text);
    let figure = figure.strip_suffix('%').unwrap_or(figure);
    figure.starts_with(|c: char| c.is_ascii_digit())
        && figure.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
}

/// Writes the grid with the text of merged cells in every position they cover.
fn write_grid(table: &Table, part: PartFile, excel: bool) -> Result<Written, WriteError> {
    let mut rows = Rows::begin(part, excel);
    let grid = table.grid();
    for row in 0..grid.rows() {
        let texts = (0..grid.columns()).map(|column| grid.text(row, column).trim());
        rows.write(texts.map(|text| {
            if is_figure(text) { Content::Plain(text.as_bytes()) } else { Content::Text(text.as_bytes()) }
        }))?;
    }
    rows.part.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(rows: &[Vec<String>], excel: bool) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rows.csv");
        let mut csv = Rows::begin(PartFile::create("rows.csv", path.clone()).unwrap(), excel);
        for row in rows {
            csv.write(row.iter().map(|text| Content::Text(text.as_bytes()))).unwrap();
        }
        csv.part.finish().unwrap();
        std::fs::read(path).unwrap()
    }

    proptest::proptest! {
        #[test]
        fn rows_are_those_of_an_independent_writer_and_reader(
            rows in proptest::collection::vec(proptest::collection::vec("[ -~，“\n\r\t]{0,6}", 1..5), 1..5)
        ) {
            let bytes = written(&rows, false);
            let mut other = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &rows {
                other.write_record(row).unwrap();
            }
            proptest::prop_assert_eq!(&bytes, &other.into_inner().unwrap());
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&bytes[..]);
            let read: Vec<Vec<String>> = reader.deserialize().map(Result::unwrap).collect();
            proptest::prop_assert_eq!(read, rows);
        }
    }

    #[test]
    fn what_excel_would_take_for_a_formula_is_guarded_inside_the_quotes() {
        let rows = [vec!["=1,2".to_owned(), "-办公".to_owned(), "a\"b".to_owned()]];
        let text = String::from_utf8(written(&rows, true)).unwrap();
        assert_eq!(text, "\u{feff}\"'=1,2\",'-办公,\"a\"\"b\"\n");
    }
}
