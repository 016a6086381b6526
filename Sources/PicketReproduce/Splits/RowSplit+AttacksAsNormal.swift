import PicketData
import PicketNumbers

extension RowSplit {
  /// Divides rows for P3, where attacks are what is learned and normal rows are the anomaly.
  ///
  /// 80 % of the attack rows train. The others, with as many normal rows, are divided into 80 % for
  /// the validation and 20 % for the test.
  init(attacksAsNormal records: RecordSet, seed: UInt64) {
    self.init()
    var generator = SeededGenerator(seed: seed)
    var attacks = RowDraw(records.anomalyRows, using: &generator)
    var normals = RowDraw(records.normalRows, using: &generator)
    trainNormal = attacks.take(attacks.count * 4 / 5)
    let rest = min(attacks.count, normals.count)
    validationNormal = attacks.take(rest * 4 / 5)
    validationAnomaly = normals.take(rest * 4 / 5)
    testNormal = attacks.take(rest - rest * 4 / 5)
    testAnomaly = normals.take(rest - rest * 4 / 5)
  }
}
