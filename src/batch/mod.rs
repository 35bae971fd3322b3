//! Many documents: finding the files, reading them in parallel, and handing the outcomes on in the order of their paths.

mod discovery;
mod file;
mod ordered;
mod walk;

pub use discovery::{DiscoveryError, Input, Inputs, discover};
pub use file::{read_bytes, read_file};
pub use ordered::{STACK_BYTES, WORKER_NAME};

use crate::reader::Limits;
use crate::record::Outcome;
use std::ops::ControlFlow;

/// How a batch is run.
#[derive(Debug, Clone, Copy)]
pub struct BatchOptions {
    /// How many documents are read at a time; at least 1 is used.
    pub jobs: usize,
    /// How much each file may claim.
    pub limits: Limits,
}

/// Reads all inputs and calls `receive` with each outcome, in the order of the inputs, on the calling thread. An
/// archive has several: its own and then those of its members.
///
/// At most a few outcomes per job are held at a time, however many inputs there are.
///
/// # Errors
/// The first error of `receive`, which ends the run; or that no threads could be started.
pub fn run<E: From<std::io::Error>>(
    inputs: &[Input],
    options: &BatchOptions,
    receive: impl FnMut(Outcome) -> Result<(), E>,
) -> Result<(), E> {
    let read = |input: &Input, emit: &mut dyn FnMut(Outcome) -> ControlFlow<()>| {
        read_file(input, &options.limits, emit);
    };
    ordered::map(inputs, options.jobs, read, receive)
}
