//! `gongkai extract`: a folder of disclosures in, tidy files out.

use super::{SOME_FAILED, complain};
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use gongkai::batch::{self, BatchOptions};
use gongkai::reader::Limits;
use gongkai::record::{Outcome, Status};
use gongkai::writer::{Counts, FORMATS, Format, RunFacts, Settings, Tables, Writer, is_output};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::SystemTime;

/// Read files and folders and write their records as CSV and JSON Lines.
///
/// Every file has its row in documents.csv, also when it can't be read. Paths are counted from the folder given, or
/// from the folder that holds all inputs where several are given. OUT holds the result of one run: the files of an
/// earlier one are replaced, other files in it stay.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Files and folders to read; folders with all folders in them
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Folder to write to; made where it does not exist
    #[arg(short, long, value_name = "OUT")]
    out: PathBuf,
    /// Formats to write, joined by commas [default: all]
    #[arg(long, value_delimiter = ',', value_name = "FORMAT", value_parser = format_parser())]
    format: Vec<String>,
    /// Where the grids of the tables go in CSV: one file per table, one cells.csv, or nowhere
    #[arg(long, value_enum, value_name = "WHERE", default_value_t = TablesArgument::Files)]
    tables: TablesArgument,
    /// Documents read at a time [default: one per processor]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Say nothing but errors that end the run
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Say what was read, and every warning
    #[arg(short, long)]
    verbose: bool,
}

const EXAMPLES: &str = "\
Examples:
  gongkai extract disclosures -o out
  gongkai extract 霸州.docx 廊坊/ -o out --format csv --tables cells";

#[derive(Debug, Clone, Copy, ValueEnum)]
enum TablesArgument {
    /// tables/DOCUMENT_ID/NNN.csv
    Files,
    /// cells.csv
    Cells,
    /// Neither
    None,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let started = SystemTime::now();
    let inputs = batch::discover(&arguments.inputs, &arguments.out, is_output)?;
    let jobs = arguments.jobs.map_or_else(processors, usize::from);
    let mut writer = Writer::create(&arguments.out, &chosen_formats(&arguments.format), settings(arguments))?;
    let options = BatchOptions { jobs, limits: Limits::default() };
    batch::run(&inputs.files, &options, |outcome| -> Result<()> {
        writer.write(&outcome)?;
        report(arguments, &outcome);
        Ok(())
    })?;
    let command = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let input_root = inputs.root.to_string_lossy().into_owned();
    let counts =
        writer.finish(&RunFacts { command, input_root, started, jobs }).context("the run is not complete")?;
    if !arguments.quiet {
        complain(&summary(&counts));
    }
    Ok(if counts.failed > 0 { ExitCode::from(SOME_FAILED) } else { ExitCode::SUCCESS })
}

fn format_parser() -> clap::builder::PossibleValuesParser {
    let value = |format: &&Format| clap::builder::PossibleValue::new(format.name).help(format.help);
    clap::builder::PossibleValuesParser::new(FORMATS.iter().map(value))
}

/// The formats named, or all, in the order of [`FORMATS`], each once.
fn chosen_formats(names: &[String]) -> Vec<&'static Format> {
    let chosen = |format: &&Format| names.is_empty() || names.iter().any(|name| name == format.name);
    FORMATS.iter().copied().filter(chosen).collect()
}

fn settings(arguments: &Arguments) -> Settings {
    let tables = match arguments.tables {
        TablesArgument::Files => Tables::Files,
        TablesArgument::Cells => Tables::Cells,
        TablesArgument::None => Tables::None,
    };
    Settings { tables }
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Says what became of a document: failures always, losses and warnings on request, nothing when quiet.
fn report(arguments: &Arguments, outcome: &Outcome) {
    let path = outcome.path.escape_debug();
    match outcome.status {
        _ if arguments.quiet => {}
        Status::Failed => complain(&format!("{path}: {} [{}]", outcome.error, outcome.error_code)),
        Status::Ok | Status::Partial if arguments.verbose => {
            let records = &outcome.records;
            let (tables, indicators) = (records.tables.len(), records.indicators.len());
            let (projects, amounts) = (records.projects.len(), records.amounts.len());
            complain(&format!(
                "{path}: {}, {tables} tables, {projects} projects, {indicators} indicators, {amounts} amounts",
                outcome.status.code()
            ));
            for warning in &outcome.warnings {
                complain(&format!("{path}: {warning} [{}]", warning.code()));
            }
        }
        Status::Ok | Status::Partial => {}
    }
}

fn summary(counts: &Counts) -> String {
    let Counts { ok, partial, failed, .. } = counts;
    match counts.total() {
        0 => "no files found".to_owned(),
        total => format!("{total} files: {ok} read, {partial} read in part, {failed} failed"),
    }
}
