//! One document as one JSON object: the same records under the same names as in CSV.

use super::part::PartFile;
use super::schema::{AMOUNTS, CELLS, CHECKS, DOCUMENTS, INDICATORS, LINE_ITEMS, PROJECTS, Relation, TABLES};
use super::{Format, OutputFolder, Settings, Sink, Value, WriteError, Written};
use crate::record::Outcome;
use serde::Serialize;
use std::io::{self, Write};

/// One array of all documents, each on a line of its own.
pub(super) const FORMAT: Format =
    Format { name: "json", help: "records.json: one array of all documents", by_default: false, open };

struct JsonSink {
    file: PartFile,
    /// What stands before the next document.
    before: &'static str,
}

fn open(folder: &OutputFolder, _settings: Settings) -> Result<Box<dyn Sink>, WriteError> {
    Ok(Box::new(JsonSink { file: folder.create("records.json")?, before: "[\n" }))
}

impl Sink for JsonSink {
    fn write(
        &mut self,
        outcome: &Outcome,
        _with_cells: bool,
        _folder: &OutputFolder,
    ) -> Result<(), WriteError> {
        let before = std::mem::replace(&mut self.before, ",\n");
        let written = self.file.write_all(before.as_bytes());
        let written = written.and_then(|()| write_document(&mut self.file, outcome, true));
        written.map_err(|error| self.file.failed("write", error))
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<Written>, WriteError> {
        let end = if self.before == ",\n" { "\n]\n" } else { "[]\n" };
        self.file.write_all(end.as_bytes()).map_err(|error| self.file.failed("write", error))?;
        Ok(vec![self.file.finish()?])
    }
}

/// Writes the document with all its records, on one line. `cells` decides whether tables carry their grids. Row after
/// row goes out, so that a long document is never held as text.
///
/// # Errors
/// What the destination met.
pub fn write_document(out: &mut dyn Write, outcome: &Outcome, cells: bool) -> io::Result<()> {
    let records: [(&str, &dyn Relation); 4] = [
        ("projects", &PROJECTS),
        ("indicators", &INDICATORS),
        ("amounts", &AMOUNTS),
        ("line_items", &LINE_ITEMS),
    ];
    out.write_all(b"{\"document\":")?;
    objects(out, &DOCUMENTS, outcome)?;
    for (name, relation) in records {
        array(out, name, &mut |out| objects(out, relation, outcome))?;
    }
    array(out, "tables", &mut |out| {
        if cells { tables_with_cells(out, outcome) } else { objects(out, &TABLES, outcome) }
    })?;
    array(out, "checks", &mut |out| objects(out, &CHECKS, outcome))?;
    out.write_all(b"}")
}

/// The document with all its records, on one line, as `records.jsonl` holds it.
#[must_use]
pub fn document_json(outcome: &Outcome, cells: bool) -> String {
    let mut json = Vec::new();
    // A vector takes whatever is written.
    let written = write_document(&mut json, outcome, cells);
    debug_assert!(written.is_ok(), "{written:?}");
    String::from_utf8(json).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn array(
    out: &mut dyn Write,
    name: &str,
    items: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    out.write_all(b",\"")?;
    out.write_all(name.as_bytes())?;
    out.write_all(b"\":[")?;
    items(out)?;
    out.write_all(b"]")
}

/// The rows of a document as objects with a comma between them.
fn objects(out: &mut dyn Write, relation: &dyn Relation, outcome: &Outcome) -> io::Result<()> {
    let mut first = true;
    each_object(relation, outcome, &[], &mut |object| {
        if !std::mem::take(&mut first) {
            out.write_all(b",")?;
        }
        out.write_all(object)
    })
}

/// The tables with the cells of each in its object; inside it they need no number of document and table.
fn tables_with_cells(out: &mut dyn Write, outcome: &Outcome) -> io::Result<()> {
    let mut heads: Vec<Vec<u8>> = Vec::new();
    each_object(&TABLES, outcome, &[], &mut |object| {
        // The object without the brace that closes it.
        heads.push(object[..object.len().saturating_sub(1)].to_vec());
        Ok(())
    })?;
    let mut counts = outcome.records.tables.iter().map(|(_, table)| table.cells.len());
    let mut heads = heads.into_iter().enumerate();
    let (mut left, mut first) = (0, true);
    each_object(&CELLS, outcome, &["document_id", "table"], &mut |object| {
        while left == 0 {
            let (Some(head), Some(count)) = (heads.next(), counts.next()) else { return Ok(()) };
            open_table(out, &head)?;
            (left, first) = (count, true);
            if left == 0 {
                out.write_all(b"]}")?;
            }
        }
        if !std::mem::take(&mut first) {
            out.write_all(b",")?;
        }
        out.write_all(object)?;
        left -= 1;
        if left == 0 { out.write_all(b"]}") } else { Ok(()) }
    })?;
    for head in heads {
        open_table(out, &head)?;
        out.write_all(b"]}")?;
    }
    Ok(())
}

fn open_table(out: &mut dyn Write, (index, head): &(usize, Vec<u8>)) -> io::Result<()> {
    out.write_all(if *index > 0 { b"," } else { b"" })?;
    out.write_all(head)?;
    out.write_all(b",\"cells\":[")
}

/// Hands over every row as an object, without the columns named in `without`, until the first error.
fn each_object(
    relation: &dyn Relation,
    outcome: &Outcome,
    without: &[&str],
    take: &mut dyn FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<()> {
    let fields = relation.fields();
    let keys: Vec<Option<&str>> =
        fields.iter().map(|field| (!without.contains(&field.name)).then_some(field.name)).collect();
    let (mut object, mut result) = (Vec::new(), Ok(()));
    relation.each_row(outcome, &mut |values| {
        if result.is_ok() {
            object.clear();
            write_object(&mut object, &keys, values);
            result = take(&object);
        }
    });
    result
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
