import PicketDetectors
import PicketExport
import PicketNN
import Testing

@Suite struct `Bytes for weights` {
  private func network(_ activation: Activation) -> ScoringNetwork {
    var random = Fixtures.Random(state: 21)
    let inputs = Fixtures.encoding.inputCount
    return ScoringNetwork(
      kind: .anoEAN,
      score: .mahalanobis(mean: [0.1, -0.2, 0.3, 0], covariance: diagonal([1.5, 0.8, 1.1, 2])),
      latentSize: 4,
      encoder: [
        Fixtures.layer(inputs, 50, activation, &random),
        Fixtures.layer(50, 33, activation, &random), Fixtures.layer(33, 4, .linear, &random),
      ])
  }

  private func autoencoder() -> ScoringNetwork {
    var random = Fixtures.Random(state: 22)
    let inputs = Fixtures.encoding.inputCount
    return ScoringNetwork(
      kind: .vae, score: .reconstructionAndKL(alpha: 100, beta: 0.5), latentSize: 3,
      encoder: [
        Fixtures.layer(inputs, 40, .relu, &random), Fixtures.layer(40, 6, .linear, &random),
      ],
      decoder: [
        Fixtures.layer(3, 40, .relu, &random), Fixtures.layer(40, inputs, .sigmoid, &random),
      ])
  }

  private func diagonal(_ values: [Double]) -> [Double] {
    values.indices.flatMap { row in values.indices.map { $0 == row ? values[row] : 0 } }
  }

  /// The largest relative difference of scores between a type and binary32.
  private func difference(_ network: ScoringNetwork, _ type: ElementType) throws -> Float {
    let trained = Fixtures.trained(network)
    let full = try LoadedModel(bytes: ModelWriter.write(trained))
    let other = try LoadedModel(
      bytes: ModelWriter.write(trained, options: ExportOptions(elementType: type)))
    #expect(other.info.elementTypes == [type.rawValue])
    let scores = try zip(
      full.score(records: trained.calibrationRecords),
      other.score(records: trained.calibrationRecords))
    return scores.map { abs($0.score - $1.score) / $0.score }.max() ?? .infinity
  }

  @Test func `move scores by little when sums are floats`() throws {
    let moved = try difference(network(.relu), .int8)
    #expect(moved > 0 && moved < 0.03)
    #expect(try difference(autoencoder(), .int8) < 0.03)
  }

  @Test func `move them somewhat more when sums are integers`() throws {
    let moved = try difference(network(.relu), .integer)
    #expect(moved > 0 && moved < 0.1)
    #expect(try difference(autoencoder(), .integer) < 0.1)
  }

  /// Some long connections drive one unit to 300, where what others give is about 1: by the greatest, a
  /// step would be 2.4.
  @Test func `in integers leave normal records their levels beside large anomalies`() throws {
    var random = Fixtures.Random(state: 23)
    let inputs = Fixtures.encoding.inputCount
    let drawn = Fixtures.layer(inputs, 50, .relu, &random)
    var weights = drawn.weights
    weights[0] = 300
    let first = DenseParameters(
      inputs: inputs, outputs: 50, weights: weights, bias: drawn.bias, activation: .relu)
    var trained = Fixtures.trained(
      ScoringNetwork(
        kind: .anoEAN,
        score: .mahalanobis(mean: [0.1, -0.2, 0.3, 0], covariance: diagonal([1.5, 0.8, 1.1, 2])),
        latentSize: 4, encoder: [first, Fixtures.layer(50, 4, .linear, &random)]))
    func records(lasting duration: Float, _ count: Int) -> [Float] {
      trained.calibrationRecords.prefix(count * 5).enumerated().map { $0 % 5 == 0 ? duration : $1 }
    }
    let normal = records(lasting: 0, 500)
    trained.rangeRecords = normal + records(lasting: 100, 50)
    let full = try LoadedModel(bytes: ModelWriter.write(trained)).score(records: normal)
    let integers = try LoadedModel(
      bytes: ModelWriter.write(trained, options: ExportOptions(elementType: .integer))
    ).score(records: normal)
    let moved = zip(full, integers).map { abs($0.score - $1.score) / $0.score }
    #expect(moved.reduce(0, +) / Float(moved.count) < 0.1)
  }

