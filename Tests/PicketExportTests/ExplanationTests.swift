import CPicket
import PicketDetectors
import PicketExport
import PicketNN
import Testing

/// Explanations against their definition, in double precision and by finite differences.
@Suite struct `An explanation` {
  static let activations: [Activation] = [
    .relu, .leakyReLU(slope: 0.2), .tanh, .sigmoid, .linear,
  ]

  private func network(_ activation: Activation, hidden: [Int]) -> ScoringNetwork {
    var random = Fixtures.Random(state: 77)
    var widths = [Fixtures.encoding.inputCount] + hidden
    var layers: [DenseParameters] = []
    for (inputs, outputs) in zip(widths, widths.dropFirst()) {
      layers.append(Fixtures.layer(inputs, outputs, activation, &random))
    }
    widths.append(3)
    layers.append(Fixtures.layer(widths[widths.count - 2], 3, .linear, &random))
    return ScoringNetwork(
      kind: .anoEAN,
      score: .mahalanobis(mean: [0.1, -0.2, 0.3], covariance: [1, 0, 0, 0, 1, 0, 0, 0, 1]),
      latentSize: 3, encoder: layers)
  }

  @Test(arguments: activations, [[19, 5], [40], []])
  func `of a distance follows its definition`(activation: Activation, hidden: [Int]) throws {
    for element in [ElementType.float32, .float16] {
      let network = network(activation, hidden: hidden)
      let trained = Fixtures.trained(network)
      let model = try OpenModel(
        ModelWriter.write(trained, options: ExportOptions(elementType: element)))
      let typical = inputs(typicalRecord(trained.calibrationRecords))
      var random = Fixtures.Random(state: 3)
      let records = Fixtures.records(40, &random)
      for start in stride(from: 0, to: records.count, by: 5) {
        let record = Array(records[start..<start + 5])
        let (given, result) = try model.explain(record)
        #expect(try model.score(record).score.bitPattern == result.score.bitPattern)
        let expected = Self.contributions(inputs(record), typical, network)
        // Inputs of fields: one, three, one, one, two.
        let totals = [
          expected[0], expected[1...3].reduce(0, +), expected[4], expected[5],
          expected[6...7].reduce(0, +),
        ]
        for (one, other) in zip(given, totals) {
          #expect(abs(Double(one) - other) < (element == .float32 ? 2e-4 : 2e-2))
        }
      }
    }
  }

  @Test func `of a reconstruction adds up to the score without its divergence`() throws {
    var random = Fixtures.Random(state: 5)
    let inputs = Fixtures.encoding.inputCount
    let encoder = [
      Fixtures.layer(inputs, 9, .relu, &random), Fixtures.layer(9, 4, .linear, &random),
    ]
    let decoder = [
      Fixtures.layer(2, 9, .relu, &random), Fixtures.layer(9, inputs, .sigmoid, &random),
    ]
    func model(beta: Double) throws -> OpenModel {
      try OpenModel(
        ModelWriter.write(
          Fixtures.trained(
            ScoringNetwork(
              kind: .vae, score: .reconstructionAndKL(alpha: 7, beta: beta), latentSize: 2,
              encoder: encoder, decoder: decoder))))
    }
    let (with, without) = try (model(beta: 2), model(beta: 0))
    let records = Fixtures.records(40, &random)
    for start in stride(from: 0, to: records.count, by: 5) {
      let record = Array(records[start..<start + 5])
      let (contributions, result) = try with.explain(record)
      let reconstruction = try without.score(record).score
      #expect(abs(contributions.reduce(0, +) - reconstruction) < 1e-5 * reconstruction)
      #expect(contributions.allSatisfy { $0 >= 0 } && result.score > reconstruction)
      #expect(contributions[3] < reconstruction)
    }
  }

  /// Medians and most frequent categories.
  private func typicalRecord(_ records: [Float]) -> [Float] {
    (0..<5).map { field in
      let column = stride(from: field, to: records.count, by: 5).map { records[$0] }.sorted()
      guard field == 1 || field == 4 else { return column[(column.count - 1) / 2] }
      let known = column.filter { $0 >= 0 }
      return Set(known).sorted().max { a, b in
        known.count { $0 == a } < known.count { $0 == b }
      } ?? 0
    }
  }

  private func inputs(_ record: [Float]) -> [Double] {
    func scaled(_ x: Float, _ low: Double, _ high: Double) -> Double {
      min(max((Double(x) - low) / (high - low), 0), 1)
    }
    return [scaled(record[0], 0, 100)] + (0..<3).map { Float($0) == record[1] ? 1 : 0 }
      + [scaled(record[2], 10, 1e6), 0] + (0..<2).map { Float($0) == record[4] ? 1 : 0 }
  }

  private static func contributions(
    _ x: [Double], _ typical: [Double], _ network: ScoringNetwork
  ) -> [Double] {
    let first = network.encoder.dense[0]
    let rest = Array(network.encoder.dense.dropFirst())
    func sums(_ x: [Double]) -> [Double] {
      (0..<first.outputs).map { o in
        (0..<first.inputs).reduce(Double(first.bias[o])) {
          $0 + x[$1] * Double(first.weights[$1 * first.outputs + o])
        }
      }
    }
    func distance(outputs: [Double]) -> Double {
      var y = outputs
      for layer in rest {
        y = (0..<layer.outputs).map { o in
          let sum = (0..<layer.inputs).reduce(Double(layer.bias[o])) {
            $0 + y[$1] * Double(layer.weights[$1 * layer.outputs + o])
          }
          return Math.activate(sum, layer.activation)
        }
      }
      return zip(y, [0.1, -0.2, 0.3]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        .squareRoot()
    }
    let a = sums(x)
    let outputs = a.map { Math.activate($0, first.activation) }
    // Half a step to each side: narrow enough not to cross a kink in these models.
    let errors = outputs.indices.map { j in
      var (up, down) = (outputs, outputs)
      up[j] += 1e-7
      down[j] -= 1e-7
      return (distance(outputs: up) - distance(outputs: down)) / 2e-7
    }
    return x.indices.map { i in
      let step = x[i] - typical[i]
      return outputs.indices.reduce(0) { total, j in
        let change = step * Double(first.weights[i * first.outputs + j])
        if first.activation == .relu {
          return total + errors[j] * (max(a[j], 0) - max(a[j] - change, 0))
        }
        let slope =
          (Math.activate(a[j] + 1e-7, first.activation)
            - Math.activate(a[j] - 1e-7, first.activation)) / 2e-7
        return total + errors[j] * slope * change
      }
    }
  }
}
