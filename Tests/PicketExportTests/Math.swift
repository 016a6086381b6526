import Foundation
import PicketNN

/// The C library's functions, for the reference scores.
enum Math {
  static func exp(_ x: Double) -> Double { Foundation.exp(x) }
  static func log(_ x: Double) -> Double { Foundation.log(x) }

  /// Where an exponential variable with mean 1 has a share of p below it.
  static func exponentialQuantile(_ p: Double) -> Double { -Foundation.log1p(-p) }

  static func activate(_ x: Double, _ activation: Activation) -> Double {
    switch activation {
    case .linear: x
    case .relu: max(x, 0)
    case .leakyReLU(let slope): x < 0 ? x * Double(slope) : x
    case .tanh: Foundation.tanh(x)
    case .sigmoid: 1 / (1 + Foundation.exp(-x))
    }
  }
}
