import PicketDetectors
import PicketExport
import PicketNN
import Testing

@Suite struct `The order of hidden units` {
  private let latent = 3

  /// A network whose units are active in few rows, some more and some less.
  private func network(_ kind: ScoringNetwork.Kind) -> ScoringNetwork {
    var random = Fixtures.Random(state: 31)
    let inputs = Fixtures.encoding.inputCount
    func hidden(_ inputs: Int, _ outputs: Int) -> DenseParameters {
      Fixtures.layer(inputs, outputs, .relu, &random, bias: -0.5...(-0.1))
    }
    if kind == .vae {
      return ScoringNetwork(
        kind: kind, score: .reconstructionAndKL(alpha: 100, beta: 0.5), latentSize: latent,
        encoder: [hidden(inputs, 40), Fixtures.layer(40, 2 * latent, .linear, &random)],
        decoder: [hidden(latent, 18), Fixtures.layer(18, inputs, .sigmoid, &random)])
    }
    return ScoringNetwork(
      kind: kind,
      score: .mahalanobis(mean: [0.1, -0.2, 0.3], covariance: [1.5, 0, 0, 0, 0.8, 0, 0, 0, 2]),
      latentSize: latent,
      encoder: [
        hidden(inputs, 50), hidden(50, 33), Fixtures.layer(33, latent, .linear, &random),
      ])
  }

  private func file(
    _ network: ScoringNetwork, _ element: ElementType = .integer
  ) throws -> (trained: TrainedModel, StoredIntegers) {
    let trained = Fixtures.trained(network)
    let bytes = try ModelWriter.write(trained, options: ExportOptions(elementType: element))
    return (trained, StoredIntegers(bytes))
  }

  private func rows(_ trained: TrainedModel) -> [[Double]] {
    let width = trained.encoding.fieldCount
    return stride(from: 0, to: trained.calibrationRecords.count, by: width).map {
      Fixtures.inputs(of: trained.calibrationRecords[$0..<$0 + width])
    }
  }

  @Test func `is by activity in floats too, of an encoder that an explanation goes back through`()
    throws
  {
    let network = network(.anoEAN)
    let (trained, stored) = try file(network, .float32)
    var outputs = rows(trained)
    #expect(outputs.count <= 500, "of more, the exporter looks at some")
    var order = Array(0..<network.encoder.dense[0].inputs)
    for (index, layer) in network.encoder.dense.dropLast().enumerated() {
      outputs = outputs.map { Fixtures.run([layer], $0) }
      let kept = Array(0..<layer.outputs)
      let active = kept.map { unit in outputs.filter { $0[unit] > 0 }.count }
      let next = kept.sorted { (active[$1], $0) < (active[$0], $1) }
      #expect(next != kept)
      for (input, row) in order.enumerated() {
        let weights = next.map { layer.weights[row * layer.outputs + $0] }
        #expect(stored.floats(layer: index, input: input) == weights)
      }
      order = next
    }
    let model = try LoadedModel(bytes: stored.file)
    let width = trained.encoding.fieldCount
    for (place, result) in try model.score(records: trained.calibrationRecords).enumerated() {
      let record = trained.calibrationRecords[place * width..<(place + 1) * width]
      let expected = Fixtures.score(record, network)
      #expect(abs(Double(result.score) - expected) < 1e-5 * expected)
    }
  }

  @Test func `is kept in floats where a decoder follows`() throws {
    let network = network(.vae)
    let (_, stored) = try file(network, .float32)
    for (index, layer) in (network.encoder.dense + network.decoder.dense).enumerated() {
      for input in 0..<layer.inputs {
        let row = layer.weights[input * layer.outputs..<(input + 1) * layer.outputs]
        #expect(stored.floats(layer: index, input: input) == Array(row))
      }
    }
  }

