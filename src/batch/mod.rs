//! Many documents: finding the files, reading them in parallel, and handing the outcomes on in the order of their paths.

mod codec;
mod discovery;
mod file;
mod frame;
mod hash;
mod journal;
mod lock;
mod note;
mod ordered;
mod process;
mod scan;
mod walk;
mod worker;

pub use discovery::{DiscoveryError, Input, Inputs, discover};
pub use file::{read_bytes, read_file};
pub use hash::{Stated, are_as_stated};
pub use journal::{Bounds, Journal};
pub use lock::{Lock, LockError, STATE_FOLDER};
pub use ordered::{STACK_BYTES, WORKER_NAME};
pub use process::Workers;
pub use walk::{Receiver, Wish};
pub use worker::{ReadInput, serve};

use crate::reader::Limits;
use crate::record::Outcome;
use journal::Past;
use process::Pool;
use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Codes of documents that cost more than they may: their outcome depends on what they may cost.
const COSTLY: [&str; 3] = ["crashed", "timed_out", "out_of_memory"];

/// How a batch is run.
#[derive(Debug, Clone, Default)]
pub struct BatchOptions {
    /// How many documents are read at a time; at least 1 is used.
    pub jobs: usize,
    /// How much each file may claim.
    pub limits: Limits,
    /// Where documents are read.
    pub isolation: Isolation,
    /// Ends the run soon after it is set.
    pub stop: Arc<AtomicBool>,
}

/// Where documents are read.
#[derive(Debug, Clone, Default)]
pub enum Isolation {
    /// In this process: a panic costs one document, everything worse ends the run.
    #[default]
    None,
    /// In worker processes: nothing that a document does costs more than itself.
    Process(Workers),
}

/// Reads all inputs and calls `receive` with each outcome, in the order of the inputs, on the calling thread. An
/// archive has several: its own and then those of its members. What the journal holds of unchanged inputs is taken from
/// it, and what is read is added to it.
///
/// At most a few outcomes per job are held at a time, however many inputs there are.
///
/// # Errors
/// The first error of `receive`, which ends the run; that no threads or workers could be started; that the journal can't
/// be written; or [`io::ErrorKind::Interrupted`] after a stop.
pub fn run<E: From<io::Error>>(
    inputs: &[Input],
    options: &BatchOptions,
    journal: Option<&mut Journal>,
    mut receive: impl FnMut(Outcome) -> Result<(), E>,
) -> Result<(), E> {
    let (past, mut tail) = journal.map(Journal::parts).unzip();
    let pool = match &options.isolation {
        Isolation::None => None,
        Isolation::Process(workers) => Some(Pool::new(workers)),
    };
    let reader = Reader { options, pool, past };
    let read = |input: &Input, emit: &mut dyn FnMut(Step) -> ControlFlow<()>| {
        if let Err(error) = reader.read(input, emit) {
            let _ = emit(Step::Failed(error));
        }
    };
    ordered::map(inputs, options.jobs, read, |step| {
        if reader.is_stopped() {
            return Err(io::Error::from(io::ErrorKind::Interrupted).into());
        }
        match (step, &mut tail) {
            (Step::Outcome(outcome, frame), tail) => {
                if let (Some(tail), Some(frame)) = (tail, frame) {
                    tail.add(&frame)?;
                }
                receive(*outcome)
            }
            (Step::End(frame), Some(tail)) => Ok(tail.add(&frame)?),
            (Step::End(_), None) => Ok(()),
            (Step::Failed(error), _) => Err(error.into()),
        }
    })
}

/// What the reading of inputs hands on, one after the other.
enum Step {
    /// An outcome, with its frame where the journal does not hold it yet.
    Outcome(Box<Outcome>, Option<Vec<u8>>),
    /// The frame that ends an input.
    End(Vec<u8>),
    /// The run can't go on.
    Failed(io::Error),
}

struct Reader<'a> {
    options: &'a BatchOptions,
    pool: Option<Pool<'a>>,
    past: Option<Past<'a>>,
}

impl Reader<'_> {
    fn is_stopped(&self) -> bool {
        self.options.stop.load(Ordering::Relaxed)
    }

    /// Hands on the outcomes of one input: those in the journal, or else fresh ones.
    fn read(&self, input: &Input, emit: &mut dyn FnMut(Step) -> ControlFlow<()>) -> io::Result<()> {
        if self.is_stopped() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let Some(past) = self.past else {
            return self.fresh(input, &mut |outcome| emit(Step::Outcome(Box::new(outcome), None)));
        };
        if past.replay(input, &mut |outcome| emit(Step::Outcome(Box::new(outcome), None)))? {
            return Ok(());
        }
        let (mut sha256, mut outcomes, mut is_bound, mut broken) = (String::new(), 0, false, Ok(()));
        self.fresh(input, &mut |outcome| {
            if outcomes == 0 {
                sha256.clone_from(&outcome.sha256);
            }
            outcomes += 1;
            is_bound |= COSTLY.contains(&outcome.error_code.as_str());
            match Past::outcome(&outcome) {
                Ok(frame) => emit(Step::Outcome(Box::new(outcome), Some(frame))),
                Err(error) => {
                    broken = Err(error);
                    ControlFlow::Break(())
                }
            }
        })?;
        broken?;
        if self.is_stopped() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let _ = emit(Step::End(past.end(&input.path, sha256, outcomes, is_bound)?));
        Ok(())
    }

    fn fresh(&self, input: &Input, receive: &mut dyn FnMut(Outcome) -> ControlFlow<()>) -> io::Result<()> {
        let limits = &self.options.limits;
        match &self.pool {
            Some(pool) if input.problem.is_none() => {
                pool.read(input, limits, &|| self.is_stopped(), receive)?;
            }
            _ => read_file(input, limits, &mut |outcome: Outcome| receive(outcome)),
        }
        if self.is_stopped() { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
    }
}
