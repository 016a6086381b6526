"""What agree.py and agree_lines.py share: their options, and the questions that they ask opener.c."""

import argparse
import subprocess


def options(text, cases):
    parser = argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("opener")
    parser.add_argument("--cases", type=int, default=cases)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def ask(command, stream, cases):
    """A line of answer for each case of the stream; ends the test if there are others."""
    answer = subprocess.run(command, input=stream, capture_output=True, check=False)
    lines = answer.stdout.decode().splitlines()
    if answer.returncode != 0 or len(lines) != cases:
        raise SystemExit(f"{' '.join(command)} ended with {answer.returncode} after {len(lines)} of {cases} "
                         f"cases\n{answer.stderr.decode()}")
    return lines
