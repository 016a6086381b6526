import PicketData
import PicketNumbers

extension RowSplit {
  /// Divides two files for P4 and P8: the second one tests, whole; the first one trains.
  ///
  /// A tenth of the training rows of each class is held out for validation.
  ///
  /// - Parameters:
  ///   - records: The training file's rows, then the test file's.
  ///   - anomalies: How many anomalies of the training file are labelled, of the count there is.
  ///   - seed: Draws them, and what is held out.
  init(
    officialTest records: RecordSet, anomalies: (Int) -> Int = { $0 }, seed: UInt64
  ) {
    self.init()
    let first = records.tables[0].rowCount
    var generator = SeededGenerator(seed: seed)
    var normals = RowDraw(records.normalRows.filter { $0 < first }, using: &generator)
    var attacks = RowDraw(records.anomalyRows.filter { $0 < first }, using: &generator)
    let labelled = anomalies(attacks.count)
    validationNormal = normals.take(normals.count / 10)
    trainNormal = normals.take(normals.count)
    validationAnomaly = attacks.take(labelled / 10)
    trainAnomaly = attacks.take(labelled - labelled / 10)
    testNormal = records.normalRows.filter { $0 >= first }
    testAnomaly = records.anomalyRows.filter { $0 >= first }
    // In a random order, so that a quick run's first rows are a fair sample.
    generator.shuffle(&testNormal)
    generator.shuffle(&testAnomaly)
  }
}
