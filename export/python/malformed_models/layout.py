"""Where the numbers of a record stand, as FORMAT.md gives them."""

import picket_format as pf

NAN, INF = float("nan"), float("inf")
ALL = 0xFFFFFFFF

# Offsets within the sections' records, as FORMAT.md gives them.
MODEL = {"kind": 0, "score": 4, "fields": 8, "inputs": 12, "latent": 16, "encoder": 20,
         "decoder": 24, "alpha": 28, "beta": 32, "rows": 36}
FIELD = {"name": 0, "kind": 4, "first": 8, "count": 12}
PLANE = ["input", "offset", "scale", "low", "high"]
LAYER = {"operation": 0, "activation": 4, "element": 8, "slope": 12, "inputs": 16, "outputs": 20,
         "stride": 24, "weights": 28, "bias": 32, "scale": 36, "shift": 40, "input_scale": 44,
         "input_zero": 48, "input_max": 52, "geometry": 56}
SHAPE = {name: 4 * place for place, (_, name) in enumerate(pf.RECORDS["geometries"])}
RECORDS = {"model": (MODEL, 64), "fields": (FIELD, 16), "layers": (LAYER, 64)}
LANES = 16  # of the models here, which have few fields
KIND = {name: kind for kind, name in pf.SECTIONS.items()}
