import Foundation
import PicketNN
import PicketNumbers

/// Distilled: a small network that gives the score of many detectors at once.
///
/// ```
/// t(x) = ln(sum_m c_m(score_m(x)) + 0.1)
/// min over f   mean (f(x) - t(x))^2   over normal records, perturbed ones, labelled anomalies
/// ```
///
/// The teacher's members learn what is normal, one of them what is labelled, and may keep as much as
/// they like; the student sees what they say of records near and far from the normal ones, and is
/// all that a gateway needs. Distillation: Bucila, Caruana and Niculescu-Mizil 2006; Hinton, Vinyals and Dean
/// 2015.
public enum Distilled {
  /// The fewest normal rows that every member of a teacher learns from: as many as the components of the
  /// largest mixture.
  public static let leastNormal = DistilledConfiguration.fineComponents
  /// The fewest held-out normal rows by which scores are calibrated.
  public static let leastHeldOut = TailCalibration.leastScores

  /// What a training gives.
  public struct Result: Sendable {
    /// The student.
    public let network: ScoringNetwork
    /// Its mean squared error on held-out rows, in nats of nats.
    public let validationError: Double
    /// The epoch that was kept, counted from 1.
    public let epoch: Int
    /// Steps that were taken.
    public let steps: Int
    /// Multiply-adds of the student's steps.
    public let work: TrainingWork
    /// Seconds of the student's training.
    public let seconds: Double
  }

  /// Trains teacher and student.
  ///
  /// - Parameters:
  ///   - records: Normal rows; held-out ones, by which scores are calibrated; labelled anomalies, if
  ///     there are any. The encoding, if known, says in what range a field can be drawn.
  ///   - configuration: How.
  ///   - observer: Who follows the student; the teacher learns in silence.
  /// - Returns: The best student; with the same records and configuration, on the same machine, the
  ///   same bits.
  /// - Throws: `TrainingError` when records are missing, when no epoch had a finite error, or when the
  ///   observer cancels before the student's first step.
  public static func train(
    _ records: TrainingRecords, _ configuration: DistilledConfiguration,
    observer: TrainingObserver = TrainingObserver()
  ) throws(TrainingError) -> Result {
    try TrainingError.check("a hidden width", configuration.hidden)
    try TrainingError.check("the number of epochs", [configuration.epochs])
    try TrainingError.check(batch: configuration.batchSize, of: records.normal)
    let teacher = try Teacher(
      configuration, records, seed: configuration.seed, observer: observer)
    var generator = SeededGenerator(seed: configuration.seed)
    let lesson = Lesson(records, teacher, configuration, using: &generator)
    return try lesson.rows.withView { rows throws(TrainingError) in
      let student = Regression(
        Regression.Lesson(
          rows: rows, targets: lesson.targets,
          validation: (lesson.validationRows, lesson.validationTargets)),
        hidden: configuration.hidden, batchSize: configuration.batchSize,
        adam: configuration.adam, loss: .squaredError, generator)
      let plan = TrainingPlan(
        epochs: configuration.epochs, stepsPerEpoch: rows.count / configuration.batchSize,
        patience: configuration.epochs, learningRate: configuration.adam.learningRate,
        schedule: .linear)
      guard let outcome = plan.run(student, observer) else {
        throw TrainingError(description: "no epoch ended with a finite error")
      }
      return Result(
        network: student.scoringNetwork, validationError: -outcome.validation, epoch: outcome.epoch,
        steps: outcome.steps,
        work: student.work, seconds: outcome.seconds)
    }
  }
}
