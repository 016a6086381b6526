#!/usr/bin/env python3
"""Writes the network for ONNX Runtime: float32.onnx, and int8.onnx by its own static quantisation.

    convert_onnx.py FOLDER
"""

import sys
from pathlib import Path

import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import (
    CalibrationDataReader, QuantFormat, QuantType, quantize_static)

import plain_layers

# What every release of the last years reads.
OPSET, IR_VERSION = 13, 8


def model_of(layers):
    nodes, weights, name = [], [], "inputs"
    for i, layer in enumerate(layers):
        last = i == len(layers) - 1
        weights += [numpy_helper.from_array(layer.weights.copy(), f"w{i}"),
                    numpy_helper.from_array(layer.bias.copy(), f"b{i}")]
        target = "outputs" if last else f"sums{i}"
        nodes.append(helper.make_node("Gemm", [name, f"w{i}", f"b{i}"], [target]))
        if layer.relu:
            nodes.append(helper.make_node("Relu", [target], [f"rectified{i}"]))
            target = f"rectified{i}"
        name = target

    def tensor(name, width):
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", width])

    graph = helper.make_graph(
        nodes, "encoder", [tensor("inputs", layers[0].weights.shape[0])],
        [tensor("outputs", layers[-1].weights.shape[1])], weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
    model.ir_version = IR_VERSION
    onnx.checker.check_model(model)
    return model


class Reader(CalibrationDataReader):
    def __init__(self, inputs):
        self.rows = iter([{"inputs": inputs}])

    def get_next(self):
        return next(self.rows, None)


def main():
    folder = Path(sys.argv[1])
    layers = plain_layers.read(folder)
    source = folder / "float32.onnx"
    onnx.save(model_of(layers), source)
    quantize_static(
        str(source), str(folder / "int8.onnx"), Reader(plain_layers.calibration(folder, layers)),
        quant_format=QuantFormat.QDQ, per_channel=True, activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8)


if __name__ == "__main__":
    main()
