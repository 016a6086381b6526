#!/usr/bin/env python3
"""Writes the network for LiteRT: float32-BATCH.tflite and int8-BATCH.tflite.

    convert_tflite.py FOLDER BATCH...

The int8 file takes and gives floats: weights are symmetric for each output, activations have a scale
and a zero point from the least and the greatest value that the calibration records give.
"""

import sys
from pathlib import Path

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema

import plain_layers

VERSION = 3
NAMES = {"float32": schema.TensorType.FLOAT32, "int8": schema.TensorType.INT8,
         "int32": schema.TensorType.INT32}


class Graph:
    """A model under construction: buffers, tensors and operators in the order of their making."""

    def __init__(self):
        self.model = schema.ModelT()
        self.model.version = VERSION
        self.model.description = "encoder"
        self.model.buffers = [schema.BufferT()]  # the first is empty, for tensors without content
        self.model.operatorCodes = []
        self.graph = schema.SubGraphT()
        self.graph.tensors, self.graph.operators = [], []
        self.model.subgraphs = [self.graph]

    def tensor(self, name, shape, kind, content=None, scale=None, zero=None, axis=0):
        tensor = schema.TensorT()
        tensor.name, tensor.shape, tensor.type = name, list(shape), NAMES[kind]
        if content is not None:
            buffer = schema.BufferT()
            buffer.data = np.frombuffer(content.astype(kind).tobytes(), np.uint8)
            self.model.buffers.append(buffer)
            tensor.buffer = len(self.model.buffers) - 1
        if scale is not None:
            quantization = schema.QuantizationParametersT()
            quantization.scale = np.atleast_1d(scale).astype(np.float32)
            quantization.zeroPoint = np.broadcast_to(np.int64(zero or 0), quantization.scale.shape)
            quantization.quantizedDimension = axis
            tensor.quantization = quantization
        self.graph.tensors.append(tensor)
        return len(self.graph.tensors) - 1

    def operator(self, code, version, inputs, outputs, options=None):
        known = [(each.builtinCode, each.version) for each in self.model.operatorCodes]
        if (code, version) not in known:
            kind = schema.OperatorCodeT()
            kind.builtinCode, kind.version = code, version
            kind.deprecatedBuiltinCode = min(code, 127)
            self.model.operatorCodes.append(kind)
            known.append((code, version))
        operator = schema.OperatorT()
        operator.opcodeIndex = known.index((code, version))
        operator.inputs, operator.outputs = inputs, outputs
        if options is not None:
            operator.builtinOptionsType = schema.BuiltinOptions.FullyConnectedOptions
            operator.builtinOptions = options
        self.graph.operators.append(operator)

    def dense(self, inputs, weights, bias, outputs, relu, version):
        options = schema.FullyConnectedOptionsT()
        options.fusedActivationFunction = (
            schema.ActivationFunctionType.RELU if relu else schema.ActivationFunctionType.NONE)
        self.operator(schema.BuiltinOperator.FULLY_CONNECTED, version,
                      [inputs, weights, bias], [outputs], options)

    def save(self, path, inputs, outputs):
        self.graph.inputs, self.graph.outputs = [inputs], [outputs]
        builder = flatbuffers.Builder(1 << 20)
        builder.Finish(self.model.Pack(builder), b"TFL3")
        path.write_bytes(builder.Output())


def float32(layers, batch, path):
    graph = Graph()
    first = x = graph.tensor("inputs", (batch, layers[0].weights.shape[0]), "float32")
    for i, layer in enumerate(layers):
        w = graph.tensor(f"w{i}", layer.weights.T.shape, "float32", layer.weights.T)
        b = graph.tensor(f"b{i}", layer.bias.shape, "float32", layer.bias)
        y = graph.tensor(f"y{i}", (batch, len(layer.bias)), "float32")
        graph.dense(x, w, b, y, layer.relu, 1)
        x = y
    graph.save(path, first, x)


def byte_range(values):
    """Scale and zero point of int8 for values between the least and the greatest, and zero."""
    low, high = min(0, float(values.min())), max(0, float(values.max()))
    scale = (high - low) / 255
    return scale, int(np.clip(round(-128 - low / scale), -128, 127))


def int8(layers, calibration, batch, path):
    graph = Graph()
    first = graph.tensor("inputs", (batch, layers[0].weights.shape[0]), "float32")
    values = calibration
    x_scale, x_zero = byte_range(values)
    x = graph.tensor("bytes", (batch, values.shape[1]), "int8", scale=x_scale, zero=x_zero)
    graph.operator(schema.BuiltinOperator.QUANTIZE, 1, [first], [x])
    for i, layer in enumerate(layers):
        values = values @ layer.weights + layer.bias
        if layer.relu:
            values = np.maximum(values, 0)
        w_scale = np.maximum(np.abs(layer.weights).max(0), 1e-9) / 127
        rounded = np.rint(layer.weights / w_scale)
        w = graph.tensor(f"w{i}", layer.weights.T.shape, "int8", rounded.T, w_scale)
        b = graph.tensor(f"b{i}", layer.bias.shape, "int32",
                         np.rint(layer.bias / (w_scale * x_scale)), w_scale * x_scale)
        y_scale, y_zero = byte_range(values)
        y = graph.tensor(f"y{i}", (batch, len(layer.bias)), "int8", scale=y_scale, zero=y_zero)
        graph.dense(x, w, b, y, layer.relu, 5)
        x, x_scale = y, y_scale
    last = graph.tensor("outputs", (batch, values.shape[1]), "float32")
    graph.operator(schema.BuiltinOperator.DEQUANTIZE, 2, [x], [last])
    graph.save(path, first, last)


def main():
    folder = Path(sys.argv[1])
    layers = plain_layers.read(folder)
    calibration = plain_layers.calibration(folder, layers)
    for batch in map(int, sys.argv[2:]):
        float32(layers, batch, folder / f"float32-{batch}.tflite")
        int8(layers, calibration, batch, folder / f"int8-{batch}.tflite")


if __name__ == "__main__":
    main()
