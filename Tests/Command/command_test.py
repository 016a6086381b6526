#!/usr/bin/env python3
"""Runs the built command as its users do, on invented records, in a temporary directory.

usage: command_test.py PICKET
Standard library only. Prints a line for each promise and, at last, "N passed, N failed".
"""
import csv
import gzip
import html
import io
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree

PICKET = os.path.abspath(sys.argv[1])
ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
passed, failed = 0, 0


def run(*arguments, code=0):
    """Runs the command and returns its standard output and standard error."""
    result = subprocess.run([PICKET, *arguments], capture_output=True, text=True)
    expect(result.returncode == code,
           f"picket {' '.join(arguments)}: exit code {result.returncode}, expected {code}",
           result.stderr)
    return result.stdout, result.stderr


class Broken(Exception):
    """A promise that was not kept."""


def expect(condition, what, detail=""):
    if not condition:
        raise Broken(f"{what}\n{detail}")


def expect_words(text, *words):
    for word in words:
        expect(word in text, f"'{word}' is missing in:", text)


def promise(function):
    """Checks one promise and counts it."""
    global passed, failed
    name = function.__doc__
    try:
        function()
        passed += 1
        print(f"ok    {name}")
    except Broken as broken:
        failed += 1
        print(f"FAIL  {name}\n      " + str(broken).replace("\n", "\n      "))


def read(path, mode="r"):
    with open(path, mode) as file:
        return file.read()


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


os.chdir(tempfile.mkdtemp(prefix="picket-command-"))

SUBCOMMANDS = "train export score eval inspect schema synth reproduce detectors".split()
SMALL = ["--epochs", "3", "--seed", "5"]


@promise
def _():
    """help of the command and of every subcommand teaches"""
    text, _ = run("--help")
    expect_words(text, "EXIT CODES", "130", *SUBCOMMANDS)
    for name in SUBCOMMANDS:
        text, _ = run(name, "--help")
        expect_words(text, "OVERVIEW", "EXAMPLE", "USAGE: picket " + name)
        wide = [l for l in text.splitlines() if len(l) > 80 and not l.startswith("USAGE")]
        expect(not wide, f"{name}: wider than 80", "\n".join(wide))


@promise
def _():
    """the version is that of the C header"""
    header = read(os.path.join(ROOT, "include", "picket.h"))
    parts = [re.search(rf"PICKET_VERSION_{p} (\d+)", header)[1]
             for p in ("MAJOR", "MINOR", "PATCH")]
    expect(run("--version")[0].strip() == ".".join(parts), "another version")


@promise
def _():
    """synth gives the same bytes for the same seed, and others for another"""
    run("synth", "-o", "records.csv", "--rows", "12000", "--seed", "7")
    run("synth", "-o", "again.csv", "--rows", "12000", "--seed", "7")
    run("synth", "-o", "other.csv", "--rows", "12000", "--seed", "8")
    expect(read("records.csv") == read("again.csv"), "the bytes differ")
    expect(read("records.csv") != read("other.csv"), "the bytes are the same")
    expect(len(read("records.csv").splitlines()) == 12001, "not a header and 12,000 rows")
    with gzip.open("records.csv.gz", "wt") as file:
        file.write(read("records.csv"))


