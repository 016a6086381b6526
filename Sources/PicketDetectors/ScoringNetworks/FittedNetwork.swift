import PicketNN
import PicketNumbers

/// A scoring network as a fitted detector: what exports.
struct FittedNetwork: FittedDetector {
  let trained: ScoringNetwork
  let history: [TrainingProgress]

  init(_ trained: ScoringNetwork, history: [TrainingProgress]) {
    self.trained = trained
    self.history = history
  }

  var network: ScoringNetwork? { trained }

  var scoringBytes: Int {
    let layers = (trained.encoder + trained.decoder).reduce(0) { $0 + $1.parameterCount }
    guard case .mahalanobis(let mean, let covariance) = trained.score else { return 4 * layers }
    return 4 * (layers + mean.count + covariance.count)
  }

  /// Scores by batches of dense layers; convolutions one row at a time, by the definition.
  func scores(_ rows: SparseRows) -> [Double] {
    let size = 512
    guard let encoder = Perceptron(dense: trained.encoder, maximumRows: size),
      let decoder = trained.decoder.isEmpty
        ? encoder : Perceptron(dense: trained.decoder, maximumRows: size)
    else { return (0..<rows.count).map { trained.referenceScore(rows.denseRow($0)) } }
    MatrixProduct.useThreads(1)
    let codes = Matrix(rows: size, columns: encoder.outputs)
    let means = Matrix(rows: size, columns: trained.latentSize)
    let outputs = Matrix(rows: size, columns: trained.inputs)
    return rows.scored(by: size) { batch, target in
      let range = 0..<batch.count
      encoder.forward(.sparse(batch), into: codes.view.rows(range))
      if !trained.decoder.isEmpty {
        for row in range {
          for place in 0..<trained.latentSize { means.view[row, place] = codes.view[row, place] }
        }
        decoder.forward(.dense(means.view.rows(range)), into: outputs.view.rows(range))
      }
      return range.map { row in
        let one = row..<row + 1
        return trained.score(
          code: codes.view.rows(one).elements.map(Double.init),
          squaredError: trained.decoder.isEmpty
            ? 0 : Distance.squared(outputs.view.rows(one), target.rows(one)))
      }
    }
  }
}

extension ScoringLayer {
  /// Weights and biases.
  var parameterCount: Int {
    switch self {
    case .dense(let layer): layer.weights.count + layer.bias.count
    case .convolution(let layer): layer.weights.count + layer.bias.count
    }
  }
}

extension Perceptron {
  /// The network of some dense layers; nil when one is a convolution.
  convenience init?(dense layers: [ScoringLayer], maximumRows: Int) {
    var shapes: [Shape] = []
    var parameters: [Float] = []
    for layer in layers {
      guard case .dense(let dense) = layer else { return nil }
      shapes.append(Shape(outputs: dense.outputs, activation: dense.activation))
      parameters += dense.weights + dense.bias
    }
    self.init(inputs: layers[0].inputs, layers: shapes, maximumRows: maximumRows)
    for (place, value) in parameters.enumerated() { self.parameters.view[0, place] = value }
  }
}
