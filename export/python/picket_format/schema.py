"""The model's own numbers, its fields and its features: checks 16 to 36, 59 and 60."""

import struct

import numpy as np

from .bytes import text_of, up
from .constants import (
    AFFINE, ANOEAN, DISTILLED, LOG, MAHALANOBIS, MOST_KNOTS, MOST_PLANES, NO_INPUT, NUMERIC, ONE_HOT,
    OUTPUT, QUANTILE, RECONSTRUCTION, RECONSTRUCTION_KL, SYMBOLIC, VAE)
from .container import finite, require
from .model import Feature, Field, Model


def read_model(data, o):
    require(len(data) == 64 and not any(data[40:]), 16, "model section")
    kind, score, fields, inputs, latent, encoder, decoder, alpha, beta, rows = struct.unpack_from(
        o + "IIIIIIIffI", data)
    allowed = {ANOEAN: [MAHALANOBIS], VAE: [MAHALANOBIS, RECONSTRUCTION, RECONSTRUCTION_KL],
               DISTILLED: [OUTPUT]}
    require(score in allowed.get(kind, []), 17, f"kind {kind}, score {score}")
    require(1 <= fields <= 1024 and 1 <= inputs <= 2048 and 1 <= latent <= 128, 18,
            f"{fields} fields, {inputs} inputs, {latent} latent")
    require(encoder >= 1 and encoder + decoder <= 16, 18, f"{encoder} + {decoder} layers")
    require((decoder == 0) == (score in (MAHALANOBIS, OUTPUT)), 19, f"{decoder} decoder layers")
    require(score != OUTPUT or latent == 1, 19, f"{latent} outputs")
    fits = {
        MAHALANOBIS: alpha == 0 and beta == 0,
        OUTPUT: alpha == 0 and beta == 0,
        RECONSTRUCTION: alpha == 1 and beta == 0,
        RECONSTRUCTION_KL: finite(alpha, beta) and alpha > 0 and beta >= 0,
    }[score]
    require(fits and rows != 0, 20, f"weights {alpha} and {beta}, {rows} rows")
    return Model(kind, score, latent, [], [], [], [], alpha, beta, rows)


def name_at(strings, offset, check):
    require(1 <= offset < len(strings) and strings[offset - 1] == 0, check, f"name at {offset}")
    name = strings[offset:strings.index(b"\0", offset)]
    require(1 <= len(name) <= 255, check, f"a name of {len(name)} bytes")
    return name


def read_schema(model, section, o, field_count, input_count):
    strings = section["strings"]
    require(1 <= len(strings) <= 1048576 and strings[0] == 0 and strings[-1] == 0, 21, "strings")
    require(not any(1 <= c < 32 or c == 127 for c in strings), 22, "control character in strings")

    data = section["fields"]
    require(len(data) == 16 * field_count, 23, f"{len(data)} bytes of fields")
    names, counts, total = [], [], 0
    for name, kind, first, count in struct.iter_unpack(o + "IIII", data):
        names.append(name_at(strings, name, 24))
        require(kind in (NUMERIC, SYMBOLIC), 25, f"field kind {kind}")
        if kind == NUMERIC:
            require(first == 0 and count == 0, 26, f"numeric field with categories {first} {count}")
        else:
            require(first == total and 1 <= count <= 1024, 26, f"categories {first} {count}")
        model.fields.append(Field(text_of(names[-1]), kind))
        counts.append(count)
        total += count
        require(total <= input_count, 26, f"{total} categories, {input_count} inputs")

    data = section["categories"]
    require(len(data) == 4 * total, 27, f"{len(data)} bytes of categories")
    offsets = iter(struct.unpack(f"{o}{total}I", data))
    for each, count in zip(model.fields, counts):
        before = b""
        for _ in range(count):
            name = name_at(strings, next(offsets), 28)
            require(name > before, 28, f"category {name} after {before}")
            before = name
            each.categories.append(text_of(name))
    require(len(set(names)) == len(names), 29, "two fields share a name")


