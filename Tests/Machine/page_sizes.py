#!/usr/bin/env python3
"""Whether a page's table of sizes tells what was built.

    page_sizes.py PAGE [--update] BUILD=OBJECT...

Between the marks <!-- sizes --> and <!-- end of sizes --> the table has a row for each build, by what
`make lib` was told: code and constants together, in bytes. One that is off by more than a hundredth
fails; --update writes what was built.
"""

import re
import sys
from pathlib import Path

import machine

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Shared"))
import pages  # noqa: E402


def compare(page, built, update):
    """The page as it should be, and what is wrong with it."""
    try:
        before, table, behind = pages.split(page, "sizes")
    except ValueError as failure:
        return page, [str(failure)]
    wrong = []
    for build, size in built.items():
        row = re.search(rf"^\| {re.escape(f'`{build}`' if build else '')} ?\| ([\d,]+) \|", table, re.M)
        if not row:
            wrong.append(f"no row for '{build}'")
            continue
        told = int(row[1].replace(",", ""))
        if update:
            table = table[:row.start(1)] + f"{size:,}" + table[row.end(1):]
        elif abs(told - size) > size / 100:
            wrong.append(f"'{build}' has {size:,} bytes, the page tells {told:,}: make size UPDATE=1")
    return before + table + behind, wrong


def self_test():
    page = "a\n<!-- sizes -->\n| | 1,000 | all |\n| `X=1` | 500 | less |\n<!-- end of sizes -->\nb\n"
    machine.must(compare(page, {"": 1005, "X=1": 500}, False)[1] == [], "a hundredth is too much")
    machine.must(len(compare(page, {"": 1011, "X=1": 494}, False)[1]) == 2, "two wrong sizes pass")
    machine.must(len(compare(page, {"Y=1": 5}, False)[1]) == 1, "a row that is missing passes")
    machine.must(len(compare("a\n", {"": 5}, False)[1]) == 1, "a page without marks passes")
    written, wrong = compare(page, {"": 123456, "X=1": 7}, True)
    machine.must(not wrong and "| | 123,456 | all |\n| `X=1` | 7 | less |" in written, "not written")


def main():
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        return print("page_sizes.py: self-test passed")
    page, *rest = sys.argv[1:]
    update = "--update" in rest
    builds = dict(each.rsplit("=", 1) for each in rest if each != "--update")
    built = {build: sum(machine.sizes(machine.read_archive(path))) for build, path in builds.items()}
    text, wrong = compare(Path(page).read_text(), built, update)
    if update and not wrong:
        Path(page).write_text(text)
    for each in wrong:
        print(f"{page}: {each}", file=sys.stderr)
    if wrong:
        sys.exit(1)
    print(f"page_sizes: {', '.join(f'{size:,}' for size in built.values())}, as {Path(page).name} tells")


if __name__ == "__main__":
    main()
