//! Tar archives: members are slices of the file.

use super::name::{self, RawName};
use super::{Archive, Budget, Content, Member, damaged};
use crate::document::Format;
use crate::reader::ReadError;
use std::borrow::Cow;
use std::ops::Range;

/// What one header says.
struct Entry {
    name: RawName,
    kind: tar::EntryType,
    offset: u64,
    size: u64,
}

/// Opens a tar; what can't be listed becomes its cut.
pub(super) fn open<'a>(bytes: Cow<'a, [u8]>, budget: &mut Budget) -> Archive<'a> {
    let (entries, cut) = entries(&bytes, budget);
    let kinds: Vec<(tar::EntryType, u64, u64)> =
        entries.iter().map(|entry| (entry.kind, entry.offset, entry.size)).collect();
    let paths = name::paths(entries.into_iter().map(|entry| entry.name).collect());
    let (mut members, mut slices) = (Vec::new(), Vec::new());
    for ((kind, offset, size), path) in kinds.into_iter().zip(paths) {
        if kind.is_dir() || name::is_folder(&path) {
            continue;
        }
        let slot = slices.len();
        let slice = slice(offset, size, bytes.len());
        let refusal = name::refusal(&path)
            .or_else(|| kind_refusal(kind, &path))
            .or_else(|| slice.is_none().then(|| damaged(&path, bytes.len() as u64, "the rest of the file")));
        slices.push(slice.unwrap_or_default());
        members.push(Member { path, size, refusal, slot });
    }
    Archive { format: Format::Tar, members, cut, content: Content::Slices(bytes, slices) }
}

fn entries(bytes: &[u8], budget: &mut Budget) -> (Vec<Entry>, Option<ReadError>) {
    let mut found = Vec::new();
    let mut archive = tar::Archive::new(bytes);
    let broken = |error: &std::io::Error, at: u64| damaged("file", at, &format!("a tar header ({error})"));
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(error) => return (found, Some(broken(&error, 0))),
    };
    let mut end = 0;
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return (found, Some(broken(&error, end))),
        };
        if let Err(error) = budget.member() {
            return (found, Some(error));
        }
        let (offset, size) = (entry.raw_file_position(), entry.size());
        end = offset.saturating_add(size);
        let name = RawName::Bytes(entry.path_bytes().into_owned());
        found.push(Entry { name, kind: entry.header().entry_type(), offset, size });
    }
    (found, None)
}

fn slice(offset: u64, size: u64, length: usize) -> Option<Range<usize>> {
    let start = usize::try_from(offset).ok()?;
    let end = start.checked_add(usize::try_from(size).ok()?)?;
    (end <= length).then_some(start..end)
}

/// Why an entry is no file that could be read, if it is none.
fn kind_refusal(kind: tar::EntryType, path: &str) -> Option<ReadError> {
    if kind.is_file() || kind.is_contiguous() {
        None
    } else if kind.is_gnu_sparse() {
        Some(ReadError::UnsupportedPacking { path: path.to_owned(), method: "a sparse file".to_owned() })
    } else {
        Some(ReadError::Link { path: path.to_owned() })
    }
}
