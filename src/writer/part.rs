//! One output file under the name of a part, and what is known of it when it is complete.

use super::WriteError;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its path below the output folder, `/` between folders.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// The SHA-256 of its bytes, 64 hex digits.
    pub sha256: String,
    /// What its format could not hold, counted by code: it goes into `run.json`.
    pub notes: Vec<(&'static str, u64)>,
}

#[cfg(any(feature = "parquet", feature = "xlsx"))]
impl Written {
    /// Adds a count, unless it is 0.
    pub(super) fn note(&mut self, code: &'static str, count: u64) {
        if count > 0 {
            self.notes.push((code, count));
        }
    }
}

/// Bytes that are hashed and handed to the system at once: many, so that it is asked rarely, but no more than the
/// processor's own memory holds.
const PIECE_BYTES: usize = 1 << 18;

/// A file under the name of a part, hashed as it is written.
pub(super) struct PartFile {
    name: String,
    path: PathBuf,
    file: File,
    /// What is not handed on yet.
    pub(super) text: Vec<u8>,
    hash: Sha256,
    bytes: u64,
}

impl PartFile {
    pub(super) fn create(name: &str, path: PathBuf) -> Result<Self, WriteError> {
        let file = File::create(&path).map_err(WriteError::on(&path, "create the file"))?;
        Ok(Self { name: name.to_owned(), path, file, text: Vec::new(), hash: Sha256::new(), bytes: 0 })
    }

    /// Hands the text on, once there is enough of it.
    pub(super) fn pass_on(&mut self) -> Result<(), WriteError> {
        if self.text.len() < PIECE_BYTES { Ok(()) } else { self.drain() }
    }

    /// Completes the file.
    pub(super) fn finish(mut self) -> Result<Written, WriteError> {
        self.drain()?;
        let sha256 = hex(&self.hash.finalize());
        Ok(Written { name: self.name, bytes: self.bytes, sha256, notes: Vec::new() })
    }

    fn drain(&mut self) -> Result<(), WriteError> {
        self.flush().map_err(|error| self.failed("write", error))
    }

    /// The error with this file's path.
    pub(super) fn failed(&self, action: &'static str, error: io::Error) -> WriteError {
        WriteError::on(&self.path, action)(error)
    }

    /// What [`PartFile::failed`] does, for when the file is gone into a writer.
    #[cfg(feature = "parquet")]
    pub(super) fn namer(&self) -> impl Fn(&'static str, io::Error) -> WriteError + use<> {
        let path = self.path.clone();
        move |action, error| WriteError::on(&path, action)(error)
    }
}

/// The path of a part that is written by others, and hashed when it is complete.
#[cfg(feature = "sqlite")]
pub(super) struct PartPath {
    name: String,
    path: PathBuf,
}

#[cfg(feature = "sqlite")]
impl PartPath {
    pub(super) fn new(name: &str, path: PathBuf) -> Self {
        Self { name: name.to_owned(), path }
    }

    pub(super) fn path(&self) -> &std::path::Path {
        &self.path
    }

    /// Hashes the completed file.
    pub(super) fn finish(self) -> Result<Written, WriteError> {
        let (bytes, sha256) = hashed(&self.path).map_err(WriteError::on(&self.path, "read back"))?;
        Ok(Written { name: self.name, bytes, sha256, notes: Vec::new() })
    }

    /// The error with this file's path.
    pub(super) fn failed(&self, action: &'static str, error: io::Error) -> WriteError {
        WriteError::on(&self.path, action)(error)
    }
}

impl Write for PartFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.text.len() >= PIECE_BYTES {
            self.flush()?;
        }
        self.text.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.hash.update(&self.text);
        self.bytes += self.text.len() as u64;
        self.file.write_all(&self.text)?;
        self.text.clear();
        Ok(())
    }
}

/// Size and hash of a file, read piece by piece.
#[cfg(feature = "sqlite")]
fn hashed(path: &std::path::Path) -> io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let (mut hash, mut size) = (Sha256::new(), 0);
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        match io::Read::read(&mut file, &mut piece)? {
            0 => return Ok((size, hex(&hash.finalize()))),
            count => {
                hash.update(&piece[..count]);
                size += count as u64;
            }
        }
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}
