//! 7z archives, unpacked into memory: their members are packed as one stream.

use super::name::{self, RawName};
use super::{Archive, Budget, Content, Member, damaged, too_large};
use crate::document::Format;
use crate::reader::ReadError;
use sevenz_rust2::{ArchiveEntry, BlockDecoder, Error, Password};
use std::io::{Cursor, Read};

/// The method of encrypted streams.
const AES: &[u8] = &[0x06, 0xF1, 0x07, 0x01];
/// Windows attribute of a link or another reparse point.
const REPARSE_POINT: u32 = 0x400;
/// Where 7-Zip keeps the mode of files packed on Unix, and the mode of a link.
const UNIX_MODE: (u32, u32) = (16, 0o120_000);

/// What a block gave for its files, in their order.
type Unpacked = Vec<(ArchiveEntry, Result<Vec<u8>, ReadError>)>;

pub(super) fn open<'a>(bytes: &'a [u8], budget: &mut Budget) -> Result<Archive<'a>, ReadError> {
    let memory = usize::try_from(budget.held >> 10).unwrap_or(usize::MAX);
    let mut cursor = Cursor::new(bytes);
    let list = sevenz_rust2::Archive::read_with_memory_limit(&mut cursor, &Password::empty(), memory)
        .map_err(|error| refused("file", &error))?;
    let total: u64 = list.blocks.iter().fold(0, |sum, block| sum.saturating_add(block.get_unpack_size()));
    let allowed = budget.allowed(bytes.len() as u64);
    if total > allowed {
        return Err(too_large("the unpacked size of the file", allowed));
    }
    budget.bytes = budget.bytes.saturating_sub(total);
    let password = Password::empty();
    let mut unpacked: Unpacked = Vec::new();
    for block in 0..list.blocks.len() {
        let decoder = BlockDecoder::new_with_memory_limit(1, memory, block, &list, &password, &mut cursor);
        let encrypted = list.blocks[block].coders.iter().any(|coder| coder.encoder_method_id() == AES);
        unpack(decoder, encrypted, &mut unpacked);
    }
    let without_data = list.files.iter().filter(|entry| !entry.has_stream && !entry.is_directory);
    unpacked.extend(without_data.map(|entry| (entry.clone(), Ok(Vec::new()))));
    Ok(finish(unpacked, budget))
}

/// Unpacks one block. Its first broken file breaks those after it.
fn unpack(decoder: BlockDecoder<'_, Cursor<&[u8]>>, encrypted: bool, unpacked: &mut Unpacked) {
    let entries: Vec<ArchiveEntry> = decoder.entries().iter().filter(|e| e.has_stream).cloned().collect();
    if encrypted {
        let refusal = |entry: ArchiveEntry| {
            let what = entry.name.clone();
            (entry, Err(ReadError::Encrypted { what }))
        };
        return unpacked.extend(entries.into_iter().map(refusal));
    }
    let mut done = Vec::new();
    let result = decoder.for_each_entries(&mut |entry, reader| {
        if entry.has_stream {
            let mut bytes = Vec::new();
            reader.take(entry.size).read_to_end(&mut bytes)?;
            done.push(bytes);
        }
        Ok(true)
    });
    // A file's data counts only once its end was checked, which shows in the next one or in the result.
    let sound = done.len().saturating_sub(usize::from(result.is_err() && done.len() < entries.len()));
    let error = result.err();
    for (index, entry) in entries.into_iter().enumerate() {
        let bytes = done.get_mut(index).map(std::mem::take).filter(|_| index < sound || error.is_none());
        let refusal =
            || error.as_ref().map_or_else(|| damaged(&entry.name, 0, "data"), |e| refused(&entry.name, e));
        let result = bytes.ok_or_else(refusal);
        unpacked.push((entry, result));
    }
}

fn finish<'a>(unpacked: Unpacked, budget: &mut Budget) -> Archive<'a> {
    let names = unpacked.iter().map(|(entry, _)| RawName::Text(entry.name.clone())).collect();
    let paths = name::paths(names);
    let (mut members, mut parts, mut cut) = (Vec::new(), Vec::new(), None);
    for (path, (entry, result)) in paths.into_iter().zip(unpacked) {
        if let Err(error) = budget.member() {
            cut = Some(error);
            break;
        }
        if entry.is_directory || name::is_folder(&path) {
            continue;
        }
        let link = is_link(&entry).then(|| ReadError::Link { path: path.clone() });
        let (bytes, broken) = match result {
            Ok(bytes) => (bytes, None),
            Err(error) => (Vec::new(), Some(error)),
        };
        let refusal = name::refusal(&path).or(link).or(broken);
        members.push(Member { path, size: entry.size, refusal, slot: parts.len() });
        parts.push(bytes);
    }
    Archive { format: Format::SevenZip, members, cut, content: Content::Held(parts) }
}

fn is_link(entry: &ArchiveEntry) -> bool {
    let attributes = entry.windows_attributes;
    let mode = attributes >> UNIX_MODE.0;
    entry.has_windows_attributes && (attributes & REPARSE_POINT != 0 || mode & 0o170_000 == UNIX_MODE.1)
}

/// Why something can't be unpacked.
fn refused(path: &str, error: &Error) -> ReadError {
    match error {
        Error::PasswordRequired | Error::MaybeBadPassword(_) => {
            ReadError::Encrypted { what: path.to_owned() }
        }
        Error::UnsupportedCompressionMethod(method) if method.contains("AES") => {
            ReadError::Encrypted { what: path.to_owned() }
        }
        Error::UnsupportedCompressionMethod(_)
        | Error::Unsupported(_)
        | Error::ExternalUnsupported
        | Error::UnsupportedVersion { .. } => {
            ReadError::UnsupportedPacking { path: path.to_owned(), method: error.to_string() }
        }
        Error::MaxMemLimited { max_kb, .. } => {
            too_large(&format!("the memory to unpack {path}"), (*max_kb as u64) << 10)
        }
        other => damaged(path, 0, &format!("sound 7z data ({other})")),
    }
}
