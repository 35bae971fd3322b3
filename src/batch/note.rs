//! The note that a finished run leaves in the folder of its state: of which inputs its result was made, and what it said.
//!
//! It holds for one build with its limits, for these inputs with what the journal has of them, and for one result. A
//! run that would end with the same need not write it again.

use super::codec::{decode, encode};
use super::discovery::Input;
use super::frame;
use super::hash::hex;
use super::scan::Entry;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::Path;

const NAME: &str = "finished";

/// The hash of all that a result depends on, and of the result; `None` where the journal does not hold an input.
pub(super) fn key(
    build: &[u8],
    inputs: &[Input],
    entries: &BTreeMap<String, Entry>,
    result: &str,
) -> Option<String> {
    let mut hash = Sha256::new();
    let mut add = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    };
    add(build);
    add(result.as_bytes());
    for input in inputs {
        let entry = entries.get(&input.path)?;
        add(input.path.as_bytes());
        add(entry.sha256.as_bytes());
        add(format!("{:?} {} {}", entry.bounds, entry.outcomes, entry.length).as_bytes());
    }
    Some(hex(&hash.finalize()))
}

/// Leaves the note.
pub(super) fn write(folder: &Path, key: &str, said: &impl Serialize) -> io::Result<()> {
    let (path, part) = (folder.join(NAME), folder.join(format!("{NAME}.part")));
    frame::write(&mut File::create(&part)?, &encode(&(key, said))?)?;
    fs::rename(part, path)
}

/// What the run with this key said. A note that is missing or broken is none.
pub(super) fn read<T: DeserializeOwned>(folder: &Path, key: &str) -> Option<T> {
    let content = frame::read(&mut File::open(folder.join(NAME)).ok()?).ok()??;
    let (found, said): (String, T) = decode(&content).ok()?;
    (found == key).then_some(said)
}

/// Takes away the note of an earlier run.
pub(super) fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_file(folder.join(NAME)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
