import PicketData
import PicketNumbers

extension RowSplit {
  /// Divides rows for P5: a fifth of the normal rows, rounded up, and as many attacks test; a
  /// tenth of the other normal rows is held out for validation.
  init(balancedTest records: RecordSet, seed: UInt64) {
    self.init()
    var generator = SeededGenerator(seed: seed)
    var normals = RowDraw(records.normalRows, using: &generator)
    var attacks = RowDraw(records.anomalyRows, using: &generator)
    testNormal = normals.take((normals.count + 4) / 5)
    testAnomaly = attacks.take(testNormal.count)
    validationNormal = normals.take(normals.count / 10)
    trainNormal = normals.take(normals.count)
  }

  /// Divides rows for P6: 60, 20 and 20 % of the benign rows train, validate and test.
  ///
  /// The attacks are divided between validation and test, at most as many as benign rows in each:
  /// a threshold that maximises F1 needs attacks to be chosen by, and those must not test.
  init(benign records: RecordSet, seed: UInt64) {
    self.init()
    var generator = SeededGenerator(seed: seed)
    var normals = RowDraw(records.normalRows, using: &generator)
    var attacks = RowDraw(records.anomalyRows, using: &generator)
    let fifth = normals.count / 5
    validationNormal = normals.take(fifth)
    testNormal = normals.take(fifth)
    trainNormal = normals.take(normals.count)
    validationAnomaly = attacks.take(min(fifth, attacks.count / 5))
    testAnomaly = attacks.take(testNormal.count)
  }
}
