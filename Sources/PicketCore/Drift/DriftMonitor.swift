import CPicket

/// A drift monitor: counts of scores between points of a calibration table.
///
/// A view over the words of the caller's `picket_drift`, which holds all that is needed of the
/// model and outlives it: seal (8 bytes), checksum of the model's file, calibration rows, number
/// of bins, a reserved word, then 10 edges and 11 expected shares in binary32 and 11 counts.
public struct DriftMonitor {
  /// The most bins.
  ///
  /// An odd number of bins has an even number of degrees of freedom, whose p-value
  /// is a closed form; eleven see a shift of any sign, or of the spread, in a few hundred records.
  static var mostBins: Int { 11 }
  /// Bytes of the view.
  static var size: Int { 152 }

  private static var sealed: UInt64 { 0x5049_434B_4452_0001 }

  let words: UnsafeMutableRawPointer

  /// Looks at a caller's memory.
  public init(_ words: UnsafeMutableRawPointer) {
    self.words = words
  }

  /// Whether this memory was filled by `setUp`.
  public var isSetUp: Bool {
    words.load(as: UInt64.self) == DriftMonitor.sealed && binCount >= 3
      && binCount <= DriftMonitor.mostBins
  }

  /// The checksum of the model's file: only monitors of one model can be merged.
  var identity: UInt32 { words.load(fromByteOffset: 8, as: UInt32.self) }
  /// Normal records behind the calibration table.
  var rows: UInt32 { words.load(fromByteOffset: 12, as: UInt32.self) }
  /// How many bins there are, odd.
  var binCount: Int { words.load(fromByteOffset: 16, as: UInt32.self).int }

  private var edges: UnsafeMutablePointer<Float> {
    (words + 24).assumingMemoryBound(to: Float.self)
  }

  /// The share of normal records that each bin expects.
  var expected: UnsafeMutablePointer<Float> { (words + 64).assumingMemoryBound(to: Float.self) }
  /// The scores in each bin.
  var counts: UnsafeMutablePointer<UInt32> { (words + 108).assumingMemoryBound(to: UInt32.self) }
}

extension DriftMonitor {
  /// Divides a calibration table into bins of shares as equal as its points allow.
  ///
  /// Bins begin at points and not between them: there the table gives the share of scores from a
  /// point on as it was counted, equal scores included, and an interpolated edge would be off by
  /// more than ten thousand records forgive.
  ///
  /// - Returns: Whether the table has the points for three bins at least.
  public func setUp(_ model: Model) -> Bool {
    var points = SIMD16<UInt32>.zero
    let found = withUnsafeMutableBytes(of: &points) { bytes in
      guard let start = bytes.baseAddress else { return 0 }
      return choosePoints(model, start.assumingMemoryBound(to: UInt32.self))
    }
    guard found >= 2 else { return false }
    // An even number of edges: of an odd one, the lowest, so that the tail keeps its bins.
    let skipped = found & 1
    // All of it, unused words too: a monitor may be sent away, and nothing else of this memory with it.
    var at = 0
    while at < MemoryLayout<picket_drift>.size {
      words.storeBytes(of: 0, toByteOffset: at, as: UInt64.self)
      at &+= 8
    }
    words.storeBytes(of: DriftMonitor.sealed, as: UInt64.self)
    words.storeBytes(of: model.fileChecksum, toByteOffset: 8, as: UInt32.self)
    words.storeBytes(of: model.calibrationRows, toByteOffset: 12, as: UInt32.self)
    let bins = UInt32(truncatingIfNeeded: found &- skipped &+ 1)
    words.storeBytes(of: bins, toByteOffset: 16, as: UInt32.self)
    var above: Float = 1
    withUnsafeBytes(of: &points) { bytes in
      var i = skipped
      while i < found {
        let point = bytes.load(fromByteOffset: i &* 4, as: UInt32.self).int
        edges[i &- skipped] = model.calibrationScore(point)
        expected[i &- skipped] = above - model.calibrationTail(point)
        above = model.calibrationTail(point)
        i &+= 1
      }
    }
    expected[found &- skipped] = above
    reset()
    return true
  }

  /// Chooses the points whose tails are nearest to 10/11, 9/11 and so on down to 1/11, each once.
  private func choosePoints(_ model: Model, _ points: UnsafeMutablePointer<UInt32>) -> Int {
    var found = 0
    // Not the first point: below it is next to nothing.
    var point = 1
    var share = DriftMonitor.mostBins &- 1
    while share > 0 && point < model.calibrationCount {
      let wanted = Float(share) / Float(DriftMonitor.mostBins)
      while point &+ 1 < model.calibrationCount && model.calibrationTail(point) > wanted {
        point &+= 1
      }
      let above = model.calibrationTail(point &- 1)
      let isNearer = above - wanted < wanted - model.calibrationTail(point)
      let last = found == 0 ? 0 : points[found &- 1].int
      let chosen = isNearer && point &- 1 > last ? point &- 1 : point
      if chosen > last {
        points[found] = UInt32(truncatingIfNeeded: chosen)
        found &+= 1
      }
      share &-= 1
    }
    return found
  }

  /// Forgets all scores.
  public func reset() {
    var i = 0
    while i < DriftMonitor.mostBins {
      counts[i] = 0
      i &+= 1
    }
  }

  /// Counts one finite score.
  public func add(_ score: Float) {
    var bin = 0
    while bin < binCount &- 1 && score >= edges[bin] { bin &+= 1 }
    counts[bin] = DriftMonitor.saturatingSum(counts[bin], 1)
  }

  /// Adds another monitor's counts.
  ///
  /// - Returns: Whether both are of one model.
  public func merge(_ other: DriftMonitor) -> Bool {
    guard identity == other.identity && rows == other.rows && binCount == other.binCount else {
      return false
    }
    var i = 0
    while i < binCount {
      counts[i] = DriftMonitor.saturatingSum(counts[i], other.counts[i])
      i &+= 1
    }
    return true
  }

  private static func saturatingSum(_ a: UInt32, _ b: UInt32) -> UInt32 {
    let sum = a &+ b
    return sum < a ? .max : sum
  }
}

extension Model {
  /// The checksum in the file's header.
  var fileChecksum: UInt32 { bytes.load(fromByteOffset: 20, as: UInt32.self) }
}
