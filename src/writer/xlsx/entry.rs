//! One file of the package, written beside others: it is compressed as it comes, into a file without a name.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// Text that is handed to the compressor at once.
const PIECE_BYTES: usize = 1 << 16;
/// What is asked of the compressor, from 1 to 9: sheets repeat themselves so much that more work saves little.
const LEVEL: i64 = 1;

/// A file of the package that is being written.
pub(super) struct Entry {
    zip: ZipWriter<File>,
    /// What was said since the last piece.
    pub(super) text: Vec<u8>,
    /// Bytes of all text before.
    written: u64,
}

/// A file of the package that is complete, as an archive of its own.
pub(super) type Complete = ZipArchive<File>;

/// How every file of a package is packed: compressed, and without clock time.
pub(super) fn packing() -> SimpleFileOptions {
    let packing = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    packing.compression_level(Some(LEVEL)).last_modified_time(DateTime::default())
}

impl Entry {
    /// Begins the file `name`, kept in `folder`, where it is gone as soon as this process is.
    pub(super) fn begin(folder: &Path, name: &str) -> io::Result<Self> {
        let mut zip = ZipWriter::new(tempfile::tempfile_in(folder)?);
        zip.start_file(name, packing())?;
        Ok(Self { zip, text: Vec::with_capacity(PIECE_BYTES * 2), written: 0 })
    }

    /// Bytes so far, before compression.
    pub(super) fn bytes(&self) -> u64 {
        self.written + self.text.len() as u64
    }

    /// Hands the text on to the compressor, once there is enough of it.
    pub(super) fn pass_on(&mut self) -> io::Result<()> {
        if self.text.len() < PIECE_BYTES { Ok(()) } else { self.drain() }
    }

    pub(super) fn finish(mut self) -> io::Result<Complete> {
        self.drain()?;
        Ok(self.zip.finish_into_readable()?)
    }

    fn drain(&mut self) -> io::Result<()> {
        self.zip.write_all(&self.text)?;
        self.written += self.text.len() as u64;
        self.text.clear();
        Ok(())
    }
}
