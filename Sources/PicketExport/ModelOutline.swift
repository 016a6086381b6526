import PicketData
import PicketNN

/// What is known of a model file before there is anything to write into it.
public struct ModelOutline {
  /// A layer: how many numbers it reads and what it is.
  public typealias Layer = (inputs: Int, shape: Perceptron.Shape)

  /// The least bytes that the file will have: its provenance and its calibration table, which come of
  /// the training, are counted with one byte each.
  public let leastBytes: Int

  /// Lays the file out.
  ///
  /// - Parameters:
  ///   - encoding: How records become inputs.
  ///   - layers: Those of the encoder, then those of the decoder.
  ///   - type: How weights are stored.
  /// - Throws: When a name of the encoding cannot be stored; the error says which.
  public init(
    _ encoding: FeatureEncoding, _ layers: [Layer], _ type: ElementType
  ) throws(ExportError) {
    let schema = try SchemaSections(encoding, .native)
    let shapes = layers.count { $0.shape.isConvolution }
    let sections =
      [64, 64 * (layers.count + shapes), 1, 1]
      + [schema.strings, schema.fields, schema.categories, schema.features].map(\.count)
    // Whether there is a typical record, the network's score says: not counted.
    let table = Self.roundedUp(64 + 16 * 9)
    leastBytes =
      sections.reduce(table) { $0 + Self.roundedUp($1) }
      + layers.reduce(0) { $0 + Self.weightBytes($1, type) }
  }

  /// Bytes of a layer's weights, biases and scales.
  private static func weightBytes(_ layer: Layer, _ type: ElementType) -> Int {
    let (rows, columns) =
      switch layer.shape.connection {
      case .dense(let outputs): (layer.inputs, outputs)
      case .convolution(let shape):
        (shape.kernelHeight * shape.kernelWidth * shape.input.channels, shape.output.channels)
      }
    let stride = (columns + 15) / 16 * 16
    let (bytes, arrays) =
      switch type {
      case .float32: (4 * rows, 1)
      case .float16: (2 * rows, 1)
      case .int8: (rows, 2)
      case .integer: ((rows + 3) / 4 * 4, 2)
      }
    return roundedUp(bytes * stride) + arrays * 4 * stride
  }

  private static func roundedUp(_ count: Int) -> Int { (count + 63) / 64 * 64 }
}

extension Perceptron.Shape {
  /// Whether it is a convolution or a transposed one.
  fileprivate var isConvolution: Bool {
    if case .convolution = connection { true } else { false }
  }
}
