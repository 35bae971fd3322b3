//! The command line: one file per subcommand.

mod check;
mod completions;
mod config;
mod diff;
mod dump;
mod extract;
mod log;
mod man;
mod progress;
mod quantity;
mod reading;
mod schema;
mod selection;
mod show;
mod stop;
mod summary;
mod svg;
mod units;
mod worker;

use anyhow::{Context, Result};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use std::process::ExitCode;

/// Reads China's budget disclosures (部门预算公开, 部门决算公开) and writes their indicators, projects, money figures
/// and tables as tidy data.
#[derive(Debug, Parser)]
#[command(name = "gongkai", version, after_help = EXIT_CODES)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Extract(extract::Arguments),
    Check(check::Arguments),
    Diff(diff::Arguments),
    Show(show::Arguments),
    Quantity(quantity::Arguments),
    Units(units::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
    #[command(name = worker::NAME, hide = true)]
    Worker(worker::Arguments),
    Schema(schema::Arguments),
}

const EXIT_CODES: &str = "\
Exit codes:
  0  everything was read
  1  some documents could not be read; all others are in the output
  2  wrong usage, or the output could not be written
  130  interrupted; --resume goes on";

/// Exit code for a run in which some documents could not be read.
const SOME_FAILED: u8 = 1;
/// Exit code for a run that was interrupted.
const INTERRUPTED: u8 = 130;
/// Exit code for wrong usage and output errors; clap uses the same.
const USAGE: u8 = 2;

/// Runs the command and says what went wrong on stderr.
#[must_use]
pub fn main() -> ExitCode {
    quiet_worker_panics();
    let result = arguments().and_then(|cli| match cli.command {
        Command::Extract(arguments) => extract::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Show(arguments) => show::run(&arguments),
        Command::Quantity(arguments) => quantity::run(&arguments),
        Command::Units(arguments) => units::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Man(arguments) => man::run(&arguments),
        Command::Worker(arguments) => worker::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
    });
    result.unwrap_or_else(|error| {
        complain(&format!("{error:#}"));
        ExitCode::from(USAGE)
    })
}

/// The arguments, with what variables and the file of `--config` add to them.
fn arguments() -> Result<Cli> {
    let command = config::apply(Cli::command())?;
    Ok(Cli::from_arg_matches(&command.get_matches()).unwrap_or_else(|error| error.exit()))
}

/// Writes to stdout; a reader that has gone is nobody's error.
fn print(text: &[u8]) -> Result<ExitCode> {
    use std::io::Write;
    match std::io::stdout().lock().write_all(text) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error).context("stdout"),
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// Writes one line to stderr; a closed stderr is nobody's error.
fn complain(line: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr().lock(), "gongkai: {line}");
}

/// A panic while a document is read becomes that document's error, so the threads that read say nothing of their own.
fn quiet_worker_panics() {
    let default = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let name = std::thread::current().name().map(str::to_owned);
        let reads = name.is_some_and(|name| name.starts_with(gongkai::batch::WORKER_NAME));
        if !reads || std::env::var_os("RUST_BACKTRACE").is_some() {
            default(panic);
        }
    }));
}
