import PicketNumbers

extension BoundEncoding {
  /// The records of some rows, row after row, one float a field.
  public func records(rows: [Int]) -> [Float] {
    let width = sources.count
    return [Float](unsafeUninitializedCapacity: rows.count * width) { out, count in
      for (field, source) in sources.enumerated() {
        switch source {
        case .numeric(let values, _):
          for (index, row) in rows.enumerated() { out[index * width + field] = values[row] }
        case .symbolic(let codes, let category):
          for (index, row) in rows.enumerated() {
            out[index * width + field] = Float(category[Int(codes[row])])
          }
        }
      }
      count = rows.count * width
    }
  }

  /// The inputs of some rows, as a dense matrix.
  public func encode(rows: [Int]) -> EncodedRows {
    let width = inputCount
    let values = [Float](unsafeUninitializedCapacity: rows.count * width) { out, count in
      out.initialize(repeating: 0)
      // Some rows at a time, so that a row's line is still in the cache for its next field.
      for block in blocks(of: rows.count) {
        for (first, source) in zip(firstInput, sources) {
          switch source {
          case .numeric(let values, let planes):
            for (place, plane) in planes.enumerated() {
              for (index, input) in zip(block, plane.inputs(of: values, rows: rows[block])) {
                out[index &* width &+ first &+ place] = input
              }
            }
          case .symbolic(let codes, let category):
            for index in block {
              let place = Int(category[Int(codes[rows[index]])])
              if place >= 0 { out[index &* width &+ first &+ place] = 1 }
            }
          }
        }
      }
      count = rows.count * width
    }
    return EncodedRows(rowCount: rows.count, columnCount: width, values: values)
  }

  /// The inputs of some rows, non-zero ones only.
  public func encodeSparse(rows: [Int]) -> SparseRows {
    var rowStart: [Int32] = [0]
    rowStart.reserveCapacity(rows.count + 1)
    var column: [Int32] = []
    var value: [Float] = []
    let width = slotCount
    // Each slot has at most one non-zero input: a block's worth fits here, slot after slot.
    var places = [Int32](repeating: -1, count: BoundEncoding.blockRows * width)
    var inputs = [Float](repeating: 1, count: BoundEncoding.blockRows * width)
    for block in blocks(of: rows.count) {
      fill(&places, &inputs, rows, block)
      for index in 0..<block.count {
        for slot in index * width..<(index + 1) * width where places[slot] >= 0 {
          column.append(places[slot])
          value.append(inputs[slot])
        }
        rowStart.append(Int32(column.count))
      }
    }
    return SparseRows(
      rowStart: rowStart, columns: column, values: value, columnCount: inputCount)
  }

  private static let blockRows = 256

  private func blocks(of count: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: BoundEncoding.blockRows).map {
      $0..<min($0 + BoundEncoding.blockRows, count)
    }
  }

  private func fill(
    _ places: inout [Int32], _ inputs: inout [Float], _ rows: [Int], _ block: Range<Int>
  ) {
    let width = slotCount
    var next = 0
    for (first, source) in zip(firstInput, sources) {
      switch source {
      case .numeric(let values, let planes):
        for (place, plane) in planes.enumerated() {
          var slot = next
          for input in plane.inputs(of: values, rows: rows[block]) {
            places[slot] = input == 0 ? -1 : Int32(first + place)
            inputs[slot] = input
            slot += width
          }
          next += 1
        }
      case .symbolic(let codes, let category):
        var slot = next
        for index in block {
          let place = category[Int(codes[rows[index]])]
          places[slot] = place < 0 ? -1 : Int32(first) + place
          inputs[slot] = 1
          slot += width
        }
        next += 1
      }
    }
  }

  /// How many inputs of a row may be other than 0: one a plane, one a symbolic field.
  private var slotCount: Int {
    sources.reduce(0) { count, source in
      switch source {
      case .numeric(_, let planes): count + planes.count
      case .symbolic: count + 1
      }
    }
  }
}
