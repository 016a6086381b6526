"""The numbers of FORMAT.md: kinds, flags, limits, and the status of each check."""

MAGIC = bytes.fromhex("89504B540D0A1A0A")
BYTE_ORDER = 0x0A0B0C0D
NATIVE, LITTLE, BIG = "=", "<", ">"

ANOEAN, VAE, DISTILLED = 1, 2, 3
MAHALANOBIS, RECONSTRUCTION, RECONSTRUCTION_KL, OUTPUT = 1, 2, 3, 4
NUMERIC, SYMBOLIC = 1, 2
AFFINE, ONE_HOT, LOG, QUANTILE = 1, 2, 3, 4  # of features: the file has no numbers for them
DENSE, CONVOLUTION, TRANSPOSED = 1, 2, 3
LINEAR, RELU, LEAKY_RELU, TANH, SIGMOID = 0, 1, 2, 3, 4
FLOAT32, FLOAT16, INT8, INT8_INTEGER = 1, 2, 3, 4
ELEMENT = {FLOAT32: "f4", FLOAT16: "f2", INT8: "i1", INT8_INTEGER: "i1"}
SCALED = INT8, INT8_INTEGER

SECTIONS = {
    1: "model", 2: "strings", 3: "fields", 4: "categories", 5: "features", 6: "layers",
    7: "weights", 8: "calibration", 9: "provenance",
}
FIRST_OPTIONAL = 256
TYPICAL = 512
LAYER = "=IIIfIIIIIIIfIII4x"  # the 64 bytes of a layer, as struct reads them
GEOMETRY = "=12I16x"  # the 64 bytes of the shape of a convolution
MOST_NUMBERS, MOST_OUTPUTS, MOST_MULTIPLY_ADDS = 8192, 32768, 1 << 26

NO_INPUT = 0xFFFFFFFF
MOST_PLANES = 8
MOST_KNOTS = 32

UNKNOWN = -1.0
FLAG_UNKNOWN_CATEGORY, FLAG_OUT_OF_RANGE, FLAG_BEYOND_TABLE = 1, 2, 4

# The status of each check, as the table at the end of FORMAT.md gives it.
CHECK_STATUS = {
    1: "ALIGNMENT", 2: "TRUNCATED", 3: "MAGIC", 4: "BYTE_ORDER", 5: "VERSION", 6: "TRUNCATED",
    7: "LAYOUT", 8: "LIMIT", 9: "CHECKSUM", 10: "LAYOUT", 11: "LAYOUT", 12: "LAYOUT",
    13: "LAYOUT", 14: "LAYOUT", 15: "LAYOUT", 16: "LAYOUT", 17: "UNSUPPORTED", 18: "LIMIT",
    19: "LAYERS", 20: "PARAMETERS", 21: "SCHEMA", 22: "SCHEMA", 23: "SCHEMA", 24: "SCHEMA",
    25: "UNSUPPORTED", 26: "SCHEMA", 27: "SCHEMA", 28: "SCHEMA", 29: "SCHEMA", 30: "FEATURES",
    31: "FEATURES", 32: "FEATURES", 33: "FEATURES", 34: "FEATURES", 35: "FEATURES",
    36: "FEATURES", 37: "LAYERS", 38: "UNSUPPORTED", 39: "LAYERS", 40: "LAYERS", 41: "LIMIT",
    42: "LAYERS", 43: "LAYERS", 44: "LAYERS", 45: "LAYERS", 46: "LAYERS", 47: "LIMIT",
    48: "LAYERS", 49: "LIMIT", 50: "WEIGHTS", 51: "WEIGHTS", 52: "WEIGHTS", 53: "CALIBRATION",
    54: "CALIBRATION", 55: "CALIBRATION", 56: "PROVENANCE", 57: "FEATURES", 58: "FEATURES",
    59: "FEATURES", 60: "FEATURES",
}
