import Foundation
import PicketCore
import PicketData
import PicketNumbers
import Testing

@Suite struct EncodingTests {
  let text = """
    0,tcp,10,normal
    2,udp,20,normal
    4,icmp,10,smurf
    9,\u{00E4}tcp,-5,normal
    1,tcp,15,normal

    """

  @Test func `a fit gives these ranges and categories`() throws {
    let encoding = FeatureEncoding.fit(table: try read(text), rows: [0, 1, 2])
    #expect(encoding.fieldCount == 3 && encoding.inputCount == 5)
    #expect(encoding.fields.map(\.name) == ["duration", "protocol", "bytes"])
    #expect(
      encoding.fields[0]
        == .numeric(NumericEncoding(name: "duration", minimum: 0, maximum: 4)))
    guard case .numeric(let bytes) = encoding.fields[2],
      case .symbolic(let names) = encoding.fields[1]
    else {
      Issue.record("the fields have other kinds")
      return
    }
    #expect(
      bytes.planes == [.affine(AffinePlane(offset: 10, scale: 0.1, low: 0, high: 1))])
    #expect(bytes.minimum == 10 && bytes.maximum == 20)
    #expect(names.categories == ["icmp", "tcp", "udp"])
    #expect(
      encoding.inputNames
        == ["duration", "protocol=icmp", "protocol=tcp", "protocol=udp", "bytes"])
  }

  @Test func `rows are encoded as computed by hand`() throws {
    let table = try read(text)
    let encoding = FeatureEncoding.fit(table: table, rows: [0, 1, 2])
    let dense = try encoding.encode(table, rows: [3, 0, 4, 2])
    #expect(dense.rowCount == 4 && dense.columnCount == 5)
    #expect(
      dense.values == [
        1, 0, 0, 0, 0,  // beyond the range either way, and an unknown name
        0, 0, 1, 0, 0,
        0.25, 0, 1, 0, 0.5,
        1, 1, 0, 0, 0,
      ])
    let sparse = try encoding.encodeSparse(table, rows: [3, 0, 4, 2])
    #expect(sparse.rowStart == [0, 1, 2, 5, 7])
    #expect(sparse.columns == [0, 2, 0, 2, 4, 0, 1])
    #expect(sparse.values == [1, 1, 0.25, 1, 0.5, 1, 1])
    let bound = try encoding.bound(to: table)
    #expect(bound.records(rows: [3, 0]) == [9, FeatureEncoding.unknown, -5, 0, 1, 10])
    var record: [Float] = [0, 0, 0]
    record.withUnsafeMutableBufferPointer { bound.record(ofRow: 2, into: $0) }
    #expect(record == [4, 0, 10])
  }

  @Test func `categories are in the order of their bytes`() {
    let field = SymbolicEncoding(
      name: "f", categories: ["b", "\u{00E4}", "B", "a", "z", "ab", "b"])
    #expect(field.categories == ["B", "a", "ab", "b", "z", "\u{00E4}"])
  }

  @Test func `names that look the same are the same only byte for byte`() throws {
    let (one, two) = ("caf\u{E9}", "cafe\u{301}")
    let field = SymbolicEncoding(name: "f", categories: [one, two, one])
    #expect(field.categories.map { Array($0.utf8) } == [Array(two.utf8), Array(one.utf8)])

    let schema = makeSchema(
      [(one, .symbolic), (two, .symbolic), ("label", .label)], header: true, normal: [one])
    let table = try read("\(one),\(two),label\nx,x,\(one)\n\(one),\(two),\(two)\n", schema)
    #expect(table.isNormal == [true, false])
    let known = FeatureEncoding(fields: [
      .symbolic(SymbolicEncoding(name: one, categories: ["x", one])),
      .symbolic(SymbolicEncoding(name: two, categories: ["x", one])),
    ])
    #expect(
      try known.bound(to: table).records(rows: [0, 1]) == [1, 1, 0, FeatureEncoding.unknown])
    let swapped = FeatureEncoding(fields: known.fields.reversed())
    #expect(throws: DataError.self) { try swapped.bound(to: table) }
  }

  @Test func `a constant column, and one too narrow or too wide for floats, stay finite`() {
    for (least, most) in [(3, 3), (0, .leastNonzeroMagnitude), (-3e38, 3e38), (0, 0)]
      as [(Float, Float)]
    {
      let plane = AffinePlane(minimum: least, maximum: most)
      #expect(plane.scale.isFinite)
      for value in [least, most, -3.4e38, 3.4e38] as [Float] {
        #expect((0...1).contains(plane.input(for: value)))
      }
    }
    #expect(AffinePlane(minimum: 3, maximum: 3).scale == 0)
  }

  @Test(arguments: 0..<4)
  func `all forms agree with an independent computation`(seed: UInt64) throws {
    let table = try Table(
      bytes: Synth(seed: seed, recordCount: 3000).csv(), file: "synth", schema: .synth)
    var generator = SeededGenerator(seed: seed)
    var rows = Array(0..<table.rowCount)
    generator.shuffle(&rows)
    let train = Array(rows.prefix(1000))
    let encoding = FeatureEncoding.fit(table: table, rows: train)
    let bound = try encoding.bound(to: table)
    let dense = bound.encode(rows: rows)
    let sparse = bound.encodeSparse(rows: rows)
    let records = bound.records(rows: rows)

    for (index, row) in rows.enumerated() {
      var expected: [Float] = []
      for field in table.fields {
        switch field {
        case .numeric(let column):
          let values = train.map { column.values[$0] }
          let least = values.reduce(.infinity, min)
          let most = values.reduce(-.infinity, max)
          let share = Double(column.values[row] - least) / Double(most - least)
          expected.append(most == least ? 0 : Float(min(1, max(0, share))))
        case .symbolic(let column):
          let known = Set(train.map { column.names[Int(column.codes[$0])] })
          let name = column.names[Int(column.codes[row])]
          for category in known.sorted(by: { Array($0.utf8).lexicographicallyPrecedes($1.utf8) }) {
            expected.append(category == name ? 1 : 0)
          }
        }
      }
      let width = encoding.inputCount
      let inputs = Array(dense.values[index * width..<(index + 1) * width])
      #expect(expected.count == width)
      #expect(zip(inputs, expected).allSatisfy { abs($0 - $1) <= 2e-7 }, "row \(row)")

      var filled = [Float](repeating: 0, count: width)
      for place in Int(sparse.rowStart[index])..<Int(sparse.rowStart[index + 1]) {
        #expect(sparse.values[place] != 0)
        filled[Int(sparse.columns[place])] = sparse.values[place]
      }
      #expect(filled == inputs, "row \(row)")
      #expect(decoded(records, index, encoding) == inputs, "row \(row)")
      if index == 300 { break }
    }
  }

  /// Inputs from a record, as the archive makes them.
  private func decoded(_ records: [Float], _ row: Int, _ encoding: FeatureEncoding) -> [Float] {
    encoding.fields.enumerated().flatMap { index, field -> [Float] in
      let value = records[row * encoding.fieldCount + index]
      switch field {
      case .numeric(let numeric):
        return numeric.planes.map { plane in
          guard case .affine(let plane) = plane else { return .nan }
          return affineFeature(
            value, offset: plane.offset, scale: plane.scale, low: plane.low, high: plane.high)
        }
      case .symbolic(let symbolic):
        return symbolic.categories.indices.map { Float($0) == value ? 1 : 0 }
      }
    }
  }

  @Test func `an encoding survives JSON`() throws {
    let encoding = FeatureEncoding.fit(table: try read(text), rows: [0, 1, 2, 3])
    let data = try JSONEncoder().encode(encoding)
    #expect(try JSONDecoder().decode(FeatureEncoding.self, from: data) == encoding)
  }

  @Test func `the feature hash depends on what fields mean, not on their ranges`() {
    func encoding(_ maximum: Float, _ categories: [String], _ name: String = "duration") -> UInt64 {
      FeatureEncoding(fields: [
        .numeric(NumericEncoding(name: name, minimum: 0, maximum: maximum)),
        .symbolic(SymbolicEncoding(name: "protocol_type", categories: categories)),
      ]).featureHash
    }
    // FNV-1a of the canonical text, by another program.
    #expect(encoding(1, ["tcp", "udp"]) == 0xEB36_2BF8_DAC7_887D)
    #expect(encoding(9, ["udp", "tcp"]) == 0xEB36_2BF8_DAC7_887D)
    let others = [
      encoding(1, ["tcp"]), encoding(1, ["tcp", "udp", "icmp"]), encoding(1, ["tcpu", "dp"]),
      encoding(1, ["tcp", "udp"], "durations"),
    ]
    #expect(Set(others).count == 4 && !others.contains(0xEB36_2BF8_DAC7_887D))
  }

  @Test func `a table of other fields is refused`() throws {
    let encoding = FeatureEncoding.fit(table: try read(text), rows: [0])
    func fault(_ columns: [(String, Schema.Kind)], _ row: String) -> DataError? {
      do {
        _ = try encoding.bound(to: try read(row, makeSchema(columns)))
      } catch { return error as? DataError }
      return nil
    }
    #expect(fault([("duration", .numeric)], "1\n")?.found == "1 fields")
    let renamed = fault(
      [("duration", .numeric), ("proto", .symbolic), ("bytes", .numeric)], "1,tcp,2\n")
    #expect(renamed?.column == "proto" && renamed?.expected == "'protocol' in its place")
    let retyped = fault(
      [("duration", .numeric), ("protocol", .numeric), ("bytes", .numeric)], "1,6,2\n")
    #expect(retyped?.column == "protocol" && retyped?.found == "numbers")
  }
}
