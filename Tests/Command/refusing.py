"""schema, and what is wrong with records, files and options."""
import json
import os

from harness import SMALL, expect, expect_words, promise, read, run, write


@promise
def _():
    """schema guesses, its guess can be used, and built-in schemas can be read back"""
    text, _ = run("schema", "records.csv", "--name", "mine")
    write("mine.toml", text)
    run("train", "records.csv", *SMALL, "--schema", "mine.toml", "-o", "mine")
    expect(json.loads(read("mine/report.json"))["schema"] == "mine", "another schema")
    for name in ("kdd99", "nsl-kdd", "synth"):
        write(name + ".toml", run("schema", "--builtin", name)[0])
    run("train", "records.csv", *SMALL, "--schema", "synth.toml", "-o", "builtin")
    expect(read("builtin/model.picket", "rb") == read("second/model.picket", "rb"),
           "the schema from a file gives another model")


@promise
def _():
    """a label that is only guessed to be normal is not learned as such"""
    text = read("records.csv").replace("label\n", "class\n", 1)
    write("quiet.csv", text.replace(",normal\n", ",quiet\n"))
    message = run("train", "quiet.csv", *SMALL, "-o", "quiet", code=1)[1]
    expect_words(message, "quiet.csv: 'class'", "'quiet'", "'port_scan'",
                 "picket schema quiet.csv > my.toml", "--schema my.toml")
    expect(not os.path.exists("quiet"), "something was written")
    write("my.toml", run("schema", "quiet.csv")[0])
    run("train", "quiet.csv", *SMALL, "--schema", "my.toml", "-o", "quiet")
    write("benign.csv", text.replace(",normal\n", ",BENIGN\n"))
    run("train", "benign.csv", *SMALL, "-o", "benign")
    for kind in ("test", "rows"):
        one, two = (json.loads(read(f"{d}/report.json"))[kind] for d in ("quiet", "benign"))
        expect(one == two, "other figures by the schema", f"{one}\n{two}")


@promise
def _():
    """a bad cell is an error that names file, line and column, or a row that is left out"""
    lines = read("records.csv").splitlines(keepends=True)
    cells = lines[99].split(",")
    for bad in ("abc", "nan", "inf", ""):
        lines[99] = ",".join(cells[:4] + [bad] + cells[5:])
        write("bad.csv", "".join(lines))
        message = run("train", "bad.csv", "--schema", "synth", *SMALL, "-o", "bad", code=1)[1]
        expect_words(message, "bad.csv:100", "src_bytes", "expected")
        expect(not os.path.exists("bad"), "a failed training leaves a folder")
    notes = run("train", "bad.csv", "--schema", "synth", "--skip-bad-rows", *SMALL, "-o",
                "skipped")[1]
    expect_words(notes, "left out 1 row", "bad.csv:100", "src_bytes")
    expect(json.loads(read("skipped/report.json"))["data"][0]["rows"] == 11999, "rows")
    expect_words(run("score", "deep/run", "bad.csv", code=1)[1], "bad.csv:100", "src_bytes")


@promise
def _():
    """what cannot work is said before the work, with the exit code of its kind"""
    run("train", "records.csv", code=64)
    run("nonsense", code=64)
    for arguments in (["--detector", "svm"], ["--epochs", "0"], ["--latent", "129"],
                      ["--hidden", "128,,64"], ["--alpha", "2"], ["--learning-rate", "nan"],
                      ["--schema", "none.toml"], ["--test-share", "0.9"], ["--seed", "-1"],
                      ["--type", "int7"]):
        message = run("train", "records.csv", "-o", "never", *arguments, code=64)[1]
        expect_words(message, arguments[1] if arguments[0] != "--seed" else "seed")
    for budget in ("0", "1", "nan"):
        run("score", "deep/run", "records.csv", "--budget", budget, code=64)
    expect_words(run("score", "deep/run", "records.csv", "--budget", "1e-7", code=1)[1], "1e-07",
                 "calibrat")
    expect_words(run("train", "nothing.csv", "-o", "never", code=1)[1], "nothing.csv")
    expect_words(run("train", "normal.csv", "-o", "never", code=1)[1], "anomalies", "vae")
    identifiers = "".join(f"{i},n{i},{'x' if i % 5 == 0 else 'normal'}\n" for i in range(4000))
    write("identifiers.csv", "number,who,label\n" + identifiers)
    write("identifiers.toml", 'name = "i"\nheader = true\ncolumns = [{name="number",kind="numeric"},'
          '{name="who",kind="symbolic"},{name="label",kind="label"}]\n')
    expect_words(run("train", "identifiers.csv", "--schema", "identifiers.toml", "-o", "i",
                     code=1)[1], "'who'", "1,024", "ignored")
    expect_words(run("train", "records.csv", "-o", "i", "--learning-rate", "1e30", code=1)[1],
                 "--learning-rate")
    write("file", "")
    expect_words(run("train", "records.csv", *SMALL, "-o", "file/run", code=1)[1], "file/run")
    expect_words(run("reproduce", "P1", "--data", "nowhere", code=1)[1], "nowhere", "--data")
    expect(not os.path.exists("never"), "something was written")
    expect_words(run("eval", "deep/run", "raw.csv", code=1)[1], "raw.csv", "schema.toml")
