//! Compression of sheets as they come (RFC 1951). A row looks like the one above it, so that most of it is found without
//! a search: whoever writes it says where its cells stood the last time.

/// How far back a repetition may lie.
const WINDOW: usize = 1 << 15;
/// The longest repetition.
const LONGEST: usize = 258;
/// The shortest repetition that is worth its place.
const SHORTEST: usize = 4;
/// Bytes by which places are found again.
const KEY: usize = 6;
/// Places that are remembered: few enough to be near whenever the next piece comes.
const PLACES: usize = 1 << 10;

/// A text that is compressed piece by piece.
pub(super) struct Deflater {
    /// The text so far, without what is out of reach.
    text: Vec<u8>,
    /// Bytes of the text before these.
    passed: usize,
    /// By the bytes that stand there, where such bytes stood last.
    places: Vec<u32>,
    bits: Bits,
}

/// From this place of a piece on, the text may be as it was so many bytes before.
pub(super) type Hint = (usize, usize);

impl Deflater {
    pub(super) fn new() -> Self {
        let mut bits = Bits::default();
        // One block with the codes that need no table.
        bits.push(0b011, 3);
        Self { text: Vec::new(), passed: 0, places: vec![0; PLACES], bits }
    }

    /// Adds a piece with its hints, in the order of their places.
    pub(super) fn add(&mut self, piece: &[u8], hints: &[Hint]) {
        let first = self.text.len();
        self.text.extend(piece);
        let mut hints = hints.iter().map(|(place, back)| (first + place, *back)).peekable();
        let (mut at, mut back) = (first, usize::MAX);
        while at < self.text.len() {
            while let Some(hint) = hints.next_if(|hint| hint.0 <= at) {
                back = hint.1;
            }
            let end = hints.peek().map_or(usize::MAX, |hint| hint.0).min(self.text.len());
            at += self.step(at, end, back);
        }
        let surplus = self.text.len().saturating_sub(WINDOW);
        self.text.drain(..surplus);
        self.passed += surplus;
    }

    /// Bytes that may be taken.
    pub(super) fn ready(&self) -> usize {
        self.bits.whole.len()
    }

    /// What was compressed since it was last taken.
    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bits.whole)
    }

    /// The end of what is compressed.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.bits.push(0, 7);
        self.bits.finish()
    }

    /// Writes a repetition or a byte; how many bytes it stands for.
    fn step(&mut self, at: usize, end: usize, hint: usize) -> usize {
        let text = &self.text[..end];
        let reach = at.min(WINDOW);
        if hint <= reach {
            let known = common(text, at - hint, at);
            if known >= SHORTEST {
                self.bits.repetition(known, hint);
                return known;
            }
            // Often no more than a digit differs.
            if text.get(at + 1..=at + SHORTEST) == text.get(at - hint + 1..=at - hint + SHORTEST) {
                self.bits.byte(text[at]);
                return 1;
            }
        }
        let found = self.look_up(at).filter(|back| *back <= reach);
        let length = found.map_or(0, |back| common(&self.text[..end], at - back, at));
        if let Some(back) = found.filter(|_| length >= SHORTEST) {
            self.bits.repetition(length, back);
            return length;
        }
        self.bits.byte(self.text[at]);
        1
    }

    /// How far back such bytes as here may have stood last; from now on they stand here.
    fn look_up(&mut self, at: usize) -> Option<usize> {
        let key = self.text.get(at..at + KEY)?;
        let key = key.iter().fold(0_u64, |key, byte| key << 8 | u64::from(*byte));
        let hash = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - PLACES.ilog2());
        let here = u32::try_from(self.passed + at + 1).ok()?;
        let before = std::mem::replace(self.places.get_mut(usize::try_from(hash).ok()?)?, here);
        (before > 0).then(|| (here - before) as usize)
    }
}

/// How many bytes from two places on are the same, as far as a repetition may reach.
fn common(text: &[u8], before: usize, at: usize) -> usize {
    let longest = LONGEST.min(text.len() - at);
    let (before, here) = (&text[before..before + longest], &text[at..at + longest]);
    let (before_words, before_rest) = before.as_chunks::<8>();
    let (here_words, here_rest) = here.as_chunks::<8>();
    for (number, (a, b)) in before_words.iter().zip(here_words).enumerate() {
        let odd = u64::from_le_bytes(*a) ^ u64::from_le_bytes(*b);
        if odd != 0 {
            return number * 8 + (odd.trailing_zeros() / 8) as usize;
        }
    }
    let rest = before_rest.iter().zip(here_rest).take_while(|(a, b)| a == b).count();
    before_words.len() * 8 + rest
}

/// Codes, bit after bit.
#[derive(Default)]
struct Bits {
    whole: Vec<u8>,
    /// Bits that fill no byte yet, the first one lowest.
    open: u64,
    count: u32,
}

impl Bits {
    /// Adds so many bits, the lowest first; at most 32.
    fn push(&mut self, bits: u64, count: u32) {
        self.open |= bits << self.count;
        self.count += count;
        if self.count >= 32 {
            self.whole.extend(&self.open.to_le_bytes()[..4]);
            self.open >>= 32;
            self.count -= 32;
        }
    }

