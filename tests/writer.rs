//! What the writers make of outcomes: the contract's columns, spellings, grids and files.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use gongkai::document::{CellSpec, Format, Rect, Table, TableBuilder, Vertical, Warning};
use gongkai::flag::Flag;
use gongkai::quantity::{Comparator, Context, parse};
use gongkai::record::{
    Amount, Check, Classification, Indicator, Level1, Level2, LineItem, Measure, Ordinal, Outcome, Project,
    Provenance, Records, Scope, Source, Status, TableFacts, TableKind, TargetPeriod, Verdict,
};
use gongkai::writer::schema::{
    AMOUNTS, CELLS, CHECKS, COLUMNS, DOCUMENTS, INDICATORS, LINE_ITEMS, PROJECTS, Relation, TABLES,
};
use gongkai::writer::{FORMATS, RunFacts, Settings, Tables, Writer, codebook};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;
use std::time::SystemTime;

const PLACE: &str = "document_id, path, region_code, region_name, department_name, fiscal_year";

fn columns(relation: &dyn Relation) -> String {
    relation.fields().iter().map(|field| field.name).collect::<Vec<_>>().join(", ")
}

#[test]
fn columns_are_those_of_the_contract_in_its_order() {
    let documents = "document_id, path, format, sha256, size_bytes, pages, title, kind, fiscal_year, region_code, \
        region_name, department_code, department_name, tables, projects, indicators, amounts, checks_failed, status, \
        error_code, error, coverage, province_name, city_name";
    assert!(columns(&DOCUMENTS).starts_with(documents));
    let projects = "project_no, project_name, carried_over, goal, amount_yuan, page, table, project";
    assert_eq!(columns(&PROJECTS), format!("{PLACE}, {projects}"));
    let indicators = "indicator_no, source, scope, project_no, project_name, carried_over, level1, level2, level3, \
        level1_code, level2_code, description, weight, value_raw, value_kind, comparator, value, value_max, unit, \
        value_base, unit_base, value_annual, unit_code, basis, page, table, row, bbox, flags, period, target_period, \
        actual_raw, actual_value, actual_unit, actual_base, score, note, project";
    assert_eq!(columns(&INDICATORS), format!("{PLACE}, {indicators}"));
    let amounts = "amount_no, source, section, table_kind, table_title, label, label_code, column_label, change, \
        year, base_year, comparator, value_raw, value, unit, value_yuan, per, context, page, table, row, column, \
        bbox, flags";
    assert_eq!(columns(&AMOUNTS), format!("{PLACE}, {amounts}"));
    let items = "item_no, table_kind, table_title, measure, measure_label, classification, code, name, level, \
        parent_code, year, value_raw, value, unit, value_yuan, page, table, row, column, flags";
    assert_eq!(columns(&LINE_ITEMS), format!("{PLACE}, {items}"));
    let checks = "document_id, path, rule, status, left_label, left_yuan, right_label, right_yuan, difference, \
        message, page, table, row, check_no";
    assert_eq!(columns(&CHECKS), checks);
    let tables = "document_id, path, table, page_first, page_last, table_kind, title, unit, header_rows, rows, \
        columns, continued";
    assert_eq!(columns(&TABLES), tables);
    assert_eq!(columns(&CELLS), "document_id, table, row, column, row_span, column_span, header, text");
}

#[test]
fn keys_and_references_name_columns_that_exist() {
    for relation in COLUMNS.into_iter().chain([&CELLS as &dyn Relation]) {
        let names: Vec<&str> = relation.fields().iter().map(|field| field.name).collect();
        assert!(relation.key().iter().all(|name| names.contains(name)), "{}", relation.name());
        for reference in relation.references() {
            let to = COLUMNS.into_iter().find(|other| other.name() == reference.to).unwrap();
            assert_eq!(reference.columns, to.key(), "{} → {}", relation.name(), reference.to);
            assert!(reference.columns.iter().all(|name| names.contains(name)), "{}", relation.name());
        }
    }
}

#[test]
fn the_codebook_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("CODEBOOK.md");
    let page = fs::read_to_string(path).unwrap();
    assert!(page == codebook(), "renew it with `gongkai schema --codebook > CODEBOOK.md`");
}

