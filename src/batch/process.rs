//! Reading in worker processes: a document that crashes, hangs or eats all memory costs itself and nothing else.

use super::codec::{encode, unpack};
use super::discovery::Input;
use super::file::unopened;
use super::frame;
use super::worker::{Job, Reply};
use crate::reader::{Limits, ReadError};
use crate::record::Outcome;
use std::ffi::OsString;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Documents a worker reads before a fresh one takes its place, so that what leaks or is kept stays small.
const DOCUMENTS_PER_WORKER: usize = 1_000;
/// A worker that holds more than this share of its memory limit between two documents is replaced.
const KEPT_SHARE: u64 = 4;
/// Has glibc give every block of 128 KiB back to the system when it is freed, instead of keeping up to 32 MiB of such
/// as its usual, growing bound does (mallopt(3), `M_MMAP_THRESHOLD`). Nothing else reads it.
const OWN_PAGES: (&str, &str) = ("MALLOC_MMAP_THRESHOLD_", "131072");
/// How often a waiting thread looks whether the run was stopped.
const LOOK: Duration = Duration::from_millis(100);
/// How much of what a worker says on stderr is kept: the end of it names the cause of its death.
const LAST_WORDS: usize = 2_000;
/// Replies that may wait for the thread that asked.
const REPLIES: usize = 4;
/// What the standard library says before it aborts a process for want of memory.
const OUT_OF_MEMORY: &str = "memory allocation of ";

/// What it says when a stack is full.
const STACK_OVERFLOW: &str = "overflowed its stack";

/// How worker processes are started, and what a document may cost in one.
#[derive(Debug, Clone)]
pub struct Workers {
    /// The program, which calls [`serve`](super::serve) when it is started with `arguments`.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// Time for one document.
    pub time_limit: Duration,
    /// Memory for one worker in bytes: what `arguments` tell it, for messages.
    pub memory_limit: u64,
}

/// Worker processes that wait for work.
pub(super) struct Pool<'a> {
    workers: &'a Workers,
    idle: Mutex<Vec<Worker>>,
}

/// How the reading of an input in a worker ended.
enum End {
    Done,
    /// Nobody wants more.
    Stopped,
    /// The worker is gone, or has been ended, with the cause.
    Lost(ReadError),
}

impl<'a> Pool<'a> {
    pub(super) fn new(workers: &'a Workers) -> Self {
        Self { workers, idle: Mutex::default() }
    }

    /// Reads one input like [`read_file`](super::read_file), in a worker.
    ///
    /// A document that takes its worker down is tried once more in a fresh one, and then reported. `stopped` tells
    /// whether the run goes on.
    ///
    /// # Errors
    /// No worker can be started.
    pub(super) fn read(
        &self,
        input: &Input,
        limits: &Limits,
        stopped: &dyn Fn() -> bool,
        receive: &mut dyn FnMut(Outcome) -> ControlFlow<()>,
    ) -> io::Result<()> {
        let mut reading = Reading { settled: Vec::new(), unfinished: None, stopped, receive };
        let mut worker = self.take()?;
        let mut tried = None;
        loop {
            let path = input.path.clone();
            let file = input.file.clone().into_os_string();
            let job = Job { path, file, limits: *limits, settled: reading.settled.clone() };
            let cause = match worker.run(&job, self.workers.time_limit, &mut reading) {
                End::Done => {
                    self.put(worker);
                    return Ok(());
                }
                End::Stopped => return Ok(()),
                End::Lost(cause) => worker.cause(cause, self.workers),
            };
            let at = reading.settled.len();
            let again = tried != Some(at) && !matches!(cause, ReadError::TimedOut { .. });
            tried = Some(at);
            if !again {
                let unfinished = reading.unfinished.take();
                let unfinished = unfinished.unwrap_or_else(|| unopened(&input.path, 0, &cause));
                // Only the members of an archive come after another document.
                if reading.settle(failed(unfinished, &cause), true).is_break() || at == 0 {
                    return Ok(());
                }
            }
            worker = Worker::start(self.workers)?;
        }
    }

