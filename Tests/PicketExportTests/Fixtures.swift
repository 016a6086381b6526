import PicketData
import PicketDetectors
import PicketExport
import PicketNN

/// Small random models, and an independent way to score them.
enum Fixtures {
  /// SplitMix64: the tests' own, so that a change of the trainer's generator moves no fixture.
  struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  static let encoding = FeatureEncoding(fields: [
    .numeric(NumericEncoding(name: "duration", minimum: 0, maximum: 100)),
    .symbolic(SymbolicEncoding(name: "protocol", categories: ["icmp", "tcp", "udp"])),
    .numeric(NumericEncoding(name: "bytes", minimum: 10, maximum: 1e6)),
    .numeric(NumericEncoding(name: "constant", minimum: 3, maximum: 3)),
    .symbolic(SymbolicEncoding(name: "flag", categories: ["REJ", "SF"])),
  ])

  static func layer(
    _ inputs: Int, _ outputs: Int, _ activation: Activation, _ random: inout Random,
    bias: ClosedRange<Float> = -0.2...0.2
  ) -> DenseParameters {
    let scale = (2 / Float(inputs)).squareRoot()
    return DenseParameters(
      inputs: inputs, outputs: outputs,
      weights: (0..<inputs * outputs).map { _ in Float.random(in: -1...1, using: &random) * scale },
      bias: (0..<outputs).map { _ in Float.random(in: bias, using: &random) },
      activation: activation)
  }

  /// Records with values inside and outside the ranges, and unknown categories among them.
  static func records(_ count: Int, _ random: inout Random) -> [Float] {
    (0..<count).flatMap { _ in
      [
        Float.random(in: -5...130, using: &random),
        Float(Int.random(in: -1...2, using: &random)),
        Float.random(in: 0...1.2e6, using: &random),
        3,
        Float(Int.random(in: 0...1, using: &random)),
      ]
    }
  }

  static func trained(_ network: ScoringNetwork, seed: UInt64 = 7) -> TrainedModel {
    var random = Random(state: seed)
    return TrainedModel(
      network: network, encoding: encoding, schema: "fixture",
      calibrationRecords: records(500, &random),
      provenance: Provenance(
        trainer: "0", detector: "fixture", data: [], seed: seed,
        configuration: .object(["epochs": .number(3)]), metrics: ["auc_pr": 0.5]))
  }

  /// The inputs that a record becomes.
  static func inputs(of record: ArraySlice<Float>) -> [Double] {
    let values = Array(record)
    var x: [Double] = []
    for (field, value) in zip(encoding.fields, values) {
      switch field {
      case .numeric(let numeric):
        let range = Double(numeric.maximum) - Double(numeric.minimum)
        let scaled = range == 0 ? 0 : (Double(value) - Double(numeric.minimum)) / range
        x.append(min(max(scaled, 0), 1))
      case .symbolic(let symbolic):
        x += symbolic.categories.indices.map { Float($0) == value ? 1 : 0 }
      }
    }
    return x
  }

  /// The score in double precision, from the definitions in `export/FORMAT.md`.
  static func score(_ record: ArraySlice<Float>, _ network: ScoringNetwork) -> Double {
    let x = inputs(of: record)
    let z = run(network.encoder.dense, x)
    switch network.score {
    case .mahalanobis(let mean, let covariance):
      let gaussian = LatentGaussian(mean: mean, covariance: covariance)
      return gaussian.map { $0.distance(to: z.map(Float.init)) } ?? .nan
    case .reconstruction:
      return error(x, run(network.decoder.dense, z))
    case .reconstructionAndKL(let alpha, let beta):
      let (m, v) = (Array(z.prefix(network.latentSize)), Array(z.suffix(network.latentSize)))
      let kl = zip(m, v).map { $0 * $0 + Math.exp($1) - 1 - $1 }.reduce(0, +) / 2
      return alpha * error(x, run(network.decoder.dense, m)) + beta * kl
    case .output:
      return z[0]
    }
  }

  private static func error(_ x: [Double], _ y: [Double]) -> Double {
    zip(x, y).map { ($0 - $1) * ($0 - $1) }.reduce(0, +) / Double(x.count)
  }

  /// The outputs of layers in double precision.
  static func run(_ layers: [DenseParameters], _ input: [Double]) -> [Double] {
    var x = input
    for layer in layers {
      x = (0..<layer.outputs).map { o in
        var sum = Double(layer.bias[o])
        for i in 0..<layer.inputs { sum += x[i] * Double(layer.weights[i * layer.outputs + o]) }
        return Math.activate(sum, layer.activation)
      }
    }
    return x
  }
}

extension [ScoringLayer] {
  /// The dense ones.
  var dense: [DenseParameters] {
    compactMap { layer in
      if case .dense(let parameters) = layer { parameters } else { nil }
    }
  }
}
