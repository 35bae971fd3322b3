//! `datapackage.json`: what the CSV files hold, as a Data Package (version 2).

use super::Written;
use super::schema::{CELLS, COLUMNS, ColumnType, Field, Reference, Relation};
use serde_json::{Map, Value as Json, json};

/// The package over the files that were written, with their sizes and hashes; over all records where none are given.
#[must_use]
pub fn data_package(written: &[Written]) -> Json {
    let relations = COLUMNS.into_iter().chain([&CELLS as &dyn Relation]);
    let resources = relations.filter_map(|relation| {
        let path = format!("{}.csv", relation.name());
        let file = written.iter().find(|file| file.name == path);
        (written.is_empty() || file.is_some()).then(|| resource(relation, &path, file))
    });
    json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "title": "部门预算公开数据",
        "titles": { "zh": "部门预算公开数据", "en": "Budget disclosures of China's counties and departments" },
        "description": "Indicators, projects, money figures and tables read from published budget documents \
            (部门预算公开, 部门决算公开). Each row names its file, page, table and row; what was printed stays beside what \
            was made of it.",
        "sources": [{
            "title": "The published documents listed in documents.csv, each with the SHA-256 of its bytes",
            "path": "documents.csv",
        }],
        "licenses": [{
            "name": "CC0-1.0",
            "path": "https://creativecommons.org/publicdomain/zero/1.0/",
            "title": "CC0 for what this program adds; the documents themselves stay under the terms of their publishers",
        }],
        "contributors": [{
            "title": concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")), "roles": ["wrangler"],
        }],
        "resources": resources.collect::<Vec<Json>>(),
    })
}

fn resource(relation: &dyn Relation, path: &str, file: Option<&Written>) -> Json {
    let (chinese, english) = relation.titles();
    let mut resource = json!({
        "name": relation.name(),
        "type": "table",
        "path": path,
        "title": chinese,
        "titles": { "zh": chinese, "en": english },
        "description": relation.about(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema(relation),
    });
    if let Some(file) = file {
        resource["bytes"] = Json::from(file.bytes);
        resource["hash"] = Json::from(format!("sha256:{}", file.sha256));
    }
    resource
}

fn schema(relation: &dyn Relation) -> Json {
    let fields = relation.fields();
    let required = |name: &&str| fields.iter().any(|field| field.name == *name && field.required);
    // Validators take a reference with one empty column for a broken one, so only those without are declared.
    let references = relation.references().iter().filter(|reference| reference.columns.iter().all(required));
    let references: Vec<Json> = references.map(foreign_key).collect();
    let mut schema = json!({
        "fields": fields.iter().map(field_json).collect::<Vec<Json>>(),
        "missingValues": [""],
    });
    // Files that can't be opened have no document_id, so a key of it would be broken by them.
    if relation.key().iter().all(required) {
        schema["primaryKey"] = json!(relation.key());
    }
    if !references.is_empty() {
        schema["foreignKeys"] = references.into();
    }
    schema
}

fn foreign_key(reference: &Reference) -> Json {
    json!({
        "fields": reference.columns,
        "reference": { "resource": reference.to, "fields": reference.columns },
    })
}

fn field_json(field: &Field) -> Json {
    let kind = match field.kind {
        ColumnType::Text | ColumnType::List => "string",
        ColumnType::Integer => "integer",
        ColumnType::Decimal => "number",
        ColumnType::Boolean => "boolean",
    };
    let mut json = json!({
        "name": field.name,
        "type": kind,
        "title": field.chinese,
        "titles": { "zh": field.chinese, "en": field.english },
        "description": field.about,
    });
    if !field.unit.is_empty() {
        json["unit"] = Json::from(field.unit);
    }
    let constraints = constraints(field);
    if !constraints.is_empty() {
        json["constraints"] = constraints.into();
    }
    json
}

fn constraints(field: &Field) -> Map<String, Json> {
    let mut constraints = Map::new();
    if field.required {
        constraints.insert("required".to_owned(), Json::from(true));
    }
    match field.kind {
        _ if field.codes.is_empty() => {}
        ColumnType::List => {
            let any = field.codes.join("|");
            constraints.insert("pattern".to_owned(), Json::from(format!("({any})(;({any}))*")));
        }
        _ => {
            constraints.insert("enum".to_owned(), json!(field.codes));
        }
    }
    constraints
}
