import CPicketFlow

/// When an exporter started, as its options have told.
struct ExporterStart {
  var exporter: UInt64
  /// Nanoseconds since 1970; 0 in an entry that is free.
  var time: UInt64
  var domain: UInt32
}

/// Starts are kept apart from templates: one that is told by a record must not push out the template that
/// the record is read by.
extension Flow {
  /// When an exporter started; 0 if it has not told.
  mutating func exporterStart(_ exporter: UInt64, _ domain: UInt32) -> UInt64 {
    let index = entry(exporter, domain)
    return index == nobody ? 0 : exporterStarts[index.int].time
  }

  /// Remembers when the exporter of the datagram started, in the place of what it told before, or of the
  /// oldest.
  mutating func remember(exporterStart time: UInt64) {
    let (exporter, domain) = (inbox.exporter, inbox.cursor.domain)
    var index = entry(exporter, domain)
    if index == nobody {
      index = oldestExporterStart
      oldestExporterStart &+= 1
      if oldestExporterStart == configuration.templates { oldestExporterStart = 0 }
    }
    exporterStarts[index.int] = ExporterStart(exporter: exporter, time: time, domain: domain)
  }

  private mutating func entry(_ exporter: UInt64, _ domain: UInt32) -> UInt32 {
    var index: UInt32 = 0
    while index < configuration.templates {
      let start = exporterStarts + index.int
      if start.pointee.exporter == exporter && start.pointee.domain == domain
        && start.pointee.time != 0
      {
        return index
      }
      index &+= 1
    }
    return nobody
  }
}
