//! `gongkai units`: lists every unit, counter and spelling that is known.

use anyhow::{Context as _, Result};
use clap::{Args, ValueEnum};
use gongkai::quantity::units_table;
use std::io::Write;
use std::process::ExitCode;

/// List every unit and counter known, with its spellings, dimension, exact ratio, base unit, code and source.
#[derive(Debug, Args)]
pub struct Arguments {
    /// How to print the list.
    #[arg(long, value_enum, default_value_t = Format::Tsv)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// Tab-separated, with a header line.
    Tsv,
    /// A Markdown table.
    Markdown,
}

/// Prints the list.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let table = units_table();
    let lines: Vec<String> = match arguments.format {
        Format::Tsv => table.iter().map(|row| row.join("\t")).collect(),
        Format::Markdown => markdown(&table),
    };
    let mut out = lines.join("\n");
    out.push('\n');
    match std::io::stdout().lock().write_all(out.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error).context("stdout"),
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// The rows as a Markdown table.
fn markdown(table: &[[String; 7]]) -> Vec<String> {
    let mut lines: Vec<String> = table.iter().map(|row| format!("| {} |", row.join(" | "))).collect();
    let width = table.first().map_or(0, |row| row.len());
    lines.insert(lines.len().min(1), format!("|{}", "---|".repeat(width)));
    lines
}