    fn byte(&mut self, byte: u8) {
        let (bits, count) = BYTES[usize::from(byte)];
        self.push(bits, count);
    }

    fn repetition(&mut self, length: usize, back: usize) {
        let (bits, count) = LENGTHS[length];
        self.push(bits, count);
        let (kind, extra, count) = graded(back - 1, 1);
        self.push(BACK[kind] | extra << 5, 5 + count);
    }

    fn finish(mut self) -> Vec<u8> {
        let bytes = self.count.div_ceil(8) as usize;
        self.whole.extend(&self.open.to_le_bytes()[..bytes]);
        self.whole
    }
}

/// Bits, and how many.
type Code = (u64, u32);

/// The codes of bytes.
static BYTES: [Code; 256] = {
    let mut codes = [(0, 0); 256];
    let mut byte = 0;
    while byte < codes.len() {
        codes[byte] = if byte < 144 { code(0x30 + byte, 8) } else { code(0x190 + byte - 144, 9) };
        byte += 1;
    }
    codes
};

/// The codes of lengths.
static LENGTHS: [Code; LONGEST + 1] = {
    let mut codes = [(0, 0); LONGEST + 1];
    let mut length = 3;
    while length < codes.len() {
        let (kind, extra, bits) = if length == LONGEST { (28, 0, 0) } else { graded(length - 3, 2) };
        let (code, count) = if kind < 23 { code(kind + 1, 7) } else { code(0xc0 + kind - 23, 8) };
        codes[length] = (code | extra << count, count + bits);
        length += 1;
    }
    codes
};

/// The codes of the kinds of distances, of five bits each.
static BACK: [u64; 30] = {
    let mut codes = [0; 30];
    let mut kind = 0;
    while kind < codes.len() {
        codes[kind] = code(kind, 5).0;
        kind += 1;
    }
    codes
};

/// A code whose highest bit comes first.
const fn code(code: usize, count: u32) -> Code {
    ((code as u64).reverse_bits() >> (u64::BITS - count), count)
}

/// A number by its kind, of which there are `1 << fine` for each power of two, and the bits that tell it from others of
/// that kind, with how many they are.
const fn graded(number: usize, fine: u32) -> (usize, u64, u32) {
    let bits = (number | 1).ilog2().saturating_sub(fine);
    (((bits as usize) << fine) + (number >> bits), number as u64 & ((1 << bits) - 1), bits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn inflated(compressed: &[u8]) -> Vec<u8> {
        let mut text = Vec::new();
        flate2::read::DeflateDecoder::new(compressed).read_to_end(&mut text).unwrap();
        text
    }

    fn deflated(pieces: &[(Vec<u8>, Vec<Hint>)]) -> Vec<u8> {
        let (mut deflater, mut compressed) = (Deflater::new(), Vec::new());
        for (piece, hints) in pieces {
            deflater.add(piece, hints);
            compressed.extend(deflater.take());
        }
        compressed.extend(deflater.finish());
        compressed
    }

    proptest::proptest! {
        #[test]
        fn an_independent_reader_finds_the_text_whatever_the_hints(
            pieces in proptest::collection::vec(
                (proptest::collection::vec("[ab]{1,9}|\u{4e00}{1,300}|<c r=\"A|.", 0..40),
                 proptest::collection::vec((0_usize..900, 1_usize..40_000), 0..6)), 0..6),
            times in 1_usize..40,
        ) {
            let pieces: Vec<(Vec<u8>, Vec<Hint>)> = pieces.into_iter().map(|(words, mut hints)| {
                hints.sort_unstable();
                (words.concat().repeat(times).into_bytes(), hints)
            }).collect();
            let text: Vec<u8> = pieces.iter().flat_map(|(piece, _)| piece.clone()).collect();
            proptest::prop_assert_eq!(inflated(&deflated(&pieces)), text);
        }
    }

    #[test]
    fn repetitions_of_every_length_and_distance_are_read_back() {
        let noise: Vec<u8> =
            (0..40_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[2]).collect();
        for (length, back) in (SHORTEST..=LONGEST).zip((1..=WINDOW).step_by(127)).chain([(LONGEST, WINDOW)]) {
            let start = noise.len() - back;
            let again: Vec<u8> = noise[start..].iter().copied().cycle().take(length).collect();
            let pieces = [(noise.clone(), Vec::new()), (again.clone(), vec![(0, back)])];
            let compressed = deflated(&pieces);
            assert_eq!(inflated(&compressed), [noise.clone(), again].concat(), "{length} bytes, {back} back");
        }
    }

    #[test]
    fn rows_that_differ_in_their_numbers_cost_little() {
        let row = |number: u32| {
            format!("<row r=\"{number}\"><c r=\"A{number}\" t=\"s\"><v>{}</v></c></row>", 40 + number % 7)
        };
        let rows: Vec<String> = (10_000..11_000).map(row).collect();
        let length = rows[0].len();
        let hints: Vec<Hint> = (0..rows.len()).map(|row| (row * length, length)).collect();
        let text = rows.concat().into_bytes();
        let compressed = deflated(&[(text.clone(), hints)]);
        assert!(compressed.len() * 4 < text.len(), "{} of {}", compressed.len(), text.len());
    }
}
