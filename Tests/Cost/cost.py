#!/usr/bin/env python3
"""Bytes and time of models by formula, beside what is measured.

    cost.py PROGRAM DIR --bytes   exact formulas for file and scratch against every golden model and
                                  models of many shapes: each must be right to the byte
    cost.py PROGRAM DIR BASE AVX2 the tables of docs/COST.md

PROGRAM is cost.c, built with the archive in question; BASE and AVX2 with others, for worst cases. Formulas are written here once more, from
docs/COST.md, and share no code with what writes or reads models.
"""

import os
import struct
import subprocess
import sys

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
EXPORT = os.path.join(HERE, "..", "..", "export")
sys.path.insert(0, os.path.join(EXPORT, "python"))

from golden_models import catalogue, limits  # noqa: E402
import picket_format as pf  # noqa: E402


# ---- The formulas --------------------------------------------------------------------------------


def up(number, step):
    return -(-number // step) * step


def file_bytes(model, strings, planes, optional=()):
    """docs/COST.md, "Bytes of the file"."""
    fields, lanes = len(model.fields), up(len(model.fields), 16)
    symbolic = [field for field in model.fields if field.kind == pf.SYMBOLIC]
    layers = model.encoder + model.decoder
    weights, convolutions = 0, sum(layer.geometry is not None for layer in layers)
    for layer in layers:
        inputs, outputs = layer.weights.shape
        each = {pf.FLOAT32: 4, pf.FLOAT16: 2}.get(layer.element, 1)
        rows = up(inputs, 4) if layer.element == pf.INT8_INTEGER else inputs
        vectors = 1 if layer.element in (pf.FLOAT32, pf.FLOAT16) else 2
        weights += up(rows * up(outputs, 16) * each, 64) + up(outputs, 16) * 4 * vectors
    sections = [
        64, strings, 16 * fields, 4 * sum(len(field.categories) for field in symbolic),
        64 + (8 + 20 * planes - 12 * model.short_planes) * lanes + 8 * model.knots + 8 * len(symbolic),
        64 * (len(layers) + convolutions), weights,
        8 * len(model.calibration), len(model.provenance.encode()) + 1, *optional]
    return up(64 + 16 * len(sections), 64) + sum(up(section, 64) for section in sections)


def room(layer):
    """Numbers that a layer writes, with what fills up its last pixel and vector."""
    columns = layer.weights.shape[1]
    return up(layer.sizes[1] - columns + up(columns, 16), 16)


def scratch_parts(model):
    """inputs, widest, longest and image of docs/COST.md."""
    layers = model.encoder + model.decoder
    firsts = [half[0].sizes[0] for half in (model.encoder, model.decoder) if half]
    images = [layer.sizes[0] for layer in layers if layer.geometry is not None]
    return (firsts[0], max(map(room, layers)),
            max([layer.weights.shape[0] for layer in layers] + firsts), max(images, default=0))


def scratch_bytes(model):
    """docs/COST.md, "Bytes of scratch"."""
    inputs, widest, longest, image = scratch_parts(model)
    layers = model.encoder + model.decoder
    integers = any(layer.element == pf.INT8_INTEGER for layer in layers)
    spare = max(4 * (up(longest, 16) + 16) if integers else 0, 4 * up(image, 16))
    rebuilt = 4 * up(inputs, 16) if model.decoder else 0
    return rebuilt + 4 * widest + 8 * (up(longest, 16) + 16) + spare + 63


def explain_bytes(model):
    """docs/COST.md, "Bytes of scratch", for an explanation."""
    if model.decoder:
        return scratch_bytes(model)
    inputs, widest, longest, image = scratch_parts(model)
    outputs = sum(map(room, model.encoder))
    more = 4 * (up(inputs, 16) + up(len(model.fields), 16) + outputs + widest + up(image, 16))
    return 4 * widest + 8 * (up(longest, 16) + 16) + 63 + more


def weights_touched(model, record):
    """Weights that are multiplied: those in the rows of inputs that are not zero."""
    touched = 0
    for layers, x in passes(model, record):
        for layer in layers:
            touched += int(np.count_nonzero(x)) * up(layer.weights.shape[1], 16)
            x = pf.forward([layer], x)
    return touched


def windows_of(model, record):
    """Of an encoder of convolutions along one axis, without padding: weights that are multiplied, and
    inputs that are looked at, both window by window."""
    x = np.asarray(pf.network_inputs(model, record)[0], np.float32)
    touched = scanned = 0
    for layer in model.encoder:
        (_, length, channels), (_, pixels, outputs) = layer.geometry.input, layer.geometry.output
        kernel, stride = layer.geometry.kernel[1], layer.geometry.stride[1]
        alive = np.count_nonzero(x.reshape(length, channels), axis=1)
        for pixel in range(pixels):
            touched += int(alive[pixel * stride:pixel * stride + kernel].sum()) * up(outputs, 16)
        scanned += pixels * kernel * channels
        x = pf.forward([layer], x)
    return touched, scanned


def passes(model, record):
    x = np.asarray(pf.network_inputs(model, record)[0], np.float32)
    yield model.encoder, x
    if model.decoder:
        yield model.decoder, pf.forward(model.encoder, x)[:model.latent]


# ---- The models ----------------------------------------------------------------------------------


def dense_model(inputs, *widths, element=pf.FLOAT32, activation=pf.RELU):
    """An AnoEAN of numeric fields, up to 256 of them, each with as many inputs as it takes."""
    random = np.random.default_rng(inputs + sum(widths))
    fields = [pf.Field(f"f{i:03d}", pf.NUMERIC, -4, 4) for i in range(min(inputs, 256))]
    features = [pf.Feature(i % len(fields), pf.AFFINE, 0, 1 / (1 + i // 256), -4, 4)
                for i in range(inputs)]
    features.sort(key=lambda feature: feature.field)
    kind = {pf.FLOAT32: np.float32, pf.FLOAT16: np.float16}.get(element)
    layers, before = [], inputs
    for number, width in enumerate(widths):
        last = number == len(widths) - 1
        weights = random.normal(0, 1 / np.sqrt(before), (before, width))
        bias = random.normal(0, 0.1, width).astype(np.float32)
        scale = None
        if element == pf.INT8:
            scale = (np.abs(weights).max(axis=0) / 127).astype(np.float32)
            weights = np.rint(weights / scale).astype(np.int8)
        else:
            weights = weights.astype(kind)
        layers.append(pf.Layer(weights, bias, pf.LINEAR if last else activation, element, 0.0, scale))
        before = width
    model = pf.Model(pf.ANOEAN, pf.MAHALANOBIS, widths[-1], fields, features, layers)
    model.calibration, model.calibration_rows = [(0.0, 1.0), (100.0, 0.001)], 999
    return model


def sequence_model(inputs, *shapes, element=pf.FLOAT32, activation=pf.RELU):
    """A dense model's fields, and convolutions along one axis, without padding: channels, kernel and
    stride of each, and whether it is transposed."""
    model = dense_model(inputs, 16, element=element)
    length, channels, model.encoder = inputs, 1, []
    for outputs, kernel, stride, *transposed in shapes:
        pixels = (length - 1) * stride + kernel if transposed else (length - kernel) // stride + 1
        assert transposed or (pixels - 1) * stride + kernel == length, (length, kernel, stride)
        layer = dense_model(kernel * channels, outputs, element=element).encoder[0]
        layer.activation = activation
        layer.geometry = pf.Geometry((1, length, channels), (1, pixels, outputs), (1, kernel),
                                     (1, stride), (0, 0), bool(transposed))
        model.encoder.append(layer)
        length, channels = pixels, outputs
    model.encoder[-1].activation, model.latent = pf.LINEAR, length * channels
    return model


def record_for(model, share):
    """A record of which a share of the fields is not zero."""
    random = np.random.default_rng(7)
    values = random.uniform(0.5, 3, len(model.fields)).astype(np.float32)
    values[random.permutation(len(values))[int(round(share * len(values))):]] = 0
    return values


def measure(program, folder, name, data, record, budget=60):
    paths = [os.path.join(folder, name + ".picket"), os.path.join(folder, name + ".record")]
    for path, content in zip(paths, (data, struct.pack(f"={len(record)}f", *record))):
        with open(path, "wb") as file:
            file.write(content)
    out = subprocess.run([program, *paths, str(budget)], check=True, capture_output=True, text=True)
    *sizes, open_ns, score_ns = out.stdout.split()
    return *map(int, sizes), float(open_ns), float(score_ns)


# ---- Bytes ---------------------------------------------------------------------------------------


def sections_in(data):
    """Length by kind, from the section table of a file."""
    count = struct.unpack_from("=I", data, 32)[0]
    entries = [struct.unpack_from("=III", data, 64 + 16 * i) for i in range(count)]
    return {kind: length for kind, _, length in entries}, \
        {kind: start for kind, start, _ in entries}


def check_bytes(program, folder):
    models, wrong = [], 0
    for name, (model, records) in catalogue.models().items():
        if (model.order == ">") == (sys.byteorder == "big"):
            models.append((name, model, records[0]))
    for inputs, *widths in [(1, 1), (15, 17, 3), (16, 16), (17, 33, 1), (300, 129, 7), (2048, 5)]:
        for element in (pf.FLOAT32, pf.FLOAT16, pf.INT8):
            model = dense_model(inputs, *widths, element=element)
            models.append((f"{inputs}-{widths}-{element}", model, record_for(model, 1)))
    for number, (name, model, record) in enumerate(models):
        with open(os.path.join(EXPORT, "golden", name + ".picket"), "rb") if os.path.exists(
                os.path.join(EXPORT, "golden", name + ".picket")) else open(os.devnull, "rb") as file:
            data = file.read() or pf.write(model)
        lengths, starts = sections_in(data)
        planes, _, min_max, _, quantiles, model.knots = struct.unpack_from("=6I", data, starts[5])
        model.short_planes = min_max + quantiles
        formula = file_bytes(model, lengths[2], planes,
                             [lengths[kind] for kind in sorted(lengths) if kind >= 256])
        size, scratch, explain, _, _ = measure(program, folder, f"bytes-{number}", data, record, 0)
        by_formula = formula, scratch_bytes(model), explain_bytes(model)
        if by_formula != (size, scratch, explain):
            print(f"{name}: file, scratch to score and to explain: {by_formula} by formula, "
                  f"{(size, scratch, explain)} measured", file=sys.stderr)
            wrong += 1
    if wrong:
        return 1
    print(f"cost: bytes of file and scratch by formula are exact for {len(models)} models")
    return 0


# ---- Time ----------------------------------------------------------------------------------------


def fit(points):
    """a, b, c of time = a + b x weights touched + c x inputs of all layers, by least squares of
    relative errors."""
    matrix = np.array([[1 / t, w / t, n / t] for w, n, t in points])
    return np.linalg.lstsq(matrix, np.ones(len(points)), rcond=None)[0]


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        return next(line.split(":")[1].strip() for line in file if line.startswith("model name"))


def tables(program, folder, *others):
    print(f"Processor: {processor()}; least of the repetitions within 60 ms.\n")
    for element, name in ((pf.FLOAT32, "float32"), (pf.FLOAT16, "float16"), (pf.INT8, "int8")):
        rows = []
        for inputs, *widths in [(16, 16, 4), (32, 32, 16, 4), (64, 64, 32, 8), (117, 128, 64, 32, 8),
                                (117, 256, 128, 8), (256, 256, 128, 16), (256, 512, 128, 16)]:
            model = dense_model(inputs, *widths, element=element)
            data = pf.write(model)
            for share in (0.15, 1):
                record = record_for(model, share)
                size, scratch, _, _, score = measure(
                    program, folder, f"{name}-{inputs}-{len(rows)}", data, record)
                rows.append(("-".join(map(str, (inputs, *widths))), share, size, scratch,
                             weights_touched(model, record), score,
                             inputs + sum(widths[:-1])))
        a, b, c = fit([(row[4], row[6], row[5]) for row in rows])
        model = sequence_model(64, (16, 8, 4), (32, 5, 2), (8, 6, 1), element=element)
        for share in (0.15, 1):
            record = record_for(model, share)
            size, scratch, _, _, score = measure(
                program, folder, f"{name}-sequence", pf.write(model), record)
            touched, scanned = windows_of(model, record)
            rows.append(("64, convolutions 15x16-6x32-1x8", share, size, scratch, touched, score,
                         scanned))
        print(f"**{name}**: {a:.0f} ns + {1000 * b:.1f} ns for each 1,000 weights of inputs that are "
              f"not 0 + {100 * c:.0f} ns for each 100 inputs of layers\n")
        print("| layers | inputs not 0 | file, bytes | scratch, bytes | weights touched | formula, ns "
              "| measured, ns | off by |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- |")
        for shape, share, size, scratch, touched, score, scanned in rows:
            guess = a + b * touched + c * scanned
            print(f"| {shape} | {share:.0%} | {size:,} | {scratch:,} | {touched:,} | {guess:,.0f} | "
                  f"{score:,.0f} | {100 * (guess - score) / score:+.0f} % |")
        print()
    worst([*others, program], folder)


def worst(programs, folder):
    """As many weights as a file may have, or as many multiplications as a score may take, and no zero on
    the way."""
    print("| worst legal model | multiplications | file, bytes | scratch, bytes | to open, ms "
          "| to score, ms: any x86-64 | AVX2 | AVX-512 |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, element, *widths in [("float16", pf.FLOAT16, 2048, 2032, 1856, 128),
                                   ("int8", pf.INT8, 2048, 2048, 2048, 2048, 1856, 128),
                                   ("float32", pf.FLOAT32, 2048, 1360, 928, 128)]:
        model = dense_model(*widths, element=element, activation=pf.TANH)
        record = record_for(model, 1)
        touched = weights_touched(model, record)
        assert touched == sum(a * b for a, b in zip(widths, widths[1:])), "a zero on the way"
        worst_row(programs, folder, f"{name}, {'-'.join(map(str, widths))}, tanh", model, record,
                  touched)
    wide = ("four convolutions", (7, 1024, 1), (15, 512, 1), (15, 256, 1), (2, 200, 1))
    thin = ("transposed, one channel", (1, 1950, 1, True), (1, 822, 25))
    for title, *shapes in (wide, thin):
        for name, element in (("float32", pf.FLOAT32), ("int8", pf.INT8)):
            model = sequence_model(2048, *shapes, element=element, activation=pf.TANH)
            multiplications = sum(
                up(layer.weights.shape[1], 16) * layer.weights.shape[0]
                * min(layer.geometry.input[1], layer.geometry.output[1]) for layer in model.encoder)
            worst_row(programs, folder, f"{name}, {title}, tanh", model, record_for(model, 1),
                      multiplications)
    for name, (model, records) in limits.large_models(slow_to_open=True).items():
        worst_row(programs, folder, f"`{name}` of the tests", model, records[0], None)


def worst_row(programs, folder, title, model, record, multiplications):
    data, scores = pf.write(model), []
    for program in programs:
        size, scratch, _, open_ns, score = measure(program, folder, "worst", data, record, 1000)
        scores.append(f"{score / 1e6:.3f}")
    shown = f"{multiplications:,}" if multiplications else ""
    print(f"| {title} | {shown} | {size:,} | {scratch:,} | {open_ns / 1e6:.1f} | "
          f"{' | '.join(scores)} |")


def main():
    program, folder, *more = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    if "--bytes" in more:
        return check_bytes(program, folder)
    return tables(program, folder, *more)


sys.exit(main())
