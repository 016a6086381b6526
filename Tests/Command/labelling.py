"""label: marks on alerts, and the files that they are appended to."""
import json
import subprocess

from harness import PICKET, expect, expect_words, promise, read, run, write


def alert(start):
    return json.dumps({
        "id": 1, "start": start, "source": "192.0.2.7", "source_port": 4000, "destination": "192.0.2.1",
        "destination_port": 80, "protocol": "tcp", "service": "http", "flag": "S0", "score": 9.5,
        "reasons": []}) + "\n"


OLD = "true 2026-01-01T00:00:00.000000000Z 2026-01-01T00:00:00.000000000Z * 192.0.2.9 * * * *"


@promise
def _():
    """label adds to what a label file holds, whatever ends its lines, and leaves other files alone"""
    write("alerts.jsonl", alert("2026-01-02T00:00:00.5Z"))
    common = ["label", "true", "alerts.jsonl", "--all", "--labels", "site.labels"]
    for before in (f"{OLD}\r\n{OLD}\r\n", f"{OLD}\n{OLD}\n"):
        with open("site.labels", "w", newline="") as file:
            file.write(before)
        run(*common)
        after = read("site.labels", "rb").decode()
        expect(after.startswith(before) and after.count("\n") == 3, "lines are lost", after)
    write("site.labels", OLD)
    run(*common)
    expect(read("site.labels").startswith(OLD + "\n"), "the line is lost", read("site.labels"))
    write("site.labels", OLD + "\ntrue 2026-01-0")
    expect_words(run(*common)[1], "cut off", "true 2026-01-0")
    write("site.labels", "not of Picket")
    expect_words(run(*common, code=1)[1], "site.labels:1", "expected")
    expect(read("site.labels") == "not of Picket", "another file is changed")


@promise
def _():
    """times up to the last nanosecond are marked, and later ones refused"""
    last = "2554-07-21T23:34:33.709551615Z"
    write("late.jsonl", alert("2554-07-21T23:34:33Z"))
    run("label", "true", "late.jsonl", "--all", "--within", "60", "--labels", "late.labels")
    expect_words(read("late.labels"), "true 2554-07-21T23:33:33.000000000Z " + last)
    for start in ("2554-07-21T23:34:34Z", "9999-12-31T23:59:59Z"):
        write("later.jsonl", alert(start))
        expect_words(run("label", "true", "later.jsonl", "--all", "--labels", "late.labels", code=1)[1],
                     "later.jsonl:1", "'start'", start)


@promise
def _():
    """label names the field that is not what picketd writes, and takes a last line without a line feed"""
    good = json.loads(alert("2026-01-02T00:00:00Z"))
    for field, value, words in (("id", -1, ("-1", "a whole number")), ("id", "x", ('"x"', "a whole number")),
                                ("source_port", 70000, ("70000", "from 0 to 65535")),
                                ("score", None, ("null", "a number")), ("protocol", 6, ("6", "a string")),
                                ("reasons", None, ("null", "a list")), ("reasons", [{}], ("[{}]", "'text'"))):
        write("odd.jsonl", json.dumps(good) + "\n" + json.dumps({**good, field: value}) + "\n")
        expect_words(run("label", "list", "odd.jsonl", code=1)[1], f"odd.jsonl:2: '{field}': found ", *words,
                     "delete the line")
    for line, word in (("[]", "no JSON object"), ("{", "no JSON object"), ("", "no JSON object"), ("{}", "no field 'id'")):
        write("odd.jsonl", line + "\n" + json.dumps(good) + "\n")
        expect_words(run("label", "list", "odd.jsonl", code=1)[1], "odd.jsonl:1: found " + word, "delete the line")
    piped = subprocess.run([PICKET, "label", "list", "/dev/stdin"], input=json.dumps(good), text=True,
                           capture_output=True)
    expect("192.0.2.7 > 192.0.2.1:80" in piped.stdout, "no alert out of a pipe", piped.stderr)
    write("last.jsonl", json.dumps(good))
    expect_words(run("label", "list", "last.jsonl")[0], "192.0.2.7 > 192.0.2.1:80")
    write("last.jsonl", json.dumps(good) + "\n" + json.dumps(good)[:-9])
    expect(len(run("label", "list", "last.jsonl")[0].splitlines()) == 3, "a line that was torn")
