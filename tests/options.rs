//! What a run reads and how it is told: selections, lists, variables, a file of options, help for shells.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::fs;
use std::io::Write;

use std::process::{Command, Output, Stdio};

fn gongkai(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    command.args(arguments);
    command
}

fn text(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// Runs `extract` with these arguments in a folder with four files, and returns the paths of its rows, or what it said.
fn rows(arguments: &[&str], change: impl FnOnce(&mut Command), stdin: &[u8]) -> Result<Vec<String>, String> {
    let folder = tempfile::tempdir().unwrap();
    for path in ["in/a.txt", "in/霸州/b.TXT", "in/霸州/c.docx", "other/d.txt"] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "2021年部门预算公开").unwrap();
    }
    fs::write(folder.path().join("list"), "in/霸州/c.docx\nother/d.txt\n").unwrap();
    let mut command = gongkai(&["extract", "-o", "out"]);
    command.args(arguments).current_dir(folder.path());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    change(&mut command);
    let mut run = command.spawn().unwrap();
    run.stdin.take().unwrap().write_all(stdin).unwrap();
    let (code, _, said) = text(&run.wait_with_output().unwrap());
    if code != Some(0) {
        return Err(said);
    }
    let mut reader = csv::Reader::from_path(folder.path().join("out/documents.csv")).unwrap();
    let column = reader.headers().unwrap().iter().position(|name| name == "path").unwrap();
    Ok(reader.records().map(|row| row.unwrap()[column].to_owned()).collect())
}

fn plain(arguments: &[&str]) -> Result<Vec<String>, String> {
    rows(arguments, |_| {}, b"")
}

#[test]
fn files_are_chosen_by_patterns() {
    assert_eq!(plain(&["in", "--include", "*.txt"]).unwrap(), ["a.txt", "霸州/b.TXT"]);
    assert_eq!(plain(&["in", "--exclude", "霸州/*"]).unwrap(), ["a.txt"]);
    assert_eq!(plain(&["in", "--include", "*.txt", "--exclude", "a*"]).unwrap(), ["霸州/b.TXT"]);
    assert_eq!(plain(&["*/*.txt"]).unwrap(), ["in/a.txt", "other/d.txt"]);
    assert_eq!(plain(&["in/霸*"]).unwrap(), ["b.TXT", "c.docx"]);
    assert!(plain(&["no*"]).unwrap_err().contains("no*"));
    assert!(plain(&["in", "--include", "a["]).unwrap_err().contains("expected a pattern"));
}

#[test]
fn files_come_from_a_list_or_from_stdin() {
    let expected = ["in/霸州/c.docx", "other/d.txt"];
    assert_eq!(plain(&["--files-from", "list"]).unwrap(), expected);
    let stdin = "in/霸州/c.docx\0other/d.txt\0".as_bytes();
    assert_eq!(rows(&["--files-from", "-"], |_| {}, stdin).unwrap(), expected);
    assert_eq!(rows(&["--files-from", "-"], |_| {}, b"").unwrap(), Vec::<String>::new());
    assert!(plain(&["--files-from", "gone"]).unwrap_err().contains("gone"));
    assert!(plain(&[]).unwrap_err().contains("--files-from"));
}

#[test]
fn the_command_line_comes_before_variables_and_variables_before_the_file() {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), "include = ['*.docx']\nmax_memory = '1GiB'\nquiet = true\n").unwrap();
    let config = file.path().to_str().unwrap();
    let excluded = |command: &mut Command| {
        command.env("GONGKAI_INCLUDE", "a.txt");
    };
    assert_eq!(plain(&["in", "--config", config]).unwrap(), ["霸州/c.docx"]);
    assert_eq!(rows(&["in", "--config", config], excluded, b"").unwrap(), ["a.txt"]);
    let typed = ["in", "--config", config, "--include", "*b.txt"];
    assert_eq!(rows(&typed, excluded, b"").unwrap(), ["霸州/b.TXT"]);
    let named = |command: &mut Command| {
        command.env("GONGKAI_CONFIG", config);
    };
    assert_eq!(rows(&["in"], named, b"").unwrap(), ["霸州/c.docx"]);
}

#[test]
fn keys_and_values_that_are_no_options_are_errors() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let said = |content: &str| {
        fs::write(file.path(), content).unwrap();
        plain(&["in", "--config", file.path().to_str().unwrap()]).unwrap_err()
    };
    assert!(said("job = 3").contains("job: expected one of"), "{}", said("job = 3"));
    assert!(said("jobs = 'many'").contains("many"));
    assert!(said("quiet = 'yes'").contains("true or false"));
    assert!(said("worker = 'x'").contains("worker: expected one of"), "what is hidden is no key");
    assert!(said("jobs = ").contains("line 1"), "{}", said("jobs = "));
    assert!(plain(&["in", "--config", "gone.toml"]).unwrap_err().contains("gone.toml"));
}

#[test]
fn a_dry_run_lists_what_would_be_read_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.docx"), "2021年部门预算公开").unwrap();
    fs::write(folder.path().join("b.txt"), b"\x89PNG\r\n\x1a\n").unwrap();
    let out = folder.path().join("out");
    let run = gongkai(&["extract", "--dry-run"]).arg(folder.path()).arg("-o").arg(&out).output().unwrap();
    let (code, listed, _) = text(&run);
    let lines: Vec<&str> = listed.lines().collect();
    assert_eq!(code, Some(0));
    assert!(lines[1].starts_with("a.docx\ttext\t25\t") && !lines[1].ends_with("none"), "{listed}");
    assert_eq!((lines[2], lines.len()), ("b.txt\timage\t8\tnone", 3));
    assert!(!out.exists());
}

#[test]
fn messages_can_be_lines_of_json() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "").unwrap();
    fs::write(folder.path().join("b.txt"), "2021年部门预算公开").unwrap();
    let out = tempfile::tempdir().unwrap();
    let arguments = ["extract", "-v", "--log-format=json", "--progress=plain", "-o"];
    let run = gongkai(&arguments).arg(out.path()).arg(folder.path()).output().unwrap();
    let lines: Vec<serde_json::Value> =
        text(&run).2.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        (&lines[0]["level"], &lines[0]["path"], &lines[0]["code"]),
        (&"error".into(), &"a.txt".into(), &"empty".into())
    );
    assert!(lines.iter().any(|line| line["done"] == 2 && line["files"] == 2 && line["failed"] == 1));
    let last = lines.last().unwrap();
    assert_eq!((&last["files"], &last["ok"], &last["failed"]), (&2.into(), &1.into(), &1.into()));
}

#[test]
fn shells_and_man_learn_all_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, completions, _) = text(&gongkai(&["completions", shell]).output().unwrap());
        assert!(
            code == Some(0) && completions.contains("extract") && completions.contains("resume"),
            "{shell}"
        );
    }
    let (code, page, _) = text(&gongkai(&["man", "extract"]).output().unwrap());
    assert!(code == Some(0) && page.contains(".TH") && page.contains("max\\-memory"), "{page}");
    assert!(text(&gongkai(&["man"]).output().unwrap()).1.contains("gongkai"));
    assert_eq!(text(&gongkai(&["man", "worker"]).output().unwrap()).0, Some(2));
}
