"""The model's own numbers, its fields and its features: checks 16 to 36."""

import struct

import numpy as np

from .bytes import up
from .constants import (
    AFFINE, ANOEAN, MAHALANOBIS, MOST_PLANES, NO_INPUT, NUMERIC, ONE_HOT, RECONSTRUCTION,
    RECONSTRUCTION_KL, SYMBOLIC, VAE)
from .container import finite, require
from .model import Feature, Field, Model


def read_model(data, o):
    require(len(data) == 64 and not any(data[40:]), 16, "model section")
    kind, score, fields, inputs, latent, encoder, decoder, alpha, beta, rows = struct.unpack_from(
        o + "IIIIIIIffI", data)
    allowed = {ANOEAN: [MAHALANOBIS], VAE: [MAHALANOBIS, RECONSTRUCTION, RECONSTRUCTION_KL]}
    require(score in allowed.get(kind, []), 17, f"kind {kind}, score {score}")
    require(1 <= fields <= 1024 and 1 <= inputs <= 2048 and 1 <= latent <= 128, 18,
            f"{fields} fields, {inputs} inputs, {latent} latent")
    require(encoder >= 1 and encoder + decoder <= 16, 18, f"{encoder} + {decoder} layers")
    require((decoder == 0) == (score == MAHALANOBIS), 19, f"{decoder} decoder layers")
    fits = {
        MAHALANOBIS: alpha == 0 and beta == 0,
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
        model.fields.append(Field(names[-1].decode("utf-8", "replace"), kind))
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
            each.categories.append(name.decode("utf-8", "replace"))
    require(len(set(names)) == len(names), 29, "two fields share a name")


def read_features(model, data, o, input_count):
    require(len(data) >= 64 and not any(data[12:64]), 30, f"{len(data)} bytes of features")
    plane_count, one_hot_count, model.min_max_planes = struct.unpack_from(o + "III", data)
    symbolic = [i for i, each in enumerate(model.fields) if each.kind == SYMBOLIC]
    require(model.min_max_planes <= plane_count <= MOST_PLANES and one_hot_count == len(symbolic),
            31, f"{plane_count} planes, {model.min_max_planes} min-max, {one_hot_count} one-hots")
    lanes = up(len(model.fields), 16)
    size = 64 + lanes * (8 + 20 * plane_count - 12 * model.min_max_planes) + 8 * one_hot_count
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
    for plane in range(plane_count):
        inputs, at = np.frombuffer(data, o + "u4", lanes, at), at + 4 * lanes
        rows = 1 if plane < model.min_max_planes else 4
        numbers, at = np.frombuffer(data, o + "f4", rows * lanes, at), at + 4 * rows * lanes
        planes.append((inputs, numbers.reshape(rows, lanes)))
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
            offset, scale, least, most = (
                (float(each) for each in numbers[:, i]) if len(numbers) == 4
                else (model.fields[i].minimum, float(numbers[0, i]), 0.0, 1.0))
            require(finite(offset, scale, least, most) and least <= most, 36, f"lane {i}")
            model.features.append(Feature(i, AFFINE, offset, scale, least, most, plane))
            inputs += 1
        if i in first_inputs:
            require(first_inputs[i] == inputs, 35, f"input {first_inputs[i]} of field {i}")
            model.features.append(Feature(i, ONE_HOT))
            inputs += len(model.fields[i].categories)
    require(inputs == input_count, 35, f"{inputs} inputs")
