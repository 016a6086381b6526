extension Synth {
  /// The records as a CSV file of the schema `synth`: a header, then one line a connection.
  ///
  /// Durations are in seconds with three decimals, rates have two.
  public func csv() -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(150 * (recordCount + 1))
    text.append(contentsOf: Schema.synth.columns.map(\.name).joined(separator: ",").utf8)
    text.append(UInt8(ascii: "\n"))
    var windows = ConnectionWindows()
    for event in events() {
      let columns = windows.add(event.connection)
      Synth.append(event.connection, to: &text)
      Synth.append(columns, to: &text)
      text.append(contentsOf: event.label.rawValue.utf8)
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }

  private static func append(_ connection: Connection, to text: inout [UInt8]) {
    append(connection.duration / 1000, to: &text)
    text.append(UInt8(ascii: "."))
    appendDigits(connection.duration % 1000, atLeast: 3, to: &text)
    for name in [connection.transport.rawValue, connection.service, connection.flag.rawValue] {
      text.append(UInt8(ascii: ","))
      text.append(contentsOf: name.utf8)
    }
    for value in [
      connection.sourceBytes, connection.destinationBytes, connection.isLand ? 1 : 0,
    ] {
      text.append(UInt8(ascii: ","))
      append(value, to: &text)
    }
    text.append(UInt8(ascii: ","))
  }

  private static func append(_ columns: WindowColumns, to text: inout [UInt8]) {
    appendCounts(columns.count, columns.srvCount, to: &text)
    for rate in [
      columns.serrorRate, columns.srvSerrorRate, columns.rerrorRate, columns.srvRerrorRate,
      columns.sameSrvRate, columns.diffSrvRate, columns.srvDiffHostRate,
    ] { append(rate: rate, to: &text) }
    appendCounts(columns.dstHostCount, columns.dstHostSrvCount, to: &text)
    for rate in [
      columns.dstHostSameSrvRate, columns.dstHostDiffSrvRate, columns.dstHostSameSrcPortRate,
      columns.dstHostSrvDiffHostRate, columns.dstHostSerrorRate, columns.dstHostSrvSerrorRate,
      columns.dstHostRerrorRate, columns.dstHostSrvRerrorRate,
    ] { append(rate: rate, to: &text) }
  }

  private static func appendCounts(_ first: Int, _ second: Int, to text: inout [UInt8]) {
    for count in [first, second] {
      append(Int64(count), to: &text)
      text.append(UInt8(ascii: ","))
    }
  }

  private static func append(rate: Float, to text: inout [UInt8]) {
    let hundredths = Int64(WindowColumns.hundredths(rate))
    append(hundredths / 100, to: &text)
    text.append(UInt8(ascii: "."))
    appendDigits(hundredths % 100, atLeast: 2, to: &text)
    text.append(UInt8(ascii: ","))
  }

  private static func append(_ value: Int64, to text: inout [UInt8]) {
    appendDigits(value, atLeast: 1, to: &text)
  }

  private static func appendDigits(_ value: Int64, atLeast width: Int, to text: inout [UInt8]) {
    let start = text.count
    var rest = value
    while rest > 0 || text.count - start < width {
      text.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    }
    text[start...].reverse()
  }
}
