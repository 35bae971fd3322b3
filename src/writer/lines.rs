//! Rows on their way to all formats, some at a time: their values are found once, and so is what each looks like as
//! text and as JSON.

use super::schema::{CELLS, COLUMNS, Relation};
use super::{Value, json};
use crate::record::Outcome;
use std::cell::OnceCell;

/// The number of [`CELLS`] beside those of [`COLUMNS`], which count from 0.
pub(super) const CELLS_AT: usize = COLUMNS.len();

/// The place of the tables in [`COLUMNS`].
pub(super) const TABLES_AT: usize = 5;

/// Some rows of a record of one document, one after the other.
pub struct Lines<'a> {
    /// Which record: its place in [`COLUMNS`], or the one after them for [`CELLS`].
    pub record: usize,
    values: &'a [Value<'a>],
    /// Values in a row.
    width: usize,
    /// What the values look like that are no texts.
    spelled: Vec<u8>,
    spellings: Vec<Spelling>,
    objects: OnceCell<Objects>,
}

/// Where a value is spelled, and whether the row above has the same.
#[derive(Clone, Copy)]
struct Spelling {
    start: u32,
    end: u32,
    again: bool,
}

/// One value of a row.
#[derive(Clone, Copy)]
pub struct Cell<'a> {
    /// The value.
    pub value: &'a Value<'a>,
    /// What it looks like in a CSV cell, without quotes: decimals plain and without needless zeros, lists joined by `;`.
    pub text: &'a [u8],
    /// Whether the row above has the same value in this column; never so in the first of some rows.
    pub again: bool,
}

/// Rows as JSON objects.
pub(super) struct Objects {
    /// The objects, one after the other, each with a comma behind it.
    pub(super) text: Vec<u8>,
    /// Where each ends, before its comma.
    pub(super) ends: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn new(record: usize, values: &'a [Value<'a>], width: usize) -> Self {
        let mut spelled = Vec::new();
        let mut spellings: Vec<Spelling> = Vec::with_capacity(values.len());
        for (at, value) in values.iter().enumerate() {
            let above = at.checked_sub(width).filter(|above| value.is(&values[*above]));
            let spelling = above.map(|above| Spelling { again: true, ..spellings[above] });
            spellings.push(spelling.unwrap_or_else(|| {
                let start = spelled.len();
                value.spell(&mut spelled);
                Spelling { start: place(start), end: place(spelled.len()), again: false }
            }));
        }
        Self { record, values, width, spelled, spellings, objects: OnceCell::new() }
    }

    /// The rows.
    pub fn rows(&self) -> impl Iterator<Item = impl Iterator<Item = Cell<'_>>> {
        let rows = self.values.chunks_exact(self.width).zip(self.spellings.chunks_exact(self.width));
        rows.map(|(values, spellings)| {
            values.iter().zip(spellings).map(|(value, spelling)| {
                let text = match value {
                    Value::Text(text) => text.as_bytes(),
                    _ => &self.spelled[spelling.start as usize..spelling.end as usize],
                };
                Cell { value, text, again: spelling.again }
            })
        })
    }

    /// The rows as JSON objects.
    pub(super) fn objects(&self) -> &Objects {
        self.objects.get_or_init(|| json::objects(self))
    }
}

/// A place among what some rows spell, which is far from being large.
fn place(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// Hands over all rows of a document, record after record: those of [`COLUMNS`] in their order, and the cells behind
/// the tables. Only records that are `wanted` are gone through, and only until the first error.
pub(super) fn each_lines<E>(
    outcome: &Outcome,
    wanted: impl Fn(usize) -> bool,
    take: &mut dyn FnMut(&Lines<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut result = Ok(());
    let mut visit = |record: usize, relation: &dyn Relation| {
        if result.is_ok() && wanted(record) {
            relation.each_rows(outcome, &mut |values, width| {
                if result.is_ok() {
                    result = take(&Lines::new(record, values, width));
                }
            });
        }
    };
    for (record, relation) in COLUMNS.into_iter().enumerate() {
        visit(record, relation);
        if record == TABLES_AT {
            visit(CELLS_AT, &CELLS);
        }
    }
    result
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Rows of so many values each, as cells for which nothing is known of the row above.
    pub(crate) fn lines<'a>(values: &'a [Value<'a>], width: usize) -> Lines<'a> {
        Lines::new(0, values, width)
    }

    #[test]
    fn cells_come_behind_their_tables() {
        assert_eq!(COLUMNS[TABLES_AT].name(), "tables");
    }

    #[test]
    fn what_the_row_above_has_is_said_and_spelled_as_there() {
        let values = [
            [Value::Integer(2021), Value::text("霸州"), Value::Empty],
            [Value::Integer(2021), Value::text("霸州市"), Value::Empty],
            [Value::Integer(2022), Value::text("霸州市"), Value::Boolean(true)],
        ]
        .concat();
        let lines = lines(&values, 3);
        let seen: Vec<Vec<(&[u8], bool)>> =
            lines.rows().map(|row| row.map(|cell| (cell.text, cell.again)).collect()).collect();
        let expected: [[(&str, bool); 3]; 3] = [
            [("2021", false), ("霸州", false), ("", false)],
            [("2021", true), ("霸州市", false), ("", true)],
            [("2022", false), ("霸州市", true), ("true", false)],
        ];
        assert_eq!(seen, expected.map(|row| row.map(|(text, again)| (text.as_bytes(), again)).to_vec()));
    }
}
