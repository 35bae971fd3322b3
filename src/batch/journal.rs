//! The journal of a run: every outcome as it comes, so that a run that was broken off goes on where it was.
//!
//! A file of frames: one that names the build and its limits, then for each input its outcomes and a frame that ends
//! them. What was cut off in the middle of a write counts for nothing. An input is taken from the journal when its path
//! and the SHA-256 of its bytes are those of the entry; nothing is believed of times and sizes.

use super::codec::{encode, pack, unpack};
use super::discovery::Input;
use super::frame;
use super::hash::{self, sha256};
use super::note;
use super::scan::{self, Entry};
use crate::reader::Limits;
use crate::record::Outcome;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

const NAME: &str = "journal";
/// How long entries may wait before they are forced onto the disk: what a power cut may cost.
const SYNC_EVERY: Duration = Duration::from_secs(2);

/// What a frame of the journal is: its first byte.
pub(super) mod kind {
    pub const BUILD: u8 = 0;
    pub const OUTCOME: u8 = 1;
    pub const END: u8 = 2;
}

/// The frame that ends the outcomes of an input.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct End {
    /// The input's path below the input root.
    pub(super) path: String,
    /// Its SHA-256.
    pub(super) sha256: String,
    /// Outcomes before this frame.
    pub(super) outcomes: usize,
    /// What one document could cost, where a document of this input cost more: with other bounds it is read again.
    pub(super) bounds: Option<Bounds>,
}

/// What one document may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Bounds {
    /// Time in milliseconds; 0 without a limit.
    pub milliseconds: u64,
    /// Memory in bytes; 0 without a limit.
    pub memory: u64,
}

/// The journal in the folder of a run's state.
#[derive(Debug)]
pub struct Journal {
    folder: PathBuf,
    path: PathBuf,
    /// The frame that names the build and its limits.
    build: Vec<u8>,
    /// What earlier runs left, by path.
    entries: BTreeMap<String, Entry>,
    tail: Tail,
    bounds: Bounds,
}

/// The end of the file, where entries are added.
#[derive(Debug)]
pub(super) struct Tail {
    file: BufWriter<File>,
    synced: Instant,
}

/// The part of a journal that threads share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Past<'a> {
    path: &'a Path,
    entries: &'a BTreeMap<String, Entry>,
    bounds: Bounds,
}

impl Journal {
    /// Opens the journal in `folder`. What is in it is kept when `resume` says so and the same build wrote it with the
    /// same limits.
    ///
    /// # Errors
    /// What the file system said.
    pub fn open(folder: &Path, limits: &Limits, bounds: Bounds, resume: bool) -> io::Result<Self> {
        let path = folder.join(NAME);
        let build = [&[kind::BUILD], format!("{} {limits:?}", build()).as_bytes()].concat();
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path)?;
        let found = if resume { scan::scan(&file, &build)? } else { scan::Found::default() };
        file.set_len(found.length)?;
        let mut file = BufWriter::new(file);
        file.seek(SeekFrom::Start(found.length))?;
        if found.length == 0 {
            frame::write(&mut file, &build)?;
            file.flush()?;
        }
        let tail = Tail { file, synced: Instant::now() };
        Ok(Self { folder: folder.to_owned(), path, build, entries: found.entries, tail, bounds })
    }

    /// Inputs that an earlier run has read.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.entries.len()
    }

    /// What the run said that made this result of the same inputs with the same bytes. `None` where an input was added,
    /// removed or changed since, another run made the result, or anything is in doubt.
    ///
    /// # Errors
    /// No threads could be started.
    pub fn finished<T: DeserializeOwned>(
        &self,
        inputs: &[Input],
        result: &str,
        jobs: usize,
        stop: &AtomicBool,
    ) -> io::Result<Option<T>> {
        let key = note::key(&self.build, inputs, &self.entries, result);
        let Some(said) = key.and_then(|key| note::read(&self.folder, &key)) else { return Ok(None) };
        let past = self.past();
        let same = |input: &Input| past.entry(input).is_some();
        Ok(hash::all(inputs, jobs, stop, same)?.then_some(said))
    }

    /// Completes the journal of a run over these inputs, and notes what the run said beside the hash of its result.
    /// Entries of other inputs go when they take more room than the rest.
    ///
    /// # Errors
    /// What the file system said.
    pub fn finish(mut self, inputs: &[Input], result: &str, said: &impl Serialize) -> io::Result<()> {
        self.tail.sync()?;
        let mut file = self.tail.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        let length = file.stream_position()?;
        let entries = scan::entries(&file)?;
        match note::key(&self.build, inputs, &entries, result) {
            Some(key) => note::write(&self.folder, &key, said)?,
            None => note::remove(&self.folder)?,
        }
        let kept: Vec<&Entry> = inputs.iter().filter_map(|input| entries.get(&input.path)).collect();
        let live: u64 = kept.iter().map(|entry| entry.length).sum();
        if self.entries.is_empty() || length / 2 <= live {
            return Ok(());
        }
        let part = self.path.with_extension("part");
        scan::copy(&file, &kept, &part)?;
        fs::rename(&part, &self.path)
    }

    pub(super) fn parts(&mut self) -> (Past<'_>, &mut Tail) {
        (Past { path: &self.path, entries: &self.entries, bounds: self.bounds }, &mut self.tail)
    }

    fn past(&self) -> Past<'_> {
        Past { path: &self.path, entries: &self.entries, bounds: self.bounds }
    }
}

