//! Form fields, which keep their state in the data stream. Source: [MS-DOC] 2.9.78.

use super::bytes::{half, word};

/// The kind of field that is a check box, and the state that leaves it to the default.
const CHECK_BOX: u16 = 1;
const DEFAULT: u16 = 25;

/// Whether the check box at a place is ticked; `None` where there is none.
pub(super) fn check_box(data: &[u8], place: u32) -> Option<bool> {
    let at = place as usize;
    let start = at.checked_add(usize::from(half(data, at.checked_add(4)?)?))?;
    if word(data, start)? != u32::MAX {
        return None;
    }
    let bits = half(data, start + 4)?;
    if bits & 3 != CHECK_BOX {
        return None;
    }
    match (bits >> 2) & 0x1f {
        DEFAULT => {
            // The default stands behind the name, which ends with a zero.
            let name = usize::from(half(data, start + 10)?);
            Some(half(data, start + 12 + 2 * name + 2)? != 0)
        }
        state => Some(state != 0),
    }
}
