//! Archives: bytes → the files in them, each handed out whole and within limits. Nothing is ever written to disk.
//!
//! A zip is unpacked one member at a time, a tar is cut into slices of itself; what is packed as one stream (7z, rar, gzip, bzip2, xz)
//! is unpacked into memory whole. Before any member is handed out all are tried, so that an archive can say at once which
//! of them it refuses.

mod name;
mod rar;
mod seven;
mod stream;
mod tar;
mod zip;

use super::{Limits, ReadError};
use crate::document::Format;
use std::borrow::Cow;
use std::ops::Range;

/// Stands between an archive and its member in a path.
pub const INSIDE: &str = "!/";

/// An open archive.
pub struct Archive<'a> {
    /// What it is; a packed tar counts as the tar.
    pub format: Format,
    /// Its files in the order of their paths, by bytes. Folders are no members.
    pub members: Vec<Member>,
    /// Why there are members that are not even listed.
    pub cut: Option<ReadError>,
    content: Content<'a>,
}

/// One file in an archive.
#[derive(Debug)]
pub struct Member {
    /// Its path below the archive, `/` between folders.
    pub path: String,
    /// Its size as declared.
    pub size: u64,
    /// Why it is not handed out.
    pub refusal: Option<ReadError>,
    /// Where the content has it.
    slot: usize,
}

/// What is left of the limits for one input and all archives in it.
#[derive(Debug, Clone)]
pub struct Budget {
    /// Archives in archives.
    pub depth: usize,
    /// Members listed.
    pub members: u64,
    /// Bytes unpacked, in all.
    pub bytes: u64,
    /// Unpacked bytes kept in memory at a time.
    pub held: u64,
    limits: Limits,
}

enum Content<'a> {
    /// Unpacked one by one.
    Zip(zip::Source<'a>),
    /// Parts of one run of bytes, by slot.
    Slices(Cow<'a, [u8]>, Vec<Range<usize>>),
    /// Unpacked already, by slot.
    Held(Vec<Vec<u8>>),
}

/// Whether files of a format are archives, which hold documents and are none.
#[must_use]
pub fn is_archive(format: Format) -> bool {
    matches!(
        format,
        Format::Zip
            | Format::Tar
            | Format::Gzip
            | Format::Bzip2
            | Format::Xz
            | Format::SevenZip
            | Format::Rar
    )
}

/// The bytes of the file at a path in an archive, `b.docx` or `c.zip!/d.docx`; `None` where there is none. `name` is the
/// archive's own file name.
///
/// # Errors
/// What keeps the archives or the file from being read.
pub fn find(bytes: &[u8], name: &str, path: &str, budget: &mut Budget) -> Result<Option<Vec<u8>>, ReadError> {
    let mut archive = Archive::open(bytes, super::detect(bytes), name, budget)?;
    budget.depth -= 1;
    for position in 0..archive.members.len() {
        let own = archive.members[position].path.clone();
        match path.strip_prefix(&own) {
            Some("") => return archive.read(position).map(|bytes| Some(bytes.into_owned())),
            Some(rest) => {
                let Some(rest) = rest.strip_prefix(INSIDE) else { continue };
                let name = own.rsplit('/').next().unwrap_or_default();
                return find(&archive.read(position)?, name, rest, budget);
            }
            None => {}
        }
    }
    Ok(None)
}

impl Budget {
    /// The whole budget.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        Self {
            depth: limits.archive_depth,
            members: limits.archive_members,
            bytes: limits.archive_bytes,
            held: limits.archive_held_bytes,
            limits: *limits,
        }
    }

    /// How much of a stream packed into `packed` bytes may be unpacked.
    fn allowed(&self, packed: u64) -> u64 {
        super::container::by_ratio(packed).min(self.bytes).min(self.held)
    }

    /// Takes one member from the budget, or says that there are too many.
    fn member(&mut self) -> Result<(), ReadError> {
        let too_many = || too_large("the number of files in archives", self.limits.archive_members);
        self.members = self.members.checked_sub(1).ok_or_else(too_many)?;
        Ok(())
    }
}

impl<'a> Archive<'a> {
    /// Opens an archive. `name` is its own file name, after which a nameless member is called.
    ///
    /// # Errors
    /// What keeps all members from being read: damage, encryption of the list itself, a limit.
    pub fn open(bytes: &'a [u8], format: Format, name: &str, budget: &mut Budget) -> Result<Self, ReadError> {
        let limit = budget.limits.archive_depth as u64;
        budget.depth.checked_sub(1).ok_or_else(|| too_large("the depth of archives in archives", limit))?;
        let mut archive = match format {
            Format::Zip => zip::open(bytes, budget)?,
            Format::Tar => tar::open(Cow::Borrowed(bytes), budget),
            Format::Gzip | Format::Bzip2 | Format::Xz => stream::open(bytes, format, name, budget)?,
            Format::SevenZip => seven::open(bytes, budget)?,
            Format::Rar => rar::open(bytes, budget)?,
            _ => return Err(ReadError::Unsupported { format }),
        };
        archive.members.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(archive)
    }

    /// Unpacked bytes that it keeps in memory as long as it is open.
    #[must_use]
    pub fn held_bytes(&self) -> u64 {
        match &self.content {
            Content::Zip(_) | Content::Slices(Cow::Borrowed(_), _) => 0,
            Content::Slices(Cow::Owned(bytes), _) => bytes.len() as u64,
            Content::Held(parts) => parts.iter().map(|part| part.len() as u64).sum(),
        }
    }

    /// The bytes of a member, by its position in [`Archive::members`].
    ///
    /// # Errors
    /// Its refusal.
    pub fn read(&mut self, position: usize) -> Result<Cow<'_, [u8]>, ReadError> {
        let Some(member) = self.members.get(position) else { return Ok(Cow::Borrowed(&[])) };
        if let Some(refusal) = &member.refusal {
            return Err(refusal.clone());
        }
        match &mut self.content {
            Content::Zip(source) => Ok(Cow::Owned(source.read(member.slot, &member.path, member.size)?)),
            Content::Slices(bytes, parts) => {
                let part = parts.get(member.slot).and_then(|part| bytes.get(part.clone()));
                Ok(Cow::Borrowed(part.unwrap_or_default()))
            }
            Content::Held(parts) => Ok(Cow::Borrowed(parts.get(member.slot).map_or(&[], Vec::as_slice))),
        }
    }
}

fn too_large(what: &str, limit: u64) -> ReadError {
    ReadError::TooLarge { what: what.to_owned(), limit }
}

fn damaged(part: &str, offset: u64, expected: &str) -> ReadError {
    ReadError::Damaged { part: part.to_owned(), offset, expected: expected.to_owned() }
}

#[cfg(test)]
mod stored_rar;
#[cfg(test)]
mod tests;
