import PicketNumbers

/// k nearest neighbours as a classifier: the share of anomalies among the nearest training rows.
///
/// ```
/// score(x) = sum_i w_i [row i is an anomaly] / sum_i w_i,  i over the k nearest
/// w_i = 1, or 1 / |x - row i|
/// ```
///
/// Cover and Hart 1967; with k = 3 and equal weights that of "Network Traffic Anomaly Detection with
/// Variational Autoencoder", section 5.2. Equal weights give k + 1 different scores, so most rows
/// are tied; weights by distance (Dudani 1976) tell them apart. A row that lies on training rows
/// is judged by those alone. Of equally distant rows the earlier counts, normal rows being first.
public struct NeighbourClassifier: Detector {
  /// What lists and reports say of it.
  public static let card = DetectorCard(
    name: "knn", title: "k nearest neighbours", source: "Cover and Hart 1967",
    needs: .bothClasses, exports: false)

  /// How much a neighbour counts.
  public enum Weighting: String, Sendable, Codable {
    /// As much as any other.
    case uniform
    /// The inverse of its distance.
    case inverseDistance
  }

  /// k.
  public var neighbours = 3
  /// How much each counts.
  public var weighting = Weighting.uniform

  /// Three neighbours of equal weight.
  public init() {}

  /// Keeps the rows of both classes; nothing is drawn at random.
  public func fit(
    _ records: TrainingRecords, seed: UInt64, observer: TrainingObserver
  ) throws(TrainingError) -> any FittedDetector {
    guard records.normal.count > 0, records.anomalies.count > 0 else {
      throw TrainingError(
        description: "\(records.normal.count) normal and \(records.anomalies.count) anomalous "
          + "rows; nearest neighbours classify with both")
    }
    return try FittedNeighbourClassifier(
      search: NeighbourSearch(
        rows: SparseRows(records.normal, then: records.anomalies), neighbours: neighbours),
      normals: records.normal.count, weighting: weighting)
  }
}

/// Labelled rows to compare with.
struct FittedNeighbourClassifier: FittedDetector {
  let search: NeighbourSearch
  let normals: Int
  let weighting: NeighbourClassifier.Weighting

  /// The rows, and how many of them are normal.
  var scoringBytes: Int { search.rows.byteCount + 8 }

  func scores(_ rows: SparseRows) -> [Double] {
    search.scores(rows) { nearest in
      let isOnRows = nearest[0].squaredDistance == 0
      var (all, anomalous) = (0.0, 0.0)
      for neighbour in nearest {
        let distance = neighbour.squaredDistance.squareRoot()
        let weight =
          switch weighting {
          case .uniform: 1.0
          case .inverseDistance: isOnRows ? (distance == 0 ? 1 : 0) : 1 / distance
          }
        all += weight
        if neighbour.index >= normals { anomalous += weight }
      }
      return anomalous / all
    }
  }
}
