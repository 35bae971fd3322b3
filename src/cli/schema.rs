//! `gongkai schema`: what every column of the output means, for programs and for people.

use anyhow::{Context as _, Result};
use clap::Args;
use gongkai::writer::{codebook, data_package};
use std::io::Write;
use std::process::ExitCode;

/// Say what every file and column of the output means.
///
/// Prints the Data Package that extract writes beside its CSV files, with names, types, Chinese and English titles,
/// units, codes and keys; or the same as a page for people.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Print the codebook, a Markdown page, instead of JSON
    #[arg(long)]
    codebook: bool,
}

/// Prints the list.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let text = if arguments.codebook { codebook() } else { format!("{:#}\n", data_package(&[])) };
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error).context("stdout"),
        _ => Ok(ExitCode::SUCCESS),
    }
}
