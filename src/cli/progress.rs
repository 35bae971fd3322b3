//! How far a run is: a bar on a terminal, or a line now and then.

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Value, json};
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// Time between two lines.
const LINES: Duration = Duration::from_secs(10);
/// Times a second that the bar is drawn.
const DRAWN: u8 = 5;
const BAR: &str = "{wide_bar} {msg}";

/// How to show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProgressArgument {
    /// A bar where stderr is a terminal, otherwise nothing
    Auto,
    /// A bar with rate, failures and the time left
    Bar,
    /// A line every ten seconds
    Plain,
    /// Nothing
    None,
}

/// How far one run is.
pub struct Progress {
    bar: Option<ProgressBar>,
    /// Whether a line is said now and then.
    is_said: bool,
    said: Instant,
    count: Count,
}

/// How many files are done since when.
struct Count {
    files: usize,
    done: usize,
    started: Instant,
}

/// A line about the progress, and the same for programs.
pub struct Line {
    pub text: String,
    pub about: Value,
}

impl Progress {
    pub fn new(how: ProgressArgument, quiet: bool, files: usize) -> Self {
        let how = match how {
            ProgressArgument::Auto if std::io::stderr().is_terminal() => ProgressArgument::Bar,
            ProgressArgument::Auto => ProgressArgument::None,
            other => other,
        };
        let now = Instant::now();
        Self {
            bar: (how == ProgressArgument::Bar && !quiet).then(|| bar(files)),
            is_said: how == ProgressArgument::Plain && !quiet,
            said: now,
            count: Count { files, done: 0, started: now },
        }
    }

    /// Counts a file; `failed` of them could not be read so far. A line when it is time for one.
    pub fn done(&mut self, failed: usize) -> Option<Line> {
        self.count.done += 1;
        if let Some(bar) = &self.bar {
            bar.set_message(self.line(failed).text);
            bar.inc(1);
        }
        let is_last = self.count.done == self.count.files;
        if !self.is_said || (self.said.elapsed() < LINES && !is_last) {
            return None;
        }
        self.said = Instant::now();
        Some(self.line(failed))
    }

    fn line(&self, failed: usize) -> Line {
        self.count.line(failed, self.count.started.elapsed())
    }

    /// Writes one line to stderr, above the bar; a closed stderr is nobody's error.
    pub fn print(&self, line: &str) {
        let write = || {
            let _ = writeln!(std::io::stderr().lock(), "{line}");
        };
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(files: usize) -> ProgressBar {
    let target = ProgressDrawTarget::stderr_with_hz(DRAWN);
    let bar = ProgressBar::with_draw_target(Some(files as u64), target);
    if let Ok(style) = ProgressStyle::with_template(BAR) {
        bar.set_style(style);
    }
    bar.set_message(format!("0 of {files} files"));
    bar.enable_steady_tick(Duration::from_secs(1));
    bar
}

impl Count {
    fn line(&self, failed: usize, elapsed: Duration) -> Line {
        let Self { files, done, .. } = self;
        let milliseconds = elapsed.as_millis().max(1);
        let tenths = (*done as u128).saturating_mul(10_000) / milliseconds;
        let left = (files - done) as u128 * milliseconds / (*done).max(1) as u128 / 1000;
        let (whole, tenth) = (tenths / 10, tenths % 10);
        let text =
            format!("{done} of {files} files, {whole}.{tenth} a second, {failed} failed, {left} s left");
        let about = json!({ "done": done, "files": files, "failed": failed, "seconds_left": u64::try_from(left).ok() });
        Line { text, about }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_rate_failures_and_time_left() {
        let started = Instant::now();
        let count = Count { files: 1000, done: 250, started };
        let line = count.line(3, Duration::from_secs(100));
        assert_eq!(line.text, "250 of 1000 files, 2.5 a second, 3 failed, 300 s left");
    }

    #[test]
    fn the_bar_tells_what_a_line_tells() {
        let mut progress = Progress::new(ProgressArgument::Bar, false, 4);
        let said = |progress: &Progress| progress.bar.as_ref().unwrap().message();
        assert_eq!(said(&progress), "0 of 4 files");
        assert!(progress.done(1).is_none(), "no line beside the bar");
        let message = said(&progress);
        let words: Vec<&str> = message.split_terminator([',', ' ']).filter(|word| !word.is_empty()).collect();
        assert_eq!(words[..4], ["1", "of", "4", "files"]);
        assert_eq!(words[5..9], ["a", "second", "1", "failed"], "{message}");
        assert_eq!(words[4].split_once('.').unwrap().1.len(), 1, "one decimal: {message}");
        assert_eq!(words[10..], ["s", "left"]);
    }
}
