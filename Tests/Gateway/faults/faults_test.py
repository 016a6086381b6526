"""picketd under faults. docs/GATEWAY.md says what it does in each of them.

    faults_test.py PICKETD MAKE_LOG MODELS CLOCK FOLDER [KILLS]

MODELS is what make_model.py wrote, CLOCK clock.c as a shared object. What needs root says that it is skipped
elsewhere. Each wait has a limit, and no program outlives the test.
"""
import os
import random
import sys

from bench import Bench
import clock
import disk
import kernel
import kills
import reload


def main():
    picketd, make_log, models, shim, folder = (os.path.abspath(path) for path in sys.argv[1:6])
    bench = Bench(picketd, make_log, models, folder)
    times = int(sys.argv[6]) if len(sys.argv) > 6 else 200
    kills.while_learning(bench, times, random.Random(1))
    kills.while_running(bench, times, random.Random(2))
    disk.full(bench)
    disk.full_while_running(bench)
    disk.removed_folder(bench)
    reload.bad_models(bench)
    reload.bad_configuration(bench)
    reload.shorter_interval(bench)
    clock.is_set(bench, shim)
    clock.is_another(bench)
    kernel.all_of(bench)


main()
