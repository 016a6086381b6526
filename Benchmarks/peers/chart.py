"""Draws docs/bench.svg: nanoseconds a record, horizontal bars on a logarithmic scale."""

import math
from xml.sax.saxutils import escape

import judge

WIDTH, LEFT, RIGHT, TOP, ROW, BAR = 860, 330, 70, 56, 24, 15
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
    times = [judge.median(c) for c in bars]
    low, high = 10 ** math.floor(math.log10(min(times))), max(times) * 1.1
    height = TOP + ROW * len(bars) + 30

    def x(time):
        return LEFT + (WIDTH - LEFT - RIGHT) * math.log(time / low) / math.log(high / low)

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
             f'font-family="sans-serif" font-size="13" fill="{INK}">',
             "<title>Nanoseconds a record, one record a call</title>",
             f'<text x="{LEFT}" y="20" font-weight="bold">Nanoseconds a record, one record a call '
             "(logarithmic; shorter is faster)</text>",
             legend(LEFT, 32, OURS, "Picket, from record to score"),
             legend(LEFT + 220, 32, PEERS, "peers, from ready inputs to outputs")]
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
        y = TOP + ROW * i + (ROW - BAR) / 2
        weight = ' font-weight="bold"' if c["records"] else ""
        parts += [f'<text x="{LEFT - 8}" y="{y + 12:.1f}" text-anchor="end"{weight}>'
                  f'{escape(label(c))}</text>',
                  f'<rect x="{LEFT}" y="{y:.1f}" width="{x(time) - LEFT:.1f}" height="{BAR}" '
                  f'fill="{OURS if c["records"] else PEERS}"/>',
                  f'<text x="{x(time) + 5:.1f}" y="{y + 12:.1f}"{weight}>{time:,.0f}</text>']
    path.write_text("\n".join(parts) + "\n</svg>\n")


def legend(x, y, colour, text):
    return (f'<rect x="{x}" y="{y}" width="13" height="13" fill="{colour}"/>'
            f'<text x="{x + 19}" y="{y + 11}">{text}</text>')


def label(c):
    name = "Picket" if c["records"] else c["title"].replace("dense C loops", "loops").replace(
        ", weights by", ", by").replace(", sizes known to the compiler", "")
    return f"{name}, {c['type']}" if c["type"] != "float32" or c["records"] else name
