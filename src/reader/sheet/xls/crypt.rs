//! Workbooks that Excel encrypted without being asked for a password: one whose structure is protected is encrypted with
//! a password that every program knows. Source: [MS-XLS] 2.2.10, 2.4.117; [MS-OFFCRYPTO] 2.3.5, 2.3.6.

use super::record::{Pieces, Record, Records, id};
use crate::reader::ReadError;
use md5::{Digest, Md5};
use sha1::Sha1;

/// The password where the user gave none. Source: [MS-XLS] 2.4.191, the note on protected structure.
const DEFAULT_PASSWORD: &str = "VelvetSweatshop";
/// The stream is encrypted in blocks of so many bytes, each with a key of its own.
const BLOCK: usize = 1_024;
/// Versions of the two methods that use RC4.
const PLAIN: (u16, u16) = (1, 1);
const CRYPTO_API: std::ops::RangeInclusive<u16> = 2..=4;
/// Records that are never encrypted. Source: [MS-XLS] 2.2.10.
const OPEN: [u16; 6] = [id::BEGIN, id::FILE_PASS, 0x00e1, 0x0138, 0x0194, 0x0195];
/// Bytes at the head of an entry of the list of sheets that are not: where the sheet begins.
const OPEN_IN_SHEET: usize = 4;

/// The stream as it would be without encryption; `None` where it is not encrypted.
///
/// # Errors
/// `Encrypted` where a password is needed, or a method is used that can't be undone here.
pub(super) fn decrypted(stream: &[u8]) -> Result<Option<Vec<u8>>, ReadError> {
    let mut records = Records::new(stream, 0);
    let pass = loop {
        match records.next()? {
            Some(record) if record.id == id::FILE_PASS => break record,
            Some(record) if record.id != id::EOF => {}
            _ => return Ok(None),
        }
    };
    let locked = || ReadError::Encrypted { what: "the workbook".to_owned() };
    let key = Key::of(pass).ok_or_else(locked)?;
    let mut plain = stream.to_vec();
    let mut records = Records::new(stream, 0);
    let (mut block, mut cipher) = (0, key.cipher(0));
    let mut at = 0;
    // What is damaged behind is met again by the reader.
    while let Ok(Some(record)) = records.next() {
        let data = at + 4..at + 4 + record.data.len();
        let open = match record.id {
            _ if OPEN.contains(&record.id) => record.data.len(),
            id::SHEET => OPEN_IN_SHEET,
            _ => 0,
        };
        for (step, byte) in plain[at..data.end].iter_mut().enumerate() {
            let place = at + step;
            if place / BLOCK != block {
                (block, cipher) = (place / BLOCK, key.cipher(place / BLOCK));
            }
            let mask = cipher.step();
            if place >= data.start + open {
                *byte ^= mask;
            }
        }
        at = data.end;
    }
    Ok(Some(plain))
}

/// What the keys of the blocks are made of.
enum Key {
    /// By MD5, of 40 bits.
    Plain([u8; 5]),
    /// By SHA-1, and of so many bytes.
    CryptoApi([u8; 20], usize),
}

impl Key {
    /// The key where the default password is the one.
    fn of(pass: Record<'_>) -> Option<Self> {
        let mut data = Pieces::one(pass.data);
        let (method, major, minor) = (data.half()?, data.half()?, data.half()?);
        let password: Vec<u8> = DEFAULT_PASSWORD.encode_utf16().flat_map(u16::to_le_bytes).collect();
        if method != 1 {
            return None;
        }
        let key = if (major, minor) == PLAIN {
            let salt = data.take(16)?;
            let first = Md5::digest(&password);
            let mixed = [&first[..5], salt].concat().repeat(16);
            Self::Plain(Md5::digest(&mixed)[..5].try_into().ok()?)
        } else if CRYPTO_API.contains(&major) && minor == 2 {
            data.take(4)?;
            let header = data.word()?;
            let mut header = Pieces::one(data.take(usize::try_from(header).ok()?)?);
            header.take(16)?;
            let bits = match header.word()? {
                0 => 40,
                bits => bits,
            };
            let salt = data.word().filter(|size| *size == 16).and_then(|_| data.take(16))?;
            let length = usize::try_from(bits / 8).ok().filter(|length| (5..=16).contains(length))?;
            Self::CryptoApi(Sha1::digest([salt, &password].concat()).into(), length)
        } else {
            return None;
        };
        key.opens(&mut data).then_some(key)
    }

    /// Whether it opens the verifier, which follows.
    fn opens(&self, data: &mut Pieces<'_>) -> bool {
        let mut cipher = self.cipher(0);
        let mut open = |sealed: Option<&[u8]>| -> Vec<u8> {
            sealed.unwrap_or_default().iter().map(|byte| byte ^ cipher.step()).collect()
        };
        let verifier = open(data.take(16));
        match self {
            Self::Plain(_) => *Md5::digest(&verifier) == *open(data.take(16)),
            Self::CryptoApi(..) => {
                data.take(4);
                *Sha1::digest(&verifier) == *open(data.take(20))
            }
        }
    }

    fn cipher(&self, block: usize) -> Rc4 {
        let block = u32::try_from(block).unwrap_or(u32::MAX).to_le_bytes();
        match self {
            Self::Plain(base) => Rc4::new(&Md5::digest([&base[..], &block].concat())),
            Self::CryptoApi(base, length) => {
                let mut key = Sha1::digest([&base[..], &block].concat())[..*length].to_vec();
                // A key of 40 bits is filled up with zeros.
                if *length == 5 {
                    key.resize(16, 0);
                }
                Rc4::new(&key)
            }
        }
    }
}

/// The RC4 stream cipher.
struct Rc4 {
    state: [u8; 256],
    i: u8,
    j: u8,
}

impl Rc4 {
    fn new(key: &[u8]) -> Self {
        let mut state: [u8; 256] = std::array::from_fn(|at| u8::try_from(at).unwrap_or_default());
        let mut j = 0_u8;
        for i in 0..state.len() {
            j = j.wrapping_add(state[i]).wrapping_add(key[i % key.len()]);
            state.swap(i, usize::from(j));
        }
        Self { state, i: 0, j: 0 }
    }

    fn step(&mut self) -> u8 {
        self.i = self.i.wrapping_add(1);
        self.j = self.j.wrapping_add(self.state[usize::from(self.i)]);
        self.state.swap(usize::from(self.i), usize::from(self.j));
        let sum = self.state[usize::from(self.i)].wrapping_add(self.state[usize::from(self.j)]);
        self.state[usize::from(sum)]
    }
}

#[cfg(test)]
mod tests {
    use super::Rc4;

    #[test]
    fn rc4_gives_the_published_stream() {
        // The example that is given with every description of the cipher.
        let mut cipher = Rc4::new(b"Key");
        let sealed: Vec<u8> = b"Plaintext".iter().map(|byte| byte ^ cipher.step()).collect();
        assert_eq!(sealed, [0xbb, 0xf3, 0x16, 0xe8, 0xd9, 0x40, 0xaf, 0x0a, 0xd3]);
    }
}
