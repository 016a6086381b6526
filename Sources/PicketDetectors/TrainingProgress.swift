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

/// How the one who started a training follows it and may end it.
///
/// Both closures are called on the training's own thread: `onEpoch` after an epoch, `isCancelled`
/// before a step.
public struct TrainingObserver {
  /// Hears of every epoch.
  public var onEpoch: (TrainingProgress) -> Void
  /// Says whether to stop now; the best network so far, this moment's included, is the result.
  public var isCancelled: () -> Bool

  /// Follows a training; by default in silence, to its end.
  public init(
    onEpoch: @escaping (TrainingProgress) -> Void = { _ in },
    isCancelled: @escaping () -> Bool = { false }
  ) {
    self.onEpoch = onEpoch
    self.isCancelled = isCancelled
  }
}

/// Why a training has no result.
public struct TrainingError: Error, Equatable, CustomStringConvertible {
  /// What is wrong and what would be right.
  public let description: String
}
