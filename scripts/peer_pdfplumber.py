#!/usr/bin/env python3
"""Pages with tables per CPU-second: gongkai against pdfplumber's extract_tables, on the same files in one run.

    python3 -m venv /tmp/peer && /tmp/peer/bin/pip install pdfplumber
    cargo build --release
    /tmp/peer/bin/python scripts/peer_pdfplumber.py target/release/gongkai FILE.pdf...

CPU time of the process and its children counts on both sides, so that idle cores and other work do not matter.
"""
import os
import resource
import subprocess
import sys
import tempfile


def children_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def timed(command):
    before = children_seconds()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return children_seconds() - before


def peer(paths):
    import pdfplumber

    pages = 0
    for path in paths:
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                page.extract_tables()
                page.flush_cache()
                pages += 1
    print(pages)


def main():
    if sys.argv[1] == "--peer":
        return peer(sys.argv[2:])
    program, paths = sys.argv[1], sys.argv[2:]
    repeats = 10
    with tempfile.TemporaryDirectory() as folder:
        many = os.path.join(folder, "in")
        os.mkdir(many)
        for number in range(repeats):
            for index, path in enumerate(paths):
                # Different bytes, so that nothing is read only once; a comment after the end harms no PDF.
                with open(path, "rb") as source, open(os.path.join(many, f"{number}-{index}.pdf"), "wb") as copy:
                    copy.write(source.read() + b"\n%% %d\n" % number)
        ours = timed([program, "extract", many, "-o", os.path.join(folder, "out")]) / repeats
    theirs = timed([sys.executable, __file__, "--peer", *paths])
    pages = int(subprocess.run([sys.executable, "-c", "import sys, pdfplumber; print(sum(len(pdfplumber.open(p).pages) for p in sys.argv[1:]))", *paths],
                               check=True, capture_output=True, text=True).stdout)
    print(f"pages                {pages}")
    print(f"gongkai extract      {pages / ours:8.1f} pages per CPU-second")
    print(f"pdfplumber           {pages / theirs:8.1f} pages per CPU-second")
    print(f"ratio                {theirs / ours:8.1f}")


if __name__ == "__main__":
    main()
