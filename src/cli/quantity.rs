//! `gongkai quantity`: reads the quantities in texts given as arguments or, one a line, on stdin.

use anyhow::{Context as _, Result, bail};
use clap::Args;
use gongkai::quantity::{Context, Found, Quantity, find, parse};
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value;
use std::io::{BufRead, Write};
use std::process::ExitCode;

/// Read the Chinese quantities in a text: numbers, comparators, units, rates, dates.
///
/// Writes one JSON object a line: `{"input": …, "quantities": [{"text", "start", "end", "kind", …}]}`. Offsets count
/// characters, the end is exclusive, decimals are strings. A number of more than 28 digits has no value and an
/// `error` of its own.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Read each text as one whole target cell, such as `≥360元/人/月`: exactly one quantity (the default).
    #[arg(long, conflicts_with = "find")]
    cell: bool,
    /// Find all quantities inside running text; numbers that name or order things are passed over.
    #[arg(long)]
    find: bool,
    /// What stands around the cell: `level2=成本指标,name=项目总成本,description=…,year=2021`, in any order, or the same
    /// as a JSON object; may be repeated. A value ends before the next `,KEY=`. Applies to --cell.
    #[arg(long, value_name = "KEY=VALUE,…")]
    context: Vec<String>,
    /// The texts; without any, the lines of stdin. Write `--` before a text that begins with a hyphen.
    #[arg(value_name = "TEXT", allow_negative_numbers = true)]
    texts: Vec<String>,
}

/// Reads every text and prints its quantities.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let mut around = Around::default();
    for text in &arguments.context {
        around.read(text)?;
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if arguments.texts.is_empty() {
        for line in std::io::stdin().lock().lines() {
            let line = line.context("stdin: expected lines of UTF-8 text")?;
            if !write(&mut out, &line, arguments.find, &around)? {
                return Ok(ExitCode::SUCCESS);
            }
        }
    }
    for text in &arguments.texts {
        if !write(&mut out, text, arguments.find, &around)? {
            return Ok(ExitCode::SUCCESS);
        }
    }
    match out.flush() {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error).context("stdout"),
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// Prints one text's line; `false` once nobody reads it any more.
fn write(out: &mut impl Write, text: &str, finds: bool, around: &Around) -> Result<bool> {
    let quantities =
        if finds { find(text).iter().map(Row::found).collect() } else { vec![whole(text, around)] };
    let line = serde_json::to_string(&Line { input: text, quantities }).context("JSON")?;
    match writeln!(out, "{line}") {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(false),
        other => other.map(|()| true).context("stdout"),
    }
}

/// A cell's one quantity; its span leaves out the blanks around it.
fn whole(text: &str, around: &Around) -> Row {
    let quantity = parse(text, &around.context());
    let start = text.chars().take_while(|glyph| glyph.is_whitespace()).count();
    let end = start + text.trim().chars().count();
    Row::new(&quantity, start, end)
}

/// The words of `--context`.
#[derive(Debug, Default)]
struct Around {
    level2: String,
    name: String,
    description: String,
    year: Option<i32>,
}

impl Around {
    fn read(&mut self, text: &str) -> Result<()> {
        const KEYS: [&str; 4] = ["level2", "name", "description", "year"];
        if text.trim_start().starts_with('{') {
            let object: serde_json::Map<String, Value> =
                serde_json::from_str(text).context("--context: JSON")?;
            for (key, value) in &object {
                let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                self.set(key, &value)?;
            }
            return Ok(());
        }
        let mut fields: Vec<(&str, String)> = Vec::new();
        for part in text.split(',') {
            let named = part.split_once('=').filter(|(key, _)| KEYS.contains(&key.trim()));
            match (named, fields.last_mut()) {
                (Some((key, value)), _) => fields.push((key.trim(), value.to_owned())),
                (None, Some((_, value))) => {
                    value.push(',');
                    value.push_str(part);
                }
                (None, None) => {
                    bail!("--context: expected level2=, name=, description= or year=, not {part:?}")
                }
            }
        }
        fields.iter().try_for_each(|(key, value)| self.set(key, value))
    }

    fn set(&mut self, key: &str, value: &str) -> Result<()> {
        match key {
            "level2" => value.clone_into(&mut self.level2),
            "name" => value.clone_into(&mut self.name),
            "description" => value.clone_into(&mut self.description),
            "year" => {
                let year = value.trim().parse();
                self.year = Some(year.with_context(|| format!("--context: expected a year, not {value:?}"))?);
            }
            other => bail!("--context: expected level2, name, description or year, not {other:?}"),
        }
        Ok(())
    }

    fn context(&self) -> Context<'_> {
        Context { level2: &self.level2, name: &self.name, description: &self.description, year: self.year }
    }
}

#[derive(Serialize)]
struct Line<'a> {
    input: &'a str,
    quantities: Vec<Row>,
}

/// A quantity as JSON, in the names of the output contract.
#[derive(Serialize)]
struct Row {
    text: String,
    start: usize,
    end: usize,
    kind: &'static str,
    comparator: Option<&'static str>,
    comparator_printed: bool,
    value: Option<String>,
    value_max: Option<String>,
    unit: Option<String>,
    unit_code: Option<String>,
    value_base: Option<String>,
    unit_base: Option<String>,
    value_annual: Option<String>,
    per: Option<String>,
    period: Option<String>,
    flags: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl Row {
    fn found(found: &Found) -> Self {
        Row::new(&found.quantity, found.start, found.end)
    }

    fn new(quantity: &Quantity, start: usize, end: usize) -> Self {
        let number = |value: Option<Decimal>| value.map(|value| value.normalize().to_string());
        Row {
            text: quantity.text.clone(),
            start,
            end,
            kind: quantity.kind.code(),
            comparator: quantity.comparator.map(gongkai::quantity::Comparator::code),
            comparator_printed: quantity.comparator_printed,
            value: number(quantity.value),
            value_max: number(quantity.value_max),
            unit: quantity.unit.clone(),
            unit_code: quantity.unit_code.clone(),
            value_base: number(quantity.value_base),
            unit_base: quantity.unit_base.clone(),
            value_annual: number(quantity.value_annual),
            per: quantity.per.clone(),
            period: quantity.period.clone(),
            flags: quantity.flags.iter().map(gongkai::flag::Flag::code).collect(),
            error: quantity.error.map(|error| error.to_string()),
        }
    }
}
