/// Gives each distinct text a number, in order of first appearance.
///
/// Open addressing with linear probing over the texts' bytes. Symbolic columns have few distinct
/// values and repeat the last one often, so that one is tried first.
struct Interner {
  /// The texts, by number.
  private(set) var names: [String] = []
  private var starts: [Int] = [0]
  private var texts: [UInt8] = []
  private var slots: [Int32] = Array(repeating: -1, count: 64)
  private var last: Int32 = -1

  /// The number of a text, a new one if it was not seen before.
  ///
  /// - Returns: The number, or nil when a new text is not UTF-8.
  mutating func code(_ text: UnsafePointer<UInt8>, _ count: Int) -> Int32? {
    if last >= 0, matches(last, text, count) { return last }
    var slot = Interner.hash(text, count) & (slots.count - 1)
    while slots[slot] >= 0 {
      if matches(slots[slot], text, count) {
        last = slots[slot]
        return last
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    let bytes = UnsafeBufferPointer(start: text, count: count)
    guard let name = String(validating: bytes, as: UTF8.self) else { return nil }
    last = Int32(names.count)
    slots[slot] = last
    names.append(name)
    texts.append(contentsOf: bytes)
    starts.append(texts.count)
    if 2 * names.count > slots.count { rehash() }
    return last
  }

  @inline(__always)
  private func matches(_ code: Int32, _ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    let start = starts[Int(code)]
    guard starts[Int(code) + 1] - start == count else { return false }
    for index in 0..<count where texts[start + index] != text[index] { return false }
    return true
  }

  private mutating func rehash() {
    slots = Array(repeating: -1, count: 2 * slots.count)
    texts.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      for code in names.indices {
        let start = starts[code]
        var slot = Interner.hash(base + start, starts[code + 1] - start) & (slots.count - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(code)
      }
    }
  }

  /// FNV-1a, folded so that its low bits depend on every byte.
  private static func hash(_ text: UnsafePointer<UInt8>, _ count: Int) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in 0..<count { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash ^ (hash >> 32))
  }
}
