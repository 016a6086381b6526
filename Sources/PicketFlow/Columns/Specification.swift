import CPicketFlow

extension SpecificationText {
  /// Writes what the columns mean.
  ///
  /// A change of what they mean must change it, and so its hash.
  mutating func append(specificationOf configuration: picket_flow_configuration) {
    append("picket flow columns, version 1\ncolumns")
    var column: UInt32 = 0
    while column < columnCount {
      append(name: picket_flow_column(column))
      column &+= 1
    }
    append("\nprotocol_type")
    append(categoriesOf: 1)
    append("\nservice")
    append(categoriesOf: 2)
    append("\nflag")
    append(categoriesOf: 3)
    append(meanings)
    let isPayload = configuration.byte_count == UInt32(truncatingIfNeeded: PICKET_FLOW_PAYLOAD)
    append(isPayload ? "payload" : "ip")
    append("\nwindow_ns ", configuration.window_ns)
    append("\nwindow_connections ", picket_flow_wide(configuration.window_connections))
    append("\nhost_connections ", picket_flow_wide(configuration.host_connections))
    append("\nstarts ", picket_flow_wide(configuration.starts))
    append("\nunanswered_ns ", configuration.unanswered_ns)
    append("\nopen_ns ", configuration.open_ns)
    append("\nclosed_ns ", configuration.closed_ns)
    append("\nudp_ns ", configuration.udp_ns)
    append("\nicmp_ns ", configuration.icmp_ns)
    append("\n")
    close()
  }

  private mutating func append(categoriesOf column: Int) {
    var category: UInt32 = 0
    while category < categoryCount(column) {
      append(name: categoryName(column, category))
      category &+= 1
    }
  }

  @inline(__always)
  private mutating func append(_ label: StaticString, _ number: UInt64) {
    append(label)
    append(decimal: number)
  }
}

/// How many columns there are.
let columnCount: UInt32 = 26

private let meanings: StaticString = """

  duration: whole seconds between the first packet and the end, rounded down
  service: of the destination port; ftp_data from port 20; icmp by type and code
  windows: of all connections whose beginning was told, by start, up to and with their own, in the order in which they were seen
  the errors of a connection count in the windows of those that end after it
  time window: started at most window_ns before and not after, of the newest window_connections
  host window: the newest host_connections
  same service: same protocol and port, or type of icmp; same port: same source port
  rates: of float32 numbers, the nearest; diff_srv and diff_host: distinct ones over all, 0 for one
  serror: S0 S1 S2 S3 SH; rerror: REJ RSTO RSTR RSTOS0
  flag: of the states of Bro, SF for udp and icmp
  bytes\u{20}
  """
