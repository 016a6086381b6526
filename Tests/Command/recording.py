"""config.json and the provenance name every file that decides the result, with its hash."""
import hashlib
import json

from harness import SMALL, expect, promise, read, run, write


def hashed(name):
    return {"file": name, "sha256": hashlib.sha256(read(name, "rb")).hexdigest()}


def configurations(folder):
    """What config.json says, and what the model does."""
    return (json.loads(read(folder + "/config.json"))["configuration"],
            json.loads(run("inspect", folder, "--provenance")[0])["configuration"])


@promise
def _():
    """a training by a file of rows names the file and its hash"""
    normal = [line.endswith("normal") for line in read("records.csv").splitlines()[1:]]
    for name, step in (("one.split", 10), ("two.split", 9)):
        write(name, "".join(("vN" if n else "wA")[i % step] if i % step < 2 else "n" if n else "a"
                            for i, n in enumerate(normal)))
        run("train", "records.csv", *SMALL, "--split", name, "-o", name + "-run")
        for settings in configurations(name + "-run"):
            expect(settings.get("split") == {"name": "given rows", **hashed(name)}, "split", settings)
    expect(read("one.split-run/config.json") != read("two.split-run/config.json"), "the same settings")


@promise
def _():
    """a training by a schema of one's own names the file and its hash, and by a built-in one none"""
    write("one.toml", run("schema", "records.csv", "--name", "own")[0])
    write("two.toml", read("one.toml").replace('name = "land", kind = "numeric"',
                                               'name = "land", kind = "ignored"'))
    for name in ("one.toml", "two.toml"):
        run("train", "records.csv", *SMALL, "--schema", name, "-o", name + "-run")
        for settings in configurations(name + "-run"):
            expect(settings.get("schemaFile") == hashed(name), "schema", settings)
    expect(read("one.toml-run/config.json") != read("two.toml-run/config.json"), "the same settings")
    expect("schemaFile" not in configurations("deep/run")[0], "a file of a built-in schema")
