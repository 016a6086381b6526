/// What became of a packet.
enum PacketFate {
  /// It told of a connection.
  case counted
  case notIP
  case otherProtocol
  case truncated
  case malformed
  case fragmentUnmatched
  case tooDeep
}

/// A packet as it was captured.
///
/// Offsets are from its first byte.
struct Packet {
  let bytes: UnsafeRawPointer
  /// Bytes that there are.
  let captured: Int
  /// Bytes that there were on the wire: at least as many.
  let length: Int

  /// What is wrong if the first `needed` bytes are not all there, or nil if they are.
  @inline(__always)
  func lacks(_ needed: Int) -> PacketFate? {
    if needed <= captured { return nil }
    return needed <= length ? .truncated : .malformed
  }
}
