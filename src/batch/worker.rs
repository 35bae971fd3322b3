//! A worker process: takes jobs on stdin, reads one document at a time, and answers on stdout.

use super::codec::{decode, pack_into};
use super::discovery::Input;
use super::walk::{Receiver, Wish};
use super::{STACK_BYTES, WORKER_NAME, frame};
use crate::reader::Limits;
use crate::record::Outcome;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver as Channel};
use std::thread;

/// One input to be read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Job {
    /// Its path below the input root.
    pub(super) path: String,
    /// Where it is.
    pub(super) file: OsString,
    /// How much it may claim.
    pub(super) limits: Limits,
    /// The first of its documents that are settled already, each with whether it was lost.
    pub(super) settled: Vec<bool>,
}

/// What a worker says.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Reply {
    /// It begins or opens a document, which has this outcome should the worker never say another word.
    Begins(Box<Outcome>),
    /// A document is read.
    Read(Box<Outcome>),
    /// The job is done; so many bytes of memory are in use, where the system tells.
    Done(u64),
}

/// A way to read one input: [`read_file`](super::read_file), or one that tests put in its place.
pub type ReadInput = fn(&Input, &Limits, &mut dyn Receiver);

/// Serves jobs with `read` until stdin ends. `memory` limits the address space of this process, where the system can
/// do that.
///
/// # Errors
/// A broken stdin or stdout, and a memory limit that can't be set.
pub fn serve(memory: u64, read: ReadInput) -> io::Result<()> {
    limit_memory(memory)?;
    let jobs = incoming()?;
    let worker = thread::Builder::new().name(WORKER_NAME.to_owned()).stack_size(STACK_BYTES);
    let worker = worker.spawn(move || jobs.iter().try_for_each(|job| work(job, read)))?;
    worker.join().unwrap_or_else(|_| Err(io::Error::other("the reading thread ended")))
}

/// The jobs from stdin. The process ends at once when stdin does: nobody waits for what is being read then, and a
/// reader that hangs must not outlive the run.
fn incoming() -> io::Result<Channel<Job>> {
    let (sender, jobs) = mpsc::channel();
    thread::Builder::new().name("jobs".to_owned()).spawn(move || {
        let mut stdin = io::stdin().lock();
        while let Ok(Some(content)) = frame::read(&mut stdin) {
            let Ok(job) = decode::<Job>(&content) else { break };
            if sender.send(job).is_err() {
                break;
            }
        }
        std::process::exit(0);
    })?;
    Ok(jobs)
}

fn work(job: Job, read: ReadInput) -> io::Result<()> {
    let input = Input { path: job.path, file: PathBuf::from(job.file), problem: None };
    let mut answer = Answer { settled: job.settled.into_iter(), broken: Ok(()) };
    read(&input, &job.limits, &mut answer);
    answer.broken?;
    say(&Reply::Done(memory_in_use()))
}

/// Says each outcome on stdout, but for those that are settled.
struct Answer {
    settled: std::vec::IntoIter<bool>,
    broken: io::Result<()>,
}

impl Answer {
    fn say(&mut self, reply: &Reply) -> ControlFlow<()> {
        if self.broken.is_ok() {
            self.broken = say(reply);
        }
        if self.broken.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }
}

impl Receiver for Answer {
    fn begins(&mut self, unfinished: Outcome) -> Wish {
        match self.settled.next() {
            Some(true) => Wish::Lost,
            Some(false) => Wish::Settled,
            None => {
                let _ = self.say(&Reply::Begins(Box::new(unfinished)));
                Wish::Read
            }
        }
    }

    fn opens(&mut self, unfinished: Outcome) {
        let _ = self.say(&Reply::Begins(Box::new(unfinished)));
    }

    fn receive(&mut self, outcome: Outcome) -> ControlFlow<()> {
        self.say(&Reply::Read(Box::new(outcome)))
    }
}

/// Says it in frames of one piece each, as they are made; an empty one ends them.
fn say(reply: &Reply) -> io::Result<()> {
    let mut stdout = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    pack_into(reply, &mut |piece| frame::write(&mut stdout, piece))?;
    frame::write(&mut stdout, &[])?;
    stdout.flush()
}

#[cfg(unix)]
fn limit_memory(bytes: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let maximum = getrlimit(Resource::As).maximum;
    let bytes = maximum.map_or(bytes, |maximum| maximum.min(bytes));
    setrlimit(Resource::As, Rlimit { current: Some(bytes), maximum: Some(bytes) })?;
    // A crash is expected here and is the parent's to report: no core files.
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    Ok(())
}

#[cfg(not(unix))]
fn limit_memory(_bytes: u64) -> io::Result<()> {
    Ok(())
}

/// Bytes of memory in use, where the system tells; otherwise 0.
fn memory_in_use() -> u64 {
    /// Linux counts in pages, which have this size or a larger one.
    const PAGE_BYTES: u64 = 4096;
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = text.split_whitespace().nth(1).and_then(|pages| pages.parse::<u64>().ok());
    pages.map_or(0, |pages| pages.saturating_mul(PAGE_BYTES))
}
