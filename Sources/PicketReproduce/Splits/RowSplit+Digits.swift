import PicketData
import PicketNumbers

extension RowSplit {
  /// Divides images for P2: some digits are normal, the others anomalous.
  ///
  /// 5,000 normal images of the first 60,000 train, 500 of them held out, with a tenth as many
  /// anomalies of four of the other digits (all others, where there are fewer than four), a tenth of
  /// them held out. 1,360 normal images and 340 anomalies of all other digits test: of the last
  /// 10,000, and of what the first part has left where a digit has too few.
  init(normalDigits: Set<UInt8>, _ images: ImageSet, seed: UInt64) {
    self.init()
    var generator = SeededGenerator(seed: seed)
    var others = (0..<UInt8(10)).filter { !normalDigits.contains($0) }
    generator.shuffle(&others)
    let seen = Set(others.prefix(4))
    let firstTest = max(0, images.count - 10_000)
    let rows = Array(0..<images.count)
    let isNormal = { normalDigits.contains(images.labels[$0]) }
    var normals = RowDraw(rows.filter { $0 < firstTest && isNormal($0) }, using: &generator)
    var known = RowDraw(
      rows.filter { $0 < firstTest && seen.contains(images.labels[$0]) }, using: &generator)
    var testNormals = RowDraw(rows.filter { $0 >= firstTest && isNormal($0) }, using: &generator)
    var testOthers = RowDraw(rows.filter { $0 >= firstTest && !isNormal($0) }, using: &generator)
    validationNormal = normals.take(500)
    trainNormal = normals.take(4_500)
    validationAnomaly = known.take(50)
    trainAnomaly = known.take(450)
    testNormal = testNormals.take(1_360)
    testNormal += normals.take(1_360 - testNormal.count)
    testAnomaly = testOthers.take(340)
  }
}
