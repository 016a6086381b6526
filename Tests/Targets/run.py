#!/usr/bin/env python3
"""Builds and tests the archive of every target that this machine can build for and run.

    run.py [--update] [--targets "TARGET ..."] [--mutations N] [--build DIR]

For each target: the archive (make lib TARGET=...), what it holds (inspect_archive.py), and the
runner on it, under qemu-user where the processor is another one; and a program that is linked as
pkg-config and CMake are told. Then the archives that leave something out. Prints one table, and
why a target was skipped. Sizes are compared with sizes.csv: growth over 2 % is a failure until --update has
written what was measured, on purpose, to sizes.csv and docs/targets.md.
"""

import argparse
import csv
import glob
import os
import shutil
import subprocess
import sys
import tempfile

import inspect_archive
from inspect_archive import HERE, ROOT

sys.path.insert(0, os.path.join(ROOT, "Tests", "Shared"))
import pages  # noqa: E402

QEMU = {
    "x86_64-linux-gnu": None, "i686-linux-gnu": "qemu-i386", "aarch64-linux-gnu": "qemu-aarch64",
    "arm-linux-gnueabihf": "qemu-arm", "arm-linux-gnueabi": "qemu-arm",
    "riscv64-linux-gnu": "qemu-riscv64",
    "mipsel-linux-gnu": "qemu-mipsel", "mips-linux-gnu": "qemu-mips",
}
BIG_ENDIAN = {"mips-linux-gnu"}
# Archives besides the whole one, by what is behind the target's name: what make is told, and what
# checks.h calls it.
VARIANTS = {"": ([], "WHOLE"), "-base": (["KERNELS=base"], "WHOLE"), "-minimal": (["MINIMAL=1"], "MINIMAL"),
            "-minimal-int8": (["MINIMAL=1", "TYPES=int8"], "MINIMAL"),
            "-float-dense": (["TYPES=float", "CONV=0"], "FLOAT_DENSE")}
# "-base" where the archive otherwise has several kernel sets; "-float-dense" where it saves the most.
ARCHIVES = [name for target in QEMU for name in (
    target, *(["x86_64-linux-gnu-base"] if QEMU[target] is None else []), target + "-minimal",
    target + "-minimal-int8",
    *([target + "-float-dense"] if target == "arm-linux-gnueabi" else []))]
COLUMNS = ["text", "rodata", "stack", "scratch"]
SIZES = os.path.join(HERE, "sizes.csv")
PAGE = os.path.join(ROOT, "docs", "targets.md")
GROWTH = 0.02
# Bytes at the end of the runner's own frame that an idle call does not touch, and that therefore
# count as the library's: the room for arguments that MIPS keeps free for the callee.
UNSEEN = 32
# Where there is no floating-point unit: frames of the host's arithmetic and of its square root.
HOST_ARITHMETIC = {"arm-linux-gnueabi": 96}
SEED = "1"
# The machine that explanations and drift figures are compared with, and how far others may be off:
# contributions in parts of the score, figures relative.
REFERENCE = "x86_64-linux-gnu"
NEAR = 1e-4
SMALLEST_NORMAL = 2.0 ** -126


def parts(name):
    """The target of an archive, and what is behind its name."""
    target = next(each for each in QEMU if name == each or name.startswith(each + "-"))
    return target, name.removeprefix(target)


def compiler(target):
    return os.environ.get("CC", "cc") if QEMU[target] is None else f"{target}-gcc"


def missing(target):
    """Why a target cannot be tested here, or nothing."""
    for tool in (compiler(target).split()[0], QEMU[target], "pkg-config", "cmake"):
        if tool and not shutil.which(tool):
            return f"no {tool}: mk/deps.sh cross installs it"
    return None


def output(command, **options):
    """What a command printed; its errors are shown and end the target's test."""
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode != 0:
        shown = (done.stdout + done.stderr).strip().splitlines()[-25:]
        raise RuntimeError("\n".join([" ".join(command[:3]) + f" ... ended with {done.returncode}"]
                                     + shown))
    return done.stdout


