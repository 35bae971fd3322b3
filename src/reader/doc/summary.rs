//! The document's title among its summary properties. Source: [MS-OLEPS] 2.21.

use super::bytes::{half, slice, utf16, word};
use crate::reader::word::codepage;

/// Numbers of the properties, and of the types of their values.
const CODE_PAGE: u32 = 1;
const TITLE: u32 = 2;
const NARROW_TEXT: u32 = 0x1e;
const WIDE_TEXT: u32 = 0x1f;
/// The most properties that are looked at.
const MAX_PROPERTIES: usize = 256;

/// The stated title of a `SummaryInformation` stream.
pub(super) fn title(stream: &[u8]) -> Option<String> {
    let start = word(stream, 44)? as usize;
    let section = stream.get(start..)?;
    let count = (word(section, 4)? as usize).min(MAX_PROPERTIES);
    let place = |wanted: u32| {
        let entry = (0..count).map(|index| 8 + 8 * index).find(|at| word(section, *at) == Some(wanted))?;
        section.get(word(section, entry + 4)? as usize..)
    };
    let value = place(TITLE)?;
    let length = word(value, 4)? as usize;
    let text = match word(value, 0)? & 0xffff {
        NARROW_TEXT => {
            let page = place(CODE_PAGE).and_then(|value| half(value, 4)).unwrap_or(1252);
            decode(slice(value, 8, length)?, page)
        }
        WIDE_TEXT => utf16(slice(value, 8, length.checked_mul(2)?)?),
        _ => return None,
    };
    let title = text.split('\0').next().unwrap_or_default().trim();
    (!title.is_empty()).then(|| title.to_owned())
}

fn decode(bytes: &[u8], page: u16) -> String {
    match page {
        1200 => utf16(bytes),
        _ => codepage::of_page(u32::from(page)).decode_without_bom_handling(bytes).0.into_owned(),
    }
}