    fn take(&self) -> io::Result<Worker> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| Worker::start(self.workers), Ok)
    }

    fn put(&self, worker: Worker) {
        let kept = self.workers.memory_limit / KEPT_SHARE;
        if worker.read < DOCUMENTS_PER_WORKER && worker.memory < kept {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        }
    }
}

/// The outcome of a document whose reading never ended, with the cause.
fn failed(unfinished: Outcome, cause: &ReadError) -> Outcome {
    Outcome { error_code: cause.code().to_owned(), error: cause.to_string(), ..unfinished }
}

/// One input while it is read.
struct Reading<'a> {
    /// Its documents whose outcomes were handed on, each with whether it was lost.
    settled: Vec<bool>,
    /// What is known of the document that is being read.
    unfinished: Option<Outcome>,
    stopped: &'a dyn Fn() -> bool,
    receive: &'a mut dyn FnMut(Outcome) -> ControlFlow<()>,
}

impl Reading<'_> {
    fn settle(&mut self, outcome: Outcome, is_lost: bool) -> ControlFlow<()> {
        self.settled.push(is_lost);
        self.unfinished = None;
        (self.receive)(outcome)
    }
}

/// One worker process. It ends with this value.
struct Worker {
    child: Child,
    stdin: Option<ChildStdin>,
    replies: Receiver<io::Result<Vec<u8>>>,
    last_words: Option<JoinHandle<String>>,
    /// Jobs done.
    read: usize,
    /// Bytes in use after the last one.
    memory: u64,
}

