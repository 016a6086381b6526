/// How the learning rate changes between the first step of a training and the last one planned.
///
/// Two players of a game keep circling each other at a constant rate; a rate that falls lets both
/// settle, so that the result depends less on the moment at which training stops.
public enum LearningRateSchedule: String, Sendable, Codable {
  /// It stays as it is.
  case constant
  /// It falls to zero in a straight line.
  case linear

  /// What the learning rate is multiplied by.
  ///
  /// - Parameter progress: Steps taken over steps planned, from 0 to 1.
  public func factor(at progress: Double) -> Float {
    switch self {
    case .constant: 1
    case .linear: Float(1 - progress)
    }
  }
}
