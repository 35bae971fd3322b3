//! The command from end to end: what it writes, what it says, and how it exits.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use docx_rs::{Docx, Paragraph, Run, Table, TableCell, TableRow};
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::{Command, Output};

#[test]
fn every_input_has_its_row_whatever_it_is() {
    let input = tempfile::tempdir().unwrap();
    mixed_folder(input.path());
    let out = tempfile::tempdir().unwrap();
    let run = extract(&[input.path()], out.path(), &[]);
    assert_eq!(run.status.code(), Some(1), "{}", stderr(&run));
    let rows: Vec<(String, String, String)> = documents(out.path())
        .iter()
        .map(|row| (row["path"].clone(), row["format"].clone(), row["status"].clone()))
        .collect();
    let row =
        |path: &str, format: &str, status: &str| (path.to_owned(), format.to_owned(), status.to_owned());
    let expected = [
        row(".hidden.docx", "docx", "ok"),
        row("empty.docx", "empty", "failed"),
        row("picture.docx", "image", "failed"),
        row("truncated.docx", "docx", "failed"),
        row("霸州/really a Word file.txt", "docx", "ok"),
        row("霸州/说明.docx", "text", "ok"),
        row("霸州/预算.docx", "docx", "ok"),
    ];
    assert_eq!(rows, expected);
}

#[test]
fn failures_are_named_on_stderr_with_their_code() {
    let input = tempfile::tempdir().unwrap();
    mixed_folder(input.path());
    let out = tempfile::tempdir().unwrap();
    let said = stderr(&extract(&[input.path()], out.path(), &[]));
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 7, "{said}");
    assert!(
        lines[1].starts_with("gongkai: picture.docx: ") && lines[1].ends_with("[unsupported_format]"),
        "{said}"
    );
    assert!(lines[2].starts_with("gongkai: truncated.docx: ") && lines[2].ends_with("[damaged]"), "{said}");
    let errors: Vec<&str> = lines[3..6].iter().filter_map(|line| line.split(';').next()).collect();
    assert_eq!(errors, ["gongkai:   1 damaged", "gongkai:   1 empty", "gongkai:   1 unsupported_format"]);
    assert_eq!(lines[6], "gongkai: 7 files: 4 read, 0 read in part, 3 failed");
    assert_eq!(stderr(&extract(&[input.path()], out.path(), &["--quiet"])), "");
    let verbose = stderr(&extract(&[input.path()], out.path(), &["-v"]));
    assert!(verbose.contains("霸州/预算.docx: ok, 1 tables"), "{verbose}");
}

#[test]
fn a_run_without_failures_exits_with_zero() {
    let input = tempfile::tempdir().unwrap();
    fs::write(input.path().join("a.docx"), disclosure("一")).unwrap();
    let out = tempfile::tempdir().unwrap();
    let run = extract(&[&input.path().join("a.docx")], &out.path().join("new/folder"), &[]);
    assert_eq!(
        (run.status.code(), stderr(&run).as_str()),
        (Some(0), "gongkai: 1 files: 1 read, 0 read in part, 0 failed\n")
    );
    assert_eq!(documents(&out.path().join("new/folder"))[0]["path"], "a.docx");
}