  /// A first layer that is all the more sensitive to durations, which are short beside their maximum:
  /// of seven bits nothing would be left of them.
  @Test func `in integers start from fourteen bits only where seven would tell too little`() throws
  {
    let plain = network(.relu)
    var layers = plain.encoder.dense
    let inputs = Fixtures.encoding.inputCount
    layers[0] = DenseParameters(
      inputs: inputs, outputs: 50,
      weights: layers[0].weights.enumerated().map { $0 < 50 ? $1 * 300 : $1 },
      bias: layers[0].bias, activation: .relu)
    let sensitive = ScoringNetwork(
      kind: .anoEAN, score: plain.score, latentSize: 4, encoder: layers)
    for (network, most) in [(plain, 127), (sensitive, 16_383)] {
      var trained = Fixtures.trained(network)
      trained.calibrationRecords = trained.calibrationRecords.enumerated().map {
        $0 % 5 == 0 ? abs($1) / 500 : $1
      }
      let file = try ModelWriter.write(trained, options: ExportOptions(elementType: .integer))
      #expect(StoredIntegers(file).layers.map(\.inputMax) == [most, 0, 0])
      let full = try LoadedModel(bytes: ModelWriter.write(trained))
      let moved = try zip(
        full.score(records: trained.calibrationRecords),
        LoadedModel(bytes: file).score(records: trained.calibrationRecords)
      ).map { abs($0.score - $1.score) / $0.score }
      #expect(moved.reduce(0, +) / Float(moved.count) < 0.25)
    }
  }

  /// Its sum is the bias alone, which has no weights to take a scale from.
  @Test func `in integers keep what a unit without weights gives`() throws {
    let plain = network(.relu)
    var layers = plain.encoder.dense
    for (index, unit) in [(0, 3), (2, 1)] {
      let layer = layers[index]
      layers[index] = DenseParameters(
        inputs: layer.inputs, outputs: layer.outputs,
        weights: layer.weights.enumerated().map { $0 % layer.outputs == unit ? 0 : $1 },
        bias: layer.bias.enumerated().map { $0 == unit ? 3 : $1 }, activation: layer.activation)
    }
    let moved = try difference(
      ScoringNetwork(kind: .anoEAN, score: plain.score, latentSize: 4, encoder: layers), .integer)
    #expect(moved < 0.1)
  }

  @Test func `take a quarter of the place`() throws {
    let trained = Fixtures.trained(network(.relu))
    let full = try ModelWriter.write(trained).count
    let bytes = try ModelWriter.write(trained, options: ExportOptions(elementType: .int8)).count
    // 8 x 64 + 50 x 48 + 33 x 16 weights of three bytes less each, and scales of 128 outputs more.
    #expect(full - bytes >= 3 * (8 * 64 + 50 * 48 + 33 * 16) - 4 * 128 - 3 * 64)
  }

  @Test func `in integers pass on nothing but ReLU, and say so`() throws {
    let error = #expect(throws: ExportError.self) {
      try ModelWriter.write(
        Fixtures.trained(network(.tanh)), options: ExportOptions(elementType: .integer))
    }
    #expect(error?.description.contains("layer 1 is not ReLU") == true)
    #expect(try difference(network(.tanh), .int8) < 0.03)
  }

  @Test func `explain a distance much as binary32 does`() throws {
    for activation in [Activation.relu, .tanh] {
      let trained = Fixtures.trained(network(activation))
      let full = try OpenModel(ModelWriter.write(trained))
      let bytes = try OpenModel(
        ModelWriter.write(trained, options: ExportOptions(elementType: .int8)))
      let width = Fixtures.encoding.fieldCount
      for record in 0..<50 {
        let values = Array(trained.calibrationRecords[record * width..<(record + 1) * width])
        let expected = try full.explain(values).contributions
        let reach = expected.map { abs($0) }.max() ?? 0
        for (one, other) in try zip(expected, bytes.explain(values).contributions) {
          #expect(abs(one - other) <= 0.1 * reach + 0.05)
        }
      }
    }
  }
}
