"""Writes models over the columns of picket_flow whose scores anyone can compute.

    make_model.py SPECIFICATION FOLDER

SPECIFICATION is the text of picket_flow_specification: its hash is what a model must carry. All models
score (src_bytes / 1000 + count / 100), and have a calibration table from (1, 0.5) to (10, 0.001).

    good.picket     as it should be
    heavier.picket  the same with a table from (2, 0.5) to (20, 0.001): other thresholds
    other.picket    trained on records of another specification
    foreign.picket  with a field that the flow does not know

    no-typical.picket, integer.picket              without a typical record, or in integers: no reasons
    distilled.picket, distilled-no-typical.picket, distilled-integer.picket     the same by an output
"""
import os
import sys

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../export/python"))
import picket_format as pf  # noqa: E402
from picket_format.bytes import fnv1a  # noqa: E402

TYPICAL = 512  # the optional section that holds the typical record


def model(text, table, last_field=None, change=0, distilled=False, integer=False, typical=True):
    lines = dict(line.split(" ", 1) for line in text.splitlines() if " " in line)
    names = lines["columns"].split()
    fields = []
    for name in names:
        if name in lines:
            fields.append(pf.Field(name, pf.SYMBOLIC, categories=sorted(lines[name].split())))
        else:
            fields.append(pf.Field(name, pf.NUMERIC, 0, 1000))
    scales = {"src_bytes": 1e-3, "count": 1e-2}
    features, weights = [], []
    for i, field in enumerate(fields):
        if field.kind == pf.SYMBOLIC:
            features.append(pf.Feature(i, pf.ONE_HOT))
            weights += [0.0] * len(field.categories)
        elif field.name in scales:
            features.append(pf.Feature(i, pf.AFFINE, 0, scales[field.name], 0, 1e6))
            weights.append(1.0)
    made = pf.Model(*((pf.DISTILLED, pf.OUTPUT) if distilled else (pf.ANOEAN, pf.MAHALANOBIS)), 1,
                    fields, features)
    matrix = np.array(weights, np.float32).reshape(-1, 1)
    if integer:
        made.encoder = [pf.Layer(matrix.astype(np.int8), np.zeros(1, np.int32), element=pf.INT8_INTEGER,
                                 scale=np.ones(1, np.float32), input_scale=1.0, input_max=127)]
    else:
        made.encoder = [pf.Layer(matrix, np.zeros(1, np.float32))]
    made.calibration, made.calibration_rows = table, 999
    if typical:
        made.optional = [(TYPICAL, np.zeros(len(fields), np.float32).tobytes())]
    made.minor = 2 if distilled else 1
    if last_field:
        fields[-1].name = last_field
    made.feature_hash = fnv1a(text.encode()) ^ change
    return pf.write(made)


def main():
    text = open(sys.argv[1]).read()
    folder = sys.argv[2]
    table = [(1.0, 0.5), (10.0, 0.001)]
    made = {
        "good": model(text, table),
        "heavier": model(text, [(2.0, 0.5), (20.0, 0.001)]),
        "other": model(text, table, change=1),
        "foreign": model(text, table, last_field="elsewhere"),
        "no-typical": model(text, table, typical=False),
        "integer": model(text, table, integer=True),
        "distilled": model(text, table, distilled=True),
        "distilled-no-typical": model(text, table, distilled=True, typical=False),
        "distilled-integer": model(text, table, distilled=True, integer=True),
    }
    for name, data in made.items():
        with open(os.path.join(folder, name + ".picket"), "wb") as file:
            file.write(data)


main()
