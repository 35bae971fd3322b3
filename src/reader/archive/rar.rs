//! Rar archives of all versions, unpacked into memory: their members may be packed as one stream.

use super::name::{self, RawName};
use super::{Archive, Budget, Content, Member, damaged, too_large};
use crate::document::Format;
use crate::reader::ReadError;
use rars::{
    ArchiveMember, ArchiveMemberMeta, ArchiveReadOptions, ArchiveReader, AttrSource, Error, ErrorKind,
    ExtractionDecision, ExtractionErrorAction,
};
use std::cell::RefCell;
use std::rc::Rc;

/// Most headers in one archive, and the bytes of all of them: names are long where they are Chinese.
const HEADERS: (u64, u64) = (1 << 17, 64 << 20);
/// Windows attribute of a link or another reparse point.
const REPARSE_POINT: u64 = 0x400;
/// The part of a Unix mode that says what a file is, and what it says of a link.
const UNIX_LINK: (u64, u64) = (0o170_000, 0o120_000);
/// The flag of the mark of the end, before rar 5, that says that another file goes on.
const NEXT_VOLUME: u16 = 1;

/// What was unpacked of one entry, or why it was not.
type Unpacked = Result<Vec<u8>, ReadError>;

pub(super) fn open<'a>(bytes: &[u8], budget: &mut Budget) -> Result<Archive<'a>, ReadError> {
    let options = ArchiveReadOptions::new().with_max_header_count(HEADERS.0).with_max_header_bytes(HEADERS.1);
    let list = ArchiveReader::read_with_options(bytes, options)
        .map_err(|error| refused("file", &error, HEADERS.0))?;
    let entries: Vec<ArchiveMember> = list.members().collect();
    let total = entries.iter().fold(0_u64, |sum, entry| sum.saturating_add(entry.meta.unpacked_size));
    let allowed = budget.allowed(bytes.len() as u64);
    if total > allowed {
        return Err(too_large("the unpacked size of the file", allowed));
    }
    budget.bytes = budget.bytes.saturating_sub(total);
    let paths = name::paths(entries.iter().map(raw_name).collect());
    let options = ArchiveReadOptions::new()
        .with_max_total_output_bytes(allowed)
        .with_rar50_dictionary_size_limit(budget.held)
        .with_max_reader_workspace_bytes(budget.held);
    let unpacked = unpack(&list, options, &paths);
    let (mut members, mut parts, mut cut) = (Vec::new(), Vec::new(), end(&list));
    for ((path, entry), result) in paths.into_iter().zip(entries).zip(unpacked) {
        if let Err(error) = budget.member() {
            cut = Some(error);
            break;
        }
        if entry.meta.is_directory || name::is_folder(&path) {
            continue;
        }
        let link = is_link(&entry.meta).then(|| ReadError::Link { path: path.clone() });
        let (bytes, broken) = match result {
            Ok(bytes) => (bytes, None),
            Err(error) => (Vec::new(), Some(error)),
        };
        let refusal = name::refusal(&path).or(link).or(broken);
        members.push(Member { path, size: entry.meta.unpacked_size, refusal, slot: parts.len() });
        parts.push(bytes);
    }
    Ok(Archive { format: Format::Rar, members, cut, content: Content::Held(parts) })
}

/// Unpacks all entries in one pass. In a solid archive each needs those before it: there the first that can't be had
/// ends the pass, and all after it share its error.
fn unpack(list: &rars::Archive, options: ArchiveReadOptions<'_>, paths: &[String]) -> Vec<Unpacked> {
    let solid = list.is_solid();
    let mut parts: Vec<Rc<RefCell<Vec<u8>>>> = Vec::new();
    let broken: RefCell<Vec<Option<ReadError>>> = RefCell::new(Vec::new());
    let decide = |entry: &ArchiveMember| {
        let path = paths.get(parts.len()).map_or("", String::as_str);
        let refusal = unreadable(&entry.meta, path);
        let plain = refusal.is_none() && !entry.meta.is_directory && !entry.meta.is_redirection;
        let stop = solid && refusal.is_some();
        broken.borrow_mut().push(refusal);
        let part = Rc::new(RefCell::new(Vec::new()));
        parts.push(Rc::clone(&part));
        Ok(match (plain, stop) {
            (true, _) => ExtractionDecision::Extract(Box::new(Sink(part))),
            (false, true) => ExtractionDecision::Stop,
            (false, false) => ExtractionDecision::Skip,
        })
    };
    let failed = |error: &Error| {
        let mut broken = broken.borrow_mut();
        let path =
            broken.len().checked_sub(1).and_then(|last| paths.get(last)).map_or("file", String::as_str);
        if let Some(last) = broken.last_mut() {
            *last = Some(refused(path, error, options.max_reader_workspace_bytes.unwrap_or_default()));
        }
    };
    let on_error = |_: &ArchiveMember, error: &Error| {
        failed(error);
        Ok(ExtractionErrorAction::Continue)
    };
    if let Err(error) = list.extract_with_control_and_errors(options, decide, on_error) {
        failed(&error);
    }
    let broken = broken.into_inner();
    let rest = || damaged("file", 0, "sound rar data");
    let last = broken.last().cloned().flatten().unwrap_or_else(rest);
    let mut unpacked: Vec<Unpacked> =
        parts.iter().zip(broken).map(|(part, broken)| broken.map_or_else(|| Ok(part.take()), Err)).collect();
    unpacked.resize(paths.len(), Err(last));
    unpacked
}

