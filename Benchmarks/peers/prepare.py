#!/usr/bin/env python3
"""What all contestants share: records, network inputs, what they should give, and plain weights.

    prepare.py MODEL.picket RECORDS.csv FOLDER

Writes into FOLDER: records.f32 [n, fields], inputs.f32 [n, inputs], outputs.f64 [n, outputs] and
scores.f64 [n], by double precision; a *-few file of each for the start; calibration.f32, inputs of
other records, for quantisation; layers.bin and shape.h; and work.json, what a scorer that skips
zeros has to do. RECORDS.csv may be "worst": then a record has no zero in a numeric field, each
drawn evenly from the field's range.
"""

import json
import sys
from collections import OrderedDict
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "export/python"))
import picket_format

RECORDS = 2048
CALIBRATION = 1024
FEW = 16
SEED = 1
LANES = 16


def real_records(model, path):
    """Records spread evenly over the file, and others between them to calibrate with."""
    lines = Path(path).read_text().splitlines()
    step = len(lines) / RECORDS
    if step < 2:
        sys.exit(f"{path} holds {len(lines)} records; {2 * RECORDS} are needed")
    chosen = [picket_format.parse_line(model, lines[int(i * step)]) for i in range(RECORDS)]
    other_step = len(lines) / CALIBRATION
    others = [picket_format.parse_line(model, lines[int(i * other_step) + 1])
              for i in range(CALIBRATION)]
    return np.array(chosen), np.array(others)


def worst_records(model):
    """Records without a zero in a numeric field."""
    random = np.random.default_rng(SEED)
    records = np.empty((RECORDS, len(model.fields)), np.float32)
    for i, field in enumerate(model.fields):
        if field.kind == picket_format.SYMBOLIC:
            records[:, i] = random.integers(0, len(field.categories), RECORDS)
        else:
            records[:, i] = random.uniform(field.minimum, field.maximum, RECORDS)
    return records


def forward(layers, inputs):
    """The activations of each layer, in double precision: the last are the outputs."""
    x = inputs.astype(np.float64)
    activations = [x]
    for layer in layers:
        x = x @ layer.weights.astype(np.float64) + layer.bias.astype(np.float64)
        if layer.activation == picket_format.RELU:
            x = np.maximum(x, 0)
        elif layer.activation != picket_format.LINEAR:
            sys.exit("only layers of rectifiers, and linear ones, are compared")
        activations.append(x)
    return activations


def write_layers(layers, folder):
    data = np.int32(len(layers)).tobytes()
    for layer in layers:
        relu = layer.activation == picket_format.RELU
        data += np.array([*layer.weights.shape, relu], np.int32).tobytes()
        data += layer.weights.astype(np.float32).tobytes() + layer.bias.tobytes()
    (folder / "layers.bin").write_bytes(data)
    rows = " \\\n".join(
        f"  X({i}, {layer.weights.shape[0]}, {layer.weights.shape[1]}, "
        f"{int(layer.activation == picket_format.RELU)})" for i, layer in enumerate(layers))
    widest = max(max(layer.weights.shape) for layer in layers)
    (folder / "shape.h").write_text(
        f"#define PEER_INPUTS {layers[0].weights.shape[0]}\n"
        f"#define PEER_OUTPUTS {layers[-1].weights.shape[1]}\n"
        f"#define PEER_WIDEST {widest}\n#define PEER_LAYERS(X) \\\n{rows}\n")


def work(layers, activations):
    """Products and bytes of weights a record, rows of zero inputs left out.

    From each row that is read, `l1_bytes` are in the first cache and `l2_bytes` are not: as in a
    cache of the given size that keeps the rows used last.
    """
    strides = [picket_format.up(layer.weights.shape[1], LANES) for layer in layers]
    alive = [x != 0 for x in activations[:-1]]
    records = len(alive[0])
    rows = [a.sum(1).mean() for a in alive]
    groups = [np.add.reduceat(a, range(0, a.shape[1], 4), axis=1) > 0 for a in alive]
    result = {
        "records": records,
        "density": [float(a.mean()) for a in alive],
        "not_zero": [float(r) for r in rows],
        "dense": int(sum(s * a.shape[1] for s, a in zip(strides, alive))),
        "products": float(sum(r * s for r, s in zip(rows, strides))),
        "products_of_four": float(sum(4 * g.sum(1).mean() * s for g, s in zip(groups, strides))),
    }
    for name, units, bytes_each in (("float32", alive, 4), ("float16", alive, 2),
                                    ("int8", alive, 1), ("int8-integer", groups, 4)):
        result[name] = dict(zip(("l1_bytes", "l2_bytes"), cached(units, strides, bytes_each)))
    return result


def cached(units, strides, bytes_each, size=None):
    """Bytes a record that the first cache has, and has not."""
    size = size or first_cache()
    recent, held, hits, misses = OrderedDict(), 0, 0, 0
    records = len(units[0])
    for record in range(records):
        for layer, (unit, stride) in enumerate(zip(units, strides)):
            row_bytes = stride * bytes_each
            for row in np.flatnonzero(unit[record]).tolist():
                key = layer, row
                if key in recent:
                    recent.move_to_end(key)
                    hits += row_bytes
                    continue
                recent[key] = row_bytes
                held += row_bytes
                misses += row_bytes
                while held > size:
                    held -= recent.popitem(last=False)[1]
    return hits / records, misses / records


def first_cache():
    """Bytes of this processor's first data cache."""
    text = Path("/sys/devices/system/cpu/cpu0/cache/index0/size").read_text().strip()
    return int(text.rstrip("K")) * 1024


def write(folder, name, array, dtype):
    suffix = "." + {"float32": "f32", "float64": "f64"}[dtype]
    for part, rows in ((name, array), (name + "-few", array[:FEW])):
        (folder / (part + suffix)).write_bytes(np.ascontiguousarray(rows, dtype).tobytes())


def main():
    model_path, records_path, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    model = picket_format.read(Path(model_path).read_bytes())
    if records_path == "worst":
        records, others = worst_records(model), None
    else:
        records, others = real_records(model, records_path)

    def inputs_of(rows):
        return np.array([picket_format.network_inputs(model, row)[0] for row in rows])

    inputs = inputs_of(records)
    activations = forward(model.encoder, inputs)
    write(folder, "records", records, "float32")
    write(folder, "inputs", inputs, "float32")
    write(folder, "outputs", activations[-1], "float64")
    write(folder, "scores", np.linalg.norm(activations[-1], axis=1), "float64")
    if others is not None:
        (folder / "calibration.f32").write_bytes(inputs_of(others).astype(np.float32).tobytes())
    write_layers(model.encoder, folder)
    facts = work(model.encoder, activations)
    facts["fields"], facts["inputs"] = len(model.fields), inputs.shape[1]
    facts["outputs"] = activations[-1].shape[1]
    (folder / "work.json").write_text(json.dumps(facts, indent=1))


if __name__ == "__main__":
    main()
