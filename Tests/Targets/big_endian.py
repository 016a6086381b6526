#!/usr/bin/env python3
"""The golden and malformed models as a big-endian machine wants them.

    big_endian.py FOLDER

Writes FOLDER/golden and FOLDER/malformed. Little-endian golden models are read and written again in
the other order, the rest becomes little-endian, so that both orders occur; records and scores stay
as they are. The malformed files are made anew, and the Python reader refuses each at its check.
"""

import os
import shutil
import subprocess
import sys

EXPORT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "export")
sys.path.insert(0, os.path.join(EXPORT, "python"))

import picket_format as pf


def convert(source, folder):
    os.makedirs(folder, exist_ok=True)
    for name in os.listdir(source):
        path = os.path.join(source, name)
        if not name.endswith(".picket"):
            shutil.copyfile(path, os.path.join(folder, name))
            continue
        with open(path, "rb") as file:
            data = file.read()
        model = pf.read(data)
        model.order = pf.LITTLE if model.order == pf.BIG else pf.BIG
        changed = pf.write(model)
        model.order = pf.LITTLE if model.order == pf.BIG else pf.BIG
        if pf.write(model) != data:
            raise SystemExit(f"{name}: reading and writing loses something")
        with open(os.path.join(folder, name), "wb") as file:
            file.write(changed)
    manifest = os.path.join(folder, "MANIFEST.csv")
    with open(manifest, encoding="utf-8") as file:
        lines = file.read().split("\n")
    other = {"little": "big", "big": "little", "byte_order": "byte_order", "": ""}
    rows = [line.partition(",") for line in lines]
    with open(manifest, "w", encoding="utf-8") as file:
        file.write("\n".join(name + comma + other[order] for name, comma, order in rows))


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    folder = sys.argv[1]
    convert(os.path.join(EXPORT, "golden"), os.path.join(folder, "golden"))
    subprocess.run(
        [sys.executable, os.path.join(EXPORT, "python", "make_malformed.py"),
         "--big", os.path.join(folder, "malformed")], check=True, stdout=subprocess.DEVNULL)
    return 0


if __name__ == "__main__":
    sys.exit(main())