@promise
def _():
    """train fills a folder, and its report is the same as text, as JSON and as a page"""
    text, notes = run("train", "records.csv", *SMALL, "-o", "deep/run")
    for name in ("model.picket", "trained.json", "config.json", "schema.toml", "report.txt",
                 "report.json", "report.html"):
        expect(os.path.getsize("deep/run/" + name) > 0, f"no {name}")
    expect(text == read("deep/run/report.txt"), "report.txt is not what was printed")
    report = json.loads(read("deep/run/report.json"))
    expect(report["test"]["auc_roc"] > 0.8, "an AUC-ROC of", report["test"]["auc_roc"])
    expect_words(text, f"{report['test']['auc_pr']:.4f}", f"{report['model']['bytes']:,} bytes")
    expect(report["training"]["multiply_adds_per_second"] > 0, "no multiply-adds a second")
    page = read("deep/run/report.html")
    numbers = [cell for line in text.splitlines() for cell in line.split("  ") if re.search(r"\d", cell)]
    expect_words(html.unescape(page), *(number.strip(" ()") for number in numbers))
    picture = xml.etree.ElementTree.fromstring(re.search("<svg.*</svg>", page, re.S).group())
    kinds = [part.get("class") for part in picture.iter() if part.tag.endswith("polyline")]
    expect(kinds == ["line-0", "line-1"], "not a curve for each class", kinds)
    rows = report["rows"]
    expect(sum(part["normal"] for part in rows.values()) == 9600, "normal rows are lost", rows)
    expect_words(notes, "schema 'synth'")
    expect(not [f for f in os.listdir("deep/run") if "partial" in f], "a partial file is left")


@promise
def _():
    """train --auto tries detectors, features and sizes, and keeps to the bytes allowed"""
    run("synth", "-o", "few.csv", "--rows", "4000", "--seed", "9")
    text, notes = run("train", "few.csv", "--auto", "--max-bytes", "20000", "-o", "auto")
    choice = json.loads(read("auto/report.json"))["choice"]
    judged = [trial for trial in choice["tried"] if trial["auc_pr"] is not None]
    chosen = [trial for trial in judged if trial["candidate"] == choice["chosen"]]
    expect(len(chosen) == 1, "chosen, but not tried:", choice["chosen"])
    expect(len({trial["candidate"].split()[0] for trial in judged}) == 3, "not three detectors", text)
    expect(any(trial["bytes"] > 20000 for trial in judged), "none was too large", text)
    best = max(trial["auc_pr"] for trial in judged if trial["bytes"] <= 20000)
    expect(chosen[0]["auc_pr"] >= best - 0.002, "not the best that fits", text)
    expect(os.path.getsize("auto/model.picket") <= 20000, "more bytes than allowed")
    expect_words(notes, "chosen: " + choice["chosen"])
    expect_words(text, "Judged by labels that the trial did not learn from", "too large")
    run("train", "few.csv", "--auto", "--max-bytes", "20000", "-o", "auto2")
    expect(read("auto/model.picket", "rb") == read("auto2/model.picket", "rb"), "the bytes differ")


@promise
def _():
    """train --auto without labels judges by blended records; what it cannot do it says"""
    rows = [line.rsplit(",", 1)[0] for line in read("few.csv").splitlines()]
    write("unlabelled.csv", "\n".join(rows) + "\n")
    text, _ = run("train", "unlabelled.csv", "--auto", "-o", "auto3")
    expect_words(text, "Judged by normal records with fields of others", "chosen")
    expect("anoean" not in text, "an AnoEAN without anomalies", text)
    smallest = min(trial["bytes"] for trial in json.loads(read("auto/report.json"))["choice"]["tried"])
    text, notes = run("train", "few.csv", "--auto", "--max-bytes", str(smallest - 1), "-o", "auto5")
    # The tables of all rows are larger than those of a trial.
    expect_words(notes, "of all training rows has", "distilled 8, min-max instead")
    expect_words(text, "distilled 24-8", "distilled 8,", "too large")
    expect(os.path.getsize("auto5/model.picket") < smallest, "more bytes than allowed")
    _, notes = run("train", "few.csv", "--auto", "--max-bytes", "900", "-o", "auto4", code=1)
    expect_words(notes, "--max-bytes 900: the smallest model tried has")
    expect(not os.path.exists("auto4/model.picket"), "a model is written")
    _, notes = run("train", "few.csv", "--auto", "--hidden", "8", "-o", "auto4", code=64)
    expect_words(notes, "--hidden: with --auto the trainer chooses that itself")
    _, notes = run("train", "few.csv", "--max-bytes", "9000", "-o", "auto4", code=64)
    expect_words(notes, "--max-bytes is for --auto")


