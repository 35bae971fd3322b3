//! Sentences of published budgets, whose every figure was labelled by eye, are labelled the same way.

use gongkai::record::{Amount, Change, Source};
use serde_json::Value;
use std::path::Path;

#[test]
fn published_sentences_are_labelled_like_a_reader_does() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/real/truth");
    let Ok(folder) = std::fs::read_dir(&root) else {
        println!("skipped: ../shared/eval/real/truth is absent");
        return;
    };
    let (mut right, mut all, mut misses) = (0, 0, Vec::new());
    for file in folder {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let truth: Value = serde_json::from_str(&text).unwrap();
        let title = truth["document"]["title"].as_str().unwrap_or_default();
        let rows = truth["amounts_text"].as_array().into_iter().flatten();
        for row in rows.filter(|row| row["optional"] != true) {
            let context = row["context"].as_str().unwrap();
            let extraction =
                gongkai::extract(format!("{title}\n\n{context}\n").as_bytes(), &gongkai::Options::default());
            let told = extraction.records.amounts.iter().rfind(|amount| amount.source == Source::Text);
            all += 1;
            if told.is_some_and(|amount| agrees(amount, row)) {
                right += 1;
            } else {
                misses.push(format!(
                    "{context} -> {:?}",
                    told.map(|amount| (&amount.label, &amount.value_raw))
                ));
            }
        }
    }
    // A context is the sixty characters before a figure, which cut a few subjects off.
    assert!(right * 100 >= all * 97, "{right} of {all}\n{}", misses.join("\n"));
}

/// The same figure and direction, and a label that holds an accepted one or is part of it.
fn agrees(amount: &Amount, row: &Value) -> bool {
    let mut accepted = [&row["label"]].into_iter().chain(row["label_alt"].as_array().into_iter().flatten());
    let label = &*amount.label;
    amount.value_raw == row["value_raw"].as_str().unwrap_or_default()
        && amount.change.map_or("", Change::code) == row["change"].as_str().unwrap_or_default()
        && accepted.any(|name| {
            let name = name.as_str().unwrap_or_default();
            label.contains(name) || name.contains(label) && label.chars().count() > 2
        })
}
