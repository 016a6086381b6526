#!/usr/bin/env python3
"""Trains the same networks with Picket, PyTorch and JAX, and writes docs/TRAINING.md.

    run.py PICKET [--build DIR] [--rounds N] [--data DIR] [--write]

The same sizes, batches, epochs and rows for all (settings.py), and the same number of threads: all
on one processor, then all on two. PyTorch and JAX come from PyPI into a scratch environment. A
training counts from rows in memory to a trained network; the compilation that a contestant needs is
part of that, and is given apart as well. Picket's figure holds more than the others': it judges the
validation rows after each epoch. Contestants take turns, and the median of the rounds counts.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys

import settings

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
PAGE = os.path.join(ROOT, "docs", "TRAINING.md")
PACKAGES = ["numpy", "torch", "jax"]
NAMES = ["picket", "torch", "torch-compile", "jax"]
TITLES = {"picket": "Picket", "torch": "PyTorch, eager", "torch-compile": "PyTorch, torch.compile",
          "jax": "JAX, an epoch a compiled scan"}
NETWORKS = {"anoean": "AnoEAN 122-128-64-32-8; 32-16-1, 25 epochs",
            "vae": "VAE 122-64-32-(8, 8)-32-64-122, 70 epochs"}
WANTED = 3

sys.path.insert(0, os.path.join(ROOT, "Tests", "Shared"))
import pages  # noqa: E402


def output(command, threads):
    processors = ",".join(str(i) for i in sorted(os.sched_getaffinity(0))[:threads])
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    # OpenBLAS picks its kernels by the processor, as the other two do, not by what a shell was told.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}
    done = subprocess.run(["taskset", "-c", processors, *command], capture_output=True, text=True,
                          env={**kept, **{name: str(threads) for name in names}})
    if done.returncode != 0:
        sys.exit(" ".join(command[:4]) + f" ... ended with {done.returncode}:\n" + done.stderr[-2000:])
    return done.stdout


def environment(folder):
    """The interpreter that has the peers, installed at the first call."""
    python = os.path.join(folder, "environment", "bin", "python")
    if not os.path.exists(python):
        print("installing " + ", ".join(PACKAGES) + " (some gigabytes)", flush=True)
        subprocess.run([sys.executable, "-m", "venv", os.path.dirname(os.path.dirname(python))],
                       check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=True)
    return python


def train(arguments, network, seed):
    """The command that trains with Picket."""
    path = os.path.join(arguments.data, "nsl-kdd", "KDDTrain+.txt.gz")
    schema = "nsl-kdd"
    if not os.path.exists(path):
        path, schema = os.path.join(arguments.build, "records.csv"), "synth"
        if not os.path.exists(path):
            subprocess.run([arguments.picket, "synth", "--rows", "126000", "--seed", "1", "-o", path],
                           check=True)
    more = ["--patience", str(settings.ANOEAN["epochs"])]
    if network == "vae":
        s = settings.VAE
        more = ["--detector", "vae", "--epochs", str(s["epochs"]), "--patience", str(s["epochs"]),
                "--learning-rate", str(s["rate"]), "--batch", str(s["rows"])]
    return [arguments.picket, "train", path, "--schema", schema, "--seed", str(seed), "--json",
            "-o", os.path.join(arguments.build, "run"), *more]


def picket(arguments, network, seed, threads):
    told = json.loads(output(train(arguments, network, seed), threads))
    training, rows = told["training"], told["rows"]
    figure = told["test"].get("auc_pr") if told.get("test") else None
    sizes = [rows["train"]["normal"], rows["train"]["anomalous"] or 4243, rows["validation"]["normal"]]
    return {"seconds": training["seconds"], "warm": training["seconds"], "figure": figure,
            "rate": training["multiply_adds_per_second"], "sizes": sizes}


def measure(arguments, python, network, threads):
    """By contestant, the median seconds, with and without compilation."""
    found = {name: [] for name in NAMES}
    for seed in range(1, arguments.rounds + 1):
        found["picket"].append(picket(arguments, network, seed, threads))
        sizes = ",".join(map(str, found["picket"][-1]["sizes"]))
        for name in NAMES[1:]:
            command = [python, os.path.join(HERE, "contestant.py"), name, network, str(seed), sizes,
                       arguments.data, str(threads)]
            found[name].append(json.loads(output(command, threads).splitlines()[-1]))
        print(f"  {network}, {threads} threads, round {seed} of {arguments.rounds}: " + ", ".join(
            f"{name} {found[name][-1]['seconds']:.2f} s" for name in NAMES), flush=True)
    return {name: {key: statistics.median(each[key] for each in runs)
                   for key in ("seconds", "warm")} | {"rate": runs[0].get("rate")}
            for name, runs in found.items()}


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        for line in file:
            if line.startswith("model name"):
                return line.split(":")[1].strip()
    return "unknown"


def table(results):
    lines = ["| training | threads | contestant | seconds | times Picket | without compilation | times Picket |",
             "| --- | ---: | --- | ---: | ---: | ---: | ---: |"]
    for (network, threads), figures in results.items():
        own = figures["picket"]["seconds"]
        for name in NAMES:
            each = figures[name]
            lines.append(f"| {NETWORKS[network]} | {threads} | {TITLES[name]} | {each['seconds']:.2f} | "
                         f"{each['seconds'] / own:.1f} | {each['warm']:.2f} | {each['warm'] / own:.1f} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("picket")
    parser.add_argument("--build", default=os.path.join(ROOT, "build", "bench", "training"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--data", default=os.environ.get(
        "PICKET_DATA", os.path.join(ROOT, "..", "shared", "data")))
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    arguments.picket = os.path.abspath(arguments.picket)
    os.makedirs(arguments.build, exist_ok=True)
    python = environment(arguments.build)
    versions = output([python, "-m", "pip", "list", "--format=freeze"], 1).splitlines()
    versions = ", ".join(each.replace("==", " ") for each in versions
                         if each.split("==")[0] in ("torch", "jax"))
    results = {(network, threads): measure(arguments, python, network, threads)
               for network in NETWORKS for threads in (1, 2)}
    text = table(results)
    print(text, end="")
    wrong = []
    for (network, threads), figures in results.items():
        fastest = min(figures[name]["seconds"] for name in NAMES[1:])
        ratio = fastest / figures["picket"]["seconds"]
        print(f"{network}, {threads} threads: {ratio:.2f} times as fast as the faster peer")
        if ratio < WANTED:
            wrong.append(f"{network} with {threads} threads: {ratio:.2f}, wanted {WANTED}")
    if arguments.write:
        note = f"\n{processor()}, {versions}; medians of {arguments.rounds} rounds.\n"
        pages.write(PAGE, "table", text + note)
    sys.exit("\n".join(wrong) if wrong else 0)


main()
