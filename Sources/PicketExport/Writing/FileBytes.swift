/// Bytes of a file under construction, in a byte order of their own.
struct FileBytes {
  private(set) var bytes: [UInt8] = []
  let order: ByteOrder

  init(_ order: ByteOrder) {
    self.order = order
  }

  var count: Int { bytes.count }

  mutating func append<Number: FixedWidthInteger>(_ number: Number) {
    let ordered = order == .little ? number.littleEndian : number.bigEndian
    withUnsafeBytes(of: ordered) { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ number: Float) {
    append(number.bitPattern)
  }

  mutating func append(raw: some Sequence<UInt8>) {
    bytes.append(contentsOf: raw)
  }

  mutating func appendZeros(_ count: Int) {
    bytes.append(contentsOf: repeatElement(0, count: count))
  }

  mutating func pad(to multiple: Int) {
    appendZeros((multiple - count % multiple) % multiple)
  }

  mutating func replace(at offset: Int, with number: UInt32) {
    let ordered = order == .little ? number.littleEndian : number.bigEndian
    withUnsafeBytes(of: ordered) { bytes.replaceSubrange(offset..<offset + 4, with: $0) }
  }
}
