//! One document as one JSON object: the same records under the same names as in CSV.

use super::line::{CELLS_AT, Line, TABLES_AT, each_line};
use super::part::PartFile;
use super::schema::{CELLS, COLUMNS, Relation};
use super::{Format, OutputFolder, Settings, Sink, Value, WriteError, Written};
use crate::record::Outcome;
use serde::Serialize;
use std::collections::VecDeque;
use std::io::{self, Write};
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

    fn written(&self, result: io::Result<()>) -> Result<(), WriteError> {
        result.map_err(|error| self.file.failed("write", error))
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
        let result = self.file.write_all(before.as_bytes());
        self.written(result)
    }

    fn row(&mut self, line: &Line<'_>, _repeated: bool) -> Result<(), WriteError> {
        let result = self.document.row(&mut self.file, line);
        self.written(result)
    }

    fn end(
        &mut self,
        _outcome: &Outcome,
        _with_grids: bool,
        _folder: &OutputFolder,
    ) -> Result<(), WriteError> {
        let result = self.document.end(&mut self.file);
        let result = result.and_then(|()| self.file.write_all(self.around.after.as_bytes()));
        self.written(result)
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<Written>, WriteError> {
        let end = if self.begun { self.around.end } else { self.around.empty };
        let result = self.file.write_all(end.as_bytes());
        self.written(result)?;
        Ok(vec![self.file.finish()?])
    }
}

/// The document with all its records, on one line, as `records.jsonl` holds it. `cells` decides whether tables carry
/// their grids.
#[must_use]
pub fn document_json(outcome: &Outcome, cells: bool) -> String {
    let (mut json, mut document) = (Vec::new(), DocumentText::new(outcome, cells));
    // A vector takes whatever is written.
    let wanted = |record| cells || record != CELLS_AT;
    let written = each_line(outcome, wanted, &mut |line| document.row(&mut json, line));
    let written = written.and_then(|()| document.end(&mut json));
    debug_assert!(written.is_ok(), "{written:?}");
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

    fn row(&mut self, out: &mut dyn Write, line: &Line<'_>) -> io::Result<()> {
        if line.record == CELLS_AT {
            return self.cell(out, line.object());
        }
        self.reach(out, line.record)?;
        if self.cells && line.record == TABLES_AT {
            let head = line.object().strip_suffix(b"}").unwrap_or_default().to_vec();
            let count = self.counts.pop_front().unwrap_or(0);
            self.tables.push_back((head, count));
            return Ok(());
        }
        self.comma(out)?;
        out.write_all(line.object())
    }

    fn comma(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if std::mem::replace(&mut self.filled, true) { out.write_all(b",") } else { Ok(()) }
    }

    /// Writes a cell into its table, which is the first that has still to get one.
    fn cell(&mut self, out: &mut dyn Write, object: &[u8]) -> io::Result<()> {
        let mut first = false;
        while self.left.is_none_or(|left| left == 0) {
            if !self.next_table(out)? {
                return Ok(());
            }
            first = true;
        }
        if !first {
            out.write_all(b",")?;
        }
        self.left = self.left.map(|left| left - 1);
        out.write_all(object)
    }

    /// Closes the open table and opens the next; whether there was one.
    fn next_table(&mut self, out: &mut dyn Write) -> io::Result<bool> {
        if self.left.take().is_some() {
            out.write_all(b"]}")?;
        }
        let Some((head, count)) = self.tables.pop_front() else { return Ok(false) };
        self.comma(out)?;
        out.write_all(&head)?;
        out.write_all(b",\"cells\":[")?;
        self.left = Some(count);
        Ok(true)
    }

    /// Closes the arrays of the records before this one and opens its own.
    fn reach(&mut self, out: &mut dyn Write, record: usize) -> io::Result<()> {
        while self.at.is_none_or(|at| at < record) {
            let next = self.close(out)?;
            let name = COLUMNS.get(next).map_or("", |relation| relation.name());
            match next {
                0 => out.write_all(b"{\"document\":")?,
                _ => write!(out, ",\"{name}\":[")?,
            }
            (self.at, self.filled) = (Some(next), false);
        }
        Ok(())
    }

    /// Closes the array that is open; the record after it.
    fn close(&mut self, out: &mut dyn Write) -> io::Result<usize> {
        let Some(at) = self.at else { return Ok(0) };
        if at == TABLES_AT {
            while self.next_table(out)? {}
        }
        if at > 0 {
            out.write_all(b"]")?;
        }
        Ok(at + 1)
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.reach(out, COLUMNS.len() - 1)?;
        self.close(out)?;
        out.write_all(b"}")
    }
}

/// The columns of each record and of the cells, `None` for those that the place of an object says: inside its table a
/// cell needs no number of document and table.
static KEYS: LazyLock<Vec<Vec<Option<&str>>>> = LazyLock::new(|| {
    let names = |relation: &dyn Relation| relation.fields().iter().map(|field| Some(field.name)).collect();
    let mut keys: Vec<Vec<Option<&str>>> = COLUMNS.into_iter().map(names).collect();
    let inside = |key: Option<&'static str>| key.filter(|key| !matches!(*key, "document_id" | "table"));
    keys.push(CELLS.fields().iter().map(|field| inside(Some(field.name))).collect());
    keys
});

/// A row of a record as an object.
pub(super) fn object(record: usize, values: &[Value<'_>]) -> Vec<u8> {
    let mut object = Vec::with_capacity(512);
    write_object(&mut object, &KEYS[record], values);
    object
}

fn write_object(json: &mut Vec<u8>, keys: &[Option<&str>], values: &[Value<'_>]) {
    let mut before = b'{';
    for (key, value) in keys.iter().zip(values) {
        let Some(key) = key else { continue };
        json.push(before);
        before = b',';
        json.push(b'"');
        json.extend(key.as_bytes());
        json.extend(b"\":");
        write_value(json, value);
    }
    json.push(b'}');
}

/// Decimals as strings, numbers as numbers, lists as arrays, empties as null.
fn write_value(json: &mut Vec<u8>, value: &Value<'_>) {
    match value {
        Value::Empty => json.extend(b"null"),
        Value::Text(text) => serialise(json, text.as_ref()),
        Value::Decimal(_) => {
            json.push(b'"');
            value.spell(json);
            json.push(b'"');
        }
        Value::Integer(_) | Value::Boolean(_) => value.spell(json),
        Value::List(items) => serialise(json, items),
    }
}

/// Texts and lists of texts always serialise, and a vector takes whatever is written.
fn serialise(json: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) {
    let written = serde_json::to_writer(&mut *json, value);
    debug_assert!(written.is_ok(), "{written:?}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    #[test]
    fn values_keep_their_type() {
        let written = |value: Value<'_>| {
            let mut json = Vec::new();
            write_value(&mut json, &value);
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
