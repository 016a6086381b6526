"""Reads, checks, scores and writes `.picket` files, from export/FORMAT.md alone.

A second opinion on the format: it shares no line with the Swift writer or the C library, and it
favours plainness over speed. Python 3.11 and numpy, nothing else.
"""

from .bytes import feature_hash, up
from .calibration import p_value, threshold
from .constants import (
    AFFINE, ANOEAN, BIG, CHECK_STATUS, DISTILLED, FLAG_BEYOND_TABLE, FLAG_OUT_OF_RANGE,
    FLAG_UNKNOWN_CATEGORY, FLOAT16, FLOAT32, INT8, INT8_INTEGER, LEAKY_RELU, LINEAR, LITTLE, LOG,
    MAHALANOBIS, NUMERIC, ONE_HOT, OUTPUT, QUANTILE, RECONSTRUCTION, RECONSTRUCTION_KL, RELU, SECTIONS,
    SIGMOID, SYMBOLIC, TANH, TYPICAL, UNKNOWN, VAE)
from .hexadecimal import RECORDS, hex_dump
from .lines import parse_floats, parse_line
from .model import Feature, Field, Geometry, Layer, Model
from .reading import read
from .refusals import NotScored, Refused
from .scoring import forward, network_inputs, score
from .showing import dump
from .writing import assemble, sections_of, sign, typical_section, write

__all__ = [
    "AFFINE", "ANOEAN", "BIG", "CHECK_STATUS", "DISTILLED", "FLAG_BEYOND_TABLE", "FLAG_OUT_OF_RANGE",
    "FLAG_UNKNOWN_CATEGORY", "LOG", "OUTPUT", "QUANTILE", "TYPICAL", "FLOAT16", "FLOAT32", "Feature", "Field", "Geometry", "INT8",
    "INT8_INTEGER", "LEAKY_RELU", "LINEAR", "LITTLE", "Layer", "MAHALANOBIS", "Model", "NUMERIC",
    "NotScored", "ONE_HOT", "RECONSTRUCTION", "RECONSTRUCTION_KL", "RECORDS", "RELU", "Refused",
    "SECTIONS", "SIGMOID", "SYMBOLIC", "TANH", "UNKNOWN", "VAE", "assemble", "dump", "feature_hash",
    "forward", "hex_dump", "network_inputs", "p_value", "parse_floats", "parse_line", "read",
    "score", "sections_of", "sign", "threshold", "typical_section", "up", "write",
]
