import CPicketFlow

/// The connection table: chains of entries by hash, and lists by silence.
extension Flow {
  /// The connection that a key belongs to, or nobody.
  mutating func find(_ key: Key) -> UInt32 {
    let hash = key.hash(configuration.seed)
    var index = buckets[(hash & bucketMask).int]
    while index != nobody {
      let entry = connections + index.int
      if entry.pointee.hash == hash && Key(entry.pointee.event).isEqual(key) { return index }
      index = connections[index.int].next
    }
    return nobody
  }

  /// Takes a free entry for a connection that begins now; there must be one.
  mutating func insert(_ event: picket_flow_event, _ key: Key, _ list: SilenceList) -> UInt32 {
    let index = free
    let entry = connections + index.int
    free = entry.pointee.next
    let hash = key.hash(configuration.seed)
    let bucket = (hash & bucketMask).int
    entry.pointee = Connection(
      event: event, last: now, position: 0, next: buckets[bucket], older: nobody, newer: nobody,
      hash: hash, list: list, originator: .inactive, responder: .inactive, kernelState: 0,
      isOver: false, isSettled: false, isEnded: false, time: WindowTally(), host: WindowTally())
    buckets[bucket] = index
    counters.open &+= 1
    link(index, list)
    return index
  }

  /// Gives an entry back.
  mutating func remove(_ index: UInt32) {
    unlink(index)
    let entry = connections + index.int
    let bucket = (entry.pointee.hash & bucketMask).int
    var previous = nobody
    var at = buckets[bucket]
    while at != index && at != nobody {
      previous = at
      at = connections[at.int].next
    }
    if previous == nobody {
      buckets[bucket] = entry.pointee.next
    } else {
      connections[previous.int].next = entry.pointee.next
    }
    entry.pointee.next = free
    free = index
    counters.open &-= 1
  }

  /// Puts an entry at the end of a list: it was heard of now.
  mutating func touch(_ index: UInt32, _ list: SilenceList) {
    unlink(index)
    connections[index.int].last = now
    link(index, list)
  }

  private mutating func link(_ index: UInt32, _ list: SilenceList) {
    let ends = lists + Int(truncatingIfNeeded: list.rawValue)
    let entry = connections + index.int
    entry.pointee.list = list
    entry.pointee.older = ends.pointee.newest
    entry.pointee.newer = nobody
    if ends.pointee.newest == nobody {
      ends.pointee.oldest = index
    } else {
      connections[ends.pointee.newest.int].newer = index
    }
    ends.pointee.newest = index
  }

  private mutating func unlink(_ index: UInt32) {
    let entry = connections + index.int
    let ends = lists + Int(truncatingIfNeeded: entry.pointee.list.rawValue)
    if entry.pointee.older == nobody {
      ends.pointee.oldest = entry.pointee.newer
    } else {
      connections[entry.pointee.older.int].newer = entry.pointee.newer
    }
    if entry.pointee.newer == nobody {
      ends.pointee.newest = entry.pointee.older
    } else {
      connections[entry.pointee.newer.int].older = entry.pointee.older
    }
  }

  /// The connection that has been silent too long or is known to be gone, the one that was so first; or
  /// nobody.
  ///
  /// - Parameter all: Whether every connection is to go.
  mutating func due(all: Bool) -> UInt32 {
    var chosen = nobody
    var least = UInt64.max
    var list = 0
    while list < SilenceList.count {
      let index = lists[list].oldest
      let limit = lists[list].limit
      if index != nobody {
        let last = connections[index.int].last
        let isGone = last < lists[list].goneBefore
        let isOver = limit != UInt64.max && now &- last >= limit
        let until = isGone ? last : limit == UInt64.max ? UInt64.max : last &+ limit
        if (isGone || isOver || all) && (chosen == nobody || until < least) {
          chosen = index
          least = until
        }
      }
      list &+= 1
    }
    return chosen
  }

  /// The connection to end when the table is full: of those whose end has been told, or else of those
  /// that one side alone has sent in, or else of all, the one that was heard of longest ago.
  mutating func evictable() -> UInt32 {
    if lists[0].oldest != nobody { return lists[0].oldest }
    let weak = longestSilent(1, SilenceList.firstAnswered)
    return weak != nobody ? weak : longestSilent(SilenceList.firstAnswered, SilenceList.count)
  }

  private mutating func longestSilent(_ from: Int, _ to: Int) -> UInt32 {
    var chosen = nobody
    var list = from
    while list < to {
      let index = lists[list].oldest
      if index != nobody
        && (chosen == nobody || connections[index.int].last < connections[chosen.int].last)
      {
        chosen = index
      }
      list &+= 1
    }
    return chosen
  }
}
