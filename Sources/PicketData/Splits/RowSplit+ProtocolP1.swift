import PicketNumbers

/// The random split of the AnoEAN experiments (protocol P1).
public struct ProtocolP1: Sendable, Codable, Equatable {
  /// Which anomalies may be learned from.
  public enum Anomalies: String, Sendable, Codable, CaseIterable {
    /// Those of a random 4/9 of the labels; the other labels never occur in training.
    case open
    /// Those of every label.
    case all
  }

  /// Which anomalies may be learned from.
  public var anomalies: Anomalies
  /// The seed of the split.
  public var seed: UInt64
  /// Training anomalies (validation included) for each normal training row.
  public var anomalyShare = 0.1
  /// The share of the labels that may be learned from when `anomalies` is `open`.
  public var seenLabelShare = 4.0 / 9.0

  /// Describes a split by its kind and seed; the shares start as the protocol has them.
  public init(_ anomalies: Anomalies, seed: UInt64) {
    self.anomalies = anomalies
    self.seed = seed
  }
}

extension RowSplit {
  /// Splits a table by protocol P1.
  ///
  /// Normal and anomalous rows are shuffled. Of the normal rows 80 % train and 20 % test. Training
  /// anomalies are a tenth as many as normal training rows, of the labels that may be learned
  /// from, fewer if there are not that many. Test anomalies are a quarter as many as normal test
  /// rows, drawn from all other anomalies, of whatever label. A tenth of the training rows of each
  /// class is held out for validation. Counts are rounded down, that of the labels to the nearest.
  ///
  /// The order of random draws is fixed: normal rows, anomalous rows, labels (sorted by name,
  /// only when `open`), the anomalies that are left (ascending).
  ///
  /// - Parameters:
  ///   - table: The labelled records.
  ///   - protocolP1: Which anomalies may be learned from, and the seed.
  public init(_ table: Table, _ protocolP1: ProtocolP1) {
    self.init()
    var generator = SeededGenerator(seed: protocolP1.seed)
    var normal = table.normalRows
    var anomalies = table.anomalyRows
    generator.shuffle(&normal)
    generator.shuffle(&anomalies)

    let trainCount = normal.count * 4 / 5
    let wanted = Int(Double(trainCount) * protocolP1.anomalyShare)
    var candidates = anomalies
    if protocolP1.anomalies == .open, let labels = table.labels {
      var codes = Set(anomalies.map { labels.codes[$0] }).sorted {
        labels.names[Int($0)].utf8.lexicographicallyPrecedes(labels.names[Int($1)].utf8)
      }
      generator.shuffle(&codes)
      let seenCount = max(1, Int((Double(codes.count) * protocolP1.seenLabelShare).rounded()))
      let seen = Set(codes.prefix(seenCount))
      candidates = anomalies.filter { seen.contains(labels.codes[$0]) }
    }
    let learned = candidates.prefix(wanted)
    let used = Set(learned)
    var rest = table.anomalyRows.filter { !used.contains($0) }
    generator.shuffle(&rest)

    let heldNormal = trainCount / 10
    validationNormal = Array(normal[..<heldNormal])
    trainNormal = Array(normal[heldNormal..<trainCount])
    testNormal = Array(normal[trainCount...])
    let heldAnomaly = learned.count / 10
    validationAnomaly = Array(learned.prefix(heldAnomaly))
    trainAnomaly = Array(learned.dropFirst(heldAnomaly))
    testAnomaly = Array(rest.prefix(testNormal.count / 4))
  }
}
