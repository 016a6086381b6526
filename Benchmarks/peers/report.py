"""Writes docs/BENCH.md."""

import subprocess
from pathlib import Path

import courses
import judge
from contestants import KERNEL_SETS

REFERENCE = "loops-gcc"
KERNELS = {**KERNEL_SETS, "": ""}


def machine():
    """Processor and tools, as they name themselves."""
    info = Path("/proc/cpuinfo").read_text()

    def value(key):
        return next((line.split(":", 1)[1].strip() for line in info.splitlines()
                     if line.startswith(key)), "unknown")

    def version(tool):
        done = subprocess.run([tool, "--version"], capture_output=True, text=True)
        return done.stdout.splitlines()[0].split(" (https")[0] if done.stdout else "none"

    features = [name for name in ("avx2", "avx512f", "avx512_vnni")
                if name in value("flags").split()]
    return {"processor": value("model name"),
            "family": f"family {value('cpu family')}, model {value('model')}".replace("\t", ""),
            "features": ", ".join(features), "cache": first_caches(),
            "compilers": [version("gcc"), version("clang")]}


def first_caches():
    folder = Path("/sys/devices/system/cpu/cpu0/cache")
    return ", ".join(
        f"L{(each / 'level').read_text().strip()} {(each / 'size').read_text().strip()}"
        for each in sorted(folder.glob("index*"))
        if (each / "type").read_text().strip() != "Instruction")


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in lines) + "\n"


def number(value, form=",.0f", none="-"):
    return none if value is None else format(value, form)


def speeds(results):
    reference = next(judge.median(c) for c in results["contestants"] if c["name"] == REFERENCE)
    rows = []
    for c in sorted(results["contestants"], key=judge.median):
        figures = c["figures"]
        time = judge.median(c)
        rows.append([
            f"**{c['title']}**" if c["records"] else c["title"], c["type"], f"{time:,.0f}",
            f"{reference / time:.2f}", number(judge.median(c, 16)), number(judge.median(c, 256)),
            number(figures["instructions"]), f"{figures['typical_difference']:.1e}",
            f"{figures['largest_difference']:.1e}"])
    return table(["contestant", "weights", "one record", "loops / it", "batch of 16",
                  "batch of 256", "instructions", "typical difference", "largest difference"], rows)


def costs(results):
    rows = []
    for c in sorted(results["contestants"], key=judge.median):
        figures = c["figures"]
        rows.append([
            f"**{c['title']}**" if c["records"] else c["title"], c["type"],
            number(figures["allocations"], "g"), f"{figures['code']:,}", f"{figures['shipped']:,}",
            f"{figures['model']:,}" if figures["model"] else "in the code",
            f"{figures['memory'] / 1024:.1f}", f"{figures['start'] / 1000:.1f}"])
    return table(["contestant", "weights", "allocations a call", "machine code, bytes",
                  "to ship, bytes", "model, bytes", "peak memory, MB", "first score, ms"], rows)


LIMITS = {
    "fma512": "float32 products a nanosecond, AVX-512",
    "fma256": "float32 products a nanosecond, AVX2",
    "vnni512": "int8 products a nanosecond, AVX-512 VNNI",
    "l1_512": "bytes a nanosecond from the first cache, 512-bit loads",
    "l1_256": "bytes a nanosecond from the first cache, 256-bit loads",
    "l2_512": "bytes a nanosecond from the second cache, 512-bit loads",
    "l2_256": "bytes a nanosecond from the second cache, 256-bit loads",
}


def limits(results):
    field, rows = judge.Field(results), []
    for kernels in ("v4", "v3"):
        for type in ("float32", "float16", "int8", "int8-integer"):
            bounds, ours = judge.limit(results, type, kernels), field.ours(type, kernels)
            if bounds and ours:
                rows.append([type, KERNELS[kernels], *(f"{each:.0f}" for each in bounds),
                             f"{judge.median(ours):.0f}",
                             f"{judge.median(ours) / max(bounds):.1f}"])
    measured = table(["limit of one core", "at best"],
                     [[text, results["limits"][name]] for name, text in LIMITS.items()
                      if name in results["limits"]])
    return measured + "\n" + table(
        ["weights", "kernels", "computing, ns", "reading weights, ns", "Picket, ns",
         "Picket / larger limit"], rows)