@promise
def _():
    """the same seed gives the same bytes of model, whatever the folders are called"""
    run("train", "records.csv", *SMALL, "-o", "second")
    expect(read("deep/run/model.picket", "rb") == read("second/model.picket", "rb"),
           "the bytes differ")
    run("train", "records.csv", "--epochs", "3", "--seed", "6", "-o", "third")
    expect(read("second/model.picket", "rb") != read("third/model.picket", "rb"),
           "another seed gives the same bytes")
    here = os.getcwd()
    run("train", os.path.join(here, "records.csv"), *SMALL, "-o", os.path.join(here, "fourth/"))
    expect(read("second/model.picket", "rb") == read("fourth/model.picket", "rb"),
           "a folder's name gets into the bytes")


@promise
def _():
    """several files are learnt from as one"""
    lines = read("records.csv").splitlines(keepends=True)
    write("first.csv", "".join(lines[:5001]))
    write("rest.csv", lines[0] + "".join(lines[5001:]))
    run("train", "first.csv", "rest.csv", *SMALL, "-o", "both")
    one, both = (json.loads(read(f"{d}/report.json")) for d in ("second", "both"))
    expect(one["test"] == both["test"], "other figures than from one file", f"{one}\n{both}")
    expect([d["rows"] for d in both["data"]] == [5000, 7000], "rows", both["data"])


@promise
def _():
    """a VAE learns from normal records alone, with each of its scores"""
    normal = [line for line in read("records.csv").splitlines(keepends=True)
              if line.endswith(("normal\n", "label\n"))]
    write("normal.csv", "".join(normal))
    run("train", "normal.csv", "--detector", "vae", *SMALL, "-o", "vae", "--schema", "synth")
    for score in ("reconstruction", "reconstruction-kl", "mahalanobis"):
        run("train", "records.csv", "--detector", "vae", "--score", score, *SMALL, "-o", score)
        info = json.loads(run("inspect", score, "--json")[0])
        expect((info["kind"], info["score"]) == ("vae", score), "another score", info["score"])
        figures = json.loads(run("eval", score, "records.csv", "--json")[0])
        expect(figures["auc_roc"] > 0.6, f"{score}: an AUC-ROC of", figures["auc_roc"])


def score_lines(*arguments):
    return list(csv.DictReader(io.StringIO(run("score", *arguments)[0])))


@promise
def _():
    """score writes a line a record, the verdict that of the budget, text and JSON alike"""
    rows = score_lines("deep/run", "records.csv", "--budget", "0.01")
    expect(rows == score_lines("deep/run", "records.csv.gz", "--budget", "0.01"),
           "the gzipped file scores otherwise")
    expect(len(rows) == 12000, "rows", len(rows))
    expect(list(rows[0]) == ["row", "score", "p_value", "flags", "verdict"], "columns", rows[0])
    document = json.loads(run("score", "deep/run", "records.csv", "--budget", "0.01", "--json")[0])
    threshold = document["threshold"]
    for row, record in zip(rows, document["records"]):
        expect(float(row["score"]) == record["score"], "another score", f"{row} {record}")
        expect(0 < float(row["p_value"]) <= 1, "a p-value of", row["p_value"])
        expect((row["verdict"] == "alarm") == (float(row["score"]) >= threshold), "verdict", row)
        expect(row["flags"].split("+") == (record["flags"] or [""]), "flags", f"{row} {record}")
    normal = [r for r, line in zip(rows, read("records.csv").splitlines()[1:])
              if line.endswith("normal")]
    alarms = sum(r["verdict"] == "alarm" for r in normal) / len(normal)
    expect(0.002 < alarms < 0.03, "at a budget of 0.01 normal records alarm at", alarms)


