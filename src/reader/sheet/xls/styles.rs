//! The cell styles of a workbook stream: the number format and the look of each.

use super::record::Pieces;
use super::text::{Count, Script, string};
use crate::reader::sheet::book::Look;
use crate::reader::sheet::number;
use crate::reader::sheet::style::{Style, Styles};
use std::collections::BTreeMap;

/// Bytes of a style record up to its borders, in Excel 97 and before.
const STYLE_97: usize = 18;
const STYLE_95: usize = 16;
/// Horizontal alignments that centre: in the cell, and over empty cells beside it.
const CENTRED: [u8; 2] = [2, 6];

/// The styles while their records are met.
#[derive(Default)]
pub(super) struct Collector {
    codes: BTreeMap<u16, String>,
    /// For each style the number of its format, and its look.
    styles: Vec<(u16, Look)>,
}

impl Collector {
    /// Takes a number format: its number and its code.
    pub(super) fn format(&mut self, data: &[u8], script: Script) {
        let mut pieces = Pieces::one(data);
        let count = if script == Script::Unicode { Count::Half } else { Count::Byte };
        if let (Some(id), Some(code)) = (pieces.half(), string(&mut pieces, script, count)) {
            self.codes.insert(id, code);
        }
    }

    /// Takes a cell style. A broken one keeps its number.
    pub(super) fn style(&mut self, data: &[u8], script: Script) {
        let id = data.get(2..4).map_or(0, |bytes| u16::from_le_bytes([bytes[0], bytes[1]]));
        let centred = data.get(6).is_some_and(|alignment| CENTRED.contains(&(alignment & 7)));
        let bordered = match script {
            Script::Unicode => data.len() >= STYLE_97 && (data[10] != 0 || data[11] != 0),
            Script::Page(_) => data.len() >= STYLE_95 && is_bordered_95(data),
        };
        self.styles.push((id, Look { bordered, centred }));
    }

    /// The styles with their formats' codes.
    pub(super) fn finish(self) -> Styles {
        let code = |id: u16| {
            self.codes.get(&id).cloned().unwrap_or_else(|| number::built_in(u32::from(id)).to_owned())
        };
        Styles(self.styles.iter().map(|(id, look)| Style { code: code(*id), look: *look }).collect())
    }
}

/// The line styles of the four sides: three bits each, the lower one apart.
fn is_bordered_95(data: &[u8]) -> bool {
    let word = |at: usize| u32::from_le_bytes([data[at], data[at + 1], data[at + 2], data[at + 3]]);
    word(8) >> 22 & 7 != 0 || word(12) & 0x1ff != 0
}
