//! Archives from end to end: every file in them is a document of its own.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::Command;
use zip::write::SimpleFileOptions;

type Row = BTreeMap<String, String>;

/// Columns that tell a document's place; everything else must be the same inside an archive and outside.
const PLACES: &[&str] = &["path"];

#[test]
fn files_in_an_archive_give_the_rows_of_those_outside() {
    let samples = ["changshan-2022-report.docx", "tonggu-2020-final.docx", "changshan-2022-projects.txt"];
    let files: Vec<(&str, Vec<u8>)> =
        samples.iter().map(|name| (*name, fs::read(Path::new("samples").join(name)).unwrap())).collect();
    let outside = extract_files(&files);
    let tar = tar_of(&files);
    let archives = [
        ("a.zip", zip_of(&files)),
        ("a.tar", tar.clone()),
        ("a.tgz", gzip_of(&tar)),
        ("a.7z", seven_of(&files)),
    ];
    for (name, bytes) in archives {
        let inside = extract_files(&[(name, bytes)]);
        for (file, rows) in &outside {
            let mut found = inside[file].clone();
            if file == "documents.csv" {
                let own = found.remove(0);
                assert_eq!(
                    (own["path"].as_str(), own["status"].as_str(), own["coverage"].as_str()),
                    (name, "ok", "1")
                );
                assert_eq!((own["tables"].as_str(), own["indicators"].as_str()), ("0", "0"));
            }
            for row in &found {
                assert!(row["path"].starts_with(&format!("{name}!/")), "{}", row["path"]);
            }
            assert_eq!(without_places(&found), without_places(rows), "{file} of {name}");
        }
    }
}

#[test]
fn archives_in_archives_have_their_rows_in_order() {
    let text = "2021年部门预算公开".as_bytes().to_vec();
    let inner = zip_of(&[("z.txt", text.clone()), ("__MACOSX/._z.txt", b"\0\x05\x16\x07".to_vec())]);
    let outer = zip_of(&[
        ("b/", Vec::new()),
        ("b/in.zip", inner),
        ("c.txt", text.clone()),
        ("../up.txt", text.clone()),
    ]);
    let rows = extract_files(&[("a.zip", outer), ("a.txt.gz", gzip_of(&text))]);
    let seen: Vec<(&str, &str, &str, &str)> = rows["documents.csv"]
        .iter()
        .map(|row| {
            (row["path"].as_str(), row["format"].as_str(), row["status"].as_str(), row["error_code"].as_str())
        })
        .collect();
    let expected = [
        ("a.txt.gz", "gzip", "ok", ""),
        ("a.txt.gz!/a.txt", "text", "ok", ""),
        ("a.zip", "zip", "partial", "unsafe_path"),
        ("a.zip!/../up.txt", "unknown", "failed", "unsafe_path"),
        ("a.zip!/b/in.zip", "zip", "ok", ""),
        ("a.zip!/b/in.zip!/__MACOSX/._z.txt", "unknown", "failed", "unsupported_format"),
        ("a.zip!/b/in.zip!/z.txt", "text", "ok", ""),
        ("a.zip!/c.txt", "text", "ok", ""),
    ];
    assert_eq!(seen, expected);
}

#[test]
fn a_zip_in_itself_ends() {
    let mut bytes = zip_of(&[("a.txt", "预算".as_bytes().to_vec())]);
    for _ in 0..8 {
        bytes = zip_of(&[("in.zip", bytes)]);
    }
    let rows = extract_files(&[("a.zip", bytes)]);
    let last = rows["documents.csv"].last().unwrap();
    assert_eq!(last["path"], "a.zip!/in.zip!/in.zip!/in.zip!/in.zip");
    assert_eq!((last["format"].as_str(), last["error_code"].as_str()), ("zip", "too_large"));
}

/// The rows of all tables that a run over these files writes.
fn extract_files(files: &[(&str, Vec<u8>)]) -> BTreeMap<String, Vec<Row>> {
    let (input, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for (name, bytes) in files {
        fs::write(input.path().join(name), bytes).unwrap();
    }
    let run = Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .arg("extract")
        .args([input.path(), Path::new("-o"), out.path()])
        .args(["--tables", "cells", "--quiet"])
        .status()
        .unwrap();
    assert!(run.code().is_some_and(|code| code < 2), "{run}");
    let mut tables = BTreeMap::new();
    for entry in fs::read_dir(out.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "csv") && !path.ends_with("cells.csv") {
            let mut reader = csv::Reader::from_path(&path).unwrap();
            let rows = reader.deserialize().map(Result::unwrap).collect();
            tables.insert(path.file_name().unwrap().to_string_lossy().into_owned(), rows);
        }
    }
    tables
}

/// Rows without their places, in an order of their own: the names sort alike inside and outside.
fn without_places(rows: &[Row]) -> Vec<Row> {
    let strip =
        |row: &Row| row.clone().into_iter().filter(|(name, _)| !PLACES.contains(&name.as_str())).collect();
    rows.iter().map(strip).collect()
}

fn zip_of(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        if let Some(folder) = name.strip_suffix('/') {
            writer.add_directory(folder, SimpleFileOptions::default()).unwrap();
        } else {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

fn tar_of(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        builder.append_data(&mut header, name, bytes.as_slice()).unwrap();
    }
    builder.into_inner().unwrap()
}

fn gzip_of(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn seven_of(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = sevenz_rust2::ArchiveWriter::new(Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in files {
        let entry = sevenz_rust2::ArchiveEntry::new_file(name);
        writer.push_archive_entry(entry, Some(bytes.as_slice())).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
