import PicketMetrics
import PicketNN
import PicketNumbers

/// Encoding adversarial network: learns where normal records lie, with a few anomalies' help.
///
/// An encoder learns, against a discriminator, to send normal records to N(0, I) and anomalies
/// away from it ("An Encoding Adversarial Network for Anomaly Detection", Gherbi and others, 2019).
/// Only the encoder is kept: a record's score is the Mahalanobis distance of its code (equation 3).
public enum AnoEAN {
  /// What a training gives.
  public struct Result: Sendable {
    /// The encoder of the best epoch and its Gaussian.
    public let network: ScoringNetwork
    /// The validation figure of the best epoch: AUC-PR of the score.
    public let validation: Double
    /// The epoch that was kept, counted from 1.
    public let epoch: Int
    /// Encoder steps that were taken.
    public let steps: Int
    /// Multiply-adds of those steps; those of the validation are not counted.
    public let work: TrainingWork
    /// Seconds from the first step to the last epoch's judgement.
    public let seconds: Double
  }

  /// Trains by algorithm 1.
  ///
  /// - Parameters:
  ///   - records: Each part needs rows; the normal part at least a batch of them.
  ///   - configuration: How.
  ///   - observer: Who follows.
  /// - Returns: The best encoder; with the same records and configuration, on the same machine,
  ///   the same bits.
  /// - Throws: `TrainingError` when records are missing, or when no epoch gave finite scores.
  public static func train(
    _ records: TrainingRecords, _ configuration: AnoEANConfiguration,
    observer: TrainingObserver = TrainingObserver()
  ) throws(TrainingError) -> Result {
    try check(records, configuration)
    let rows = SparseRows(records.normal, then: records.anomalies)
    let validation = SparseRows(records.validationNormal, then: records.validationAnomalies)
    return try rows.withView { rows throws(TrainingError) in
      try validation.withView { validation throws(TrainingError) in
        let trainer = try AnoEANTrainer(
          rows: rows, normals: records.normal.count, validation: validation,
          validationNormals: records.validationNormal.count, shape: records.shape, configuration)
        return try trainer.run(observer)
      }
    }
  }

  private static func check(
    _ records: TrainingRecords, _ configuration: AnoEANConfiguration
  ) throws(TrainingError) {
    try TrainingError.check("a hidden width of the encoder", configuration.encoderHidden)
    try TrainingError.check(
      "a hidden width of the discriminator", configuration.discriminatorHidden)
    try TrainingError.check("the latent size", [configuration.latentSize])
    try TrainingError.check("the number of epochs", [configuration.epochs])
    try TrainingError.check("the discriminator's steps", [configuration.discriminatorSteps])
    let parts = [
      records.normal, records.anomalies, records.validationNormal, records.validationAnomalies,
    ]
    guard parts.allSatisfy({ $0.columnCount == records.normal.columnCount }) else {
      throw TrainingError(description: "training and validation rows differ in length")
    }
    guard configuration.normalRows > 0, configuration.anomalyRows > 0 else {
      throw TrainingError(description: "a batch of 2 rows is the smallest with both classes")
    }
    try TrainingError.check(batch: configuration.normalRows, of: records.normal)
    guard records.anomalies.count > 0 else {
      throw TrainingError(description: "an AnoEAN needs at least one labelled anomaly")
    }
    guard records.validationNormal.count > 1, records.validationAnomalies.count > 0 else {
      throw TrainingError(description: "validation needs 2 normal rows and 1 anomaly at least")
    }
  }
}
