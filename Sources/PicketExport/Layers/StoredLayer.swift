import PicketNN

/// A layer in the numbers that the file holds.
struct StoredLayer {
  /// Weights by type, with what belongs to them.
  enum Numbers {
    case float32([Float], bias: [Float])
    case float16([Float16], bias: [Float])
    case int8([Int8], bias: [Float], scale: [Float])
    case integer([Int8], bias: [Int32], IntegerNumbers)
  }

  var inputs: Int
  var outputs: Int
  var activation: Activation
  var geometry: ConvolutionGeometry?
  var numbers: Numbers

  var elementType: ElementType {
    switch numbers {
    case .float32: .float32
    case .float16: .float16
    case .int8: .int8
    case .integer: .integer
    }
  }
}

/// What a layer in integer arithmetic has besides weights and bias.
struct IntegerNumbers {
  /// How inputs that are not integers yet become some.
  struct Input {
    var scale: Float
    var zero: Int
    var max: Int
  }

  /// How sums become outputs.
  enum Output {
    /// Integers for the next layer: ((c >> shift) * multiplier + 2^14) >> 15.
    case integers(multipliers: [Int32], shift: Int)
    /// Numbers: c * scale.
    case floats(scale: [Float])
  }

  /// nil for a layer that takes the integers of the one before.
  var input: Input?
  var output: Output
}

extension StoredLayer {
  /// Layers in binary32, binary16 or bytes, each by itself.
  init(_ layer: FoldedLayer, _ element: ElementType, index: Int) throws(ExportError) {
    inputs = layer.inputs
    outputs = layer.outputs
    activation = layer.activation
    geometry = layer.geometry
    try Self.checkFinite(layer, element, index: index)
    switch element {
    case .float32: numbers = .float32(layer.weights, bias: layer.bias)
    case .float16:
      let halves = layer.weights.map { Float16($0) }
      if let place = halves.firstIndex(where: { !$0.isFinite }) {
        throw Self.refusal(layer.weights[place], element, index: index)
      }
      numbers = .float16(halves, bias: layer.bias)
    case .int8, .integer:
      let quantized = QuantizedWeights(layer)
      numbers = .int8(quantized.weights, bias: layer.bias, scale: quantized.scale)
    }
  }

  /// Throws when a number of the layer is not finite.
  static func checkFinite(
    _ layer: FoldedLayer, _ element: ElementType, index: Int
  ) throws(ExportError) {
    guard let value = (layer.weights + layer.bias).first(where: { !$0.isFinite }) else { return }
    throw refusal(value, element, index: index)
  }

  private static func refusal(_ value: Float, _ element: ElementType, index: Int) -> ExportError {
    ExportError(
      "layer \(index + 1) has a weight of \(value), which \(element.rawValue) cannot hold: "
        + "export as float32, or train anew if it is not finite")
  }
}

/// Weights as signed bytes with a scale for each output: w = q * scale, symmetric.
struct QuantizedWeights {
  /// By input, then by output, from -127 to 127.
  let weights: [Int8]
  let scale: [Float]

  init(_ layer: FoldedLayer) {
    var largest = [Float](repeating: 0, count: layer.outputs)
    for (place, weight) in layer.weights.enumerated() {
      let output = place % layer.outputs
      largest[output] = max(largest[output], abs(weight))
    }
    let scale = largest.map { $0 / 127 }
    weights = layer.weights.enumerated().map { place, weight in
      let s = scale[place % layer.outputs]
      return s == 0 ? 0 : Int8(min(max((weight / s).rounded(), -127), 127))
    }
    self.scale = scale
  }
}
