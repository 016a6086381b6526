extension Perceptron {
  /// What a layer is, before it has numbers.
  public struct Shape: Sendable, Codable, Hashable {
    /// What joins inputs and outputs.
    public enum Connection: Sendable, Codable, Hashable {
      /// Every output reads every input.
      case dense(outputs: Int)
      /// Each output reads a window of the input, or the reverse.
      case convolution(ConvolutionGeometry)
    }

    /// What joins inputs and outputs.
    public var connection: Connection
    /// The function of the layer's sums.
    public var activation: Activation

    /// Numbers that the layer writes for a row.
    public var outputs: Int {
      switch connection {
      case .dense(let outputs): outputs
      case .convolution(let geometry): geometry.output.count
      }
    }

    /// Describes a dense layer.
    public init(outputs: Int, activation: Activation) {
      connection = .dense(outputs: outputs)
      self.activation = activation
    }

    /// Describes a convolution or a transposed convolution.
    public init(_ geometry: ConvolutionGeometry, activation: Activation) {
      connection = .convolution(geometry)
      self.activation = activation
    }

    /// Rows and columns of the weights, for rows of `inputs` numbers.
    func weightSides(inputs: Int) -> (rows: Int, columns: Int) {
      switch connection {
      case .dense(let outputs): return (inputs, outputs)
      case .convolution(let geometry):
        precondition(geometry.input.count == inputs, "a convolution reads what is before it")
        let places = geometry.kernelHeight * geometry.kernelWidth
        let (input, output) = (geometry.input.channels, geometry.output.channels)
        return geometry.isTransposed ? (input, places * output) : (places * input, output)
      }
    }

    /// Biases of the layer.
    var biasCount: Int {
      switch connection {
      case .dense(let outputs): outputs
      case .convolution(let geometry): geometry.output.channels
      }
    }
  }
}

extension Perceptron {
  /// What the layers were made of: another network of these shapes can take its parameters.
  public var shapes: [Shape] {
    layers.map { layer in
      switch layer {
      case .dense(let layer): Shape(outputs: layer.outputs, activation: layer.activation)
      case .convolution(let layer): Shape(layer.geometry, activation: layer.activation)
      }
    }
  }
}
