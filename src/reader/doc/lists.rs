//! Automatic numbering: list definitions and the lists that paragraphs refer to.
//! Source: [MS-DOC] 2.9.131, 2.9.147, 2.9.150 and 2.9.133.

use super::bytes::{byte, half, slice, utf16, word};
use super::fib::{Fib, Part};
use super::sprm;
use crate::reader::ReadError;
use crate::reader::word::numbering::{Abstract, LEVELS, Level, Number, Numbering, Override};
use crate::reader::word::numeral::NumberFormat;

/// Bytes of a list's entry, a level's fixed part, and an override's entry.
const LIST: usize = 28;
const LEVEL: usize = 28;
const OVERRIDE: usize = 16;
/// The number of a style that is none.
const NO_STYLE: u16 = 0x0fff;

/// Reads all lists. Levels follow their table without being counted in its length.
pub(super) fn read(fib: &Fib<'_>, table: &[u8]) -> Result<Numbering, ReadError> {
    let mut numbering = Numbering::default();
    let (start, _) = fib.place(Part::Lists);
    let lists = fib.part(table, Part::Lists)?;
    let count = half(lists, 0).map_or(0, usize::from);
    let mut at = start + lists.len();
    for index in 0..count {
        let Some(entry) = slice(lists, 2 + LIST * index, LIST) else { break };
        let mut definition = Abstract::default();
        let levels = if byte(entry, 26).is_some_and(|flags| flags & 1 == 1) { 1 } else { LEVELS };
        for (number, slot) in definition.levels.iter_mut().enumerate().take(levels) {
            let Some((mut level, length)) = table.get(at..).and_then(level) else { break };
            let style = half(entry, 8 + 2 * number).filter(|style| *style != NO_STYLE);
            level.style = style.map(|style| style.to_string());
            *slot = Some(level);
            at += length;
        }
        numbering.abstracts.insert(word(entry, 0).unwrap_or(0), definition);
    }
    for (number, list) in (1..).zip(overrides(fib.part(table, Part::ListOverrides)?)) {
        numbering.numbers.insert(number, list);
    }
    Ok(numbering)
}

/// The lists that paragraphs refer to, with the levels they define differently.
fn overrides(bytes: &[u8]) -> Vec<Number> {
    let count = word(bytes, 0).unwrap_or(0) as usize;
    let mut at = 4 + OVERRIDE.saturating_mul(count);
    let mut numbers = Vec::new();
    for index in 0..count {
        let Some(entry) = slice(bytes, 4 + OVERRIDE * index, OVERRIDE) else { break };
        let mut number = Number { definition: word(entry, 0).unwrap_or(0), ..Number::default() };
        at = at.saturating_add(4);
        for _ in 0..byte(entry, 12).unwrap_or(0) {
            let Some((level, own, length)) = override_at(bytes, at) else { break };
            if let Some(slot) = number.overrides.get_mut(level) {
                *slot = own;
            }
            at += length;
        }
        numbers.push(number);
    }
    numbers
}

fn override_at(bytes: &[u8], at: usize) -> Option<(usize, Override, usize)> {
    let start = word(bytes, at)?;
    let flags = word(bytes, at + 4)?;
    let mut own = Override::default();
    let mut length = 8;
    if flags & 0x20 != 0 {
        let (level, taken) = level(bytes.get(at + 8..)?)?;
        length += taken;
        own.start = level.start.filter(|_| flags & 0x10 != 0);
        own.level = Some(level);
    } else if flags & 0x10 != 0 {
        own.start = Some(start);
    }
    Some(((flags & 0x0f) as usize, own, length))
}

/// A level and its length in bytes.
fn level(bytes: &[u8]) -> Option<(Level, usize)> {
    let flags = byte(bytes, 5)?;
    let characters = usize::from(byte(bytes, 24)?);
    let paragraphs = usize::from(byte(bytes, 25)?);
    let text_at = LEVEL + characters + paragraphs;
    let text_length = 2 * usize::from(half(bytes, text_at)?);
    let text = utf16(slice(bytes, text_at + 2, text_length)?);
    let hidden = slice(bytes, LEVEL + paragraphs, characters)
        .is_some_and(|list| sprm::sprms(list).any(|sprm| sprm.code == sprm::HIDDEN && sprm.byte() == 1));
    let level = Level {
        start: word(bytes, 0),
        format: NumberFormat::from_code(byte(bytes, 4)?),
        text: with_marks(&text),
        restart: (flags & 0x08 != 0).then(|| byte(bytes, 26).map_or(0, u32::from)),
        legal: flags & 0x04 != 0,
        style: None,
        hidden,
    };
    Some((level, text_at + 2 + text_length))
}

/// The text of a level with `%1` to `%9` where the numbers of the levels stand.
fn with_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match u32::from(character) {
            level @ 0..=8 => {
                out.push('%');
                out.extend(char::from_digit(level + 1, 10));
            }
            _ => out.push(character),
        }
    }
    out
}
