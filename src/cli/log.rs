//! What a run says on stderr: lines for people or for programs, and how far it is.

use super::progress::{Progress, ProgressArgument};
use clap::{Args, ValueEnum};
use gongkai::record::{Outcome, Status};
use serde_json::{Map, Value, json};

/// The options.
#[derive(Debug, Args)]
#[command(next_help_heading = "Messages")]
pub struct Messages {
    /// Say nothing but errors that end the run
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Say what was read, and every warning
    #[arg(short, long)]
    verbose: bool,
    /// How to show how far the run is
    #[arg(long, value_enum, value_name = "HOW", default_value_t = ProgressArgument::Auto)]
    progress: ProgressArgument,
    /// How messages are written
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = LogFormat::Text)]
    log_format: LogFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LogFormat {
    /// Lines for people
    Text,
    /// One JSON object a line, with level, message and what else is known
    Json,
}

/// The messages of one run over so many files.
pub struct Log {
    quiet: bool,
    verbose: bool,
    format: LogFormat,
    progress: Progress,
}

impl Messages {
    pub fn log(&self, files: usize) -> Log {
        let (quiet, verbose, format) = (self.quiet, self.verbose, self.log_format);
        Log { quiet, verbose, format, progress: Progress::new(self.progress, quiet, files) }
    }
}

impl Log {
    /// Says what became of a document: failures always, losses and warnings on request, nothing when quiet.
    pub fn outcome(&self, outcome: &Outcome) {
        let path = outcome.path.escape_debug();
        let about =
            json!({ "path": outcome.path, "status": outcome.status.code(), "code": outcome.error_code });
        match outcome.status {
            Status::Failed => {
                let text = format!("{path}: {} [{}]", outcome.error, outcome.error_code);
                self.say("error", &text, &outcome.error, about);
            }
            Status::Ok | Status::Partial if self.verbose => {
                let records = &outcome.records;
                let (tables, indicators) = (records.tables.len(), records.indicators.len());
                let (projects, amounts) = (records.projects.len(), records.amounts.len());
                let counts = format!(
                    "{}, {tables} tables, {projects} projects, {indicators} indicators, {amounts} amounts",
                    outcome.status.code()
                );
                self.say("info", &format!("{path}: {counts}"), &counts, about);
                for warning in &outcome.warnings {
                    let (text, code) = (warning.to_string(), warning.code());
                    let about = json!({ "path": outcome.path, "code": code });
                    self.say("warning", &format!("{path}: {text} [{code}]"), &text, about);
                }
            }
            Status::Ok | Status::Partial => {}
        }
    }

    /// Counts a file that is done, and says how far the run is where that is wanted in lines.
    pub fn done(&mut self, failed: usize) {
        if let Some(line) = self.progress.done(failed) {
            self.info(&line.text, line.about);
        }
    }

    /// Says something about the run.
    pub fn info(&self, text: &str, about: Value) {
        self.say("info", text, text, about);
    }

    /// Says why the run ends, also when quiet.
    pub fn end(&self, text: &str) {
        self.write("error", text, text, Value::Null);
    }

    /// Takes the bar away: all is read.
    pub fn finish(&self) {
        self.progress.finish();
    }

    fn say(&self, level: &str, text: &str, message: &str, about: Value) {
        if !self.quiet {
            self.write(level, text, message, about);
        }
    }

    fn write(&self, level: &str, text: &str, message: &str, about: Value) {
        let line = match self.format {
            LogFormat::Text => format!("gongkai: {text}"),
            LogFormat::Json => {
                let mut object = Map::new();
                object.insert("level".to_owned(), level.into());
                object.insert("message".to_owned(), message.into());
                if let Value::Object(about) = about {
                    object.extend(about);
                }
                Value::Object(object).to_string()
            }
        };
        self.progress.print(&line);
    }
}
