import PicketNumbers

/// How the weights of a layer are drawn before training; biases start at zero.
public enum Initialization: String, Sendable, Codable {
  /// Normal with variance 2 / inputs, for ReLU and its kin (He et al. 2015, equation 10).
  case he
  /// Normal with variance 2 / (inputs + outputs), for tanh and sigmoid (Glorot and Bengio 2010,
  /// equation 12).
  case xavier

  /// The standard deviation of a weight.
  public func deviation(inputs: Int, outputs: Int) -> Float {
    switch self {
    case .he: (2 / Float(max(inputs, 1))).squareRoot()
    case .xavier: (2 / Float(max(inputs + outputs, 1))).squareRoot()
    }
  }
}

extension Perceptron {
  /// Draws every weight afresh, layer by layer from the input on, and zeroes the biases.
  public func initialize(_ initialization: Initialization, using generator: inout SeededGenerator) {
    for layer in layers {
      let deviation = initialization.deviation(inputs: layer.fanIn, outputs: layer.fanOut)
      generator.fillNormal(layer.weights)
      for index in 0..<layer.weights.count { layer.weights.base[index] *= deviation }
      layer.bias.fill(0)
    }
  }
}
