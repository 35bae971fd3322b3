//! `gongkai extract`: a folder of disclosures in, tidy files out.

use super::log::{Log, Messages};
use super::reading::Reading;
use super::selection::{self, Selection};
use super::summary::{Errors, Summary};
use super::{INTERRUPTED, SOME_FAILED, stop};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use gongkai::batch::{self, BatchOptions, Input, Inputs, Journal, Lock, STATE_FOLDER, Stated};
use gongkai::record::{Outcome, Status};
use gongkai::writer::{
    FORMATS, Format, Kept, RunFacts, Settings, Tables, Writer, Written, is_output, sync_folder,
};
use serde_json::Value;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::SystemTime;

/// Read files and folders and write their records: as CSV and JSON Lines, or as Parquet, SQLite, Excel and JSON too.
///
/// Every file has its row in documents.csv, also when it can't be read. Paths are counted from the folder given, or
/// from the folder that holds all inputs where several are given. OUT holds the result of one run: the files of an
/// earlier one are replaced, other files in it stay. What is read is noted in OUT/.gongkai as well, so that --resume can go
/// on after whatever ended a run.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    selection: Selection,
    /// Folder to write to; made where it does not exist
    #[arg(short, long, value_name = "OUT")]
    out: Option<PathBuf>,
    /// Formats to write, joined by commas [default: csv,jsonl]
    #[arg(long, value_delimiter = ',', value_name = "FORMAT", value_parser = format_parser())]
    format: Vec<String>,
    /// Where the grids of the tables go: one file per table, one long list of cells, or nowhere
    #[arg(long, value_enum, value_name = "WHERE", default_value_t = TablesArgument::Files)]
    tables: TablesArgument,
    /// Make CSV for opening in Excel: with byte order mark, and an apostrophe before texts that begin like a formula
    #[arg(long)]
    excel: bool,
    /// Go on with an earlier run into OUT, ended or broken off: files that are unchanged since, by SHA-256, are not read
    /// again, and where nothing at all has changed nothing is written
    #[arg(long)]
    resume: bool,
    /// End the run at the first document that can't be read
    #[arg(long)]
    fail_fast: bool,
    /// A TOML file with values for these options, by their names: jobs = 4, progress = "plain" …
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    messages: Messages,
}

const EXAMPLES: &str = "\
Examples:
  gongkai extract disclosures -o out
  gongkai extract 霸州.docx 廊坊/ -o out --format csv --tables cells
  gongkai extract 'disclosures/*/2021' --exclude '*.zip' -o out --resume
  find disclosures -newer last -print0 | gongkai extract --files-from - -o out

Every option can be given by a variable, GONGKAI_MAX_MEMORY for --max-memory, or in the file of --config.
The command line comes first, then variables, then the file.";

#[derive(Debug, Clone, Copy, ValueEnum)]
enum TablesArgument {
    /// tables/DOCUMENT_ID/NNN.csv; cells in Parquet and SQLite
    Files,
    /// cells in every format, the better choice for thousands of documents
    Cells,
    /// Neither
    None,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let started = SystemTime::now();
    let stop = stop::on_signal()?;
    let out = arguments.out.as_deref();
    let inputs = arguments.selection.find(out.unwrap_or(Path::new("")), is_ours)?;
    if arguments.selection.dry_run {
        return selection::list(&inputs.files);
    }
    let out = out.context("expected --out FOLDER to write to")?;
    let options = arguments.reading.options(Arc::clone(&stop))?;
    let lock = Lock::acquire(out)?;
    let bounds = arguments.reading.bounds();
    let journal = Journal::open(lock.folder(), &options.limits, bounds, arguments.resume);
    let mut journal = journal.with_context(|| format!("{}: the journal", lock.folder().display()))?;
    // A power cut must not take the journal away: not the file, and not the folders that it is in.
    [lock.folder(), out, &out.join("..")].into_iter().try_for_each(sync_folder)?;
    let log = arguments.messages.log(inputs.files.len());
    if arguments.resume
        && let Some(summary) = unchanged(arguments, out, &inputs, &journal, &options)?
    {
        log.finish();
        log.info("nothing has changed; the files of the last run are left as they are", Value::Null);
        return Ok(end(&log, &summary));
    }
    let mut writer = Writer::create(out, &chosen_formats(&arguments.format), settings(arguments))?;
    let mut following = Following::new(log, &inputs.files);
    let read = batch::run(&inputs.files, &options, Some(&mut journal), |outcome| -> Result<()> {
        writer.write(&outcome)?;
        following.outcome(&outcome);
        if arguments.fail_fast && outcome.status == Status::Failed {
            bail!(FailedFast);
        }
        Ok(())
    });
    let Following { log, errors, .. } = following;
    log.finish();
    match read {
        _ if stop.load(Ordering::Relaxed) => {
            log.end("interrupted; the same command with --resume goes on");
            return Ok(ExitCode::from(INTERRUPTED));
        }
        Err(error) if error.is::<FailedFast>() => {
            log.end(&error.to_string());
            return Ok(ExitCode::from(SOME_FAILED));
        }
        read => read?,
    }
    let command = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let facts = RunFacts { command, input_root: input_root(&inputs), started, jobs: options.jobs };
    let (counts, result) = writer.finish(&facts).context("the run is not complete")?;
    let summary = Summary::new(&counts, errors);
    journal.finish(&inputs.files, &result.sha256, &summary).context("the journal")?;
    sync_folder(lock.folder())?;
    Ok(end(&log, &summary))
}

