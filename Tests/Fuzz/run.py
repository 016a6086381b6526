#!/usr/bin/env python3
"""Runs the fuzz targets and says what came out.

    run.py BUILD run SECONDS TARGET...      each target for that long, from seeds and regressions
    run.py BUILD replay TARGET...           every seed and regression once
    run.py BUILD planted                    the planted faults: each must be found
    run.py BUILD merge TARGET...            leaves in BUILD/merged what adds coverage to the seeds

BUILD/corpus/TARGET keeps what a run found new, for the next run. An input that breaks a promise is
left in BUILD/TARGET-crash-...; put it into Tests/Fuzz/regressions/TARGET with the repair.
"""

import glob
import os
import re
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
DICTIONARY = {"open": "models", "made": "models", "parse": "lines"}
LARGEST = {"open": 16384, "made": 16384, "score": 1025, "explain": 1025, "parse": 2048}
# At least these many edges of the library must be reached: below, the fuzzer is blind, because
# the library was built without coverage or the seeds are missing.
LEAST_EDGES = {"open": 850, "made": 850, "score": 300, "explain": 330, "parse": 450, "drift": 100,
               "flow-packet": 900, "flow-conntrack": 900, "flow-netflow": 950, "flow-log": 550}
# Fault, the target that must find it.
PLANTED = [(1, "open"), (2, "open"), (3, "made"), (4, "score"), (5, "parse"), (6, "parse")]
FOLDERS = os.path.join(HERE, "regressions")


def options(build, target):
    chosen = [f"-max_len={LARGEST.get(target, 4096)}", "-timeout=10", "-rss_limit_mb=2048",
              "-print_final_stats=1", f"-artifact_prefix={build}/{target}-"]
    if target in DICTIONARY:
        chosen.append(f"-dict={HERE}/{DICTIONARY[target]}.dict")
    return chosen


def inputs_of(build, target):
    folders = [os.path.join(build, "seeds", target), os.path.join(FOLDERS, target)]
    return [folder for folder in folders if os.path.isdir(folder)]


def call(build, target, *more, program=None, log=None):
    """Runs a target; gives its exit status and what it printed."""
    command = [program or os.path.join(build, target), *options(build, target), *more]
    environment = dict(os.environ, ASAN_OPTIONS="allocator_may_return_null=0:detect_leaks=0")
    log = log or os.path.join(build, f"{target}.log")
    with open(log, "wb") as file:
        code = subprocess.run(command, stdout=file, stderr=file, env=environment).returncode
    with open(log, errors="replace", encoding="utf-8") as file:
        return code, file.read(), log


def last(pattern, text, default=0):
    found = re.findall(pattern, text)
    return int(found[-1]) if found else default


def complain(target, text, log):
    lines = text.splitlines()
    start = next((i for i, line in enumerate(lines)
                  if re.search(r"broken promise|ERROR:|SUMMARY:|timeout", line)), len(lines) - 20)
    print("\n".join(lines[max(start - 1, 0):start + 25]), file=sys.stderr)
    print(f"fuzz {target}: failed; the log is {log}", file=sys.stderr)


def fuzz(build, seconds, targets):
    executions = elapsed = 0
    for target in targets:
        corpus = os.path.join(build, "corpus", target)
        os.makedirs(corpus, exist_ok=True)
        begin = time.monotonic()
        code, text, log = call(build, target, f"-max_total_time={seconds}", corpus,
                               *inputs_of(build, target))
        took = time.monotonic() - begin
        units = last(r"stat::number_of_executed_units: (\d+)", text)
        reached = last(r"cov: (\d+)", text)
        if code != 0 or units == 0:
            complain(target, text, log)
            return 1
        if reached < LEAST_EDGES.get(target, 1):
            print(f"fuzz {target}: {reached} edges reached, at least {LEAST_EDGES[target]} "
                  "expected: is the library built with coverage?", file=sys.stderr)
            return 1
        executions, elapsed = executions + units, elapsed + took
        print(f"  {target:<8}{units:>14,} executions in {took:6.0f} s, {units / took:>9,.0f} a "
              f"second, {reached:,} edges", flush=True)
    print(f"fuzz: {executions:,} executions, {executions / elapsed:,.0f} a second, no promise broken")
    return 0


def replay(build, targets):
    count = 0
    for target in targets:
        files = sorted(name for folder in inputs_of(build, target)
                       for name in glob.glob(os.path.join(folder, "*")))
        if not files:
            print(f"fuzz {target}: no seeds", file=sys.stderr)
            return 1
        code, text, log = call(build, target, *files)
        if code != 0:
            complain(target, text, log)
            return 1
        count += len(files)
    print(f"fuzz: {count:,} seeds and regressions, no promise broken")
    return 0


def planted(build):
    for number, target in PLANTED:
        program = os.path.join(build, f"{target}-planted-{number}")
        log = os.path.join(build, f"planted-{number}.log")
        corpus = os.path.join(build, f"planted-{number}")
        shutil.rmtree(corpus, ignore_errors=True)
        os.makedirs(corpus)
        code, text, _ = call(build, target, "-seed=1", "-runs=3000000", f"-artifact_prefix={corpus}/",
                             *inputs_of(build, target), program=program, log=log)
        if code == 0 or not re.search(r"broken promise|AddressSanitizer", text):
            print(f"fuzz {target}: did not find planted fault {number}: see {log}", file=sys.stderr)
            return 1
    print(f"fuzz: all {len(PLANTED)} planted faults found")
    return 0


def merge(build, targets):
    for target in targets:
        merged = os.path.join(build, "merged", target)
        shutil.rmtree(merged, ignore_errors=True)
        os.makedirs(merged)
        # The seeds stand first in a folder of their own: what they cover is not taken again.
        with_seeds = os.path.join(build, "merged", target + "-with-seeds")
        shutil.rmtree(with_seeds, ignore_errors=True)
        shutil.copytree(os.path.join(build, "seeds", target), with_seeds)
        before = set(os.listdir(with_seeds))
        code, text, log = call(build, target, "-merge=1", with_seeds,
                               os.path.join(build, "corpus", target),
                               log=os.path.join(build, f"{target}-merge.log"))
        if code != 0:
            complain(target, text, log)
            return 1
        for name in set(os.listdir(with_seeds)) - before:
            shutil.copy(os.path.join(with_seeds, name), os.path.join(merged, name))
        print(f"fuzz {target}: {len(os.listdir(merged))} inputs add to the seeds, in {merged}")
    return 0


def main():
    build, verb, *rest = sys.argv[1:]
    if verb == "run":
        return fuzz(build, int(rest[0]), rest[1:])
    return {"replay": lambda: replay(build, rest), "planted": lambda: planted(build),
            "merge": lambda: merge(build, rest)}[verb]()


sys.exit(main())
