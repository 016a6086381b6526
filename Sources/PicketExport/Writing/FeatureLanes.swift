import CPicket
import PicketData

/// The section *features*: an array for each kind of number, a lane for each field.
struct FeatureLanes {
  private static let absent: UInt32 = 0xFFFF_FFFF

  private var minimums: [Float]
  private var maximums: [Float]
  private var affine: ScaledLanes
  private var log: ScaledLanes
  private var quantile: KnotLanes
  private var oneHots: [(field: Int, firstInput: Int)] = []

  init(_ encoding: FeatureEncoding) throws(ExportError) {
    let lanes = (encoding.fieldCount + 15) / 16 * 16
    minimums = Array(repeating: 0, count: lanes)
    maximums = minimums
    affine = ScaledLanes(lanes)
    log = affine
    quantile = KnotLanes(lanes)
    var next = 0
    for (lane, field) in encoding.fields.enumerated() {
      let first = UInt32(next)
      switch field {
      case .numeric(let numeric):
        minimums[lane] = numeric.minimum
        maximums[lane] = numeric.maximum
        guard numeric.planes.map(\.rank) == Set(numeric.planes.map(\.rank)).sorted() else {
          throw ExportError(
            "the field '\(numeric.name)' has its planes twice or out of order: affine, logarithm "
              + "and quantile are expected, each at most once")
        }
        for (place, plane) in numeric.planes.enumerated() {
          let input = first + UInt32(place)
          switch plane {
          case .affine(let plane): affine.set(lane, input, plane)
          case .log(let plane): log.set(lane, input, plane.scaling)
          case .quantile(let plane): try quantile.set(lane, input, plane, of: numeric.name)
          }
        }
      case .symbolic(let symbolic):
        maximums[lane] = Float(symbolic.categories.count - 1)
        oneHots.append((lane, next))
      }
      next += field.inputCount
    }
  }

  /// Whether there are planes that only minor version 2 describes.
  var hasTables: Bool { !log.isEmpty || !quantile.isEmpty }

  /// Whether each affine input is (x - minimum) * scale within 0 to 1, so that a min-max plane says
  /// it.
  private var isMinMax: Bool {
    affine.inputs.indices.allSatisfy { lane in
      affine.inputs[lane] == Self.absent
        || (affine.offsets[lane] == minimums[lane] && affine.lows[lane] == 0
          && affine.highs[lane] == 1)
    }
  }

  /// The section's bytes.
  func section(_ order: ByteOrder) -> FileBytes {
    // Of no numbers at all, an affine plane: as ever.
    let hasAffine = !affine.isEmpty || !hasTables
    let (logs, quantiles) = (log.isEmpty ? 0 : 1, quantile.isEmpty ? 0 : 1)
    var section = FileBytes(order)
    for count in [
      (hasAffine ? 1 : 0) + logs + quantiles, oneHots.count, hasAffine && isMinMax ? 1 : 0, logs,
      quantiles, quantile.values.count,
    ] { section.append(UInt32(count)) }
    section.pad(to: 64)
    for array in [minimums, maximums] { for number in array { section.append(number) } }
    if hasAffine { affine.append(to: &section, isMinMax: isMinMax) }
    if logs == 1 { log.append(to: &section, isMinMax: false) }
    if quantiles == 1 { quantile.append(to: &section) }
    for oneHot in oneHots {
      section.append(UInt32(oneHot.field))
      section.append(UInt32(oneHot.firstInput))
    }
    return section
  }

  /// A plane of scaled numbers, or of scaled logarithms.
  private struct ScaledLanes {
    private(set) var inputs: [UInt32]
    private(set) var offsets: [Float]
    private(set) var scales: [Float]
    private(set) var lows: [Float]
    private(set) var highs: [Float]

    init(_ lanes: Int) {
      inputs = Array(repeating: absent, count: lanes)
      offsets = Array(repeating: 0, count: lanes)
      (scales, lows, highs) = (offsets, offsets, offsets)
    }

    var isEmpty: Bool { inputs.allSatisfy { $0 == absent } }

    mutating func set(_ lane: Int, _ input: UInt32, _ plane: AffinePlane) {
      inputs[lane] = input
      offsets[lane] = plane.offset
      scales[lane] = plane.scale
      lows[lane] = plane.low
      highs[lane] = plane.high
    }

    func append(to section: inout FileBytes, isMinMax: Bool) {
      for input in inputs { section.append(input) }
      for array in isMinMax ? [scales] : [offsets, scales, lows, highs] {
        for number in array { section.append(number) }
      }
    }
  }

  /// A plane of quantiles, and its tables.
  private struct KnotLanes {
    private var inputs: [UInt32]
    private var counts: [Int]
    private(set) var values: [Float] = []
    private var quantiles: [Float] = []

    init(_ lanes: Int) {
      inputs = Array(repeating: absent, count: lanes)
      counts = Array(repeating: 0, count: lanes)
    }

    var isEmpty: Bool { values.isEmpty }

    /// Lanes come in ascending order.
    mutating func set(
      _ lane: Int, _ input: UInt32, _ plane: QuantilePlane, of field: String
    ) throws(ExportError) {
      let most = Int(PICKET_MAX_KNOTS)
      guard (1...most).contains(plane.values.count), plane.quantiles.count == plane.values.count
      else {
        throw ExportError(
          "the field '\(field)' has \(plane.values.count) knots and \(plane.quantiles.count) "
            + "quantiles; 1 to \(most) are expected, as many of both")
      }
      inputs[lane] = input
      counts[lane] = plane.values.count
      values += plane.values
      quantiles += plane.quantiles
    }

    func append(to section: inout FileBytes) {
      for input in inputs { section.append(input) }
      var end = 0
      for count in counts {
        end += count
        section.append(UInt32(end))
      }
      for array in [values, quantiles] { for number in array { section.append(number) } }
    }
  }
}

extension NumericPlane {
  /// Where planes of this kind stand in a file.
  fileprivate var rank: Int {
    switch self {
    case .affine: 0
    case .log: 1
    case .quantile: 2
    }
  }
}
