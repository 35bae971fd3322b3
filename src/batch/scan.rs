//! Which inputs a journal holds, and where: found by its frames' headers, without reading the outcomes.

use super::codec::decode;
use super::frame::{self, HEADER_BYTES};
use super::journal::{Bounds, End, kind};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// The outcomes of one input.
#[derive(Debug)]
pub(super) struct Entry {
    /// Where its first frame begins.
    pub(super) start: u64,
    /// Bytes of all its frames.
    pub(super) length: u64,
    pub(super) outcomes: usize,
    pub(super) sha256: String,
    pub(super) bounds: Option<Bounds>,
}

/// What is of use in a journal.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The latest entry of each path.
    pub(super) entries: BTreeMap<String, Entry>,
    /// Bytes up to the end of the last whole entry; 0 for a journal of another build.
    pub(super) length: u64,
}

/// Looks through a journal that should begin with this frame.
pub(super) fn scan(file: &File, build: &[u8]) -> io::Result<Found> {
    let mut from = begin(file)?;
    match frame::read(&mut from) {
        Ok(Some(content)) if content == build => {}
        _ => return Ok(Found::default()),
    }
    let mut found = Found { entries: BTreeMap::new(), length: HEADER_BYTES + build.len() as u64 };
    // A frame that is cut off or broken ends what is of use; so does an error of the disk.
    while let Ok(Some((end, length))) = entry(&mut from) {
        let End { path, sha256, outcomes, bounds } = end;
        let entry = Entry { start: found.length, length, outcomes, sha256, bounds };
        found.length += length;
        found.entries.insert(path, entry);
    }
    Ok(found)
}

/// The entries of a journal, whatever build it names.
pub(super) fn entries(file: &File) -> io::Result<BTreeMap<String, Entry>> {
    let build = frame::read(&mut begin(file)?)?.unwrap_or_default();
    Ok(scan(file, &build)?.entries)
}

/// Writes a journal of these entries alone.
pub(super) fn copy(file: &File, entries: &[&Entry], to: &Path) -> io::Result<()> {
    let mut from = begin(file)?;
    let build = frame::read(&mut from)?.unwrap_or_default();
    let mut to = BufWriter::new(File::create(to)?);
    frame::write(&mut to, &build)?;
    for entry in entries {
        from.seek(SeekFrom::Start(entry.start))?;
        io::copy(&mut (&mut from).take(entry.length), &mut to)?;
    }
    to.flush()?;
    to.get_ref().sync_data()
}

fn begin(mut file: &File) -> io::Result<BufReader<&File>> {
    file.seek(SeekFrom::Start(0))?;
    Ok(BufReader::new(file))
}

/// The next entry's end, and the bytes of all its frames.
fn entry(from: &mut BufReader<&File>) -> io::Result<Option<(End, u64)>> {
    let (mut length, mut outcomes) = (0, 0);
    loop {
        let mut start = from.by_ref().take(HEADER_BYTES + 1).bytes().collect::<io::Result<Vec<u8>>>()?;
        let Some(kind) = start.pop().filter(|_| start.len() as u64 == HEADER_BYTES) else { return Ok(None) };
        let Some(header) = frame::header(&mut start.as_slice())? else { return Ok(None) };
        length += HEADER_BYTES + u64::from(header.length);
        if kind == kind::OUTCOME {
            outcomes += 1;
            from.seek_relative(i64::from(header.length) - 1)?;
            continue;
        }
        let rest = from.by_ref().take(u64::from(header.length.saturating_sub(1)));
        let mut whole = (&*start).chain(io::Cursor::new([kind])).chain(rest);
        let content = frame::read(&mut whole)?.unwrap_or_default();
        let end: End = decode(content.get(1..).unwrap_or_default())?;
        return Ok((kind == kind::END && end.outcomes == outcomes).then_some((end, length)));
    }
}