#[test]
fn an_empty_folder_gives_files_with_headers_alone() {
    let (input, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let run = extract(&[input.path()], out.path(), &[]);
    assert_eq!((run.status.code(), stderr(&run).as_str()), (Some(0), "gongkai: no files found\n"));
    let files: Vec<String> = files(out.path()).into_keys().collect();
    let expected = "amounts.csv checks.csv datapackage.json documents.csv indicators.csv line_items.csv projects.csv records.jsonl run.json tables.csv";
    assert_eq!(files.join(" "), expected);
    assert_eq!(fs::read_to_string(out.path().join("amounts.csv")).unwrap().lines().count(), 1);
    assert_eq!(fs::read_to_string(out.path().join("records.jsonl")).unwrap(), "");
}

#[test]
fn wrong_usage_and_unwritable_output_exit_with_two() {
    let folder = tempfile::tempdir().unwrap();
    let taken = folder.path().join("taken");
    fs::write(&taken, "a file").unwrap();
    let missing = folder.path().join("missing");
    let out = folder.path().join("out");
    let run = extract(&[&missing], &out, &[]);
    assert_eq!(run.status.code(), Some(2));
    assert!(stderr(&run).contains("missing") && !out.exists(), "nothing is written for a wrong input");
    assert_eq!(stderr(&run).matches("os error").count(), 1, "{}", stderr(&run));
    let run = extract(&[folder.path()], &taken, &[]);
    assert_eq!(run.status.code(), Some(2));
    assert!(stderr(&run).contains("taken"), "{}", stderr(&run));
    assert_eq!(extract(&[folder.path()], &out, &["--format", "xml"]).status.code(), Some(2));
    assert_eq!(extract(&[folder.path()], &out, &["--jobs", "0"]).status.code(), Some(2));
    assert_eq!(gongkai(&["extract"]).status.code(), Some(2));
}

#[test]
fn the_same_bytes_come_out_at_any_number_of_threads_and_again() {
    let input = tempfile::tempdir().unwrap();
    mixed_folder(input.path());
    for name in 0..20 {
        fs::write(input.path().join(format!("{name}.docx")), disclosure(&name.to_string())).unwrap();
    }
    let (one, four) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    extract(&[input.path()], one.path(), &["--jobs", "1"]);
    extract(&[input.path()], four.path(), &["--jobs", "4"]);
    let first = data_files(one.path());
    assert_eq!(
        first.len(),
        9 + 22,
        "the record files, the data package, and a table for each document that was read"
    );
    assert_eq!(first, data_files(four.path()));
    extract(&[input.path()], four.path(), &["--jobs", "4"]);
    assert_eq!(first, data_files(four.path()));
    assert!(files(four.path()).keys().all(|name| !name.contains(".part")));
}

#[test]
fn adding_a_document_changes_no_other_documents_rows() {
    let input = tempfile::tempdir().unwrap();
    mixed_folder(input.path());
    let (before, after) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    extract(&[input.path()], before.path(), &[]);
    fs::write(input.path().join("m.docx"), disclosure("新")).unwrap();
    extract(&[input.path()], after.path(), &[]);
    let (before, after) = (data_files(before.path()), data_files(after.path()));
    // The data package holds the hashes of the other files.
    for (name, old) in before.iter().filter(|(name, _)| *name != "datapackage.json") {
        let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(&after[name]));
        let kept: Vec<&str> = new.lines().filter(|line| !line.contains("m.docx")).collect();
        assert_eq!(old.lines().collect::<Vec<_>>(), kept, "{name}");
    }
    assert_eq!(after.len(), before.len() + 1, "the new document's table");
}