def test(name, arguments):
    """What was measured on a target with an archive."""
    target, variant = parts(name)
    settings, built = VARIANTS[variant]
    make = ["make", "--no-print-directory", f"TARGET={target}", f"CC={compiler(target)}", *settings]
    output([*make, "lib"], cwd=ROOT)
    archive = os.path.join(ROOT, "build", "lib", name, "libpicket.a")
    symbols = inspect_archive.SYMBOLS.replace(".txt", "-minimal.txt" if built == "MINIMAL" else ".txt")
    with tempfile.TemporaryDirectory() as folder:
        path = inspect_archive.object_of(inspect_archive.Machine(target), archive, folder)
        sizes, wrong, undefined = inspect_archive.inspect(target, path, symbols=symbols)
    if wrong:
        raise RuntimeError("\n".join(wrong))
    runner = os.path.join(arguments.build, name, "runner")
    os.makedirs(os.path.dirname(runner), exist_ok=True)
    sources = sorted(glob.glob(os.path.join(HERE, "*.c")))
    sources.append(os.path.join(HERE, "..", "Shared", "models.c"))
    # What checks functions that an archive has not goes out with its section.
    output([*compiler(target).split(), "-std=c99", "-O1", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
            "-I", os.path.join(ROOT, "include"), f"-DBUILT={built}",
            *(["-DMINIMAL_BYTES"] if "TYPES=int8" in settings else []), "-ffunction-sections", *sources,
            archive, "-static", "-Wl,--gc-sections", "-lm", "-lpthread", "-o", runner])
    models = os.path.join(arguments.build, "big") if target in BIG_ENDIAN else os.path.join(
        ROOT, "export")
    figures = os.path.join(arguments.build, name, "figures")
    command = [] if QEMU[target] is None else [QEMU[target]]
    told = output([*command, runner, os.path.join(models, "golden"),
                   os.path.join(models, "malformed"), str(arguments.mutations), SEED, figures])
    seen = dict(line.split() for line in told.splitlines())
    if int(seen["stack"]) > sizes["stack"] + UNSEEN + HOST_ARITHMETIC.get(target, 0):
        raise RuntimeError(f"used {seen['stack']} bytes of stack; read from the machine code: "
                           f"{sizes['stack']} at most")
    result = {**{key: int(value) for key, value in seen.items() if key not in ("stack", "digest")},
              **sizes, "used": int(seen["stack"]), "undefined": undefined}
    if built == "WHOLE":
        result |= {"digest": seen["digest"], "figures": figures_in(figures)}
    if not variant:
        consume(target, make, command, os.path.join(models, "golden", "anoean-f32.picket"),
                os.path.join(arguments.build, name))
    return result


def consume(target, make, command, model, folder):
    """Installs, and builds and runs a program by what pkg-config and CMake are told of the installation."""
    root = os.path.join(folder, "installed")
    libdir = f"/usr/lib/{target}"
    shutil.rmtree(root, ignore_errors=True)
    output([*make, "install", f"DESTDIR={root}", "PREFIX=/usr", f"libdir={libdir}"], cwd=ROOT)
    if not os.path.exists(f"{root}{libdir}/libpicket.so"):
        raise RuntimeError("no shared library was installed")
    flags = output(["pkg-config", "--cflags", "--libs", "picket"], env={
        **os.environ, "PKG_CONFIG_SYSROOT_DIR": root, "PKG_CONFIG_LIBDIR": f"{root}{libdir}/pkgconfig",
        "PKG_CONFIG_ALLOW_SYSTEM_CFLAGS": "1", "PKG_CONFIG_ALLOW_SYSTEM_LIBS": "1"}).split()
    program = os.path.join(folder, "consumer")
    source = os.path.join(ROOT, "Tests", "Packaging", "consumer.c")
    output([*compiler(target).split(), "-std=c11", "-Wall", "-Wextra", "-Werror", source, "-static",
            *flags, "-o", program])
    output([*command, program, model])
    build = os.path.join(folder, "cmake")
    shutil.rmtree(build, ignore_errors=True)
    output(["cmake", "-S", os.path.dirname(source), "-B", build, "-DCMAKE_EXE_LINKER_FLAGS=-static",
            f"-DPicket_DIR={root}{libdir}/cmake/Picket"], env={**os.environ, "CC": compiler(target)})
    output(["cmake", "--build", build, "--target", "static-consumer"])
    output([*command, os.path.join(build, "static-consumer"), model])


def figures_in(path):
    """The runner's figures: by what they are of, in order, their values."""
    with open(path, encoding="utf-8") as file:
        lines = [line.split() for line in file]
    found = {}
    for line in lines:
        keys = 3 if line[0] in ("explain", "drift") else 2
        found.setdefault(" ".join(line[:keys]), []).append(line[keys:])
    return found


def is_near(what, values, wanted):
    """Whether figures are those of another machine: counts exactly, numbers nearly."""
    if len(values) != len(wanted):
        return False
    if what.startswith("explain"):  # a status, a score, contributions
        # A subnormal score may be 0: see golden.c.
        most = max(NEAR * abs(float(wanted[1])), SMALLEST_NORMAL)
        return values[0] == wanted[0] and all(
            abs(float(a) - float(b)) <= most for a, b in zip(values[1:], wanted[1:]))
    if what.startswith("drift"):  # index, statistic, p-value, degrees of freedom
        return values[3] == wanted[3] and all(
            abs(float(a) - float(b)) <= NEAR * abs(float(b)) for a, b in zip(values, wanted))
    return values == wanted


