#!/usr/bin/env python3
"""Runs the built command as its users do, on invented records, in a temporary directory.

usage: command_test.py PICKET
Standard library only. The directory is left where a promise was not kept. Prints a line for each promise and, at last, "N passed, N failed". A module holds
the promises of some verbs, and keeps them in order when it is imported: later ones use what earlier
ones wrote.
"""
import importlib
import os
import shutil
import sys

sys.dont_write_bytecode = True
import harness

for module in ("teaching", "training", "scoring", "columns", "exporting", "refusing", "recording", "labelling",
             "reproducing"):
    importlib.import_module(module)
if not harness.failed:
    os.chdir("/")
    shutil.rmtree(harness.FOLDER)
print(f"{harness.passed} passed, {harness.failed} failed")
sys.exit(1 if harness.failed else 0)