#[test]
fn hashes_in_run_json_are_those_of_the_files() {
    let input = tempfile::tempdir().unwrap();
    fs::write(input.path().join("a.docx"), disclosure("一")).unwrap();
    let out = tempfile::tempdir().unwrap();
    extract(&[input.path()], out.path(), &[]);
    let run: serde_json::Value =
        serde_json::from_slice(&fs::read(out.path().join("run.json")).unwrap()).unwrap();
    let listed = run["files"].as_object().unwrap();
    let written = data_files(out.path());
    assert_eq!(listed.keys().collect::<Vec<_>>(), written.keys().collect::<Vec<_>>());
    for (name, bytes) in &written {
        assert_eq!(listed[name]["sha256"], sha256(bytes), "{name}");
        assert_eq!(listed[name]["bytes"], bytes.len());
    }
    assert_eq!(run["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(run["documents"]["ok"], 1);
}

#[test]
fn two_runs_are_compared_by_document_and_by_department() {
    let (input, outs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let [before, after, year] = ["before", "after", "year"].map(|name| outs.path().join(name));
    let write = |name: &str, mark: &str| fs::write(input.path().join(name), disclosure(mark)).unwrap();
    write("a.docx", "一");
    write("b.docx", "一");
    extract(&[input.path()], &before, &[]);
    write("b.docx", "二");
    write("c.docx", "三");
    extract(&[input.path()], &after, &[]);
    let diff = |arguments: &[&str], folders: [&Path; 2]| {
        Command::new(env!("CARGO_BIN_EXE_gongkai"))
            .arg("diff")
            .args(folders)
            .args(arguments)
            .output()
            .unwrap()
    };
    let run = diff(&[], [&before, &before]);
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    assert_eq!(String::from_utf8(run.stdout).unwrap().lines().count(), 1, "a header alone");
    let run = diff(&[], [&before, &after]);
    assert_eq!(run.status.code(), Some(1));
    let text = String::from_utf8(run.stdout.clone()).unwrap();
    assert!(text.contains("documents,added,c.docx,,status,,ok,,,"), "{text}");
    assert!(text.contains("documents,changed,b.docx,,sha256,"), "{text}");
    assert!(text.lines().filter(|line| line.starts_with("indicators,added,c.docx,")).count() >= 2, "{text}");
    assert!(!text.contains("a.docx"), "{text}");
    assert!(stderr(&run).contains("gongkai: documents: 1 added, 0 removed, 1 changed, 1 the same"));
    fs::create_dir(&year).unwrap();
    for name in
        ["documents.csv", "indicators.csv", "projects.csv", "amounts.csv", "line_items.csv", "tables.csv"]
    {
        let text = fs::read_to_string(before.join(name)).unwrap();
        let renamed = text.replace("a.docx", "2022/a.docx").replace("b.docx", "2022/b.docx");
        fs::write(year.join(name), renamed.replace(",2021,", ",2022,")).unwrap();
    }
    let run = diff(
        &["--by", "department", "-o", outs.path().join("years.csv").to_str().unwrap()],
        [&before, &year],
    );
    assert!(stderr(&run).contains("indicators: 0 added, 0 removed, 0 changed"), "{}", stderr(&run));
    assert_eq!(diff(&[], [&before, input.path()]).status.code(), Some(2), "no output folder");
}

#[test]
fn one_format_can_be_chosen() {
    let input = tempfile::tempdir().unwrap();
    fs::write(input.path().join("a.docx"), disclosure("一")).unwrap();
    let out = tempfile::tempdir().unwrap();
    extract(&[input.path()], out.path(), &["--format", "jsonl"]);
    assert_eq!(files(out.path()).into_keys().collect::<Vec<_>>().join(" "), "records.jsonl run.json");
    extract(&[input.path()], out.path(), &["--format", "csv", "--tables", "cells"]);
    let csv = "amounts.csv cells.csv checks.csv datapackage.json documents.csv indicators.csv line_items.csv projects.csv run.json tables.csv";
    assert_eq!(files(out.path()).into_keys().collect::<Vec<_>>().join(" "), csv);
}

#[test]
fn an_indicator_reaches_its_row() {
    let input = tempfile::tempdir().unwrap();
    fs::write(input.path().join("a.docx"), disclosure("一")).unwrap();
    let out = tempfile::tempdir().unwrap();
    extract(&[input.path()], out.path(), &[]);
    let rows = rows(&out.path().join("indicators.csv"));
    assert_eq!(rows.len(), 2);
    assert_eq!((rows[1]["level1"].as_str(), rows[1]["level3"].as_str()), ("产出指标", "补贴发放准确率"));
    assert_eq!((rows[1]["value_raw"].as_str(), rows[1]["row"].as_str()), ("≥98%", "3"));
}

#[test]
fn each_stage_of_a_file_can_be_shown() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.docx");
    fs::write(&file, disclosure("一")).unwrap();
    let show = |stage: &str| {
        let run = gongkai(&["show", file.to_str().unwrap(), "--stage", stage]);
        assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
        String::from_utf8(run.stdout).unwrap()
    };
    let document = show("document");
    assert!(document.starts_with("format: docx\nvisible characters: "), "{document}");
    assert!(document.contains("\nparagraph: 示例县水务局2021年部门预算公开 一\n"), "{document}");
    assert!(
        show("blocks").contains("  | 产出指标 | 质量指标 | 补贴发放准确率 | 发放准确 | ≥98% | 计划标准 |\n")
    );
    let records: serde_json::Value = serde_json::from_str(&show("records")).unwrap();
    assert_eq!(records["document"]["path"], "a.docx");
    assert_eq!(records["indicators"].as_array().unwrap().len(), 2);
}

#[test]
fn files_in_archives_can_be_shown() {
    let zip = |name: &str, bytes: &[u8]| {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap().into_inner()
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.zip");
    fs::write(&file, zip("内/b.zip", &zip("c.docx", &disclosure("一")))).unwrap();
    let show = |inside: &str, stage: &str| {
        gongkai(&["show", &format!("{}!/{inside}", file.to_str().unwrap()), "--stage", stage])
    };
    let document = String::from_utf8(show("内/b.zip!/c.docx", "document").stdout).unwrap();
    assert!(document.contains("示例县水务局2021年部门预算公开 一"), "{document}");
    let records = show("内/b.zip!/c.docx", "records").stdout;
    let records: serde_json::Value = serde_json::from_slice(&records).unwrap();
    assert_eq!(records["document"]["path"], "a.zip!/内/b.zip!/c.docx");
    assert_eq!(records["indicators"].as_array().unwrap().len(), 2);
    for stage in ["document", "records"] {
        let run = show("内/b.zip!/d.docx", stage);
        assert!(run.status.code() != Some(0) && stderr(&run).contains("d.docx"), "{}", stderr(&run));
    }
}

#[test]
fn showing_a_file_that_cannot_be_read_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.png");
    fs::write(&file, PNG).unwrap();
    let run = gongkai(&["show", file.to_str().unwrap(), "--stage", "document"]);
    assert_eq!((run.status.code(), run.stdout.len()), (Some(1), 0));
    assert!(stderr(&run).contains("a.png") && stderr(&run).contains("[unsupported_format]"));
    assert_eq!(gongkai(&["show", folder.path().to_str().unwrap()]).status.code(), Some(2));
}

#[test]
fn help_states_the_exit_codes_and_examples() {
    let help = String::from_utf8(gongkai(&["--help"]).stdout).unwrap();
    assert!(help.contains("extract") && help.contains("show") && help.contains("Exit codes:"), "{help}");
    let help = String::from_utf8(gongkai(&["extract", "--help"]).stdout).unwrap();
    assert!(help.contains("Examples:") && help.contains("--tables") && help.contains("jsonl:"), "{help}");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_opened_has_its_row() {
    let (input, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::os::unix::fs::symlink("nowhere", input.path().join("gone.docx")).unwrap();
    let run = extract(&[input.path()], out.path(), &[]);
    assert_eq!(run.status.code(), Some(1));
    let row = &documents(out.path())[0];
    assert_eq!((row["path"].as_str(), row["error_code"].as_str()), ("gone.docx", "io"));
    assert_eq!(row["document_id"], "");
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.docx");
    fs::write(&file, long_document()).unwrap();
    let command = r#""$0" show "$1" --stage blocks | head -c 1; exit "${PIPESTATUS[0]}""#;
    let gongkai = env!("CARGO_BIN_EXE_gongkai");
    let run = Command::new("bash").args(["-c", command, gongkai, file.to_str().unwrap()]).output().unwrap();
    assert_eq!((run.status.code(), stderr(&run).as_str()), (Some(0), ""));
}

/// A picture's first bytes.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0";

/// Files of all kinds: sound, wrongly named, hidden, cut off, empty, and no Word file at all.
fn mixed_folder(folder: &Path) {
    let sound = disclosure("一");
    fs::create_dir(folder.join("霸州")).unwrap();
    fs::write(folder.join("霸州/预算.docx"), &sound).unwrap();
    fs::write(folder.join("霸州/really a Word file.txt"), disclosure("二")).unwrap();
    fs::write(folder.join(".hidden.docx"), &sound).unwrap();
    fs::write(folder.join("霸州/说明.docx"), "示例县水务局2021年部门预算公开\n\n支出合计120万元。\n")
        .unwrap();
    fs::write(folder.join("truncated.docx"), &sound[..sound.len() / 2]).unwrap();
    fs::write(folder.join("empty.docx"), "").unwrap();
    fs::write(folder.join("picture.docx"), PNG).unwrap();
}

/// A small disclosure with two indicators; the mark makes its bytes its own.
fn disclosure(mark: &str) -> Vec<u8> {
    let table = [
        ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"],
        ["产出指标", "数量指标", "补贴人数", "享受补贴的人数", "≥100人", "计划标准"],
        ["产出指标", "质量指标", "补贴发放准确率", "发放准确", "≥98%", "计划标准"],
    ];
    let cell = |text: &str| TableCell::new().add_paragraph(paragraph(text));
    let row = |texts: &[&str; 6]| TableRow::new(texts.iter().map(|text| cell(text)).collect());
    let document = Docx::new()
        .add_paragraph(paragraph(&format!("示例县水务局2021年部门预算公开 {mark}")))
        .add_paragraph(paragraph("部门整体支出绩效指标"))
        .add_table(Table::new(table.iter().map(row).collect()));
    packed(document)
}

/// A document whose dump is longer than a pipe holds.
fn long_document() -> Vec<u8> {
    packed((0..20_000).fold(Docx::new(), |document, _| document.add_paragraph(paragraph("一般公共预算收入"))))
}

fn paragraph(text: &str) -> Paragraph {
    Paragraph::new().add_run(Run::new().add_text(text))
}

fn packed(document: Docx) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    document.build().pack(&mut bytes).unwrap();
    bytes.into_inner()
}

fn gongkai(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gongkai")).args(arguments).output().unwrap()
}

fn extract(inputs: &[&Path], out: &Path, options: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    command.arg("extract").args(inputs).arg("-o").arg(out).args(options).output().unwrap()
}

fn stderr(run: &Output) -> String {
    String::from_utf8_lossy(&run.stderr).into_owned()
}

fn documents(out: &Path) -> Vec<BTreeMap<String, String>> {
    rows(&out.join("documents.csv"))
}

fn rows(file: &Path) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_path(file).unwrap().deserialize().map(Result::unwrap).collect()
}

/// All files below a folder by their path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.ends_with(".gongkai") {
                continue;
            }
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// All files but the one that holds the time.
fn data_files(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = files(out);
    assert!(found.remove("run.json").is_some());
    found
}

fn sha256(bytes: &[u8]) -> String {
    let hash = <sha2::Sha256 as sha2::Digest>::digest(bytes);
    hash.iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|half| char::from_digit(half.into(), 16))
        .collect()
}
