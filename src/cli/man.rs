//! `gongkai man`: the manual page of the program or of one command.

use super::Cli;
use anyhow::{Context, Result};
use clap::{Args, CommandFactory};
use clap_mangen::Man;
use std::process::ExitCode;

/// Print the manual page of the program or of one command, on stdout.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The command [default: the program itself]
    command: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  gongkai man extract | man -l -
  gongkai man > ~/.local/share/man/man1/gongkai.1";

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let mut program = Cli::command();
    program.build();
    let command = match &arguments.command {
        None => program,
        Some(name) => {
            let found = program.find_subcommand(name).filter(|command| !command.is_hide_set());
            found.with_context(|| format!("{name}: expected a command of gongkai"))?.clone()
        }
    };
    let mut text = Vec::new();
    Man::new(command).render(&mut text)?;
    super::print(&text)
}
