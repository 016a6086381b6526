import CPicketFlow

/// The next event.
@c @implementation
public func picket_flow_next(
  _ flow: OpaquePointer!, _ event: UnsafeMutablePointer<picket_flow_event>!,
  _ record: UnsafeMutablePointer<Float>?
) -> Int32 {
  guard let flow, let event, let view = flowView(flow) else { return 0 }
  return view.pointee.next(&event.pointee, record) ? 1 : 0
}

/// Whether a record is worth a score.
@c @implementation
public func picket_flow_unfit(_ event: UnsafePointer<picket_flow_event>!) -> Int32 {
  guard let event else { return status(PICKET_FLOW_E_ARGUMENT) }
  return status(event.pointee.unfitness)
}

/// A connection that is still open.
@c @implementation
public func picket_flow_look(
  _ flow: OpaquePointer!, _ cursor: UnsafeMutablePointer<UInt32>!, _ begun_before_ns: UInt64,
  _ event: UnsafeMutablePointer<picket_flow_event>!, _ record: UnsafeMutablePointer<Float>?
) -> Int32 {
  guard let flow, let cursor, let event, let view = flowView(flow) else { return 0 }
  guard view.pointee.inbox.kind == .nothing else { return 0 }
  let found = view.pointee.look(
    &cursor.pointee, begunBefore: begun_before_ns, &event.pointee, record)
  return found ? 1 : 0
}

/// Writes an event as bytes of log.
@c @implementation
public func picket_flow_log(
  _ event: UnsafePointer<picket_flow_event>!, _ bytes: UnsafeMutableRawPointer!
) -> Int32 {
  guard let event, let bytes else { return status(PICKET_FLOW_E_ARGUMENT) }
  guard event.pointee.isPossible else { return status(PICKET_FLOW_E_EVENT) }
  LogRecord.write(event.pointee, to: bytes)
  return status(PICKET_FLOW_OK)
}

/// What was seen since the flow was made.
@c @implementation
public func picket_flow_read_counters(
  _ flow: OpaquePointer!, _ counters: UnsafeMutablePointer<picket_flow_counters>!
) -> Int32 {
  guard let flow, let counters else { return status(PICKET_FLOW_E_ARGUMENT) }
  guard let view = flowView(flow) else { return status(PICKET_FLOW_E_FLOW) }
  counters.pointee = view.pointee.counters
  return status(PICKET_FLOW_OK)
}

/// The name of a column.
@c @implementation
public func picket_flow_column_name(_ column: Int) -> UnsafePointer<CChar>! {
  guard column >= 0, column < columnCount.int else { return nil }
  return picket_flow_column(UInt32(truncatingIfNeeded: column))
}

/// How many categories a column has.
@c @implementation
public func picket_flow_category_count(_ column: Int) -> Int {
  categoryCount(column).int
}

/// The name of a category.
@c @implementation
public func picket_flow_category_name(_ column: Int, _ category: Int) -> UnsafePointer<CChar>! {
  guard category >= 0, category < categoryCount(column).int else { return nil }
  return categoryName(column, UInt32(truncatingIfNeeded: category))
}
