"""score and eval."""
import json
import os
import statistics
import subprocess

from harness import PICKET, expect, expect_words, promise, read, run, score_lines, write


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
    # A whole record is the fields alone, or more; the library's rules say what the cells are.
    good = ",".join(cells[:26])
    for bad, words in ((f"{good}\n1,2,3\n", ("'flag'", "the end of the line", "26 fields")),
                       (f"{good}\nx{good}\n", ("'duration'", f"'x{cells[0]}'", "number")),
                       (f'{good}\n"{good}\n', ("'duration'", "quote")),
                       (f"{good}\n{good},{'x' * 65536}\n", ("65536", "bytes")),
                       (f"{good}\n\n", ("'duration'", "an empty cell"))):
        write("odd.csv", bad)
        expect_words(run("score", "deep/run", "odd.csv", "--raw", code=1)[1], "odd.csv:2: ", *words)
        skipped, notes = run("score", "deep/run", "odd.csv", "--raw", "--skip-bad-rows")
        expect_words(notes, "left out 1 row", "odd.csv:2: ", *words)
        expect(len(skipped.splitlines()) == 2, "other records", skipped)
    expect_words(run("score", "deep/run", "records.csv", "--raw", code=1)[1], "line 1 of records.csv",
                 "leave it out")
    write("nothing.csv", "")
    expect_words(run("score", "deep/run", "nothing.csv", "--raw", code=1)[1], "nothing.csv", "no lines")
    os.remove("nothing.csv")


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
        median = statistics.median(float(r["score"]) for r in own)
        expect(abs(entry["median_score"] - median) <= 1e-6 * median, "median", entry)
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
    text, notes = run("eval", "deep/run", "records.csv")
    expect_words(text, "AUC-PR", "By label", "port_scan", "95 % interval")
    expect_words(notes, "the model was trained on rows of records.csv")
    expect("trained on" not in run("eval", "deep/run", "other.csv")[1], "another file")


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
    # As a spreadsheet writes it, and with a line that says nothing.
    with open("sheet.csv", "wb") as file:
        file.write(b"\xef\xbb\xbf" + "".join(lines).replace("\n", "\r\n").encode() + b"\r\n")
    run("eval", "deep/run", "records.csv", "--scores", "sheet.csv", "--tolerance", "0")
    write("sheet.csv", "row,score\n\n\n1,high\n")
    expect_words(run("eval", "deep/run", "records.csv", "--scores", "sheet.csv", code=1)[1], "sheet.csv:4: ")


@promise
def _():
    """a model and scores are read out of a pipe, as records are"""
    for arguments, name in ((["inspect", "/dev/stdin", "--fields"], "deep/run/model.picket"),
                            (["eval", "deep/run", "records.csv", "--scores", "/dev/stdin"], "own.csv")):
        piped = subprocess.run([PICKET, *arguments], input=read(name, "rb"), capture_output=True)
        expect(piped.returncode == 0, "exit code", piped.stderr.decode())
        expect(piped.stdout.decode() == run(*(name if part == "/dev/stdin" else part for part in arguments))[0],
               "another result", arguments)
    expect_words(run("inspect", "nowhere", code=1)[1], "nowhere", "No such file", "expected a model file")


@promise
def _():
    """what is left out changes no other row's number: a score is found by the row that it is of"""
    lines = read("records.csv").splitlines()[:301]
    whole = score_lines("deep/run", "records.csv")[:300]
    bad = (1, 2, 17, 100, 300)
    for row in bad:
        lines[row] = lines[row].replace(",", ",,", 1)
    kept = [line for line in whole if int(line["row"]) not in bad]
    write("gaps.csv", "\n".join(lines) + "\n")
    write("raw.csv", "\n".join(line if number in bad else line.rsplit(",", 1)[0]
                               for number, line in enumerate(lines) if number) + "\n")
    for arguments in (["gaps.csv"], ["raw.csv", "--raw"]):
        expect(score_lines("deep/run", *arguments, "--skip-bad-rows") == kept, "other rows", arguments)
        document = json.loads(run("score", "deep/run", *arguments, "--skip-bad-rows", "--json")[0])
        expect([record["row"] for record in document["records"]] == [int(line["row"]) for line in kept],
               "other rows as JSON", arguments)
    # Scores of another program are matched by the same numbers, those of rows left out among them or not.
    common = ["eval", "deep/run", "gaps.csv", "--skip-bad-rows", "--json", "--tolerance", "0", "--scores"]
    for name, scores in (("kept.csv", kept), ("whole.csv", whole)):
        write(name, "row,score\n" + "".join(f"{line['row']},{line['score']}\n" for line in scores))
        expect(json.loads(run(*common, name)[0])["records"] == len(kept), "records")
    write("fewer.csv", "row,score\n" + "".join(f"{line['row']},{line['score']}\n" for line in kept[:-1]))
    expect_words(run(*common, "fewer.csv", code=1)[1], "no score for record 299", "295 records")
    near = [{**line, "score": str(float(line["score"]) * (1.5 if line["row"] == "18" else 1))}
            for line in whole]
    write("near.csv", "row,score\n" + "".join(f"{line['row']},{line['score']}\n" for line in near))
    expect_words(run(*common, "near.csv", code=1)[1], "row 18 of near.csv")