@promise
def _():
    """raw lines score as the file does, and unknown names and ranges are flagged"""
    lines = read("records.csv").splitlines()[1:201]
    write("raw.csv", "\n".join(lines) + "\n")
    raw = score_lines("deep/run", "raw.csv", "--raw")
    whole = score_lines("deep/run/model.picket", "records.csv")[:200]
    expect(raw == whole, "other scores")
    cells = lines[0].split(",")
    write("odd.csv", ",".join(["1e30", cells[1], "no-such-service", *cells[3:26]]) + "\n")
    odd = score_lines("deep/run", "odd.csv", "--raw")[0]
    expect({"unknown", "range"} <= set(odd["flags"].split("+")), "flags", odd)
    write("narrow.csv", "1,2,3\n")
    expect_words(run("score", "deep/run", "narrow.csv", "--raw", code=1)[1], "narrow.csv",
                 "26 fields")


@promise
def _():
    """eval counts what score shows, label by label"""
    rows = score_lines("deep/run", "records.csv", "--budget", "0.01")
    labels = [line.rsplit(",", 1)[1] for line in read("records.csv").splitlines()[1:]]
    document = json.loads(run("eval", "deep/run", "records.csv", "--budget", "0.01", "--json")[0])
    for entry in document["labels"]:
        own = [r for r, label in zip(rows, labels) if label == entry["label"]]
        expect(entry["records"] == len(own), "records", entry)
        expect(entry["alarms"] == sum(r["verdict"] == "alarm" for r in own), "alarms", entry)
    budget = [b for b in document["budgets"] if b["budget"] == 0.01][0]
    low, high = budget["false_alarm_rate_95"]
    expect(low <= budget["false_alarm_rate"] <= high, "interval", budget)
    # AUC-ROC anew, by counting pairs through ranks.
    order = sorted(zip((float(r["score"]) for r in rows), (l != "normal" for l in labels)))
    wins, seen, i = 0.0, 0, 0
    while i < len(order):
        j = i
        while j < len(order) and order[j][0] == order[i][0]:
            j += 1
        hits = sum(a for _, a in order[i:j])
        wins += hits * (seen + (j - i - hits) / 2)
        seen += j - i - hits
        i = j
    auc = wins / (seen * (len(order) - seen))
    expect(abs(auc - document["auc_roc"]) < 1e-12, "AUC-ROC", auc)
    expect(document["alarms"] == sum(r["verdict"] == "alarm" for r in rows), "alarms", document)
    expect(document["alarms_on_normal"] + document["alarms_on_anomalies"] == document["alarms"],
           "alarms", document)
    text, _ = run("eval", "deep/run", "records.csv")
    expect_words(text, "AUC-PR", "By label", "port_scan", "95 % interval")


@promise
def _():
    """eval judges the scores of another program, and tells how far they are from its own"""
    write("own.csv", run("score", "deep/run", "records.csv")[0])
    own = json.loads(run("eval", "deep/run", "records.csv", "--json")[0])
    same = json.loads(run("eval", "deep/run", "records.csv", "--scores", "own.csv", "--tolerance",
                          "0", "--json")[0])
    expect(same.pop("largest_relative_difference") == 0 and same == own, "other figures", same)
    lines = read("own.csv").splitlines(keepends=True)
    cells = lines[3].split(",")
    changed = ",".join([cells[0], repr(float(cells[1]) * 1.001), *cells[2:]])
    write("near.csv", "".join([*lines[:3], changed, *lines[4:]]).replace("row", "line", 1))
    common = ["eval", "deep/run", "records.csv", "--scores", "near.csv", "--json"]
    near = json.loads(run(*common)[0])
    expect(abs(near["largest_relative_difference"] - 0.001) < 1e-6, "difference", near)
    run(*common, "--tolerance", "0.01")
    expect_words(run(*common, "--tolerance", "1e-6", code=1)[1], "row 3", "tolerance")
    for name, text in (("short.csv", "".join(lines[:-1])), ("twice.csv", "".join(lines + lines[-1:])),
                       ("words.csv", "row,score\n1,high\n"), ("other.csv", "a,b\n1,2\n"),
                       ("empty.csv", "")):
        write(name, text)
        message = run("eval", "deep/run", "records.csv", "--scores", name, code=1)[1]
        expect_words(message, name, "expected")
    run("eval", "deep/run", "records.csv", "--tolerance", "1e-6", code=64)


