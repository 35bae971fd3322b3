//! How much a single file may claim.

use serde::{Deserialize, Serialize};

/// Bounds on what one file may make the reader do. Sizes in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Largest file that is opened. 512 MiB: the largest disclosure seen has 80 MB.
    pub file_bytes: u64,
    /// Most bytes that all parts of a container may unpack to. 128 MiB: a thousand pages of tables have some 30 MB.
    pub unpacked_bytes: u64,
    /// Deepest nesting of elements and of tables in tables.
    pub depth: usize,
    /// Most table cells in one document, empty positions included. A million of them take 80 MB.
    pub cells: usize,
    /// Deepest nesting of archives in archives.
    pub archive_depth: usize,
    /// Most entries in an archive and all archives in it.
    pub archive_members: u64,
    /// Most bytes that an archive and all archives in it may unpack to. 1 GiB: twice the largest file that is opened,
    /// since documents are packed already and hardly shrink in an archive.
    pub archive_bytes: u64,
    /// Most unpacked bytes of archives that are in memory at a time.
    pub archive_held_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 512 << 20,
            unpacked_bytes: 128 << 20,
            depth: 256,
            cells: 1_000_000,
            archive_depth: 4,
            archive_members: 20_000,
            archive_bytes: 1 << 30,
            archive_held_bytes: 256 << 20,
        }
    }
}
