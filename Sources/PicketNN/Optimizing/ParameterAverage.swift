/// The running mean of networks' parameters over the steps of a training.
///
/// ```
/// mean <- d mean + (1 - d) parameters,   d = min(decay, (1 + t) / (10 + t)) at step t
/// ```
///
/// Two players of a game circle around where they would settle, and the mean lies nearer to it than
/// any one step: "The Unusual Effectiveness of Averaging in GAN Training" (Yazıcı and others, 2019,
/// section 3). Early steps weigh less, so that the mean soon forgets where the networks began.
public final class ParameterAverage {
  private let networks: [Perceptron]
  private let means: [Matrix]
  private let decay: Float
  private var steps: Float = 0

  /// Begins where the networks are.
  ///
  /// - Parameter decay: Within [0, 1): after many steps, how much of the mean a step leaves.
  public init(_ networks: [Perceptron], decay: Float) {
    self.networks = networks
    self.decay = decay
    means = networks.map { network in
      let mean = Matrix(rows: 1, columns: network.parameters.columns)
      mean.copy(from: network.parameters)
      return mean
    }
  }

  /// Takes in the parameters after a step; allocates nothing.
  public func update() {
    let share = 1 - min(decay, (1 + steps) / (10 + steps))
    steps += 1
    for (network, mean) in zip(networks, means) {
      let (from, to) = (network.parameters.view.base, mean.view.base)
      for place in 0..<mean.columns { to[place] += share * (from[place] - to[place]) }
    }
  }

  /// Gives the networks the mean.
  public func install() {
    for (network, mean) in zip(networks, means) { network.parameters.copy(from: mean) }
  }
}
