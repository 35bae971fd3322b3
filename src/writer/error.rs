//! Why a result could not be written.

use std::io;
use std::path::{Path, PathBuf};

/// An error of the file system on an output file or folder.
#[derive(Debug, thiserror::Error)]
#[error("{}: can't {action}", .path.display())]
pub struct WriteError {
    /// The file or folder.
    pub path: PathBuf,
    /// What was attempted.
    pub action: &'static str,
    /// What the system said.
    pub source: io::Error,
}

impl WriteError {
    /// For `map_err`: adds the path and what was attempted to an error.
    pub(super) fn on<E: Into<io::Error>>(path: &Path, action: &'static str) -> impl FnOnce(E) -> Self {
        let path = path.to_owned();
        move |source| Self { path, action, source: source.into() }
    }
}
