/// The function that a layer applies to each of its sums.
///
/// The same five functions exist in the scoring library; a trained network may use no other.
public enum Activation: Sendable, Codable, Hashable {
  /// f(s) = s.
  case linear
  /// f(s) = max(s, 0).
  case relu
  /// f(s) = s for s > 0, slope * s otherwise; the slope lies in 0 ..< 1.
  case leakyReLU(slope: Float)
  /// f(s) = tanh(s).
  case tanh
  /// f(s) = 1 / (1 + exp(-s)).
  case sigmoid
}
