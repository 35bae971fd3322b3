//! Figures whose failed identities another reading of their page would mend: they are flagged, and never changed.
//!
//! The readers keep what the marks on a page may also say: a digit drawn twice, or over the rule between two columns.
//! Where a rule fails, each such reading of a figure in it is tried: it explains the failure if the rule holds with it
//! and no other fails.

use crate::flag::Flag;
use crate::record::{Check, LineItem, OtherReading, Provenance, Records, Verdict};
use rust_decimal::Decimal;

/// Most readings tried in one document; a sound page has none.
const MOST: usize = 64;

/// A figure, by its index, and another reading of it.
type Other = (usize, OtherReading);

/// Flags the line items and amounts that another reading explains, and says so in the failed checks.
pub(super) fn flag(records: &mut Records) {
    for others in candidates(records) {
        let mended = mended(records, &others);
        if !mended.is_empty() {
            doubt(records, &others, &mended);
        }
    }
}

/// What is tried: each reading of a figure in a failed rule, and each two of figures in one row, since a digit that one of
/// them loses may be the other's.
fn candidates(records: &Records) -> Vec<Vec<Other>> {
    let unsure = |item: &&LineItem| !item.readings.is_empty() && takes_part(&records.checks, item.provenance);
    let items = records.line_items.iter().enumerate().filter(|(_, item)| unsure(item));
    let others: Vec<Other> = items
        .flat_map(|(at, item)| item.readings.iter().map(move |reading| (at, reading.clone())))
        .take(MOST)
        .collect();
    let row = |other: &Other| {
        let place = records.line_items[other.0].provenance;
        (place.table, place.row)
    };
    let pairs = others.iter().enumerate().flat_map(|(index, one)| {
        let beside = others[index + 1..].iter().filter(|two| two.0 != one.0 && row(two) == row(one));
        beside.map(|two| vec![one.clone(), two.clone()])
    });
    let singles = others.iter().map(|other| vec![other.clone()]);
    singles.chain(pairs).take(MOST).collect()
}

fn takes_part(checks: &[Check], place: Provenance) -> bool {
    checks.iter().any(|check| fails_at(check, place))
}

fn fails_at(check: &Check, place: Provenance) -> bool {
    check.verdict == Verdict::Fail && check.places.iter().any(|other| is_same(*other, place))
}

fn is_same(a: Provenance, b: Provenance) -> bool {
    (a.table, a.row, a.column) == (b.table, b.row, b.column)
}

/// The failed checks that hold with other readings of their figures; none where any other fails then.
fn mended(records: &mut Records, others: &[Other]) -> Vec<usize> {
    let figures = others.iter().map(|(_, reading)| (Some(reading.value), reading.value_yuan));
    let printed = exchange(records, others, figures.collect());
    let again = super::check(records);
    exchange(records, others, printed);
    let before = &records.checks;
    let failed = |check: &Check| check.verdict == Verdict::Fail;
    let told = |check: &Check| before.iter().any(|other| failed(other) && is_same_check(other, check));
    if !again.iter().filter(|check| failed(check)).all(told) {
        return Vec::new();
    }
    let holds = |check: &Check| {
        again.iter().any(|other| other.verdict == Verdict::Pass && is_same_check(other, check))
    };
    let all_in =
        |check: &Check| others.iter().all(|(at, _)| fails_at(check, records.line_items[*at].provenance));
    let mended = before.iter().enumerate().filter(|(_, check)| all_in(check) && holds(check));
    mended.map(|(index, _)| index).collect()
}

/// Puts figures in the places of others and gives these back.
fn exchange(
    records: &mut Records,
    others: &[Other],
    figures: Vec<(Option<Decimal>, Option<Decimal>)>,
) -> Vec<(Option<Decimal>, Option<Decimal>)> {
    let mut before = Vec::with_capacity(figures.len());
    for ((at, _), figure) in others.iter().zip(figures) {
        let item = &mut records.line_items[*at];
        before.push((item.value, item.value_yuan));
        (item.value, item.value_yuan) = figure;
    }
    before
}

fn is_same_check(a: &Check, b: &Check) -> bool {
    a.rule == b.rule
        && a.left_label == b.left_label
        && a.right_label == b.right_label
        && is_same(a.provenance, b.provenance)
}

fn doubt(records: &mut Records, others: &[Other], mended: &[usize]) {
    for (at, reading) in others {
        let item = &mut records.line_items[*at];
        item.flags.insert(Flag::LowConfidence);
        let place = item.provenance;
        for amount in records.amounts.iter_mut().filter(|amount| is_same(amount.provenance, place)) {
            amount.flags.insert(Flag::LowConfidence);
        }
        let other = if reading.value_raw.is_empty() { "空白 (nothing)" } else { &reading.value_raw };
        let said = format!(
            "页面上“{}”也可读作{other}，则相符。The page may also be read as {other}, and then it holds.",
            item.value_raw
        );
        for index in mended {
            records.checks[*index].message.push_str(&said);
        }
    }
}
