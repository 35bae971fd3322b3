//! How much a single file may claim.

/// Bounds on what one file may make the reader do. Sizes in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest file that is opened. 512 MiB: the largest disclosure seen has 80 MB.
    pub file_bytes: u64,
    /// Most bytes that all parts of a container may unpack to. 128 MiB: a thousand pages of tables have some 30 MB.
    pub unpacked_bytes: u64,
    /// Deepest nesting of elements and of tables in tables.
    pub depth: usize,
    /// Most table cells in one document, empty positions included. A million of them take 80 MB.
    pub cells: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file_bytes: 512 << 20, unpacked_bytes: 128 << 20, depth: 256, cells: 1_000_000 }
    }
}
