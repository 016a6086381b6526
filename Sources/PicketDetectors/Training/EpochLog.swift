/// Keeps what a training tells about its epochs, and passes it on.
final class EpochLog {
  private(set) var epochs: [TrainingProgress] = []
  private let next: TrainingObserver

  init(_ next: TrainingObserver) { self.next = next }

  /// Who follows the training.
  var observer: TrainingObserver {
    TrainingObserver(
      onEpoch: { [self] epoch in
        epochs.append(epoch)
        next.onEpoch(epoch)
      }, onPreparation: next.onPreparation, isCancelled: next.isCancelled)
  }
}
