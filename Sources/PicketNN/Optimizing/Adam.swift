/// Adam (Kingma and Ba 2015, algorithm 1) for every parameter of one network.
///
/// ```
/// m = beta1 m + (1 - beta1) g          mHat = m / (1 - beta1^t)
/// v = beta2 v + (1 - beta2) g^2        vHat = v / (1 - beta2^t)
/// p = p - lr mHat / (sqrt(vHat) + epsilon)
/// ```
public final class Adam {
  /// The four numbers of the rule.
  public struct Settings: Sendable, Codable, Hashable {
    /// lr, the length of a step.
    public var learningRate: Float
    /// The memory of the gradient's mean.
    public var beta1: Float
    /// The memory of the gradient's square.
    public var beta2: Float
    /// What keeps the division finite.
    public var epsilon: Float

    /// The rule's numbers; those left out are the publication's.
    public init(
      learningRate: Float = 1e-3, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8
    ) {
      self.learningRate = learningRate
      self.beta1 = beta1
      self.beta2 = beta2
      self.epsilon = epsilon
    }
  }

  /// The rule's numbers; the learning rate may change between steps.
  public var settings: Settings
  /// t, the number of steps taken.
  public private(set) var steps = 0

  private let parameters: Matrix
  private let gradients: Matrix
  private let mean: Matrix
  private let square: Matrix
  // beta^t; Double, because 1 - beta2^t is small at first.
  private var power1 = 1.0
  private var power2 = 1.0

  /// Prepares to move a network's parameters.
  public init(_ network: Perceptron, _ settings: Settings) {
    parameters = network.parameters
    gradients = network.gradients
    mean = Matrix(rows: 1, columns: parameters.columns)
    square = Matrix(rows: 1, columns: parameters.columns)
    self.settings = settings
  }

  /// Moves every parameter by its gradient.
  public func step() {
    steps += 1
    power1 *= Double(settings.beta1)
    power2 *= Double(settings.beta2)
    // lr mHat / (sqrt(vHat) + epsilon) = rate m / (sqrt(v) * root + epsilon)
    let rate = Float(Double(settings.learningRate) / (1 - power1))
    let root = Float(1 / (1 - power2).squareRoot())
    let (beta1, beta2, epsilon) = (settings.beta1, settings.beta2, settings.epsilon)
    let (p, g, m, v) = (parameters.base, gradients.base, mean.base, square.base)
    // Storage is padded with zeros to whole vectors; a zero gradient leaves a zero parameter.
    for index in 0..<parameters.paddedCount {
      let gradient = g[index]
      let first = beta1 * m[index] + (1 - beta1) * gradient
      let second = beta2 * v[index] + (1 - beta2) * (gradient * gradient)
      m[index] = first
      v[index] = second
      p[index] -= rate * first / (VectorMath.squareRoot(second) * root + epsilon)
    }
  }
}
