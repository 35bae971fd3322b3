#!/usr/bin/env python3
"""Opens every output of `gongkai extract` with the programs that people use for it, and compares what they see.

    python3 scripts/check_outputs.py GONGKAI INPUT…

GONGKAI is the binary. Needs the packages duckdb, pandas, pyarrow, polars, frictionless, datasette and openpyxl, and
LibreOffice as `soffice`; what is missing is named and makes the check fail, so that nothing passes unseen.
"""
import csv
import json
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from decimal import Decimal, getcontext
from pathlib import Path

getcontext().prec = 60
csv.field_size_limit(1 << 28)
FORMATS = "csv,jsonl,json,parquet,sqlite,xlsx"
DECIMALS = {"amounts": "value_yuan", "line_items": "value_yuan", "indicators": "value_base"}


def extract(gongkai, inputs, out, *options):
    run = subprocess.run([gongkai, "extract", *inputs, "-o", out, "-q", *options], check=False)
    if run.returncode not in (0, 1):
        sys.exit(f"gongkai extract ended with {run.returncode}")


def read_csv(path, encoding="utf-8"):
    with open(path, encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def expect(condition, message):
    if not condition:
        raise AssertionError(message)


def names(out):
    package = json.loads((out / "datapackage.json").read_text())
    return [resource["name"] for resource in package["resources"]]


def total(rows, column):
    return sum((Decimal(row[column]) for row in rows if row[column]), Decimal(0))


def check_frictionless(out, _excel):
    from frictionless import Package

    report = Package(str(out / "datapackage.json")).validate()
    expect(report.valid, report.flatten(["path", "rowNumber", "fieldName", "type", "note"])[:5])
    return f"{len(report.tasks)} tables valid"


def check_duckdb(out, _excel):
    import duckdb

    database = duckdb.connect()
    rows = 0
    for name in names(out):
        expected = read_csv(out / f"{name}.csv")
        parquet = f"read_parquet('{out}/{name}.parquet')"
        count = database.execute(f"SELECT count(*) FROM {parquet}").fetchone()[0]
        expect(count == len(expected), f"{name}: {count} rows in Parquet, {len(expected)} in CSV")
        plain = f"read_csv('{out}/{name}.csv', header=true, all_varchar=true, quote='\"', escape='\"', delim=',')"
        count = database.execute(f"SELECT count(*) FROM {plain}").fetchone()[0]
        expect(count == len(expected), f"{name}: DuckDB reads {count} of {len(expected)} rows of the CSV")
        if column := DECIMALS.get(name):
            kind, found = database.execute(f"SELECT any_value(typeof({column})), sum({column}) FROM {parquet}").fetchone()
            expect(kind.startswith("DECIMAL"), f"{name}.{column} is {kind}")
            expect((found or 0) == total(expected, column), f"{name}.{column}: {found}")
        rows += count
    listed = database.execute(f"SELECT typeof(flags) FROM read_parquet('{out}/indicators.parquet') LIMIT 1").fetchone()
    expect(listed is None or listed[0] == "VARCHAR[]", f"flags are {listed}")
    return f"{rows} rows, decimals sum up exactly"


def check_frame(out, read, value, columns):
    cells = 0
    for name in names(out):
        expected = read_csv(out / f"{name}.csv")
        frame = read(str(out / f"{name}.parquet"))
        expect(len(frame) == len(expected), f"{name}: {len(frame)} rows")
        for column in columns(frame):
            for found, row in zip(value(frame, column), expected):
                expect(spelled(found) == row[column], f"{name}.{column}: {found!r} for {row[column]!r}")
                cells += 1
    return f"{cells} cells equal"


def spelled(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = format(value, "f")
        return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple)):
        return ";".join(value)
    return str(value)


def check_pandas(out, _excel):
    import pandas
    import pyarrow.parquet

    for name in names(out):
        frame = pandas.read_parquet(out / f"{name}.parquet")
        expect(len(frame) == len(read_csv(out / f"{name}.csv")), name)
        expect(len(pandas.read_csv(out / f"{name}.csv", low_memory=False)) == len(frame), f"{name}.csv")
    return check_frame(
        out,
        lambda path: pyarrow.parquet.read_table(path),
        lambda table, column: table.column(column).to_pylist(),
        lambda table: table.column_names,
    )


def check_polars(out, _excel):
    import polars

    return check_frame(
        out, polars.read_parquet, lambda frame, column: frame[column].to_list(), lambda frame: frame.columns
    )


def check_sqlite(out, _excel):
    database = sqlite3.connect(f"file:{out}/records.sqlite?mode=ro", uri=True)
    for name in names(out):
        count = database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        expect(count == len(read_csv(out / f"{name}.csv")), f"{name}: {count} rows")
    expect(not database.execute("PRAGMA foreign_key_check").fetchall(), "a foreign key leads nowhere")
    expect(database.execute("PRAGMA integrity_check").fetchone()[0] == "ok", "the file is damaged")
    return f"SQLite {sqlite3.sqlite_version}: keys and integrity hold"