def hard(results):
    titles = {c["name"]: (c["title"], c["type"]) for c in results["contestants"]}
    text = ""
    for course, figures in results["hard"].items():
        density = ", ".join(f"{share:.0%}" for share in results["hard_work"][course]["density"])
        rows = [[*titles[name], f"{each['time']['1'][0]:,.0f}"]
                for name, each in sorted(figures.items(), key=lambda item: item[1]["time"]["1"][0])]
        text += (f"**{course[0].upper() + course[1:]}**; "
                 f"not zero in each layer's inputs: {density}.\n\n"
                 + table(["contestant", "weights", "one record"], rows) + "\n")
    return text


def undisturbed(results):
    """The share of slices that no neighbour disturbed, of the contestant that had the fewest."""
    least = min(c["figures"]["undisturbed"] for c in results["contestants"])
    return "all" if least == 1 else f"at least {100 * least:.1f} %"


def write(results, path):
    work, about = results["work"], results["machine"]
    density = ", ".join(f"{share:.0%}" for share in work["density"])
    sections = [f"""# Picket beside its peers

`make bench` wrote this page: one run, one core, the same trained weights (an AnoEAN encoder,
`picket train --detector anoean --seed 1 --activity-penalty {courses.PENALTY}`), and {work['records']:,}
{results['records']}.

Processor: {about['processor']} ({about['family']}; {about['features']}; {about['cache']}).
Compilers: {'; '.join(about['compilers'])}.

## Goals
""", table(["goal", "measured", ""], [v.row() for v in judge.verdicts(results)]), f"""
## Speed
![Nanoseconds a record](bench.svg)

Nanoseconds a record: the median of {results['rounds']} rounds in which all take turns in one process on
one core, in processor time; each turn is a pass over all records to warm up, and at least four that
count, in slices of 256 records. On a shared machine a neighbour may run on the second thread of the same
core, unseen by any clock: dense loops take a sixth longer beside one, Picket up to half as long again.
A gauge of additions tells, before each slice and after it; slices beside a neighbour are taken again
({undisturbed(results)} of the slices were undisturbed).
A loop that does nothing else keeps weights in the caches, which flatters large models. Picket
begins with the {work['fields']} fields of a record and ends at the score and its p-value; the others are given
the {work['inputs']} inputs of the network ready made, and end at its {work['outputs']} outputs: that is to their
advantage. All are called from C; ONNX Runtime and LiteRT are the libraries of their PyPI packages,
called through their C interfaces with buffers made beforehand. *Generated C* is our rendering of the code
that generators for microcontrollers emit. *Loops / it*: the time of the dense loops of gcc divided by its
own. Instructions are those of the AVX2 build, or of what the library picks on such a processor, by
callgrind, which knows no AVX-512. A difference is that of the outputs (of Picket, the score) from
double precision, as a share of their length; in float32 a contestant with more than 1e-4 is not
timed. Peers in int8 are quantised from other records of the same file, by ONNX Runtime's own tool, and
for LiteRT by the least and the greatest value of each activation.

""", speeds(results)]
    if results["missing"]:
        sections += ["\nMissing:\n\n", table(["contestant", "weights", "why"], [
            [m["title"], m["type"], m["why"]] for m in results["missing"]])]
    sections += ["""
## What it costs to have
Allocations a call: of malloc and its kin, in the whole process, one record a call. Machine code: `.text` of
the contestant's shared object and of the libraries beside it; to ship: the bytes of those files.
Peak memory and the time from the start of a process to its first score: a C program that loads the
contestant, opens the model, scores one record; medians of nine starts.

""", costs(results), f"""
## The limits of the machine
Of each layer's inputs {density} are not zero, so {work['products']:,.0f} of {work['dense']:,} products are left
({work['products_of_four']:,.0f} in integers, where inputs go by fours). *Computing* is these products at the
machine's rate; *reading weights* the bytes of their rows, from the first cache as far as one of its size
that keeps the rows used last would hold them, else from the second.
One record at a time is bound by neither, but by waiting: each layer begins when the one before has ended, in
conversions and a store that it reads back, and a processor holds too few instructions to begin the next record
meanwhile. In batches records overlap.

""", limits(results), "\n## With fewer zeros\nWhat skipping zeros gains on real records, it must not lose here.\n\n",
        hard(results).rstrip() + "\n"]
    path.write_text("".join(sections))
