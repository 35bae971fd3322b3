//! One file of the package, written beside others: it is compressed as it comes, into a file without a name.

use super::deflate::{Deflater, Hint};
use crc32fast::Hasher;
use std::fs::File;
use std::io::{self, Seek, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive};

/// Text that is compressed at once, and compressed text that is handed to the system at once.
const PIECE_BYTES: usize = 1 << 16;
/// What is asked of the compressor for the small files, from 1 to 9.
const LEVEL: i64 = 1;

/// A file of the package that is being written, as the only one of an archive.
pub(super) struct Entry {
    file: File,
    name: String,
    /// What was said since the last piece.
    pub(super) text: Vec<u8>,
    hints: Vec<Hint>,
    deflater: Deflater,
    hash: Hasher,
    /// Bytes of all text before.
    written: u64,
    /// Compressed bytes in the file.
    packed: u64,
}

/// A file of the package that is complete, as an archive of its own.
pub(super) type Complete = ZipArchive<File>;

/// How the small files of a package are packed: compressed, and without clock time, as the others are.
pub(super) fn packing() -> SimpleFileOptions {
    let packing = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    packing.compression_level(Some(LEVEL)).last_modified_time(DateTime::default())
}

impl Entry {
    /// Begins the file `name`, kept in `folder`, where it is gone as soon as this process is.
    pub(super) fn begin(folder: &Path, name: &str) -> io::Result<Self> {
        let mut entry = Self {
            file: tempfile::tempfile_in(folder)?,
            name: name.to_owned(),
            text: Vec::with_capacity(PIECE_BYTES * 2),
            hints: Vec::new(),
            deflater: Deflater::new(),
            hash: Hasher::new(),
            written: 0,
            packed: 0,
        };
        // Room for what is known at the end.
        entry.file.write_all(&entry.local_header(0)?)?;
        Ok(entry)
    }

    /// Bytes so far, before compression.
    pub(super) fn bytes(&self) -> u64 {
        self.written + self.text.len() as u64
    }

    /// Says that what comes now resembles what came from there on.
    pub(super) fn resembles(&mut self, before: u64) {
        let back = usize::try_from(self.bytes() - before).unwrap_or(usize::MAX);
        if self.hints.last().is_none_or(|hint| hint.1 != back) {
            self.hints.push((self.text.len(), back));
        }
    }

    /// Hands the text on to the compressor, once there is enough of it.
    pub(super) fn pass_on(&mut self) -> io::Result<()> {
        if self.text.len() < PIECE_BYTES { Ok(()) } else { self.drain() }
    }

    pub(super) fn finish(mut self) -> io::Result<Complete> {
        self.drain()?;
        let deflater = std::mem::replace(&mut self.deflater, Deflater::new());
        self.write(&deflater.finish())?;
        let sum = self.hash.clone().finalize();
        let header = self.local_header(sum)?;
        let end = self.end(&header)?;
        self.file.write_all(&end)?;
        self.file.rewind()?;
        self.file.write_all(&header)?;
        Ok(ZipArchive::new(self.file)?)
    }

    fn drain(&mut self) -> io::Result<()> {
        self.hash.update(&self.text);
        self.deflater.add(&self.text, &self.hints);
        self.written += self.text.len() as u64;
        self.text.clear();
        self.hints.clear();
        if self.deflater.ready() < PIECE_BYTES {
            return Ok(());
        }
        let packed = self.deflater.take();
        self.write(&packed)
    }

    fn write(&mut self, packed: &[u8]) -> io::Result<()> {
        self.packed += packed.len() as u64;
        self.file.write_all(packed)
    }

    /// What stands before the compressed text, and once more in the archive's directory (APPNOTE.TXT, 4.3.7).
    fn local_header(&self, sum: u32) -> io::Result<Vec<u8>> {
        /// Unpacked by version 2.0; no flags; deflated; made on 1 January 1980 at 0:00.
        const FACTS: [u16; 5] = [20, 0, 8, 0, 0x21];
        let mut header = b"PK\x03\x04".to_vec();
        header.extend(FACTS.iter().flat_map(|fact| fact.to_le_bytes()));
        header.extend(sum.to_le_bytes());
        header.extend(size(self.packed)?.to_le_bytes());
        header.extend(size(self.written)?.to_le_bytes());
        // In 16 bits, and as many for the length of nothing else.
        header.extend(size(self.name.len() as u64)?.to_le_bytes());
        header.extend(self.name.as_bytes());
        Ok(header)
    }

    /// The directory of the archive, and its end (4.3.12, 4.3.16). `header` is what stands before the compressed text.
    fn end(&self, header: &[u8]) -> io::Result<Vec<u8>> {
        let (facts, name) = header[4..].split_at(header.len() - 4 - self.name.len());
        // Made by version 2.0; no comment, one disk, no attributes, at the beginning of the archive.
        let mut end = [b"PK\x01\x02\x14\0", facts, &[0; 14], name].concat();
        let length = size(end.len() as u64)?;
        let start = size(header.len() as u64 + self.packed)?;
        end.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
        end.extend(length.to_le_bytes());
        end.extend(start.to_le_bytes());
        end.extend([0; 2]);
        Ok(end)
    }
}

fn size(bytes: u64) -> io::Result<u32> {
    u32::try_from(bytes).map_err(io::Error::other)
}
