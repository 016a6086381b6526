import Foundation

/// A monotonic function of one number: rational-quadratic pieces within a square, the identity
/// beyond it.
///
/// ```
/// y = y_k + h (s t^2 + d_k t (1 - t)) / D        x_k <= x <= x_k + w,  t = (x - x_k) / w,  s = h / w
/// dy/dx = s^2 (d_k+1 t^2 + 2 s t (1 - t) + d_k (1 - t)^2) / D^2
/// D = s + (d_k+1 + d_k - 2 s) t (1 - t)
/// y = x                                          |x| >= bound
/// ```
///
/// "Neural Spline Flows" (Durkan and others, 2019, section 3.1, equations 4 and 5; the linear tails are
/// those of its unconstrained spline). A spline's 23 numbers are the widths w of its 8 bins, their
/// heights h and the 7 slopes d between them; the outer slopes are 1, as those of the tails.
/// `SplineKnots` makes them of what a network puts out.
public struct RationalQuadraticSpline: Sendable {
  /// Bins within the square: a constant, so that loops over them become vector code.
  @inline(__always) public static var bins: Int { 8 }
  /// Numbers of a spline: widths, heights, inner slopes.
  @inline(__always) public static var parameterCount: Int { 3 * bins - 1 }

  /// Half the side of the square, around the origin.
  public let bound: Float

  /// A spline within [-bound, bound].
  ///
  /// - Precondition: `bound` is above 0.
  public init(bound: Float) {
    precondition(bound > 0, "a square has a side")
    self.bound = bound
  }

  /// The function and its log-derivative.
  ///
  /// - Parameters:
  ///   - x: Any number.
  ///   - knots: The spline's numbers.
  /// - Returns: y, and log dy/dx.
  @inline(__always)
  public func forward(_ x: Float, _ knots: UnsafePointer<Float>) -> (y: Float, logSlope: Float) {
    guard abs(x) < bound else { return (x, 0) }
    let piece = SplinePiece(knots, at: x, from: -bound, edges: 0)
    let t = (x - piece.left) / piece.width
    let terms = piece.terms(t)
    let slope = piece.chord * piece.chord * terms.slope / (terms.below * terms.below)
    return (piece.bottom + piece.height * terms.above / terms.below, log(slope))
  }

  /// The inverse function: the root of a quadratic (equations 6 to 8) in the form that does not
  /// cancel.
  ///
  /// - Parameters:
  ///   - y: Any number.
  ///   - knots: The spline's numbers.
  /// - Returns: x.
  public func inverse(_ y: Float, _ knots: UnsafePointer<Float>) -> Float {
    guard abs(y) < bound else { return y }
    let piece = SplinePiece(knots, at: y, from: -bound, edges: Self.bins)
    let rise = y - piece.bottom
    let bend = piece.leftSlope + piece.rightSlope - 2 * piece.chord
    let a = rise * bend + piece.height * (piece.chord - piece.leftSlope)
    let b = piece.height * piece.leftSlope - rise * bend
    let c = -piece.chord * rise
    // Rounding may push a root of zero below it.
    let root = max(b * b - 4 * a * c, 0).squareRoot()
    return piece.left + piece.width * (2 * c / (-b - root))
  }
}

/// One bin of a spline, with the names of the equations.
struct SplinePiece {
  /// k, counted from 0.
  let index: Int
  /// x_k.
  let left: Float
  /// y_k.
  let bottom: Float
  /// w.
  let width: Float
  /// h.
  let height: Float
  /// d_k.
  let leftSlope: Float
  /// d_k+1.
  let rightSlope: Float

  /// s, the slope of the chord.
  @inline(__always) var chord: Float { height / width }

  /// Finds the bin of a number on the axis whose bins' lengths begin at `knots[edges]`.
  @inline(__always)
  init(_ knots: UnsafePointer<Float>, at value: Float, from start: Float, edges: Int) {
    let bins = RationalQuadraticSpline.bins
    var (index, edge) = (0, start + knots[edges])
    while index < bins - 1 && value >= edge {
      index += 1
      edge += knots[edges + index]
    }
    var (left, bottom) = (start, start)
    for before in 0..<index {
      left += knots[before]
      bottom += knots[bins + before]
    }
    self.index = index
    self.left = left
    self.bottom = bottom
    width = knots[index]
    height = knots[bins + index]
    leftSlope = index > 0 ? knots[2 * bins + index - 1] : 1
    rightSlope = index < bins - 1 ? knots[2 * bins + index] : 1
  }

  /// The parts of equations 4 and 5 at t: what y has above and below its bar, and the sum that the
  /// slope has above it.
  @inline(__always)
  func terms(_ t: Float) -> (above: Float, below: Float, slope: Float) {
    let (rest, both) = (1 - t, t * (1 - t))
    return (
      chord * t * t + leftSlope * both,
      chord + (leftSlope + rightSlope - 2 * chord) * both,
      rightSlope * t * t + 2 * chord * both + leftSlope * rest * rest
    )
  }
}