def read_features(model, data, o, input_count):
    require(len(data) >= 64 and not any(data[24:64]), 30, f"{len(data)} bytes of features")
    plane_count, one_hot_count, model.min_max_planes, logs, quantiles, knots = struct.unpack_from(
        o + "IIIIII", data)
    symbolic = [i for i, each in enumerate(model.fields) if each.kind == SYMBOLIC]
    require(model.min_max_planes <= plane_count <= MOST_PLANES and one_hot_count == len(symbolic),
            31, f"{plane_count} planes, {model.min_max_planes} min-max, {one_hot_count} one-hots")
    require(logs + quantiles <= plane_count - model.min_max_planes and quantiles <= 1
            and knots <= MOST_KNOTS * len(model.fields) * quantiles, 31,
            f"{logs} log planes, {quantiles} of quantiles, {knots} knots")
    lanes = up(len(model.fields), 16)
    few = model.min_max_planes + quantiles
    size = 64 + lanes * (8 + 20 * plane_count - 12 * few) + 8 * (knots + one_hot_count)
    require(len(data) == size, 32, f"{len(data)} bytes of features, not {size}")

    low, high = np.frombuffer(data, o + "f4", 2 * lanes, 64).reshape(2, lanes)
    for i in range(lanes):
        if i < len(model.fields) and model.fields[i].kind == NUMERIC:
            require(finite(low[i], high[i]) and low[i] <= high[i], 33, f"{low[i]} ... {high[i]}")
            model.fields[i].minimum, model.fields[i].maximum = float(low[i]), float(high[i])
        else:
            top = len(model.fields[i].categories) - 1 if i < len(model.fields) else 0
            require(low[i] == 0 and high[i] == top, 33, f"range of lane {i}")

    at = 64 + 8 * lanes
    planes = []
    for plane in range(plane_count - quantiles):
        inputs, at = np.frombuffer(data, o + "u4", lanes, at), at + 4 * lanes
        rows = 1 if plane < model.min_max_planes else 4
        numbers, at = np.frombuffer(data, o + "f4", rows * lanes, at), at + 4 * rows * lanes
        planes.append((inputs, numbers.reshape(rows, lanes)))
    if quantiles:
        planes.append((np.frombuffer(data, o + "u4", lanes, at), np.zeros((0, lanes))))
        ends = [int(end) for end in np.frombuffer(data, o + "u4", lanes, at + 4 * lanes)]
        table = np.frombuffer(data, o + "f4", 2 * knots, at + 8 * lanes).reshape(2, knots)
        at += 8 * lanes + 8 * knots
    one_hots = list(struct.iter_unpack(o + "II", data[at:]))
    require([where for where, _ in one_hots] == symbolic, 34, f"one-hots {one_hots}")
    first_inputs = dict(one_hots)
    inputs = 0
    for i in range(lanes):
        numeric = i < len(model.fields) and model.fields[i].kind == NUMERIC
        for plane, (numbers_of_inputs, numbers) in enumerate(planes):
            number = int(numbers_of_inputs[i])
            if number == NO_INPUT:
                require(all(each == 0 for each in numbers[:, i]), 36, f"numbers without input in lane {i}")
                continue
            require(numeric and number == inputs, 35, f"input {number} in lane {i}")
            inputs += 1
            if len(numbers) == 0:
                model.features.append(Feature(i, QUANTILE))
                continue
            offset, scale, least, most = (
                (float(each) for each in numbers[:, i]) if len(numbers) == 4
                else (model.fields[i].minimum, float(numbers[0, i]), 0.0, 1.0))
            require(finite(offset, scale, least, most) and least <= most, 36, f"lane {i}")
            first_log = plane_count - quantiles - logs
            operation, plane = (LOG, plane - first_log) if plane >= first_log else (AFFINE, plane)
            model.features.append(Feature(i, operation, offset, scale, least, most, plane))
        if i in first_inputs:
            require(first_inputs[i] == inputs, 35, f"input {first_inputs[i]} of field {i}")
            model.features.append(Feature(i, ONE_HOT))
            inputs += len(model.fields[i].categories)
    require(inputs == input_count, 35, f"{inputs} inputs")
    if quantiles:
        read_tables(model, ends, table)


def read_tables(model, ends, table):
    """The knots of each field that has a quantile."""
    features = {each.field: each for each in model.features if each.operation == QUANTILE}
    start = 0
    for i, end in enumerate(ends):
        count = end - start
        require(1 <= count <= MOST_KNOTS if i in features else count == 0, 59,
                f"{count} knots in lane {i}")
        require(end <= table.shape[1], 59, f"{end} knots of {table.shape[1]}")
        values, quantiles = table[:, start:end]
        require(finite(*values) and finite(*quantiles) and all(np.diff(quantiles) >= 0)
                and all(values[:-1] < values[1:]), 60, f"knots of lane {i}")
        if count:
            features[i].knots = [(float(v), float(q)) for v, q in zip(values, quantiles)]
        start = end
    require(start == table.shape[1], 59, f"{start} knots of {table.shape[1]}")