@promise
def _():
    """export writes float16 at half the weight, and big-endian files that this machine refuses"""
    document = json.loads(run("export", "deep/run", "-o", "half.picket", "--type", "float16",
                              "--json")[0])
    whole = os.path.getsize("deep/run/model.picket")
    expect(os.path.getsize("half.picket") == document["bytes"] < 0.65 * whole, "bytes", document)
    expect(0 < document["largest_score_difference"] < 1, "difference", document)
    full, half = (score_lines(m, "records.csv") for m in ("deep/run", "half.picket"))
    worst = max(abs(float(a["score"]) - float(b["score"])) / float(a["score"])
                for a, b in zip(full, half))
    expect(0 < worst < 0.1, "scores differ by", worst)
    types = {row["element_type"]: row for row in document["types"]}
    expect(list(types) == ["float32", "float16", "int8", "int8-integer"], "types", types)
    expect(types["float16"]["bytes"] == os.path.getsize("half.picket"), "bytes of a type", types)
    expect(types["float32"]["largest_relative_score_difference"] == 0, "float32 and itself", types)
    expect(0 < types["float16"]["largest_relative_score_difference"] < 0.1, "float16", types)
    reported = json.loads(read("deep/run/report.json"))["test"]["auc_pr"]
    for row in types.values():
        expect(abs(row["auc_pr"] - reported) < 0.05 and 0 <= row["tpr_at_1_percent_fpr"] <= 1
               and row["nanoseconds_per_record"] > 0, "figures of a type", row)
    run("export", "deep/run", "-o", "same.picket")
    expect(read("same.picket", "rb") == read("deep/run/model.picket", "rb"),
           "float32 again gives other bytes")
    run("export", "deep/run", "-o", "big.picket", "--big-endian")
    expect_words(run("inspect", "big.picket", code=1)[1], "big.picket", "check 4")
    expect_words(run("export", "nowhere", "-o", "x.picket", code=1)[1], "nowhere/trained.json")


@promise
def _():
    """detectors with convolutions are trained, exported and scored; integers are refused with a reason"""
    for detector in ("anoean", "vae"):
        run("train", "records.csv", "--schema", "synth", "--detector", detector, "--channels", "4,8",
            "--epochs", "2", "-o", f"waves-{detector}")
        expect_words(run("inspect", f"waves-{detector}")[0], "convolution")
        expect(json.loads(run("eval", f"waves-{detector}", "records.csv", "--json")[0]), "no figures")
        document = json.loads(run("export", f"waves-{detector}", "-o", "waves.picket", "--type", "int8",
                                  "--json")[0])
        types = {row["element_type"]: row["bytes"] for row in document["types"]}
        expect(types["int8"] and types["int8-integer"] is None, "types", types)
        expect_words(run("export", f"waves-{detector}", "-o", "x.picket", "--type", "int8-integer",
                         code=1)[1], "convolution", "int8")
    expect_words(run("train", "records.csv", "--schema", "synth", "--channels", "2,2,2,2,2,2",
                     "-o", "x", code=1)[1], "too small")


