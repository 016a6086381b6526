import PicketNumbers

/// Which rows do what in a training, each list ascending.
package struct TrainingSplit {
  /// Rows to learn from; the encoding is fitted to them too.
  package var train = Rows()
  /// Rows that choose the epoch, and that the Gaussian of a Mahalanobis score is fitted to.
  package var validation = Rows()
  /// Normal rows that the calibration table is made of.
  package var calibration: [Int] = []
  /// Rows that the report is about; nothing else looks at them.
  package var test = Rows()
  /// Those of the training rows that were to be learned, wherever chance would have put them.
  private(set) var taught: Set<Int> = []

  /// Rows of both classes.
  package struct Rows {
    package var normal: [Int] = []
    package var anomaly: [Int] = []

    /// Both, ascending.
    package var all: [Int] { (normal + anomaly).sorted() }
  }

  /// The shares of a random split.
  package struct Shares {
    /// Of the normal rows, to choose by.
    package var validation = 0.1
    /// Of the normal rows, to calibrate on.
    package var calibration = 0.1
    /// Of the normal rows, to judge by.
    package var test = 0.1
    /// Labelled anomalies to learn from, for each normal row to learn from.
    package var anomalies = 0.1

    /// The shares where nothing else is said.
    package init() {}
  }

  /// No rows yet.
  package init() {}

  /// Splits rows at random.
  ///
  /// The normal rows are shuffled and cut into test, calibration, validation and, what is left,
  /// training. Of the shuffled anomalies the first ones train, at most `shares.anomalies` times as
  /// many as normal rows do, a tenth of them for validation; of the rest a quarter as many as
  /// normal test rows test, so that a full test has one anomaly in five.
  package init(_ records: RecordSet, _ shares: Shares, learnsAnomalies: Bool, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var normal = records.normalRows
    var anomalies = records.anomalyRows
    generator.shuffle(&normal)
    generator.shuffle(&anomalies)

    func take(_ count: Int, from rows: inout [Int]) -> [Int] {
      let taken = rows.prefix(max(0, count))
      rows.removeFirst(taken.count)
      return taken.sorted()
    }
    let total = Double(normal.count)
    test.normal = take(Int(total * shares.test), from: &normal)
    calibration = take(Int(total * shares.calibration), from: &normal)
    validation.normal = take(Int(total * shares.validation), from: &normal)
    train.normal = normal.sorted()
    if learnsAnomalies {
      let wanted = Int(Double(train.normal.count) * shares.anomalies)
      // At least half of the anomalies stay unseen, or the report would have nothing to say.
      let learned = min(wanted, anomalies.count / 2)
      validation.anomaly = take(learned == 1 ? 0 : max(1, learned / 10), from: &anomalies)
      train.anomaly = take(learned - validation.anomaly.count, from: &anomalies)
    }
    test.anomaly = take(max(1, test.normal.count / 4), from: &anomalies)
  }

  /// Has some normal rows learned, and judged by no more.
  package mutating func teach(_ rows: [Int]) {
    guard !rows.isEmpty else { return }
    let new = Set(rows)
    taught.formUnion(new)
    for part in [\TrainingSplit.train.normal, \.validation.normal, \.calibration, \.test.normal] {
      self[keyPath: part].removeAll(where: new.contains)
    }
    train.normal += rows
    train.normal.sort()
  }

  /// The rows that no part has: where there are more anomalies than are learned and judged by, those.
  package func unused(of records: RecordSet) -> Rows {
    let used = Set(train.all + validation.all + calibration + test.all)
    return Rows(
      normal: records.normalRows.filter { !used.contains($0) },
      anomaly: records.anomalyRows.filter { !used.contains($0) })
  }

  /// Takes the rows of a protocol, which calibrates on the normal validation rows.
  package init(_ split: RowSplit) {
    train = Rows(normal: split.trainNormal.sorted(), anomaly: split.trainAnomaly.sorted())
    validation = Rows(
      normal: split.validationNormal.sorted(), anomaly: split.validationAnomaly.sorted())
    calibration = validation.normal
    test = Rows(normal: split.testNormal.sorted(), anomaly: split.testAnomaly.sorted())
  }
}
