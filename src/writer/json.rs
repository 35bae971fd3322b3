//! One document as one JSON object: the same records under the same names as in CSV.

use super::Value;
use super::schema::{AMOUNTS, CELLS, DOCUMENTS, Field, INDICATORS, PROJECTS, Relation, TABLES};
use crate::record::Outcome;
use serde_json::{Map, Value as Json};

/// The document with all its records. `cells` decides whether tables carry their grids.
#[must_use]
pub fn document_json(outcome: &Outcome, cells: bool) -> Json {
    let mut object = Map::new();
    let document = objects(&DOCUMENTS, outcome).into_iter().next();
    object.insert("document".to_owned(), document.map_or(Json::Null, Json::Object));
    for relation in [&PROJECTS as &dyn Relation, &INDICATORS, &AMOUNTS] {
        object.insert(relation.name().to_owned(), array(objects(relation, outcome)));
    }
    // The contract names the keys of all records; no stage yields these two yet.
    object.insert("line_items".to_owned(), Json::Array(Vec::new()));
    let tables = if cells { tables_with_cells(outcome) } else { objects(&TABLES, outcome) };
    object.insert(TABLES.name.to_owned(), array(tables));
    object.insert("checks".to_owned(), Json::Array(Vec::new()));
    Json::Object(object)
}

fn tables_with_cells(outcome: &Outcome) -> Vec<Map<String, Json>> {
    let mut cells = objects(&CELLS, outcome).into_iter();
    let mut tables = objects(&TABLES, outcome);
    for (object, (_, table)) in tables.iter_mut().zip(&outcome.records.tables) {
        let own = cells.by_ref().take(table.cells.len()).map(without_keys);
        object.insert("cells".to_owned(), Json::Array(own.collect()));
    }
    tables
}

/// A cell inside its table needs neither the document's nor the table's number.
fn without_keys(mut cell: Map<String, Json>) -> Json {
    cell.shift_remove("document_id");
    cell.shift_remove("table");
    Json::Object(cell)
}

fn objects(relation: &dyn Relation, outcome: &Outcome) -> Vec<Map<String, Json>> {
    let fields = relation.fields();
    let mut rows = Vec::new();
    let visited = relation.each_row(outcome, &mut |values| {
        rows.push(object(&fields, values));
        Ok(())
    });
    debug_assert!(visited.is_ok(), "the visitor above has no error");
    rows
}

fn object(fields: &[Field], values: &[Value<'_>]) -> Map<String, Json> {
    fields.iter().zip(values).map(|(field, value)| (field.name.to_owned(), value.to_json())).collect()
}

fn array(objects: Vec<Map<String, Json>>) -> Json {
    Json::Array(objects.into_iter().map(Json::Object).collect())
}
