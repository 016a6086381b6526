import PicketNN
import PicketNumbers

/// Small networks that tell normal records from labelled anomalies, perturbed records, or both.
///
/// ```
/// score(x) = mean_n s_n(x)
/// min over s_n   mean softplus(s) over normal records, softplus(-s) over the others
/// ```
///
/// Against perturbed records it learns how much likelier a record is among the normal ones than among
/// those: noise-contrastive estimation (Gutmann and Hyvärinen 2010). The mean of several networks
/// errs less where none of them was shown anything.
struct ContrastClassifier: Detector {
  static let card = DetectorCard(
    name: "contrast", title: "Contrast classifier", source: "Gutmann and Hyvärinen 2010",
    needs: .normal, exports: false)

  /// Networks of the mean.
  var networks = 3
  /// The widths of their hidden layers.
  var hidden = [64, 32]
  /// Passes over the rows, at least; the last one is kept.
  var epochs = 8
  /// Steps, at least: few rows are passed over more often.
  var leastSteps = 1000
  /// Rows of a step.
  var batchSize = 256
  /// The least number of labelled anomalies for each normal record; fewer are repeated.
  var labelledShare = 0.25
  /// Perturbed records for each normal one.
  var perturbedShare = 1.0

  /// Trains the networks, each with perturbed records of its own.
  ///
  /// - Throws: `TrainingError` without a row to tell normal records from.
  func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    let (normals, known) = (records.normal.count, records.anomalies.count)
    let perturbed = Int(perturbedShare * Double(normals))
    guard known + perturbed > 0 else {
      throw TrainingError(
        description: "no labelled anomalies; without perturbed records there is nothing to learn")
    }
    let perturbation = Perturbation(of: records.normal, encoding: records.encoding)
    let shown = known == 0 ? 0 : max(known, Int(labelledShare * Double(normals)))
    let labelled = records.anomalies.rows(at: (0..<shown).map { $0 % known })
    let rows = SparseRows(records.normal, then: labelled)
    var generator = SeededGenerator(seed: seed)
    var fitted: [FittedNetwork] = []
    for _ in 0..<networks {
      let all = SparseRows(rows, then: perturbation.rows(perturbed, using: &generator))
      fitted.append(
        try train(all, normals: normals, generator: generator, observer: observer))
      // Without perturbed records nothing was drawn: the next network must begin elsewhere.
      _ = generator.next()
    }
    return FittedContrastClassifier(networks: fitted)
  }

  private func train(
    _ rows: SparseRows, normals: Int, generator: SeededGenerator, observer: TrainingObserver
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
struct FittedContrastClassifier: FittedDetector {
  let networks: [FittedNetwork]

  var scoringBytes: Int { networks.reduce(0) { $0 + $1.scoringBytes } }

  func scores(_ rows: SparseRows) -> [Double] {
    networks.reduce([Double](repeating: 0, count: rows.count)) { sum, network in
      zip(sum, network.scores(rows)).map { $0 + $1 / Double(networks.count) }
    }
  }
}
