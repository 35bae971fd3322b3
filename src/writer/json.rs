//! One document as one JSON object: the same records under the same names as in CSV.

use super::lines::{CELLS_AT, Cell, Lines, Objects, TABLES_AT, each_lines};
use super::part::PartFile;
use super::schema::{CELLS, COLUMNS, Relation};
use super::{Format, OutputFolder, Settings, Sink, Value, WriteError, Written};
use crate::record::Outcome;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::ops::Range;
use std::sync::LazyLock;

/// One array of all documents, each on a line of its own.
pub(super) const FORMAT: Format =
    Format { name: "json", help: "records.json: one array of all documents", by_default: false, open };

fn open(folder: &OutputFolder, _settings: Settings) -> Result<Box<dyn Sink>, WriteError> {
    let around = Around { first: "[\n", before: ",\n", after: "", end: "\n]\n", empty: "[]\n" };
    Ok(Box::new(JsonSink::create(folder.create("records.json")?, around)))
}

/// What stands around the documents of a file.
pub(super) struct Around {
    /// Before the first document.
    pub(super) first: &'static str,
    /// Before each other one.
    pub(super) before: &'static str,
    /// Behind each.
    pub(super) after: &'static str,
    /// At the end of the file.
    pub(super) end: &'static str,
    /// The whole file, where there is no document.
    pub(super) empty: &'static str,
}

/// A file of documents as JSON. Row after row goes out, so that a long document is never held as text.
pub(super) struct JsonSink {
    file: PartFile,
    around: Around,
    begun: bool,
    document: DocumentText,
}

impl JsonSink {
    pub(super) fn create(file: PartFile, around: Around) -> Self {
        Self { file, around, begun: false, document: DocumentText::default() }
    }
}

impl Sink for JsonSink {
    fn takes(&self, _record: usize) -> bool {
        true
    }

    fn begin(&mut self, outcome: &Outcome) -> Result<(), WriteError> {
        let before =
            if std::mem::replace(&mut self.begun, true) { self.around.before } else { self.around.first };
        self.document = DocumentText::new(outcome, true);
        self.file.text.extend(before.as_bytes());
        Ok(())
    }

    fn rows(&mut self, lines: &Lines<'_>, _repeated: bool) -> Result<(), WriteError> {
        self.document.rows(&mut self.file.text, lines);
        self.file.pass_on()
    }

