import PicketData
import PicketNumbers

extension RowSplit {
  /// Divides the training and validation rows of a split once more; its test rows stay unseen.
  ///
  /// 80 % of the normal rows train, a tenth of them held out. Training anomalies are of a random half
  /// of the attack types: a tenth as many as those normal rows, at most 80 % of what there is, a tenth
  /// of them held out. The other normal rows test, against a quarter as many anomalies of all types.
  init(trainingRowsOf outer: RowSplit, _ records: RecordSet, seed: UInt64) {
    self.init()
    var generator = SeededGenerator(seed: seed)
    func type(_ row: Int) -> String { records.label(ofRow: row) ?? "" }
    var normals = RowDraw(outer.trainNormal + outer.validationNormal, using: &generator)
    let attacks = outer.trainAnomaly + outer.validationAnomaly
    var types = Set(attacks.map(type)).sorted()
    generator.shuffle(&types)
    let known = Set(types.prefix((types.count + 1) / 2))
    var labelled = RowDraw(attacks.filter { known.contains(type($0)) }, using: &generator)
    let trainCount = normals.count * 4 / 5
    validationNormal = normals.take(trainCount / 10)
    trainNormal = normals.take(trainCount - trainCount / 10)
    testNormal = normals.take(normals.count)
    let learned = labelled.take(min(trainCount / 10, labelled.count * 4 / 5))
    validationAnomaly = Array(learned.prefix(learned.count / 10))
    trainAnomaly = Array(learned.dropFirst(learned.count / 10))
    let used = Set(learned)
    var rest = RowDraw(attacks.filter { !used.contains($0) }, using: &generator)
    testAnomaly = rest.take(testNormal.count / 4)
  }
}
