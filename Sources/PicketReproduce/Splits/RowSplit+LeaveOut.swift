import PicketData
import PicketNumbers

extension RowSplit {
  /// Divides rows for P9: labelled anomalies of every family but one train, that one tests.
  ///
  /// 80 % of the normal rows train, a tenth of them held out; training anomalies are a tenth as
  /// many, a tenth of those held out. The other normal rows test, against the family left out.
  init(leavingOut family: AttackFamily, _ records: RecordSet, seed: UInt64) {
    self.init()
    var generator = SeededGenerator(seed: seed)
    var normals = RowDraw(records.normalRows, using: &generator)
    let attacks = records.anomalyRows
    func isLeftOut(_ row: Int) -> Bool {
      AttackFamily(attack: records.label(ofRow: row) ?? "") == family
    }
    var known = RowDraw(attacks.filter { !isLeftOut($0) }, using: &generator)
    var unknown = RowDraw(attacks.filter(isLeftOut), using: &generator)
    let trainCount = normals.count * 4 / 5
    validationNormal = normals.take(trainCount / 10)
    trainNormal = normals.take(trainCount - trainCount / 10)
    testNormal = normals.take(normals.count)
    let labelled = min(trainCount / 10, known.count)
    validationAnomaly = known.take(labelled / 10)
    trainAnomaly = known.take(labelled - labelled / 10)
    testAnomaly = unknown.take(unknown.count)
  }
}
