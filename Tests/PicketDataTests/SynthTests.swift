import PicketData
import Testing

@Suite struct SynthTests {
  @Test func `the same seed gives the same bytes, another seed others`() {
    let first = Synth(seed: 11, recordCount: 5000).csv()
    #expect(first == Synth(seed: 11, recordCount: 5000).csv())
    #expect(first != Synth(seed: 12, recordCount: 5000).csv())
  }

  @Test(arguments: [(1, 10_000, 0.2), (2, 3000, 0.05), (3, 777, 0), (4, 500, 1)])
  func `the records read back as configured`(seed: UInt64, count: Int, share: Double) throws {
    let synth = Synth(seed: seed, recordCount: count, anomalyShare: share)
    let table = try Table(bytes: synth.csv(), file: "synth", schema: .synth)
    #expect(table.rowCount == count)
    #expect(table.anomalyRows.count == Int(Double(count) * share))
    #expect(table.fields.map(\.name) == Schema.synth.fields.map(\.name))
    if count >= 10_000 {
      #expect(Set(table.labelTexts) == Set(Synth.Label.allCases.map(\.rawValue)))
    }
  }

  @Test func `the stream is in order of start, and the file says what happened in it`() throws {
    let synth = Synth(seed: 21, recordCount: 4000)
    let events = synth.events()
    for (earlier, later) in zip(events, events.dropFirst()) {
      #expect(earlier.connection.start <= later.connection.start)
    }
    let table = try Table(bytes: synth.csv(), file: "synth", schema: .synth)
    var windows = ConnectionWindows()
    for (row, event) in events.enumerated() {
      let connection = event.connection
      let columns = windows.add(connection)
      #expect(table.label(ofRow: row) == event.label.rawValue)
      #expect(table.texts("flag", row) == connection.flag.rawValue)
      #expect(table.texts("service", row) == connection.service)
      #expect(table.numbers("duration")[row] == Float(Double(connection.duration) / 1000))
      #expect(table.numbers("src_bytes")[row] == Float(connection.sourceBytes))
      #expect(table.numbers("count")[row] == Float(columns.count))
      #expect(table.numbers("dst_host_srv_count")[row] == Float(columns.dstHostSrvCount))
      let rate = Float(WindowColumns.hundredths(columns.dstHostSrvRerrorRate)) / 100
      #expect(table.numbers("dst_host_srv_rerror_rate")[row] == rate)
      let distinct = Float(WindowColumns.hundredths(columns.diffSrvRate)) / 100
      #expect(table.numbers("diff_srv_rate")[row] == distinct)
      if row == 600 { break }
    }
  }

  @Test func `no single column tells attacks from normal traffic`() throws {
    let table = try Table(
      bytes: Synth(seed: 31, recordCount: 20_000).csv(), file: "synth", schema: .synth)
    for case .numeric(let column) in table.fields {
      let area = areaUnderCurve(column.values, table.isNormal)
      #expect(area > 0.05 && area < 0.95, "\(column.name)")
    }
  }

  /// The probability that an anomaly's value is above a normal one's; ties count half.
  private func areaUnderCurve(_ values: [Float], _ isNormal: [Bool]) -> Double {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var below = 0.0
    var area = 0.0
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      let normal = Double(order[start..<end].filter { isNormal[$0] }.count)
      area += (Double(end - start) - normal) * (below + normal / 2)
      below += normal
      start = end
    }
    return area / (below * (Double(values.count) - below))
  }
}

extension Table {
  /// The text of one cell of a symbolic column.
  fileprivate func texts(_ name: String, _ row: Int) -> String? {
    for case .symbolic(let column) in fields where column.name == name {
      return column.names[Int(column.codes[row])]
    }
    return nil
  }
}
