"""What a model is, apart from its bytes."""

from dataclasses import dataclass, field

import numpy as np

from .constants import AFFINE, FLOAT32, LINEAR, LITTLE, NUMERIC, ONE_HOT


@dataclass
class Field:
    name: str
    kind: int = NUMERIC
    minimum: float = 0.0
    maximum: float = 0.0
    categories: list = field(default_factory=list)


@dataclass
class Feature:
    field: int
    operation: int = AFFINE
    offset: float = 0.0
    scale: float = 0.0
    low: float = 0.0
    high: float = 0.0
    plane: int = -1  # among those of its kind, of an affine or log feature; -1: the next one
    knots: list = field(default_factory=list)  # of a quantile: (value, quantile) pairs


@dataclass
class Geometry:
    """The shape of a convolution. Images are (height, width, channels), the rest (down, across)."""
    input: tuple
    output: tuple
    kernel: tuple
    stride: tuple
    padding: tuple
    transposed: bool = False

    @property
    def narrow(self):
        return self.input if self.transposed else self.output

    @property
    def wide(self):
        return self.output if self.transposed else self.input

    def joined(self):
        """(pixel of the input, pixel of the output, place of the kernel) wherever they meet."""
        (narrow_rows, narrow_columns, _), (wide_rows, wide_columns, _) = self.narrow, self.wide
        for y, x, ky, kx in np.ndindex(narrow_rows, narrow_columns, *self.kernel):
            wide_y = y * self.stride[0] + ky - self.padding[0]
            wide_x = x * self.stride[1] + kx - self.padding[1]
            if 0 <= wide_y < wide_rows and 0 <= wide_x < wide_columns:
                pixels = y * narrow_columns + x, wide_y * wide_columns + wide_x
                yield *(pixels if self.transposed else pixels[::-1]), ky * self.kernel[1] + kx


@dataclass
class Layer:
    weights: np.ndarray  # [rows, columns] of W, of the element type
    bias: np.ndarray  # [columns], float32, or int32 for INT8_INTEGER
    activation: int = LINEAR
    element: int = FLOAT32
    slope: float = 0.0
    scale: np.ndarray = None  # [outputs] of INT8 and INT8_INTEGER: float32, or int32 multipliers
    shift: int = 0  # of INT8_INTEGER, if its outputs are integers
    input_scale: float = 0.0  # of INT8_INTEGER, if its inputs are not integers yet
    input_zero: int = 0
    input_max: int = 0
    geometry: Geometry = None  # of a convolution

    @property
    def sizes(self):
        """Numbers that go in and come out."""
        if self.geometry is None:
            return self.weights.shape
        return int(np.prod(self.geometry.input)), int(np.prod(self.geometry.output))


@dataclass
class Model:
    kind: int
    score: int
    latent: int
    fields: list
    features: list
    encoder: list = field(default_factory=list)
    decoder: list = field(default_factory=list)
    reconstruction_weight: float = 0.0
    kl_weight: float = 0.0
    calibration_rows: int = 1
    calibration: list = field(default_factory=list)  # (score, tail) pairs
    provenance: str = "{}"
    optional: list = field(default_factory=list)  # (kind >= 256, bytes) pairs
    minor: int = 0
    order: str = LITTLE
    feature_hash: int = 0
    min_max_planes: int = 0  # how many planes, the first ones, have no offset, low and high

    @property
    def inputs(self):
        return sum(feature_inputs(self, feature) for feature in self.features)


def feature_inputs(model, feature):
    if feature.operation == ONE_HOT:
        return len(model.fields[feature.field].categories)
    return 1
