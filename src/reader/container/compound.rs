//! A look at the directory of a compound file ([MS-CFB]): which streams it holds.

/// The first eight bytes of every compound file.
const MAGIC: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// Bytes of one directory entry.
const ENTRY: usize = 128;
/// The most directory sectors that are looked at: office files have fewer than 100 entries.
const MAX_SECTORS: usize = 256;
/// Sector numbers in the header that locate the allocation table.
const HEADER_FAT_ENTRIES: usize = 109;
/// Sector numbers from here on are marks, not sectors.
const FIRST_MARK: u32 = 0xffff_fffa;

/// The names in the directory of a compound file.
pub(in crate::reader) struct Compound {
    names: Vec<String>,
}

impl Compound {
    /// Reads the directory; `None` where the bytes are no compound file. A broken directory gives the names up to
    /// the break.
    pub(in crate::reader) fn open(bytes: &[u8]) -> Option<Self> {
        if !bytes.starts_with(&MAGIC) {
            return None;
        }
        let shift = u32::from(u16::from_le_bytes(bytes.get(30..32)?.try_into().ok()?));
        if !(7..=16).contains(&shift) {
            return Some(Self { names: Vec::new() });
        }
        let mut names = Vec::new();
        let mut sector = word(bytes, 48)?;
        for _ in 0..MAX_SECTORS {
            let Some(directory) = sector_bytes(bytes, sector, shift) else { break };
            names.extend(directory.chunks_exact(ENTRY).filter_map(entry_name));
            let Some(next) = next_sector(bytes, sector, shift) else { break };
            sector = next;
        }
        Some(Self { names })
    }

    /// Whether a stream or storage of this name is there.
    pub(in crate::reader) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|other| other.eq_ignore_ascii_case(name))
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn sector_bytes(bytes: &[u8], sector: u32, shift: u32) -> Option<&[u8]> {
    if sector >= FIRST_MARK {
        return None;
    }
    let start = (sector as usize).checked_add(1)?.checked_mul(1 << shift)?;
    // The last sector of a file may be cut short.
    bytes.get(start..).map(|rest| &rest[..rest.len().min(1 << shift)])
}

/// The sector that follows in its chain, as far as the part of the allocation table that the header locates says.
fn next_sector(bytes: &[u8], sector: u32, shift: u32) -> Option<u32> {
    let per_sector = (1_usize << shift) / 4;
    let (table, slot) = (sector as usize / per_sector, sector as usize % per_sector);
    if table >= HEADER_FAT_ENTRIES {
        return None;
    }
    let table_sector = word(bytes, 76 + 4 * table)?;
    word(sector_bytes(bytes, table_sector, shift)?, 4 * slot)
}

fn entry_name(entry: &[u8]) -> Option<String> {
    let length = usize::from(u16::from_le_bytes(entry.get(64..66)?.try_into().ok()?));
    let in_use = entry.get(66).is_some_and(|kind| *kind != 0);
    if !in_use || !(2..=64).contains(&length) {
        return None;
    }
    let units = entry.get(..length - 2)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    Some(char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect())
}
