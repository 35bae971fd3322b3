//! The heavy formats hold the same records as CSV: each is read back by a reader of its own and compared cell by cell.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
#![cfg(all(feature = "parquet", feature = "sqlite", feature = "xlsx"))]

use gongkai::document::{Block, Body};
use gongkai::pipeline;
use gongkai::reader::Limits;
use gongkai::writer::schema::{CELLS, COLUMNS, ColumnType, Field, Relation};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field as ParquetField;
use rusqlite::Connection;
use rusqlite::types::Value as SqlValue;
use rust_decimal::Decimal;
use std::fs::{self, File};
use std::process::Command;
use std::sync::LazyLock;

/// The samples in every format, written once for all tests.
static OUT: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let out = tempfile::tempdir().unwrap();
    let mut gongkai = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    gongkai.current_dir(env!("CARGO_MANIFEST_DIR")).args(["extract", "samples", "--tables", "cells", "-q"]);
    gongkai.args(["--format", "csv,jsonl,json,parquet,sqlite,xlsx", "-o"]).arg(out.path());
    // The folder holds a README, which is no disclosure and still read: nothing of it can fail.
    assert!(gongkai.status().unwrap().success());
    out
});

fn relations() -> impl Iterator<Item = &'static dyn Relation> {
    COLUMNS.into_iter().chain([&CELLS as &dyn Relation])
}

