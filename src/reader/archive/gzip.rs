//! Gzip: one file, or a tar.

use super::{Archive, Budget, Content, Member, damaged, name, tar, too_large};
use crate::document::Format;
use crate::reader::{ReadError, detect};
use flate2::bufread::MultiGzDecoder;
use std::borrow::Cow;
use std::io::Read;

pub(super) fn open<'a>(bytes: &'a [u8], own: &str, budget: &mut Budget) -> Result<Archive<'a>, ReadError> {
    let mut decoder = MultiGzDecoder::new(bytes);
    let stated = decoder.header().and_then(|header| header.filename()).map(<[u8]>::to_vec);
    let allowed = budget.allowed(bytes.len() as u64);
    let mut unpacked = Vec::new();
    let broken = decoder.by_ref().take(allowed + 1).read_to_end(&mut unpacked).err();
    let broken =
        broken.map(|error| damaged("file", unpacked.len() as u64, &format!("sound gzip data ({error})")));
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
    Ok(Archive { format: Format::Gzip, members, cut: None, content: Content::Held(vec![unpacked]) })
}

/// The name that the file states, or its own without the ending.
fn member_path(stated: Option<Vec<u8>>, own: &str) -> String {
    let stated = stated.map(|bytes| name::paths(vec![name::RawName::Bytes(bytes)]).remove(0));
    if let Some(path) = stated.filter(|path| !name::is_folder(path)) {
        return path;
    }
    match own.rsplit_once('.') {
        Some((stem, ending)) if ending.eq_ignore_ascii_case("gz") && !stem.is_empty() => stem.to_owned(),
        _ => "content".to_owned(),
    }
}
