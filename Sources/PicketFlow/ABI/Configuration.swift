import CPicketFlow

// Each function of these files is declared, and explained, in include/picket_flow.h.

/// The defaults: KDD's windows, Bro's time-outs, the kernel's own.
@c @implementation
public func picket_flow_defaults(
  _ configuration: UnsafeMutablePointer<picket_flow_configuration>!
) -> Int32 {
  guard let configuration else { return status(PICKET_FLOW_E_ARGUMENT) }
  configuration.pointee = picket_flow_configuration(
    seed: 0, window_ns: seconds(2), unanswered_ns: seconds(10), open_ns: seconds(300),
    closed_ns: seconds(5), udp_ns: seconds(60), icmp_ns: seconds(10), kernel_udp_ns: seconds(30),
    kernel_udp_stream_ns: seconds(120), kernel_icmp_ns: seconds(30),
    kernel_syn_sent_ns: seconds(120), kernel_established_ns: seconds(432_000),
    byte_count: UInt32(truncatingIfNeeded: PICKET_FLOW_PAYLOAD), window_connections: 511,
    host_connections: 255, connections: 4096, starts: 2048, fragments: 64, templates: 64)
  return status(PICKET_FLOW_OK)
}

/// Bytes of memory that a flow needs.
@c @implementation
public func picket_flow_size(
  _ configuration: UnsafePointer<picket_flow_configuration>!
) -> Int {
  guard let configuration, configuration.pointee.isPossible else { return 0 }
  return Layout(configuration.pointee).size
}

/// Makes memory a flow without connections.
@c @implementation
public func picket_flow_init(
  _ flow: OpaquePointer!, _ size: Int, _ configuration: UnsafePointer<picket_flow_configuration>!
) -> Int32 {
  guard let flow, let configuration else { return status(PICKET_FLOW_E_ARGUMENT) }
  guard configuration.pointee.isPossible else { return status(PICKET_FLOW_E_CONFIGURATION) }
  let memory = UnsafeMutableRawPointer(flow)
  let isAligned = Int(bitPattern: memory) & 7 == 0
  // A size beyond the signed range arrives negative, and is large.
  guard isAligned,
    UInt(bitPattern: size) >= UInt(bitPattern: Layout(configuration.pointee).size)
  else {
    return status(PICKET_FLOW_E_MEMORY)
  }
  Flow.fill(memory, configuration.pointee)
  return status(PICKET_FLOW_OK)
}

/// What the columns mean, as text, and its hash.
@c @implementation
public func picket_flow_specification(
  _ configuration: UnsafePointer<picket_flow_configuration>!, _ text: UnsafeMutablePointer<CChar>?,
  _ size: Int, _ hash: UnsafeMutablePointer<UInt64>?
) -> Int32 {
  guard let configuration, size >= 0, text != nil || size == 0 else {
    return status(PICKET_FLOW_E_ARGUMENT)
  }
  guard configuration.pointee.isPossible else { return status(PICKET_FLOW_E_CONFIGURATION) }
  var measured = SpecificationText(nil, 0)
  measured.append(specificationOf: configuration.pointee)
  if let hash { hash.pointee = measured.hash }
  if size == 0 { return status(PICKET_FLOW_OK) }
  guard measured.length < size else { return status(PICKET_FLOW_E_SPACE) }
  var written = SpecificationText(text, size)
  written.append(specificationOf: configuration.pointee)
  return status(PICKET_FLOW_OK)
}

extension picket_flow_configuration {
  /// Whether every number is within its range.
  var isPossible: Bool {
    isTime(window_ns) && isTime(unanswered_ns) && isTime(open_ns) && isTime(closed_ns)
      && isTime(udp_ns) && isTime(icmp_ns) && isTime(kernel_udp_ns) && isTime(kernel_udp_stream_ns)
      && isTime(kernel_icmp_ns) && isTime(kernel_syn_sent_ns) && isTime(kernel_established_ns)
      && isWithin(byte_count, PICKET_FLOW_PAYLOAD, PICKET_FLOW_IP)
      && isWithin(window_connections, 1, PICKET_FLOW_MAX_WINDOW)
      && isWithin(host_connections, 1, PICKET_FLOW_MAX_WINDOW)
      && isWithin(connections, 16, PICKET_FLOW_MAX_CONNECTIONS)
      && isWithin(starts, 1024, PICKET_FLOW_MAX_STARTS) && starts & (starts &- 1) == 0
      && isWithin(fragments, 1, PICKET_FLOW_MAX_FRAGMENTS)
      && isWithin(templates, 1, PICKET_FLOW_MAX_TEMPLATES)
  }
}

private func isTime(_ time: UInt64) -> Bool {
  time >= 1 && time <= 1 &<< 62
}

private func isWithin(_ number: UInt32, _ least: Int, _ most: Int) -> Bool {
  number >= UInt32(truncatingIfNeeded: least) && number <= UInt32(truncatingIfNeeded: most)
}

private func isWithin(_ number: UInt32, _ least: Int32, _ most: Int32) -> Bool {
  isWithin(number, Int(truncatingIfNeeded: least), Int(truncatingIfNeeded: most))
}
