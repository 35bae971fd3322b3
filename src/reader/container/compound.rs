//! A compound file ([MS-CFB]): a small file system whose streams hold the parts of older Office documents.

use crate::reader::ReadError;

/// The first eight bytes of every compound file.
const MAGIC: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// Bytes of one directory entry.
const ENTRY: usize = 128;
/// The most directory entries that are kept: office files have fewer than a thousand.
const MAX_ENTRIES: usize = 1 << 16;
/// Sector numbers in the header that locate the allocation table.
const HEADER_FAT_ENTRIES: usize = 109;
/// Sector numbers from here on are marks, not sectors.
const FIRST_MARK: u32 = 0xffff_fffa;
/// Streams shorter than this lie in the mini stream, where the header doesn't say otherwise.
const MINI_CUTOFF: u64 = 4_096;

/// A compound file with its directory and allocation table read.
pub(in crate::reader) struct Compound<'a> {
    bytes: &'a [u8],
    /// A sector has `1 << shift` bytes.
    shift: u32,
    mini_shift: u32,
    mini_cutoff: u64,
    mini_table: u32,
    table: Vec<u32>,
    entries: Vec<Entry>,
    /// Entries that stand directly in the root storage.
    top: Vec<usize>,
}

/// One entry of the directory.
struct Entry {
    name: String,
    kind: Kind,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    size: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Unused,
    Storage,
    Stream,
    Root,
}

impl<'a> Compound<'a> {
    /// Reads the directory; `None` where the bytes are no compound file. A broken directory gives the entries up to
    /// the break.
    pub(in crate::reader) fn open(bytes: &'a [u8]) -> Option<Self> {
        if !bytes.starts_with(&MAGIC) {
            return None;
        }
        let shift = u32::from(half(bytes, 30)?);
        let mini_shift = u32::from(half(bytes, 32)?);
        let mut compound = Self {
            bytes,
            shift: if (7..=16).contains(&shift) { shift } else { 9 },
            mini_shift: if (4..=12).contains(&mini_shift) { mini_shift } else { 6 },
            mini_cutoff: word(bytes, 56).map_or(MINI_CUTOFF, u64::from),
            mini_table: word(bytes, 60)?,
            table: Vec::new(),
            entries: Vec::new(),
            top: Vec::new(),
        };
        compound.read_table();
        compound.read_directory(word(bytes, 48)?);
        compound.find_top();
        Some(compound)
    }

    /// Whether the directory could not be read at all, as in a file cut short.
    pub(in crate::reader) fn is_broken(&self) -> bool {
        self.top.is_empty()
    }

