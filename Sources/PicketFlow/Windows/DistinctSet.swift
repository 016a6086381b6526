import CPicketFlow

/// A set of starts, for counting how many of them differ: open addressing in memory of its own.
///
/// A word holds the round in which it was filled (16 bits) and the place of a start in the ring (16
/// bits), so that a new round empties the set.
struct DistinctSet {
  /// Twice the most members, so that half of the words stay free.
  static var capacity: Int { 1024 }

  let words: UnsafeMutablePointer<UInt32>
  private var round: UInt32

  init(_ words: UnsafeMutablePointer<UInt32>) {
    self.words = words
    round = 0
  }

  /// Forgets all members.
  mutating func clear() {
    round &+= 1
    guard round > 0xFFFF else { return }
    var i = 0
    while i < DistinctSet.capacity {
      words[i] = 0
      i &+= 1
    }
    round = 1
  }

  /// Where a member is, or the free word where it would be.
  ///
  /// - Parameter isSame: Whether a place of the ring holds an equal member.
  @inline(__always)
  private func place(_ hash: UInt16, _ isSame: (Int) -> Bool) -> Int {
    var at = Int(hash) & (DistinctSet.capacity &- 1)
    while words[at] &>> 16 == round && !isSame((words[at] & 0xFFFF).int) {
      at = (at &+ 1) & (DistinctSet.capacity &- 1)
    }
    return at
  }

  /// Adds the start at a place of the ring by its service; gives 1 if there was none of its kind.
  @inline(__always)
  func add(service place: Int, _ ring: UnsafeMutablePointer<Start>) -> UInt16 {
    let key = ring[place].service
    let at = self.place(ring[place].serviceHash) { ring[$0].service == key }
    return fill(at, place)
  }

  /// Adds the start at a place of the ring by its destination.
  @inline(__always)
  func add(host place: Int, _ ring: UnsafeMutablePointer<Start>) -> UInt16 {
    let key = ring[place].destination
    let at = self.place(ring[place].hostHash) { ring[$0].destination == key }
    return fill(at, place)
  }

  @inline(__always)
  private func fill(_ at: Int, _ place: Int) -> UInt16 {
    guard words[at] &>> 16 != round else { return 0 }
    words[at] = round &<< 16 | UInt32(truncatingIfNeeded: place)
    return 1
  }
}
