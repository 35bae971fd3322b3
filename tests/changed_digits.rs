//! A thousand disclosures with one digit changed in each: the checks find it and name its place, and they are silent on
//! the sound ones.

#![allow(clippy::unwrap_used, reason = "a test fails where a sketch is wrong")]

mod disclosure;
mod sketch;

use disclosure::{Dice, Disclosure};
use gongkai::check::check;
use gongkai::record::{Check, Ordinal, Verdict};
use sketch::records;

const DOCUMENTS: u64 = 1000;
/// Documents in which only what is counted is changed.
const COUNTED_DOCUMENTS: u64 = 400;
/// How many of them are tried unchanged.
const SOUND: u64 = 200;

fn failures(sketch: &str) -> Vec<Check> {
    check(&records(sketch)).into_iter().filter(|check| check.verdict == Verdict::Fail).collect()
}

/// Runs the test on the first seeds, in a few threads, and counts where it holds.
fn count(seeds: u64, test: fn(u64) -> bool) -> u64 {
    const THREADS: u64 = 4;
    std::thread::scope(|scope| {
        let part = |first: u64| {
            scope.spawn(move || {
                let seeds = (first..seeds).step_by(usize::try_from(THREADS).unwrap());
                seeds.map(|seed| u64::from(test(seed))).sum::<u64>()
            })
        };
        let parts: Vec<_> = (0..THREADS).map(part).collect();
        parts.into_iter().map(|part| part.join().unwrap()).sum()
    })
}

/// A figure of a table: its line in the sketch, and the place of its first character there.
struct Printed {
    line: usize,
    start: usize,
    length: usize,
    table: usize,
    row: usize,
    counted: bool,
}

/// Titles of tables in which bare whole numbers take part: quantities, weights and scores.
const COUNTED: &[&str] = &["政府采购预算表", "绩效目标表", "绩效自评表"];

/// The figures of a sketch that take part in an identity: money, zeros left out, and what is counted.
fn printed(sketch: &str) -> Vec<Printed> {
    let (mut found, mut table, mut row, mut counted) = (Vec::new(), 0, 0, false);
    for (at, line) in sketch.lines().enumerate() {
        if !line.starts_with('|') {
            counted =
                COUNTED.iter().any(|title| line.ends_with(title)) || counted && line.starts_with("单位");
            row = 0;
            continue;
        }
        row += 1;
        table += usize::from(row == 1);
        let mut start = 0;
        for cell in line.split('|') {
            let figure = cell.trim();
            let part = figure.contains('.') && figure != "0.00" || counted;
            if part && gongkai::document::figure(figure).is_some() {
                let inside = cell.find(figure).unwrap();
                found.push(Printed {
                    line: at,
                    start: start + inside,
                    length: figure.len(),
                    table,
                    row,
                    counted,
                });
            }
            start += cell.len() + 1;
        }
    }
    found
}

/// The sketch with one digit changed, and the table and row where.
fn changed(sketch: &str, wanted: fn(&Printed) -> bool, dice: &mut Dice) -> (String, usize, usize) {
    let figures: Vec<Printed> = printed(sketch).into_iter().filter(wanted).collect();
    let figure = &figures[dice.below(figures.len())];
    let mut lines: Vec<String> = sketch.lines().map(str::to_owned).collect();
    let line = &mut lines[figure.line];
    let digits: Vec<usize> = (figure.start..figure.start + figure.length)
        .filter(|at| line.as_bytes()[*at].is_ascii_digit())
        .collect();
    let at = digits[dice.below(digits.len())];
    let old = line.as_bytes()[at] - b'0';
    let new = (old + 1 + u8::try_from(dice.below(9)).unwrap()) % 10;
    line.replace_range(at..=at, &new.to_string());
    (lines.join("\n"), figure.table, figure.row)
}

fn is_located(seed: u64) -> bool {
    is_found(seed, |_| true)
}

/// Whether a change in what is counted is found: quantities, prices, weights and scores.
fn is_counted_located(seed: u64) -> bool {
    is_found(seed, |figure| figure.counted)
}

fn is_found(seed: u64, wanted: fn(&Printed) -> bool) -> bool {
    let (document, table, row) = changed(&Disclosure::sketch(seed), wanted, &mut Dice::new(seed + DOCUMENTS));
    let there = |check: &Check| {
        check.places.iter().any(|place| place.table == Ordinal::new(table) && place.row == Ordinal::new(row))
    };
    failures(&document).iter().any(there)
}

#[test]
fn a_changed_digit_is_found_and_located() {
    let found = count(DOCUMENTS, is_located);
    println!("{found} of {DOCUMENTS} changed digits were located");
    assert!(found * 100 >= DOCUMENTS * 95, "{found} of {DOCUMENTS} changed digits were located");
}

#[test]
fn a_changed_quantity_weight_or_score_is_found_and_located() {
    let found = count(COUNTED_DOCUMENTS, is_counted_located);
    println!("{found} of {COUNTED_DOCUMENTS} changed quantities, weights and scores were located");
    assert!(found * 100 >= COUNTED_DOCUMENTS * 95, "{found} of {COUNTED_DOCUMENTS} were located");
}

#[test]
fn sound_disclosures_pass() {
    let alarms = count(SOUND, |seed| !failures(&Disclosure::sketch(seed)).is_empty());
    assert_eq!(alarms, 0, "{alarms} of {SOUND} sound disclosures were called wrong");
}
