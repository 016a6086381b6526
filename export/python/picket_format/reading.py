"""From bytes to a model, through the checks of FORMAT.md in their order."""

import struct

from .calibration import read_calibration
from .constants import NUMERIC, TYPICAL
from .container import finite, read_container, require
from .layers import read_layers
from .schema import read_features, read_model, read_schema


def read(data, order=None):
    """The model in these bytes. Raises Refused with the number of the first check that fails.

    Check 1 is about the address of the bytes, which Python does not choose. `order` is the byte
    order that the reader asks for; None accepts either.
    """
    o, section = read_container(data, order)
    model = read_model(section["model"], o)
    counts = struct.unpack_from(o + "IIIII", section["model"], 8)
    read_schema(model, section, o, counts[0], counts[1])
    read_features(model, section["features"], o, counts[1])
    read_layers(model, section, o, counts[1], *counts[3:5])
    read_calibration(model, section["calibration"], o)
    text = section["provenance"]
    require(1 <= len(text) <= 65536 and text.find(b"\0") == len(text) - 1, 56,
            "provenance is not one text ended by a NUL")
    model.provenance = text[:-1].decode("utf-8", "replace")
    model.order = o
    model.minor, = struct.unpack_from(o + "H", data, 14)
    model.feature_hash, = struct.unpack_from(o + "Q", data, 24)
    model.optional = section["optional"]
    read_typical(model, section.get(TYPICAL), o)
    return model


def read_typical(model, data, o):
    """Checks the optional section *typical*: a record that scores do not depend on."""
    if data is None:
        return
    require(len(data) == 4 * len(model.fields), 57, f"{len(data)} bytes")
    for field, value in zip(model.fields, struct.unpack(f"{o}{len(model.fields)}f", data)):
        require(finite(value), 58, f"{field.name}: {value}")
        require(field.kind == NUMERIC or value in range(len(field.categories)), 58,
                f"{field.name}: {value}")
