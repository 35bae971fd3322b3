//! `gongkai completions`: what a shell needs to complete commands and options.

use super::Cli;
use anyhow::Result;
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::process::ExitCode;

/// Print the completions for a shell, on stdout.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

const EXAMPLES: &str = "\
Examples:
  gongkai completions bash > ~/.local/share/bash-completion/completions/gongkai
  gongkai completions fish > ~/.config/fish/completions/gongkai.fish";

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "gongkai", &mut text);
    super::print(&text)
}
