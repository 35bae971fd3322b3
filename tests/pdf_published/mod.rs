//! The tables of published files of six producers, as they were compared with the rendered pages by eye.

use super::shared;
use gongkai::document::Table;
use gongkai::pipeline;
use gongkai::record::TableFacts;

const STATED: &str = include_str!("../fixtures/pdf/published_tables.txt");

/// A table in one line, as the fixture states it.
fn line(facts: &TableFacts, table: &Table) -> String {
    let first = table.place.page.unwrap();
    let last = table.page_last.unwrap();
    let pages = if first == last { first.to_string() } else { format!("{first}-{last}") };
    let filled = table.cells.iter().filter(|cell| !cell.text.trim().is_empty()).count();
    format!(
        "{pages} | {} | {} | {} | {}×{} | {filled} | {}",
        facts.kind.code(),
        facts.unit,
        table.header_rows,
        table.rows,
        table.columns,
        facts.title
    )
}

#[test]
fn every_table_of_the_published_files_has_its_rows_columns_title_and_unit() {
    let Some(folder) = shared("corpus/real") else { return };
    for document in STATED.split("== ").skip(1) {
        let (name, stated) = document.split_once('\n').unwrap();
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let records = pipeline::extract(&bytes, &pipeline::Options::default()).records;
        let found: Vec<String> = records.tables.iter().map(|(facts, table)| line(facts, table)).collect();
        assert_eq!(found, stated.lines().collect::<Vec<_>>(), "{name}");
    }
}
