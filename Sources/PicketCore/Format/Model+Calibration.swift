import CPicket

/// Checks 53 to 55: the section *calibration*.
extension Model {
  /// How many points the calibration table has, at least 2: a shift, because a division for size is
  /// an instruction that can trap.
  @inline(__always)
  var calibrationCount: Int { calibration.count &>> 3 }

  @inline(__always)
  func calibrationScore(_ index: Int) -> Float {
    bytes.float(calibration.first &+ index &* 4)
  }

  @inline(__always)
  func calibrationTail(_ index: Int) -> Float {
    bytes.float(calibration.first &+ (calibrationCount &+ index) &* 4)
  }

  @_optimize(size)
  func checkCalibration() throws(FormatError) {
    let count = calibrationCount
    try require(
      calibration.count == count &* FormatLayout.calibrationBytes && count >= 2
        && count <= Int(PICKET_MAX_CALIBRATION), 53, PICKET_E_CALIBRATION)
    var i = 0
    while i < count {
      let score = calibrationScore(i)
      try require(
        isFinite(score) && (i == 0 || score > calibrationScore(i &- 1)), 54, PICKET_E_CALIBRATION)
      let tail = calibrationTail(i)
      try require(
        tail > 0 && tail <= (i == 0 ? 1 : calibrationTail(i &- 1).nextDown),
        55, PICKET_E_CALIBRATION)
      i &+= 1
    }
  }
}
