"""Faults of the typical record: checks 57 and 58."""

import picket_format as pf
from .drafts import Draft
from .layout import INF, NAN
from .models import rich


def typical():
    def record(*values):
        model = rich()
        model.optional = []
        draft = Draft(model)
        kind, content = pf.typical_section(model, values)
        draft.sections.append([kind, content])
        return draft.data()

    pf.read(record(0.5, 1, 0, -7))
    yield 57, "empty", record()
    yield 57, "a-field-less", record(0.5, 1, 0)
    yield 57, "a-field-more", record(0.5, 1, 0, -7, 0)
    for label, value in (("nan", NAN), ("infinite", INF), ("minus-infinite", -INF)):
        yield 58, label, record(value, 1, 0, -7)
    yield 58, "last-infinite", record(0.5, 1, 0, INF)
    for label, category in (("half-a-category", 0.5), ("unknown-category", -1), ("category-count", 3),
                            ("category-nan", NAN)):
        yield 58, label, record(0.5, category, 0, -7)
