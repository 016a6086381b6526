/// What a detector tells about an epoch that has just ended.
public struct TrainingProgress: Sendable {
  /// The epoch, counted from 1.
  public let epoch: Int
  /// The most epochs there will be.
  public let epochs: Int
  /// The mean of each loss over the epoch's steps, in nats, by name.
  public let losses: [(name: String, value: Double)]
  /// What early stopping looks at, on validation rows; larger is better.
  public let validation: Double
  /// Seconds since training began.
  public let seconds: Double
}