impl<'a> Past<'a> {
    /// The entry of an input whose bytes are those it was made of.
    fn entry(self, input: &Input) -> Option<&'a Entry> {
        let entry = self.entries.get(&input.path).filter(|_| input.problem.is_none())?;
        let same_bounds = entry.bounds.is_none_or(|bounds| bounds == self.bounds);
        (same_bounds && sha256(&input.file).is_some_and(|sha256| sha256 == entry.sha256)).then_some(entry)
    }

    /// Hands on the outcomes of an input as they were when its bytes were the same, and says whether there were any.
    pub(super) fn replay(
        self,
        input: &Input,
        receive: &mut dyn FnMut(Outcome) -> ControlFlow<()>,
    ) -> io::Result<bool> {
        let Some(entry) = self.entry(input) else { return Ok(false) };
        // All frames are looked at before the first is used, so that a broken one costs no more than a reading.
        if self.frames(entry, &mut |_| Ok(ControlFlow::Continue(()))).is_err() {
            return Ok(false);
        }
        self.frames(entry, &mut |content| Ok(receive(unpack(content)?)))?;
        Ok(true)
    }

    fn frames(
        self,
        entry: &Entry,
        each: &mut dyn FnMut(&[u8]) -> io::Result<ControlFlow<()>>,
    ) -> io::Result<()> {
        let mut file = BufReader::new(File::open(self.path)?);
        file.seek(SeekFrom::Start(entry.start))?;
        for _ in 0..entry.outcomes {
            match frame::read(&mut file)?.as_deref() {
                Some([kind::OUTCOME, content @ ..]) => {
                    if each(content)?.is_break() {
                        break;
                    }
                }
                _ => return Err(io::ErrorKind::InvalidData.into()),
            }
        }
        Ok(())
    }

    /// The frame of an outcome.
    pub(super) fn outcome(outcome: &Outcome) -> io::Result<Vec<u8>> {
        pack(&[kind::OUTCOME], outcome)
    }

    /// The frame that ends an input whose outcomes these codes and this hash tell of.
    pub(super) fn end(
        self,
        path: &str,
        sha256: String,
        outcomes: usize,
        is_bound: bool,
    ) -> io::Result<Vec<u8>> {
        let bounds = is_bound.then_some(self.bounds);
        let bytes = encode(&End { path: path.to_owned(), sha256, outcomes, bounds })?;
        Ok([&[kind::END], bytes.as_slice()].concat())
    }
}

impl Tail {
    /// Adds a frame; one that ends an input goes to the system at once and to the disk soon.
    pub(super) fn add(&mut self, content: &[u8]) -> io::Result<()> {
        frame::write(&mut self.file, content)?;
        if content.first() == Some(&kind::END) {
            self.file.flush()?;
            if self.synced.elapsed() >= SYNC_EVERY {
                self.sync()?;
            }
        }
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.flush()?;
        self.file.get_ref().sync_data()?;
        self.synced = Instant::now();
        Ok(())
    }
}

/// The program by its version and its bytes: what another build has read may be read otherwise by this one.
fn build() -> String {
    let program = std::env::current_exe().ok().and_then(|program| hash::mark(&program)).unwrap_or_default();
    format!("{} {program}", env!("CARGO_PKG_VERSION"))
}
