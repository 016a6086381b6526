"""What is scored: real records, and networks and records with fewer zeros."""

import gzip
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
BATCHES = ["1", "16", "256"]
TYPES = ["float16", "int8", "int8-integer"]
PENALTY = 0.03  # `picket train --activity-penalty`


@dataclass
class Course:
    path: Path  # the files that prepare.py and the converters wrote
    title: str

    @property
    def facts(self):
        return json.loads((self.path / "work.json").read_text())


def call(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command[:3]))}: {done.stderr.strip()[-400:]}")


def records(picket, out):
    """(training file, its schema, records to score as text, what they are)."""
    data = Path(os.environ.get("PICKET_DATA", "../shared/data")) / "nsl-kdd"
    text = out / "records.csv"
    if (data / "KDDTrain+.txt.gz").exists():
        text.write_bytes(gzip.decompress((data / "KDDTest+.txt.gz").read_bytes()))
        return data / "KDDTrain+.txt.gz", "nsl-kdd", text, "real NSL-KDD records (KDDTest+)"
    train = out / "train.csv"
    call(picket, "synth", "--rows", 60000, "--seed", 1, "-o", train)
    call(picket, "synth", "--rows", 20000, "--seed", 2, "-o", text)
    text.write_text("".join(text.read_text().splitlines(keepends=True)[1:]))
    return train, "synth", text, "simulated records of `picket synth`: there is no data folder"


def trained(picket, out, name, penalty):
    """A trained model in all element types, and real records: (folder, what they are)."""
    train, schema, text, title = records(picket, out)
    folder, run = out / name, out / f"model-{name}"
    folder.mkdir(exist_ok=True)
    call(picket, "train", train, "--schema", schema, "--detector", "anoean", "--seed", 1,
         "--activity-penalty", penalty, "-o", run)
    (folder / "float32.picket").write_bytes((run / "model.picket").read_bytes())
    for type in TYPES:
        call(picket, "export", run, "--type", type, "-o", folder / f"{type}.picket")
    call(sys.executable, HERE / "prepare.py", run / "model.picket", text, folder)
    return folder, title


def real(picket, interpreter, out, found):
    """The trained model and real records, in every contestant's format."""
    folder, title = trained(picket, out, "real", PENALTY)
    call(sys.executable, HERE / "convert_c.py", folder)
    converters = {"emlearn": ["emlearn"], "onnxruntime": ["onnx"], "litert": ["tflite", *BATCHES]}
    for peer, (name, *rest) in converters.items():
        if not found.why(peer):
            try:
                call(interpreter, HERE / f"convert_{name}.py", folder, *rest)
            except RuntimeError as error:
                found.note(peer, None, f"its model could not be made: {error}")
    return Course(folder, title)


def plain(picket, out):
    """The same records, and a model that was trained without a penalty."""
    folder, _ = trained(picket, out, "plain", 0)
    return Course(folder, "trained without an activity penalty, the same records")


def worst(out):
    """The same model, records that are as far from zeros as its schema lets them be."""
    folder = out / "worst"
    folder.mkdir(exist_ok=True)
    for type in ["float32", *TYPES]:
        name = f"{type}.picket"
        (folder / name).write_bytes((out / "real" / name).read_bytes())
    call(sys.executable, HERE / "prepare.py", folder / "float32.picket", "worst", folder)
    return Course(folder, "the same model, no numeric field is zero")


def dense(out):
    """A network of the same sizes in which nothing is zero."""
    folder = out / "dense"
    folder.mkdir(exist_ok=True)
    model = folder / "float32.picket"
    call(sys.executable, HERE / "dense_model.py", out / "real/float32.picket", model)
    call(sys.executable, HERE / "prepare.py", model, "worst", folder)
    return Course(folder, "drawn weights, no input and no activation is zero")
