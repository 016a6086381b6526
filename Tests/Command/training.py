"""synth and train: records, detectors, sizes, folders, interruptions."""
import gzip
import html
import json
import os
import re
import signal
import subprocess
import time
import xml.etree.ElementTree

from harness import (PICKET, SMALL, expect, expect_words, interrupted, listens, promise, read, run, score_lines,
                     write)


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
    for kind, count in (("normal", 9600), ("anomalous", 2400)):
        expect(sum(part[kind] for part in rows.values()) == count, f"{kind} rows are lost", rows)
    expect_words(notes, "schema 'synth'")
    expect(not [f for f in os.listdir("deep/run") if "partial" in f], "a partial file is left")


@promise
def _():
    """a file of fewer rows than a batch is learned from, by each detector"""
    lines = read("records.csv").splitlines(keepends=True)
    normal = [line for line in lines[1:] if line.endswith("normal\n")][:220]
    attacks = [line for line in lines[1:] if not line.endswith("normal\n")][:60]
    write("tiny.csv", "".join([lines[0], *normal, *attacks]))
    for detector in ("anoean", "vae", "distilled"):
        arguments = ["train", "tiny.csv", "--detector", detector, "--epochs", "3", "-o", "tiny"]
        run(*arguments)
        expect(json.loads(read("tiny/report.json"))["training"]["steps"] > 0, "no step")
        expect_words(run(*arguments, "--batch", "500", code=1)[1], "--batch")


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
    expect(re.search(r"^trying: \d+ of \d+, ", notes, re.M), "no word while trying", notes)
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
    expect_words(notes, "of all training rows has", "distilled 8, log + quantile instead")
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
    """the report says which labels were learned, and a note which of them look like no anomaly"""
    lines = read("records.csv").splitlines(keepends=True)
    write("spelled.csv", lines[0] + "".join(
        line.replace(",normal\n", ",Normal\n") if i % 2 else line for i, line in enumerate(lines[1:], 1)))
    text, notes = run("train", "first.csv", "spelled.csv", *SMALL, "-o", "labels")
    told = read("spelled.csv").count(",Normal\n")
    expect_words(notes, f"spelled.csv: the label 'Normal' ({told:,} rows) counts as anomalous",
                 "'normal' lists 'normal'")
    report = json.loads(read("labels/report.json"))
    labels = {row["label"]: row for row in report["labels"]}
    expect(labels["normal"]["normal"] and not labels["Normal"]["normal"], "classes", labels)
    parts = ("train", "validation", "calibration", "test", "unused")
    expect(sum(labels["Normal"][part] for part in parts) == told, "rows", labels["Normal"])
    for part in parts:
        expect(sum(row[part] for row in report["labels"]) == sum(report["rows"][part].values()), part, report)
    expect_words(text, "Labels\n", "port_scan")
    expect_words(run("eval", "labels", "spelled.csv")[1], f"the label 'Normal' ({told:,} rows)")
    _, notes = run("train", "records.csv", *SMALL, "-o", "labels")
    expect("anomalous" not in notes, "a note on labels that are clear", notes)


@promise
def _():
    """a class of one test row has a line in the picture, and its figures an interval"""
    lines = read("records.csv").splitlines(keepends=True)
    normal = [line for line in lines[1:] if line.endswith("normal\n")][:60]
    attacks = [line for line in lines[1:] if not line.endswith("normal\n")][:1]
    write("lone.csv", "".join([lines[0], *normal, *attacks]))
    text, _ = run("train", "lone.csv", "--detector", "vae", "--epochs", "2", "--calibration-share", "0.3",
                  "-o", "lone")
    picture = re.search("<svg.*</svg>", read("lone/report.html"), re.S).group()
    line = re.search('<polyline class="line-1" points="([^"]*)"', picture).group(1)
    expect(len(line.split()) == 2, "not a line", line)
    budget = json.loads(read("lone/report.json"))["budgets"][0]
    low, high = budget["detection_rate_95"]
    expect(low <= budget["detection_rate"] <= high and high - low > 0.9, "interval", budget)
    expect_words(text, f"{low:.4f} to {high:.4f}")


@promise
def _():
    """distilled learns from one number a record; of too few records it says what is missing"""
    places = list(range(400))
    write("single.csv", "x\n" + "".join(f"{i * 7919 % 1000 / 10}\n" for i in places))
    run("train", "single.csv", "--detector", "distilled", "--epochs", "1", "-o", "single")
    expect(len(score_lines("single", "single.csv")) == 400, "not a score for each")
    write("short.csv", "x\n" + "".join(f"{i * 7919 % 1000 / 10}\n" for i in places[:150]))
    _, notes = run("train", "short.csv", "--detector", "distilled", "-o", "short", code=1)
    expect_words(notes, "found 150 normal rows in short.csv, 105 of them to learn from and 15 to validate",
                 "at least 128 and 20", "--validation-share", "--detector vae")


