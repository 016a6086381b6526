"""Reads what prepare.py wrote, for the converters: layers, and inputs to calibrate with."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass
class Layer:
    weights: np.ndarray  # [inputs, outputs]
    bias: np.ndarray
    relu: bool


def read(folder):
    data = (Path(folder) / "layers.bin").read_bytes()
    count, at = int(np.frombuffer(data, np.int32, 1)[0]), 4
    layers = []
    for _ in range(count):
        inputs, outputs, relu = np.frombuffer(data, np.int32, 3, at).tolist()
        weights = np.frombuffer(data, np.float32, inputs * outputs, at + 12)
        bias = np.frombuffer(data, np.float32, outputs, at + 12 + 4 * inputs * outputs)
        at += 12 + 4 * inputs * outputs + 4 * outputs
        layers.append(Layer(weights.reshape(inputs, outputs), bias, relu == 1))
    return layers


def calibration(folder, layers):
    inputs = np.fromfile(Path(folder) / "calibration.f32", np.float32)
    return inputs.reshape(-1, layers[0].weights.shape[0])