    /// Whether a stream or storage of this name stands in the root.
    pub(in crate::reader) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The bytes of a stream in the root; `None` where there is none of this name.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] where the stream's sectors lie beyond the end of the file or run in a circle.
    pub(in crate::reader) fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(entry) = self.find(name).filter(|entry| entry.kind == Kind::Stream) else { return Ok(None) };
        let read = if entry.size < self.mini_cutoff { self.mini(entry) } else { self.large(entry) };
        read.map(Some).map_err(|have| ReadError::Damaged {
            part: name.to_owned(),
            offset: have as u64,
            expected: format!("a stream of {} bytes", entry.size),
        })
    }

    fn find(&self, name: &str) -> Option<&Entry> {
        let mut entries = self.top.iter().map(|index| &self.entries[*index]);
        entries.find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    fn sectors(&self) -> usize {
        self.bytes.len() >> self.shift
    }

    fn sector(&self, sector: u32) -> Option<&'a [u8]> {
        if sector >= FIRST_MARK {
            return None;
        }
        let start = (sector as usize).checked_add(1)?.checked_mul(1 << self.shift)?;
        // The last sector of a file may be cut short.
        let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty())?;
        Some(&rest[..rest.len().min(1 << self.shift)])
    }

    /// Reads the allocation table: for each sector the one that follows it.
    fn read_table(&mut self) {
        let per_sector = (1_usize << self.shift) / 4;
        let most = self.sectors() + per_sector;
        let mut places: Vec<u32> =
            (0..HEADER_FAT_ENTRIES).map_while(|index| word(self.bytes, 76 + 4 * index)).collect();
        let mut next = word(self.bytes, 68).unwrap_or(FIRST_MARK);
        while places.len() * per_sector < most {
            let Some(sector) = self.sector(next) else { break };
            let Some((places_here, link)) = sector.split_at_checked(4 * (per_sector - 1)) else { break };
            places.extend(words(places_here));
            next = word(link, 0).unwrap_or(FIRST_MARK);
        }
        for place in places.into_iter().take_while(|place| *place < FIRST_MARK) {
            if self.table.len() >= most {
                break;
            }
            let begun = self.table.len();
            if let Some(sector) = self.sector(place) {
                self.table.extend(words(sector));
            }
            // A missing sector of the table leaves the chains through it without their ends.
            self.table.resize(begun + per_sector, FIRST_MARK);
        }
    }

    fn read_directory(&mut self, start: u32) {
        let entries = self.chain(start).flat_map(|bytes| bytes.chunks_exact(ENTRY)).map(entry);
        self.entries = entries.take(MAX_ENTRIES).collect();
    }

    /// Finds the entries in the root: a binary tree below the root's child.
    fn find_top(&mut self) {
        let root = self.entries.iter().find(|entry| entry.kind == Kind::Root);
        let mut waiting: Vec<u32> = root.map(|root| root.child).into_iter().collect();
        let mut seen = vec![false; self.entries.len()];
        while let Some(index) = waiting.pop() {
            let index = index as usize;
            let Some(entry) = self.entries.get(index) else { continue };
            if entry.kind == Kind::Unused || std::mem::replace(&mut seen[index], true) {
                continue;
            }
            self.top.push(index);
            waiting.extend([entry.left, entry.right]);
        }
        if self.top.is_empty() {
            // Without a sound tree every entry counts.
            let used = |entry: &Entry| matches!(entry.kind, Kind::Storage | Kind::Stream);
            self.top = (0..self.entries.len()).filter(|index| used(&self.entries[*index])).collect();
        }
        self.top.sort_unstable();
    }

    /// A stream in sectors of its own; the error is the number of bytes that could be read.
    fn large(&self, entry: &Entry) -> Result<Vec<u8>, usize> {
        let size = usize::try_from(entry.size).unwrap_or(usize::MAX);
        let mut out = Vec::with_capacity(size.min(self.bytes.len()));
        for bytes in self.chain(entry.start) {
            out.extend_from_slice(&bytes[..bytes.len().min(size - out.len())]);
            if out.len() == size {
                break;
            }
        }
        if out.len() < size { Err(out.len()) } else { Ok(out) }
    }

    /// A short stream, which lies in small sectors inside the root's own stream.
    fn mini(&self, entry: &Entry) -> Result<Vec<u8>, usize> {
        let size = usize::try_from(entry.size).unwrap_or(usize::MAX);
        if size == 0 {
            return Ok(Vec::new());
        }
        let root = self.entries.iter().find(|entry| entry.kind == Kind::Root).ok_or(0_usize)?;
        let holder: Vec<u8> = self.chain(root.start).flatten().copied().collect();
        let table: Vec<u32> = self.chain(self.mini_table).flat_map(words).collect();
        let mut out = Vec::with_capacity(size.min(holder.len()));
        let mut sector = entry.start;
        while out.len() < size {
            let start = (sector as usize) << self.mini_shift;
            let bytes = holder.get(start..).filter(|rest| !rest.is_empty() && sector < FIRST_MARK);
            let Some(bytes) = bytes.filter(|_| out.len() < holder.len()) else { break };
            let length = bytes.len().min(1 << self.mini_shift).min(size - out.len());
            out.extend_from_slice(&bytes[..length]);
            sector = table.get(sector as usize).copied().unwrap_or(FIRST_MARK);
        }
        if out.len() < size { Err(out.len()) } else { Ok(out) }
    }

    /// The sectors of a chain, as far as it goes without coming back to one of them.
    fn chain(&self, start: u32) -> impl Iterator<Item = &'a [u8]> + '_ {
        let mut seen = vec![false; self.sectors() + 1];
        let mut sector = start;
        std::iter::from_fn(move || {
            let bytes = self.sector(sector)?;
            let met = seen.get_mut(sector as usize)?;
            if std::mem::replace(met, true) {
                return None;
            }
            sector = self.table.get(sector as usize).copied().unwrap_or(FIRST_MARK);
            Some(bytes)
        })
    }
}

fn half(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).map(|chunk| u32::from_le_bytes([chunk[0], chunk[1], chunk[2], chunk[3]]))
}

fn entry(bytes: &[u8]) -> Entry {
    let kind = match bytes.get(66) {
        Some(1) => Kind::Storage,
        Some(2) => Kind::Stream,
        Some(5) => Kind::Root,
        _ => Kind::Unused,
    };
    let link = |at: usize| word(bytes, at).unwrap_or(u32::MAX);
    Entry {
        name: name(bytes).unwrap_or_default(),
        kind,
        left: link(68),
        right: link(72),
        child: link(76),
        start: link(116),
        // Files with small sectors use the low half of the size only; the high half may hold anything.
        size: u64::from(link(120)),
    }
}

fn name(entry: &[u8]) -> Option<String> {
    let length = usize::from(half(entry, 64)?);
    if !(2..=64).contains(&length) {
        return None;
    }
    let units = entry.get(..length - 2)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    Some(char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect())
}
