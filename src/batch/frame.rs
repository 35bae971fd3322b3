//! Frames: pieces of bytes that stand one after the other in a pipe or a file, each with its length and checksum.

use std::io::{self, Read, Write};

/// Bytes before the content: length and checksum.
pub(super) const HEADER_BYTES: u64 = 8;
/// Most content one frame may have, so that a broken length claims no more.
pub(super) const MAX_BYTES: u32 = 1 << 30;

/// Writes one frame.
pub(super) fn write(to: &mut dyn Write, content: &[u8]) -> io::Result<()> {
    let length = u32::try_from(content.len()).ok().filter(|length| *length <= MAX_BYTES);
    let length = length.ok_or_else(|| invalid("a frame longer than 1 GiB"))?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(&crc32fast::hash(content).to_le_bytes())?;
    to.write_all(content)
}

/// Reads the next frame; `None` at the end of the stream.
///
/// # Errors
/// A frame that is cut off or whose checksum is wrong.
pub(super) fn read(from: &mut dyn Read) -> io::Result<Option<Vec<u8>>> {
    let Some(header) = header(from)? else { return Ok(None) };
    let mut content = Vec::new();
    from.take(header.length.into()).read_to_end(&mut content)?;
    if content.len() as u64 != u64::from(header.length) || crc32fast::hash(&content) != header.checksum {
        return Err(invalid("a broken frame"));
    }
    Ok(Some(content))
}

/// What stands before the content.
pub(super) struct Header {
    pub(super) length: u32,
    checksum: u32,
}

/// Reads what stands before the content of the next frame; `None` at the end of the stream.
pub(super) fn header(from: &mut dyn Read) -> io::Result<Option<Header>> {
    let mut bytes = Vec::with_capacity(8);
    from.take(HEADER_BYTES).read_to_end(&mut bytes)?;
    let number = |bytes: &[u8]| bytes.try_into().map(u32::from_le_bytes).ok();
    match bytes.split_at_checked(4).and_then(|(length, checksum)| number(length).zip(number(checksum))) {
        _ if bytes.is_empty() => Ok(None),
        Some((length, checksum)) if length <= MAX_BYTES => Ok(Some(Header { length, checksum })),
        Some(_) => Err(invalid("a broken frame")),
        None => Err(invalid("a frame that is cut off")),
    }
}

fn invalid(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(contents: &[&[u8]]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for content in contents {
            write(&mut bytes, content).unwrap();
        }
        bytes
    }

    #[test]
    fn frames_are_read_as_they_were_written() {
        let long = vec![7; 100_000];
        let bytes = framed(&[b"", b"abc", &long]);
        let mut from = bytes.as_slice();
        assert_eq!(read(&mut from).unwrap().unwrap(), b"");
        assert_eq!(read(&mut from).unwrap().unwrap(), b"abc");
        assert_eq!(read(&mut from).unwrap().unwrap(), long);
        assert!(read(&mut from).unwrap().is_none());
    }

    #[test]
    fn frames_cut_off_or_changed_are_errors() {
        let whole = framed(&[b"abc"]);
        for length in 1..whole.len() {
            assert!(read(&mut &whole[..length]).is_err(), "cut at {length}");
        }
        for index in 0..whole.len() {
            let mut changed = whole.clone();
            changed[index] ^= 0x40;
            assert!(read(&mut changed.as_slice()).is_err(), "changed at {index}");
        }
    }
}