impl Worker {
    fn start(workers: &Workers) -> io::Result<Self> {
        let mut command = Command::new(&workers.program);
        command.args(&workers.arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        if std::env::var_os(OWN_PAGES.0).is_none() {
            command.env(OWN_PAGES.0, OWN_PAGES.1);
        }
        alone(&mut command);
        let failed =
            |error: io::Error| io::Error::new(error.kind(), format!("can't start a worker process: {error}"));
        let mut child = command.spawn().map_err(failed)?;
        let stdin = child.stdin.take();
        let (sender, replies) = mpsc::sync_channel(REPLIES);
        if let Some(mut stdout) = child.stdout.take() {
            let listen = move || {
                while let Some(reply) = reply(&mut stdout).transpose() {
                    let broken = reply.is_err();
                    if sender.send(reply).is_err() || broken {
                        break;
                    }
                }
            };
            thread::Builder::new().name("replies".to_owned()).spawn(listen)?;
        }
        let stderr = child.stderr.take();
        let listen = move || stderr.map(last_words).unwrap_or_default();
        let last_words = Some(thread::Builder::new().name("last-words".to_owned()).spawn(listen)?);
        Ok(Self { child, stdin, replies, last_words, read: 0, memory: 0 })
    }

    fn run(&mut self, job: &Job, time_limit: Duration, reading: &mut Reading) -> End {
        let sent = encode(job).and_then(|job| match &mut self.stdin {
            Some(stdin) => frame::write(stdin, &job),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        });
        if sent.is_err() {
            return crashed("the worker does not listen");
        }
        loop {
            let content = match self.reply(time_limit, reading.stopped) {
                Ok(Some(content)) => content,
                Ok(None) => return End::Stopped,
                Err(cause) => return End::Lost(cause),
            };
            match unpack(&content) {
                Ok(Reply::Begins(unfinished)) => reading.unfinished = Some(*unfinished),
                Ok(Reply::Read(outcome)) => {
                    if reading.settle(*outcome, false).is_break() {
                        return End::Stopped;
                    }
                }
                Ok(Reply::Done(memory)) => {
                    self.memory = memory;
                    self.read += 1;
                    return End::Done;
                }
                Err(_) => return crashed("the worker talks nonsense"),
            }
        }
    }

    /// The next thing the worker says; `None` when the run was stopped.
    fn reply(&self, time_limit: Duration, stopped: &dyn Fn() -> bool) -> Result<Option<Vec<u8>>, ReadError> {
        let end = Instant::now() + time_limit;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.replies.recv_timeout(left.min(LOOK)) {
                Ok(Ok(content)) => return Ok(Some(content)),
                Ok(Err(error)) => return Err(ReadError::Crashed { message: error.to_string() }),
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(ReadError::Crashed { message: "the worker ended".to_owned() });
                }
                Err(RecvTimeoutError::Timeout) if stopped() => return Ok(None),
                Err(RecvTimeoutError::Timeout) if left.is_zero() => {
                    return Err(ReadError::TimedOut { seconds: time_limit.as_secs() });
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// Ends the worker and says what it died of.
    fn cause(mut self, seen: ReadError, workers: &Workers) -> ReadError {
        if matches!(seen, ReadError::TimedOut { .. }) {
            return seen;
        }
        // Whoever closed its pipes has ended or is about to; one that only talks nonsense must be ended.
        self.stdin = None;
        let status = self.wait(Duration::from_secs(1));
        let words = self.last_words.take().and_then(|words| words.join().ok()).unwrap_or_default();
        if words.contains(OUT_OF_MEMORY) || status.is_some_and(killed_by_system) {
            return ReadError::OutOfMemory { limit: workers.memory_limit };
        }
        // What a process says in its last words varies from run to run; only the kind of its death is data.
        match status {
            _ if words.contains(STACK_OVERFLOW) => {
                ReadError::Crashed { message: "the stack overflowed".to_owned() }
            }
            Some(status) => ReadError::Crashed { message: manner(status) },
            None => seen,
        }
    }

    /// Waits for the process to end by itself, and ends it when it does not.
    fn wait(&mut self, patience: Duration) -> Option<ExitStatus> {
        let end = Instant::now() + patience;
        while Instant::now() < end {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Some(status);
            }
            thread::sleep(Duration::from_millis(2));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        None
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The pieces of the next reply, which an empty frame ends; `None` at the end of the stream.
fn reply(stdout: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut packed = Vec::new();
    while let Some(piece) = frame::read(stdout)? {
        if piece.is_empty() {
            return Ok(Some(packed));
        }
        if packed.len() + piece.len() > frame::MAX_BYTES as usize {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a reply longer than 1 GiB"));
        }
        packed.extend(piece);
    }
    if packed.is_empty() { Ok(None) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

fn crashed(message: &str) -> End {
    End::Lost(ReadError::Crashed { message: message.to_owned() })
}

/// The end of what is said on stderr.
fn last_words(mut stderr: impl Read) -> String {
    let mut words: Vec<u8> = Vec::new();
    let mut piece = [0; 1024];
    while let Ok(count @ 1..) = stderr.read(&mut piece) {
        words.extend(&piece[..count]);
        let surplus = words.len().saturating_sub(LAST_WORDS);
        words.drain(..surplus);
    }
    String::from_utf8_lossy(&words).into_owned()
}

/// Keeps a Ctrl-C in the terminal, which goes to a whole group of processes, from the worker: the run ends it.
#[cfg(unix)]
fn alone(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(windows)]
fn alone(command: &mut Command) {
    /// `CREATE_NEW_PROCESS_GROUP` of the Windows API.
    const NEW_GROUP: u32 = 0x200;
    std::os::windows::process::CommandExt::creation_flags(command, NEW_GROUP);
}

#[cfg(not(any(unix, windows)))]
fn alone(_command: &mut Command) {}

/// How a process ended, in words that are the same on every machine of a kind.
fn manner(status: ExitStatus) -> String {
    match (status.code(), signal(status)) {
        (Some(code), _) => format!("the worker ended with exit code {code}"),
        (None, Some(signal)) => format!("the worker ended with signal {signal}"),
        (None, None) => "the worker ended".to_owned(),
    }
}

/// Whether a signal that we never send before the process has ended came from outside: a system that is short of
/// memory sends SIGKILL.
fn killed_by_system(status: ExitStatus) -> bool {
    const SIGKILL: i32 = 9;
    signal(status) == Some(SIGKILL)
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_status: ExitStatus) -> Option<i32> {
    None
}
