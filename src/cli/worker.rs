//! `gongkai worker`: reads documents for another process of this program; not for people.

use anyhow::{Context, Result};
use clap::Args;
use gongkai::batch;
use std::process::ExitCode;

/// The name of the command.
pub const NAME: &str = "worker";
/// The option that holds the memory limit in bytes.
pub const MEMORY: &str = "memory";

/// Read documents for another process of this program.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Bytes of memory this process may use
    #[arg(long, id = MEMORY)]
    memory: u64,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    batch::serve(arguments.memory, batch::read_file).context("worker")?;
    Ok(ExitCode::SUCCESS)
}