def unlike(target, figures, reference):
    """Which figures are not those of the reference, as messages."""
    if list(figures) != list(reference):
        return [f"{target}: has other figures than {REFERENCE}"]
    found = [f"{target}: {what}: {' '.join(values)}, on {REFERENCE} {' '.join(wanted)}"
             for what in reference if len(figures[what]) == len(reference[what])
             for values, wanted in zip(figures[what], reference[what])
             if not is_near(what, values, wanted)]
    found += [f"{target}: {what}: not as often as on {REFERENCE}"
              for what in reference if len(figures[what]) != len(reference[what])]
    return found[:20]


def stored_sizes():
    if not os.path.exists(SIZES):
        return {}
    with open(SIZES, encoding="utf-8", newline="") as file:
        return {row["target"]: {name: int(row[name]) for name in COLUMNS}
                for row in csv.DictReader(file)}


def growth(target, measured, stored):
    """What has grown too much, as messages."""
    if target not in stored:
        return [f"{target} is not in sizes.csv: run make sizes-update"]
    return [f"{target}: {name} has grown from {before} to {measured[name]} bytes; if that is meant, "
            "run make sizes-update"
            for name, before in stored[target].items() if measured[name] > before * (1 + GROWTH)]


def store(results):
    sizes = {**stored_sizes(),
             **{target: {name: result[name] for name in COLUMNS}
                for target, result in results.items()}}
    with open(SIZES, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["target", *COLUMNS])
        for target in ARCHIVES:
            if target in sizes:
                writer.writerow([target, *(sizes[target][name] for name in COLUMNS)])
    rows = ["| target | text | rodata | stack | scratch |", "| --- | ---: | ---: | ---: | ---: |"]
    rows += [f"| {target} | " + " | ".join(f"{sizes[target][name]:,}" for name in COLUMNS) + " |"
             for target in ARCHIVES if target in sizes]
    pages.write(PAGE, "sizes", "\n".join(rows) + "\n")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--targets", default=" ".join(ARCHIVES))
    parser.add_argument("--mutations", type=int, default=100000)
    parser.add_argument("--build", default=os.path.join(ROOT, "build", "tests", "targets"))
    arguments = parser.parse_args()
    os.makedirs(arguments.build, exist_ok=True)
    output([sys.executable, os.path.join(HERE, "big_endian.py"),
            os.path.join(arguments.build, "big")])

    stored, results, wrong, table = stored_sizes(), {}, [], []
    for target in arguments.targets.split():
        why = missing(parts(target)[0])
        if why:
            table.append((target, *["-"] * 5, f"skipped: {why}"))
            continue
        try:
            result = results[target] = test(target, arguments)
        except RuntimeError as failure:
            wrong.append(f"{target}: {failure}")
            table.append((target, *["-"] * 5, "FAILED"))
            continue
        grown = [] if arguments.update else growth(target, result, stored)
        wrong += grown
        table.append((target, *(f"{result[name]}" for name in ("text", "rodata", "stack", "used",
                                                               "scratch")),
                      "GROWN" if grown else ", ".join(
                          f"{result[what]} {what}" for what in
                          ("records", "explained", "monitored", "malformed", "mutations")
                          if what in result)))
    whole = {target: result for target, result in results.items() if "digest" in result}
    digests = {result["digest"] for target, result in whole.items() if target not in BIG_ENDIAN}
    if len(digests) > 1:
        wrong.append("little-endian targets do not judge the mutations alike: " + ", ".join(
            f"{target} {result['digest']}" for target, result in whole.items()))
    if REFERENCE in results:
        for target, result in whole.items():
            wrong += unlike(target, result["figures"], results[REFERENCE]["figures"])
    else:
        print(f"explanations and drift figures are not compared: {REFERENCE} is not tested")
    heading = ("target", "text", "rodata", "stack", "used", "scratch", "result")
    for row in [heading, *table]:
        print(f"{row[0]:30}" + "".join(f"{cell:>9}" for cell in row[1:6]) + f"  {row[6]}")
    print("stack: bytes at most, read from the machine code; used: seen while opening, scoring,\n"
          "explaining and watching for drift; scratch: of the model anoean-f32, or anoean-int8")
    for each in wrong:
        print(each, file=sys.stderr)
    if arguments.update and not wrong:
        store(results)
        print("wrote sizes.csv and docs/targets.md")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
