//! Rar archives of stored files, written by hand for the tests: no free program writes them.

/// An entry: a name and bytes, and what its header says beside.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    /// As it stands in the header.
    pub name: &'a [u8],
    pub bytes: &'a [u8],
    pub mark: Mark,
}

/// What makes an entry special.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Plain,
    Folder,
    Link,
    Encrypted,
    /// It goes on in another file.
    Split,
}

/// An archive as rar 5 and later write it, without the end where `whole` is false.
pub(super) fn rar5(entries: &[Entry<'_>], whole: bool) -> Vec<u8> {
    let mut archive = b"Rar!\x1a\x07\x01\0".to_vec();
    block5(&mut archive, &[1, 0, 0], &[]);
    for entry in entries {
        let extra: Vec<u8> = match entry.mark {
            Mark::Link => vec![6, 5, 1, 0, 2, b'/', b'a'],
            Mark::Encrypted => [&[36, 1, 0, 0, 15][..], &[7; 32]].concat(),
            _ => Vec::new(),
        };
        let split = if entry.mark == Mark::Split { 0x10 } else { 0 };
        let mut head = vec![2, 2 | u8::from(!extra.is_empty()) | split];
        if !extra.is_empty() {
            head.extend(vint(extra.len()));
        }
        head.extend(vint(entry.bytes.len()));
        head.push(4 | u8::from(entry.mark == Mark::Folder));
        head.extend(vint(entry.bytes.len()));
        head.push(0);
        head.extend(crc32fast::hash(entry.bytes).to_le_bytes());
        head.extend([0, 1]);
        head.extend(vint(entry.name.len()));
        head.extend(entry.name);
        head.extend(extra);
        block5(&mut archive, &head, entry.bytes);
    }
    if whole {
        let goes_on = entries.iter().any(|entry| entry.mark == Mark::Split);
        block5(&mut archive, &[5, 0, u8::from(goes_on)], &[]);
    }
    archive
}

/// An archive as rar 3 and 4 write it.
pub(super) fn rar4(entries: &[Entry<'_>]) -> Vec<u8> {
    let mut archive = b"Rar!\x1a\x07\0".to_vec();
    block4(&mut archive, 0x73, 0, &[0; 6], &[]);
    for entry in entries {
        let (flags, mode) = match entry.mark {
            Mark::Plain => (0, 0o100_644_u32),
            Mark::Folder => (0xe0, 0o040_755),
            Mark::Link => (0, 0o120_777),
            Mark::Encrypted => (0x04, 0o100_644),
            Mark::Split => (0x02, 0o100_644),
        };
        let size = u32::try_from(entry.bytes.len()).unwrap().to_le_bytes();
        let mut head = [size, size].concat();
        head.push(3);
        head.extend(crc32fast::hash(entry.bytes).to_le_bytes());
        head.extend([0, 0, 0x21, 0x52, 29, 0x30]);
        head.extend(u16::try_from(entry.name.len()).unwrap().to_le_bytes());
        head.extend(mode.to_le_bytes());
        head.extend(entry.name);
        block4(&mut archive, 0x74, 0x8000 | flags, &head, entry.bytes);
    }
    block4(&mut archive, 0x7b, 0x4000, &[], &[]);
    archive
}

fn block5(archive: &mut Vec<u8>, head: &[u8], data: &[u8]) {
    let sized = [vint(head.len()), head.to_vec()].concat();
    archive.extend(crc32fast::hash(&sized).to_le_bytes());
    archive.extend(sized);
    archive.extend(data);
}

fn block4(archive: &mut Vec<u8>, kind: u8, flags: u16, head: &[u8], data: &[u8]) {
    let size = u16::try_from(head.len() + 7).unwrap();
    let rest = [&[kind][..], &flags.to_le_bytes(), &size.to_le_bytes(), head].concat();
    archive.extend(&crc32fast::hash(&rest).to_le_bytes()[..2]);
    archive.extend(rest);
    archive.extend(data);
}

/// A number in groups of seven bits, the lowest first.
fn vint(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(number & 0x7f).unwrap();
        number >>= 7;
        bytes.push(if number > 0 { low | 0x80 } else { low });
        if number == 0 {
            return bytes;
        }
    }
}