@promise
def _():
    """on a terminal a teacher's members are told, and what is left is reckoned from the epochs alone"""
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [PICKET, "train", "records.csv", "--detector", "distilled", "--epochs", "2", "-o", "told"],
        stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    seen = b""
    while True:
        try:
            more = os.read(ours, 4096)
        except OSError:
            break
        if not more:
            break
        seen += more
    os.close(ours)
    expect(process.wait() == 0, "an exit code", seen)
    text = seen.decode()
    expect_words(text, "training: teacher, mahalanobis, 1 of", "the teacher's word on the student's rows")
    expect("none 0.0000" not in text, "a loss that there is not", text)
    left = re.search(r"epoch 1 of 2, about ([0-9.]+) s left", text)
    expect(left, "no estimate", text)
    seconds = json.loads(read("told/report.json"))["training"]["seconds"]
    expect(float(left.group(1)) <= seconds + 0.05, "an estimate with the teacher's time in it", (text, seconds))


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
    """a folder that a training will fill is refused to another one"""
    process = subprocess.Popen([PICKET, "train", "records.csv", "--epochs", "1000000", "--patience",
                                "1000000", "-o", "shared"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while not listens(process):
        expect(process.poll() is None, "it ended too early")
    expect_words(run("train", "records.csv", *SMALL, "-o", "shared", code=1)[1], "another picket", "shared",
                 "-o")
    expect(os.listdir("shared") == [], "the second one wrote something", os.listdir("shared"))
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    run("train", "records.csv", *SMALL, "-o", "shared")


@promise
def _():
    """Ctrl-C while the files are written leaves all of them, and a second one those of before, all of them"""
    run("train", "records.csv", *SMALL, "-o", "between")
    os.remove("between/report.html")
    # Who writes into a pipe waits for a reader: the other files lie ready by then, and none is in place.
    os.mkfifo("between/report.html")
    files = [name for name in os.listdir("between") if name != "report.html"]
    before = {name: read("between/" + name, "rb") for name in files}

    def started():
        process = subprocess.Popen([PICKET, "train", "records.csv", "--epochs", "3", "--seed", "6", "-o", "between"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        while not os.path.exists(f"between/report.json.{process.pid}-0.partial"):
            expect(process.poll() is None, "it ended too early")
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        while listens(process):
            time.sleep(0.001)
        return process

    process = started()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    expect(process.returncode == -signal.SIGINT, "exit code", process.returncode)
    changed = [name for name in files if read("between/" + name, "rb") != before[name]]
    expect(not changed, "files of two trainings", changed)
    process = started()
    page = read("between/report.html")
    text, notes = process.communicate(timeout=60)
    expect(process.returncode == 130, f"exit code {process.returncode}", notes)
    expect_words(notes, "wrote between/model.picket")
    expect(text == read("between/report.txt") and "INTERRUPTED" not in text, "report.txt", text)
    run("train", "records.csv", "--epochs", "3", "--seed", "6", "-o", "unbroken")
    expect(read("between/model.picket", "rb") == read("unbroken/model.picket", "rb"), "another model")
    expect(read("between/config.json") == read("unbroken/config.json"), "another configuration")
    expect(json.loads(read("between/report.json"))["test"] == json.loads(read("unbroken/report.json"))["test"],
           "other figures")
    expect(page.endswith("</html>\n"), "the page is cut", page[-100:])
    expect(sorted(os.listdir("between")) == sorted([*files, "report.html"]), "partial files", os.listdir("between"))


@promise
def _():
    """Ctrl-C while a teacher learns leaves the model that is there"""
    run("train", "records.csv", "--detector", "distilled", "--epochs", "1", "-o", "victim")
    before = {name: read("victim/" + name, "rb") for name in os.listdir("victim")}
    code, text, notes, _ = interrupted(
        ["train", "records.csv", "--detector", "distilled", "-o", "victim"])
    expect(code == 130, f"exit code {code}", notes)
    expect_words(notes, "interrupted before the first step: nothing is written")
    expect(text == "", "a report of nothing", text)
    after = {name: read("victim/" + name, "rb") for name in os.listdir("victim")}
    expect(after == before, "the model that was there is another")


@promise
def _():
    """a VAE of logarithms, by option or by schema, has a linear output, and one of places a logistic one"""
    def output(*arguments):
        run("train", "records.csv", "--detector", "vae", *SMALL, *arguments, "-o", "output")
        settings = json.loads(run("inspect", "output", "--provenance")[0])["configuration"]
        layers = json.loads(read("output/trained.json"))["network"]["decoder"]
        said = settings.get("detector", {}).get("outputActivation", {"sigmoid": {}})
        expect(layers[-1]["dense"]["_0"]["activation"] == said, "not what was trained", settings)
        return list(said)[0]
    expect(output("--features", "log,quantile") == "linear", "logarithms")
    expect(output("--features", "min-max,quantile") == "sigmoid", "places and shares")
    schema = run("schema", "--builtin", "synth")[0]
    wanted = schema.replace('name = "src_bytes", kind = "numeric"',
                            'name = "src_bytes", kind = "numeric", features = ["log"]')
    expect(wanted != schema, "another text of a column", schema)
    write("log.toml", wanted)
    expect(output("--schema", "log.toml") == "linear", "one logarithm, by the schema")
