"""Writes Tests/PicketNNTests/ConvolutionOracle.swift: what PyTorch computes for small layers.

usage: convolution_oracle.py > ../PicketNNTests/ConvolutionOracle.swift
Needs from PyPI: torch.
"""

import torch
import torch.nn.functional as F

CASES = [
    # transposed, input (height, width, channels), output channels, kernel, stride, padding
    (False, (1, 9, 2), 3, (1, 4), (1, 2), (0, 1)),
    (False, (5, 4, 2), 2, (3, 2), (2, 1), (1, 0)),
    (True, (1, 4, 3), 2, (1, 4), (1, 2), (0, 1)),
    (True, (2, 3, 2), 2, (4, 4), (2, 2), (1, 1)),
]


def ramp(count, step):
    """Numbers from -1 to 1 in no order, the same in both programs."""
    return [((i * step) % 17 - 8) / 8 for i in range(count)]


def text(numbers):
    return "[" + ", ".join(f"{n:.9g}" for n in numbers) + "]"


version = torch.__version__.split("+")[0]
print(f"// Written by Tests/Oracles/convolution_oracle.py with PyTorch {version}.")
print("""struct ConvolutionCase: Sendable {
  let isTransposed: Bool
  let input: [Int]
  let output: [Int]
  let kernel, stride, padding: [Int]
  let sums, kernelGradient, biasGradient, inputGradient: [Double]
}

// swift-format-ignore
let convolutionCases: [ConvolutionCase] = [""")
for transposed, (height, width, inputs), outputs, kernel, stride, padding in CASES:
    x = torch.tensor(ramp(2 * height * width * inputs, 5), dtype=torch.float64)
    x = x.reshape(2, height, width, inputs).requires_grad_()
    w = torch.tensor(ramp(kernel[0] * kernel[1] * inputs * outputs, 7), dtype=torch.float64)
    w = w.reshape(*kernel, inputs, outputs).requires_grad_()
    b = torch.tensor(ramp(outputs, 3), dtype=torch.float64, requires_grad=True)
    image = x.permute(0, 3, 1, 2)
    if transposed:
        y = F.conv_transpose2d(image, w.permute(2, 3, 0, 1), b, stride, padding)
    else:
        y = F.conv2d(image, w.permute(3, 2, 0, 1), b, stride, padding)
    last = y.permute(0, 2, 3, 1)
    slope = torch.tensor(ramp(last.numel(), 11), dtype=torch.float64).reshape(last.shape)
    (last * slope).sum().backward()
    shape = list(last.shape[1:])
    print(f"  ConvolutionCase(isTransposed: {str(transposed).lower()}, "
          f"input: {[height, width, inputs]}, output: {shape},")
    print(f"    kernel: {list(kernel)}, stride: {list(stride)}, padding: {list(padding)},")
    print(f"    sums: {text(last.reshape(-1).tolist())},")
    print(f"    kernelGradient: {text(w.grad.reshape(-1).tolist())},")
    print(f"    biasGradient: {text(b.grad.tolist())},")
    print(f"    inputGradient: {text(x.grad.reshape(-1).tolist())}),")
print("]")
