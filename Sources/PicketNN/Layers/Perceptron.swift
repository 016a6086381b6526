/// A chain of dense and convolution layers with the memory that training it takes.
///
/// Everything is allocated here, once, for batches of up to `maximumRows` rows; `forward` and
/// `backward` allocate nothing. All weights and biases lie in one block, and so do their
/// gradients, so that an optimizer, a snapshot or an average is a single loop.
public final class Perceptron {
  /// Numbers in an input row.
  public let inputs: Int
  /// Numbers in an output row.
  public let outputs: Int
  /// The most rows of a batch.
  public let maximumRows: Int
  /// The layers, from the input on.
  public let layers: [Layer]
  /// Weights and biases of every layer, a single row.
  public let parameters: Matrix
  /// The gradient of the loss for each parameter, in the same places.
  public let gradients: Matrix

  /// Multiply-adds that one row's way through the layers takes, where it is dense.
  public var multiplyAddsPerRow: Int { layers.reduce(0) { $0 + $1.multiplyAddsPerRow } }

  private let hidden: [Matrix]
  private let hiddenGradients: [Matrix]
  /// The layers' room for patches.
  private let workspace: Matrix
  /// Sparse rows with their zeros, for a first layer that reads dense rows alone.
  private let denseInput: Matrix

  /// Lays out a network whose parameters are zero; see `initialize`.
  ///
  /// - Precondition: There is at least one layer, and a convolution reads images of its size.
  public init(inputs: Int, layers shapes: [Shape], maximumRows: Int) {
    precondition(!shapes.isEmpty, "a network has at least one layer")
    let widths = [inputs] + shapes.map(\.outputs)
    let sides = zip(widths, shapes).map { $1.weightSides(inputs: $0) }
    let count = zip(sides, shapes).reduce(0) { $0 + $1.0.rows * $1.0.columns + $1.1.biasCount }
    let parameters = Matrix(rows: 1, columns: count)
    let gradients = Matrix(rows: 1, columns: count)
    let workspace = Matrix(rows: 1, columns: Self.workspaceCount(shapes, maximumRows))
    var offset = 0
    var layers: [Layer] = []
    for (sides, shape) in zip(sides, shapes) {
      let bias = offset + sides.rows * sides.columns
      func weights(_ block: Matrix) -> MatrixView {
        MatrixView(base: block.base + offset, rows: sides.rows, columns: sides.columns)
      }
      func row(_ block: Matrix) -> MatrixView {
        MatrixView(base: block.base + bias, rows: 1, columns: shape.biasCount)
      }
      switch shape.connection {
      case .dense:
        layers.append(
          .dense(
            DenseLayer(
              activation: shape.activation, weights: weights(parameters), bias: row(parameters),
              weightGradient: weights(gradients), biasGradient: row(gradients))))
      case .convolution(let geometry):
        layers.append(
          .convolution(
            ConvolutionLayer(
              geometry: geometry, activation: shape.activation, weights: weights(parameters),
              bias: row(parameters), weightGradient: weights(gradients),
              biasGradient: row(gradients), workspace: workspace.view)))
      }
      offset = bias + shape.biasCount
    }
    self.inputs = inputs
    outputs = widths[widths.count - 1]
    self.maximumRows = maximumRows
    self.layers = layers
    self.parameters = parameters
    self.gradients = gradients
    self.workspace = workspace
    hidden = shapes.dropLast().map { Matrix(rows: maximumRows, columns: $0.outputs) }
    hiddenGradients = shapes.dropLast().map { Matrix(rows: maximumRows, columns: $0.outputs) }
    denseInput = Matrix(
      rows: layers[0].readsSparseRows ? 0 : maximumRows, columns: inputs)
  }

  /// Numbers of the patches of as many images as a block takes, in the layer with the most.
  private static func workspaceCount(_ shapes: [Shape], _ rows: Int) -> Int {
    shapes.reduce(0) { most, shape in
      guard case .convolution(let geometry) = shape.connection else { return most }
      let images = max(1, min(rows, ConvolutionLayer.blockCount / geometry.patchCount))
      return max(most, images * geometry.patchCount)
    }
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
    if case .sparse(let batch) = input, !layers[0].readsSparseRows {
      let dense = denseInput.view.rows(0..<rows)
      batch.scatter(into: dense)
      source = .dense(dense)
    }
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
  ///   - penalty: A further loss, of the hidden layers' outputs.
  public func backward(
    _ input: LayerInput, output: MatrixView, outputGradient: MatrixView,
    inputGradient: MatrixView? = nil, parameters: Bool = true, penalty: ActivityPenalty? = nil
  ) {
    let rows = input.rows
    var first = input
    if case .sparse = input, !layers[0].readsSparseRows {
      first = .dense(denseInput.view.rows(0..<rows))
    }
    var (result, gradient) = (output, outputGradient)
    for index in layers.indices.reversed() {
      let layer = layers[index]
      let source = index > 0 ? .dense(hidden[index - 1].view.rows(0..<rows)) : first
      ActivationPass.backward(layer.activation, output: result, gradient: gradient)
      if parameters { layer.differentiateParameters(source, sumGradient: gradient) }
      if index > 0 {
        let previous = hiddenGradients[index - 1].view.rows(0..<rows)
        layer.differentiateInput(sumGradient: gradient, into: previous)
        (result, gradient) = (hidden[index - 1].view.rows(0..<rows), previous)
        penalty?.addGradient(of: result, to: gradient)
      } else if let inputGradient {
        layer.differentiateInput(sumGradient: gradient, into: inputGradient)
      }
    }
  }
}
