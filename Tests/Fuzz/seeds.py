#!/usr/bin/env python3
"""Writes the seeds of the fuzz targets: seeds.py DIR.

DIR/open    every golden and malformed file, and small legal models of many shapes
DIR/made    every such model with records behind it
DIR/score, DIR/explain
            the records of the golden models: number of the model, floats
DIR/parse   the same records as lines of text: number of the model, delimiter, line
DIR/drift   calls on a drift monitor: set up, some scores, a merge, a report

Nothing here is kept: what the format says is in export/, and the shapes are drawn from a seed.
"""

import csv
import os
import struct
import sys

here = os.path.dirname(os.path.abspath(__file__))
export = os.path.join(here, "..", "..", "export")
sys.path.insert(0, os.path.join(export, "python"))

from golden_models import building  # noqa: E402
from golden_models.random_numbers import Random  # noqa: E402
import picket_format as pf  # noqa: E402

LARGEST = 16384  # what the targets are told to stay below
SHAPES = 240


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def goldens():
    """Name, bytes and records of the models of this byte order, as the targets number them."""
    folder = os.path.join(export, "golden")
    order = "big" if sys.byteorder == "big" else "little"
    names = sorted(name for name, ends in rows(os.path.join(folder, "MANIFEST.csv"))[1:]
                   if ends == order)
    for name in sorted(names, key=lambda name: name + ".picket"):
        with open(os.path.join(folder, name + ".picket"), "rb") as file:
            data = file.read()
        records = [[float(cell) for cell in row]
                   for row in rows(os.path.join(folder, name + ".records.csv"))]
        yield name, data, records


def malformed():
    folder = os.path.join(export, "malformed")
    for name, _, _, run_at, run_bytes, value in rows(os.path.join(folder, "MANIFEST.csv"))[1:]:
        run_at, run_bytes = int(run_at), int(run_bytes)
        with open(os.path.join(folder, name), "rb") as file:
            data = file.read()
        yield name, data[:run_at] + bytes([int(value)]) * run_bytes + data[run_at:]


def shapes():
    """Legal models: fields, planes, layers, widths, activations, types and scores at random."""
    random = Random(2026)
    activations = [pf.LINEAR, pf.RELU, pf.LEAKY_RELU, pf.TANH, pf.SIGMOID]
    for number in range(SHAPES):
        fields, features = [], []
        for i in range(1 + random.below(random.below(40) + 1)):
            if random.below(4) == 0:
                fields.append(pf.Field(f"s{i}", pf.SYMBOLIC, categories=[
                    f"c{j:02d}" for j in range(1 + random.below(9))]))
                features.append(pf.Feature(i, pf.ONE_HOT))
            else:
                low = random.uniform(-9, 9)
                fields.append(pf.Field(f"n{i}", pf.NUMERIC, low, low + random.uniform(0, 9)))
                for _ in range([1, 1, 1, 2, 0, 3][random.below(6)]):
                    features.append(pf.Feature(
                        i, pf.AFFINE, random.uniform(-2, 2), random.uniform(-2, 2),
                        random.uniform(-3, 0), random.uniform(0, 3)))
        inputs = sum(len(fields[f.field].categories) if f.operation == pf.ONE_HOT else 1
                     for f in features)
        if inputs == 0:
            continue
        score = [pf.MAHALANOBIS, pf.OUTPUT, pf.RECONSTRUCTION, pf.RECONSTRUCTION_KL][random.below(4)]
        is_compared = score in (pf.MAHALANOBIS, pf.OUTPUT)
        latent = 1 if score == pf.OUTPUT else 1 + random.below(9)

        def hidden():
            return [(1 + random.below([3, 17, 40, 70, 130][random.below(5)]),
                     activations[random.below(5)],
                     [pf.FLOAT32, pf.FLOAT16, pf.INT8][random.below(3)], random.uniform(-1, 1))
                    for _ in range(random.below(3))]

        def convolutions(first):
            """Up to two layers over a sequence: from `first` numbers on."""
            made, width, channels = [], first, 1
            for _ in range(random.below(3)):
                kernel, stride = 1 + random.below(5), 1 + random.below(3)
                padding, columns = random.below(kernel), 1 + random.below(18)
                transposed = random.below(3) == 0
                most = width * stride + kernel - padding - 1 if transposed else (
                    width + padding + stride - 1) // stride
                if transposed and (width - 1) * stride >= most + padding or most > 400:
                    break
                made.append(building.convolution(random, pf.Geometry(
                    (1, width, channels), (1, most, columns), (1, kernel), (1, stride), (0, padding),
                    transposed), activations[random.below(5)],
                    [pf.FLOAT32, pf.FLOAT16, pf.INT8][random.below(3)]))
                width, channels = most, columns
                if made[-1].activation == pf.LEAKY_RELU:
                    made[-1].slope = random.uniform(-1, 1)
            return made, width * channels

        def integers(first, last):
            made, width, most = [], first, [127, 16383][random.below(2)]
            for outputs in [n for n, _, _, _ in hidden()] + [last]:
                made.append(building.integer_layer(
                    random, width, outputs, pf.RELU, True,
                    **({} if made else dict(step=3 / most, zero=random.below(most), most=most))))
                width = outputs
            made[-1] = building.integer_layer(
                random, *made[-1].weights.shape, pf.LINEAR,
                **({} if len(made) > 1 else dict(step=3 / most, zero=0, most=most)))
            return made

        def plan(first, last):
            if is_compared and number % 5 == 0:
                return integers(first, last[0])
            if number % 3 == 0:
                made, width = convolutions(first)
                return made + building.layers(random, width, last)
            steps = [(n, a, e, s if a == pf.LEAKY_RELU else 0.0) for n, a, e, s in hidden()]
            return building.layers(random, first, *steps, last)

        heads = 2 * latent if score == pf.RECONSTRUCTION_KL else latent
        kind = {pf.MAHALANOBIS: [pf.ANOEAN, pf.VAE][random.below(2)], pf.OUTPUT: pf.DISTILLED}.get(score, pf.VAE)
        model = pf.Model(
            kind, score, latent, fields, features, plan(inputs, (heads, pf.LINEAR)),
            [] if is_compared else plan(latent, (inputs, pf.SIGMOID)),
            reconstruction_weight={pf.RECONSTRUCTION: 1.0, pf.RECONSTRUCTION_KL: 0.5}.get(score, 0.0),
            kl_weight=0.25 if score == pf.RECONSTRUCTION_KL else 0.0)
        points = 2 + random.below(30)
        model.calibration = [(float(k), 1 - k / (points + 1)) for k in range(points)]
        model.calibration_rows = 100
        # Without a typical record a distance has no explanation.
        if random.below(8) > 0:
            model.optional = [pf.typical_section(model, typical(model, random))]
        data = pf.write(model)
        if len(data) <= LARGEST:
            yield f"shape-{number}", data, [list(building.record_of(random, model, 0.5))]


