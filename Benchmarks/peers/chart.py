"""Draws docs/bench.svg: nanoseconds a record, a dot each on a logarithmic scale, where a bar would lie."""

import math
from xml.sax.saxutils import escape

import judge
from contestants import KERNEL_SETS

WIDTH, LEFT, RIGHT, TOP, ROW, DOT = 860, 290, 76, 58, 24, 6
# Blue and orange of a palette that colour-blind readers tell apart, on white and on black.
OURS, PEERS, INK = "#2b83c6", "#e08a1e", "#767676"


def shown(results):
    """Picket with the machine's best kernels, and all peers; slowest last."""
    kernels = judge.Field(results).best_kernels()
    return sorted(
        (c for c in results["contestants"] if not c["records"] or c["kernels"] == kernels),
        key=judge.median)


def write(results, path):
    bars = shown(results)
    ours = KERNEL_SETS[judge.Field(results).best_kernels()]
    times = [judge.median(c) for c in bars]
    low, high = 10 ** math.floor(math.log10(min(times))), max(times) * 1.1
    height = TOP + ROW * len(bars) + 30

    def x(time):
        return LEFT + (WIDTH - LEFT - RIGHT) * math.log(time / low) / math.log(high / low)

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
             f'font-family="sans-serif" font-size="13" fill="{INK}">',
             "<title>Nanoseconds a record, one record a call</title>",
             f'<text x="{LEFT}" y="20" font-weight="bold">Nanoseconds a record, one record a call; '
             "logarithmic axis; left is faster</text>",
             legend(LEFT, 38, OURS, f"Picket with {ours}, from record to score"),
             legend(LEFT + 300, 38, PEERS, "peers, from ready inputs to outputs")]
    step = low
    while step <= high:
        for factor in (1, 2, 5):
            if step * factor <= high:
                at = x(step * factor)
                parts.append(f'<path d="M{at:.1f} {TOP}V{height - 24}" stroke="{INK}" '
                             f'stroke-opacity="0.35"/><text x="{at:.1f}" y="{height - 8}" '
                             f'text-anchor="middle">{step * factor:,}</text>')
        step *= 10
    for i, (c, time) in enumerate(zip(bars, times)):
        y = TOP + ROW * (i + 0.5)
        weight = ' font-weight="bold"' if c["records"] else ""
        parts += [f'<text x="{LEFT - 14}" y="{y + 4.5:.1f}" text-anchor="end"{weight}>'
                  f'{escape(label(c))}</text>',
                  f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{INK}" stroke-opacity="0.15"/>',
                  dot(x(time), y, OURS if c["records"] else PEERS),
                  f'<text x="{WIDTH - 8}" y="{y + 4.5:.1f}" text-anchor="end"{weight}>{time:,.0f}</text>']
    path.write_text("\n".join(parts) + "\n</svg>\n")


def dot(x, y, colour):
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{DOT}" fill="{colour}"/>'


def legend(x, y, colour, text):
    return dot(x + DOT, y, colour) + f'<text x="{x + 19}" y="{y + 4.5:.1f}">{text}</text>'


def label(c):
    name = "Picket" if c["records"] else c["title"].replace("dense C loops", "loops").replace(
        ", weights by", ", by").replace(", sizes known to the compiler", "").replace("; batches: sgemm", "")
    return f"{name}, {c['type']}" if c["type"] != "float32" or c["records"] else name