#[test]
fn every_column_has_titles_and_a_name_of_its_own() {
    for relation in COLUMNS.into_iter().chain([&CELLS as &dyn Relation]) {
        let fields = relation.fields();
        for field in &fields {
            let said = [field.chinese, field.english, field.about];
            assert!(said.iter().all(|text| !text.is_empty()), "{}.{}", relation.name(), field.name);
        }
        let mut names: Vec<&str> = fields.iter().map(|field| field.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), fields.len(), "{}", relation.name());
    }
}

#[test]
fn values_are_spelled_as_the_contract_says() {
    let out = written(&[document("a.docx", 1)], Settings::default());
    let row = &rows(out.path(), "indicators.csv")[0];
    let value = |column: &str| row.iter().find(|(name, _)| name == column).unwrap().1.as_str();
    let expected = [
        ("path", "a.docx"),
        ("fiscal_year", "2021"),
        ("indicator_no", "1"),
        ("scope", "project"),
        ("project_name", "就业补助"),
        ("carried_over", "true"),
        ("level1_code", "output"),
        ("level2_code", "cost"),
        ("weight", "10"),
        ("value_raw", ">=93.00元/人/月"),
        ("value_kind", "rate"),
        ("comparator", "ge"),
        ("value", "93"),
        ("value_max", ""),
        ("unit_code", "CNY/{person}/mo"),
        ("value_annual", "1116"),
        ("page", "3"),
        ("bbox", "72 100.5 523.28 120"),
        ("flags", "unit_implied;low_confidence"),
        ("target_period", "term"),
        ("actual_value", ""),
        ("score", "9.5"),
    ];
    for (column, text) in expected {
        assert_eq!(value(column), text, "{column}");
    }
}

#[test]
fn amounts_and_projects_keep_exact_yuan() {
    let out = written(&[document("a.docx", 1)], Settings::default());
    let amount = &rows(out.path(), "amounts.csv")[0];
    assert!(amount.contains(&("value_yuan".to_owned(), "349083700".to_owned())));
    assert!(amount.contains(&("value".to_owned(), "34908.37".to_owned())));
    assert!(amount.contains(&("column".to_owned(), "2".to_owned())));
    let project = &rows(out.path(), "projects.csv")[0];
    assert!(project.contains(&("amount_yuan".to_owned(), "0".to_owned())), "an explicit zero is stated");
    assert!(project.contains(&("goal".to_owned(), "第一行\n“第二”行, 完".to_owned())));
}

#[test]
fn a_failed_document_has_a_row_and_states_nothing_else() {
    let out = written(&[failed("b.pdf")], Settings::default());
    let row = &rows(out.path(), "documents.csv")[0];
    let stated: Vec<&str> =
        row.iter().filter(|(_, value)| !value.is_empty()).map(|(name, _)| name.as_str()).collect();
    let expected = "path format size_bytes tables projects indicators amounts status error_code error";
    assert_eq!(stated.join(" "), expected);
}

#[test]
fn warnings_stand_on_the_row_of_their_document() {
    let mut outcome = document("a.docx", 1);
    outcome.warnings = vec![Warning::HiddenText(3), Warning::DeletedText(4), Warning::HiddenText(5)];
    let out = written(&[outcome], Settings::default());
    let row = &rows(out.path(), "documents.csv")[0];
    assert!(row.contains(&("warnings".to_owned(), "deleted_text;hidden_text".to_owned())));
}

#[test]
fn merged_cells_are_filled_in_and_keep_their_line_breaks() {
    let out = written(&[document("a.docx", 1)], Settings::default());
    let grid = fs::read_to_string(out.path().join("tables/0000000000000001/001.csv")).unwrap();
    assert_eq!(grid, "指标,指标\n产出,\"数量\n（个）\"\n产出,\"a,b\"\n");
}

