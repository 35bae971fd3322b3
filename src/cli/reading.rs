//! How documents are read: the options that all commands over many documents share.

use super::worker;
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use gongkai::batch::{BatchOptions, Bounds, Isolation, Workers};
use gongkai::reader::Limits;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// The options.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading")]
pub struct Reading {
    /// Documents read at a time [default: one per processor]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Time for one document, in seconds or with a unit: 90, 90s, 5m. One that takes longer is reported as timed_out
    #[arg(long, value_name = "TIME", default_value = "60", value_parser = time)]
    timeout: Duration,
    /// Memory for each document that is read, in bytes or with a unit: 512MiB, 2GiB. One that needs more is reported
    /// as out_of_memory
    #[arg(long, value_name = "SIZE", default_value = "2GiB", value_parser = size)]
    max_memory: u64,
    /// Where documents are read
    #[arg(long, value_enum, value_name = "WHERE", default_value_t = IsolationArgument::Process)]
    isolation: IsolationArgument,
    /// The program whose processes read documents, in place of this one: for tests with readers that misbehave
    #[arg(long, value_name = "PROGRAM", hide = true)]
    worker: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum IsolationArgument {
    /// In processes of their own: what a document does to its reader costs that document alone
    Process,
    /// In this process, without limits of time and memory: a little faster, for files you trust
    None,
}

impl Reading {
    /// How the batch is run; `stop` ends it.
    ///
    /// # Errors
    /// The program can't find itself.
    pub fn options(&self, stop: Arc<AtomicBool>) -> Result<BatchOptions> {
        let isolation = match self.isolation {
            IsolationArgument::None => Isolation::None,
            IsolationArgument::Process => Isolation::Process(self.workers()?),
        };
        Ok(BatchOptions { jobs: self.jobs(), limits: Limits::default(), isolation, stop })
    }

    /// Documents read at a time.
    pub fn jobs(&self) -> usize {
        let processors = || std::thread::available_parallelism().map_or(1, usize::from);
        self.jobs.map_or_else(processors, usize::from)
    }

    /// What one document may cost.
    pub fn bounds(&self) -> Bounds {
        if self.isolation == IsolationArgument::None {
            return Bounds::default();
        }
        let milliseconds = u64::try_from(self.timeout.as_millis()).unwrap_or(u64::MAX);
        Bounds { milliseconds, memory: self.max_memory }
    }

    fn workers(&self) -> Result<Workers> {
        let memory = format!("--{}={}", worker::MEMORY, self.max_memory);
        let program = self.worker.clone().map_or_else(program, Ok);
        Ok(Workers {
            program: program.context("can't find this program to start workers; try --isolation none")?,
            arguments: vec![worker::NAME.into(), memory.into()],
            time_limit: self.timeout,
            memory_limit: self.max_memory,
        })
    }
}

/// This program. Linux knows it by a name that stays right when the file is replaced during a long run.
fn program() -> std::io::Result<PathBuf> {
    let own = PathBuf::from("/proc/self/exe");
    if cfg!(target_os = "linux") && own.exists() { Ok(own) } else { std::env::current_exe() }
}

fn time(text: &str) -> Result<Duration, String> {
    const UNITS: [(&str, f64); 4] = [("ms", 0.001), ("s", 1.0), ("m", 60.0), ("h", 3600.0)];
    let expected = || "expected a time from 1 ms to 1000 h: 90, 90s, 5m".to_owned();
    let (number, factor) = split(text, &UNITS, 1.0).ok_or_else(expected)?;
    let seconds = number * factor;
    if !(0.001..=3.6e6).contains(&seconds) {
        return Err(expected());
    }
    Ok(Duration::from_secs_f64(seconds))
}

fn size(text: &str) -> Result<u64, String> {
    const UNITS: [(&str, u64); 7] = [
        ("KiB", 1 << 10),
        ("MiB", 1 << 20),
        ("GiB", 1 << 30),
        ("K", 1 << 10),
        ("M", 1 << 20),
        ("G", 1 << 30),
        ("B", 1),
    ];
    /// Less does not even start a worker.
    const LEAST: u64 = 128 << 20;
    let expected = || "expected a size of at least 128MiB: 512MiB, 2GiB".to_owned();
    let (number, factor) = split(text, &UNITS, 1).ok_or_else(expected)?;
    let whole: u64 = if number.fract() == 0.0 { format!("{number:.0}").parse().ok() } else { None }
        .ok_or_else(expected)?;
    whole.checked_mul(factor).filter(|bytes| *bytes >= LEAST).ok_or_else(expected)
}

/// A number and what its unit stands for; `plain` where there is no unit.
fn split<T: Copy>(text: &str, units: &[(&str, T)], plain: T) -> Option<(f64, T)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let unit = unit.trim();
    let factor = match unit {
        "" => plain,
        _ => units.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit))?.1,
    };
    Some((number.parse().ok()?, factor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_sizes_are_read_with_and_without_units() {
        assert_eq!(time("60"), Ok(Duration::from_mins(1)));
        assert_eq!(time("1.5m"), Ok(Duration::from_secs(90)));
        assert_eq!(time("250 ms"), Ok(Duration::from_millis(250)));
        assert_eq!(size("2GiB"), Ok(2 << 30));
        assert_eq!(size("512m"), Ok(512 << 20));
        assert_eq!(size("1073741824"), Ok(1 << 30));
        for wrong in ["", "0", "-1", "1 week", "s", "1e9h"] {
            assert!(time(wrong).is_err(), "{wrong}");
        }
        for wrong in ["", "1KiB", "1.5GiB", "GiB", "99999999999999999999G"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