/// Takes what is unpacked of one entry.
struct Sink(Rc<RefCell<Vec<u8>>>);

impl std::io::Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Names are Unicode from rar 5 on, and before where the flag says so.
fn raw_name(entry: &ArchiveMember) -> RawName {
    let raw = entry.meta.name.clone();
    if entry.name_is_unicode() {
        String::from_utf8(raw).map_or_else(|error| RawName::Bytes(error.into_bytes()), RawName::Text)
    } else {
        RawName::Bytes(raw)
    }
}

/// Why an entry can't be unpacked, as its header says.
fn unreadable(meta: &ArchiveMemberMeta, path: &str) -> Option<ReadError> {
    if meta.is_encrypted {
        Some(ReadError::Encrypted { what: path.to_owned() })
    } else if meta.is_split_before || meta.is_split_after {
        Some(ReadError::UnsupportedPacking {
            path: path.to_owned(),
            method: "split over several files".to_owned(),
        })
    } else {
        None
    }
}

fn is_link(meta: &ArchiveMemberMeta) -> bool {
    meta.is_redirection
        || match meta.attr_source() {
            AttrSource::Unix => meta.file_attr & UNIX_LINK.0 == UNIX_LINK.1,
            AttrSource::Dos => meta.file_attr & REPARSE_POINT != 0,
            _ => false,
        }
}

/// Why there may be more than is listed: no mark of the end, or one that says that another file goes on.
fn end(list: &rars::Archive) -> Option<ReadError> {
    let missing = || damaged("file", 0, "the mark of its end");
    let parts = || ReadError::UnsupportedPacking {
        path: "the rest".to_owned(),
        method: "in another file of a split archive".to_owned(),
    };
    match list {
        rars::Archive::Rar50Plus(list) => match list.blocks.last() {
            Some(rars::rar50::Block::End(end)) => end.has_next_volume().then(parts),
            _ => Some(missing()),
        },
        rars::Archive::Rar15To40(list) => {
            // Rar before 3.0 wrote no mark.
            use rars::rar15_40::Block;
            let modern = |block: &Block| matches!(block, Block::File(file) if file.unp_ver >= 29);
            let mark = list.blocks.iter().find_map(|block| match block {
                Block::End(mark) => Some(mark.flags & NEXT_VOLUME != 0),
                _ => None,
            });
            match mark {
                Some(goes_on) => goes_on.then(parts),
                None => list.blocks.iter().any(modern).then(missing),
            }
        }
        _ => None,
    }
}

/// Why something can't be unpacked, `limit` being the one that it may pass.
fn refused(path: &str, error: &Error, limit: u64) -> ReadError {
    let encrypted = matches!(error.root_cause(), Error::FeatureDisabled { feature: "encryption" });
    match error.kind() {
        ErrorKind::PasswordRequired | ErrorKind::BadPassword => {
            ReadError::Encrypted { what: path.to_owned() }
        }
        ErrorKind::UnsupportedFeature if encrypted => ReadError::Encrypted { what: path.to_owned() },
        ErrorKind::UnsupportedFeature | ErrorKind::UnsupportedFormat => {
            ReadError::UnsupportedPacking { path: path.to_owned(), method: error.to_string() }
        }
        ErrorKind::ResourceLimit => too_large(&format!("what it takes to unpack {path}"), limit),
        _ => damaged(path, 0, &format!("sound rar data ({error})")),
    }
}
