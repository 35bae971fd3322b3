//! One document as one JSON object: the same records under the same names as in CSV.

use super::part::PartFile;
use super::schema::{AMOUNTS, CELLS, CHECKS, DOCUMENTS, INDICATORS, LINE_ITEMS, PROJECTS, Relation, TABLES};
use super::{Format, OutputFolder, Settings, Sink, Value, WriteError, Written};
use crate::record::Outcome;
use serde::Serialize;
use std::io::Write;

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
    fn write(&mut self, outcome: &Outcome, _folder: &OutputFolder) -> Result<(), WriteError> {
        let text = std::mem::replace(&mut self.before, ",\n").to_owned() + &document_json(outcome, true);
        self.file.write_all(text.as_bytes()).map_err(|error| self.file.failed("write", error))
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<Written>, WriteError> {
        let end = if self.before == ",\n" { "\n]\n" } else { "[]\n" };
        self.file.write_all(end.as_bytes()).map_err(|error| self.file.failed("write", error))?;
        Ok(vec![self.file.finish()?])
    }
}

/// The document with all its records, on one line. `cells` decides whether tables carry their grids.
#[must_use]
pub fn document_json(outcome: &Outcome, cells: bool) -> String {
    let mut json = Vec::new();
    let records: [(&str, &dyn Relation); 4] = [
        ("projects", &PROJECTS),
        ("indicators", &INDICATORS),
        ("amounts", &AMOUNTS),
        ("line_items", &LINE_ITEMS),
    ];
    json.extend(b"{\"document\":");
    json.extend(Objects::of(&DOCUMENTS, outcome, &[]).json);
    for (name, relation) in records {
        array(&mut json, name, &Objects::of(relation, outcome, &[]).json);
    }
    let tables = Objects::of(&TABLES, outcome, &[]);
    let tables = if cells { with_cells(&tables, outcome) } else { tables.json };
    array(&mut json, "tables", &tables);
    array(&mut json, "checks", &Objects::of(&CHECKS, outcome, &[]).json);
    json.push(b'}');
    String::from_utf8(json).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn array(json: &mut Vec<u8>, name: &str, objects: &[u8]) {
    json.extend(b",\"");
    json.extend(name.as_bytes());
    json.extend(b"\":[");
    json.extend(objects);
    json.push(b']');
}

/// The tables with the cells of each in its object; inside it they need no number of document and table.
fn with_cells(tables: &Objects, outcome: &Outcome) -> Vec<u8> {
    let cells = Objects::of(&CELLS, outcome, &["document_id", "table"]);
    let mut json = Vec::with_capacity(tables.json.len() + cells.json.len());
    let mut from = 0;
    for (index, (_, table)) in outcome.records.tables.iter().enumerate() {
        let to = from + table.cells.len();
        json.extend(if index > 0 { &b","[..] } else { b"" });
        // The object without the brace that closes it.
        let object = tables.between(index, index + 1);
        json.extend(&object[..object.len().saturating_sub(1)]);
        array(&mut json, "cells", cells.between(from, to));
        json.push(b'}');
        from = to;
    }
    json
}

/// JSON objects, one per row, with a comma between them.
#[derive(Default)]
struct Objects {
    json: Vec<u8>,
    /// Where each of them ends.
    ends: Vec<usize>,
}

impl Objects {
    /// The rows of a document, without the columns named in `without`.
    fn of(relation: &dyn Relation, outcome: &Outcome, without: &[&str]) -> Self {
        let fields = relation.fields();
        let keys: Vec<Option<&str>> =
            fields.iter().map(|field| (!without.contains(&field.name)).then_some(field.name)).collect();
        let mut objects = Self::default();
        relation.each_row(outcome, &mut |values| objects.push(&keys, values));
        objects
    }

    /// The objects from one up to another, with the commas between them.
    fn between(&self, from: usize, to: usize) -> &[u8] {
        let start = from.checked_sub(1).map_or(0, |before| self.ends[before] + 1);
        let end = to.checked_sub(1).map_or(0, |last| self.ends[last]);
        self.json.get(start..end).unwrap_or_default()
    }

    fn push(&mut self, keys: &[Option<&str>], values: &[Value<'_>]) {
        if !self.ends.is_empty() {
            self.json.push(b',');
        }
        let mut before = b'{';
        for (key, value) in keys.iter().zip(values) {
            let Some(key) = key else { continue };
            self.json.push(before);
            before = b',';
            self.json.push(b'"');
            self.json.extend(key.as_bytes());
            self.json.extend(b"\":");
            write_value(&mut self.json, value);
        }
        self.json.push(b'}');
        self.ends.push(self.json.len());
    }
}

/// Decimals as strings, numbers as numbers, lists as arrays, empties as null.
fn write_value(json: &mut Vec<u8>, value: &Value<'_>) {
    match value {
        Value::Empty => json.extend(b"null"),
        Value::Text(text) => serialise(json, text.as_ref()),
        Value::Decimal(_) => serialise(json, value.to_csv().as_ref()),
        Value::Integer(_) | Value::Boolean(_) => json.extend(value.to_csv().as_bytes()),
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
