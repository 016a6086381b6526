import PicketCore

/// A number's logarithm, standardised and clipped: clamp((s(x) - offset) * scale, low, high) with
/// s(x) = sign(x) ln(1 + |x|), for numbers whose magnitude says more than their difference.
public struct LogPlane: Codable, Sendable, Equatable {
  /// How many standard deviations an input goes, either way.
  public static let reach: Float = 5

  /// What is done with s(x).
  public var scaling: AffinePlane

  /// A plane with given constants.
  public init(scaling: AffinePlane) {
    self.scaling = scaling
  }

  /// Standardises by the mean and the deviation of s over the values of normal records.
  ///
  /// - Parameter values: Finite. Of none, or of one value alone, the scale is 1.
  public init(fittedTo values: [Float]) {
    var sum = 0.0
    var squares = 0.0
    // About the first one, so that a constant column has a deviation of exactly 0.
    let logarithms = Self.logarithms(of: values)
    let origin = Double(logarithms.first ?? 0)
    for logarithm in logarithms {
      let difference = Double(logarithm) - origin
      sum += difference
      squares += difference * difference
    }
    let count = max(Double(values.count), 1)
    let variance = max(squares / count - (sum / count) * (sum / count), 0)
    let scale = Float(1 / variance.squareRoot())
    scaling = AffinePlane(
      offset: Float(origin + sum / count), scale: scale.isFinite ? scale : 1, low: -Self.reach,
      high: Self.reach)
  }

  /// The input for a value.
  public func input(for value: Float) -> Float {
    scaling.input(for: signedLogarithm(SIMD16(repeating: value))[0])
  }

  /// s of each value, sixteen at a time.
  static func logarithms(of values: [Float]) -> [Float] {
    var logarithms: [Float] = []
    logarithms.reserveCapacity(values.count)
    for start in stride(from: 0, to: values.count, by: 16) {
      let count = min(16, values.count - start)
      var sixteen = SIMD16<Float>.zero
      for lane in 0..<count { sixteen[lane] = values[start + lane] }
      let result = signedLogarithm(sixteen)
      for lane in 0..<count { logarithms.append(result[lane]) }
    }
    return logarithms
  }
}