/// What the last run said, where this one would write the same files again: of the same inputs, with the same options,
/// and all of them are as that run left them.
fn unchanged(
    arguments: &Arguments,
    out: &Path,
    inputs: &Inputs,
    journal: &Journal,
    options: &BatchOptions,
) -> Result<Option<Summary>> {
    let formats = chosen_formats(&arguments.format);
    let Some(kept) = Kept::find(out, &formats, settings(arguments), &input_root(inputs))? else {
        return Ok(None);
    };
    let (jobs, stop) = (options.jobs, &options.stop);
    let summary: Option<Summary> = journal.finished(&inputs.files, &kept.run, jobs, stop)?;
    // A run that ends at the first failure writes nothing.
    let Some(summary) = summary.filter(|summary| !(arguments.fail_fast && summary.has_failures())) else {
        return Ok(None);
    };
    let stated = |file: Written| Stated { file: out.join(file.name), bytes: file.bytes, sha256: file.sha256 };
    let files: Vec<Stated> = kept.files.into_iter().map(stated).collect();
    Ok(batch::are_as_stated(&files, jobs, stop)?.then_some(summary))
}

/// Says what a run amounts to.
fn end(log: &Log, summary: &Summary) -> ExitCode {
    summary.lines().into_iter().for_each(|line| log.info(&line.text, line.about));
    if summary.has_failures() { ExitCode::from(SOME_FAILED) } else { ExitCode::SUCCESS }
}

fn input_root(inputs: &Inputs) -> String {
    inputs.root.to_string_lossy().into_owned()
}

/// What is said and counted while a run goes on.
struct Following<'a> {
    log: Log,
    errors: Errors,
    /// Inputs whose first outcome has not come yet.
    waiting: std::slice::Iter<'a, Input>,
}

impl<'a> Following<'a> {
    fn new(log: Log, inputs: &'a [Input]) -> Self {
        Self { log, errors: Errors::default(), waiting: inputs.iter() }
    }

    fn outcome(&mut self, outcome: &Outcome) {
        self.log.outcome(outcome);
        self.errors.add(outcome);
        // The members of an archive come after its own outcome and are no inputs.
        if self.waiting.as_slice().first().is_some_and(|input| input.path == outcome.path) {
            self.waiting.next();
            self.log.done(self.errors.failed);
        }
    }
}

/// The end of a run that was to end at the first failure.
#[derive(Debug, thiserror::Error)]
#[error("ended at the first document that can't be read; nothing is written")]
struct FailedFast;

/// Whether a name in the output folder is that of a result or of the run's state.
fn is_ours(name: &OsStr) -> bool {
    is_output(name) || name == STATE_FOLDER
}

fn format_parser() -> clap::builder::PossibleValuesParser {
    let value = |format: &&Format| clap::builder::PossibleValue::new(format.name).help(format.help);
    clap::builder::PossibleValuesParser::new(FORMATS.iter().map(value))
}

/// The formats named, or the usual ones, in the order of [`FORMATS`], each once.
fn chosen_formats(names: &[String]) -> Vec<&'static Format> {
    let named = |format: &Format| names.iter().any(|name| name == format.name);
    let chosen = |format: &&Format| if names.is_empty() { format.by_default } else { named(format) };
    FORMATS.iter().copied().filter(chosen).collect()
}

fn settings(arguments: &Arguments) -> Settings {
    let tables = match arguments.tables {
        TablesArgument::Files => Tables::Files,
        TablesArgument::Cells => Tables::Cells,
        TablesArgument::None => Tables::None,
    };
    Settings { tables, excel: arguments.excel }
}
