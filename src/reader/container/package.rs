//! A package whose parts are unpacked within limits: a zip file, or an XML file that holds them all.

use super::flat;
use crate::reader::{Limits, ReadError};
use std::io::{Cursor, Read};
use zip::result::{ZipError, ZipResult};
use zip::{CompressionMethod, ZipArchive};

/// How many times its packed size a part may unpack to. Deflate reaches 1,032; the most repetitive real
/// `document.xml` (a table of thousands of equal rows) stays below 100.
const MAX_RATIO: u64 = 200;
/// Parts below this size are never refused for their ratio.
const FREE_BYTES: u64 = 32 << 20;

/// Most entries a zip may have: each takes some 300 bytes of memory before any is looked at.
const MAX_ENTRIES: u64 = 200_000;
/// Where the end of a directory is looked for: its records and the longest comment.
const END_WINDOW: usize = 66_000;

/// An open package.
pub(in crate::reader) struct Package<'a> {
    parts: Parts<'a>,
    /// The names of the parts as they are compared (see [`part_key`]), in the order of the directory.
    keys: Vec<String>,
    limits: Limits,
    unpacked: u64,
}

/// Where the parts are.
enum Parts<'a> {
    Zip(ZipArchive<Cursor<&'a [u8]>>),
    /// As they stand in a flat package.
    Flat(Vec<&'a [u8]>),
}

/// Opens a zip whose directory is of a size that documents have.
pub(in crate::reader) fn open_zip(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, ReadError> {
    if stated_entries(bytes) > MAX_ENTRIES {
        return Err(ReadError::TooLarge { what: "the number of entries".to_owned(), limit: MAX_ENTRIES });
    }
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| Package::error("file", &error))
}

/// How many bytes of memory an entry asks for before the first of its own: only LZMA lets a file say, at the head of its
/// data.
pub(in crate::reader) fn asked_memory(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
) -> ZipResult<u64> {
    let mut packed = archive.by_index_raw(index)?;
    if packed.compression() != CompressionMethod::Lzma {
        return Ok(0);
    }
    let mut head = [0; 9];
    packed.read_exact(&mut head)?;
    Ok(u64::from(u32::from_le_bytes([head[5], head[6], head[7], head[8]])))
}

/// How many entries the end of the directory states: in its own record or, where that is full, in the one of zip64.
fn stated_entries(bytes: &[u8]) -> u64 {
    let tail = &bytes[bytes.len().saturating_sub(END_WINDOW)..];
    let find = |mark: &[u8]| tail.windows(4).rposition(|window| window == mark);
    let number = |start: usize, length: usize| {
        let field = tail.get(start..start + length).unwrap_or_default();
        field.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
    };
    let end = find(b"PK\x05\x06").map_or(0, |at| number(at + 10, 2));
    if end < 0xffff { end } else { find(b"PK\x06\x06").map_or(end, |at| number(at + 32, 8)) }
}

/// How many bytes a part packed into so many may unpack to.
pub(in crate::reader) fn by_ratio(packed: u64) -> u64 {
    packed.saturating_mul(MAX_RATIO).max(FREE_BYTES)
}

impl<'a> Package<'a> {
    /// Reads the directory of a zip file.
    pub(in crate::reader) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, ReadError> {
        let archive = open_zip(bytes)?;
        let keys = archive.file_names_raw().map(|name| part_key(&String::from_utf8_lossy(name))).collect();
        Ok(Self { parts: Parts::Zip(archive), keys, limits: *limits, unpacked: 0 })
    }

    /// Finds the XML parts of a flat package, which is UTF-8.
    pub(in crate::reader) fn flat(bytes: &'a [u8], limits: &Limits) -> Result<Self, ReadError> {
        let (names, parts): (Vec<_>, Vec<_>) = flat::parts(bytes)?.into_iter().unzip();
        let keys = names.iter().map(|name| part_key(name)).collect();
        Ok(Self { parts: Parts::Flat(parts), keys, limits: *limits, unpacked: 0 })
    }

    /// Whether there is such a part.
    pub(in crate::reader) fn has(&self, part: &str) -> bool {
        self.index(part).is_some()
    }

    /// The unpacked bytes of a part; `None` where there is no such part.
    pub(in crate::reader) fn part(&mut self, part: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(index) = self.index(part) else { return Ok(None) };
        let left = self.limits.unpacked_bytes.saturating_sub(self.unpacked);
        let archive = match &mut self.parts {
            Parts::Zip(archive) => archive,
            Parts::Flat(parts) => return Ok(parts.get(index).map(|bytes| bytes.to_vec())),
        };
        if asked_memory(archive, index).map_err(|error| Self::error(part, &error))?
            > self.limits.unpacked_bytes
        {
            return Err(too_large(part, self.limits.unpacked_bytes));
        }
        let entry = archive.by_index(index).map_err(|error| Self::error(part, &error))?;
        let allowed = left.min(by_ratio(entry.compressed_size()));
        let declared = entry.size();
        if declared > allowed {
            return Err(too_large(part, allowed));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(declared).unwrap_or(0));
        let read = entry.take(allowed + 1).read_to_end(&mut bytes);
        read.map_err(|error| damaged(part, bytes.len() as u64, &error.to_string()))?;
        if bytes.len() as u64 > allowed {
            return Err(too_large(part, allowed));
        }
        self.unpacked += bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// The first bytes of a part, at most `most`, for a look at what it is.
    pub(in crate::reader) fn head(&mut self, part: &str, most: u64) -> Option<Vec<u8>> {
        let index = self.index(part)?;
        let Parts::Zip(archive) = &mut self.parts else { return None };
        let entry = archive.by_index(index).ok()?;
        let mut bytes = Vec::new();
        // A broken part still tells what it began with.
        let _ = entry.take(most).read_to_end(&mut bytes);
        Some(bytes)
    }

    fn index(&self, part: &str) -> Option<usize> {
        let key = part_key(part);
        self.keys.iter().position(|other| *other == key)
    }

    fn error(part: &str, error: &ZipError) -> ReadError {
        match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                ReadError::Encrypted { what: part.to_owned() }
            }
            other => damaged(part, 0, &other.to_string()),
        }
    }
}

/// Part names are compared without regard to case (ECMA-376 part 2, 6.2.2.3); some packers write `\`.
fn part_key(name: &str) -> String {
    name.trim_start_matches(['/', '\\']).replace('\\', "/").to_lowercase()
}

fn too_large(part: &str, limit: u64) -> ReadError {
    ReadError::TooLarge { what: format!("the unpacked size of {part}"), limit }
}

fn damaged(part: &str, offset: u64, found: &str) -> ReadError {
    ReadError::Damaged { part: part.to_owned(), offset, expected: format!("sound zip data ({found})") }
}
