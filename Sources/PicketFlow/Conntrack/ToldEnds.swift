/// Connections that had to leave the table between the END that a query brought and the kernel's DESTROY,
/// which comes minutes later and must not be told as one more END.
///
/// Of each the hash of its key, in rows of sixteen, the newest first: what a row has no room for is
/// forgotten. A DESTROY that is taken for another's is of a connection that nobody saw begin: of those,
/// with full rows, one in 2^28 / rows, which is 131,072 for 16,384 connections and 2,048 for the most.
struct ToldEnds {
  private let hashes: UnsafeMutablePointer<UInt32>
  private let mask: UInt32

  static var rowLength: Int { 16 }

  init(_ hashes: UnsafeMutablePointer<UInt32>, rows: UInt32) {
    self.hashes = hashes
    mask = rows &- 1
  }

  /// Rows for a table: two hashes for each of its connections.
  static func rows(of connections: UInt32) -> UInt32 {
    var rows: UInt32 = 2
    while rows &* 8 < connections { rows &*= 2 }
    return rows
  }

  mutating func remember(_ hash: UInt32) {
    let row = row(of: hash)
    var i = ToldEnds.rowLength &- 1
    while i > 0 {
      row[i] = row[i &- 1]
      i &-= 1
    }
    row[0] = ToldEnds.mark(hash)
  }

  /// Forgets a connection.
  ///
  /// - Returns: Whether it was there.
  mutating func forget(_ hash: UInt32) -> Bool {
    let row = row(of: hash)
    var i = 0
    while i < ToldEnds.rowLength && row[i] != ToldEnds.mark(hash) { i &+= 1 }
    guard i < ToldEnds.rowLength else { return false }
    while i < ToldEnds.rowLength &- 1 {
      row[i] = row[i &+ 1]
      i &+= 1
    }
    row[i] = 0
    return true
  }

  private func row(of hash: UInt32) -> UnsafeMutablePointer<UInt32> {
    hashes + (hash & mask).int &* ToldEnds.rowLength
  }

  /// The hash as it is kept: 0 is a free place.
  private static func mark(_ hash: UInt32) -> UInt32 { hash | 1 }
}