def check_datasette(out, _excel):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", str(out / "records.sqlite"), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def get(path):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            return answer.read().decode()

    try:
        for _ in range(200):
            try:
                get("/-/versions.json")
                break
            except OSError:
                time.sleep(0.1)
        count = json.loads(get("/records/amounts.json?_size=1"))["filtered_table_rows_count"]
        expect(count == len(read_csv(out / "amounts.csv")), f"amounts: {count} rows")
        word = urllib.parse.quote("预算收入")
        found = json.loads(get(f"/records/amounts.json?_search={word}&_size=1"))["filtered_table_rows_count"]
        held = [row for row in read_csv(out / "amounts.csv") if "预算收入" in row["label"] or "预算收入" in row["context"]]
        expect(found == len(held), f"search finds {found} rows of {len(held)}")
        for view in ["indicators_by_place", "budget_totals", "money_by_region", "failed_checks"]:
            json.loads(get(f"/records/{view}.json?_size=1"))
        expect("<html" in get("/records/indicators"), "the page of indicators")
        return f"{count} amounts, {found} found by search, views answer"
    finally:
        server.terminate()
        server.wait()


def soffice(target, source, folder, *options):
    program = shutil.which("soffice")
    if program is None:
        raise ModuleNotFoundError("soffice")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [program, profile, "--headless", *options, "--convert-to", target, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)


def check_openpyxl(out, _excel):
    import openpyxl

    book = openpyxl.load_workbook(out / "records.xlsx", read_only=True)
    cells = 0
    for name in names(out):
        rows = book[name].iter_rows()
        header = [cell.value for cell in next(rows)]
        expected = read_csv(out / f"{name}.csv")
        count = 0
        for row, want in zip(rows, expected):
            count += 1
            for column, cell in zip(header, row):
                expect(cell.data_type != "f", f"{name}.{column}: a formula")
                same = numeric(cell.value, want[column]) or text_of(cell.value) == want[column]
                expect(same, f"{name}.{column}: {cell.value!r} for {want[column]!r}")
                cells += 1
        expect(count == len(expected), f"{name}: {count} rows")
    return f"{cells} cells equal, no formula"


def numeric(found, want):
    if isinstance(found, bool) or not isinstance(found, (int, float)):
        return False
    return Decimal(repr(found)) == Decimal(want)


def text_of(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def check_libreoffice_xlsx(out, _excel):
    with tempfile.TemporaryDirectory() as folder:
        # All sheets, UTF-8, as shown is off: values as they are.
        soffice("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1", out / "records.xlsx", folder)
        rows = 0
        for name in names(out):
            found = read_csv(Path(folder) / f"records-{name}.csv")
            expected = read_csv(out / f"{name}.csv")
            expect(len(found) == len(expected), f"{name}: {len(found)} rows of {len(expected)}")
            for column in ("path", "value_raw", "label"):
                for row, want in zip(found, expected):
                    if column in want:
                        expect(row[column] == want[column], f"{name}.{column}: {row[column]!r} for {want[column]!r}")
            if column := DECIMALS.get(name):
                short = [row for row in expected if len(row[column].strip("-0").replace(".", "")) <= 15]
                same = [row for row in found if row[column]]
                expect(len(same) >= len([row for row in short if row[column]]), f"{name}.{column}")
            rows += len(found)
        return f"{rows} rows in {len(names(out))} sheets"


def check_libreoffice_csv(_out, excel):
    import openpyxl

    with tempfile.TemporaryDirectory() as folder:
        checked = 0
        for name in ("amounts", "indicators", "documents"):
            # What its dialog proposes for a file with a byte order mark: commas, quotes, UTF-8.
            soffice("xlsx", excel / f"{name}.csv", folder, "--infilter=CSV:44,34,76,1")
            sheet = openpyxl.load_workbook(Path(folder) / f"{name}.xlsx").worksheets[0]
            rows = sheet.iter_rows()
            header = [cell.value for cell in next(rows)]
            expect(header[0] == "document_id", f"{name}: the header begins with {header[0]!r}")
            expected = read_csv(excel / f"{name}.csv", encoding="utf-8-sig")
            for row, want in zip(rows, expected):
                for column, cell in zip(header, row):
                    expect(cell.data_type != "f", f"{name}.{column}: {cell.value!r} is a formula")
                checked += 1
                expect(text_of(row[1].value) == want["path"], f"{name}.path: {row[1].value!r}")
        return f"{checked} rows, no formula, the header whole"


CHECKS = [
    ("frictionless", check_frictionless),
    ("DuckDB", check_duckdb),
    ("pandas", check_pandas),
    ("polars", check_polars),
    ("sqlite3", check_sqlite),
    ("Datasette", check_datasette),
    ("openpyxl", check_openpyxl),
    ("LibreOffice, xlsx", check_libreoffice_xlsx),
    ("LibreOffice, csv --excel", check_libreoffice_csv),
]


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    gongkai, *inputs = sys.argv[1:]
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        out, excel = Path(folder) / "out", Path(folder) / "excel"
        extract(gongkai, inputs, out, "--format", FORMATS, "--tables", "cells")
        extract(gongkai, inputs, excel, "--format", "csv", "--tables", "none", "--excel")
        for name, check in CHECKS:
            try:
                print(f"ok      {name}: {check(out, excel)}", flush=True)
            except ModuleNotFoundError as error:
                failed += 1
                print(f"MISSING {name}: {error}", flush=True)
            except Exception as error:  # noqa: BLE001: any failure of any consumer is told, and the next is tried
                failed += 1
                print(f"FAILED  {name}: {type(error).__name__}: {error}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
