//! Bytes → text: which encoding a file is in, by byte order mark, declaration, then detection.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes shown to the detector. More does not change its mind, and it is the slowest step.
const DETECTED_BYTES: usize = 1 << 20;
/// Of so many characters beyond ASCII one may be broken before a file no longer counts as UTF-8.
const UTF8_SOUND_PER_BROKEN: usize = 20;

/// A text and how it was decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text without a byte order mark.
    pub text: String,
    /// Places where bytes were no text and U+FFFD stands instead.
    pub replaced: u64,
}

/// Decodes a whole file. `declared` is what the file itself says about its encoding (`gb2312`), where the format has
/// such a place; it is believed unless the bytes contradict it.
pub(super) fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return decode_as(encoding, bytes);
    }
    if is_utf8(bytes) {
        return decode_as(UTF_8, bytes);
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    if let Some(encoding) = declared.filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible()) {
        let decoded = decode_as(encoding, bytes);
        if decoded.replaced == 0 {
            return decoded;
        }
    }
    detected(bytes)
}

/// UTF-16 shows in the zero bytes of its digits and line ends, and in pairs that make Chinese print in one order only.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DETECTED_BYTES) & !1];
    let pairs = head.len() / 2;
    let zeros = head.chunks_exact(2).filter(|pair| pair.contains(&0)).count();
    // A stray zero byte must not turn an 8-bit file into UTF-16; a file full of them is no text.
    if zeros * 50 < pairs || zeros == 0 {
        return None;
    }
    let usual = |unit: u16| matches!(unit, 0x09..=0x0d | 0x20..=0x7e | 0x2000..=0x22ff | 0x3000..=0x303f | 0x4e00..=0x9fff | 0xff00..=0xffef);
    let count = |order: fn([u8; 2]) -> u16| {
        head.chunks_exact(2).filter(|pair| usual(order([pair[0], pair[1]]))).count()
    };
    let (big, little) = (count(u16::from_be_bytes), count(u16::from_le_bytes));
    let (encoding, most) = if big > little { (UTF_16BE, big) } else { (UTF_16LE, little) };
    (most * 10 >= pairs * 9 && big != little).then_some(encoding)
}

/// Whether the bytes are UTF-8, apart from a rare damaged place.
fn is_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        // Lead bytes of sequences that decode; ASCII says nothing about the encoding.
        sound += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken == 0 || sound > broken * UTF8_SOUND_PER_BROKEN
}

/// The encoding whose text looks most like Chinese print: of the two Chinese ones and the detector's guess.
fn detected(bytes: &[u8]) -> Decoded {
    let head = &bytes[..bytes.len().min(DETECTED_BYTES)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let candidates = [GB18030, BIG5, guess];
    let best = candidates.into_iter().min_by_key(|encoding| strangeness(&decode_as(encoding, head)));
    decode_as(best.unwrap_or(GB18030), bytes)
}

/// How little a decoded text looks like Chinese print, as thousandths of its characters: those that have no place in
/// such a text count, those that every such text is full of count against.
fn strangeness(decoded: &Decoded) -> i64 {
    let (mut score, mut characters) = (0, 0);
    for c in decoded.text.chars().filter(|c| !c.is_ascii()) {
        characters += 1;
        score += match c {
            '，' | '。' | '、' | '：' | '（' | '）' | '的' | '一' | '年' | '元' => -2,
            '部' | '收' | '入' | '支' | '出' | '公' | '算' | '目' | '合' | '門' | '门' | '预' | '預' => {
                -1
            }
            '\u{2000}'..='\u{22ff}'
            | '\u{3000}'..='\u{303f}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{ff00}'..='\u{ffef}' => 0,
            // Decoding errors, private use, kana, letters with accents, rare ideographs.
            _ => 5,
        };
    }
    score * 1000 / i64::max(characters, 1)
}

/// Decodes with replacement and counts the replacements, leaving out U+FFFD that the file itself holds.
fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let replaced = if had_errors {
        let own = if encoding == UTF_8 { count(bytes, "\u{fffd}".as_bytes()) } else { 0 };
        (text.chars().filter(|c| *c == '\u{fffd}').count() as u64).saturating_sub(own).max(1)
    } else {
        0
    };
    Decoded { text: text.into_owned(), replaced }
}

fn count(bytes: &[u8], wanted: &[u8]) -> u64 {
    bytes.windows(wanted.len()).filter(|window| *window == wanted).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str =
        "岚山县财政局2022年部门预算公开\r\n收入预算1234.50万元，其中：基本支出1000万元。\r\n";
    const TRADITIONAL: &str =
        "嵐山縣財政局2022年部門預算公開說明\n收入預算1234萬元，其中基本支出1000萬元，項目支出234萬元。\n";

    fn utf16(text: &str, big_endian: bool, mark: bool) -> Vec<u8> {
        let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units.flat_map(|unit| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn every_encoding_in_use_gives_the_same_text() {
        let cases: [(&str, Vec<u8>); 8] = [
            ("utf-8", SAMPLE.as_bytes().to_vec()),
            ("utf-8 with a mark", format!("\u{feff}{SAMPLE}").into_bytes()),
            ("utf-16le with a mark", utf16(SAMPLE, false, true)),
            ("utf-16be with a mark", utf16(SAMPLE, true, true)),
            ("utf-16le", utf16(SAMPLE, false, false)),
            ("utf-16be", utf16(SAMPLE, true, false)),
            ("gb18030", GB18030.encode(SAMPLE).0.into_owned()),
            ("gbk of one line", GB18030.encode("收入总计").0.into_owned()),
        ];
        for (name, bytes) in cases {
            let wanted = if name.ends_with("line") { "收入总计" } else { SAMPLE };
            assert_eq!(decode(&bytes, None), Decoded { text: wanted.to_owned(), replaced: 0 }, "{name}");
        }
    }

    #[test]
    fn traditional_text_is_read_as_big5() {
        let bytes = BIG5.encode(TRADITIONAL).0.into_owned();
        assert_eq!(decode(&bytes, None).text, TRADITIONAL);
    }

    #[test]
    fn characters_beyond_gbk_are_read() {
        let text = "岚山县㑇镇𠮷村办事处经费";
        assert_eq!(decode(&GB18030.encode(text).0, None).text, text);
    }

    #[test]
    fn a_declaration_is_believed_unless_the_bytes_contradict_it() {
        let bytes = GB18030.encode(SAMPLE).0.into_owned();
        assert_eq!(decode(&bytes, Some(" GB2312 ")).text, SAMPLE);
        assert_eq!(decode(&bytes, Some("utf-8")).text, SAMPLE);
        assert_eq!(decode(SAMPLE.as_bytes(), Some("gb2312")).text, SAMPLE);
    }

    #[test]
    fn broken_bytes_are_replaced_and_counted() {
        let mut bytes = SAMPLE.repeat(3).into_bytes();
        bytes[3] = 0xFF;
        bytes.truncate(bytes.len() - 3);
        let decoded = decode(&bytes, None);
        assert!(decoded.text.contains("部门预算"), "{}", decoded.text);
        assert!((2..=4).contains(&decoded.replaced), "{}", decoded.replaced);
    }

    #[test]
    fn a_replacement_character_of_the_file_itself_is_not_counted() {
        assert_eq!(decode("某县\u{fffd}局".as_bytes(), None).replaced, 0);
    }

    #[test]
    fn a_stray_zero_byte_does_not_make_a_file_utf16() {
        let mut bytes = SAMPLE.repeat(4).into_bytes();
        bytes.insert(4, 0);
        assert!(decode(&bytes, None).text.contains("部门预算"));
    }
}
