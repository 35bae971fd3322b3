//! `gongkai show`: what each stage makes of one file.

use super::{SOME_FAILED, complain, dump, svg};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use gongkai::batch::{self, Input, STACK_BYTES, WORKER_NAME};
use gongkai::document::Body;
use gongkai::reader::Limits;
use gongkai::record::{Outcome, Status};
use gongkai::{pipeline, table, writer};
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;

/// Show what one stage makes of a file, on stdout.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The file
    file: PathBuf,
    /// The stage to show
    #[arg(long, value_enum, default_value_t = Stage::Records)]
    stage: Stage,
    /// The page to show, from 1, for files that have pages
    #[arg(long, value_name = "N", requires = "svg")]
    page: Option<usize>,
    /// Draw the page with its words, rulings and recognised cells as SVG
    #[arg(long, requires = "page")]
    svg: bool,
}

const EXAMPLES: &str = "\
Examples:
  gongkai show 霸州.docx --stage blocks | less
  gongkai show 霸州.docx --stage records > records.json
  gongkai show 霸州.pdf --page 7 --svg > page.svg";

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Stage {
    /// What the reader made of the bytes: paragraphs and tables as the file states them
    Document,
    /// Paragraphs and tables as a person would see them
    Blocks,
    /// The records in base units, as JSON; the grids of the tables are in the blocks
    Records,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let shown = on_worker(arguments)?;
    let (text, error) = match shown {
        Shown::Text(text) => (text, None),
        Shown::Failed(text, error) => (text, Some(error)),
    };
    if let Err(error) = io::stdout().lock().write_all(text.as_bytes())
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        return Err(error).context("stdout");
    }
    let Some(error) = error else { return Ok(ExitCode::SUCCESS) };
    complain(&format!("{}: {error}", arguments.file.display()));
    Ok(ExitCode::from(SOME_FAILED))
}

enum Shown {
    /// What the stage made of the file.
    Text(String),
    /// What there is to show of a file that can't be read, and why it can't.
    Failed(String, String),
}

/// Reads the file on a thread like those of a batch, so that deep files have the same room.
fn on_worker(arguments: &Arguments) -> Result<Shown> {
    let worker = thread::Builder::new().name(WORKER_NAME.to_owned()).stack_size(STACK_BYTES);
    thread::scope(|scope| {
        let handle = worker.spawn_scoped(scope, || show(arguments)).context("can't start a thread")?;
        handle
            .join()
            .unwrap_or_else(|_| Ok(Shown::Failed(String::new(), "internal error [crashed]".to_owned())))
    })
}

fn show(arguments: &Arguments) -> Result<Shown> {
    let name = arguments.file.file_name().unwrap_or(arguments.file.as_os_str());
    let path = name.to_string_lossy().into_owned();
    let input = Input { path, file: arguments.file.clone(), problem: None };
    if !arguments.file.is_file() {
        bail!("{}: expected a file", arguments.file.display());
    }
    if let Some(number) = arguments.page {
        return drawing(arguments, number);
    }
    if matches!(arguments.stage, Stage::Records) {
        let mut own = None;
        batch::read_file(&input, &Limits::default(), &mut |outcome: Outcome| {
            own = Some(outcome);
            ControlFlow::Break(())
        });
        let outcome = own.context("nothing was read")?;
        let json: serde_json::Value = serde_json::from_str(&writer::document_json(&outcome, false))?;
        let text = format!("{json:#}\n");
        return Ok(match outcome.status {
            Status::Failed => Shown::Failed(text, format!("{} [{}]", outcome.error, outcome.error_code)),
            Status::Ok | Status::Partial => Shown::Text(text),
        });
    }
    let bytes = batch::read_bytes(&input, &Limits::default()).map_err(|(_, error)| error);
    let document = match bytes.and_then(|bytes| pipeline::read(&bytes, &Limits::default())) {
        Ok(document) => document,
        Err(error) => return Ok(Shown::Failed(String::new(), format!("{error} [{}]", error.code()))),
    };
    Ok(Shown::Text(match arguments.stage {
        Stage::Document => dump::document(&document),
        Stage::Blocks | Stage::Records => dump::blocks(&table::recognize(document)),
    }))
}

/// One page as SVG.
fn drawing(arguments: &Arguments, number: usize) -> Result<Shown> {
    let bytes = std::fs::read(&arguments.file).with_context(|| arguments.file.display().to_string())?;
    let document = match pipeline::read(&bytes, &Limits::default()) {
        Ok(document) => document,
        Err(error) => return Ok(Shown::Failed(String::new(), format!("{error} [{}]", error.code()))),
    };
    let Body::Pages(pages) = document.body else {
        bail!("{}: {} files have no pages to draw", arguments.file.display(), document.format.code());
    };
    let Some(page) = number.checked_sub(1).and_then(|index| pages.get(index)) else {
        bail!("{}: expected a page from 1 to {}", arguments.file.display(), pages.len());
    };
    Ok(Shown::Text(svg::page(page, &table::cell_boxes(page))))
}
