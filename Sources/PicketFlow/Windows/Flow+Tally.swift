import CPicketFlow

/// What a window holds, counted start by start.
extension Flow {
  /// Counts the starts up to one, of the newest `depth`, that are not older than it by more than `age`.
  ///
  /// Starts that lie after it in time are left out: an exporter tells of connections when they end, so
  /// the order of telling is not that of time.
  ///
  /// - Parameter through: How many of the newest are also told by themselves, if all of them count.
  mutating func tally(
    _ position: UInt64, depth: UInt32, age: UInt64, through: UInt32
  ) -> (all: WindowTally, newest: WindowTally, hasNewest: Bool) {
    services.clear()
    hosts.clear()
    var found = WindowTally()
    let there = position < picket_flow_wide(depth) ? picket_flow_low(position) &+ 1 : depth
    let first = there < through ? there : through
    let hasAll = look(position, from: 0, to: first, age, &found)
    let newest = found
    if first < there { _ = look(position, from: first, to: there, age, &found) }
    return (found, newest, hasAll && (there >= through || there < depth))
  }

  /// Counts the starts from `from` places before one on, up to `to`.
  ///
  /// By 32 at a time: which of them count is found without a branch, for in mixed traffic every third one
  /// would be guessed wrong.
  ///
  /// - Parameter age: The greatest; the greatest number there is, of the window that asks for no time.
  /// - Returns: Whether none was left out for its age.
  @_optimize(speed)
  private mutating func look(
    _ position: UInt64, from: UInt32, to: UInt32, _ age: UInt64, _ found: inout WindowTally
  ) -> Bool {
    let own = ring + place(position)
    // What is earlier than its own time by at most the age: one comparison tells.
    let earliest = own.pointee.time > age ? own.pointee.time &- age : 0
    let span = age == UInt64.max ? age : own.pointee.time &- earliest
    // In registers, not behind a pointer.
    var sums = found
    var hasAll = true
    var looked = from
    while looked < to {
      let newest = place(position &- picket_flow_wide(looked))
      // To the end of the window, or of the ring, or of the bits.
      let left = min((to &- looked).int, newest &+ 1)
      let count = min(left, 32)
      let alike = Alike(ring + newest, count: count, own, earliest, span)
      hasAll = hasAll && alike.isComplete
      add(alike, newest, own, &sums)
      looked &+= UInt32(truncatingIfNeeded: count)
    }
    found = sums
    return hasAll
  }

  /// Adds up those of 32 starts that are like the one that looks.
  @inline(__always)
  private mutating func add(
    _ alike: Alike, _ newest: Int, _ own: UnsafePointer<Start>, _ found: inout WindowTally
  ) {
    var bits = alike.hosts
    while bits != 0 {
      let at = newest &- bits.trailingZeroBitCount
      bits &= bits &- 1
      let start = ring + at
      guard start.pointee.destination == own.pointee.destination else { continue }
      found.add(
        host: start, isSame: start.pointee.service == own.pointee.service,
        isSamePort: start.pointee.sourcePort == own.pointee.sourcePort)
      found.services &+= services.add(service: at, ring)
    }
    bits = alike.services
    while bits != 0 {
      let at = newest &- bits.trailingZeroBitCount
      bits &= bits &- 1
      found.add(service: ring + at)
      found.hosts &+= hosts.add(host: at, ring)
    }
  }
}

/// Which of up to 32 starts of the ring are like one: bit 0 stands for the newest.
private struct Alike {
  /// Those of the same service.
  var services: UInt32 = 0
  /// Those whose destinations have the same hash.
  var hosts: UInt32 = 0
  /// Whether none of them is left out for its age.
  var isComplete = true

  /// - Parameters:
  ///   - newest: The start from which on, backwards, `count` are looked at.
  ///   - earliest: The time from which on they count.
  ///   - span: Up to how much later they do.
  @inline(__always)
  init(
    _ newest: UnsafePointer<Start>, count: Int, _ own: UnsafePointer<Start>, _ earliest: UInt64,
    _ span: UInt64
  ) {
    let (service, hash) = (own.pointee.service, own.pointee.hostHash)
    var start = newest
    var bit: UInt32 = 1
    var skipped: UInt32 = 0
    var left = count
    while left > 0 {
      skipped |= start.pointee.time &- earliest > span ? bit : 0
      services |= start.pointee.service == service ? bit : 0
      hosts |= start.pointee.hostHash == hash ? bit : 0
      bit &<<= 1
      start -= 1
      left &-= 1
    }
    services &= ~skipped
    hosts &= ~skipped
    isComplete = skipped == 0
  }
}
