"""Files to be spoilt and put together again."""

import struct

import picket_format as pf
from golden_models.dense import one_number
from picket_format import LITTLE, MAHALANOBIS
from .layout import KIND, LANES, PLANE, RECORDS, SHAPE
from .models import in_bytes, rich, with_curves, with_images


class Reader:
    """The reader that is to refuse the files."""
    order = LITTLE


class Draft:
    """The sections of a model, to be spoilt and put together again."""

    def __init__(self, model):
        model.order = Reader.order
        self.sections = [[kind, bytearray(content)] for kind, content in pf.sections_of(model)]
        self.hash = pf.feature_hash(model.fields)

    def __getitem__(self, name):
        return self.sections[KIND[name] - 1][1]

    def replace(self, name, content):
        self.sections[KIND[name] - 1][1] = bytearray(content)
        return self

    def put(self, name, what, value, record=0):
        """Sets one field of a section's record, a u32 or an f32."""
        offsets, size = RECORDS[name]
        code = Reader.order + ("f" if isinstance(value, float) else "I")
        struct.pack_into(code, self[name], record * size + offsets[what], value)
        return self

    def put_lane(self, what, value, lane, plane=0):
        """Sets one number of a plane, or of the ranges."""
        if what in PLANE:
            array = 2 + 5 * plane + PLANE.index(what)
        else:
            array = ["minimum", "maximum"].index(what)
        code = Reader.order + ("f" if isinstance(value, float) else "I")
        struct.pack_into(code, self["features"], 64 + 4 * (array * LANES + lane), value)
        return self

    def put_one_hot(self, index, which, value):
        """Sets the field (0) or the first input (1) of a one-hot."""
        one_hots, = struct.unpack_from(Reader.order + "I", self["features"], 4)
        at = len(self["features"]) - 8 * (one_hots - index) + 4 * which
        struct.pack_into(Reader.order + "I", self["features"], at, value)
        return self

    def put_shape(self, what, value, which=0):
        """Sets one number of the shape of the first or the second convolution of four layers."""
        struct.pack_into(Reader.order + "I", self["layers"], 4 * 64 + 64 * which + SHAPE[what], value)
        return self

    def data(self):
        return pf.assemble([(kind, bytes(content)) for kind, content in self.sections],
                           Reader.order, self.hash)


def small():
    return Draft(one_number()[0])


def full():
    return Draft(rich())


def quantized():
    return Draft(in_bytes())


def scaled():
    """The small model with a min-max plane: input at 192, scale at 256 of its features."""
    model = one_number()[0]
    model.min_max_planes = 1
    return Draft(model)


def curves():
    return Draft(with_curves())


def images():
    return Draft(with_images())


def ends_in_scale():
    """The encoder of the model in bytes, alone: its weights end with a scale."""
    model = in_bytes()
    model.score, model.latent, model.decoder = MAHALANOBIS, 2, []
    model.reconstruction_weight = model.kl_weight = 0.0
    return Draft(model)


def patched(data, *changes, sign=True):
    """Bytes with (offset, new bytes) written over them; section edges stay as they are."""
    changed = bytearray(data)
    for at, content in changes:
        changed[at:at + len(content)] = content
    return pf.sign(bytes(changed)) if sign else bytes(changed)


def u16(value):
    return struct.pack(Reader.order + "H", value)


def u32(value):
    return struct.pack(Reader.order + "I", value)


def spoilt(base, name, *places):
    """One label, file pair for each (label, field, value, record) of a section."""
    for label, what, value, *record in places:
        yield label, base().put(name, what, value, *record).data()


def byte_set(base, name, at, value):
    draft = base()
    draft[name][at] = value
    return draft.data()
