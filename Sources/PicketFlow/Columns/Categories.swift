import CPicketFlow

/// The index of a connection's protocol among `icmp`, `tcp`, `udp`.
func protocolCategory(_ number: UInt8) -> UInt32 {
  if isICMP(number) { return 0 }
  return number == IPProtocol.tcp ? 1 : 2
}

/// The index of a connection's service among the 70 of the KDD data.
///
/// A port without a name of its own is `private` below 1,024 and `other` above, as Bro named them.
func serviceCategory(_ event: picket_flow_event) -> UInt32 {
  if isICMP(event.protocol) { return messageCategory(event) }
  let port = servicePort(event)
  let own = picket_flow_service_at(port, UInt32(event.protocol))
  guard own == serviceCount else { return own }
  let isPrivate = port < 1024
  return UInt32(
    truncatingIfNeeded: isPrivate ? PICKET_FLOW_SERVICE_PRIVATE : PICKET_FLOW_SERVICE_OTHER)
}

/// How many services there are.
let serviceCount: UInt32 = 70

/// The service of an ICMP message: its type, and of "unreachable" what is so (RFC 792, RFC 4443).
private func messageCategory(_ event: picket_flow_event) -> UInt32 {
  let isV6 = event.protocol == IPProtocol.icmp6
  let found =
    switch (isV6, event.icmp_type, event.icmp_code) {
    case (false, 8, _), (true, 128, _): PICKET_FLOW_SERVICE_ECO_I
    case (false, 0, _), (true, 129, _): PICKET_FLOW_SERVICE_ECR_I
    case (false, 5, _), (true, 137, _): PICKET_FLOW_SERVICE_RED_I
    case (false, 11, _), (true, 3, _): PICKET_FLOW_SERVICE_TIM_I
    case (false, 3, 3), (true, 1, 4): PICKET_FLOW_SERVICE_URP_I
    case (false, 3, 1), (true, 1, 3): PICKET_FLOW_SERVICE_URH_I
    default: PICKET_FLOW_SERVICE_OTHER
    }
  return UInt32(truncatingIfNeeded: found)
}

/// How many categories a column has, 0 for numbers.
func categoryCount(_ column: Int) -> UInt32 {
  switch column {
  case 1: 3
  case 2: serviceCount
  case 3: 13
  default: 0
  }
}

/// The name of a category that there is.
func categoryName(_ column: Int, _ category: UInt32) -> UnsafePointer<CChar> {
  switch column {
  case 1: picket_flow_protocol(category)
  case 2: picket_flow_service(category)
  default: picket_flow_flag(category)
  }
}