#[test]
fn cells_can_go_to_one_file_or_nowhere() {
    let lost = Outcome { sha256: document("", 1).sha256, ..failed("0.docx") };
    let outcomes = [lost, document("a.docx", 1), document("copy.docx", 1)];
    let out = written(&outcomes, tables(Tables::Cells));
    assert!(!out.path().join("tables").exists());
    let cells = rows(out.path(), "cells.csv");
    assert_eq!(
        cells.len(),
        4,
        "files of the same bytes have the same cells, of the first that could be read"
    );
    let line =
        |index: usize| cells[index].iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join("|");
    assert_eq!(line(0), "0000000000000001|1|1|1|1|2|true|指标");
    assert_eq!(line(1), "0000000000000001|1|2|1|2|1|false|产出");
    let out = written(&outcomes, tables(Tables::None));
    assert!(!out.path().join("tables").exists() && !out.path().join("cells.csv").exists());
    assert_eq!(rows(out.path(), "tables.csv").len(), 2);
}

#[test]
fn files_of_the_same_bytes_have_rows_each_and_tables_once() {
    let out = written(&[document("a.docx", 1), document("copy.docx", 1)], Settings::default());
    assert_eq!(rows(out.path(), "documents.csv").len(), 2);
    assert_eq!(rows(out.path(), "indicators.csv").len(), 2);
    assert_eq!(fs::read_dir(out.path().join("tables")).unwrap().count(), 1);
    let run: Value = serde_json::from_str(&fs::read_to_string(out.path().join("run.json")).unwrap()).unwrap();
    assert_eq!(run["documents"], json!({ "total": 2, "ok": 2, "partial": 0, "failed": 0 }));
}

#[test]
fn json_lines_hold_the_same_values_as_csv() {
    let out = written(&[document("a.docx", 1), failed("b.pdf")], Settings::default());
    let lines = fs::read_to_string(out.path().join("records.jsonl")).unwrap();
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    let keys: Vec<&str> = lines[0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys.join(" "), "document projects indicators amounts line_items tables checks");
    for (line, index) in [(&lines[0]["document"], 0), (&lines[1]["document"], 1)] {
        assert_same(line, &rows(out.path(), "documents.csv")[index]);
    }
    for name in ["projects", "indicators", "amounts", "line_items", "tables", "checks"] {
        assert_same(&lines[0][name][0], &rows(out.path(), &format!("{name}.csv"))[0]);
        assert_eq!(lines[1][name], json!([]));
    }
    assert_eq!(lines[0]["indicators"][0]["value"], json!("93"));
    assert_eq!(lines[0]["indicators"][0]["page"], json!(3));
    assert_eq!(lines[0]["indicators"][0]["flags"], json!(["unit_implied", "low_confidence"]));
    assert_eq!(lines[0]["indicators"][0]["value_max"], json!(null));
    let cells = lines[0]["tables"][0]["cells"].as_array().unwrap();
    let merged = json!({
        "row": 2, "column": 1, "row_span": 2, "column_span": 1, "header": false, "text": "产出"
    });
    assert_eq!((cells.len(), &cells[1]), (4, &merged));
}

#[test]
fn json_is_the_lines_as_one_array() {
    for outcomes in [vec![], vec![document("a.docx", 1)], vec![document("a.docx", 1), failed("b.pdf")]] {
        let out = written(&outcomes, Settings::default());
        let array: Value =
            serde_json::from_str(&fs::read_to_string(out.path().join("records.json")).unwrap()).unwrap();
        let lines = fs::read_to_string(out.path().join("records.jsonl")).unwrap();
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(array, Value::from(lines));
    }
}

#[test]
fn excel_gets_a_byte_order_mark_and_no_formula() {
    let mut outcome = document("=cmd.docx", 1);
    outcome.records.amounts[0].value_raw = "-5".to_owned();
    outcome.records.amounts[0].value = Some("-5".parse().unwrap());
    for (index, text) in ["=1+1", "@x", "\tx", "-", "+a", "-1,234.50", "-5%", "'=1"].iter().enumerate() {
        outcome.records.tables[0].1.cells[index % 4].text = (*text).to_owned();
        let out = written(&[outcome.clone()], Settings { excel: true, ..Settings::default() });
        let grid = fs::read_to_string(out.path().join("tables/0000000000000001/001.csv")).unwrap();
        assert!(grid.starts_with('\u{feff}'));
        let plain = ["-1,234.50", "-5%", "'=1", "\tx"];
        let expected = if plain.contains(text) { text.trim().to_owned() } else { format!("'{text}") };
        assert!(grid.contains(&expected), "{text}: {grid}");
    }
    let out = written(&[outcome], Settings { excel: true, ..Settings::default() });
    let text = fs::read_to_string(out.path().join("amounts.csv")).unwrap();
    assert!(text.starts_with("\u{feff}document_id,path,"));
    let amount = &rows(out.path(), "amounts.csv")[0];
    for (column, value) in [("value_raw", "'-5"), ("value", "-5"), ("path", "'=cmd.docx")] {
        assert!(amount.contains(&(column.to_owned(), value.to_owned())), "{column}");
    }
}

