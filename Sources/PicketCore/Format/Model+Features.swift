import CPicket

/// Where one plane of the section *features* has its arrays: byte offsets from the file's start.
///
/// A min-max plane has no offsets, lows and highs: they are the fields' minimums, 0 and 1. A plane of
/// quantiles has no numbers of its own at all, but where each field's knots end.
struct Plane {
  /// What makes an input of a number.
  enum Kind {
    case minMax, affine, log, quantile
  }

  /// What stands for a lane without an input.
  static var absent: UInt32 { 0xFFFF_FFFF }
  /// Arrays of a plane that scales, and of one that is a min-max plane or one of quantiles.
  static var arrays: Int { 5 }
  static var fewArrays: Int { 2 }

  let kind: Kind
  let inputs: Int
  let offsets: Int
  let scales: Int
  let lows: Int
  let highs: Int

  @inline(__always) var isMinMax: Bool { kind == .minMax }
  /// Where a plane of quantiles has the other of its two arrays.
  @inline(__always) var knotEnds: Int { offsets }
}

/// Checks 30 to 36: the section *features*; see `Model+Knots.swift` for 59 and 60.
extension Model {
  /// Fields, rounded up to whole vectors.
  @inline(__always)
  var lanes: Int { roundedUp(fieldCount.int, to: 16) }

  @inline(__always)
  var minimums: Int { features.first &+ 64 }

  @inline(__always)
  var maximums: Int { minimums &+ lanes &* 4 }

  /// Where a plane starts: behind the ranges, min-max planes first, quantiles last.
  @inline(never)
  func planeStart(_ index: Int) -> Int {
    var few = min(index, minMaxCount.int)
    if BuiltIn.curves { few &+= max(index &- quantilePlane.int, 0) }
    let missing = few &* (Plane.arrays &- Plane.fewArrays)
    return maximums &+ lanes &* 4 &* (1 &+ index &* Plane.arrays &- missing)
  }

  /// The plane at an index that is known to exist.
  @inline(__always)
  func plane(_ index: Int) -> Plane {
    let array = lanes &* 4
    let isMinMax = index < minMaxCount.int
    let at = planeStart(index)
    return Plane(
      kind: isMinMax ? .minMax : kind(ofPlane: index), inputs: at,
      offsets: isMinMax ? minimums : at &+ array,
      scales: isMinMax ? at &+ array : at &+ 2 &* array, lows: at &+ 3 &* array,
      highs: at &+ 4 &* array)
  }

  /// What a plane is that is not a min-max one.
  @inline(__always)
  private func kind(ofPlane index: Int) -> Plane.Kind {
    guard BuiltIn.curves, index >= firstCurve.int else { return .affine }
    return index < quantilePlane.int ? .log : .quantile
  }

  /// The byte offset of a one-hot: its field, then its first input.
  @inline(__always)
  func oneHot(_ index: Int) -> Int {
    features.end &- (oneHotCount.int &- index) &* 8
  }

  @_optimize(size)
  mutating func checkFeatures() throws(FormatError) {
    let at = features.first
    try require(
      features.count >= 64 && bytes.isZero(at &+ 24, at &+ 64), 30, PICKET_E_FEATURES)
    planeCount = bytes.load(fromByteOffset: at, as: UInt32.self)
    minMaxCount = bytes.load(fromByteOffset: at &+ 8, as: UInt32.self)
    try require(
      planeCount <= UInt32(FormatLayout.mostPlanes) && minMaxCount <= planeCount
        && bytes.load(fromByteOffset: at &+ 4, as: UInt32.self) == oneHotCount,
      31, PICKET_E_FEATURES)
    try countCurves()
    let tableBytes = (knotCount &+ oneHotCount.int) &* 8
    try require(planeStart(planeCount.int) &+ tableBytes == features.end, 32, PICKET_E_FEATURES)
    try checkRanges()
    try checkInputs()
    try checkPlaneNumbers()
    if BuiltIn.curves { try checkKnots() }
  }

  @_optimize(size)
  private func checkRanges() throws(FormatError) {
    var lane = 0
    while lane < lanes {
      let minimum = bytes.float(minimums &+ lane &* 4)
      let maximum = bytes.float(maximums &+ lane &* 4)
      var holds = minimum == 0 && maximum == 0
      if lane < fieldCount.int {
        let field = field(lane)
        holds =
          field.kind == PICKET_SYMBOLIC
          ? minimum == 0 && maximum == Float(field.categoryCount &- 1)
          : isFinite(minimum) && isFinite(maximum) && minimum <= maximum
      }
      try require(holds, 33, PICKET_E_FEATURES)
      lane &+= 1
    }
  }

  /// Field by field: the number of its one-hot, and the inputs that it has.
  @_optimize(size)
  private func checkInputs() throws(FormatError) {
    var next = 0
    var oneHots = 0
    var lane = 0
    while lane < lanes {
      let kind = lane < fieldCount.int ? field(lane).kind : 0
      var i = 0
      while i < planeCount.int {
        let input = bytes.load(fromByteOffset: plane(i).inputs &+ lane &* 4, as: UInt32.self)
        if input != Plane.absent {
          try require(kind == PICKET_NUMERIC && input.int == next, 35, PICKET_E_FEATURES)
          next &+= 1
        }
        i &+= 1
      }
      if kind == PICKET_SYMBOLIC {
        try require(bytes.word(oneHot(oneHots)) == lane, 34, PICKET_E_FEATURES)
        try require(bytes.word(oneHot(oneHots) &+ 4) == next, 35, PICKET_E_FEATURES)
        next &+= field(lane).categoryCount
        oneHots &+= 1
      }
      lane &+= 1
    }
    try require(next == inputCount.int, 35, PICKET_E_FEATURES)
  }

  /// One array after the other: a plane has scale alone, or offset, scale, low and high.
  @_optimize(size)
  private func checkPlaneNumbers() throws(FormatError) {
    let bytesOfArray = lanes &* 4
    var i = 0
    while i < quantilePlane.int {
      let inputs = plane(i).inputs
      let end = planeStart(i &+ 1)
      var at = inputs &+ bytesOfArray
      while at < end {
        let isHigh = at &- inputs == 4 &* bytesOfArray
        var lane = 0
        while lane < bytesOfArray {
          let number = bytes.float(at &+ lane)
          let input = bytes.load(fromByteOffset: inputs &+ lane, as: UInt32.self)
          let holds =
            input == Plane.absent
            ? number == 0
            : isFinite(number) && (!isHigh || bytes.float(at &+ lane &- bytesOfArray) <= number)
          try require(holds, 36, PICKET_E_FEATURES)
          lane &+= 4
        }
        at &+= bytesOfArray
      }
      i &+= 1
    }
  }
}
