"""export and inspect: element types, sizes, what a file tells."""
import json
import os
import re
import subprocess
import threading

from harness import PICKET, ROOT, expect, expect_words, promise, read, run, score_lines


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
    text, _ = run("export", "deep/run", "-o", "half.picket", "--type", "float16")
    shares = re.findall(r"(\d[\d.]*) %$", text, re.M)
    expect(len(shares) == 5 and shares[1] == "0", "differences", text)
    expect(all(len(share.replace(".", "").lstrip("0")) <= 2 for share in shares), "digits that tell nothing", text)
    run("export", "deep/run", "-o", "same.picket")
    expect(read("same.picket", "rb") == read("deep/run/model.picket", "rb"),
           "float32 again gives other bytes")
    run("export", "deep/run", "-o", "big.picket", "--big-endian")
    expect_words(run("inspect", "big.picket", code=1)[1], "big.picket", "check 4")
    expect_words(run("export", "nowhere", "-o", "x.picket", code=1)[1], "nowhere/trained.json")


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
    """what it writes to stays what it is: a pipe, a device, a link; a file has the permissions of a new one"""
    model = read("deep/run/model.picket", "rb")
    os.mkfifo("pipe")
    got = []
    reader = threading.Thread(target=lambda: got.append(read("pipe", "rb")), daemon=True)
    reader.start()
    run("export", "deep/run", "-o", "pipe")
    reader.join(timeout=10)
    expect(got == [model], "what came out of the pipe")
    # Through a link: what replaces devices would replace the link alone.
    os.symlink("/dev/null", "device")
    os.symlink("linked.picket", "link.picket")
    run("export", "deep/run", "-o", "device")
    run("export", "deep/run", "-o", "link.picket")
    expect(os.path.islink("device") and os.path.islink("link.picket"), "a link was replaced")
    with open("log", "w+") as log:
        log.write("before\n")
        log.flush()
        subprocess.run([PICKET, "synth", "-o", "/dev/stdout", "--rows", "3"], check=True, stdout=log, stderr=subprocess.DEVNULL)
    lines = read("log").splitlines()
    expect(lines[0] == "before" and len(lines) == 5, "what stood in the file of /dev/stdout is gone", str(lines))
    expect(not os.path.islink("linked.picket") and read("linked.picket", "rb") == model, "its end")
    subprocess.run([PICKET, "export", "deep/run", "-o", "shared.picket"], umask=0o002, check=True,
                   capture_output=True)
    mode = os.stat("shared.picket").st_mode & 0o777
    expect(mode == 0o664, "permissions", oct(mode))


@promise
def _():
    """what cannot be written is refused before anything is: a file without a name, an array of no C name"""
    for name in ("2bad", "arrays/", "int", "picket", "picket_model", "_Bool", ""):
        run("export", "deep/run", "-o", "kept.picket", "--c-array", name, code=64)
    run("export", "deep/run", "-o", "", code=64)
    run("synth", "--rows", "10", "-o", "", code=1)
    expect_words(run("train", "records.csv", "--epochs", "1", "-o", "", code=1)[1], "-o")
    expect(not os.path.exists("kept.picket"), "the model was written")
    expect(not os.path.exists("/model.picket"), "the root folder was written to")
