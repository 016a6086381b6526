"""The files of each model."""

import os

import numpy as np

import picket_format as pf
from picket_format import BIG
from .oracle import exact_flags, exact_score
from .rounding import FLOAT_MAX, Overflow


def number(value):
    return f"{float(value):.0f}" if float(value).is_integer() and abs(value) < 1e6 else repr(
        float(value))


def scores_text(model, records):
    lines = ["status,score,p_value,flags"]
    for record in records:
        try:
            score = exact_score(model, record)
            tail = pf.p_value(model.calibration, score)
            flags = exact_flags(model, record, score)
            lines.append(f"OK,{score:.9e},{tail:.9e},{flags}")
        except Overflow:
            lines.append("OVERFLOW,,,")
    return "\n".join(lines) + "\n"


def calibration_text(model):
    """Questions to the table and their answers, at, between and beyond its points."""
    points = [(float(np.float32(s)), float(np.float32(t))) for s, t in model.calibration]
    shown = points[:4] + points[-4:] if len(points) > 8 else points
    lines = ["question,at,answer"]
    scores = [points[0][0] - 1, points[-1][0] + 1, -FLOAT_MAX, FLOAT_MAX]
    rates = [points[-1][1]]
    for (a, tail_a), (b, tail_b) in zip(shown, shown[1:]):
        scores += [a, a + 0.25 * (b - a), a + 0.5 * (b - a)]
        rates += [tail_a, tail_b + 0.25 * (tail_a - tail_b), tail_b + 0.5 * (tail_a - tail_b)]
    scores.append(points[-1][0])
    rates += [(1 + points[0][1]) / 2]
    for score in (float(np.float32(s)) for s in scores):
        lines.append(f"p_value,{score!r},{pf.p_value(points, score):.9e}")
    for rate in (float(np.float32(r)) for r in rates):
        if points[-1][1] <= rate < 1:
            lines.append(f"threshold,{rate!r},{pf.threshold(points, rate):.9e}")
    return "\n".join(lines) + "\n"


def info_text(model, data):
    """What a reader tells about the model, its fields and their categories."""
    layers = model.encoder + model.decoder
    lines = [f"info,{name},{value}" for name, value in (
        ("kind", model.kind), ("score_kind", model.score),
        ("element_types", sum({1 << each.element for each in layers})),
        ("field_count", len(model.fields)), ("input_count", model.inputs),
        ("latent_size", model.latent), ("layer_count", len(layers)),
        ("parameter_count", sum(each.weights.size + each.bias.size for each in layers)),
        ("calibration_rows", model.calibration_rows),
        ("smallest_budget", repr(model.calibration[-1][1])),
        ("feature_hash", f"{model.feature_hash:016x}"), ("model_bytes", len(data)),
        ("provenance", model.provenance))]
    for i, each in enumerate(model.fields):
        lines.append(f"field,{i},{each.name},{each.kind},{len(each.categories)},"
                     f"{each.minimum!r},{each.maximum!r}")
        lines += [f"category,{i},{j},{name}" for j, name in enumerate(each.categories)]
    return "\n".join(lines) + "\n"


def files_of(made):
    files, manifest = {}, ["name,byte_order"]
    for name in sorted(made):
        model, records = made[name]
        data = pf.write(model)
        stored = pf.read(data)
        files[f"{name}.picket"] = data
        files[f"{name}.records.csv"] = "".join(
            ",".join(number(value) for value in record) + "\n" for record in records).encode()
        files[f"{name}.scores.csv"] = scores_text(stored, records).encode()
        files[f"{name}.info.csv"] = info_text(stored, data).encode()
        files[f"{name}.calibration.csv"] = calibration_text(stored).encode()
        manifest.append(f"{name},{'big' if model.order == BIG else 'little'}")
    files["MANIFEST.csv"] = ("\n".join(manifest) + "\n").encode()
    return files


def self_check(made):
    """The readable float32 scorer of picket_format must agree with the oracle."""
    compared = 0
    for name, (model, records) in made.items():
        stored = pf.read(pf.write(model))
        assert pf.write(stored) == pf.write(model), f"{name}: read and written again differs"
        for record in records:
            try:
                want = exact_score(stored, record)
            except Overflow:
                want = None
            try:
                got, tail, flags = pf.score(stored, record)
            except pf.NotScored as refused:
                assert refused.status == "OVERFLOW" and want is None, f"{name}: {refused}"
                continue
            assert want is not None, f"{name}: {got} should overflow"
            assert abs(got - want) <= 1e-5 * abs(want), f"{name}: {got} is not {want}"
            tail_wanted = pf.p_value(stored.calibration, want)
            assert abs(tail - tail_wanted) <= 1e-4 * tail_wanted, f"{name}: p-value {tail}"
            assert flags == exact_flags(stored, record, want), f"{name}: flags {flags}"
            compared += 1
    return compared


def compare(directory, files):
    """What differs between these files and those in a directory, as messages."""
    there = set(os.listdir(directory)) if os.path.isdir(directory) else set()
    for name in sorted(there - set(files)):
        yield f"{name}: not made here"
    for name in sorted(files):
        if name not in there:
            yield f"{name}: missing"
        else:
            with open(os.path.join(directory, name), "rb") as file:
                if file.read() != files[name]:
                    yield f"{name}: differs"


def save(directory, files):
    os.makedirs(directory, exist_ok=True)
    for name in sorted(files):
        with open(os.path.join(directory, name), "wb") as file:
            file.write(files[name])
