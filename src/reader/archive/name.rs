//! Names of members: bytes of an unstated encoding → paths below the archive, and which of them climb out of it.

use crate::reader::ReadError;
use crate::reader::encoding::decode;
use std::fmt::Write;

/// A name as the archive holds it.
pub(super) enum RawName {
    /// Stated to be Unicode.
    Text(String),
    /// In an encoding that nobody states.
    Bytes(Vec<u8>),
}

/// The paths of all members of one archive. Names of unstated encoding are judged together: all come from one machine,
/// and a single name is too short to tell GBK from its neighbours.
pub(super) fn paths(names: Vec<RawName>) -> Vec<String> {
    let unstated = |name: &RawName| match name {
        RawName::Bytes(bytes) if !bytes.is_ascii() => Some(bytes.clone()),
        _ => None,
    };
    let unstated: Vec<Vec<u8>> = names.iter().filter_map(unstated).collect();
    let mut decoded = decode_all(&unstated).into_iter();
    let text = |name: RawName| match name {
        RawName::Text(text) => text,
        RawName::Bytes(bytes) if bytes.is_ascii() => String::from_utf8_lossy(&bytes).into_owned(),
        RawName::Bytes(_) => decoded.next().unwrap_or_default(),
    };
    names.into_iter().map(text).map(|name| path(&name)).collect()
}

fn decode_all(names: &[Vec<u8>]) -> Vec<String> {
    if names.iter().all(|name| std::str::from_utf8(name).is_ok()) {
        return names.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
    }
    // A line end is no part of any character in the encodings in use, and stands in no name.
    let clean = |name: &Vec<u8>| name.iter().map(|byte| if *byte == b'\n' { b'_' } else { *byte }).collect();
    let lines: Vec<Vec<u8>> = names.iter().map(clean).collect();
    let text = decode(&lines.join(&b'\n'), None).text;
    let mut decoded: Vec<String> = text.split('\n').map(ToOwned::to_owned).collect();
    if decoded.len() != names.len() {
        decoded = names.iter().map(|name| decode(name, None).text).collect();
    }
    decoded
}

/// The path with `/` between folders and without steps that lead nowhere; control characters are written as `\xNN`.
fn path(name: &str) -> String {
    let name = name.replace('\\', "/");
    let absolute = name.starts_with('/');
    let steps = name.split('/').filter(|step| !matches!(*step, "" | "."));
    let joined = steps.collect::<Vec<_>>().join("/");
    let mut path = String::with_capacity(joined.len() + 2);
    if absolute {
        path.push('/');
    }
    for character in joined.chars() {
        if character.is_control() {
            let _ = write!(path, "\\x{:02X}", character as u32);
        } else {
            path.push(character);
        }
    }
    if name.ends_with('/') && !joined.is_empty() {
        path.push('/');
    }
    path
}

/// Whether the path names a folder.
pub(super) fn is_folder(path: &str) -> bool {
    path.is_empty() || path.ends_with('/')
}

/// Why a path may not be used, if it may not.
pub(super) fn refusal(path: &str) -> Option<ReadError> {
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
    let climbs = path.starts_with('/') || drive || path.split('/').any(|step| step == "..");
    climbs.then(|| ReadError::UnsafePath { path: path.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(names: &[&str]) -> Vec<RawName> {
        names.iter().map(|name| RawName::Bytes(encoding_rs::GBK.encode(name).0.into_owned())).collect()
    }

    #[test]
    fn gbk_names_are_read_as_a_person_reads_them() {
        // 乗 and 岨 end in the byte of a backslash, 联通 is the classic that passes for UTF-8 elsewhere.
        let names = ["2021年预算/霸州市财政局.docx", "乗岨/联通.doc", "readme.txt"];
        assert_eq!(paths(bytes(&names)), names);
        assert_eq!(paths(bytes(&["人社局.doc"])), ["人社局.doc"]);
    }

    #[test]
    fn names_in_utf8_need_no_flag() {
        let names = ["预算/人社局.docx", "a.txt"];
        let raw = names.iter().map(|name| RawName::Bytes(name.as_bytes().to_vec())).collect();
        assert_eq!(paths(raw), names);
    }

    #[test]
    fn paths_have_one_spelling() {
        let of = |name: &str| paths(vec![RawName::Text(name.to_owned())]).remove(0);
        assert_eq!(of("./a//b/./c.txt"), "a/b/c.txt");
        assert_eq!(of("a\\b.txt"), "a/b.txt");
        assert_eq!(of("a/b/"), "a/b/");
        assert_eq!(of("./"), "");
        assert_eq!(of("a\nb"), "a\\x0Ab");
    }

    #[test]
    fn paths_that_climb_out_are_refused() {
        for path in ["../a", "a/../../b", "/etc/passwd", "C:/a", "c:a"] {
            assert_eq!(refusal(path).map(|error| error.code()), Some("unsafe_path"), "{path}");
        }
        for path in ["a/b", "..a/b", "a..", "预算：2021/a"] {
            assert_eq!(refusal(path), None, "{path}");
        }
    }
}