#[test]
fn the_data_package_describes_the_files_that_were_written() {
    let out = written(&[document("a.docx", 1), failed("b.pdf")], tables(Tables::Cells));
    let read = |name: &str| -> Value {
        serde_json::from_str(&fs::read_to_string(out.path().join(name)).unwrap()).unwrap()
    };
    let (package, run) = (read("datapackage.json"), read("run.json"));
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), 8);
    for resource in resources {
        let path = resource["path"].as_str().unwrap();
        let mut reader = csv::Reader::from_path(out.path().join(path)).unwrap();
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), names);
        let hash = format!("sha256:{}", run["files"][path]["sha256"].as_str().unwrap());
        assert_eq!(resource["hash"], json!(hash));
    }
    let indicators = &resources[2]["schema"];
    assert_eq!(indicators["primaryKey"], json!(["path", "indicator_no"]));
    assert_eq!(
        indicators["foreignKeys"],
        json!([{ "fields": ["path"], "reference": { "resource": "documents", "fields": ["path"] } }])
    );
    assert_eq!(indicators["fields"][8]["constraints"]["enum"], json!(["department", "project"]));
}

#[test]
fn the_run_names_its_inputs_by_one_hash() {
    let out = written(&[document("a.docx", 1), failed("b.pdf")], Settings::default());
    let run: Value = serde_json::from_str(&fs::read_to_string(out.path().join("run.json")).unwrap()).unwrap();
    let lines = format!("{:016x}{:048x}  a.docx\n  b.pdf\n", 1, 0);
    assert_eq!(run["inputs"]["sha256"], json!(sha256(lines.as_bytes())));
    assert_eq!(run["inputs"]["bytes"], json!(20));
}

#[test]
fn the_same_outcomes_give_the_same_bytes_in_every_format() {
    let outcomes = [document("a.docx", 1), failed("b.pdf"), document("c.docx", 2)];
    let outs = [written(&outcomes, tables(Tables::Cells)), written(&outcomes, tables(Tables::Cells))];
    let bytes = |index: usize, name: &str| fs::read(outs[index].path().join(name)).unwrap();
    let mut names: Vec<String> = fs::read_dir(outs[0].path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "run.json")
        .collect();
    names.sort();
    assert!(names.len() >= 8 + 8 + 5, "{names:?}");
    for name in names {
        assert!(bytes(0, &name) == bytes(1, &name), "{name}");
    }
}

#[test]
fn a_run_replaces_the_one_before_and_leaves_other_files_alone() {
    let out = tempfile::tempdir().unwrap();
    fs::write(out.path().join("README.md"), "mine").unwrap();
    fs::create_dir_all(out.path().join("tables/notes")).unwrap();
    fs::write(out.path().join("tables/notes/001.csv"), "mine").unwrap();
    write(out.path(), &[document("a.docx", 1), document("b.docx", 2)], Settings::default());
    fs::write(out.path().join("tables/0000000000000002/mine.txt"), "mine").unwrap();
    write(out.path(), &[document("a.docx", 1)], tables(Tables::Cells));
    assert!(!out.path().join("tables/0000000000000001").exists());
    assert!(!out.path().join("tables/0000000000000002/001.csv").exists());
    write(out.path(), &[document("b.docx", 2)], Settings::default());
    assert!(!out.path().join("cells.csv").exists());
    assert!(out.path().join("tables/0000000000000002/001.csv").exists());
    for other in ["README.md", "tables/notes/001.csv", "tables/0000000000000002/mine.txt"] {
        assert_eq!(fs::read_to_string(out.path().join(other)).unwrap(), "mine");
    }
}

