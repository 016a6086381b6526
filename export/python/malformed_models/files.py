"""All files, each held to fail its own check and no other."""

import numpy as np

import picket_format as pf
from .calibration import calibration_and_provenance
from .container import container
from .convolutions import convolutions
from .drafts import Reader
from .curves import curves
from .features import features
from .layers import layers
from .schema import model_section, schema
from .typical import typical
from .weights import weights

LONGEST = 4096  # a run of equal bytes beyond this is kept as a number in the manifest


def all_files():
    for part in (container, model_section, schema, features, curves, layers, convolutions, weights,
                 calibration_and_provenance, typical):
        yield from part()


def longest_run(data):
    """(offset, length, value) of the longest run of equal bytes."""
    values = np.frombuffer(data, "u1")
    edges = np.concatenate(([0], np.flatnonzero(np.diff(values)) + 1, [len(values)]))
    where = int(np.argmax(np.diff(edges)))
    return int(edges[where]), int(edges[where + 1] - edges[where]), int(values[edges[where]])


def letters(place):
    """b for the second file of a check, c for the third, and behind z: aa, ab."""
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    return alphabet[place] if place < 26 else alphabet[place // 26 - 1] + alphabet[place % 26]


def files_of():
    files, manifest, seen = {}, ["file,check,status,run_at,run_bytes,run_value"], {}
    for check, label, data in all_files():
        try:
            pf.read(data, Reader.order)
            raise SystemExit(f"check {check}, {label}: passes every check")
        except pf.Refused as refused:
            if refused.check != check:
                raise SystemExit(f"check {check}, {label}: fails at {refused}") from None
        place = seen.setdefault(check, 0)
        seen[check] += 1
        letter = f"-{letters(place)}" if place else ""
        name = f"check-{check:02d}{letter}-{label}.picket"
        run = longest_run(data) if len(data) > 2 * LONGEST else (0, 0, 0)
        if run[1] <= LONGEST:
            run = (0, 0, 0)
        files[name] = data[:run[0]] + data[run[0] + run[1]:]
        manifest.append(",".join(map(str, (name, check, pf.CHECK_STATUS[check], *run))))
    missing = {*range(2, 61)} - set(seen)
    if missing:
        raise SystemExit(f"no file for checks {sorted(missing)}")
    files["MANIFEST.csv"] = ("\n".join(manifest) + "\n").encode()
    return files
