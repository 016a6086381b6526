/// How the one who started a training follows it and may end it.
///
/// The closures are called on the training's own thread: `onPreparation` before what comes before the
/// first epoch, `onEpoch` after an epoch, `isCancelled` before a step.
public struct TrainingObserver {
  /// Hears of every epoch.
  public var onEpoch: (TrainingProgress) -> Void
  /// Hears what is done before the first epoch, which may take longer than all of them.
  public var onPreparation: (TrainingPreparation) -> Void
  /// Says whether to stop now; the best network so far, this moment's included, is the result.
  ///
  /// Before the first step there is none: the training throws.
  public var isCancelled: () -> Bool

  /// Follows a training; by default in silence, to its end.
  public init(
    onEpoch: @escaping (TrainingProgress) -> Void = { _ in },
    onPreparation: @escaping (TrainingPreparation) -> Void = { _ in },
    isCancelled: @escaping () -> Bool = { false }
  ) {
    self.onEpoch = onEpoch
    self.onPreparation = onPreparation
    self.isCancelled = isCancelled
  }
}
