//! Values as bytes for the way between processes and for the journal: compact and lossless, for this build alone.

use postcard::ser_flavors::Flavor;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io;

/// Bytes that are compressed at a time.
const PIECE_BYTES: usize = 1 << 16;

/// The most that is set aside for a value before it is unpacked, whatever its bytes say.
const MAX_BYTES: usize = 1 << 28;

/// The value as bytes.
pub(super) fn encode<T: Serialize>(value: &T) -> io::Result<Vec<u8>> {
    postcard::to_stdvec(value).map_err(io::Error::other)
}

/// The value that the bytes stand for.
pub(super) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> io::Result<T> {
    postcard::from_bytes(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

/// The value as bytes behind those of `head`, compressed as they come: the whole is never held plain.
pub(super) fn pack<T: Serialize>(head: &[u8], value: &T) -> io::Result<Vec<u8>> {
    let mut packed = head.to_vec();
    pack_into(value, &mut |piece| {
        packed.extend(piece);
        Ok(())
    })?;
    Ok(packed)
}

/// Hands on what [`unpack`] makes the value of, piece by piece: the whole is never held.
pub(super) fn pack_into<T: Serialize>(
    value: &T,
    take: &mut dyn FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<()> {
    let mut broken = Ok(());
    let mut take = |piece: &[u8]| {
        broken = take(piece);
        broken.is_ok()
    };
    let packer = Packer { plain: Vec::with_capacity(PIECE_BYTES), take: &mut take };
    let packed = postcard::serialize_with_flavor(value, packer).map_err(io::Error::other);
    broken.and(packed)
}

/// The value that the compressed bytes stand for.
pub(super) fn unpack<T: DeserializeOwned>(packed: &[u8]) -> io::Result<T> {
    let mut plain = Vec::with_capacity(pieces(packed).map_while(plain_length).sum::<usize>().min(MAX_BYTES));
    for piece in pieces(packed) {
        plain.extend(lz4_flex::decompress_size_prepended(piece?).map_err(io::Error::other)?);
    }
    decode(&plain)
}

/// The compressed pieces; an error where one is cut off.
fn pieces(packed: &[u8]) -> impl Iterator<Item = io::Result<&[u8]>> {
    let mut rest = packed;
    std::iter::from_fn(move || {
        let (length, pieces) = rest.split_first_chunk()?;
        let cut = pieces.split_at_checked(u32::from_le_bytes(*length) as usize);
        rest = cut.map_or(&[], |(_, after)| after);
        Some(cut.map(|(piece, _)| piece).ok_or_else(|| io::ErrorKind::InvalidData.into()))
    })
}

/// How long a piece says it is when it is not compressed.
fn plain_length(piece: io::Result<&[u8]>) -> Option<usize> {
    Some(u32::from_le_bytes(*piece.ok()?.first_chunk()?) as usize)
}

/// Compresses what is written into it and hands it on piece by piece, each with its length in front.
struct Packer<'a> {
    plain: Vec<u8>,
    /// Says whether it took the piece.
    take: &'a mut dyn FnMut(&[u8]) -> bool,
}

impl Packer<'_> {
    fn end_piece(&mut self) -> postcard::Result<()> {
        let piece = lz4_flex::compress_prepend_size(&self.plain);
        let length = u32::try_from(piece.len()).map_err(|_| postcard::Error::SerializeBufferFull)?;
        self.plain.clear();
        let taken = (self.take)(&[&length.to_le_bytes(), piece.as_slice()].concat());
        if taken { Ok(()) } else { Err(postcard::Error::SerializeBufferFull) }
    }
}

impl Flavor for Packer<'_> {
    type Output = ();

    fn try_extend(&mut self, data: &[u8]) -> postcard::Result<()> {
        self.plain.extend(data);
        if self.plain.len() >= PIECE_BYTES { self.end_piece() } else { Ok(()) }
    }

    fn try_push(&mut self, data: u8) -> postcard::Result<()> {
        self.try_extend(&[data])
    }

    fn finalize(mut self) -> postcard::Result<()> {
        if self.plain.is_empty() { Ok(()) } else { self.end_piece() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::{Input, read_file};
    use crate::reader::Limits;
    use crate::record::Outcome;
    use std::ops::ControlFlow;

    #[test]
    fn outcomes_come_back_as_they_were() {
        let samples = std::fs::read_dir("samples").unwrap().map(|entry| entry.unwrap().path());
        let files: Vec<_> = samples.filter(|path| path.is_file()).collect();
        assert!(files.len() > 3);
        for file in files {
            let input = Input { path: "霸州市/a".to_owned(), file, problem: None };
            read_file(&input, &Limits::default(), &mut |outcome: Outcome| {
                let back: Outcome = decode(&encode(&outcome).unwrap()).unwrap();
                assert_eq!(format!("{outcome:?}"), format!("{back:?}"));
                let back: Outcome = unpack(&pack(&[], &outcome).unwrap()).unwrap();
                assert_eq!(format!("{outcome:?}"), format!("{back:?}"));
                ControlFlow::Continue(())
            });
        }
    }

    #[test]
    fn bytes_cut_short_are_an_error() {
        let bytes = encode(&vec!["预算".to_owned()]).unwrap();
        assert!(decode::<Vec<String>>(&bytes[..bytes.len() - 1]).is_err());
        let packed = pack(&[], &"预算".repeat(PIECE_BYTES)).unwrap();
        for length in 0..packed.len() {
            assert!(unpack::<String>(&packed[..length]).is_err(), "cut at {length}");
        }
    }
}