@promise
def _():
    """inspect tells what a model is, its fields and where it comes from"""
    text, _ = run("inspect", "deep/run/model.picket")
    expect_words(text, "anoean", "mahalanobis", "26 fields", "feature hash", "sha256", "relu")
    document = json.loads(run("inspect", "deep/run", "--json")[0])
    expect(document["model_bytes"] == os.path.getsize("deep/run/model.picket"), "bytes")
    expect([f["name"] for f in document["fields"]][:2] == ["duration", "protocol_type"], "fields")
    expect_words(run("inspect", "deep/run", "--fields")[0], "dst_host_srv_rerror_rate", "symbolic")
    provenance = json.loads(run("inspect", "deep/run", "--provenance")[0])
    expect(provenance["seed"] == 5 and provenance["data"][0]["rows"] == 12000, "provenance",
           provenance)
    reported = json.loads(read("deep/run/report.json"))["test"]["auc_pr"]
    expect(abs(provenance["metrics"]["auc_pr"] - reported) <= 5e-7,
           "the model's own figures are not the report's to six digits")
    big = str(2**64 - 1)
    run("train", "records.csv", "--epochs", "1", "--seed", big, "-o", "big-seed")
    expect(json.loads(run("inspect", "big-seed", "--provenance")[0])["seed"] == int(big), "seed")


@promise
def _():
    """a malformed model is refused with the number of the check"""
    good = read("deep/run/model.picket", "rb")
    for name, data, check in (
            ("text", b"hello\n", 2), ("csv", read("records.csv", "rb"), 3),
            ("cut", good[:5000], 6), ("changed", good[:-100] + b"\x55" + good[-99:], 9)):
        with open(name, "wb") as file:
            file.write(data)
        message = run("inspect", name, code=1)[1]
        expect_words(message, name + ":", f"check {check} ", "expected")
        run("score", name, "records.csv", code=1)
    folder = os.path.join(ROOT, "export", "malformed")
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
        if name.endswith(".picket"):
            expect_words(run("inspect", os.path.join(folder, name), code=1)[1], "check ")


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


def interrupted(arguments, wait_for):
    """Starts the command, waits for a word on standard error, presses Ctrl-C."""
    process = subprocess.Popen([PICKET, *arguments], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, bufsize=0)
    seen = b""
    while wait_for not in seen.decode():
        more = process.stderr.read(1000)
        expect(more, "it ended too early", seen.decode())
        seen += more
    start = time.monotonic()
    process.send_signal(signal.SIGINT)
    out, rest = process.communicate(timeout=60)
    return (process.returncode, out.decode(), (seen + rest).decode(), time.monotonic() - start)


@promise
def _():
    """Ctrl-C during a long training keeps the best model so far, and says so"""
    code, text, notes, seconds = interrupted(
        ["train", "records.csv", "--epochs", "1000000", "--patience", "1000000", "-o", "long"],
        "epoch ")
    expect(code == 130, f"exit code {code}", notes)
    expect(seconds < 10, f"it took {seconds} seconds")
    expect_words(text, "INTERRUPTED")
    expect_words(notes, "left", "interrupted", "best")
    expect(json.loads(read("long/report.json"))["training"]["interrupted"], "the report is silent")
    settings = json.loads(run("inspect", "long", "--provenance")[0])["configuration"]
    expect(settings["interruptedAfterSteps"] > 0, "the provenance is silent", settings)
    expect(len(score_lines("long", "records.csv")) == 12000, "the model cannot be used")


@promise
def _():
    """NSL-KDD's AnoEAN in bytes fits in 32 KiB, calibration, names and provenance included"""
    data = os.environ.get("PICKET_DATA") or os.path.join(ROOT, "..", "shared", "data")
    table = os.path.join(data, "nsl-kdd", "KDDTrain+.txt.gz")
    if not os.path.exists(table):
        print("skip  no data folder: set PICKET_DATA, see docs/DATA.md")
        return
    for protocol in ("holdout", "p1-open", "p1-all"):
        run("train", table, "--schema", "nsl-kdd", "--protocol", protocol, "-o", "small", "--epochs", "3")
        for element in ("int8", "int8-integer"):
            run("export", "small", "-o", "small.picket", "--type", element)
            size = os.path.getsize("small.picket")
            expect(size <= 32768, f"{protocol}, {element}: {size} bytes")


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


print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
