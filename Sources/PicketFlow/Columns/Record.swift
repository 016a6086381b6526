import CPicketFlow

/// Writes the 26 columns of a connection that has ended, in the order of `columnNames`.
///
/// Rates are one float32 division, as those of the KDD data are, which print two digits of it.
func writeRecord(
  _ connection: Connection, _ byteCount: UInt32, to record: UnsafeMutablePointer<Float>
) {
  let event = connection.event
  record[0] = nearestFloat(wholeSeconds(event.end_ns &- event.start_ns))
  record[1] = picket_flow_float(protocolCategory(event.protocol))
  record[2] = picket_flow_float(serviceCategory(event))
  record[3] = picket_flow_float(UInt32(event.flag))
  let isPayload = byteCount == UInt32(truncatingIfNeeded: PICKET_FLOW_PAYLOAD)
  let unknown =
    PICKET_FLOW_NO_BYTES | PICKET_FLOW_OFFLOADED | (isPayload ? PICKET_FLOW_NO_PAYLOAD : 0)
  if Int(truncatingIfNeeded: event.notes) & unknown != 0 {
    record[4] = Float.nan
    record[5] = Float.nan
  } else {
    record[4] = nearestFloat(isPayload ? event.payload.0 : event.bytes.0)
    record[5] = nearestFloat(isPayload ? event.payload.1 : event.bytes.1)
  }
  let isLand =
    address(event.source) == address(event.destination)
    && event.source_port == event.destination_port
  record[6] = isLand ? 1 : 0

  let time = connection.time
  record[7] = picket_flow_float(UInt32(time.host))
  record[8] = picket_flow_float(UInt32(time.service))
  record[9] = rate(time.hostSYNErrors, time.host)
  record[10] = rate(time.serviceSYNErrors, time.service)
  record[11] = rate(time.hostRejections, time.host)
  record[12] = rate(time.serviceRejections, time.service)
  record[13] = rate(time.sameService, time.host)
  record[14] = time.differentServices
  record[15] = time.differentHosts

  let host = connection.host
  record[16] = picket_flow_float(UInt32(host.host))
  record[17] = picket_flow_float(UInt32(host.service))
  record[18] = rate(host.sameService, host.host)
  record[19] = host.differentServices
  record[20] = rate(host.samePort, host.host)
  record[21] = host.differentHosts
  record[22] = rate(host.hostSYNErrors, host.host)
  record[23] = rate(host.serviceSYNErrors, host.service)
  record[24] = rate(host.hostRejections, host.host)
  record[25] = rate(host.serviceRejections, host.service)
}
