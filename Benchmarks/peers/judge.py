"""Holds the figures to the goals."""

from dataclasses import dataclass

WORD = {True: "met", False: "**missed**", None: "not measured"}


@dataclass
class Verdict:
    goal: str
    measured: str
    met: bool = None

    def row(self):
        return [self.goal, self.measured, WORD[self.met]]


def median(contestant, batch=1):
    """Nanoseconds a record, or none. Batches are text: the figures went through JSON."""
    times = contestant["figures"]["time"].get(str(batch)) if contestant else None
    return times[0] if times else None


class Field:
    """Those who took part, by name and kind."""

    def __init__(self, results):
        self.by_name = {c["name"]: c for c in results["contestants"]}
        self.results = results

    def ours(self, type, kernels):
        return self.by_name.get(f"picket-{type}-{kernels}")

    def fastest(self, candidates, batch=1):
        candidates = [c for c in candidates if c and median(c, batch)]
        return min(candidates, key=lambda c: median(c, batch), default=None)

    def ours_in_bytes(self, kernels, batch=1):
        return self.fastest([self.ours("int8", kernels), self.ours("int8-integer", kernels)], batch)

    def peers(self, type):
        return [c for c in self.by_name.values() if not c["records"] and c["type"] == type]

    def best_kernels(self):
        return next((k for k in ("v4", "v3", "baseline") if self.ours("float32", k)), None)


def at_most(goal, contestant, most):
    time = median(contestant)
    if time is None:
        return Verdict(goal, "not on this processor")
    return Verdict(goal, f"{time:.0f} ns ({contestant['type']})", time <= most)


def times_as_fast(goal, ours, peer, least, batch=1):
    if median(ours, batch) is None or median(peer, batch) is None:
        return Verdict(goal, "the peer is missing")
    ratio = median(peer, batch) / median(ours, batch)
    return Verdict(goal, f"{ratio:.1f} times ({ours['type']} {median(ours, batch):.0f} ns, "
                         f"{peer['title']} {median(peer, batch):.0f} ns)", ratio >= least)


def limit(results, type, kernels):
    """(nanoseconds a record of computing, of reading weights) at the machine's limits, or none."""
    work, limits = results["work"], results["limits"]
    width = {"v4": "512", "v3": "256"}.get(kernels)
    integer = type == "int8-integer"
    rate = limits.get("vnni512" if kernels == "v4" else "") if integer else limits.get(
        f"fma{width}")
    first, second = limits.get(f"l1_{width}"), limits.get(f"l2_{width}")
    if not rate or not first or not second:
        return None
    products = work["products_of_four"] if integer else work["products"]
    read = work[type]
    return products / rate, read["l1_bytes"] / first + read["l2_bytes"] / second


def near_limit(field, type, kernels, title):
    ours, bounds = field.ours(type, kernels), limit(field.results, type, kernels)
    goal = f"{type}, {title}: within 1.5 times of the larger limit"
    if median(ours) is None or bounds is None:
        return Verdict(goal, "not on this processor")
    ratio = median(ours) / max(bounds)
    return Verdict(goal, f"{ratio:.1f} times ({median(ours):.0f} ns of {max(bounds):.0f} ns)",
                   ratio <= 1.5)


def verdicts(results):
    """Each goal, what was measured, whether it is met."""
    field = Field(results)
    kernels = field.best_kernels()
    ours, ours_in_bytes = field.ours("float32", kernels), field.ours_in_bytes(kernels)
    named = field.by_name.get
    batched = field.fastest(field.peers("float32"), 256)
    batched_bytes = field.fastest(field.peers("int8"), 256)
    return [
        at_most("float32 with AVX-512: at most 180 ns", field.ours("float32", "v4"), 180),
        at_most("float32 with AVX2: at most 300 ns", field.ours("float32", "v3"), 300),
        at_most("int8 with VNNI: at most 90 ns", field.ours_in_bytes("v4"), 90),
        at_most("int8 without VNNI: at most 150 ns", field.ours_in_bytes("v3"), 150),
        times_as_fast("float32: 3 times as fast as the best peer", ours,
                      field.fastest(field.peers("float32")), 3),
        times_as_fast("float32: 6 times as fast as LiteRT", ours, named("litert-float32"), 6),
        times_as_fast("float32: 12 times as fast as ONNX Runtime", ours,
                      named("onnxruntime-float32"), 12),
        times_as_fast("int8: 7 times as fast as LiteRT", ours_in_bytes, named("litert-int8"), 7),
        times_as_fast("float32, batches of 256: 1.8 times as fast as the best peer", ours, batched,
                      1.8, 256),
        times_as_fast("int8, batches of 256: 1.8 times as fast as the best peer",
                      field.ours_in_bytes(kernels, 256), batched_bytes, 1.8, 256),
        near_limit(field, "float32", "v4", "AVX-512"),
        near_limit(field, "float32", "v3", "AVX2"),
        near_limit(field, "float16", "v4", "AVX-512"),
        near_limit(field, "int8-integer", "v4", "VNNI"),
    ]
