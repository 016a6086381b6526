"""How score and eval find a model's fields in a file."""
import json
import shutil

from harness import SMALL, expect, expect_words, promise, read, run, score_lines, write


def rearranged(name, order, count=200, delimiter=","):
    """The first records of records.csv with these of its columns, in this order."""
    rows = [line.split(",") for line in read("records.csv").splitlines()[:count + 1]]
    write(name, "".join(delimiter.join(row[i] for i in order) + "\n" for row in rows))


ALL = list(range(27))


@promise
def _():
    """a header's names say which columns are the fields: without a label, and in any order"""
    shutil.copy("deep/run/model.picket", "alone.picket")
    whole = score_lines("deep/run", "records.csv")[:200]
    for name, order in (("unlabelled.csv", ALL[:26]), ("swapped.csv", [1, 0] + ALL[2:]),
                        ("backwards.csv", ALL[::-1]), ("swapped-unlabelled.csv", [1, 0] + ALL[2:26])):
        rearranged(name, order)
        for model in ("deep/run", "alone.picket"):
            expect(score_lines(model, name) == whole, f"{model} scores {name} otherwise")
        expect(score_lines("alone.picket", name, "--schema", "synth") == whole, f"--schema, {name}")
    rearranged("narrow-header.csv", ALL[:3] + ALL[4:])
    for model in ("deep/run", "alone.picket"):
        expect_words(run("score", model, "narrow-header.csv", code=1)[1], "narrow-header.csv:1",
                     "without 'flag'", "26 fields")


@promise
def _():
    """eval finds the label by its name, and says so where there is none"""
    rearranged("backwards.csv", ALL[::-1], count=12000)
    own = json.loads(run("eval", "deep/run", "records.csv", "--json")[0])
    expect(json.loads(run("eval", "deep/run", "backwards.csv", "--json")[0]) == own, "other figures")
    rearranged("unlabelled.csv", ALL[:26])
    expect_words(run("eval", "deep/run", "unlabelled.csv", code=1)[1], "unlabelled.csv:1",
                 "no label column 'label'", "picket score")
    expect_words(run("eval", "alone.picket", "unlabelled.csv", code=1)[1], "--schema")


@promise
def _():
    """raw lines may have another delimiter, but no header"""
    whole = score_lines("deep/run", "records.csv")[:200]
    for delimiter in ";\t|":
        rearranged("raw.txt", ALL, delimiter=delimiter)
        header, lines = read("raw.txt").split("\n", 1)
        write("raw.txt", lines)
        expect(score_lines("alone.picket", "raw.txt", "--raw") == whole, f"other scores: {delimiter}")
    message = run("score", "deep/run", "unlabelled.csv", "--raw", code=1)[1]
    expect_words(message, "unlabelled.csv:1", "leave it out")


@promise
def _():
    """the delimiter of a file that is scored is its own, whatever the schema beside the model says"""
    whole = score_lines("deep/run", "records.csv")[:200]
    rearranged("few.csv", ALL)
    headless = read("deep/run/schema.toml").replace("header = true", "header = false")
    write("headless.toml", headless)
    for delimiter, shown in ((";", "';'"), ("\t", "tabs"), ("|", "'|'")):
        rearranged("other.txt", ALL[::-1], delimiter=delimiter)
        for arguments in (["deep/run"], ["alone.picket"], ["alone.picket", "--schema", "synth"]):
            expect(score_lines(arguments[0], "other.txt", *arguments[1:]) == whole, "other scores",
                   f"{delimiter} {arguments}")
        expect_words(run("score", "deep/run", "other.txt")[1], "other.txt", shown, "','", "'synth'")
        own, other = (json.loads(run("eval", "deep/run", name, "--json")[0])
                      for name in ("few.csv", "other.txt"))
        expect(own == other, "eval has other figures", delimiter)
        # Without a header there is the number of cells to go by.
        rearranged("other.txt", ALL, delimiter=delimiter)
        write("other.txt", read("other.txt").split("\n", 1)[1])
        expect(score_lines("alone.picket", "other.txt", "--schema", "headless.toml") == whole,
               "other scores without a header", delimiter)
        rearranged("other.txt", ALL[:3] + ALL[4:], delimiter=delimiter)
        expect_words(run("score", "deep/run", "other.txt", code=1)[1], "other.txt:1", "without 'flag'; expected")


@promise
def _():
    """a training takes the delimiter of its data, and refuses that of a schema which has another"""
    rearranged("other.txt", ALL, count=12000, delimiter=";")
    run("train", "other.txt", *SMALL, "-o", "semicolons")
    expect('delimiter = ";"' in read("semicolons/schema.toml"), "schema.toml has another delimiter")
    expect(score_lines("semicolons", "other.txt")
           == score_lines("deep/run", "records.csv"), "other scores")
    for name in ("synth", "headless.toml"):
        for more in ([], ["--skip-bad-rows"]):
            if name == "headless.toml":
                write("other.txt", read("other.txt").split("\n", 1)[1])
            message = run("train", "other.txt", *SMALL, "--schema", name, *more, "-o", "refused", code=1)[1]
            expect_words(message, "other.txt:1", "';'", "',', as schema 'synth' says", "'delimiter'",
                         "picket schema other.txt")
