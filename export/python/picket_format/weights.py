""""""

import numpy as np

from .bytes import up
from .constants import ELEMENT, INT8_INTEGER, SCALED


def arrays_of(layer, stride, o):
    """The bytes of W and b, and of scale where the type has one."""
    inputs, outputs = layer.weights.shape
    matrix = np.zeros((up(inputs, rows_together(layer.element)), stride), o + ELEMENT[layer.element])
    matrix[:inputs, :outputs] = layer.weights
    yield side_by_side(matrix, layer.element).tobytes()
    vectors = [(layer.bias, "i4" if layer.element == INT8_INTEGER else "f4")]
    if layer.element in SCALED:
        vectors.append((layer.scale, "i4" if layer.shift else "f4"))
    for numbers, kind in vectors:
        array = np.zeros(stride, o + kind)
        array[:outputs] = numbers
        yield array.tobytes()


def rows_together(element):
    """How many rows of W stand side by side."""
    return 4 if element == INT8_INTEGER else 1


def side_by_side(matrix, element):
    """A matrix [rows, stride] as the file has it: [groups, stride, rows of a group]."""
    together = rows_together(element)
    return matrix.reshape(-1, together, matrix.shape[1]).transpose(0, 2, 1)


def row_by_row(stored):
    """The matrix [rows, stride] of what the file has: the inverse of side_by_side."""
    return stored.transpose(0, 2, 1).reshape(-1, stored.shape[1])
