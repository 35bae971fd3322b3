//! One document as one JSON object: the same records under the same names as in CSV.

use super::Value;
use super::schema::{AMOUNTS, CELLS, CHECKS, DOCUMENTS, INDICATORS, LINE_ITEMS, PROJECTS, Relation, TABLES};
use crate::record::Outcome;
use serde_json::Value as Json;
use std::fmt::Write;

/// The document with all its records, on one line. `cells` decides whether tables carry their grids.
#[must_use]
pub fn document_json(outcome: &Outcome, cells: bool) -> String {
    let mut tables = objects(&TABLES, outcome, &[]);
    if cells {
        add_cells(&mut tables, outcome);
    }
    let array = |objects: &[String]| format!("[{}]", objects.join(","));
    format!(
        r#"{{"document":{},"projects":{},"indicators":{},"amounts":{},"line_items":{},"tables":{},"checks":{}}}"#,
        objects(&DOCUMENTS, outcome, &[]).concat(),
        array(&objects(&PROJECTS, outcome, &[])),
        array(&objects(&INDICATORS, outcome, &[])),
        array(&objects(&AMOUNTS, outcome, &[])),
        array(&objects(&LINE_ITEMS, outcome, &[])),
        array(&tables),
        array(&objects(&CHECKS, outcome, &[])),
    )
}

/// Puts the cells of each table into its object; inside it they need no number of document and table.
fn add_cells(tables: &mut [String], outcome: &Outcome) {
    let cells = objects(&CELLS, outcome, &["document_id", "table"]);
    let mut rest = cells.as_slice();
    for (object, (_, table)) in tables.iter_mut().zip(&outcome.records.tables) {
        let (own, others) = rest.split_at(table.cells.len());
        object.pop();
        let _ = write!(object, r#","cells":[{}]}}"#, own.join(","));
        rest = others;
    }
}

/// One JSON object per row, without the columns named in `without`.
fn objects(relation: &dyn Relation, outcome: &Outcome, without: &[&str]) -> Vec<String> {
    let fields = relation.fields();
    let keys: Vec<Option<&str>> =
        fields.iter().map(|field| (!without.contains(&field.name)).then_some(field.name)).collect();
    let mut objects = Vec::new();
    relation.each_row(outcome, &mut |values| objects.push(object(&keys, values)));
    objects
}

fn object(keys: &[Option<&str>], values: &[Value<'_>]) -> String {
    let mut object = String::from("{");
    for (key, value) in keys.iter().zip(values) {
        let Some(key) = key else { continue };
        if object.len() > 1 {
            object.push(',');
        }
        let _ = write!(object, "\"{key}\":");
        write_value(&mut object, value);
    }
    object.push('}');
    object
}

/// Decimals as strings, numbers as numbers, lists as arrays, empties as null.
fn write_value(json: &mut String, value: &Value<'_>) {
    let _ = match value {
        Value::Empty => write!(json, "null"),
        Value::Text(text) => write!(json, "{}", Json::from(text.as_ref())),
        Value::Decimal(_) => write!(json, "\"{}\"", value.to_csv()),
        Value::Integer(_) | Value::Boolean(_) => write!(json, "{}", value.to_csv()),
        Value::List(items) => write!(json, "{}", Json::from(items.as_slice())),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;

    #[test]
    fn values_keep_their_type() {
        let written = |value: Value<'_>| {
            let mut json = String::new();
            write_value(&mut json, &value);
            json
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
