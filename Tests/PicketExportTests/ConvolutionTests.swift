import PicketDetectors
import PicketExport
import PicketNN
import Testing

/// Models with convolutions against the definition, and against the dense layers that they stand for.
@Suite struct `A model with convolutions` {
  static let activations: [Activation] = [
    .relu, .leakyReLU(slope: 0.2), .tanh, .sigmoid, .linear,
  ]

  typealias Size = ConvolutionGeometry.ImageSize

  /// The two axes differ in kernel, stride and padding.
  private static func shape(
    _ input: Size, _ output: Size, kernel: (Int, Int), stride: (Int, Int), padding: (Int, Int),
    isTransposed: Bool = false
  ) -> ConvolutionGeometry {
    ConvolutionGeometry(
      isTransposed: isTransposed, input: input, output: output, kernelHeight: kernel.0,
      kernelWidth: kernel.1, strideHeight: stride.0, strideWidth: stride.1,
      paddingTop: padding.0, paddingLeft: padding.1)
  }

  private static let sequence = [
    shape(
      Size(height: 1, width: 8, channels: 1), Size(height: 1, width: 4, channels: 5),
      kernel: (1, 4), stride: (1, 2), padding: (0, 1)),
    shape(
      Size(height: 1, width: 4, channels: 5), Size(height: 1, width: 2, channels: 18),
      kernel: (1, 4), stride: (1, 2), padding: (0, 1)),
  ]
  private static let image = [
    shape(
      Size(height: 2, width: 4, channels: 1), Size(height: 2, width: 2, channels: 3),
      kernel: (2, 3), stride: (1, 2), padding: (0, 1)),
    shape(
      Size(height: 2, width: 2, channels: 3), Size(height: 4, width: 2, channels: 2),
      kernel: (3, 2), stride: (2, 1), padding: (1, 0), isTransposed: true),
  ]

  private static func convolution(
    _ shape: ConvolutionGeometry, _ activation: Activation, _ random: inout Fixtures.Random
  ) -> ConvolutionParameters {
    let dense = Fixtures.layer(
      shape.weightCount / shape.output.channels, shape.output.channels, activation, &random)
    return ConvolutionParameters(
      geometry: shape, weights: dense.weights, bias: dense.bias, activation: activation)
  }

  /// The same map as a dense layer: row by row, what the definition gives for one input alone.
  private static func unrolled(_ layer: ConvolutionParameters) -> DenseParameters {
    let (shape, inputs) = (layer.geometry, layer.geometry.input.count)
    let outputs = shape.output.count
    var weights = [Float](repeating: 0, count: inputs * outputs)
    let (narrow, wide) =
      shape.isTransposed ? (shape.input, shape.output) : (shape.output, shape.input)
    for pixel in 0..<narrow.height * narrow.width {
      for place in 0..<shape.kernelHeight * shape.kernelWidth {
        let y =
          pixel / narrow.width * shape.strideHeight + place / shape.kernelWidth - shape.paddingTop
        let x =
          pixel % narrow.width * shape.strideWidth + place % shape.kernelWidth - shape.paddingLeft
        guard (0..<wide.height).contains(y), (0..<wide.width).contains(x) else { continue }
        let other = y * wide.width + x
        let (from, to) = shape.isTransposed ? (pixel, other) : (other, pixel)
        for i in 0..<shape.input.channels {
          for o in 0..<shape.output.channels {
            let row = from * shape.input.channels + i
            weights[row * outputs + to * shape.output.channels + o] =
              layer.weights[(place * shape.input.channels + i) * shape.output.channels + o]
          }
        }
      }
    }
    return DenseParameters(
      inputs: inputs, outputs: outputs, weights: weights,
      bias: (0..<outputs).map { layer.bias[$0 % shape.output.channels] },
      activation: layer.activation)
  }

