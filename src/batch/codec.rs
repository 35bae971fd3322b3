//! Values as bytes for the way between processes and for the journal: compact and lossless, for this build alone.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io;

/// The value as bytes.
pub(super) fn encode<T: Serialize>(value: &T) -> io::Result<Vec<u8>> {
    postcard::to_stdvec(value).map_err(io::Error::other)
}

/// The value that the bytes stand for.
pub(super) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> io::Result<T> {
    postcard::from_bytes(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
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
                ControlFlow::Continue(())
            });
        }
    }

    #[test]
    fn bytes_cut_short_are_an_error() {
        let bytes = encode(&vec!["预算".to_owned()]).unwrap();
        assert!(decode::<Vec<String>>(&bytes[..bytes.len() - 1]).is_err());
    }
}
