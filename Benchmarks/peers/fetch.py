"""Gets the peers: from PyPI into a Python environment, from Debian's packages into a folder.

Nothing is installed into the system. What cannot be had is reported with the reason.
"""

import subprocess
import sys
from pathlib import Path

# What each peer's wheel and converter need.
WHEELS = {
    "onnxruntime": ["onnxruntime", "onnx", "ml_dtypes"],
    "litert": ["ai-edge-litert"],
    "emlearn": ["emlearn"],
}
# Packages without a library or a header: nothing that a C program can call.
PYTHON_ALONE = {"ncnn": "ncnn", "tflite-micro": "tflite-micro"}


class Found:
    """Where the peers are."""

    def __init__(self):
        self.paths, self.reasons = {}, {}

    def path(self, name):
        return str(self.paths.get(name, ""))

    def folder(self, name):
        return str(Path(self.path(name)).parent)

    def why(self, name):
        return self.reasons.get(name, "")

    def note(self, name, path, reason):
        """Keeps the path, or the reason if there is none."""
        if path:
            self.paths[name] = path
        else:
            self.reasons[name] = reason


def last_line(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no message"


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, **options)


def python(folder):
    """The interpreter of an environment with numpy."""
    interpreter = folder / "bin/python"
    if not interpreter.exists():
        run(sys.executable, "-m", "venv", str(folder), check=True)
    return interpreter


def install(interpreter, packages):
    """Installs what is missing. Returns why it could not, or nothing."""
    probe = run(str(interpreter), "-m", "pip", "show", *packages)
    if probe.returncode == 0 and probe.stdout.count("Name: ") == len(packages):
        return ""
    done = run(str(interpreter), "-m", "pip", "install", "--quiet", *packages)
    return "" if done.returncode == 0 else f"pip install {packages[0]}: {last_line(done.stderr)}"


def first(folder, pattern):
    return next(iter(sorted(folder.glob(pattern))), None)


def by_short_name(library):
    """The library beside itself under the name that programs are linked to: libX.so.1."""
    short = library.with_name(".".join(library.name.split(".")[:3]))
    if not short.exists():
        short.symlink_to(library.name)
    return short


def eigen(found, folder):
    header = folder / "usr/include/eigen3"
    if not header.exists():
        folder.mkdir(parents=True, exist_ok=True)
        got = run("apt-get", "download", "libeigen3-dev", cwd=folder)
        package = first(folder, "libeigen3-dev*.deb")
        if package is None:
            found.note("eigen", None, f"apt-get download libeigen3-dev: {last_line(got.stderr)}")
            return
        run("dpkg", "-x", str(package), str(folder), check=True)
    found.note("eigen", header, "")


def fetch(folder, interpreter):
    """All peers. Downloads happen once."""
    found = Found()
    reasons = {name: install(interpreter, packages) for name, packages in WHEELS.items()}
    site = first(folder / "python", "lib/python3*/site-packages")
    files = {"onnxruntime": "onnxruntime/capi/libonnxruntime.so.*",
             "litert": "ai_edge_litert/libLiteRt.so", "emlearn": "emlearn/eml_net.h"}
    for name, pattern in files.items():
        path = first(site, pattern) if not reasons[name] else None
        if path is not None and name == "emlearn":
            path = path.parent
        if path is not None and name == "onnxruntime":
            path = by_short_name(path)
        found.note(name, path, reasons[name] or f"its wheel has no {pattern}")
    eigen(found, folder / "debian")
    blas = run("gcc", "-print-file-name=libopenblas.so").stdout.strip()
    found.note("openblas", Path(blas).resolve() if "/" in blas else None,
               "libopenblas-dev is not installed")
    for name, package in PYTHON_ALONE.items():
        found.note(name, None, f"its PyPI package ({package}) is a module for Python alone: no "
                               "library, no header; Debian 12 has no package")
    return found
