import CPicketFlow

/// Datagrams of NetFlow 5, 9 and IPFIX.
extension Flow {
  /// Reads a datagram up to the next flow of a protocol that is looked at.
  ///
  /// - Returns: Whether there was one: it is the observation then.
  mutating func takeNetFlow() -> Bool {
    guard let bytes = inbox.bytes else { return false }
    if inbox.cursor.version == .unread {
      counters.datagrams &+= 1
      guard inbox.cursor.readHeader(bytes, inbox.size) else {
        counters.datagrams_malformed &+= 1
        return false
      }
    }
    while inbox.cursor.offset < inbox.cursor.end {
      var record = FlowRecord()
      if inbox.cursor.version == .five {
        record = FlowRecord(version5: bytes, inbox.cursor)
        inbox.cursor.offset &+= FlowRecord.size5
      } else if inbox.cursor.template != nobody {
        guard readRecord(bytes, &record) else { continue }
      } else {
        guard readSet(bytes) else {
          counters.datagrams_malformed &+= 1
          return false
        }
        continue
      }
      if observe(record) { return true }
    }
    return false
  }

  /// Reads the header of a set, and all of it unless it holds records.
  private mutating func readSet(_ bytes: UnsafeRawPointer) -> Bool {
    let at = inbox.cursor.offset
    // Some exporters fill up to a word behind the last set.
    guard inbox.cursor.end &- at >= 4 else {
      inbox.cursor.offset = inbox.cursor.end
      return true
    }
    let id = bytes.big16(at)
    let length = bytes.big16(at &+ 2).int
    guard length >= 4, length <= inbox.cursor.end &- at else { return false }
    inbox.cursor.setEnd = at &+ length
    inbox.cursor.offset = at &+ length
    let isIPFIX = inbox.cursor.version == .ipfix
    let isOptions = id == (isIPFIX ? 3 : 1)
    if isOptions || id == (isIPFIX ? 2 : 0) {
      return readTemplates(bytes, from: at &+ 4, to: at &+ length, isOptions: isOptions)
    }
    guard id >= 256 else { return true }
    inbox.cursor.template = template(inbox.exporter, inbox.cursor.domain, id)
    if inbox.cursor.template == nobody {
      counters.templates_unknown &+= 1
    } else {
      inbox.cursor.offset = at &+ 4
    }
    return true
  }

  /// Reads the next record of a data set, or leaves the set.
  ///
  /// - Returns: Whether it is a flow.
  private mutating func readRecord(_ bytes: UnsafeRawPointer, _ record: inout FlowRecord) -> Bool {
    let entry = templates + inbox.cursor.template.int
    guard inbox.cursor.setEnd &- inbox.cursor.offset >= entry.pointee.shortest.int else {
      leaveSet()
      return false
    }
    let fields = fields(of: inbox.cursor.template)
    var at = inbox.cursor.offset
    var i: UInt32 = 0
    while i < entry.pointee.fieldCount {
      let field = TemplateField(fields[i.int])
      var length = field.length
      if length == TemplateField.variable && inbox.cursor.version == .ipfix {
        guard readLength(bytes, &at, &length) else { break }
      }
      guard length <= inbox.cursor.setEnd &- at else { break }
      record.take(field, bytes, at: at, length: length, inbox.cursor.sent)
      at &+= length
      i &+= 1
    }
    // A record without bytes would be read for ever.
    guard i == entry.pointee.fieldCount, at > inbox.cursor.offset else {
      counters.datagrams_malformed &+= 1
      leaveSet()
      return false
    }
    inbox.cursor.offset = at
    guard entry.pointee.isOptions else { return true }
    if record.exporterStart != 0 { remember(exporterStart: record.exporterStart) }
    return false
  }

  private mutating func leaveSet() {
    inbox.cursor.offset = inbox.cursor.setEnd
    inbox.cursor.template = nobody
  }

  /// The length of a field that carries it: RFC 7011, section 7.
  private mutating func readLength(_ bytes: UnsafeRawPointer, _ at: inout Int, _ length: inout Int)
    -> Bool
  {
    guard inbox.cursor.setEnd &- at >= 1 else { return false }
    length = Int(truncatingIfNeeded: bytes.byte(at))
    at &+= 1
    guard length == 255 else { return true }
    guard inbox.cursor.setEnd &- at >= 2 else { return false }
    length = bytes.big16(at).int
    at &+= 2
    return true
  }

  /// Makes a flow record the observation, if it is of a protocol that is looked at.
  private mutating func observe(_ told: FlowRecord) -> Bool {
    var record = told
    guard record.hasSource, record.hasDestination, isKnown(record.event.protocol) else {
      counters.flows_ignored &+= 1
      return false
    }
    counters.flows &+= 1
    date(&record)
    record.event.prepareFlow()
    observation.pointee = Observation(.flow, record.event)
    inbox.hasObservation = true
    return true
  }

  /// Gives a record of templates its times, if they are uptimes or missing.
  private mutating func date(_ record: inout FlowRecord) {
    let cursor = inbox.cursor
    if record.hasUptimes {
      let started =
        record.exporterStart != 0
        ? record.exporterStart : exporterStart(inbox.exporter, cursor.domain)
      if cursor.version == .nine {
        record.event.start_ns = cursor.time(atUptime: record.first)
        record.event.end_ns = cursor.time(atUptime: record.last)
      } else if started != 0 {
        record.event.start_ns = started &+ picket_flow_wide(record.first) &* 1_000_000
        record.event.end_ns = started &+ picket_flow_wide(record.last) &* 1_000_000
      }
    }
    if record.event.end_ns == 0 { record.event.end_ns = cursor.sent }
    if record.event.start_ns == 0 || record.event.start_ns > record.event.end_ns {
      record.event.start_ns = record.event.end_ns
    }
  }
}
