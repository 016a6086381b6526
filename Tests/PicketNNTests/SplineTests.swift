import Foundation
import PicketNN
import PicketNumbers
import Testing

@Suite("Rational-quadratic splines")
struct SplineTests {
  private let spline = RationalQuadraticSpline(bound: 3)
  private let count = RationalQuadraticSpline.parameterCount

  /// Knots of numbers of N(0, scale^2), and those numbers.
  private func knots(_ seed: UInt64, scale: Float = 1) -> (knots: Matrix, numbers: [Double]) {
    var generator = SeededGenerator(seed: seed)
    let knots = generator.matrix(rows: 1, columns: count)
    for place in 0..<count { knots.view[0, place] *= scale }
    let numbers = knots.elements.map(Double.init)
    SplineKnots.make(knots.view.base, bound: spline.bound)
    return (knots, numbers)
  }

  /// Numbers within the square, dense enough to visit every bin.
  private let places = (1..<600).map { -3 + Float($0) / 100 }

  @Test("values, slopes and gradients are those of the authors' program", arguments: splineCases)
  func agrees(_ expected: SplineCase) {
    let (knots, gradient) = (Matrix(rows: 1, columns: count), Matrix(rows: 1, columns: count))
    for place in 0..<count {
      knots.view[0, place] = expected.scale * Float((place * expected.step) % 17 - 8) / 8
    }
    SplineKnots.make(knots.view.base, bound: spline.bound)
    let (y, logSlope) = spline.forward(expected.x, knots.view.base)
    #expect(abs(Double(y) - expected.y) < 1e-6)
    #expect(abs(Double(logSlope) - expected.logSlope) < 1e-5)
    let slope = spline.backward(
      expected.x, knots.view.base, outputGradient: 0.7, logSlopeGradient: -1.3,
      into: gradient.view.base)
    SplineKnots.differentiate(gradient.view.base, knots: knots.view.base, bound: spline.bound)
    #expect(abs(Double(slope) - expected.gradient) < 1e-5 * max(1, abs(expected.gradient)))
    #expect(relativeError(gradient.elements, expected.numberGradient) < 1e-5)
  }

  @Test("the slope and every gradient are those of central differences", arguments: 0..<8)
  func differentiates(_ seed: UInt64) {
    // Where a spline is steep, a knot's rounding moves y by more than the tolerance.
    let (knots, numbers) = knots(seed, scale: 0.5)
    let reference = ReferenceSpline(numbers, bound: 3)
    let gradient = Matrix(rows: 1, columns: count)
    for x in places.filter({ Int(($0 * 100).rounded()) % 37 == 0 }) {
      let (y, logSlope) = spline.forward(x, knots.view.base)
      #expect(abs(Double(y) - reference(Double(x)).y) < 3e-6)
      let slope = centralDifferences([Double(x)]) { reference($0[0]).y }[0]
      #expect(abs(exp(Double(logSlope)) / slope - 1) < 3e-5)
      let inputGradient = spline.backward(
        x, knots.view.base, outputGradient: 0.7, logSlopeGradient: -1.3, into: gradient.view.base)
      SplineKnots.differentiate(gradient.view.base, knots: knots.view.base, bound: spline.bound)
      func loss(_ x: Double, _ numbers: [Double]) -> Double {
        let (y, slope) = ReferenceSpline(numbers, bound: 3)(x)
        return 0.7 * y - 1.3 * log(slope)
      }
      let differences =
        centralDifferences(numbers) { loss(Double(x), $0) }
        + centralDifferences([Double(x)]) { loss($0[0], numbers) }
      #expect(relativeError(gradient.elements + [inputGradient], differences) < 3e-5)
    }
  }

  @Test("it rises everywhere, and the inverse leads back", arguments: 0..<8)
  func inverts(_ seed: UInt64) {
    let knots = knots(seed).knots
    var last = -spline.bound
    for x in places {
      let y = spline.forward(x, knots.view.base).y
      #expect(y > last)
      last = y
      #expect(abs(spline.inverse(y, knots.view.base) - x) < 1e-4)
    }
    #expect(last < spline.bound)
  }

  @Test("bins as narrow and slopes as small as they get leave values and slopes finite")
  func staysFinite() {
    let knots = knots(3, scale: 30).knots
    for x in places {
      let (y, logSlope) = spline.forward(x, knots.view.base)
      #expect(abs(y) <= spline.bound && logSlope.isFinite)
      let back = spline.inverse(y, knots.view.base)
      #expect(abs(spline.forward(back, knots.view.base).y - y) < 1e-4)
    }
  }

  @Test("beyond the square it is the identity, and its numbers get no gradient")
  func hasLinearTails() {
    let knots = knots(4).knots
    let gradient = Matrix(rows: 1, columns: count)
    for x: Float in [-1e6, -4, -3, 3, 3.5, 1e6] {
      let (y, logSlope) = spline.forward(x, knots.view.base)
      #expect(y == x && logSlope == 0 && spline.inverse(x, knots.view.base) == x)
      gradient.view.fill(1)
      let slope = spline.backward(
        x, knots.view.base, outputGradient: 0.7, logSlopeGradient: -1.3, into: gradient.view.base)
      #expect(slope == 0.7 && gradient.elements.allSatisfy { $0 == 0 })
    }
  }

  @Test("slopes are continuous where the tails begin")
  func isSmooth() {
    let knots = knots(5).knots
    for x in [-spline.bound.nextDown, spline.bound.nextDown] {
      #expect(abs(spline.forward(x, knots.view.base).logSlope) < 1e-4)
    }
  }

  @Test("zeros are the identity")
  func beginsAsIdentity() {
    let knots = knots(6, scale: 0).knots
    for x in places {
      let (y, logSlope) = spline.forward(x, knots.view.base)
      #expect(abs(y - x) < 1e-6 && abs(logSlope) < 1e-5)
    }
  }
}
