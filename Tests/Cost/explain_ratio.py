#!/usr/bin/env python3
"""What an explanation costs in scores, in instructions counted by callgrind.

    explain_ratio.py PICKET FOLDER NAME=CALLS:MOST [...]

Trains an AnoEAN, one with few activations and a VAE on simulated records, in FOLDER, and an AnoEAN
of convolutions, whose explanations must be the same with all archives. CALLS is calls.c, linked
with an archive; MOST is how many scores an explanation may cost there. Under valgrind an archive
with all kernel sets takes those of AVX2.
"""

import os
import re
import subprocess
import sys


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True)


def instructions(program, model, records, call):
    """What a program executes, and for how many records."""
    done = output("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, model,
                  records, call)
    return int(re.search(r"Collected : (\d+)", done.stderr)[1]), int(done.stdout)


def contributions(program, model, records):
    return [float(line) for line in output(program, model, records, "show").stdout.split()]


def differ(a, b):
    """Whether explanations differ by more than roundings do."""
    reach = max(map(abs, a), default=0)
    return len(a) != len(b) or reach == 0 or any(abs(x - y) > 1e-4 * reach for x, y in zip(a, b))


def main():
    picket, folder, *archives = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    table, records = os.path.join(folder, "records.csv"), os.path.join(folder, "records")
    output(picket, "synth", "--rows", "4000", "--seed", "1", "-o", table)
    with open(table, encoding="utf-8") as file, open(records, "w", encoding="utf-8") as out:
        out.writelines(file.readlines()[1:])
    wrong = []
    for name, *options in (
            ("anoean", "anoean", "--epochs", "2"),
            ("sparse", "anoean", "--epochs", "10", "--activity-penalty", "0.3"),
            ("vae", "vae", "--epochs", "2")):
        run = os.path.join(folder, name)
        output(picket, "train", table, "--schema", "synth", "--seed", "2", "-o", run, "--detector",
               *options)
        model = os.path.join(run, "model.picket")
        for archive in archives:
            kernels, program, most = re.fullmatch(r"(.*)=(.*):(.*)", archive).groups()
            counts = {call: instructions(program, model, records, call)
                      for call in ("open", "score", "explain")}
            score, explain = ((counts[call][0] - counts["open"][0]) / counts[call][1]
                              for call in ("score", "explain"))
            print(f"{name}, {kernels}: score {score:.0f} instructions, explain {explain:.0f}, "
                  f"ratio {explain / score:.2f} of {most}")
            if explain > score * float(most):
                wrong.append(f"{name}, {kernels}: an explanation costs {explain / score:.2f} "
                             f"scores, more than {most}")
            if explain < score:
                wrong.append(f"{name}, {kernels}: nothing was explained")
    run = os.path.join(folder, "convolutions")
    output(picket, "train", table, "--schema", "synth", "--seed", "2", "--epochs", "1",
           "--channels", "8,16", "-o", run)
    first, *others = [re.fullmatch(r"(.*)=(.*):.*", archive).groups() for archive in archives]
    model = os.path.join(run, "model.picket")
    expected = contributions(first[1], model, records)
    for name, program in others:
        if differ(expected, contributions(program, model, records)):
            wrong.append(f"convolutions: explanations with {name} are not those with {first[0]}")
    for each in wrong:
        print(each, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