  @Test(arguments: [ScoringNetwork.Kind.anoEAN, .vae])
  func `is by the rows in which they are active, most of them first`(
    kind: ScoringNetwork.Kind
  ) throws {
    let network = network(kind)
    let (trained, stored) = try file(network)
    var outputs = rows(trained)
    var index = 0
    for half in [network.encoder.dense, network.decoder.dense] where !half.isEmpty {
      outputs = outputs.map { Array($0.prefix(half[0].inputs)) }
      var order = Array(0..<half[0].inputs)
      for (place, layer) in half.enumerated() {
        outputs = outputs.map { Fixtures.run([layer], $0) }
        let found = try columns(of: layer, index, rows: order, in: stored)
        let kept = Array(0..<layer.outputs)
        order = place == half.count - 1 ? kept : ordered(kept, by: outputs)
        #expect(found == order)
        #expect((order != kept) == (place < half.count - 1))
        index += 1
      }
    }
  }

  /// Units by the rows in which they are above half of what an integer of 1 stands for.
  private func ordered(_ units: [Int], by outputs: [[Double]]) -> [Int] {
    let step = (outputs.joined().max() ?? 0) / 127
    let active = units.map { unit in outputs.filter { $0[unit] > step / 2 }.count }
    return units.sorted { active[$0] == active[$1] ? $0 < $1 : active[$0] > active[$1] }
  }

  /// Which columns of a layer those of the file are, by their weights: bytes whose largest is 127.
  private func columns(
    of layer: DenseParameters, _ index: Int, rows: [Int], in stored: StoredIntegers
  ) throws -> [Int] {
    try (0..<layer.outputs).map { place in
      let column = (0..<layer.outputs).first { unit in
        let weights = rows.map { layer.weights[$0 * layer.outputs + unit] }
        let scale = (weights.map { abs($0) }.max() ?? 0) / 127
        return weights.enumerated().allSatisfy { input, weight in
          let byte = stored.weight(layer: index, input: input, output: place)
          return abs(Float(byte) - weight / scale) < 0.51
        }
      }
      return try #require(column)
    }
  }

  @Test(arguments: [ScoringNetwork.Kind.anoEAN, .vae])
  func `changes no bit of a score`(kind: ScoringNetwork.Kind) throws {
    let (trained, stored) = try file(network(kind))
    let scores = try LoadedModel(bytes: stored.file).score(records: trained.calibrationRecords)
    var random = Fixtures.Random(state: 32)
    var shuffled = stored
    for (index, layer) in stored.layers.enumerated() where layer.shift != 0 {
      shuffled.reorder(layer: index, (0..<layer.outputs).shuffled(using: &random))
    }
    #expect(shuffled.file != stored.file)
    let others = try LoadedModel(bytes: shuffled.file).score(records: trained.calibrationRecords)
    #expect(scores.map(\.score.bitPattern) == others.map(\.score.bitPattern))
  }

  @Test func `leaves a score where all units rest to the bias alone`() throws {
    let other = network(.anoEAN)
    // Active where the first of the protocols is; behind it, the biases are below zero.
    let first = DenseParameters(
      inputs: Fixtures.encoding.inputCount, outputs: 50,
      weights: (0..<Fixtures.encoding.inputCount * 50).map { $0 / 50 == 1 ? 1 : 0 },
      bias: [Float](repeating: -0.5, count: 50), activation: .relu)
    let layers = [first] + other.encoder.dense.dropFirst()
    let network = ScoringNetwork(
      kind: .anoEAN, score: other.score, latentSize: latent, encoder: layers)
    let trained = Fixtures.trained(network)
    let model = try LoadedModel(
      bytes: ModelWriter.write(trained, options: ExportOptions(elementType: .integer)))
    let width = trained.encoding.fieldCount
    var resting = 0
    for (index, inputs) in rows(trained).enumerated()
    where Fixtures.run([layers[0]], inputs).allSatisfy({ $0 == 0 }) {
      let record = trained.calibrationRecords[index * width..<(index + 1) * width]
      let score = try #require(try model.score(records: Array(record)).first).score
      let expected = Fixtures.score(record, network)
      #expect(abs(Double(score) - expected) < 1e-3 * expected)
      resting += 1
    }
    #expect(resting > 100 && resting < trained.calibrationRecords.count / width)
  }
}