#[test]
fn a_run_that_breaks_off_leaves_the_results_before_as_they_were() {
    let out = tempfile::tempdir().unwrap();
    write(out.path(), &[document("a.docx", 1)], Settings::default());
    let before = fs::read_to_string(out.path().join("documents.csv")).unwrap();
    let mut writer = Writer::create(out.path(), FORMATS, Settings::default()).unwrap();
    writer.write(&document("other.docx", 7)).unwrap();
    drop(writer);
    assert_eq!(fs::read_to_string(out.path().join("documents.csv")).unwrap(), before);
    assert!(out.path().join("tables/0000000000000001/001.csv").exists());
    let names = fs::read_dir(out.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(names.into_iter().all(|name| !name.to_string_lossy().ends_with(".part")));
}

#[test]
fn an_output_that_cannot_be_written_is_named_in_the_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("taken");
    fs::write(&file, "a file").unwrap();
    let error = Writer::create(&file, FORMATS, Settings::default()).err().unwrap();
    assert!(error.to_string().starts_with(&file.display().to_string()), "{error}");
}

/// Every value of the JSON object equals the CSV cell of the same name.
fn assert_same(object: &Value, row: &[(String, String)]) {
    for (name, cell) in row {
        let value = match &object[name] {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            Value::Array(items) => {
                items.iter().map(|item| item.as_str().unwrap()).collect::<Vec<_>>().join(";")
            }
            other => other.to_string(),
        };
        assert_eq!(&value, cell, "{name}");
    }
}

fn tables(tables: Tables) -> Settings {
    Settings { tables, ..Settings::default() }
}

fn written(outcomes: &[Outcome], settings: Settings) -> tempfile::TempDir {
    let out = tempfile::tempdir().unwrap();
    write(out.path(), outcomes, settings);
    out
}

fn write(out: &Path, outcomes: &[Outcome], settings: Settings) {
    let mut writer = Writer::create(out, FORMATS, settings).unwrap();
    for outcome in outcomes {
        writer.write(outcome).unwrap();
    }
    let (command, input_root) = (vec!["gongkai".to_owned()], "in".to_owned());
    writer.finish(&RunFacts { command, input_root, started: SystemTime::now(), jobs: 1 }).unwrap();
}

