//! Figures whose page may be read in two ways: flagged where a failed sum holds with the other reading, and never
//! changed.

#![allow(clippy::unwrap_used, reason = "a test fails where a document is wrong")]

mod pdf_fixture;

use gongkai::flag::Flag;
use gongkai::pipeline::{Options, extract};
use gongkai::record::{Records, Verdict};
use pdf_fixture::Sheet;

const WIDTHS: &[f32] = &[70.0, 150.0, 90.0, 90.0, 90.0];
const LEFT: f32 = 40.0;
/// Baseline of the row of 2080201.
const BASELINE: f32 = 596.0;

/// Pieces of text at their x.
type Pieces<'a> = &'a [(f32, &'a str)];

/// An expenditure table whose row 2080201 has these figures, empty ones to be drawn in pieces.
fn records(figures: [&str; 3], pieces: Pieces<'_>) -> Records {
    let mut sheet = Sheet::new();
    sheet.text(200.0, 760.0, "甲县民政局2023年部门预算公开");
    sheet.text(240.0, 735.0, "部门支出总表");
    sheet.text(460.0, 720.0, "单位：元");
    let rows: [&[&str]; 7] = [
        &["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        &["", "合计", "2000.00", "1450.00", "550.00"],
        &["208", "社会保障和就业支出", "2000.00", "1450.00", "550.00"],
        &["20802", "民政管理事务", "2000.00", "1450.00", "550.00"],
        &["2080201", "行政运行", figures[0], figures[1], figures[2]],
        &["2080202", "一般行政管理事务", "300.00", "100.00", "200.00"],
        &["2080299", "其他民政管理事务支出", "200.00", "150.00", "50.00"],
    ];
    sheet.table(LEFT, 710.0, WIDTHS, 24.0, &rows);
    for (x, text) in pieces {
        sheet.text(*x, BASELINE, text);
    }
    let extraction = extract(sheet.pdf(), &Options::default());
    assert_eq!(extraction.error, None);
    extraction.records
}

/// The doubted figures as printed, with the number of failed checks.
fn doubted(records: &Records) -> (Vec<&str>, usize) {
    let items = records.line_items.iter().filter(|item| item.flags.contains(Flag::LowConfidence));
    let failed = records.checks.iter().filter(|check| check.verdict == Verdict::Fail);
    (items.map(|item| item.value_raw.as_str()).collect(), failed.count())
}

#[test]
fn a_digit_over_a_rule_is_doubted() {
    // The rule at 260 cuts the 1, most of which lies in the column of names.
    let records = records(["", "1200.00", "300.00"], &[(256.5, "1"), (261.5, "500.00")]);
    let (figures, failed) = doubted(&records);
    assert_eq!(figures, ["500.00"]);
    assert!(failed > 0);
    let told = |text: &str| records.checks.iter().any(|check| check.message.contains(text));
    assert!(told("也可读作1500.00"));
    assert!(records.amounts.iter().any(|amount| amount.flags.contains(Flag::LowConfidence)));
}

#[test]
fn a_digit_over_the_rule_between_two_figures_is_doubted_in_both() {
    let records = records(["1500.00", "", "300.00"], &[(346.5, "1"), (351.5, "200.00")]);
    assert_eq!(doubted(&records).0.len(), 2);
    assert_eq!(doubted(&records).0[1], "200.00");
}

#[test]
fn a_digit_taken_for_a_second_copy_is_doubted() {
    let pieces: Pieces<'_> = &[(460.0, "3"), (465.0, "0"), (466.0, "0.00")];
    let read = records(["1500.00", "1200.00", ""], pieces);
    assert_eq!(doubted(&read).0, ["30.00"]);
    let sound = records(["1230.00", "1200.00", ""], pieces);
    let row = |check: &&gongkai::record::Check| check.rule == "expenditure_row";
    assert!(sound.checks.iter().filter(row).any(|check| check.verdict == Verdict::Pass));
}

#[test]
fn two_equal_digits_too_near_are_doubted_where_one_mends_the_sum() {
    let pieces: Pieces<'_> = &[(460.0, "3"), (463.5, "300.00")];
    let read = records(["1500.00", "1200.00", ""], pieces);
    assert_eq!(doubted(&read).0, ["3300.00"]);
    let other = records(["1500.00", "1200.00", ""], &[(460.0, "3"), (463.5, "355.00")]);
    let (figures, failed) = doubted(&other);
    assert!(figures.is_empty() && failed > 0, "{figures:?}: 355.00 mends no sum");
}

#[test]
fn a_page_with_one_reading_is_not_doubted() {
    let records = records(["1500.00", "1200.00", "3300.00"], &[]);
    let (figures, failed) = doubted(&records);
    assert!(figures.is_empty() && failed > 0);
}
