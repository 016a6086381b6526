"""Who takes part: Picket in its types and kernel sets, and its peers."""

from dataclasses import dataclass, field

KERNEL_SETS = {"v4": "AVX-512", "v3": "AVX2", "baseline": "SSE2"}
NEEDS = {"v4": "avx512_vnni", "v3": "avx2", "baseline": "sse2"}
TYPES = ["float32", "float16", "int8", "int8-integer"]


@dataclass
class Contestant:
    name: str
    title: str
    type: str  # of the weights
    source: str  # in contestants/
    compiler: str = "gcc"
    compile: list = field(default_factory=list)
    march: bool = True  # -march=native; or the plain x86-64 that a default build is for
    link: list = field(default_factory=list)
    model: str = "layers.bin"  # {batch} stands for the batch
    batches: tuple = (1,)
    records: bool = False  # takes the fields of a record and gives a score
    kernels: str = ""  # of Picket
    shipped: list = field(default_factory=list)  # libraries that it needs beside it
    missing: str = ""  # why it cannot take part

    @property
    def exact(self):
        return self.type == "float32"


def picket(archives):
    """Picket's own: each type, each kernel set."""
    return [
        Contestant(f"picket-{type}-{kernels}", f"Picket, {title}", type, "picket.c",
                   compile=["-O2"], march=False, model=f"{type}.picket", batches=(1, 16, 256),
                   link=["-Wl,--gc-sections,--exclude-libs,ALL",
                         str(archives / kernels / "libpicket.a")],
                   records=True, kernels=kernels)
        for kernels, title in KERNEL_SETS.items() for type in TYPES]


def loops():
    """The compilers' best: two loops a layer."""
    by_output = ["-O3", "-ffast-math", "-DBY_OUTPUT"]
    return [
        Contestant("loops-gcc", "dense C loops, gcc -O3, weights by input", "float32", "loops.c",
                   compile=["-O3"], batches=(1, 16, 256)),
        Contestant("loops-clang", "dense C loops, clang -O3, weights by input", "float32",
                   "loops.c", "clang", ["-O3"]),
        Contestant("loops-gcc-by-output", "dense C loops, gcc -O3 -ffast-math, weights by output",
                   "float32", "loops.c", compile=by_output),
        Contestant("loops-clang-by-output",
                   "dense C loops, clang -O3 -ffast-math, weights by output", "float32", "loops.c",
                   "clang", by_output),
    ]


def peers(found):
    """The others; `found` holds the paths of what could be had, or why not (see fetch.py)."""
    rpath = [f"-Wl,-rpath,{found.folder(name)}" for name in ("onnxruntime", "litert")]
    all_peers = [
        Contestant("eigen", "Eigen, sizes known to the compiler", "float32", "eigen.cpp", "g++",
                   ["-O3", "-DNDEBUG", f"-I{found.path('eigen')}"], missing=found.why("eigen")),
        Contestant("generated-fast", "generated C, gcc -Ofast", "float32", "generated.c",
                   compile=["-Ofast"]),
        Contestant("generated", "generated C, gcc -O2 (any x86-64)", "float32", "generated.c",
                   compile=["-O2"], march=False),
        Contestant("emlearn-fast", "emlearn, gcc -Ofast", "float32", "emlearn.c",
                   compile=["-Ofast", "-w", f"-I{found.path('emlearn')}"],
                   missing=found.why("emlearn")),
        Contestant("emlearn", "emlearn, gcc -O2 (any x86-64)", "float32", "emlearn.c",
                   compile=["-O2", "-w", f"-I{found.path('emlearn')}"], march=False,
                   missing=found.why("emlearn")),
        Contestant("openblas", "OpenBLAS, sgemv; batches: sgemm", "float32", "openblas.c",
                   compile=["-O2"], link=["-lopenblas"], batches=(1, 16, 256),
                   shipped=[found.path("openblas")], missing=found.why("openblas")),
    ]
    for type in ("float32", "int8"):
        all_peers += [
            Contestant(f"litert-{type}", "LiteRT with XNNPACK", type, "litert.c", compile=["-O2"],
                       link=[found.path("litert"), rpath[1]], model=type + "-{batch}.tflite",
                       batches=(1, 16, 256), shipped=[found.path("litert")],
                       missing=found.why("litert")),
            Contestant(f"onnxruntime-{type}", "ONNX Runtime", type, "onnxruntime.c",
                       compile=["-O2"], link=[found.path("onnxruntime"), rpath[0]],
                       model=f"{type}.onnx", batches=(1, 16, 256),
                       shipped=[found.path("onnxruntime")], missing=found.why("onnxruntime")),
        ]
    return all_peers + [
        Contestant("ncnn", "ncnn", "float16", "", missing=found.why("ncnn")),
        Contestant("tflite-micro", "TensorFlow Lite Micro", "float32, int8", "",
                   missing=found.why("tflite-micro")),
    ]