/// The rows of a CSV file as pairs of column and value.
fn rows(out: &Path, name: &str) -> Vec<Vec<(String, String)>> {
    let mut reader = csv::Reader::from_path(out.join(name)).unwrap();
    let header = reader.headers().unwrap().clone();
    let pairs = |row: csv::StringRecord| {
        header.iter().zip(row.iter()).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    };
    reader.records().map(|row| pairs(row.unwrap())).collect()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

fn document(path: &str, id: u64) -> Outcome {
    let mut records = Records::default();
    records.document.fiscal_year = Some(2021);
    records.projects.push(Project {
        name: "就业补助".to_owned(),
        carried_over: true,
        goal: "第一行\n“第二”行, 完".to_owned(),
        amount_yuan: Some("0.00".parse().unwrap()),
        ..Project::default()
    });
    records.indicators.push(indicator());
    records.amounts.push(amount());
    records.line_items.push(line_item());
    records.checks.push(check());
    let facts = TableFacts { number: 1, ..TableFacts::default() };
    records.tables.push((facts, table()));
    Outcome {
        path: path.to_owned(),
        format: Format::Docx,
        sha256: format!("{id:016x}{:048x}", 0),
        size_bytes: 10,
        pages: None,
        status: Status::Ok,
        error_code: String::new(),
        error: String::new(),
        coverage: Some("1.000000".parse().unwrap()),
        warnings: Vec::new(),
        records,
    }
}

fn failed(path: &str) -> Outcome {
    Outcome {
        status: Status::Failed,
        format: Format::Pdf,
        sha256: String::new(),
        error_code: "unsupported_format".to_owned(),
        error: "pdf files can't be read".to_owned(),
        coverage: None,
        records: Records::default(),
        ..document(path, 0)
    }
}

fn table() -> Table {
    let mut builder = TableBuilder::new();
    builder.start_row();
    builder.cell(CellSpec { column_span: 2, ..CellSpec::plain("指标") });
    builder.start_row();
    builder.cell(CellSpec { vertical: Vertical::Restart, ..CellSpec::plain(" 产出\n") });
    builder.cell(CellSpec::plain("数量\n（个）"));
    builder.start_row();
    builder.cell(CellSpec { vertical: Vertical::Continue, ..CellSpec::plain("") });
    builder.cell(CellSpec::plain("a,b"));
    Table { header_rows: 1, ..builder.finish().unwrap() }
}

fn indicator() -> Indicator {
    let bbox = Rect { x0: 72.0, y0: 100.5, x1: 523.276, y1: 120.0 };
    Indicator {
        source: Source::Table,
        scope: Scope::Project,
        project: Some(0),
        level1: "产出指标".to_owned(),
        level2: "成本指标".to_owned(),
        level3: "补贴标准".to_owned(),
        level1_code: Some(Level1::Output),
        level2_code: Some(Level2::Cost),
        description: String::new(),
        weight: Some("10.0".parse().unwrap()),
        value_raw: ">=93.00元/人/月".to_owned(),
        target: Some(parse(">=93.00元/人/月", &Context::default())),
        basis: String::new(),
        target_period: TargetPeriod::Term,
        actual_raw: String::new(),
        actual: None,
        score: Some("9.50".parse().unwrap()),
        note: String::new(),
        provenance: Provenance {
            page: Some(3),
            table: Ordinal::new(1),
            row: Ordinal::new(2),
            column: None,
            bbox: Some(bbox),
        },
        flags: [Flag::LowConfidence, Flag::UnitImplied].into_iter().collect(),
    }
}

fn amount() -> Amount {
    Amount {
        source: Source::Table,
        section: "".into(),
        table_kind: Some(TableKind::BudgetSummary),
        table_title: "部门收支总表".into(),
        label: "收入总计".into(),
        label_code: String::new(),
        column_label: "预算数".into(),
        change: None,
        year: Some(2021),
        base_year: None,
        comparator: Some(Comparator::Eq),
        value_raw: "34,908.37".to_owned(),
        value: Some("34908.370".parse().unwrap()),
        unit: "万元".into(),
        value_yuan: Some("349083700.00".parse().unwrap()),
        per: String::new(),
        context: "收入总计 | 34,908.37".into(),
        provenance: Provenance {
            table: Ordinal::new(1),
            row: Ordinal::new(3),
            column: Ordinal::new(2),
            ..Provenance::default()
        },
        flags: [].into_iter().collect(),
    }
}

fn line_item() -> LineItem {
    LineItem {
        table_kind: TableKind::BudgetSummary,
        table_title: "部门收支总表".into(),
        measure: Measure::Budget,
        measure_label: "预算数".into(),
        classification: Classification::Function,
        code: "2080901".to_owned(),
        name: "就业补助".to_owned(),
        level: Some(3),
        parent_code: "20809".to_owned(),
        year: Some(2021),
        value_raw: "1,234.50".to_owned(),
        value: Some("1234.50".parse().unwrap()),
        unit: "万元".into(),
        value_yuan: Some("12345000".parse().unwrap()),
        provenance: Provenance {
            table: Ordinal::new(1),
            row: Ordinal::new(3),
            column: Ordinal::new(2),
            ..Provenance::default()
        },
        flags: [].into_iter().collect(),
        readings: Vec::new(),
    }
}

fn check() -> Check {
    Check {
        rule: "income_equals_expenditure".into(),
        verdict: Verdict::Fail,
        left_label: "收入总计".to_owned(),
        left: Some("12345678901234567.89".parse().unwrap()),
        right_label: "支出总计".to_owned(),
        right: Some("-0.5".parse().unwrap()),
        difference: Some("12345678901234568.39".parse().unwrap()),
        message: "=收入总计 differs".to_owned(),
        provenance: Provenance { table: Ordinal::new(1), ..Provenance::default() },
        places: Vec::new(),
    }
}
