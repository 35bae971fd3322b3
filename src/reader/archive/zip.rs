//! Zip archives: members unpacked one at a time.

use super::name::{self, RawName};
use super::{Archive, Budget, Content, Member, damaged, too_large};
use crate::document::Format;
use crate::reader::ReadError;
use crate::reader::container::{asked_memory, open_zip};
use std::io::{self, Cursor, Read};
use zip::result::ZipError;
use zip::{CompressionMethod, SUPPORTED_COMPRESSION_METHODS, ZipArchive};

/// The flag of names in UTF-8; the Info-ZIP field with the name in Unicode counts as it.
const UTF8_NAME: u16 = 0x800;

/// An open zip whose members can be unpacked.
pub(super) struct Source<'a>(ZipArchive<Cursor<&'a [u8]>>);

pub(super) fn open<'a>(bytes: &'a [u8], budget: &mut Budget) -> Result<Archive<'a>, ReadError> {
    let mut source = Source(open_zip(bytes)?);
    let (paths, cut) = source.paths(budget)?;
    let mut members = Vec::new();
    for (slot, path) in paths.into_iter().enumerate() {
        if name::is_folder(&path) {
            continue;
        }
        let (size, refusal) = match source.check(slot, &path, budget) {
            Ok(size) => (size, None),
            Err(error) => (source.0.by_index_data(slot).map_or(0, |entry| entry.size()), Some(error)),
        };
        members.push(Member { path, size, refusal, slot });
    }
    Ok(Archive { format: Format::Zip, members, cut, content: Content::Zip(source) })
}

impl Source<'_> {
    /// The paths of all entries that the budget has room for, folders too, by slot.
    fn paths(&self, budget: &mut Budget) -> Result<(Vec<String>, Option<ReadError>), ReadError> {
        let (mut names, mut cut) = (Vec::new(), None);
        for index in 0..self.0.len() {
            if let Err(error) = budget.member() {
                cut = Some(error);
                break;
            }
            let entry = self.0.by_index_data(index).map_err(|error| refused("file", &error))?;
            let raw = entry.name_raw().to_vec();
            names.push(match entry.flags().as_u16() & UTF8_NAME {
                0 => RawName::Bytes(raw),
                _ => String::from_utf8(raw)
                    .map_or_else(|error| RawName::Bytes(error.into_bytes()), RawName::Text),
            });
        }
        Ok((name::paths(names), cut))
    }

    /// Unpacks a member without keeping it, and gives its size.
    fn check(&mut self, slot: usize, path: &str, budget: &mut Budget) -> Result<u64, ReadError> {
        if let Some(refusal) = name::refusal(path) {
            return Err(refusal);
        }
        let listed = self.0.by_index_data(slot).map_err(|error| refused(path, &error))?;
        if listed.is_symlink() {
            return Err(ReadError::Link { path: path.to_owned() });
        }
        // Said by the flag, whatever the method: some methods of encryption can't even be opened here.
        if listed.encrypted() {
            return Err(ReadError::Encrypted { what: path.to_owned() });
        }
        let method = listed.compression();
        if method != CompressionMethod::Lzma && !SUPPORTED_COMPRESSION_METHODS.contains(&method) {
            let method = method.to_string();
            return Err(ReadError::UnsupportedPacking { path: path.to_owned(), method });
        }
        if asked_memory(&mut self.0, slot).map_err(|error| refused(path, &error))? > budget.held {
            return Err(too_large(&format!("the memory to unpack {path}"), budget.held));
        }
        let entry = self.0.by_index(slot).map_err(|error| refused(path, &error))?;
        let allowed = budget.allowed(entry.compressed_size());
        let over = || too_large(&format!("the unpacked size of {path}"), allowed);
        if entry.size() > allowed {
            return Err(over());
        }
        let mut size = 0;
        let unpacked = copy_counting(entry.take(allowed + 1), &mut size);
        // What was unpacked counts, whatever becomes of the member.
        budget.bytes = budget.bytes.saturating_sub(size);
        unpacked.map_err(|error| damaged(path, size, &format!("sound zip data ({error})")))?;
        if size > allowed { Err(over()) } else { Ok(size) }
    }

    /// The bytes of a member whose size was checked.
    pub(super) fn read(&mut self, slot: usize, path: &str, size: u64) -> Result<Vec<u8>, ReadError> {
        let entry = self.0.by_index(slot).map_err(|error| refused(path, &error))?;
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
        let read = entry.take(size).read_to_end(&mut bytes);
        read.map_err(|error| damaged(path, bytes.len() as u64, &error.to_string()))?;
        Ok(bytes)
    }
}

fn copy_counting(mut from: impl Read, size: &mut u64) -> io::Result<()> {
    let mut buffer = vec![0; 1 << 16];
    loop {
        match from.read(&mut buffer)? {
            0 => return Ok(()),
            read => *size += read as u64,
        }
    }
}

/// Why the member can't be unpacked.
fn refused(path: &str, error: &ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            ReadError::Encrypted { what: path.to_owned() }
        }
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            ReadError::UnsupportedPacking { path: path.to_owned(), method: error.to_string() }
        }
        other => damaged(path, 0, &format!("sound zip data ({other})")),
    }
}
