import PicketNN
import PicketNumbers

/// A trained flow as plain numbers.
struct FittedSplineFlow: FittedDetector {
  private let shape: SplineFlow.Shape
  private let parameters: [[Float]]
  private let scaling: ColumnScaling
  let history: [TrainingProgress]

  init(_ flow: SplineFlow, _ scaling: ColumnScaling, history: [TrainingProgress]) {
    shape = flow.shape
    parameters = flow.networks.map(\.parameters.elements)
    self.scaling = scaling
    self.history = history
  }

  /// The networks' parameters and the columns' scales.
  var scoringBytes: Int {
    parameters.reduce(scaling.bytes) { $0 + $1.count * MemoryLayout<Float>.size }
  }

  /// -log p of the rows in their own units, in nats.
  func scores(_ rows: SparseRows) -> [Double] {
    precondition(rows.columnCount == shape.columns, "rows as long as those learned from")
    MatrixProduct.useThreads(1)
    let size = 512
    let flow = SplineFlow(shape, maximumRows: size)
    for (network, numbers) in zip(flow.networks, parameters) {
      for (place, value) in numbers.enumerated() { network.parameters.view[0, place] = value }
    }
    let scaled = Matrix(rows: size, columns: shape.columns)
    let logLikelihoods = Matrix(rows: size, columns: 1)
    let constant = scaling.logDeterminant
    return rows.withView { view in
      var scores: [Double] = []
      scores.reserveCapacity(view.count)
      for range in (0..<view.count).blocks(of: size) {
        let own = 0..<range.count
        scaling.apply(view.batch(range), into: scaled.view.rows(own))
        flow.forward(scaled.view.rows(own), logLikelihoods: logLikelihoods.view.rows(own))
        scores += own.map { -(Double(logLikelihoods.view[$0, 0]) + constant) }
      }
      return scores
    }
  }
}
