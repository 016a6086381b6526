import PicketNN
import PicketNumbers

/// Variational autoencoder: learns what normal records look like from normal records alone.
///
/// ```
/// L(x) = alpha * mean_i (x_i - decoder(z)_i)^2 + beta * KL(N(mu, e^logvar) || N(0, I))
/// z = mu + e^(logvar / 2) * noise,  [mu | logvar] = encoder(x)
/// ```
///
/// alpha = beta = 1 is equation 4 of "Semi-Supervised Anomaly Detection by Variational
/// Autoencoder" (Bar and Levkovich), beta > 1 its equation 6, alpha > 1 its equation 7; z is its
/// equation 5. The mean over inputs stands for the negative log-likelihood, so that alpha means
/// the same for records of any length.
public enum VAE {
  /// What a training gives.
  public struct Result: Sendable {
    /// The layers that the chosen score needs.
    public let network: ScoringNetwork
    /// The smallest validation loss, in nats a record.
    public let validationLoss: Double
    /// The epoch that was kept, counted from 1.
    public let epoch: Int
    /// Steps that were taken.
    public let steps: Int
    /// Multiply-adds of those steps; those of the validation are not counted.
    public let work: TrainingWork
    /// Seconds from the first step to the last epoch's judgement.
    public let seconds: Double
  }

  /// Trains until the validation loss has stopped falling.
  ///
  /// - Parameters:
  ///   - records: Both normal parts need rows; the training part at least a batch of them.
  ///     Anomalies are not looked at.
  ///   - configuration: How.
  ///   - observer: Who follows.
  /// - Returns: The best network; with the same records and configuration, on the same machine,
  ///   the same bits.
  /// - Throws: `TrainingError` when records are missing, or when no epoch had a finite loss.
  public static func train(
    _ records: TrainingRecords, _ configuration: VAEConfiguration,
    observer: TrainingObserver = TrainingObserver()
  ) throws(TrainingError) -> Result {
    try TrainingError.check("a hidden width of the encoder", configuration.encoderHidden)
    try TrainingError.check("a hidden width of the decoder", configuration.decoderHidden)
    try TrainingError.check("the latent size", [configuration.latentSize])
    try TrainingError.check("the number of epochs", [configuration.epochs])
    guard records.normal.columnCount == records.validationNormal.columnCount else {
      throw TrainingError(description: "training and validation rows differ in length")
    }
    try TrainingError.check(batch: configuration.batchSize, of: records.normal)
    guard records.validationNormal.count > 1 else {
      throw TrainingError(description: "validation needs 2 normal rows at least")
    }
    return try records.normal.withView { rows throws(TrainingError) in
      try records.validationNormal.withView { validation throws(TrainingError) in
        try VAETrainer(
          rows: rows, validation: validation, shape: records.shape, configuration
        ).run(observer)
      }
    }
  }
}
