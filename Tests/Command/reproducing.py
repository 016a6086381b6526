"""reproduce."""
import json
import os
import re

from harness import ROOT, expect, expect_words, interrupted, promise, read, run


@promise
def _():
    """reproduce keeps finished trainings, and its results do not depend on the jobs"""
    data = os.environ.get("PICKET_DATA") or os.path.join(ROOT, "..", "shared", "data")
    if not os.path.exists(os.path.join(data, "nsl-kdd", "KDDTrain+.txt.gz")):
        print("skip  no data folder: set PICKET_DATA, see docs/DATA.md")
        return
    common = ["reproduce", "P1", "--data", data, "--only", "nsl-kdd-all", "anoean", "--seeds", "0", "1",
              "--epochs", "1"]
    two = json.loads(run(*common, "-o", "two", "--json")[0])
    one = json.loads(run(*common, "-o", "one", "--jobs", "1", "--json")[0])
    def figures(document):
        return [{k: v for k, v in seed.items() if "second" not in k}
                for e in document["experiments"] for seed in e["seeds"]]
    expect(figures(one) == figures(two), "results depend on the jobs", f"{one}\n{two}")
    notes = run(*common, "-o", "two")[1]
    expect_words(notes, "2 of 2 trainings are kept")
    expect_words(read("two/P1.md"), "| nsl-kdd-all | AnoEAN |")
    code, _, notes, _ = interrupted(
        ["reproduce", "P1", "--data", data, "--only", "nsl-kdd-all", "anoean", "--epochs", "300", "-o",
         "stopped"], "trainings done")
    expect(code == 130, f"exit code {code}", notes)
    expect(re.search(r"[0-9] of 10 trainings are kept in stopped", notes), "not what is kept", notes)
    expect_words(run(*common, "-o", "one", "--check", code=1)[1], "goal")
