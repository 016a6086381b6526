#!/usr/bin/env python3
"""The parts of pages that commands write: between <!-- NAME --> and <!-- end of NAME -->.

    pages.py PAGE NAME     writes what stands at standard input
"""

import sys
from pathlib import Path


def split(page, name):
    """What stands before a part, the part, and what stands behind it, of a page's text."""
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    if page.count(begin) != 1 or page.count(end) != 1 or page.index(begin) > page.index(end):
        raise ValueError(f"the page needs one line {begin.strip()} and, below it, one {end}")
    before, _, rest = page.partition(begin)
    part, _, behind = rest.partition(end)
    return before + begin, part, end + behind


def write(path, name, part):
    """Puts a part into the page at a path."""
    path = Path(path)
    before, _, behind = split(path.read_text(encoding="utf-8"), name)
    path.write_text(before + part + behind, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    try:
        write(sys.argv[1], sys.argv[2], sys.stdin.read())
    except (OSError, ValueError) as failure:
        sys.exit(f"{sys.argv[1]}: {failure}")
