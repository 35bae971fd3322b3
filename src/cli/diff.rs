//! `gongkai diff`: what changed between two output folders.

mod folder;
mod pairing;

use super::{SOME_FAILED, complain};
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use folder::{Group, RecordFile};
use pairing::{Pair, Rule};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Say what changed between two output folders: rows added and removed, values changed.
///
/// Compares the CSV files of two runs and writes one line per difference as CSV, and a count per record to stderr.
/// Within a document, rows are matched by what they speak of (project and names of an indicator, label and column of an
/// amount, code and measure of a line item …), never by their number or place: a row that moved is no difference.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Output folder of the earlier run
    #[arg(value_name = "OUT1")]
    before: PathBuf,
    /// Output folder of the later run
    #[arg(value_name = "OUT2")]
    after: PathBuf,
    /// What is compared with what
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = By::Document)]
    by: By,
    /// File to write to instead of stdout
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  gongkai diff out-monday out-friday > changes.csv
  gongkai diff out-2021 out-2022 --by department -o changes.csv

Exit codes:
  0  no difference
  1  there are differences
  2  wrong usage, or a folder could not be read";

/// Which documents of the two folders belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// Documents of the same path
    Document,
    /// Documents of the same region, department and kind, whatever their year: years are counted from the fiscal year
    Department,
}

/// The columns of the result.
const HEADER: [&str; 10] =
    ["record", "change", "document", "item", "column", "before", "after", "page", "table", "row"];

/// Counts of one record.
#[derive(Debug, Default)]
struct Tally {
    added: usize,
    removed: usize,
    changed: usize,
    same: usize,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let before = folder::documents(&arguments.before, arguments.by)?;
    let after = folder::documents(&arguments.after, arguments.by)?;
    for (folder, groups) in [(&arguments.before, &before), (&arguments.after, &after)] {
        let several = groups.several();
        if arguments.by == By::Department && several > 0 {
            let folder = folder.display();
            complain(&format!(
                "{folder}: {several} departments have several documents: paired in their order"
            ));
        }
    }
    let out: Box<dyn Write> = match &arguments.out {
        Some(path) => Box::new(File::create(path).with_context(|| path.display().to_string())?),
        None => Box::new(io::stdout().lock()),
    };
    let mut out = csv::Writer::from_writer(out);
    let mut differs = false;
    let mut result = || -> Result<()> {
        out.write_record(HEADER)?;
        for rule in pairing::RULES {
            let mut earlier = RecordFile::open(&arguments.before, rule.record, &before)?;
            let mut later = RecordFile::open(&arguments.after, rule.record, &after)?;
            let tally = compare(rule, arguments.by, (&mut earlier, &mut later), &mut out)?;
            let Tally { added, removed, changed, same } = tally;
            differs |= added + removed + changed > 0;
            let name = rule.record;
            complain(&format!(
                "{name}: {added} added, {removed} removed, {changed} changed, {same} the same"
            ));
        }
        out.flush().context("the result")
    };
    match result() {
        Err(error) if is_closed_pipe(&error) => Ok(ExitCode::from(SOME_FAILED)),
        Err(error) => Err(error),
        Ok(()) => Ok(if differs { ExitCode::from(SOME_FAILED) } else { ExitCode::SUCCESS }),
    }
}

/// Compares one record, group after group: only the rows of one group are held at a time.
fn compare(
    rule: &Rule,
    by: By,
    (before, after): (&mut RecordFile, &mut RecordFile),
    out: &mut csv::Writer<Box<dyn Write>>,
) -> Result<Tally> {
    let mut tally = Tally::default();
    let (earlier_columns, later_columns) = (before.columns().clone(), after.columns().clone());
    let columns = pairing::Columns::of(rule, by, &earlier_columns, &later_columns);
    let groups: BTreeSet<Group> = before.groups().chain(after.groups()).cloned().collect();
    for group in groups {
        let (earlier, later) = (before.rows(&group)?, after.rows(&group)?);
        for pair in pairing::pairs(&columns, &earlier, &later) {
            let place = |row: &csv::StringRecord, of: &RecordFile| {
                ["page", "table", "row"].map(|name| of.value(row, name).to_owned())
            };
            let mut write = |change, item: &str, column: &str, values: [&str; 2], place: &[String; 3]| {
                let [page, table, row] = place;
                let [before, after] = values;
                let name = group.name();
                out.write_record([rule.record, change, &name, item, column, before, after, page, table, row])
            };
            match pair {
                Pair::Added(row) => {
                    tally.added += 1;
                    let values = ["", after.value(row, rule.shown)];
                    write("added", &columns.item(row, true), rule.shown, values, &place(row, after))?;
                }
                Pair::Removed(row) => {
                    tally.removed += 1;
                    let values = [before.value(row, rule.shown), ""];
                    write("removed", &columns.item(row, false), rule.shown, values, &place(row, before))?;
                }
                Pair::Both(earlier, later) => {
                    let changes = columns.changes(earlier, later);
                    if changes.is_empty() {
                        tally.same += 1;
                    } else {
                        tally.changed += 1;
                    }
                    for (column, values) in changes {
                        write("changed", &columns.item(later, true), column, values, &place(later, after))?;
                    }
                }
            }
        }
    }
    Ok(tally)
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let kind = error.chain().find_map(|cause| match cause.downcast_ref::<csv::Error>() {
        Some(error) => match error.kind() {
            csv::ErrorKind::Io(error) => Some(error.kind()),
            _ => None,
        },
        None => cause.downcast_ref::<io::Error>().map(io::Error::kind),
    });
    kind == Some(io::ErrorKind::BrokenPipe)
}
