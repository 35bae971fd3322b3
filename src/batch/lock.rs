//! The state folder in an output folder, and the lock that keeps a second run out of it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// The folder in the output folder that holds the state of a run: its lock and its journal.
pub const STATE_FOLDER: &str = ".gongkai";
const LOCK: &str = "lock";

/// Holds the output folder for one run. The system gives it free when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    folder: PathBuf,
    /// Locked as long as it is open.
    _file: File,
}

/// Why an output folder can't be had.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another run has it.
    #[error("{}: another run{} is writing to this folder", .out.display(), in_brackets(.process))]
    Taken {
        /// The output folder.
        out: PathBuf,
        /// The number of its process; empty where it is not known.
        process: String,
    },
    /// The state folder can't be made or locked.
    #[error("{}: can't lock the folder", .out.display())]
    Io {
        /// The output folder.
        out: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

fn in_brackets(number: &str) -> String {
    if number.is_empty() { String::new() } else { format!(" (process {number})") }
}

impl Lock {
    /// Takes the output folder, which is made where it does not exist.
    ///
    /// # Errors
    /// Another run has it, or the file system does not allow it.
    pub fn acquire(out: &Path) -> Result<Self, LockError> {
        let failed = |source| LockError::Io { out: out.to_owned(), source };
        let folder = out.join(STATE_FOLDER);
        fs::create_dir_all(&folder).map_err(failed)?;
        let options = OpenOptions::new().read(true).write(true).create(true).truncate(false).to_owned();
        let mut file = options.open(folder.join(LOCK)).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut process = String::new();
                let _ = file.take(20).read_to_string(&mut process);
                return Err(LockError::Taken { out: out.to_owned(), process });
            }
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        let written = file.set_len(0).and_then(|()| file.rewind());
        written.and_then(|()| write!(file, "{}", std::process::id())).map_err(failed)?;
        Ok(Self { folder, _file: file })
    }

    /// The state folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_held_by_one_run_at_a_time() {
        let out = tempfile::tempdir().unwrap();
        let first = Lock::acquire(out.path()).unwrap();
        let error = Lock::acquire(out.path()).unwrap_err().to_string();
        let number = format!("process {}", std::process::id());
        assert!(error.contains(&number), "{error}");
        drop(first);
        assert!(Lock::acquire(out.path()).is_ok(), "the lock file that was left is no lock");
    }
}
