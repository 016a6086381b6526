/// A chain of dense layers with the memory that training it takes.
///
/// Everything is allocated here, once, for batches of up to `maximumRows` rows; `forward` and
/// `backward` allocate nothing. All weights and biases lie in one block, and so do their
/// gradients, so that an optimizer, a snapshot or an average is a single loop.
public final class Perceptron {
  /// One layer's width and function.
  public struct Shape: Sendable, Codable, Hashable {
    /// Numbers that the layer writes for a row.
    public var outputs: Int
    /// The function of the layer's sums.
    public var activation: Activation

    /// Describes a layer.
    public init(outputs: Int, activation: Activation) {
      self.outputs = outputs
      self.activation = activation
    }
  }

  /// Numbers in an input row.
  public let inputs: Int
  /// Numbers in an output row.
  public let outputs: Int
  /// The most rows of a batch.
  public let maximumRows: Int
  /// The layers, from the input on.
  public let layers: [DenseLayer]
  /// Weights and biases of every layer, a single row.
  public let parameters: Matrix
  /// The gradient of the loss for each parameter, in the same places.
  public let gradients: Matrix

  /// Multiply-adds that one row's way through dense layers takes.
  public var multiplyAddsPerRow: Int { layers.reduce(0) { $0 + $1.weights.count } }

  private let hidden: [Matrix]
  private let hiddenGradients: [Matrix]

  /// Lays out a network whose parameters are zero; see `initialize`.
  ///
  /// - Precondition: There is at least one layer.
  public init(inputs: Int, layers shapes: [Shape], maximumRows: Int) {
    precondition(!shapes.isEmpty, "a network has at least one layer")
    let widths = [inputs] + shapes.map(\.outputs)
    let count = zip(widths, widths.dropFirst()).reduce(0) { $0 + ($1.0 + 1) * $1.1 }
    let parameters = Matrix(rows: 1, columns: count)
    let gradients = Matrix(rows: 1, columns: count)
    var offset = 0
    var layers: [DenseLayer] = []
    for (inputs, shape) in zip(widths, shapes) {
      let bias = offset + inputs * shape.outputs
      func weights(_ block: Matrix) -> MatrixView {
        MatrixView(base: block.base + offset, rows: inputs, columns: shape.outputs)
      }
      func row(_ block: Matrix) -> MatrixView {
        MatrixView(base: block.base + bias, rows: 1, columns: shape.outputs)
      }
      layers.append(
        DenseLayer(
          activation: shape.activation, weights: weights(parameters), bias: row(parameters),
          weightGradient: weights(gradients), biasGradient: row(gradients)))
      offset = bias + shape.outputs
    }
    self.inputs = inputs
    outputs = widths[widths.count - 1]
    self.maximumRows = maximumRows
    self.layers = layers
    self.parameters = parameters
    self.gradients = gradients
    hidden = shapes.dropLast().map { Matrix(rows: maximumRows, columns: $0.outputs) }
    hiddenGradients = shapes.dropLast().map { Matrix(rows: maximumRows, columns: $0.outputs) }
  }

  /// Runs the layers; what the hidden ones wrote is kept for `backward`.
  ///
  /// - Parameters:
  ///   - input: m rows of `inputs` numbers, m up to `maximumRows`.
  ///   - output: m rows of `outputs` numbers.
  public func forward(_ input: LayerInput, into output: MatrixView) {
    let rows = input.rows
    precondition(rows <= maximumRows && output.rows == rows, "a batch within the network's memory")
    var source = input
    for index in layers.indices {
      let target = index < hidden.count ? hidden[index].view.rows(0..<rows) : output
      layers[index].forward(source, into: target)
      source = .dense(target)
    }
  }

  /// Goes back through the layers of the last `forward`, by the chain rule.
  ///
  /// - Parameters:
  ///   - input: What `forward` was given.
  ///   - output: What `forward` wrote.
  ///   - outputGradient: dL/dY, m x `outputs`; overwritten.
  ///   - inputGradient: Receives dL/dX, m x `inputs`, unless nil.
  ///   - parameters: Whether `gradients` receives the gradient of the parameters.
  public func backward(
    _ input: LayerInput, output: MatrixView, outputGradient: MatrixView,
    inputGradient: MatrixView? = nil, parameters: Bool = true
  ) {
    let rows = input.rows
    var (result, gradient) = (output, outputGradient)
    for index in layers.indices.reversed() {
      let layer = layers[index]
      let source = index > 0 ? .dense(hidden[index - 1].view.rows(0..<rows)) : input
      layer.differentiateActivation(output: result, gradient: gradient)
      if parameters { layer.differentiateParameters(source, sumGradient: gradient) }
      if index > 0 {
        let previous = hiddenGradients[index - 1].view.rows(0..<rows)
        layer.differentiateInput(sumGradient: gradient, into: previous)
        (result, gradient) = (hidden[index - 1].view.rows(0..<rows), previous)
      } else if let inputGradient {
        layer.differentiateInput(sumGradient: gradient, into: inputGradient)
      }
    }
  }
}
