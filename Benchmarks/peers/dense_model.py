#!/usr/bin/env python3
"""Writes a model of the same layers in which no activation is ever zero: dense.picket.

    dense_model.py MODEL.picket DENSE.picket

One numeric field an input, weights and biases drawn between 0.5 and 1 over the inputs. It detects
nothing: it is the most work that layers of these sizes can be.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "export/python"))
import picket_format

SEED = 1


def main():
    model = picket_format.read(Path(sys.argv[1]).read_bytes())
    random = np.random.default_rng(SEED)
    for layer in model.encoder:
        inputs, outputs = layer.weights.shape
        layer.weights = (random.uniform(0.5, 1, (inputs, outputs)) / inputs).astype(np.float32)
        layer.bias = random.uniform(0.5, 1, outputs).astype(np.float32)
    count = model.inputs
    model.fields = [picket_format.Field(f"f{i}", minimum=0.5, maximum=1) for i in range(count)]
    model.features = [picket_format.Feature(i, scale=1, high=1) for i in range(count)]
    model.optional, model.feature_hash = [], 0
    data = picket_format.write(model)
    picket_format.read(data)
    Path(sys.argv[2]).write_bytes(data)


if __name__ == "__main__":
    main()