  private static func anoEAN(_ shapes: [ConvolutionGeometry], _ activation: Activation)
    -> (ScoringNetwork, dense: ScoringNetwork)
  {
    var random = Fixtures.Random(state: 12)
    let layers = shapes.map { convolution($0, activation, &random) }
    let last = Fixtures.layer(shapes[shapes.count - 1].output.count, 3, .linear, &random)
    func network(_ encoder: [ScoringLayer]) -> ScoringNetwork {
      ScoringNetwork(
        kind: .anoEAN,
        score: .mahalanobis(mean: [0.1, -0.2, 0.3], covariance: [2, 0.5, 0, 0.5, 1, 0, 0, 0, 1]),
        latentSize: 3, encoder: encoder + [.dense(last)])
    }
    return (
      network(layers.map(ScoringLayer.convolution)),
      network(layers.map { .dense(unrolled($0)) })
    )
  }

  @Test(arguments: activations, [false, true])
  func `scores and explains as the dense layers that it stands for`(
    activation: Activation, isImage: Bool
  ) throws {
    let (network, dense) = Self.anoEAN(isImage ? Self.image : Self.sequence, activation)
    let model = try OpenModel(ModelWriter.write(Fixtures.trained(network)))
    let other = try OpenModel(ModelWriter.write(Fixtures.trained(dense)))
    var random = Fixtures.Random(state: 9)
    let records = Fixtures.records(60, &random)
    for start in stride(from: 0, to: records.count, by: 5) {
      let record = Array(records[start..<start + 5])
      let (given, result) = try model.explain(record)
      let (expected, reference) = try other.explain(record)
      #expect(try model.score(record).score.bitPattern == result.score.bitPattern)
      #expect(abs(result.score - reference.score) <= 1e-5 * reference.score)
      for (one, two) in zip(given, expected) {
        #expect(abs(one - two) <= 2e-5 * max(1, reference.score))
      }
    }
  }

  @Test(arguments: [ElementType.float32, .float16, .int8])
  func `scores near its definition in every type that computes in floats`(
    element: ElementType
  ) throws {
    let shapes = [Self.sequence[0], Self.image[0]]
    for shape in shapes {
      var random = Fixtures.Random(state: 4)
      var back = shape
      (back.input, back.output, back.isTransposed) = (shape.output, shape.input, true)
      let network = ScoringNetwork(
        kind: .vae, score: .reconstructionAndKL(alpha: 2, beta: 0.5), latentSize: 2,
        encoder: [
          .convolution(Self.convolution(shape, .leakyReLU(slope: 0.2), &random)),
          .dense(Fixtures.layer(shape.output.count, 4, .linear, &random)),
        ],
        decoder: [
          .dense(Fixtures.layer(2, shape.output.count, .relu, &random)),
          .convolution(Self.convolution(back, .sigmoid, &random)),
        ])
      let trained = Fixtures.trained(network)
      let model = try LoadedModel(
        bytes: ModelWriter.write(trained, options: ExportOptions(elementType: element)))
      #expect(model.layers[0].operation.hasPrefix("convolution \(shape.input.height)x"))
      #expect(model.layers[3].operation.hasPrefix("transposed "))
      #expect(model.layers.map(\.outputs) == [shape.output.count, 4, shape.output.count, 8])
      let records = Array(trained.calibrationRecords.prefix(300))
      let scores = try model.score(records: records)
      let tolerance = element == .float32 ? 1e-5 : element == .float16 ? 4e-3 : 5e-2
      for (index, scored) in scores.enumerated() {
        let row = Fixtures.inputs(of: records[index * 5..<index * 5 + 5])
        let reference = network.referenceScore(row.map { Float($0) })
        #expect(abs(Double(scored.score) - reference) <= tolerance * reference)
      }
    }
  }

  @Test func `is not written in integers, and the message says what to choose`() throws {
    let (network, _) = Self.anoEAN(Self.sequence, .relu)
    let error = #expect(throws: ExportError.self) {
      try ModelWriter.write(
        Fixtures.trained(network), options: ExportOptions(elementType: .integer))
    }
    #expect(error?.description.contains("export as int8, float16 or float32") == true)
  }
}
