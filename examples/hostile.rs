//! A worker whose reader misbehaves on files that ask for it by their names: what the isolation is tested with.
//!
//! `gongkai extract IN -o OUT --worker target/debug/examples/hostile`: a file named `….hang.txt` hangs, and so on.

use gongkai::batch::{self, Input, Receiver, Wish};
use gongkai::reader::Limits;
use gongkai::record::Outcome;
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Documents this process has opened.
static OPENED: AtomicUsize = AtomicUsize::new(0);

fn main() -> ExitCode {
    let memory = std::env::args().find_map(|argument| argument.strip_prefix("--memory=")?.parse().ok());
    let Some(memory) = memory else { return ExitCode::from(2) };
    match batch::serve(memory, read) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn read(input: &Input, limits: &Limits, receiver: &mut dyn Receiver) {
    batch::read_file(input, limits, &mut Trap(receiver));
}

/// Misbehaves between the opening of a document and its outcome.
struct Trap<'a>(&'a mut dyn Receiver);

impl Receiver for Trap<'_> {
    fn begins(&mut self, unfinished: Outcome) -> Wish {
        self.0.begins(unfinished)
    }

    fn opens(&mut self, unfinished: Outcome) {
        let path = unfinished.path.clone();
        self.0.opens(unfinished);
        let is_first = OPENED.fetch_add(1, Ordering::Relaxed) == 0;
        misbehave(path.rsplit('.').nth(1).unwrap_or_default(), is_first);
    }

    fn receive(&mut self, outcome: Outcome) -> ControlFlow<()> {
        self.0.receive(outcome)
    }
}

fn misbehave(how: &str, is_first: bool) {
    match how {
        "hang" => loop {
            std::hint::spin_loop();
        },
        "sleep" => std::thread::sleep(std::time::Duration::from_hours(1)),
        "slow" => std::thread::sleep(std::time::Duration::from_millis(300)),
        "abort" => std::process::abort(),
        "exit" => std::process::exit(7),
        "noise" => println!("this is no frame, and it is long enough to be read as the start of one"),
        "stack" => {
            std::hint::black_box(deep(1));
        }
        "memory" => {
            let mut all: Vec<Vec<u8>> = Vec::new();
            loop {
                all.push(Vec::with_capacity(16 << 20));
            }
        }
        // What other documents left behind brings it down: alone it is fine.
        "crowd" if !is_first => std::process::abort(),
        _ => {}
    }
}

#[expect(unconditional_recursion, reason = "the stack is to overflow")]
fn deep(level: u64) -> u64 {
    let room = std::hint::black_box([level; 64]);
    deep(level + 1) + room[0]
}
