//! One output folder as `gongkai diff` sees it: which documents it has, and where their rows stand in each CSV file.

use super::By;
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

/// Documents that are compared as one: a path, or region, department and kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Group(Vec<String>);

impl Group {
    /// The group in one line for the result.
    pub(super) fn name(&self) -> String {
        self.0.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
    }
}

/// The group of each document of a folder, by its path.
pub(super) struct Documents(BTreeMap<String, Group>);

impl Documents {
    /// How many groups have more than one document.
    pub(super) fn several(&self) -> usize {
        let mut counts: BTreeMap<&Group, usize> = BTreeMap::new();
        for group in self.0.values() {
            *counts.entry(group).or_default() += 1;
        }
        counts.values().filter(|count| **count > 1).count()
    }
}

/// Reads the groups of all documents of a folder.
pub(super) fn documents(folder: &Path, by: By) -> Result<Documents> {
    let path = folder.join("documents.csv");
    let context = || format!("{}: expected the output of gongkai extract --format csv", path.display());
    let mut reader = csv::Reader::from_path(&path).with_context(context)?;
    let columns = reader.headers().with_context(context)?.clone();
    let at = |name: &str| columns.iter().position(|column| column == name).with_context(context);
    let own = at("path")?;
    let named = match by {
        By::Document => vec![own],
        By::Department => vec![at("region_code")?, at("region_name")?, at("department_name")?, at("kind")?],
    };
    let mut documents = BTreeMap::new();
    for row in reader.records() {
        let row = row.with_context(context)?;
        let mut group: Vec<String> = named.iter().map(|column| row[*column].to_owned()).collect();
        if group.iter().all(String::is_empty) {
            // A document that says nothing of itself is compared with that of its path.
            group.push(row[own].to_owned());
        }
        documents.insert(row[own].to_owned(), Group(group));
    }
    Ok(Documents(documents))
}

/// A CSV file with an index: for each group, where the rows of its documents begin, and how many there are.
pub(super) struct RecordFile {
    path: PathBuf,
    /// `None` for a record that the folder lacks: an earlier version did not write it.
    reader: Option<csv::Reader<File>>,
    columns: csv::StringRecord,
    index: BTreeMap<Group, Vec<Run>>,
}

/// Rows of one document, one after the other.
struct Run {
    start: csv::Position,
    rows: usize,
}

impl RecordFile {
    pub(super) fn open(folder: &Path, record: &str, documents: &Documents) -> Result<Self> {
        let path = folder.join(format!("{record}.csv"));
        if !path.exists() {
            return Ok(Self {
                path,
                reader: None,
                columns: csv::StringRecord::new(),
                index: BTreeMap::new(),
            });
        }
        let mut reader = csv::Reader::from_path(&path).with_context(|| path.display().to_string())?;
        let columns = reader.headers().with_context(|| path.display().to_string())?.clone();
        let mut file = Self { path, reader: None, columns, index: BTreeMap::new() };
        file.read_index(&mut reader, documents)?;
        file.reader = Some(reader);
        Ok(file)
    }

    fn read_index(&mut self, reader: &mut csv::Reader<File>, documents: &Documents) -> Result<()> {
        let Some(own) = self.columns.iter().position(|column| column == "path") else {
            bail!("{}: expected a column path", self.path.display());
        };
        let mut last = None;
        let mut row = csv::StringRecord::new();
        loop {
            let start = reader.position().clone();
            if !reader.read_record(&mut row).with_context(|| self.path.display().to_string())? {
                return Ok(());
            }
            let Some(group) = documents.0.get(&row[own]) else {
                bail!("{}: {} is not in documents.csv", self.path.display(), &row[own]);
            };
            let runs = self.index.entry(group.clone()).or_default();
            match runs.last_mut() {
                Some(run) if last.as_deref() == Some(&row[own]) => run.rows += 1,
                _ => runs.push(Run { start, rows: 1 }),
            }
            last = Some(row[own].to_owned());
        }
    }

    pub(super) fn columns(&self) -> &csv::StringRecord {
        &self.columns
    }

    pub(super) fn groups(&self) -> impl Iterator<Item = &Group> {
        self.index.keys()
    }

    /// All rows of a group, in the order of the file.
    pub(super) fn rows(&mut self, group: &Group) -> Result<Vec<csv::StringRecord>> {
        let (Some(runs), Some(reader)) = (self.index.get(group), &mut self.reader) else {
            return Ok(Vec::new());
        };
        let mut rows = Vec::new();
        for run in runs {
            reader.seek(run.start.clone())?;
            for row in reader.records().take(run.rows) {
                rows.push(row.with_context(|| self.path.display().to_string())?);
            }
        }
        Ok(rows)
    }

    /// The value of a column by its name; empty where the file has no such column.
    pub(super) fn value<'a>(&self, row: &'a csv::StringRecord, name: &str) -> &'a str {
        self.columns.iter().position(|column| column == name).and_then(|at| row.get(at)).unwrap_or("")
    }
}
