import PicketNN
import PicketNumbers

/// Neural spline flow: the density of normal records, exactly; the score is minus its logarithm.
///
/// ```
/// score(x) = -log p(x),   p the density of a flow of coupling layers (`SplineFlow`)
/// ```
///
/// "Neural Spline Flows" (Durkan and others, 2019). Inputs that take few values (one-hot columns,
/// counts, constants) have no density: it would rise without bound where they repeat. So columns are
/// scaled to deviation 1, and in every step each number gets noise of N(0, `noise`^2): what is learnt
/// is the density of the records blurred by so much, and scores are of records without noise.
/// Training ends when validation records, blurred too, grow no likelier.
public struct SplineFlowDetector: Detector {
  /// What lists and reports say of it.
  public static let card = DetectorCard(
    name: "spline-flow", title: "Neural spline flow", source: "Durkan and others, 2019",
    needs: .normal, exports: false)

  /// Coupling layers.
  public var couplings = 6
  /// The widths of a layer's network.
  public var hidden = [64, 64]
  /// Beyond so many deviations from its mean a number is left where it is.
  public var bound: Float = 5
  /// The deviation of the noise, in deviations of the column.
  public var noise: Float = 0.05
  /// What a column's deviation counts at least, in the inputs' units (0 to 1).
  public var leastDeviation: Float = 0.01
  /// Rows of a step.
  public var batchSize = 200
  /// The optimizer.
  public var adam = Adam.Settings(learningRate: 1e-3)
  /// How the learning rate falls.
  public var schedule = LearningRateSchedule.constant
  /// The most passes over the normal records.
  public var epochs = 60
  /// Epochs without a likelier validation after which training ends.
  public var patience = 10

  /// The settings that were chosen here: the document names none.
  public init() {}

  /// Learns from the normal records.
  public func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    try check(records)
    let log = EpochLog(observer)
    var generator = SeededGenerator(seed: seed)
    let shape = SplineFlow.Shape(
      columns: records.normal.columnCount, couplings: couplings, hidden: hidden, bound: bound,
      using: &generator)
    let scaling = ColumnScaling(records.normal, leastDeviation: leastDeviation)
    let flow = try records.normal.withView { rows throws(TrainingError) in
      try records.validationNormal.withView { validation throws(TrainingError) in
        try SplineFlowTrainer(
          shape, scaling, rows: rows, validation: validation, self, seed: seed, generator
        ).run(log.observer)
      }
    }
    return FittedSplineFlow(flow, scaling, history: log.epochs)
  }

  private func check(_ records: TrainingRecords) throws(TrainingError) {
    try TrainingError.check("the number of coupling layers", [couplings])
    try TrainingError.check("a hidden width", hidden)
    try TrainingError.check("the number of epochs", [epochs])
    guard bound > 0, noise > 0, leastDeviation > 0 else {
      throw TrainingError(
        description: "bound \(bound), noise \(noise), least deviation \(leastDeviation); all must "
          + "be above 0")
    }
    guard records.normal.columnCount > 1 else {
      throw TrainingError(
        description: "\(records.normal.columnCount) input; a coupling layer needs 2 at least")
    }
    guard records.normal.columnCount == records.validationNormal.columnCount else {
      throw TrainingError(description: "training and validation rows differ in length")
    }
    try TrainingError.check(batch: batchSize, of: records.normal)
    guard records.validationNormal.count > 1 else {
      throw TrainingError(description: "validation needs 2 normal rows at least")
    }
  }
}
