import CPicketFlow

/// The flow in a caller's memory, or nil if `picket_flow_init` has not filled it.
func flowView(_ flow: OpaquePointer) -> UnsafeMutablePointer<Flow>? {
  guard Int(bitPattern: flow) & 7 == 0 else { return nil }
  let view = UnsafeMutableRawPointer(flow).assumingMemoryBound(to: Flow.self)
  return view.pointee.seal == Flow.sealed ? view : nil
}

/// A status as the C functions return it.
@inline(__always)
func status(_ code: Int) -> Int32 {
  Int32(truncatingIfNeeded: code)
}