    fn end(
        &mut self,
        _outcome: &Outcome,
        _with_grids: bool,
        _folder: &OutputFolder,
    ) -> Result<(), WriteError> {
        self.document.end(&mut self.file.text);
        self.file.text.extend(self.around.after.as_bytes());
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<Written>, WriteError> {
        let end = if self.begun { self.around.end } else { self.around.empty };
        self.file.text.extend(end.as_bytes());
        Ok(vec![self.file.finish()?])
    }
}

/// The document with all its records, on one line, as `records.jsonl` holds it. `cells` decides whether tables carry
/// their grids.
#[must_use]
pub fn document_json(outcome: &Outcome, cells: bool) -> String {
    let (mut json, mut document) = (Vec::new(), DocumentText::new(outcome, cells));
    let wanted = |record| cells || record != CELLS_AT;
    let Ok(()) = each_lines(outcome, wanted, &mut |lines| {
        document.rows(&mut json, lines);
        Ok::<(), Infallible>(())
    });
    document.end(&mut json);
    String::from_utf8(json).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// One document as an object: `document`, then an array for each other record. Tables hold their cells.
#[derive(Default)]
struct DocumentText {
    /// The record that is written: its place in [`COLUMNS`]; `None` before the first.
    at: Option<usize>,
    /// Whether its array has a row.
    filled: bool,
    /// Where tables hold their cells: the tables whose cells have not come, each without the brace that closes it, and
    /// how many cells it has.
    tables: VecDeque<(Vec<u8>, usize)>,
    /// The numbers of cells of the tables whose rows have not come.
    counts: VecDeque<usize>,
    /// Cells that the open table has still to get; `None` where none is open.
    left: Option<usize>,
    cells: bool,
}

impl DocumentText {
    fn new(outcome: &Outcome, cells: bool) -> Self {
        let counts = outcome.records.tables.iter().map(|(_, table)| table.cells.len());
        Self { counts: counts.collect(), cells, ..Self::default() }
    }

    fn rows(&mut self, out: &mut Vec<u8>, lines: &Lines<'_>) {
        let objects = lines.objects();
        if lines.record == CELLS_AT {
            return objects.each(|object| self.cell(out, object));
        }
        self.reach(out, lines.record);
        if self.cells && lines.record == TABLES_AT {
            return objects.each(|object| {
                let head = object.strip_suffix(b"}").unwrap_or_default().to_vec();
                let count = self.counts.pop_front().unwrap_or(0);
                self.tables.push_back((head, count));
            });
        }
        self.comma(out);
        out.extend(objects.text.strip_suffix(b",").unwrap_or_default());
    }

    fn comma(&mut self, out: &mut Vec<u8>) {
        if std::mem::replace(&mut self.filled, true) {
            out.push(b',');
        }
    }

    /// Writes a cell into its table, which is the first that has still to get one.
    fn cell(&mut self, out: &mut Vec<u8>, object: &[u8]) {
        let mut first = false;
        while self.left.is_none_or(|left| left == 0) {
            if !self.next_table(out) {
                return;
            }
            first = true;
        }
        if !first {
            out.push(b',');
        }
        self.left = self.left.map(|left| left - 1);
        out.extend(object);
    }

    /// Closes the open table and opens the next; whether there was one.
    fn next_table(&mut self, out: &mut Vec<u8>) -> bool {
        if self.left.take().is_some() {
            out.extend(b"]}");
        }
        let Some((head, count)) = self.tables.pop_front() else { return false };
        self.comma(out);
        out.extend(&head);
        out.extend(b",\"cells\":[");
        self.left = Some(count);
        true
    }

    /// Closes the arrays of the records before this one and opens its own.
    fn reach(&mut self, out: &mut Vec<u8>, record: usize) {
        while self.at.is_none_or(|at| at < record) {
            let next = self.close(out);
            let name = COLUMNS.get(next).map_or("", |relation| relation.name());
            match next {
                0 => out.extend(b"{\"document\":"),
                _ => out.extend(format!(",\"{name}\":[").as_bytes()),
            }
            (self.at, self.filled) = (Some(next), false);
        }
    }

    /// Closes the array that is open; the record after it.
    fn close(&mut self, out: &mut Vec<u8>) -> usize {
        let Some(at) = self.at else { return 0 };
        if at == TABLES_AT {
            while self.next_table(out) {}
        }
        if at > 0 {
            out.push(b']');
        }
        at + 1
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        self.reach(out, COLUMNS.len() - 1);
        self.close(out);
        out.push(b'}');
    }
}

impl Objects {
    fn each(&self, mut take: impl FnMut(&[u8])) {
        let mut start = 0;
        for end in &self.ends {
            take(&self.text[start..*end]);
            start = end + 1;
        }
    }
}

/// The columns of each record and of the cells, each as it stands before its value; `None` for those that the place of
/// an object says: inside its table a cell needs no number of document and table.
static KEYS: LazyLock<Vec<Vec<Option<String>>>> = LazyLock::new(|| {
    let key = |name: &str| Some(format!("\"{name}\":"));
    let keys = |relation: &dyn Relation| relation.fields().iter().map(|field| key(field.name)).collect();
    let inside = |name: &str| if matches!(name, "document_id" | "table") { None } else { key(name) };
    let cells = CELLS.fields().iter().map(|field| inside(field.name)).collect();
    COLUMNS.into_iter().map(keys).chain([cells]).collect()
});

/// What the objects of some rows take, more or less.
const OBJECTS_BYTES: usize = 1 << 16;

/// The rows as objects.
pub(super) fn objects(lines: &Lines<'_>) -> Objects {
    let keys = &KEYS[lines.record];
    let mut objects = Objects { text: Vec::with_capacity(OBJECTS_BYTES), ends: Vec::new() };
    let mut above = Above::default();
    for row in lines.rows() {
        let json = &mut objects.text;
        json.push(b'{');
        for (column, (key, cell)) in keys.iter().zip(row).enumerate() {
            let Some(key) = key else { continue };
            above.column(json, column, cell.again, |json| {
                json.extend(key.as_bytes());
                push_value(json, &cell);
                json.push(b',');
            });
        }
        above.finish(json);
        json.pop();
        json.push(b'}');
        objects.ends.push(json.len());
        json.push(b',');
    }
    objects
}

/// The last row of a text: what the next one has again is copied, many columns at once.
#[derive(Default)]
struct Above {
    /// Where each column stands.
    columns: Vec<Range<usize>>,
    /// What is to be copied.
    copied: Range<usize>,
}

impl Above {
    /// Adds a column: what `write` writes, or the same as in the row above.
    fn column(&mut self, out: &mut Vec<u8>, column: usize, again: bool, write: impl FnOnce(&mut Vec<u8>)) {
        if self.columns.len() <= column {
            self.columns.resize(column + 1, 0..0);
        }
        let above = self.columns[column].clone();
        if again {
            if self.copied.is_empty() {
                self.copied.start = above.start;
            }
            let start = out.len() + above.start - self.copied.start;
            self.copied.end = above.end;
            self.columns[column] = start..start + above.len();
        } else {
            self.finish(out);
            let start = out.len();
            write(out);
            self.columns[column] = start..out.len();
        }
    }

    /// Copies what is to be copied.
    fn finish(&mut self, out: &mut Vec<u8>) {
        out.extend_from_within(std::mem::take(&mut self.copied));
    }
}

/// Decimals as strings, numbers as numbers, lists as arrays, empties as null.
fn push_value(json: &mut Vec<u8>, cell: &Cell<'_>) {
    match cell.value {
        Value::Empty => json.extend(b"null"),
        Value::Text(_) | Value::Decimal(_) => push_text(json, cell.text),
        Value::Integer(_) | Value::Boolean(_) => json.extend(cell.text),
        Value::List(items) => {
            json.push(b'[');
            for item in items {
                push_text(json, item.as_bytes());
                json.push(b',');
            }
            if !items.is_empty() {
                json.pop();
            }
            json.push(b']');
        }
    }
}

/// In quotes; where something must be escaped, as `serde_json` does.
fn push_text(json: &mut Vec<u8>, text: &[u8]) {
    let special = |byte: u8| byte < b' ' || matches!(byte, b'"' | b'\\');
    // All bytes are looked at, many at a time: texts are short.
    if !text.iter().fold(false, |found, byte| found | special(*byte)) {
        json.push(b'"');
        json.extend(text);
        json.push(b'"');
        return;
    }
    // A text always serialises, and a vector takes whatever is written.
    let written = serde_json::to_writer(&mut *json, &String::from_utf8_lossy(text));
    debug_assert!(written.is_ok(), "{written:?}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::writer::lines::tests::lines;
    use rust_decimal::Decimal;

    #[test]
    fn values_keep_their_type() {
        let written = |value: Value<'_>| {
            let (values, mut json) = ([value], Vec::new());
            lines(&values, 1).rows().for_each(|mut row| push_value(&mut json, &row.next().unwrap()));
            String::from_utf8(json).unwrap()
        };
        assert_eq!(written(Value::Empty), "null");
        assert_eq!(written(Value::text("引\"号\n")), r#""引\"号\n""#);
        assert_eq!(written(Value::Decimal(Decimal::new(950, 3))), "\"0.95\"");
        assert_eq!(written(Value::Integer(2021)), "2021");
        assert_eq!(written(Value::Boolean(false)), "false");
        assert_eq!(written(Value::List(vec!["unit_implied", "ocr"])), r#"["unit_implied","ocr"]"#);
        assert_eq!(written(Value::List(Vec::new())), "[]");
    }
}
