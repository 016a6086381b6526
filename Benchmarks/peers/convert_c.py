#!/usr/bin/env python3
"""Writes the C that generators of inference code emit for dense layers: generated.h.

    convert_c.py FOLDER

After the pattern of code generators for ONNX models: constant arrays [outputs][inputs], a loop over
batch, outputs and inputs a layer, a sum that starts from zero, a bias that is added to it, and the
rectifier as a loop of its own, into buffers of static storage.
"""

import sys
from pathlib import Path

import plain_layers


def literal(x):
    text = f"{x:.9g}"
    return text + ("f" if "." in text or "e" in text else ".0f")


def dense(number, inputs, outputs):
    return f"""
static void node_{number}_dense(const float A[1][{inputs}], float Y[1][{outputs}]) {{
  for (unsigned r = 0; r < 1; r++)
    for (unsigned c = 0; c < {outputs}; c++) {{
      float sum = 0;
      for (unsigned i = 0; i < {inputs}; i++) {{
        float b = weights_{number}[c][i];
        sum += A[r][i] * b;
      }}
      sum += bias_{number}[c];
      Y[r][c] = sum;
    }}
}}
"""


def relu(number, outputs):
    return f"""
static void node_{number}_relu(const float X[1][{outputs}], float Y[1][{outputs}]) {{
  const float *x = (const float *)X;
  float *y = (float *)Y;
  for (unsigned i = 0; i < {outputs}; i++) y[i] = x[i] > 0 ? x[i] : 0;
}}
"""


def main():
    folder = Path(sys.argv[1])
    layers = plain_layers.read(folder)
    widths = [layers[0].weights.shape[0]] + [layer.weights.shape[1] for layer in layers]
    text = f"#define GENERATED_INPUTS {widths[0]}\n#define GENERATED_OUTPUTS {widths[-1]}\n"
    body, source = "", "in"
    for i, layer in enumerate(layers):
        last = i == len(layers) - 1
        target = "out" if last else f"sums_{i}"
        text += "".join([
            f"static const float weights_{i}[{widths[i + 1]}][{widths[i]}] = {{\n",
            ",\n".join("{" + ", ".join(map(literal, row)) + "}" for row in layer.weights.T), "};\n",
            f"static const float bias_{i}[{widths[i + 1]}] = {{",
            ", ".join(map(literal, layer.bias)), "};\n"])
        if not last:
            shape = f"[1][{widths[i + 1]}]"
            text += f"static float sums_{i}{shape}, rectified_{i}{shape};\n"
        text += dense(i, widths[i], widths[i + 1])
        body += f"  node_{i}_dense({source}, {target});\n"
        if layer.relu:
            text += relu(i, widths[i + 1])
            body += f"  node_{i}_relu(sums_{i}, rectified_{i});\n"
            source = f"rectified_{i}"
        else:
            source = target
    text += (f"\nstatic void entry(const float in[1][{widths[0]}], float out[1][{widths[-1]}]) "
             f"{{\n{body}}}\n")
    (folder / "generated.h").write_text(text)


if __name__ == "__main__":
    main()
