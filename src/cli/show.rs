//! `gongkai show`: what each stage makes of one file.

use super::{SOME_FAILED, complain, dump, svg};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use gongkai::batch::{self, Input, Receiver, STACK_BYTES, WORKER_NAME, Wish};
use gongkai::document::{Body, Document};
use gongkai::reader::archive::{self, Budget, INSIDE};
use gongkai::reader::{Limits, ReadError};
use gongkai::record::{Outcome, Status};
use gongkai::{pipeline, table, writer};
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;

/// Show what one stage makes of a file, on stdout.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The file, or one in an archive: a.zip!/b.docx
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
  gongkai show '廊坊.zip!/霸州.docx' --stage document
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
    let (input, inside) = input(&arguments.file)?;
    if matches!(arguments.stage, Stage::Records) && arguments.page.is_none() {
        return records(&input, inside);
    }
    let read = bytes(&input, inside).and_then(|bytes| pipeline::read(&bytes, &Limits::default()));
    let document = match read {
        Ok(document) => document,
        Err(error) => return Ok(Shown::Failed(String::new(), format!("{error} [{}]", error.code()))),
    };
    if let Some(number) = arguments.page {
        return drawing(arguments, document, number);
    }
    Ok(Shown::Text(match arguments.stage {
        Stage::Document => dump::document(&document),
        Stage::Blocks | Stage::Records => dump::blocks(&table::recognize(document)),
    }))
}

/// The file on disk, and the path inside it where it is an archive with the file to show.
fn input(path: &Path) -> Result<(Input, Option<&str>)> {
    let of = |file: &Path| {
        let name = file.file_name().unwrap_or(file.as_os_str());
        Input { path: name.to_string_lossy().into_owned(), file: file.to_owned(), problem: None }
    };
    if path.is_file() {
        return Ok((of(path), None));
    }
    let text = path.to_str().unwrap_or_default();
    let places =
        text.match_indices(INSIDE).map(|(at, _)| (Path::new(&text[..at]), &text[at + INSIDE.len()..]));
    match places.into_iter().find(|(outer, _)| outer.is_file()) {
        Some((outer, inside)) => Ok((of(outer), Some(inside))),
        None => bail!("{}: expected a file", path.display()),
    }
}

fn bytes(input: &Input, inside: Option<&str>) -> Result<Vec<u8>, ReadError> {
    let limits = Limits::default();
    let bytes = batch::read_bytes(input, &limits).map_err(|(_, error)| error)?;
    let Some(inside) = inside else { return Ok(bytes) };
    let found = archive::find(&bytes, &input.path, inside, &mut Budget::new(&limits))?;
    found.ok_or_else(|| ReadError::Io { message: format!("{inside} is not in the archive") })
}

/// Takes the outcome at one path.
struct Wanted {
    path: String,
    outcome: Option<Outcome>,
}

impl Receiver for Wanted {
    fn begins(&mut self, unfinished: Outcome) -> Wish {
        match self.path.strip_prefix(&unfinished.path) {
            Some("") => Wish::Read,
            Some(rest) if rest.starts_with(INSIDE) => Wish::Settled,
            _ => Wish::Lost,
        }
    }

    fn receive(&mut self, outcome: Outcome) -> ControlFlow<()> {
        self.outcome = Some(outcome);
        ControlFlow::Break(())
    }
}

fn records(input: &Input, inside: Option<&str>) -> Result<Shown> {
    let path = inside.map_or_else(|| input.path.clone(), |inside| format!("{}{INSIDE}{inside}", input.path));
    let mut wanted = Wanted { path, outcome: None };
    batch::read_file(input, &Limits::default(), &mut wanted);
    let outcome = wanted.outcome.with_context(|| format!("{} was not found", wanted.path))?;
    let json: serde_json::Value = serde_json::from_str(&writer::document_json(&outcome, false))?;
    let text = format!("{json:#}\n");
    Ok(match outcome.status {
        Status::Failed => Shown::Failed(text, format!("{} [{}]", outcome.error, outcome.error_code)),
        Status::Ok | Status::Partial => Shown::Text(text),
    })
}

/// One page as SVG.
fn drawing(arguments: &Arguments, document: Document, number: usize) -> Result<Shown> {
    let Body::Pages(pages) = document.body else {
        bail!("{}: {} files have no pages to draw", arguments.file.display(), document.format.code());
    };
    let Some(page) = number.checked_sub(1).and_then(|index| pages.get(index)) else {
        bail!("{}: expected a page from 1 to {}", arguments.file.display(), pages.len());
    };
    Ok(Shown::Text(svg::page(page, &table::cell_boxes(page))))
}
