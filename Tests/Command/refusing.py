"""schema, and what is wrong with records, files and options."""
import base64
import fcntl
import json
import os
import resource
import signal
import struct
import subprocess

from harness import PICKET, SMALL, expect, expect_words, promise, read, run, write


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
    """a schema of one's own is left beside the model as it is, and none that is somebody's work is replaced"""
    for name, builtin in (("mine", False), ("synth", True)):
        own = "# Why: because.\n" + run("schema", "records.csv", "--name", name)[0] + "# The end.\n"
        if builtin:
            own = "# Why: because.\n" + run("schema", "--builtin", name)[0]
        folder = "own-" + name
        os.makedirs(folder)
        write(folder + "/schema.toml", own)
        message = run("train", "records.csv", *SMALL, "-o", folder, code=1)[1]
        expect_words(message, folder + "/schema.toml", "--schema", "-o")
        expect(os.listdir(folder) == ["schema.toml"], "it left something", os.listdir(folder))
        # The second time, the files of a training lie beside it.
        for _ in range(2):
            run("train", "records.csv", *SMALL, "--schema", folder + "/schema.toml", "-o", folder)
            expect(read(folder + "/schema.toml") == own, "another schema", read(folder + "/schema.toml"))
        run("score", folder, "records.csv")
    # What a training left makes way for the next one's.
    run("train", "records.csv", *SMALL, "-o", "own-mine")
    expect("# Why" not in read("own-mine/schema.toml"), "the schema of the training before")


@promise
def _():
    """a folder where a file of the training is to be is told before the training, not after it"""
    for name in ("schema.toml", "report.html"):
        os.makedirs("taken/" + name)
        message = run("train", "records.csv", "--epochs", "1000000", "-o", "taken", code=1)[1]
        expect_words(message, "taken/" + name, "folder", "-o")
        expect("epoch" not in message, "it trained", message)
        expect(os.listdir("taken") == [name], "it left something", os.listdir("taken"))
        os.rmdir("taken/" + name)


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
    expect_words(notes, "left out 1 row of bad.csv", "of 12,000", "bad.csv:100", "src_bytes")
    expect("--skip-bad-rows" not in notes, "advice to do what was done", notes)
    data = json.loads(read("skipped/report.json"))["data"][0]
    expect((data["rows"], data["left_out"]) == (11999, 1), "rows", data)
    expect_words(read("skipped/report.txt"), "11,999 rows; 1 row left out")
    expect_words(run("score", "deep/run", "bad.csv", code=1)[1], "bad.csv:100", "src_bytes",
                 "--skip-bad-rows")


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
    expect_words(run("schema", "-", code=1)[1], "/dev/stdin")
    expect_words(run("export", "deep/run", "-o", "same.c", "--c-array", "same", code=64)[1], "-o same.c",
                 "--c-array same")
    expect(not os.path.exists("same.c"), "something was written")
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


@promise
def _():
    """options that do not go together, or say nothing that there is, are refused as a wrong command line"""
    for arguments, words in (
            (["schema"], ["data file", "--builtin"]),
            (["schema", "records.csv", "--builtin", "synth"], ["data file", "--builtin"]),
            (["schema", "--builtin", "none"], ["none", "kdd99, nsl-kdd, synth"]),
            (["train", "-o", "never"], ["data files", "--replay"]),
            (["train", "records.csv", "--replay", "site.log", "-o", "never"], ["data files", "--replay"]),
            (["train", "--replay", "site.log", "--split", "split", "-o", "never"], ["--split", "--protocol"]),
            (["train", "records.csv", "records.csv", "--protocol", "p1-open", "-o", "never"],
             ["--protocol", "one data file"]),
            (["train", "records.csv", "--activity-penalty", "0.1", "--activation", "tanh", "-o", "never"],
             ["--activity-penalty 0.1", "tanh"]),
            (["eval", "deep/run", "records.csv", "--tolerance", "0.1"], ["--tolerance", "--scores"]),
            (["label", "true", "alerts.jsonl", "--labels", "never"], ["--line", "--id", "--all"]),
            (["label", "true", "alerts.jsonl", "--all", "--same", "port", "--labels", "never"],
             ["--same", "--within"]),
            (["reproduce", "P1", "--seeds", "1", "1"], ["--seeds", "twice"]),
            (["reproduce", "P77", "--data", "nowhere"], ["P77", "P1, P2"])):
        expect_words(run(*arguments, code=64)[1], *words)
    expect(not os.path.exists("never"), "something was written")


