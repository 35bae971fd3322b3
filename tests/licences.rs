//! Every crate that is built in, and every one that the tests use, has a licence that asks no more than attribution.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use serde_json::Value;
use std::process::Command;

/// SPDX names of licences that allow any use against attribution at most.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
    // Of the library of bzip2 alone: BSD-like, with attribution where sources are passed on.
    "bzip2-1.0.6",
];

#[test]
fn all_dependencies_have_permissive_licences() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 20, "cargo metadata lists the dependencies");
    let refused: Vec<String> = packages
        .iter()
        .filter(|package| !package["license"].as_str().is_some_and(is_allowed))
        .map(|package| format!("{} {}: {}", package["name"], package["version"], package["license"]))
        .collect();
    assert!(refused.is_empty(), "licences not on the list:\n{}", refused.join("\n"));
}

#[test]
fn a_choice_needs_one_good_licence_and_a_combination_needs_all() {
    assert!(is_allowed("GPL-3.0-only OR MIT"));
    assert!(is_allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
    assert!(is_allowed("Apache-2.0 WITH LLVM-exception OR Apache-2.0"));
    assert!(is_allowed("MIT/Apache-2.0"));
    assert!(!is_allowed("AGPL-3.0-or-later"));
    assert!(!is_allowed("MIT AND LGPL-2.1"));
    assert!(!is_allowed("(GPL-2.0 OR AGPL-3.0) AND MIT"));
    assert!(!is_allowed(""));
}

/// Whether an SPDX expression can be met with allowed licences alone.
fn is_allowed(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    if let Some(parts) = split(&expression, " OR ") {
        return parts.into_iter().any(is_allowed);
    }
    if let Some(parts) = split(&expression, " AND ") {
        return parts.into_iter().all(is_allowed);
    }
    let name = expression.trim();
    match name.strip_prefix('(').and_then(|name| name.strip_suffix(')')) {
        Some(inner) => is_allowed(inner),
        None => ALLOWED.contains(&name),
    }
}

/// The parts between separators outside of all brackets; `None` where there is no such separator.
fn split<'a>(expression: &'a str, separator: &str) -> Option<Vec<&'a str>> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0);
    for (index, character) in expression.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 && expression[index..].starts_with(separator) => {
                parts.push(&expression[start..index]);
                start = index + separator.len();
            }
            _ => {}
        }
    }
    if parts.is_empty() {
        return None;
    }
    parts.push(&expression[start..]);
    Some(parts)
}

/// What cargo knows about the packages of this platform; all of them are on disk once the tests are built.
fn metadata() -> Value {
    let version = Command::new("rustc").arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}
