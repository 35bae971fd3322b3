//! `gongkai check`: which figures don't add up, in an output folder or in documents directly.

use super::reading::Reading;
use super::{SOME_FAILED, complain};
use anyhow::{Context, Result};
use clap::Args;
use gongkai::batch;
use gongkai::check::rules;
use gongkai::record::{Outcome, Status, Verdict};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Say which figures don't add up.
///
/// Given an output folder of `gongkai extract`, prints how often each rule passed and failed and the regions with the
/// most failures, worst first. Given files or folders of disclosures, reads them and prints each failure with its place
/// and both figures.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// An output folder, or files and folders of disclosures
    #[arg(required_unless_present = "list", value_name = "OUT or FILE")]
    inputs: Vec<PathBuf>,
    /// List every rule with its meaning and source, and read nothing
    #[arg(long, conflicts_with = "inputs")]
    list: bool,
    #[command(flatten)]
    reading: Reading,
}

const EXAMPLES: &str = "\
Examples:
  gongkai check out
  gongkai check 霸州.docx
  gongkai check --list

Exit codes:
  0  every rule that could be tried passed
  1  something failed, or a document could not be read
  2  wrong usage";

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let (text, failed) = if arguments.list {
        (list(), false)
    } else if let [out] = arguments.inputs.as_slice()
        && out.join("checks.csv").is_file()
    {
        of_folder(out)?
    } else {
        of_documents(&arguments.inputs, &arguments.reading)?
    };
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => return Err(error).context("stdout"),
        _ => {}
    }
    Ok(if failed { ExitCode::from(SOME_FAILED) } else { ExitCode::SUCCESS })
}

/// Every rule, one line each.
fn list() -> String {
    let mut text = String::from("rule\t规则\tmeaning\tsource\n");
    for rule in rules() {
        let _ = writeln!(text, "{}\t{}\t{}\t{}", rule.code, rule.chinese, rule.english, rule.source);
    }
    text
}

/// Passed, failed and skipped.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    passed: usize,
    failed: usize,
    skipped: usize,
}

impl Tally {
    fn add(&mut self, status: &str) {
        match status {
            "pass" => self.passed += 1,
            "fail" => self.failed += 1,
            _ => self.skipped += 1,
        }
    }
}

/// Counts the checks of an output folder by rule and region.
fn of_folder(out: &Path) -> Result<(String, bool)> {
    let regions = regions(&out.join("documents.csv"))?;
    let path = out.join("checks.csv");
    let mut reader = csv::Reader::from_path(&path).with_context(|| path.display().to_string())?;
    let columns = reader.headers()?.clone();
    let at = |name: &str| {
        let found = columns.iter().position(|column| column == name);
        found.with_context(|| format!("{}: expected a column {name}", path.display()))
    };
    let (id, rule, status) = (at("document_id")?, at("rule")?, at("status")?);
    let mut by_rule: BTreeMap<String, Tally> = BTreeMap::new();
    let mut by_region: BTreeMap<String, Tally> = BTreeMap::new();
    for record in reader.records() {
        let record = record.with_context(|| path.display().to_string())?;
        let region = regions.get(&record[id]).map_or("", String::as_str);
        by_rule.entry(record[rule].to_owned()).or_default().add(&record[status]);
        by_region.entry(region.to_owned()).or_default().add(&record[status]);
    }
    let failed = by_rule.values().any(|tally| tally.failed > 0);
    let mut text = table("rule", by_rule);
    text.push('\n');
    text.push_str(&table("region", by_region));
    Ok((text, failed))
}

/// Code and name of each document's region.
fn regions(path: &Path) -> Result<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).with_context(|| path.display().to_string())?;
    let columns = reader.headers()?.clone();
    let at = |name: &str| columns.iter().position(|column| column == name);
    let mut regions = BTreeMap::new();
    let (Some(id), Some(code), Some(name)) = (at("document_id"), at("region_code"), at("region_name")) else {
        anyhow::bail!("{}: expected the columns of gongkai extract", path.display());
    };
    for record in reader.records() {
        let record = record.with_context(|| path.display().to_string())?;
        regions
            .insert(record[id].to_owned(), format!("{} {}", &record[code], &record[name]).trim().to_owned());
    }
    Ok(regions)
}

/// The tallies as lines, the most failures first.
fn table(title: &str, tallies: BTreeMap<String, Tally>) -> String {
    let mut rows: Vec<(String, Tally)> = tallies.into_iter().collect();
    rows.sort_by_key(|(_, tally)| std::cmp::Reverse((tally.failed, tally.passed)));
    let mut text = format!("failed\tpassed\tskipped\t{title}\n");
    for (name, Tally { passed, failed, skipped }) in rows {
        let name = if name.is_empty() { "-" } else { &name };
        let _ = writeln!(text, "{failed}\t{passed}\t{skipped}\t{name}");
    }
    text
}

/// Reads documents and prints each failure with its place.
fn of_documents(inputs: &[PathBuf], reading: &Reading) -> Result<(String, bool)> {
    let found = batch::discover(inputs, Path::new(""), |_| false)?;
    let options = reading.options(Arc::default())?;
    let (mut text, mut failed) = (String::new(), false);
    batch::run(&found.files, &options, None, |outcome| -> Result<()> {
        failed |= describe(&outcome, &mut text);
        Ok(())
    })?;
    Ok((text, failed))
}

/// One line per failure, and a line that counts; whether anything failed.
fn describe(outcome: &Outcome, text: &mut String) -> bool {
    if outcome.status == Status::Failed {
        complain(&format!("{}: {} [{}]", outcome.path, outcome.error, outcome.error_code));
        return true;
    }
    let mut tally = Tally::default();
    for check in &outcome.records.checks {
        tally.add(check.verdict.code());
        if check.verdict == Verdict::Fail {
            let place = check.provenance;
            let at = [
                place.page.map(|page| format!("page {page}")),
                place.table.map(|table| format!("table {table}")),
                place.row.map(|row| format!("row {row}")),
            ];
            let at: Vec<String> = at.into_iter().flatten().collect();
            let at = if at.is_empty() { "text".to_owned() } else { at.join(", ") };
            let _ = writeln!(text, "{}: {at}: {} [{}]", outcome.path, check.message, check.rule);
        }
    }
    let Tally { passed, failed, skipped } = tally;
    let _ = writeln!(text, "{}: {failed} failed, {passed} passed, {skipped} skipped", outcome.path);
    failed > 0
}
