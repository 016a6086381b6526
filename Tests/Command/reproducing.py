"""reproduce."""
import gzip
import itertools
import json
import os
import re

from harness import ROOT, expect, expect_words, interrupted, promise, read, run


def data_folder():
    """The folder of data sets; None, and says so, where there is none."""
    data = os.environ.get("PICKET_DATA") or os.path.join(ROOT, "..", "shared", "data")
    if os.path.exists(os.path.join(data, "nsl-kdd", "KDDTrain+.txt.gz")):
        return data
    print("skip  no data folder: set PICKET_DATA, see docs/DATA.md")
    return None


@promise
def _():
    """reproduce keeps finished trainings, and its results do not depend on the jobs"""
    data = data_folder()
    if not data:
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


@promise
def _():
    """reproduce says which command made its report, and when its data are not those that are published"""
    data = data_folder()
    if not data:
        return
    name = os.path.join("nsl-kdd", "KDDTrain+.txt.gz")
    os.makedirs("fewer/nsl-kdd", exist_ok=True)
    with gzip.open(os.path.join(data, name), "rt") as whole, gzip.open(os.path.join("fewer", name), "wt") as part:
        part.writelines(itertools.islice(whole, 30000))
    common = ["reproduce", "P9", "--quick", "--only", "open", "pca", "--splits", "none"]
    report = run(*common, "--data", "fewer", "-o", "of-fewer")[0]
    expect_words(report, "OTHER DATA: nsl-kdd/KDDTrain+.txt.gz")
    report = run(*common, "--data", data, "-o", "of-all")[0]
    expect("OTHER DATA" not in report, "the published file is another one", report)
    expect_words(report, "picket reproduce P9 --quick --only open pca --splits none")
