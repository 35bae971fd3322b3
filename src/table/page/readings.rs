//! The other readings of a cell: its text with one word read otherwise, or without a word that lies on another.

use super::lines::Line;
use crate::document::{Word, figure};

/// Most other readings of one cell.
const MOST: usize = 8;
/// Words that cover more than this share of the narrower one lie on each other.
const COVER: f32 = 0.5;

/// The figures that the lines of a cell may also be read as, empty for nothing at all.
pub(super) fn of(lines: &[Line]) -> Vec<String> {
    let [line] = lines else { return Vec::new() };
    let printed = line.text();
    let mut readings = Vec::new();
    for (at, word) in line.words.iter().enumerate() {
        let lies_on = |other: &Word| other.bbox.width() > word.bbox.width() && covers(other, word);
        if line.words.iter().any(lies_on) {
            readings.push(read(line, at, ""));
        }
        readings.extend(word.readings.iter().map(|reading| read(line, at, reading)));
    }
    readings.retain(|text| *text != printed && (text.trim().is_empty() || figure(text).is_some()));
    readings.truncate(MOST);
    readings
}

fn covers(wide: &Word, narrow: &Word) -> bool {
    let shared = wide.bbox.x1.min(narrow.bbox.x1) - wide.bbox.x0.max(narrow.bbox.x0);
    shared > COVER * narrow.bbox.width()
}

/// The text of a line with another reading of one word.
fn read(line: &Line, at: usize, reading: &str) -> String {
    let mut other = line.clone();
    if reading.is_empty() {
        other.words.remove(at);
    } else {
        reading.clone_into(&mut other.words[at].text);
    }
    other.text()
}
