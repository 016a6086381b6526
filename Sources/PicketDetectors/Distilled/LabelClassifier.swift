import PicketNN
import PicketNumbers

/// Small networks that tell labelled anomalies from normal records.
///
/// ```
/// score(x) = mean_n s_n(x)
/// min over s_n   mean softplus(s) over normal records, softplus(-s) over labelled anomalies
/// ```
///
/// The mean of several networks errs less where none of them was shown anything: an ensemble (Hansen
/// and Salamon 1990).
package struct LabelClassifier: Detector {
  package static let card = DetectorCard(
    name: "label-classifier", title: "Label classifier", source: "Hansen and Salamon 1990",
    needs: .bothClasses, exports: false)

  /// Networks of the mean.
  var networks = 3
  /// The widths of their hidden layers.
  var hidden = [64, 32]
  /// Passes over the rows, at least; the last one is kept.
  package var epochs = 8
  /// Steps, at least: few rows are passed over more often.
  package var leastSteps = 1000
  /// Rows of a step.
  var batchSize = 256
  /// Labelled anomalies for each normal record, at least; fewer are repeated.
  var labelledShare = 0.25

  /// The settings that serve the teacher.
  package init() {}

  /// Trains the networks.
  ///
  /// - Throws: `TrainingError` without labelled anomalies.
  package func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    let (normals, known) = (records.normal.count, records.anomalies.count)
    guard normals > 0, known > 0 else {
      throw TrainingError(
        description: "\(normals) normal and \(known) labelled anomalous rows; a classifier learns "
          + "from both")
    }
    let shown = max(known, Int(labelledShare * Double(normals)))
    let rows = SparseRows(
      records.normal, then: records.anomalies.rows(at: (0..<shown).map { $0 % known }))
    var generator = SeededGenerator(seed: seed)
    var fitted: [any FittedDetector] = []
    for _ in 0..<networks {
      // A seed each: of one sequence entered a draw later, a network would begin with the weights of the
      // one before it, each moved by a place.
      let own = SeededGenerator(seed: generator.next())
      fitted.append(try train(rows, normals, own, observer))
    }
    return FittedLabelClassifier(networks: fitted)
  }

  private func train(
    _ rows: SparseRows, _ normals: Int, _ generator: SeededGenerator, _ observer: TrainingObserver
  ) throws(TrainingError) -> FittedNetwork {
    try rows.withView { view throws(TrainingError) in
      let lesson = Regression.Lesson(
        rows: view, targets: (0..<rows.count).map { $0 < normals ? 0 : 1 })
      let batch = min(batchSize, rows.count)
      let network = Regression(
        lesson, hidden: hidden, batchSize: batch, adam: Adam.Settings(), loss: .crossEntropy,
        generator)
      let steps = rows.count / batch
      let epochs = max(epochs, (leastSteps + steps - 1) / steps)
      let plan = TrainingPlan(
        epochs: epochs, stepsPerEpoch: steps, patience: epochs,
        learningRate: Adam.Settings().learningRate, schedule: .linear)
      guard plan.run(network, observer) != nil else {
        throw TrainingError(description: "no epoch ended with finite parameters")
      }
      return FittedNetwork(network.scoringNetwork, history: [])
    }
  }
}

/// Networks that have been trained.
package struct FittedLabelClassifier: FittedDetector {
  package let networks: [any FittedDetector]

  package var scoringBytes: Int { networks.reduce(0) { $0 + $1.scoringBytes } }

  package func scores(_ rows: SparseRows) -> [Double] {
    networks.reduce([Double](repeating: 0, count: rows.count)) { sum, network in
      zip(sum, network.scores(rows)).map { $0 + $1 / Double(networks.count) }
    }
  }
}
