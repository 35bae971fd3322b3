//! The SHA-256 of files, many at a time.

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// A file, and what it should hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// Where it is.
    pub file: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// The SHA-256 of its bytes, 64 hex digits.
    pub sha256: String,
}

/// Whether all files hold what is stated of them; `false` after a stop too.
///
/// # Errors
/// No threads could be started.
pub fn are_as_stated(files: &[Stated], jobs: usize, stop: &AtomicBool) -> io::Result<bool> {
    let size = |stated: &Stated| fs::metadata(&stated.file).map(|found| found.len()).ok();
    if files.iter().any(|stated| size(stated) != Some(stated.bytes)) {
        return Ok(false);
    }
    // The largest first, so that none is left over for the end.
    let mut files: Vec<&Stated> = files.iter().collect();
    files.sort_by_key(|stated| std::cmp::Reverse(stated.bytes));
    all(&files, jobs, stop, |stated| sha256(&stated.file).is_some_and(|sha256| sha256 == stated.sha256))
}

/// Whether something holds of all items, tried on so many threads until it does not; `false` after a stop too.
pub(super) fn all<I: Sync>(
    items: &[I],
    jobs: usize,
    stop: &AtomicBool,
    holds: impl Fn(&I) -> bool + Sync,
) -> io::Result<bool> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.max(1)).build().map_err(io::Error::other)?;
    let holds = |item: &I| !stop.load(Ordering::Relaxed) && holds(item);
    Ok(pool.install(|| items.par_iter().with_max_len(1).all(holds)))
}

/// The SHA-256 of a file in hex; `None` where it can't be read.
pub(super) fn sha256(file: &Path) -> Option<String> {
    let mut file = File::open(file).ok()?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; 1 << 17];
    loop {
        match file.read(&mut piece).ok()? {
            0 => return Some(hex(&hash.finalize())),
            count => hash.update(&piece[..count]),
        }
    }
}

/// The size of a file and the CRC-32 of its bytes, which tells builds of a program apart; `None` where it can't be read.
pub(super) fn mark(file: &Path) -> Option<String> {
    let mut file = File::open(file).ok()?;
    let mut sum = crc32fast::Hasher::new();
    let (mut piece, mut size) = (vec![0; 1 << 17], 0);
    loop {
        match file.read(&mut piece).ok()? {
            0 => return Some(format!("{size} {:08x}", sum.finalize())),
            count => {
                sum.update(&piece[..count]);
                size += count;
            }
        }
    }
}

/// Bytes as hex digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}