@promise
def _():
    """what no model file can hold is said before the training, with the column or the option"""
    long = ["--epochs", "1000000", "--patience", "1000000", "-o", "never2"]
    lines = read("records.csv").splitlines(keepends=True)
    for bad, shown in (("tc\x01p", '"tc\\u{01}p"'), ("t" * 300, "300 bytes")):
        write("named.csv", lines[0] + "".join(
            line.replace(",tcp,", f",{bad},") if row % 3 == 0 else line
            for row, line in enumerate(lines[1:])))
        message = run("train", "named.csv", "--schema", "synth", *long, code=1)[1]
        expect_words(message, "'protocol_type'", shown, "1 to 255 bytes")
        expect("\x01" not in message, "a control byte for the terminal", repr(message))
    for arguments, words in (
            (["--hidden", "2048,2048", "--detector", "vae"], ("16,777,216", "float32")),
            (["--channels", "1024"], ("8,192", "outputs of a layer")),
            (["--type", "int8-integer", "--activation", "tanh"], ("--activation relu",)),
            (["--type", "int8-integer", "--channels", "4"], ("leave out --channels",))):
        message = run("train", "records.csv", *arguments, *long, code=1)[1]
        expect_words(message, " ".join(arguments[:2]) + ":", "expected", *words)
    message = run("train", "records.csv", "--anomaly-share", "0.0001", *long, code=1)[1]
    expect_words(message, "found 2400 in records.csv", "--anomaly-share 0.0001",
                 "leaves 0 to learn from")
    normal = [line for line in lines if line.endswith("normal\n")][:18]
    attacks = [line for line in lines[1:] if not line.endswith("normal\n")][:300]
    write("few-normal.csv", lines[0] + "".join(normal + attacks))
    message = run("train", "few-normal.csv", *long, code=1)[1]
    expect_words(message, "found 300 in few-normal.csv", "--anomaly-share 0.1 of 15 normal")
    expect("label some" not in message, "labels are not what is missing", message)


@promise
def _():
    """a damaged trained.json is refused with its path"""
    whole = json.loads(read("second/trained.json"))
    os.makedirs("damaged", exist_ok=True)
    for place, value, word in (("encoder", [], "an encoder without layers"),
                               ("latentSize", 5000, "5000 latent coordinates")):
        write("damaged/trained.json",
              json.dumps({**whole, "network": {**whole["network"], place: value}}))
        expect_words(run("export", "damaged", "-o", "x.picket", code=1)[1],
                     "damaged/trained.json", word)
    for name in ("rangeRecords", "calibrationRecords"):
        write("damaged/trained.json", json.dumps({**whole, name: "AAAA" * 7}))
        for kind in ("float32", "int8-integer"):
            expect_words(run("export", "damaged", "-o", "x.picket", "--type", kind, code=1)[1],
                         "damaged/trained.json", name)


@promise
def _():
    """a training that is refused leaves no folder, and takes none that was there"""
    os.makedirs("mine-already/deep")
    refused = (["--type", "int8-integer", "--activation", "tanh"], ["--learning-rate", "1e30"],
               ["--detector", "vae", "--hidden", "2048,2048"])
    for arguments in refused:
        for folder in ("refused", "refused/deep/run", "mine-already/deep/run", "mine-already/deep"):
            run("train", "records.csv", *SMALL, *arguments, "-o", folder, code=1)
            expect(not os.path.exists("refused"), "a refused training leaves a folder", folder)
            expect(os.listdir("mine-already/deep") == [], "it left something in", folder)
    run("train", "records.csv", *SMALL, "-o", "refused/" + "n" * 300, code=1)
    expect(not os.path.exists("refused"), "a folder of no possible name leaves the one above it")
    run("reproduce", "P1", "--data", "mine-already", "-o", "refused", code=1)
    expect(not os.path.exists("refused"), "a refused protocol leaves a folder")


