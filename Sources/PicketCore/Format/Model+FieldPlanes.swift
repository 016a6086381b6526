import CPicket

/// What is made of one number: how many inputs of each kind.
public struct FieldPlanes {
  /// Inputs that are scaled numbers.
  public fileprivate(set) var scaled = 0
  /// Inputs that are scaled logarithms.
  public fileprivate(set) var logarithms = 0
  /// Knots of its table of quantiles; 0 without one.
  public fileprivate(set) var knots = 0
}

extension Model {
  /// What is made of a numeric field at an index that is known to exist.
  public func planes(ofField index: Int) -> FieldPlanes {
    var planes = FieldPlanes()
    var i = 0
    while i < planeCount.int {
      let plane = plane(i)
      let at = index &* 4
      if bytes.load(fromByteOffset: plane.inputs &+ at, as: UInt32.self) != Plane.absent {
        switch plane.kind {
        case .minMax, .affine: planes.scaled &+= 1
        case .log: planes.logarithms &+= 1
        case .quantile:
          let first = index == 0 ? 0 : bytes.word(plane.knotEnds &+ at &- 4)
          planes.knots = bytes.word(plane.knotEnds &+ at) &- first
        }
      }
      i &+= 1
    }
    return planes
  }
}
