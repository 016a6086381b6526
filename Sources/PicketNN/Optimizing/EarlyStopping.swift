/// Keeps the parameters of the best epoch and says when to stop hoping for a better one.
public final class EarlyStopping {
  /// The best figure so far; larger is better.
  public private(set) var best = -Double.infinity
  /// The epoch that reached it, counted from 1; 0 before any.
  public private(set) var bestEpoch = 0
  /// Epochs without improvement after which training should end.
  public let patience: Int

  private let watched: [Perceptron]
  private let kept: [Matrix]

  /// Watches networks whose parameters are to be kept together.
  public init(_ networks: [Perceptron], patience: Int) {
    watched = networks
    kept = networks.map { Matrix(rows: 1, columns: $0.parameters.columns) }
    self.patience = patience
  }

  /// Looks at the figure of an epoch.
  ///
  /// Of epochs with equal figures the last is kept, having learnt most: a figure that cannot rise
  /// any more (an area of 1, say) tells nothing against going on. What is not a finite number is
  /// never kept.
  ///
  /// - Parameters:
  ///   - figure: Larger is better.
  ///   - epoch: Counted from 1.
  /// - Returns: Whether training should end.
  public func observe(_ figure: Double, epoch: Int) -> Bool {
    if figure.isFinite, figure >= best {
      best = figure
      bestEpoch = epoch
      for (copy, network) in zip(kept, watched) { copy.copy(from: network.parameters) }
    }
    return epoch - bestEpoch >= patience
  }

  /// Puts the parameters of the best epoch back; leaves the networks alone when there is none.
  public func restoreBest() {
    guard bestEpoch > 0 else { return }
    for (copy, network) in zip(kept, watched) { network.parameters.copy(from: copy) }
  }
}
