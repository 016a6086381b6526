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
  /// Seconds since the first epoch began.
  public let seconds: Double
}

/// What a detector does before its first epoch.
public struct TrainingPreparation: Sendable {
  /// What is done now, such as "the teacher's mixture".
  public let what: String
  /// Which one that is, counted from 1.
  public let step: Int
  /// How many there are.
  public let steps: Int
}
