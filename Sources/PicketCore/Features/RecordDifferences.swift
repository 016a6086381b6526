/// Differences between the network inputs of a record and those of the typical one.
extension Model {
  /// Lists the inputs that differ, in no order, and the differences.
  ///
  /// For its row an input has its number, and 65,536 times the number of its field.
  ///
  /// - Parameters:
  ///   - record: One float for each field, already checked.
  ///   - list: Receives the differences; they are not padded.
  ///   - spare: 64 bytes to work in.
  @inline(__always)
  func listDifferences(
    _ record: UnsafePointer<Float>, into list: inout NonZeroList, spare: UnsafeMutableRawPointer
  ) {
    list.removeAll()
    var i = 0
    while i < planeCount.int {
      let plane = plane(i)
      var lane = 0
      while lane < fieldCount.int {
        var difference = SIMD16<Float>.zero
        // The typical record first. A loop, for half the code.
        var source = typicalRecord
        var sources = 0
        while sources < 2 {
          let inputs =
            i < firstCurve.int
            ? scaled16(fields16(source, lane, spare), plane, lane) : curve16(source, i, lane, spare)
          difference = inputs - difference
          source = record
          sources &+= 1
        }
        let fields = SIMD16(repeating: UInt32(truncatingIfNeeded: lane)) &+ Model.upToFifteen
        let inputs = (bytes + plane.inputs).words16(lane &* 4)
        spare.store16(inputs | (fields &<< SIMD16(repeating: 16)))
        list.append(difference, inputs: UnsafeRawPointer(spare), rowBytes: 1)
        lane &+= 16
      }
      i &+= 1
    }
    i = 0
    while i < oneHotCount.int {
      let at = oneHot(i)
      let x = record[bytes.word(at)]
      let usual = typicalRecord[bytes.word(at)]
      let first = bytes.word(at &+ 4) | (bytes.word(at) &<< 16)
      // -1 stands for none of the categories.
      list.append(x >= 0 && x != usual ? 1 : 0, row: first &+ categoryNumber(x >= 0 ? x : 0))
      list.append(x != usual ? -1 : 0, row: first &+ categoryNumber(usual))
      i &+= 1
    }
  }

  private static var upToFifteen: SIMD16<UInt32> {
    SIMD16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
  }
}
