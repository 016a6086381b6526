import PicketNumbers

/// The Euclidean distance from the k-th nearest normal row.
///
/// Ramaswamy, Rastogi and Shim 2000, definition 1: far from all that is normal is anomalous.
public struct NeighbourDistance: Detector {
  /// What lists and reports say of it.
  public static let card = DetectorCard(
    name: "knn-distance", title: "Distance to the k-th nearest", source: "Ramaswamy et al. 2000",
    needs: .normal, exports: false)

  /// k.
  public var neighbours = 3
  /// The most normal rows that are kept, drawn without replacement; nil keeps all.
  public var rows: Int?

  /// The third nearest.
  public init() {}

  /// Keeps the normal rows, or as many of them as wanted.
  public func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    var generator = SeededGenerator(seed: seed)
    let kept = records.normal.sample(atMost: rows ?? records.normal.count, using: &generator)
    return FittedNeighbourDistance(
      search: try NeighbourSearch(rows: kept, neighbours: neighbours))
  }
}

/// Normal rows to compare with.
struct FittedNeighbourDistance: FittedDetector {
  let search: NeighbourSearch

  /// The rows.
  var scoringBytes: Int { search.rows.byteCount }

  func scores(_ rows: SparseRows) -> [Double] {
    search.scores(rows) { $0[$0.count - 1].squaredDistance.squareRoot() }
  }
}