def typical(model, random):
    return [random.below(len(field.categories)) if field.kind == pf.SYMBOLIC
            else random.uniform(field.minimum, field.maximum) for field in model.fields]


def with_typical(data, model, random):
    """The bytes of a model, with a typical record if it has no optional sections."""
    if model.optional:
        return data
    kinds = [(number, data[at:at + size]) for number, at, size, _ in struct.iter_unpack(
        "=IIII", data[64:64 + 16 * len(pf.SECTIONS)])]
    head = struct.unpack_from("=HHIIQ", data, 12)
    return pf.assemble(kinds + [pf.typical_section(model, typical(model, random))], model.order, head[4],
                       head[1])


def floats(record):
    return struct.pack(f"={len(record)}f", *record)


def line_of(model, record, delimiter, quoted):
    cells = []
    for value, field in zip(record, model.fields):
        if field.kind == pf.SYMBOLIC:
            text = field.categories[int(value)] if value >= 0 else "never seen"
            cells.append(f'"{text}"' if quoted else text)
        else:
            cells.append(f"{value:.9g}")
    return delimiter.join(cells)


def main():
    target = sys.argv[1]
    for name in ("open", "made", "score", "explain", "parse", "drift"):
        os.makedirs(os.path.join(target, name), exist_ok=True)

    def save(kind, name, data):
        if len(data) <= LARGEST:
            with open(os.path.join(target, kind, name), "wb") as file:
                file.write(data)

    for name, data in malformed():
        save("open", name, data)
        save("made", name, data)
    for name, data, records in shapes():
        save("open", name, data)
        save("made", name, data + floats(records[0]))
    random = Random(2027)
    for number, (name, data, records) in enumerate(goldens()):
        model = pf.read(data)
        compared = with_typical(data, model, random)
        save("open", name, data)
        scores = [k / 10 * model.calibration[-1][0] for k in range(12)]
        calls = b"".join(bytes([2]) + floats([score]) for score in scores)
        save("drift", name, bytes([0, number]) + calls + bytes([8, number, 13, 0, 7, 1, 6, 4, 2])
             + floats(scores[:2]))
        for i, record in enumerate(records):
            if i % 4 == 0:
                save("made", f"{name}-{i}", (data, compared)[i % 8 == 0] + floats(record))
            for kind in ("score", "explain"):
                save(kind, f"{name}-{i}", bytes([number]) + floats(record))
            delimiter, quoted = [(",", False), ("\t", False), (",", True), ("|", True)][i % 4]
            text = line_of(model, record, delimiter, quoted) + ["", "\n", "\r\n", ",label\n"][i % 4]
            save("parse", f"{name}-{i}", bytes([number]) + delimiter.encode() + text.encode())


main()
