//! Grouped drawings: to which group on the page a shape belongs. Source: [MS-ODRAW] 2.2.

use super::bytes::{byte, half, slice, word};
use std::collections::BTreeMap;

/// Records that hold records: drawings, groups, shapes.
const DRAWING: u16 = 0xf002;
const GROUP: u16 = 0xf003;
const SHAPE: u16 = 0xf004;
/// The record that names a shape.
const SHAPE_NAME: u16 = 0xf00a;
/// Bytes of a record's head.
const HEAD: usize = 8;
/// The deepest nesting of groups that is followed.
const MAX_DEPTH: usize = 32;

/// For each shape in a group, the shape that stands for the outermost group.
pub(super) fn groups(drawings: &[u8]) -> BTreeMap<u32, u32> {
    let mut groups = BTreeMap::new();
    let shared = word(drawings, 4).map_or(0, |length| length as usize);
    let mut at = HEAD.saturating_add(shared);
    // Each drawing, of the body and of the headers, has a byte in front that tells which it is.
    while let Some((kind, content, end)) = record(drawings, at.saturating_add(1)) {
        if kind == DRAWING {
            for (kind, content) in records(content).filter(|(kind, _)| *kind == GROUP) {
                debug_assert_eq!(kind, GROUP);
                page(content, &mut groups);
            }
        }
        at = end;
    }
    groups
}

/// The outermost group of a drawing is the page itself.
fn page(content: &[u8], groups: &mut BTreeMap<u32, u32>) {
    for (_, inner) in records(content).filter(|(kind, _)| *kind == GROUP) {
        let mut names = Vec::new();
        collect(inner, MAX_DEPTH, &mut names);
        if let Some((first, rest)) = names.split_first() {
            groups.extend(rest.iter().map(|name| (*name, *first)));
        }
    }
}

fn collect(content: &[u8], levels: usize, names: &mut Vec<u32>) {
    for (kind, inner) in records(content) {
        match kind {
            GROUP if levels > 0 => collect(inner, levels - 1, names),
            SHAPE => {
                let name = records(inner).find(|(kind, _)| *kind == SHAPE_NAME);
                names.extend(name.and_then(|(_, name)| word(name, 0)));
            }
            _ => {}
        }
    }
}

fn records(content: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (kind, inner, end) = record(content, at)?;
        at = end;
        Some((kind, inner))
    })
}

/// The record at a place: its kind, its content, and where the next one begins.
fn record(bytes: &[u8], at: usize) -> Option<(u16, &[u8], usize)> {
    byte(bytes, at)?;
    let kind = half(bytes, at.checked_add(2)?)?;
    let length = word(bytes, at.checked_add(4)?)? as usize;
    let start = at.checked_add(HEAD)?;
    let content = slice(bytes, start, length)?;
    Some((kind, content, start + length))
}
