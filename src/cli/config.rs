//! Options from elsewhere: variables named `GONGKAI_…`, and the file of `--config`.
//!
//! Both become defaults of the command line's own options, so that each is checked as if it had been typed.

use anyhow::{Context, Result, bail};
use clap::{Arg, ArgAction, Command};
use std::path::PathBuf;
use toml::{Table, Value};

/// The commands that take them.
const COMMANDS: [&str; 2] = ["extract", "check"];
/// The option that names the file, and its variable.
const OPTION: &str = "config";
const VARIABLE: &str = "GONGKAI_CONFIG";

/// The command line with its defaults from variables and the file.
///
/// # Errors
/// A file that can't be read, or has keys that are no options.
pub fn apply(command: Command) -> Result<Command> {
    let file = file(&command);
    let mut command = COMMANDS.into_iter().fold(command, |command, name| {
        command.mut_subcommand(name, |command| command.mut_args(with_variable))
    });
    if let Some(file) = file {
        let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let table: Table = text.parse().with_context(|| file.display().to_string())?;
        for (key, value) in table {
            command = with_default(command, &key, value).with_context(|| file.display().to_string())?;
        }
    }
    Ok(command)
}

/// The file that the command line or its variable names. Whatever else is wrong with the command line is said later.
fn file(command: &Command) -> Option<PathBuf> {
    let matches = command.clone().ignore_errors(true).try_get_matches().ok()?;
    let (name, matches) = matches.subcommand()?;
    if name != COMMANDS[0] {
        return None;
    }
    let named = matches.try_get_one::<PathBuf>(OPTION).ok().flatten().cloned();
    named.or_else(|| std::env::var_os(VARIABLE).filter(|name| !name.is_empty()).map(PathBuf::from))
}

/// An option that may also come from a variable. The hidden ones are for tests and come from the command line alone.
fn with_variable(argument: Arg) -> Arg {
    match argument.get_long() {
        Some(long) if !argument.is_hide_set() => {
            let name = format!("GONGKAI_{}", long.to_uppercase().replace('-', "_"));
            argument.env(name).hide_env(true)
        }
        _ => argument,
    }
}

fn with_default(command: Command, key: &str, value: Value) -> Result<Command> {
    let extract = command.find_subcommand(COMMANDS[0]).context("no such command")?;
    let long = key.replace('_', "-");
    let is_key = |argument: &&Arg| {
        argument.get_long() == Some(long.as_str()) && !argument.is_hide_set() && long != OPTION
    };
    let Some(argument) = extract.get_arguments().find(is_key) else {
        let known = extract.get_arguments().filter(|argument| !argument.is_hide_set());
        let known: Vec<&str> =
            known.filter_map(Arg::get_long).filter(|long| !["help", OPTION].contains(long)).collect();
        bail!("{key}: expected one of {}", known.join(", "));
    };
    let id = argument.get_id().to_string();
    let is_switch = matches!(argument.get_action(), ArgAction::SetTrue);
    let values =
        values(value).with_context(|| format!("{key}: expected a text, a number, true, false or a list"))?;
    if is_switch && !values.iter().all(|value| value == "true" || value == "false") {
        bail!("{key}: expected true or false");
    }
    Ok(command.mut_subcommand(COMMANDS[0], |extract| {
        extract.mut_arg(id, |argument| argument.default_values(values))
    }))
}

/// The value as it would be typed.
fn values(value: Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) => Some(vec![text]),
        Value::Integer(number) => Some(vec![number.to_string()]),
        Value::Float(number) => Some(vec![number.to_string()]),
        Value::Boolean(switch) => Some(vec![switch.to_string()]),
        Value::Array(items) => {
            let items: Option<Vec<Vec<String>>> = items.into_iter().map(values).collect();
            items.map(|items| items.concat())
        }
        Value::Datetime(_) | Value::Table(_) => None,
    }
}
