//! Documents that crash, hang or eat all memory, runs that are broken off, and runs that go on.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod run;

use run::{data_files, documents, extract, hostile, mixed_folder, start, stderr};
use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// The files of [`mixed_folder`] that can be read.
const GOOD: usize = 12;

#[test]
fn a_document_that_takes_its_reader_down_costs_itself_alone() {
    let (input, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    mixed_folder(input.path(), GOOD);
    let clean = tempfile::tempdir().unwrap();
    assert_eq!(extract(input.path(), clean.path(), &[]).status.code(), Some(0));
    for how in ["abort", "crowd", "exit", "hang", "memory", "noise", "sleep", "stack"] {
        fs::write(input.path().join(format!("{how}.{how}.txt")), "部门预算").unwrap();
    }
    let run = extract(input.path(), out.path(), &[&hostile(), "--timeout=5", "--max-memory=512MiB"]);
    assert_eq!(run.status.code(), Some(1), "{}", stderr(&run));
    let bad: Vec<String> = documents(out.path())
        .iter()
        .filter(|row| row["format"] == "text")
        .map(|row| format!("{} {} {}", row["path"], row["status"], row["error_code"]))
        .collect();
    let expected = [
        "abort.abort.txt failed crashed",
        "crowd.crowd.txt ok ",
        "exit.exit.txt failed crashed",
        "hang.hang.txt failed timed_out",
        "memory.memory.txt failed out_of_memory",
        "noise.noise.txt failed crashed",
        "sleep.sleep.txt failed timed_out",
        "stack.stack.txt failed crashed",
    ];
    assert_eq!(bad, expected);
    let abort = documents(out.path()).into_iter().find(|row| row["path"] == "abort.abort.txt").unwrap();
    assert_eq!((abort["format"].as_str(), abort["size_bytes"].as_str()), ("text", "12"));
    assert_eq!(abort["document_id"], abort["sha256"][..16], "what the file is is known");
    let all = data_files(out.path());
    let mut clean = data_files(clean.path());
    // It tells the sizes of the files, which do differ.
    clean.remove("datapackage.json");
    for (name, bytes) in clean {
        let (clean, all) = (String::from_utf8(bytes).unwrap(), String::from_utf8_lossy(&all[&name]));
        let all: BTreeSet<&str> = all.lines().collect();
        clean.lines().for_each(|line| assert!(all.contains(line), "{name} lost {line}"));
    }
}

#[test]
fn members_of_an_archive_that_take_the_reader_down_cost_themselves_alone() {
    let (input, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let good = fs::read(&run::samples()[0]).unwrap();
    let bad = "部门预算".as_bytes();
    let inner = zipped(&[("1.docx", &good), ("2.abort.txt", bad), ("3.docx", &good)]);
    let lost = zipped(&[("never.docx", &good)]);
    let outer = zipped(&[
        ("a.docx", &good),
        ("b.hang.txt", bad),
        ("c.zip", &inner),
        ("d.abort.zip", &lost),
        ("e.docx", &good),
    ]);
    fs::write(input.path().join("all.zip"), outer).unwrap();
    extract(input.path(), out.path(), &[&hostile(), "--timeout=3"]);
    let rows = documents(out.path());
    let seen: Vec<(&str, &str)> =
        rows.iter().map(|row| (row["path"].as_str(), row["error_code"].as_str())).collect();
    let expected = [
        ("all.zip", ""),
        ("all.zip!/a.docx", ""),
        ("all.zip!/b.hang.txt", "timed_out"),
        ("all.zip!/c.zip", ""),
        ("all.zip!/c.zip!/1.docx", ""),
        ("all.zip!/c.zip!/2.abort.txt", "crashed"),
        ("all.zip!/c.zip!/3.docx", ""),
        ("all.zip!/d.abort.zip", "crashed"),
        ("all.zip!/e.docx", ""),
    ];
    assert_eq!(seen, expected);
    let first = data_files(out.path());
    extract(input.path(), out.path(), &["--resume", "--timeout=3", "--worker=no/such/program"]);
    assert_eq!(data_files(out.path()), first);
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_hung_document_costs_its_time_limit_and_no_more_than_a_second() {
    let (input, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(input.path().join("a.sleep.txt"), "部门预算").unwrap();
    let before = Instant::now();
    extract(input.path(), out.path(), &[&hostile(), "--timeout=2"]);
    let taken = before.elapsed();
    assert!(taken >= Duration::from_secs(2), "{taken:?}");
    // The process itself has to start, on a machine that may be busy with other tests.
    assert!(taken < Duration::from_secs(4), "{taken:?}");
}

#[test]
fn isolation_changes_no_byte() {
    let input = tempfile::tempdir().unwrap();
    mixed_folder(input.path(), GOOD);
    let (inside, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    extract(input.path(), inside.path(), &["--isolation=none"]);
    extract(input.path(), outside.path(), &["--isolation=process", "--jobs=3"]);
    assert_eq!(data_files(inside.path()), data_files(outside.path()));
}

#[test]
fn unchanged_inputs_are_not_read_again() {
    let (input, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    mixed_folder(input.path(), GOOD);
    fs::write(input.path().join("broken.docx"), "PK\u{3}\u{4} nothing else").unwrap();
    extract(input.path(), out.path(), &[]);
    let first = data_files(out.path());
    // A program that can't be started reads nothing.
    let again = extract(input.path(), out.path(), &["--resume", "--worker=no/such/program"]);
    assert_eq!(again.status.code(), Some(1), "{}", stderr(&again));
    assert_eq!(data_files(out.path()), first);
    let fresh = extract(input.path(), out.path(), &["--worker=no/such/program"]);
    assert_eq!(fresh.status.code(), Some(2), "without --resume all is read again");
    assert!(stderr(&fresh).contains("can't start a worker"), "{}", stderr(&fresh));
}

#[test]
fn a_run_without_changes_leaves_its_files_alone() {
    let (input, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    mixed_folder(input.path(), GOOD);
    fs::write(input.path().join("broken.docx"), "PK\u{3}\u{4} nothing else").unwrap();
    fs::write(input.path().join("empty.docx"), "").unwrap();
    for options in [&["--format=csv,jsonl,json,parquet,sqlite,xlsx"][..], &["--tables=cells", "--excel"]] {
        let first = extract(input.path(), out.path(), options);
        let (files, times) = (run::files(out.path()), run::times(out.path()));
        fs::write(out.path().join("documents.csv.part"), "left by a run that was killed").unwrap();
        let again = extract(input.path(), out.path(), &[options, &["--resume", "--jobs=3"]].concat());
        assert_eq!(again.status.code(), first.status.code());
        let (first, again) = (stderr(&first), stderr(&again));
        assert!(again.contains("the files of the last run are left as they are"), "{again}");
        let told = |said: &str| said.lines().rev().take(3).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(told(&again), told(&first), "the errors, the files and how many of them failed");
        assert!(again.contains("1 empty; the first is empty.docx: ") && again.contains("14 files: 12 read"));
        assert_eq!(run::files(out.path()), files);
        assert_eq!(run::times(out.path()), times, "not written again");
    }
}

/// The name of a file, and what is done to it.
type Change<'a> = (&'a str, &'a dyn Fn(&Path));

#[test]
fn a_result_that_is_not_as_it_was_left_is_written_again() {
    let (input, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    mixed_folder(input.path(), 4);
    let first = run_of(input.path(), out.path(), &[]);
    let grid = first.keys().find(|name| name.starts_with("tables/")).unwrap().as_str();
    let changes: [Change; 9] = [
        ("documents.csv", &|file| {
            let changed = fs::read_to_string(file).unwrap().replace("00.docx", "99.docx");
            fs::write(file, changed).unwrap();
        }),
        ("amounts.csv", &|file| fs::write(file, "").unwrap()),
        ("records.jsonl", &|file| fs::remove_file(file).unwrap()),
        (grid, &|file| fs::remove_file(file).unwrap()),
        (&grid.replace("001.csv", "999.csv"), &|file| fs::write(file, "a,b\n").unwrap()),
        ("cells.csv", &|file| fs::write(file, "of an earlier run").unwrap()),
        ("run.json", &|file| fs::write(file, fs::read_to_string(file).unwrap() + "\n").unwrap()),
        ("run.json", &|file| fs::remove_file(file).unwrap()),
        (".gongkai/finished", &|file| fs::write(file, "no note").unwrap()),
    ];
    for (name, change) in changes {
        change(&out.path().join(name));
        let again = extract(input.path(), out.path(), &["--resume"]);
        assert!(!stderr(&again).contains("left as they are"), "{name}: {}", stderr(&again));
        assert_eq!(data_files(out.path()), first, "{name}");
    }
    let again = extract(input.path(), out.path(), &["--resume"]);
    assert!(stderr(&again).contains("left as they are"), "{}", stderr(&again));
}

#[test]
fn other_options_and_other_inputs_write_what_a_fresh_run_writes() {
    let (input, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    mixed_folder(input.path(), 4);
    let fresh = |options: &[&str]| run_of(input.path(), tempfile::tempdir().unwrap().path(), options);
    let resumed = |options: &[&str]| run_of(input.path(), out.path(), &[options, &["--resume"]].concat());
    for options in [&[][..], &["--tables=cells"], &["--excel"], &["--format=csv"], &["--format=jsonl"], &[]] {
        assert_eq!(resumed(options), fresh(options), "{options:?}");
    }
    let (one, aside) = (input.path().join("01.docx"), input.path().with_extension("aside"));
    let steps: [&dyn Fn(); 4] = [
        &|| fs::rename(&one, &aside).unwrap(),
        &|| fs::rename(&aside, &one).unwrap(),
        &|| {
            fs::copy(input.path().join("02.docx"), &one).unwrap();
        },
        &|| fs::rename(&one, input.path().join("11.docx")).unwrap(),
    ];
    for (index, step) in steps.into_iter().enumerate() {
        step();
        assert_eq!(resumed(&[]), fresh(&[]), "step {index}");
    }
}

/// The files of a run.
fn run_of(input: &Path, out: &Path, options: &[&str]) -> run::Files {
    extract(input, out, options);
    data_files(out)
}

#[test]
fn a_result_is_not_kept_when_a_document_was_read_again_since() {
    let (input, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(input.path().join("a.slow.txt"), "部门预算").unwrap();
    fs::write(input.path().join("b.txt"), "").unwrap();
    extract(input.path(), out.path(), &[&hostile(), "--timeout=100ms"]);
    assert_eq!(documents(out.path())[0]["error_code"], "timed_out");
    let more = [&hostile(), "--resume", "--timeout=30"];
    // It reads the document that was slow, and ends without a result.
    let ended = extract(input.path(), out.path(), &[&more[..], &["--fail-fast"]].concat());
    assert!(stderr(&ended).contains("nothing is written"), "{}", stderr(&ended));
    extract(input.path(), out.path(), &more);
    assert_eq!(documents(out.path())[0]["error_code"], "");
    let ended = extract(input.path(), out.path(), &[&more[..], &["--fail-fast"]].concat());
    assert!(stderr(&ended).contains("b.txt: "), "as it would without a result: {}", stderr(&ended));
}

#[test]
fn changed_added_and_removed_inputs_give_what_a_fresh_run_gives() {
    let (input, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    mixed_folder(input.path(), GOOD);
    extract(input.path(), out.path(), &[]);
    let samples = run::samples();
    fs::copy(&samples[1], input.path().join("00.docx")).unwrap();
    fs::remove_file(input.path().join("01.docx")).unwrap();
    fs::rename(input.path().join("02.docx"), input.path().join("霸州市 02.docx")).unwrap();
    fs::copy(&samples[0], input.path().join("new.docx")).unwrap();
    extract(input.path(), out.path(), &["--resume"]);
    let fresh = tempfile::tempdir().unwrap();
    extract(input.path(), fresh.path(), &[]);
    assert_eq!(data_files(out.path()), data_files(fresh.path()));
}

#[test]
fn a_broken_journal_costs_a_reading_and_no_row() {
    let (input, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    mixed_folder(input.path(), GOOD);
    extract(input.path(), out.path(), &[]);
    let first = data_files(out.path());
    let journal = out.path().join(".gongkai/journal");
    let whole = fs::read(&journal).unwrap();
    for (index, share) in (0..8).zip([1, 2, 3, 4, 5, 6, 7, 8]) {
        let mut broken = whole.clone();
        let at = whole.len() * share / 9;
        if index % 2 == 0 {
            broken.truncate(at);
        } else {
            broken[at] ^= 0xff;
        }
        fs::write(&journal, broken).unwrap();
        assert_eq!(extract(input.path(), out.path(), &["--resume"]).status.code(), Some(0));
        assert_eq!(data_files(out.path()), first, "broken at {at} of {}", whole.len());
    }
}

#[test]
fn a_document_that_cost_too_much_is_read_again_when_it_may_cost_more() {
    let (input, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(input.path().join("a.slow.txt"), "部门预算").unwrap();
    let status = || documents(out.path())[0]["error_code"].clone();
    extract(input.path(), out.path(), &[&hostile(), "--timeout=100ms"]);
    assert_eq!(status(), "timed_out");
    extract(input.path(), out.path(), &["--resume", "--timeout=100ms"]);
    assert_eq!(status(), "timed_out", "the same limits give the same result");
    extract(input.path(), out.path(), &[&hostile(), "--resume", "--timeout=30"]);
    assert_eq!(status(), "");
}

#[test]
fn an_output_folder_takes_one_run_at_a_time() {
    let (input, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(input.path().join("a.sleep.txt"), "部门预算").unwrap();
    let mut first = start(input.path(), out.path(), &[&hostile(), "--timeout=60"]);
    wait_for(&out.path().join("documents.csv.part"));
    let second = extract(input.path(), out.path(), &[]);
    assert_eq!(second.status.code(), Some(2));
    assert!(stderr(&second).contains(&format!("process {}", first.id())), "{}", stderr(&second));
    first.kill().unwrap();
    first.wait().unwrap();
    assert_eq!(extract(input.path(), out.path(), &[]).status.code(), Some(0), "the lock ends with its run");
}

#[test]
fn the_first_failure_ends_a_run_that_is_to_fail_fast() {
    let (input, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(input.path().join("a.txt"), "").unwrap();
    fs::write(input.path().join("b.txt"), "部门预算").unwrap();
    let run = extract(input.path(), out.path(), &["--fail-fast"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(stderr(&run).contains("a.txt: ") && !out.path().join("documents.csv").exists());
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_run_cleanly_and_it_goes_on_from_there() {
    let (input, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    mixed_folder(input.path(), GOOD);
    fs::write(input.path().join("06.sleep.txt"), "部门预算").unwrap();
    let run = start(input.path(), out.path(), &[&hostile(), "--timeout=60", "--jobs=2"]);
    wait_for(&out.path().join("documents.csv.part"));
    std::thread::sleep(Duration::from_millis(700));
    let before = Instant::now();
    assert!(run::send("INT", run.id()));
    let run = run.wait_with_output().unwrap();
    assert_eq!(run.status.code(), Some(130), "{}", stderr(&run));
    assert!(before.elapsed() < Duration::from_secs(5), "it does not wait for the document that hangs");
    assert!(stderr(&run).contains("--resume"), "{}", stderr(&run));
    let left: Vec<String> = run::files(out.path()).into_keys().collect();
    assert!(left.is_empty(), "{left:?}");
    fs::remove_file(input.path().join("06.sleep.txt")).unwrap();
    extract(input.path(), out.path(), &["--resume"]);
    let fresh = tempfile::tempdir().unwrap();
    extract(input.path(), fresh.path(), &[]);
    assert_eq!(data_files(out.path()), data_files(fresh.path()));
}

#[cfg(unix)]
#[test]
fn a_killed_run_goes_on_to_the_same_bytes() {
    let (input, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    mixed_folder(input.path(), GOOD);
    let fresh = tempfile::tempdir().unwrap();
    extract(input.path(), fresh.path(), &[]);
    for milliseconds in [30, 60, 120, 240, 480] {
        let mut run = start(input.path(), out.path(), &["--resume"]);
        std::thread::sleep(Duration::from_millis(milliseconds));
        let _ = run.kill();
        run.wait().unwrap();
    }
    extract(input.path(), out.path(), &["--resume"]);
    assert_eq!(data_files(out.path()), data_files(fresh.path()));
}

#[cfg(target_os = "linux")]
#[test]
fn workers_end_with_their_run_even_when_they_hang() {
    let (input, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(input.path().join("a.hang.txt"), "部门预算").unwrap();
    let own = out.path().join("worker of this test");
    fs::copy(hostile().trim_start_matches("--worker="), &own).unwrap();
    let running = || {
        let processes = fs::read_dir("/proc").unwrap().filter_map(Result::ok);
        let programs = processes.filter_map(|process| fs::read_link(process.path().join("exe")).ok());
        programs.filter(|program| *program == own).count()
    };
    let mut run = start(input.path(), out.path(), &[&format!("--worker={}", own.display())]);
    let until = |count: usize| {
        let end = Instant::now() + Duration::from_secs(30);
        while running() != count {
            assert!(Instant::now() < end, "{} workers, not {count}", running());
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    until(1);
    run.kill().unwrap();
    run.wait().unwrap();
    until(0);
}

fn wait_for(file: &Path) {
    let end = Instant::now() + Duration::from_secs(30);
    while !file.exists() {
        assert!(Instant::now() < end, "{} never came", file.display());
        std::thread::sleep(Duration::from_millis(5));
    }
}
