//! `gongkai quantity` and `gongkai units` as a user calls them.

use serde_json::Value;
use std::io::{self, Write};
use std::process::{Command, Output, Stdio};

fn gongkai(arguments: &[&str], stdin: &str) -> Output {
    run(arguments, stdin).unwrap_or_else(|error| panic!("gongkai {arguments:?}: {error}"))
}

fn run(arguments: &[&str], stdin: &str) -> io::Result<Output> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    // A program that complains about its arguments may end before it reads anything.
    let _ = child.stdin.take().map(|mut pipe| pipe.write_all(stdin.as_bytes()));
    child.wait_with_output()
}

/// The objects on stdout, one a line.
fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}")))
        .collect()
}

#[test]
fn every_line_of_stdin_becomes_one_object() {
    let output = gongkai(&["quantity"], "≥360元/月·人\n显著提高\n");
    let lines = lines(&output);
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["input"], "≥360元/月·人");
    let quantity = &lines[0]["quantities"][0];
    let keys: Vec<&String> = quantity.as_object().expect("an object").keys().collect();
    let contract = "text start end kind comparator comparator_printed value value_max unit unit_code value_base unit_base \
                    value_annual per period flags";
    assert_eq!(keys, contract.split_whitespace().collect::<Vec<_>>());
    assert_eq!(quantity["value_annual"], "4320");
    assert_eq!(quantity["unit"], "元/人/月");
    assert_eq!(quantity["end"], 9);
    assert_eq!(lines[1]["quantities"][0]["kind"], "qualitative");
}

#[test]
fn text_is_searched_with_offsets_in_characters() {
    let output = gongkai(&["quantity", "--find", "按照〔2020〕143号，安排不少于500万元"], "");
    let lines = lines(&output);
    let found = lines[0]["quantities"].as_array().expect("an array");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["text"], "不少于500万元");
    assert_eq!((&found[0]["start"], &found[0]["end"]), (&15.into(), &23.into()));
    assert_eq!(found[0]["value_base"], "5000000");
}

#[test]
fn context_decides_what_the_cell_leaves_open() {
    for context in ["level2=成本指标,name=项目总成本", r#"{"level2":"成本指标","name":"项目总成本"}"#]
    {
        let lines = lines(&gongkai(&["quantity", "--context", context, "<=5万"], ""));
        assert_eq!(lines[0]["quantities"][0]["kind"], "money", "{context}");
        assert_eq!(lines[0]["quantities"][0]["flags"][0], "unit_implied");
    }
    let wrong = gongkai(&["quantity", "--context", "level9=x", "5"], "");
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn a_number_that_no_decimal_holds_is_a_clear_error() {
    let lines = lines(&gongkai(&["quantity", "12345678901234567890123456789元"], ""));
    assert_eq!(lines[0]["quantities"][0]["value"], Value::Null);
    assert!(lines[0]["quantities"][0]["error"].as_str().is_some_and(|error| error.contains("28 digits")));
}

#[test]
fn units_are_listed_with_their_exact_ratios() {
    let output = gongkai(&["units"], "");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.starts_with("unit\tspellings\tdimension\tratio\tbase\tcode\tsource\n"));
    assert!(text.lines().any(|line| line.starts_with("亩\t") && line.contains("2000/3 平方米")), "{text}");
}