@promise
def _():
    """a trained.json that cannot be true is refused with its path and the field"""
    whole = json.loads(read("second/trained.json"))
    fields = [next(iter(field.values()))["_0"] for field in whole["encoding"]["fields"]]
    os.makedirs("damaged", exist_ok=True)

    def refuse(document, *words):
        write("damaged/trained.json", json.dumps(document))
        for kind in ("float32", "int8-integer"):
            message = run("export", "damaged", "-o", "x.picket", "--type", kind, code=1)[1]
            expect_words(message, "damaged/trained.json", *words)
        expect(not os.path.exists("x.picket"), "something was written")

    for name in ("rangeRecords", "calibrationRecords", "heldOutNormal", "heldOutAnomalies"):
        packed = base64.b64decode(whole[name])
        for field, bad, shown in ((0, float("nan"), "nan"), (4, float("inf"), "inf"),
                                  (1, 99.0, "99.0"), (2, 0.5, "0.5")):
            at = 4 * (2 * len(fields) + field)
            damaged = packed[:at] + struct.pack("<f", bad) + packed[at + 4:]
            refuse({**whole, name: base64.b64encode(damaged).decode()}, name, "record 3",
                   f"'{fields[field]['name']}'", shown, "expected")
        refuse({**whole, name: None}, name)
    # What the reader alone finds: scores that are all alike, and a name that no file can hold.
    encoder = whole["network"]["encoder"]
    last = encoder[-1]["dense"]["_0"]
    still = {**last, "weights": [0] * len(last["weights"])}
    refuse({**whole, "network": {**whole["network"],
                                 "encoder": [*encoder[:-1], {"dense": {"_0": still}}]}})
    named = json.loads(json.dumps(whole))
    next(iter(named["encoding"]["fields"][0].values()))["_0"]["name"] = "n" * 300
    refuse(named, "300 bytes")


@promise
def _():
    """a disk that fills up leaves the folder of the training before, whole"""
    run("train", "records.csv", *SMALL, "-o", "full")
    before = {name: read("full/" + name, "rb") for name in os.listdir("full")}
    room = len(before["trained.json"]) // 2
    expect(len(before["model.picket"]) < room, "the model has no room either")

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    process = subprocess.run([PICKET, "train", "records.csv", "--epochs", "3", "--seed", "6", "-o", "full"],
                             capture_output=True, text=True, preexec_fn=limit)
    expect(process.returncode == 1, "exit code", process.returncode)
    expect_words(process.stderr, "full/trained.json")
    after = {name: read("full/" + name, "rb") for name in os.listdir("full")}
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    expect(not changed, "files of two trainings", changed)


@promise
def _():
    """what a killed writer left is gone after the next one, and nothing else"""
    os.makedirs("killed")
    kept = ["killed/records.csv.keep-1.partial", "killed/records.csv.1-.partial",
            "killed/other.csv.1-0.partial", "killed/records.csv.partial"]
    for path in kept:
        write(path, "mine")
    # The system kills it for a file that is too large.
    process = subprocess.run(
        [PICKET, "synth", "--rows", "1000", "-o", "killed/records.csv"], capture_output=True,
        preexec_fn=lambda: (resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)),
                            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))))
    expect(process.returncode == -signal.SIGXFSZ, "it was not killed", process)
    left = [name for name in os.listdir("killed") if "killed/" + name not in kept]
    expect(len(left) == 1 and left[0].endswith(".partial"), "no partial file to clean up", left)
    run("synth", "--rows", "10", "-o", "killed/another.csv")
    expect(os.path.exists("killed/" + left[0]), "a writer of another file removed it")
    with open("killed/" + left[0]) as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        run("synth", "--rows", "10", "-o", "killed/records.csv")
        expect(os.path.exists("killed/" + left[0]), "a living writer's file was removed")
    run("synth", "--rows", "10", "-o", "killed/records.csv")
    names = sorted("killed/" + name for name in os.listdir("killed"))
    expect(names == sorted([*kept, "killed/another.csv", "killed/records.csv"]), "files", names)


