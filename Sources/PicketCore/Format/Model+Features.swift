import CPicket

/// Where one plane of the section *features* has its arrays: byte offsets from the file's start.
///
/// A min-max plane has no offsets, lows and highs: they are the fields' minimums, 0 and 1.
struct Plane {
  /// What stands for a lane without an input.
  static var absent: UInt32 { 0xFFFF_FFFF }
  static var arrays: Int { 5 }
  static var minMaxArrays: Int { 2 }

  let isMinMax: Bool
  let inputs: Int
  let offsets: Int
  let scales: Int
  let lows: Int
  let highs: Int
}

/// Checks 30 to 36: the section *features*.
extension Model {
  /// Fields, rounded up to whole vectors.
  @inline(__always)
  var lanes: Int { roundedUp(fieldCount.int, to: 16) }

  @inline(__always)
  var minimums: Int { features.first &+ 64 }

  @inline(__always)
  var maximums: Int { minimums &+ lanes &* 4 }

  /// The plane at an index that is known to exist.
  @inline(__always)
  func plane(_ index: Int) -> Plane {
    let array = lanes &* 4
    let isMinMax = index < minMaxCount.int
    let whole = isMinMax ? 0 : index &- minMaxCount.int
    let arrays = (index &- whole) &* Plane.minMaxArrays &+ whole &* Plane.arrays
    let at = maximums &+ array &+ arrays &* array
    return Plane(
      isMinMax: isMinMax, inputs: at, offsets: isMinMax ? minimums : at &+ array,
      scales: isMinMax ? at &+ array : at &+ 2 &* array, lows: at &+ 3 &* array,
      highs: at &+ 4 &* array)
  }

  /// The byte offset of a one-hot: its field, then its first input.
  @inline(__always)
  func oneHot(_ index: Int) -> Int {
    plane(planeCount.int).inputs &+ index &* 8
  }

  @_optimize(size)
  mutating func checkFeatures() throws(FormatError) {
    let at = features.first
    try require(
      features.count >= 64 && bytes.isZero(at &+ 12, at &+ 64), 30, PICKET_E_FEATURES)
    planeCount = bytes.load(fromByteOffset: at, as: UInt32.self)
    oneHotCount = bytes.load(fromByteOffset: at &+ 4, as: UInt32.self)
    minMaxCount = bytes.load(fromByteOffset: at &+ 8, as: UInt32.self)
    var symbolic = 0
    var i = 0
    while i < fieldCount.int {
      symbolic &+= field(i).kind == PICKET_SYMBOLIC ? 1 : 0
      i &+= 1
    }
    try require(
      planeCount <= UInt32(FormatLayout.mostPlanes) && minMaxCount <= planeCount
        && oneHotCount.int == symbolic,
      31, PICKET_E_FEATURES)
    try require(
      oneHot(oneHotCount.int) == features.end, 32, PICKET_E_FEATURES)
    try checkRanges()
    try checkOneHots()
    try checkInputs()
    try checkPlaneNumbers()
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

  @_optimize(size)
  private func checkOneHots() throws(FormatError) {
    var next = 0
    var i = 0
    while i < fieldCount.int {
      if field(i).kind == PICKET_SYMBOLIC {
        try require(bytes.word(oneHot(next)) == i, 34, PICKET_E_FEATURES)
        next &+= 1
      }
      i &+= 1
    }
  }

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
        try require(bytes.word(oneHot(oneHots) &+ 4) == next, 35, PICKET_E_FEATURES)
        next &+= field(lane).categoryCount
        oneHots &+= 1
      }
      lane &+= 1
    }
    try require(next == inputCount.int, 35, PICKET_E_FEATURES)
  }

  @_optimize(size)
  private func checkPlaneNumbers() throws(FormatError) {
    var i = 0
    while i < planeCount.int {
      let plane = plane(i)
      var lane = 0
      while lane < lanes {
        let at = lane &* 4
        let scale = bytes.float(plane.scales &+ at)
        // Minimums have passed a check of their own, and are not 0 where there is no input.
        let offset = plane.isMinMax ? 0 : bytes.float(plane.offsets &+ at)
        let low = plane.isMinMax ? 0 : bytes.float(plane.lows &+ at)
        let high = plane.isMinMax ? 0 : bytes.float(plane.highs &+ at)
        let input = bytes.load(fromByteOffset: plane.inputs &+ at, as: UInt32.self)
        let holds =
          input == Plane.absent
          ? offset == 0 && scale == 0 && low == 0 && high == 0
          : isFinite(offset) && isFinite(scale) && isFinite(low) && isFinite(high) && low <= high
        try require(holds, 36, PICKET_E_FEATURES)
        lane &+= 1
      }
      i &+= 1
    }
  }
}
