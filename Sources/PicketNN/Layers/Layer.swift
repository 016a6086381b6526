/// One layer of a `Perceptron`.
public enum Layer {
  /// Every output from every input.
  case dense(DenseLayer)
  /// Each output from a window of the input, or the reverse.
  case convolution(ConvolutionLayer)

  /// Numbers that it reads for a row.
  public var inputs: Int {
    switch self {
    case .dense(let layer): layer.inputs
    case .convolution(let layer): layer.geometry.input.count
    }
  }

  /// Numbers that it writes for a row.
  public var outputs: Int {
    switch self {
    case .dense(let layer): layer.outputs
    case .convolution(let layer): layer.geometry.output.count
    }
  }

  /// The function of its sums.
  public var activation: Activation {
    switch self {
    case .dense(let layer): layer.activation
    case .convolution(let layer): layer.activation
    }
  }

  /// Its weights, in the layer's own order.
  public var weights: MatrixView {
    switch self {
    case .dense(let layer): layer.weights
    case .convolution(let layer): layer.weights
    }
  }

  /// Its biases, one row.
  public var bias: MatrixView {
    switch self {
    case .dense(let layer): layer.bias
    case .convolution(let layer): layer.bias
    }
  }

  /// Multiply-adds of one row's way through it.
  public var multiplyAddsPerRow: Int {
    switch self {
    case .dense(let layer): layer.weights.count
    case .convolution(let layer): layer.geometry.multiplyAdds
    }
  }

  /// Terms of one output's sum.
  public var fanIn: Int {
    switch self {
    case .dense(let layer): layer.inputs
    case .convolution(let layer): layer.geometry.fanIn
    }
  }

  /// Sums that one input is a term of.
  public var fanOut: Int {
    switch self {
    case .dense(let layer): layer.outputs
    case .convolution(let layer): layer.geometry.fanOut
    }
  }

  /// Whether it can read sparse rows as they are.
  public var readsSparseRows: Bool {
    if case .dense = self { true } else { false }
  }

  /// Y = f(S), S the layer's sums.
  func forward(_ input: LayerInput, into output: MatrixView) {
    switch self {
    case .dense(let layer): layer.forward(input, into: output)
    case .convolution(let layer): layer.forward(input.denseRows, into: output)
    }
  }

  /// dL/dW and dL/db, from dL/dS.
  func differentiateParameters(_ input: LayerInput, sumGradient: MatrixView) {
    switch self {
    case .dense(let layer): layer.differentiateParameters(input, sumGradient: sumGradient)
    case .convolution(let layer):
      layer.differentiateParameters(input.denseRows, sumGradient: sumGradient)
    }
  }

  /// dL/dX, from dL/dS.
  func differentiateInput(sumGradient: MatrixView, into inputGradient: MatrixView) {
    switch self {
    case .dense(let layer):
      layer.differentiateInput(sumGradient: sumGradient, into: inputGradient)
    case .convolution(let layer):
      layer.differentiateInput(sumGradient: sumGradient, into: inputGradient)
    }
  }
}

extension LayerInput {
  /// The rows of a layer that reads nothing else.
  fileprivate var denseRows: MatrixView {
    guard case .dense(let rows) = self else {
      preconditionFailure("a network hands a convolution dense rows")
    }
    return rows
  }
}