@promise
def _():
    """what files hold steers no terminal, wherever it is quoted"""
    evil = "\x1b[31m\x9bZ\u202e"

    def quoted(*arguments, code=1):
        out, notes = run(*arguments, code=code)
        text = out + notes
        bad = {each for each in text if each != "\n" and (ord(each) < 32 or each in "\x7f\x9b\u202e")}
        expect(not bad, "control characters reach the terminal", repr(text))
        expect_words(text, "\\u{1B}[31m\\u{9B}Z\\u{202E}")
        return text

    lines = read("records.csv").splitlines(keepends=True)[:200]
    common = [*SMALL, "-o", "evil"]
    write("cell.csv", "".join(lines) + f'"{evil}\nx"' + lines[1][lines[1].index(","):])
    quoted("train", "cell.csv", "--schema", "synth", *common)
    expect(quoted("score", "deep/run", "cell.csv").count("\n") == 3, "the cell's line end ends a line")
    expect_words(quoted("score", "deep/run", "cell.csv", "--skip-bad-rows", code=0), "left out 1 row")
    write("header.csv", lines[0].replace("src_bytes", evil) + lines[1])
    quoted("train", "header.csv", "--schema", "synth", *common)
    write("label.csv", "a,class\n" + "".join(f"{i},{evil if i % 2 else 'odd'}\n" for i in range(99)))
    quoted("train", "label.csv", *common)
    write("raw.csv", evil + "\n")
    quoted("score", "deep/run", "raw.csv", "--raw")
    write("scores.csv", f"row,score\n1,{evil}\n")
    quoted("eval", "deep/run", "records.csv", "--scores", "scores.csv")
    escaped = json.dumps(evil)
    for text in (f'name = "e"\ncolumns = [{{ name = "a", kind = {escaped} }}]\n',
                 f'name = {escaped}\ncolumns = []\n{escaped} = 1\n',
                 f'name = "e"\ncolumns = [{{ name = {escaped}, kind = "numeric", features = ["x"] }}, '
                 f'{{ name = {escaped}, kind = "numeric", {escaped} = 1 }}]\n'):
        write("evil.toml", text)
        message = run("train", "records.csv", "--schema", "evil.toml", *common, code=1)[1]
        expect("\x1b" not in message and "\x9b" not in message, "control characters", repr(message))
    write("evil.toml", "name = " + evil + "\n")
    message = run("train", "records.csv", "--schema", "evil.toml", *common, code=1)[1]
    expect("\x1b" not in message and message.count("\n") == 1, "control characters", repr(message))
    alert = {"id": 1, "start": evil, "source": "192.0.2.1", "source_port": 1, "destination": "192.0.2.2",
             "destination_port": 2, "protocol": "tcp", "service": evil, "flag": "SF", "score": 1.0,
             "reasons": []}
    write("evil.jsonl", json.dumps(alert) + "\n")
    quoted("label", "list", "evil.jsonl", code=0)
    quoted("label", "false", "evil.jsonl", "--all", "--labels", "evil.labels")
    quoted("score", "deep/run", evil + ".csv")
    whole = json.loads(read("second/trained.json"))
    next(iter(whole["encoding"]["fields"][0].values()))["_0"]["name"] = evil
    nan = struct.pack("<f", float("nan")) + base64.b64decode(whole["rangeRecords"])[4:]
    os.makedirs("damaged", exist_ok=True)
    write("damaged/trained.json", json.dumps({**whole, "rangeRecords": base64.b64encode(nan).decode()}))
    quoted("export", "damaged", "-o", "x.picket")
    for typed in (("train", "records.csv", "--schema", evil, "-o", "evil"), ("schema", "--builtin", evil),
                  ("train", "records.csv", "--detector", evil, "-o", "evil"),
                  ("train", "records.csv", "--" + evil, "-o", "evil"),
                  ("label", "false", "evil.jsonl", "--labels", "evil.labels", "--source", evil),
                  ("label", "false", evil, "--labels", "evil.labels"),
                  ("export", "deep/run", "--c-array", evil),
                  ("reproduce", "P7", "--data", ".", "--splits", "none", "--only", evil, "-o", "evil")):
        quoted(*typed, code=64)
    _, notes = run("schema", "--builtin", "a\nb", code=64)
    expect_words(notes, "--builtin a\\nb: no such schema")
    expect(not os.path.exists("evil"), "something was written")
