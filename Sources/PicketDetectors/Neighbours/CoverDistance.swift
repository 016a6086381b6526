import PicketData
import PicketNumbers

/// The Euclidean distance from the nearest of a few normal rows that lie near all of them.
///
/// ```
/// score(x) = min over c in C |v(x) - v(c)|,   |v(x) - v(C)| <= r for every normal x
/// ```
///
/// A sample of the normal rows forgets the rare ones, and a new record like those looks anomalous. A
/// cover keeps one of each kind, however often it occurs: a row joins C when it is farther than r
/// from all of C (leader clustering, Hartigan 1975). Where C is too large, it is covered anew with a
/// larger r, and the bound is the sum of these. v is a `PlaneView`.
public struct CoverDistance: Detector {
  /// What lists and reports say of it.
  public static let card = DetectorCard(
    name: "cover-distance", title: "Distance to a cover", source: "Hartigan 1975", needs: .normal,
    exports: false)

  /// What of a number distances are of.
  public var plane = NumericFeature.quantile
  /// r^2, where the cover stays small enough.
  public var squaredRadius = 0.05
  /// The most rows of the cover: r^2 doubles until there are no more.
  public var rows = 8_000

  /// Distances by quantiles.
  public init() {}

  /// Gathers the cover.
  ///
  /// - Throws: `TrainingError` without normal rows.
  public func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    let view = PlaneView(of: records.normal, encoding: records.encoding, keeping: plane)
    var radius = squaredRadius
    var cover = Self.cover(view(records.normal), radius)
    while cover.count > rows, !observer.isCancelled() {
      radius *= 2
      cover = Self.cover(cover, radius)
    }
    return FittedCoverDistance(
      view: view, search: try NeighbourSearch(rows: cover, neighbours: 1))
  }

  /// Rows of which one lies within the radius of every row.
  private static func cover(_ rows: SparseRows, _ squaredRadius: Double) -> SparseRows {
    var leaders: [Int] = []
    // No longer than a block of `SquaredDistances`: a candidate gets all its distances at once.
    for block in (0..<rows.count).blocks(of: 512) {
      var isNear = [Bool](repeating: false, count: block.count)
      SquaredDistances(from: rows.rows(at: leaders)).forEach(rows.rows(at: Array(block))) {
        if $2.contains(where: { $0 <= squaredRadius }) { isNear[$0] = true }
      }
      let far = block.filter { !isNear[$0 - block.lowerBound] }
      let candidates = rows.rows(at: far)
      var leads: [Int] = []
      SquaredDistances(from: candidates).forEach(candidates) { row, _, distances in
        if !leads.contains(where: { distances[$0] <= squaredRadius }) { leads.append(row) }
      }
      leaders += leads.map { far[$0] }
    }
    return rows.rows(at: leaders)
  }
}

/// A cover to compare with.
struct FittedCoverDistance: FittedDetector {
  let view: PlaneView
  let search: NeighbourSearch

  /// The rows.
  var scoringBytes: Int { search.rows.byteCount }

  func scores(_ rows: SparseRows) -> [Double] {
    search.scores(view(rows)) { $0[0].squaredDistance.squareRoot() }
  }
}
