#!/usr/bin/env python3
"""Many generated files, some of them hostile: nothing lost, nothing stopped, memory flat, the same bytes after any kill.

    cargo build --release --bin gongkai --example hostile
    python3 tests/soak/soak.py --files 10000 --kills 100

Prints each figure and ends with 1 where one is not reached. Linux; the standard library is enough.
"""

import argparse
import csv
import hashlib
import io
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SAMPLES = REPOSITORY / "samples"
# What the worker does with a file of such a name, and the code it must be reported with.
HOSTILE = {
    "hang": "timed_out",
    "abort": "crashed",
    "memory": "out_of_memory",
    "stack": "crashed",
    "exit": "crashed",
    "noise": "crashed",
    "truncated": None,
    "random": None,
    "empty": "empty",
}
HOSTILE_SHARE = 0.05
FLAT = 1.05
TIMEOUT = 5


def generate(folder, count, randomness):
    """Writes the files; returns what each path must come to: the sample it was made of, or the name of the trouble."""
    samples = sorted(p for p in SAMPLES.iterdir() if p.suffix in (".docx", ".txt", ".html", ".xlsx", ".rtf"))
    expected = {}
    for number in range(count):
        below = folder / f"{number // 1000:02}"
        below.mkdir(parents=True, exist_ok=True)
        sample = samples[number % len(samples)]
        content = unique(sample, number)
        if randomness.random() < HOSTILE_SHARE:
            how = randomness.choice(list(HOSTILE))
            content = {
                "truncated": content[: len(content) // 2] if sample.suffix == ".docx" else b"PK\3\4",
                "random": b"\0" + randomness.randbytes(5000),
                "empty": b"",
            }.get(how, content)
            path = below / f"{number:05}.{how}{sample.suffix}"
            expected[str(path.relative_to(folder))] = (how, None)
        else:
            path = below / f"{number:05}{sample.suffix}"
            expected[str(path.relative_to(folder))] = (None, sample.name)
        path.write_bytes(content)
    return expected


def unique(sample, number):
    """The sample with a mark that changes its bytes and nothing that is read."""
    content = sample.read_bytes()
    if sample.suffix in (".docx", ".xlsx"):
        held = io.BytesIO(content)
        with zipfile.ZipFile(held, "a") as archive:
            archive.comment = f"{number}".encode()
        return held.getvalue()
    line = "\n".encode("utf-16-le") if content.startswith(b"\xff\xfe") else b"\n"
    return content + line * (number % 7)


def programs(options):
    return options.target / "gongkai", options.target / "examples" / "hostile"


def command(options, folder, out, *more):
    program, worker = programs(options)
    return [program, "extract", folder, "-o", out, f"--worker={worker}", f"--timeout={TIMEOUT}",
            "--max-memory=256MiB", "--tables=cells", *more]


def data(out):
    """The hash of every file with data."""
    files = (p for p in out.rglob("*") if p.is_file() and ".gongkai" not in p.parts and p.name != "run.json")
    return {str(p.relative_to(out)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def memory(process):
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


def watched(arguments):
    """Runs the command; returns its exit code, seconds, and its memory in KiB by files done."""
    started, seen, done = time.monotonic(), {}, 0
    with subprocess.Popen(arguments, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as run:
        for line in run.stderr:
            about = json.loads(line)
            if "status" in about:
                done += 1
                if done % 100 == 0:
                    seen[done] = memory(run.pid)
    return run.returncode, time.monotonic() - started, seen


def documents(out):
    csv.field_size_limit(1 << 30)
    with open(out / "documents.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Report:
    failed = False

    def say(self, reached, text):
        print(("ok      " if reached else "FAILED  ") + text, flush=True)
        self.failed = self.failed or not reached


def accounted(report, expected, rows):
    """Every input has one row, hostile ones the right code, good ones the counts of their sample."""
    report.say([row["path"] for row in rows] == sorted(expected, key=lambda p: p.encode()),
               f"every one of {len(expected)} inputs has its row, in order")
    wrong, counts = [], {}
    for row in rows:
        how, sample = expected[row["path"]]
        if how:
            code = HOSTILE[how]
            if row["status"] != "failed" and how != "truncated" or code and row["error_code"] != code:
                wrong.append((row["path"], row["status"], row["error_code"]))
        else:
            counts.setdefault(sample, Counter())[
                (row["status"], row["tables"], row["projects"], row["indicators"], row["amounts"])] += 1
    hostile = sum(1 for how, _ in expected.values() if how)
    report.say(not wrong, f"{hostile} hostile files are reported with their codes {wrong[:5] or ''}")
    apart = {sample: kinds for sample, kinds in counts.items() if len(kinds) > 1}
    report.say(not apart, f"no good row is lost: the copies of each of {len(counts)} samples agree {apart or ''}")


def soak(report, options, folder, expected, work):
    out = work / "out"
    code, seconds, seen = watched(command(options, folder, out, "--jobs=2", "-v", "--log-format=json"))
    report.say(code == 1, f"the run ends with 1 after {seconds:.0f} s")
    accounted(report, expected, documents(out))
    if len(expected) >= 2000:
        early, late = seen[1000], max(kib for done, kib in seen.items() if done > 1000)
        report.say(late <= early * FLAT, f"memory of the parent: {early} KiB at file 1,000, at most {late} KiB after")
    first = data(out)
    started = time.monotonic()
    subprocess.run(command(options, folder, out, "--jobs=2", "--resume", "-q"), check=False)
    seconds = time.monotonic() - started
    report.say(data(out) == first and seconds <= 10 * max(1, len(expected) / 10_000),
               f"an unchanged run over {len(expected)} files takes {seconds:.1f} s and gives the same bytes")
    other = work / "other"
    subprocess.run(command(options, folder, other, "--jobs=1", "-q"), check=False)
    report.say(data(other) == first, "one job gives the same bytes as two")


def kills(report, options, work, randomness):
    folder, out, whole = work / "few", work / "killed", work / "whole"
    generate(folder, 80, randomness)
    for hung in folder.rglob("*.hang.*"):
        hung.unlink()
    started = time.monotonic()
    unbroken = subprocess.run(command(options, folder, whole, "-q"), check=False).returncode in (0, 1)
    length = time.monotonic() - started
    same, ended, points = 0, 0, 0
    while points < options.kills:
        with subprocess.Popen(command(options, folder, out, "--resume", "-q")) as run:
            try:
                run.wait(randomness.uniform(0.01, length))
            except subprocess.TimeoutExpired:
                os.kill(run.pid, signal.SIGKILL)
                points += 1
                continue
        # It came to its end: begin from nothing, now and then with what the last run left.
        ended += 1
        same += data(out) == data(whole)
        if randomness.random() < 0.7:
            subprocess.run(["rm", "-rf", out], check=True)
    subprocess.run(command(options, folder, out, "--resume", "-q"), check=False)
    report.say(unbroken and data(out) == data(whole) and same == ended,
               f"after {points} kills: the bytes of an unbroken run, and so at {same} of {ended} ends between")


def hung(report, options, work):
    folder = work / "hung"
    folder.mkdir()
    subprocess.run(command(options, folder, work / "hung-out", "-q"), check=False)
    started = time.monotonic()
    subprocess.run(command(options, folder, work / "hung-out", "-q"), check=False)
    empty = time.monotonic() - started
    (folder / "a.hang.txt").write_text("部门预算")
    started = time.monotonic()
    subprocess.run(command(options, folder, work / "hung-out", "-q"), check=False)
    cost = time.monotonic() - started - empty
    report.say(TIMEOUT - 1 <= cost <= TIMEOUT + 1, f"a hung file costs {cost:.2f} s at a limit of {TIMEOUT} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", type=Path, default=REPOSITORY / "target" / "release")
    options = parser.parse_args()
    for program in programs(options):
        if not program.exists():
            parser.error(f"{program} is missing: it has to be built first")
    report, randomness = Report(), random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="gongkai-soak-") as work:
        work = Path(work)
        hung(report, options, work)
        if options.kills:
            kills(report, options, work, randomness)
        if options.files:
            expected = generate(work / "in", options.files, randomness)
            soak(report, options, work / "in", expected, work)
    sys.exit(report.failed)


if __name__ == "__main__":
    main()
