//! The strings of a workbook stream: in 16-bit characters since Excel 97, in a code page before.

use super::record::Pieces;
use crate::reader::word::codepage;

/// How a stream writes its strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// Excel 97 and later.
    Unicode,
    /// Excel 5 and 95, with the code page.
    Page(u32),
}

/// How the number of characters before a string is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    Byte,
    Half,
}

/// Flags of a Unicode string ([MS-XLS] 2.5.293).
const WIDE: u8 = 0x01;
const EXTENDED: u8 = 0x04;
const RICH: u8 = 0x08;

/// The next string; `None` where the bytes end before it.
pub(super) fn string(pieces: &mut Pieces<'_>, script: Script, count: Count) -> Option<String> {
    let count = match count {
        Count::Byte => usize::from(pieces.byte()?),
        Count::Half => usize::from(pieces.half()?),
    };
    let text = match script {
        Script::Unicode => unicode(pieces, count)?,
        Script::Page(page) => {
            let bytes = pieces.take(count)?;
            codepage::of_page(page).decode_without_bom_handling(bytes).0.into_owned()
        }
    };
    Some(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text })
}

/// The characters with what is stated about their fonts and their readings, which is left out.
fn unicode(pieces: &mut Pieces<'_>, count: usize) -> Option<String> {
    let flags = pieces.byte()?;
    let runs = if flags & RICH != 0 { usize::from(pieces.half()?) } else { 0 };
    let extension = if flags & EXTENDED != 0 { pieces.word()? as usize } else { 0 };
    let mut wide = flags & WIDE != 0;
    let mut units: Vec<u16> = Vec::with_capacity(count);
    while units.len() < count {
        if pieces.at_edge() {
            // A piece that begins inside a string says again how wide its characters are.
            wide = pieces.byte()? & WIDE != 0;
        }
        units.push(if wide { pieces.half()? } else { u16::from(pieces.byte()?) });
    }
    pieces.skip(4 * runs);
    pieces.skip(extension);
    Some(char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect())
}

/// All shared strings; those that the bytes end in are left out.
pub(super) fn shared(pieces: &mut Pieces<'_>) -> Vec<String> {
    pieces.skip(4);
    let stated = pieces.word().unwrap_or(0) as usize;
    std::iter::from_fn(|| string(pieces, Script::Unicode, Count::Half)).take(stated).collect()
}
