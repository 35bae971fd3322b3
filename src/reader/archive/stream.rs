//! One packed stream (gzip, bzip2, xz): one file, or a tar.

use super::{Archive, Budget, Content, Member, damaged, name, tar, too_large};
use crate::document::Format;
use crate::reader::{ReadError, detect};
use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;
use lzma_rust2::XzReader;
use std::borrow::Cow;
use std::io::Read;

/// Endings of such files, and what the name ends in without them.
const ENDINGS: &[(&str, &str)] = &[
    ("gz", ""),
    ("bz2", ""),
    ("xz", ""),
    ("tgz", ".tar"),
    ("tbz", ".tar"),
    ("tbz2", ".tar"),
    ("txz", ".tar"),
];

pub(super) fn open<'a>(
    bytes: &'a [u8],
    format: Format,
    own: &str,
    budget: &mut Budget,
) -> Result<Archive<'a>, ReadError> {
    let allowed = budget.allowed(bytes.len() as u64);
    let (unpacked, broken, stated) = unpack(bytes, format, allowed, budget.held);
    budget.bytes = budget.bytes.saturating_sub(unpacked.len() as u64);
    if unpacked.len() as u64 > allowed {
        return Err(too_large("the unpacked size of the file", allowed));
    }
    if detect(&unpacked) == Format::Tar {
        let mut archive = tar::open(Cow::Owned(unpacked), budget);
        // Cut short, it still has the members before the cut.
        archive.cut = broken.or(archive.cut);
        return Ok(archive);
    }
    if let Some(error) = broken {
        return Err(error);
    }
    budget.member()?;
    let path = member_path(stated, own);
    let (size, refusal) = (unpacked.len() as u64, name::refusal(&path));
    let members = vec![Member { path, size, refusal, slot: 0 }];
    Ok(Archive { format, members, cut: None, content: Content::Held(vec![unpacked]) })
}

/// What can be unpacked, one byte more than allowed at most, why that is not all, and the name that the stream states.
/// `memory` bounds what a stream may ask for beside that.
fn unpack(
    bytes: &[u8],
    format: Format,
    allowed: u64,
    memory: u64,
) -> (Vec<u8>, Option<ReadError>, Option<Vec<u8>>) {
    let mut unpacked = Vec::new();
    let mut take = |decoder: &mut dyn Read| decoder.take(allowed + 1).read_to_end(&mut unpacked).err();
    let (error, stated) = match format {
        Format::Bzip2 => (take(&mut MultiBzDecoder::new(bytes)), None),
        Format::Xz => {
            let memory = u32::try_from(memory >> 10).unwrap_or(u32::MAX);
            (take(&mut XzReader::new_mem_limit(bytes, true, memory)), None)
        }
        _ => {
            let mut decoder = MultiGzDecoder::new(bytes);
            let stated = decoder.header().and_then(|header| header.filename()).map(<[u8]>::to_vec);
            (take(&mut decoder), stated)
        }
    };
    let sound = |error| format!("sound {} data ({error})", format.code());
    let broken = error.map(|error| damaged("file", unpacked.len() as u64, &sound(error)));
    (unpacked, broken, stated)
}

/// The name that the file states, or its own without the ending.
fn member_path(stated: Option<Vec<u8>>, own: &str) -> String {
    let stated = stated.map(|bytes| name::paths(vec![name::RawName::Bytes(bytes)]).remove(0));
    if let Some(path) = stated.filter(|path| !name::is_folder(path)) {
        return path;
    }
    let ending = |ending: &str| ENDINGS.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known));
    match own.rsplit_once('.').map(|(stem, last)| (stem, ending(last))) {
        Some((stem, Some((_, instead)))) if !stem.is_empty() => format!("{stem}{instead}"),
        _ => "content".to_owned(),
    }
}
