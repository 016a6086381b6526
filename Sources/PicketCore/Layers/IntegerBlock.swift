import CPicketKernels

/// Neighbouring outputs of a layer in integer arithmetic while they are summed up.
protocol IntegerBlock {
  /// Bytes of the sums.
  static var bytes: Int { get }
  static var zero: Self { get }
  init(_ sums: UnsafeRawPointer)

  /// Adds four inputs times their weights.
  mutating func add(_ word: UInt32, _ weights: UnsafeRawPointer)
  mutating func add(_ other: Self)
  func store(_ sums: UnsafeMutableRawPointer)
}

/// Sixteen outputs.
struct IntegerBlock16: IntegerBlock {
  var a: SIMD16<Int32>

  @inline(__always) static var bytes: Int { 64 }
  @inline(__always) static var zero: IntegerBlock16 { IntegerBlock16(a: .zero) }

  @inline(__always)
  init(a: SIMD16<Int32>) {
    self.a = a
  }

  @inline(__always)
  init(_ sums: UnsafeRawPointer) {
    a = sums.integers16()
  }

  @inline(__always)
  mutating func add(_ word: UInt32, _ weights: UnsafeRawPointer) {
    a = picket_dot4(a, word, weights)
  }

  @inline(__always)
  mutating func add(_ other: IntegerBlock16) {
    a &+= other.a
  }

  @inline(__always)
  func store(_ sums: UnsafeMutableRawPointer) {
    sums.store16(a)
  }
}

/// Two blocks side by side.
struct IntegerPair<Half: IntegerBlock>: IntegerBlock {
  var left: Half
  var right: Half

  @inline(__always) static var bytes: Int { 2 &* Half.bytes }
  @inline(__always) static var zero: IntegerPair { IntegerPair(left: .zero, right: .zero) }

  @inline(__always)
  init(left: Half, right: Half) {
    self.left = left
    self.right = right
  }

  @inline(__always)
  init(_ sums: UnsafeRawPointer) {
    left = Half(sums)
    right = Half(sums + Half.bytes)
  }

  @inline(__always)
  mutating func add(_ word: UInt32, _ weights: UnsafeRawPointer) {
    left.add(word, weights)
    right.add(word, weights + Half.bytes)
  }

  @inline(__always)
  mutating func add(_ other: IntegerPair) {
    left.add(other.left)
    right.add(other.right)
  }

  @inline(__always)
  func store(_ sums: UnsafeMutableRawPointer) {
    left.store(sums)
    right.store(sums + Half.bytes)
  }
}

typealias IntegerBlock32 = IntegerPair<IntegerBlock16>
typealias IntegerBlock64 = IntegerPair<IntegerBlock32>