fn csv_rows(name: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(OUT.path().join(format!("{name}.csv"))).unwrap();
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Compares row by row, so that a difference is told by its row and column.
fn assert_same(relation: &dyn Relation, rows: &[Vec<String>]) {
    let expected = csv_rows(relation.name());
    assert_eq!(rows.len(), expected.len(), "rows of {}", relation.name());
    for (number, (row, expected)) in rows.iter().zip(&expected).enumerate() {
        for ((field, cell), expected) in relation.fields().iter().zip(row).zip(expected) {
            assert_eq!(cell, expected, "{}, row {}, column {}", relation.name(), number + 1, field.name);
        }
    }
}

#[test]
fn the_samples_fill_every_record() {
    for relation in relations() {
        assert!(!csv_rows(relation.name()).is_empty(), "{}", relation.name());
    }
}

#[test]
fn parquet_holds_the_same_rows_as_csv() {
    for relation in relations() {
        let file = File::open(OUT.path().join(format!("{}.parquet", relation.name()))).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let rows = reader.get_row_iter(None).unwrap().map(|row| {
            row.unwrap().get_column_iter().map(|(_, value)| parquet_text(value)).collect::<Vec<_>>()
        });
        assert_same(relation, &rows.collect::<Vec<_>>());
    }
}

fn parquet_text(field: &ParquetField) -> String {
    match field {
        ParquetField::Null => String::new(),
        ParquetField::Str(text) => text.clone(),
        ParquetField::Long(number) => number.to_string(),
        ParquetField::Bool(answer) => answer.to_string(),
        ParquetField::ListInternal(list) => {
            list.elements().iter().map(parquet_text).collect::<Vec<_>>().join(";")
        }
        ParquetField::Decimal(decimal) => {
            let bytes: [u8; 16] = decimal.data().try_into().unwrap();
            let scale = u32::try_from(decimal.scale()).unwrap();
            let whole = i128::from_be_bytes(bytes);
            // More digits than a `Decimal` takes at this scale: drop the zeros at the end first.
            let zeros = (0..scale).take_while(|power| whole % 10_i128.pow(power + 1) == 0).count();
            let zeros = u32::try_from(zeros).unwrap();
            let decimal = Decimal::from_i128_with_scale(whole / 10_i128.pow(zeros), scale - zeros);
            decimal.normalize().to_string()
        }
        other => panic!("{other:?} is no type that is written"),
    }
}

#[test]
fn sqlite_holds_the_same_rows_as_csv() {
    let database = Connection::open(OUT.path().join("records.sqlite")).unwrap();
    for relation in relations() {
        let fields = relation.fields();
        let names: Vec<String> = fields.iter().map(|field| format!("\"{}\"", field.name)).collect();
        let query = format!("SELECT {} FROM \"{}\" ORDER BY rowid", names.join(", "), relation.name());
        let mut statement = database.prepare(&query).unwrap();
        let rows = statement.query_map([], |row| {
            let cells = fields.iter().enumerate();
            cells.map(|(index, field)| Ok(sql_text(field, row.get(index)?))).collect::<rusqlite::Result<_>>()
        });
        let rows: Vec<Vec<String>> = rows.unwrap().map(Result::unwrap).collect();
        assert_same(relation, &rows);
    }
}

fn sql_text(field: &Field, value: SqlValue) -> String {
    match value {
        SqlValue::Null => String::new(),
        SqlValue::Integer(number) if field.kind == ColumnType::Boolean => (number == 1).to_string(),
        SqlValue::Integer(number) => number.to_string(),
        SqlValue::Text(text) => text,
        other => panic!("{other:?} is no type that is written"),
    }
}

#[test]
fn sqlite_keeps_its_keys_and_answers_the_usual_questions() {
    let database = Connection::open(OUT.path().join("records.sqlite")).unwrap();
    let count = |query: &str| database.query_row(query, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    assert_eq!(count("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0);
    assert_eq!(
        count("SELECT count(*) FROM indicators_by_place"),
        i64::try_from(csv_rows("indicators").len()).unwrap()
    );
    assert!(count("SELECT count(*) FROM budget_totals") > 0);
    assert!(count("SELECT count(*) FROM money_by_region") > 0);
    let failed = csv_rows("checks").iter().filter(|row| row[3] == "fail").count();
    assert_eq!(count("SELECT count(*) FROM failed_checks"), i64::try_from(failed).unwrap());
    assert_eq!(count("SELECT count(*) FROM documents_not_read_in_full WHERE status = 'ok'"), 0);
    let found = count("SELECT count(*) FROM amounts_fts WHERE amounts_fts MATCH '\"一般公共预算\"'");
    let held = count(
        "SELECT count(*) FROM amounts WHERE label || ' ' || coalesce(context, '') LIKE '%一般公共预算%'",
    );
    assert_eq!(found, held);
    assert!(found > 0);
    let best = "SELECT count(rank) FROM (SELECT rank FROM amounts_fts WHERE amounts_fts MATCH '\"一般公共预算\"' ORDER BY rank LIMIT 1)";
    assert_eq!(count(best), 1, "what is found can be ranked");
    assert_eq!(count("SELECT count(*) FROM amounts WHERE value_number IS NOT CAST(value AS REAL)"), 0);
    let unsorted = "SELECT count(*) FROM (SELECT value_yuan_number AS n, lag(value_yuan_number) OVER
        (ORDER BY value_yuan_number) AS before FROM amounts WHERE value_yuan IS NOT NULL) WHERE n < before";
    assert_eq!(count(unsorted), 0);
}

#[test]
fn excel_sheets_hold_the_same_rows_as_csv_to_our_own_reader() {
    let bytes = fs::read(OUT.path().join("records.xlsx")).unwrap();
    let document = pipeline::read(&bytes, &Limits::default()).unwrap();
    let Body::Flow(blocks) = document.body else { panic!("a workbook flows") };
    let tables: Vec<_> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) => None,
        })
        .collect();
    for relation in COLUMNS {
        let fields = relation.fields();
        let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
        let table = tables.iter().find(|table| {
            let grid = table.grid();
            table.columns == names.len()
                && (0..names.len()).all(|column| grid.text(0, column).trim() == names[column])
        });
        let table = table.unwrap_or_else(|| panic!("no sheet of {}", relation.name()));
        let grid = table.grid();
        let cell = |row: usize, column: usize| {
            let text = grid.text(row, column);
            match fields[column].kind {
                ColumnType::Boolean => text.trim().to_lowercase(),
                _ => text.split_whitespace().collect::<String>(),
            }
        };
        let expected: Vec<Vec<String>> = csv_rows(relation.name())
            .into_iter()
            .map(|row| row.into_iter().map(|cell| cell.split_whitespace().collect()).collect())
            .collect();
        assert_eq!(table.rows - 1, expected.len(), "{}", relation.name());
        for (row, expected) in (1..table.rows).zip(&expected) {
            for (column, expected) in expected.iter().enumerate() {
                assert_eq!(&cell(row, column), expected, "{}, row {row}, {}", relation.name(), names[column]);
            }
        }
    }
}
