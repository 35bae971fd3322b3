//! The SQLite format: `records.sqlite` with keys, indexes, full-text search and views.

mod search;
mod views;

use super::part::PartPath;
use super::schema::{CELLS, COLUMNS, ColumnType, Field, Relation};
use super::{Cell, Format, Lines, OutputFolder, Settings, Sink, Tables, Value, WriteError, Written};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql};
use std::io;

/// Decimals as exact text, each beside a generated column with the number for sorting and sums.
pub(super) const FORMAT: Format =
    Format { name: "sqlite", help: "records.sqlite with keys, search and views", by_default: false, open };

/// How the file is written: nobody reads it before it is complete, and a broken one is thrown away.
const PRAGMAS: &str = "PRAGMA page_size = 16384; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    PRAGMA locking_mode = EXCLUSIVE; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -32768;";

/// What people look for besides keys and references, by record.
const INDEXES: &[(&str, &str)] = &[
    ("documents", "document_id"),
    ("documents", "region_code, fiscal_year"),
    ("projects", "region_code, fiscal_year"),
    ("indicators", "region_code, fiscal_year"),
    ("indicators", "level2_code"),
    ("amounts", "region_code, fiscal_year"),
    ("line_items", "region_code, fiscal_year"),
    ("line_items", "table_kind, code"),
    ("tables", "document_id, \"table\""),
    ("checks", "status, rule"),
];

struct SqliteSink {
    part: PartPath,
    database: Connection,
    /// The statement for a row of each record, and of the cells behind them where they are wanted.
    inserts: Vec<String>,
}

fn open(folder: &OutputFolder, settings: Settings) -> Result<Box<dyn Sink>, WriteError> {
    let part = folder.part("records.sqlite")?;
    let cells: Option<&dyn Relation> = (settings.tables != Tables::None).then_some(&CELLS);
    let relations: Vec<&dyn Relation> = COLUMNS.into_iter().chain(cells).collect();
    let opened = || -> rusqlite::Result<Connection> {
        let database = Connection::open(part.path())?;
        database.execute_batch(PRAGMAS)?;
        database.execute_batch("BEGIN")?;
        for relation in &relations {
            database.execute_batch(&create_table(*relation))?;
        }
        Ok(database)
    };
    let database = opened().map_err(|error| part.failed("write", io_error(error)))?;
    database.set_prepared_statement_cache_capacity(relations.len());
    Ok(Box::new(SqliteSink { part, database, inserts: relations.into_iter().map(insert).collect() }))
}

impl Sink for SqliteSink {
    fn takes(&self, record: usize) -> bool {
        record < self.inserts.len()
    }

    fn rows(&mut self, lines: &Lines<'_>, repeated: bool) -> Result<(), WriteError> {
        let Some(insert) = self.inserts.get(lines.record).filter(|_| !repeated) else { return Ok(()) };
        insert_rows(&self.database, insert, lines).map_err(|error| self.part.failed("write", io_error(error)))
    }

    fn finish(self: Box<Self>) -> Result<Vec<Written>, WriteError> {
        let Self { part, database, inserts } = *self;
        let finished = || -> rusqlite::Result<()> {
            database.flush_prepared_statement_cache();
            add_numbers(&database, inserts.len())?;
            for (table, columns) in INDEXES {
                let name: String =
                    columns.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
                database
                    .execute_batch(&format!("CREATE INDEX \"{table}_by_{name}\" ON {table} ({columns})"))?;
            }
            search::create(&database)?;
            views::create(&database)?;
            database.execute_batch("COMMIT")?;
            database.close().map_err(|(_, error)| error)
        };
        finished().map_err(|error| part.failed("write", io_error(error)))?;
        Ok(vec![part.finish()?])
    }
}

/// What a row has from the one above it stays bound to the statement.
fn insert_rows(database: &Connection, insert: &str, lines: &Lines<'_>) -> rusqlite::Result<()> {
    let mut statement = database.prepare_cached(insert)?;
    for row in lines.rows() {
        for (place, cell) in (1..).zip(row) {
            if !cell.again {
                statement.raw_bind_parameter(place, cell)?;
            }
        }
        statement.raw_execute()?;
    }
    Ok(())
}

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.value {
            Value::Empty => ToSqlOutput::Borrowed(ValueRef::Null),
            Value::Integer(number) => ToSqlOutput::from(*number),
            Value::Boolean(answer) => ToSqlOutput::from(*answer),
            // Most rows carry no flag; they are easiest found as NULL.
            Value::List(items) if items.is_empty() => ToSqlOutput::Borrowed(ValueRef::Null),
            Value::Text(_) | Value::Decimal(_) | Value::List(_) => {
                ToSqlOutput::Borrowed(ValueRef::Text(self.text))
            }
        })
    }
}

/// The name in quotes: `table` and `column` are words of SQL.
fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")
}

fn create_table(relation: &dyn Relation) -> String {
    let mut parts: Vec<String> = relation.fields().iter().map(column).collect();
    parts.push(format!("PRIMARY KEY ({})", list(relation.key())));
    for reference in relation.references() {
        let columns = list(reference.columns);
        parts.push(format!("FOREIGN KEY ({columns}) REFERENCES {} ({columns})", quoted(reference.to)));
    }
    format!("CREATE TABLE {} (\n  {}\n)", quoted(relation.name()), parts.join(",\n  "))
}

fn column(field: &Field) -> String {
    let name = quoted(field.name);
    let kind = match field.kind {
        ColumnType::Text | ColumnType::Decimal | ColumnType::List => "TEXT",
        ColumnType::Integer | ColumnType::Boolean => "INTEGER",
    };
    let mut column = format!("{name} {kind}");
    if field.required {
        column.push_str(" NOT NULL");
    }
    column
}

/// Gives every decimal a column with its number. Nothing is stored of these, but SQLite finds them for each row that is
/// added: so they come when all rows are there.
fn add_numbers(database: &Connection, tables: usize) -> rusqlite::Result<()> {
    for relation in COLUMNS.into_iter().chain([&CELLS as &dyn Relation]).take(tables) {
        let table = quoted(relation.name());
        for field in relation.fields().iter().filter(|field| field.kind == ColumnType::Decimal) {
            let (name, number) = (quoted(field.name), quoted(&format!("{}_number", field.name)));
            database.execute_batch(&format!(
                "ALTER TABLE {table} ADD COLUMN {number} REAL GENERATED ALWAYS AS (CAST({name} AS REAL)) VIRTUAL"
            ))?;
        }
    }
    Ok(())
}

fn insert(relation: &dyn Relation) -> String {
    let fields = relation.fields();
    let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
    let places = vec!["?"; names.len()].join(", ");
    format!("INSERT INTO {} ({}) VALUES ({places})", quoted(relation.name()), list(&names))
}

fn io_error(error: rusqlite::Error) -> io::Error {
    io::Error::other(error)
}
