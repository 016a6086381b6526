import CPicketKernels

/// Neighbouring outputs of a layer in integer arithmetic while they are summed up.
protocol IntegerBlock {
  init(_ sums: UnsafeRawPointer)

  /// Adds four inputs times their weights.
  mutating func add(_ word: UInt32, _ weights: UnsafeRawPointer)
  func store(_ sums: UnsafeMutableRawPointer)
}

/// Sixteen outputs.
struct One: IntegerBlock {
  var a: SIMD16<Int32>

  @inline(__always)
  init(_ sums: UnsafeRawPointer) {
    a = sums.integers16()
  }

  @inline(__always)
  mutating func add(_ word: UInt32, _ weights: UnsafeRawPointer) {
    a = picket_dot4(a, word, weights)
  }

  @inline(__always)
  func store(_ sums: UnsafeMutableRawPointer) {
    sums.store16(a)
  }
}

/// Thirty-two outputs.
struct Two: IntegerBlock {
  var left: One
  var right: One

  @inline(__always)
  init(_ sums: UnsafeRawPointer) {
    left = One(sums)
    right = One(sums + 64)
  }

  @inline(__always)
  mutating func add(_ word: UInt32, _ weights: UnsafeRawPointer) {
    left.add(word, weights)
    right.add(word, weights + 64)
  }

  @inline(__always)
  func store(_ sums: UnsafeMutableRawPointer) {
    left.store(sums)
    right.store(sums + 64)
  }
}

/// Sixty-four outputs.
struct Four: IntegerBlock {
  var left: Two
  var right: Two

  @inline(__always)
  init(_ sums: UnsafeRawPointer) {
    left = Two(sums)
    right = Two(sums + 128)
  }

  @inline(__always)
  mutating func add(_ word: UInt32, _ weights: UnsafeRawPointer) {
    left.add(word, weights)
    right.add(word, weights + 128)
  }

  @inline(__always)
  func store(_ sums: UnsafeMutableRawPointer) {
    left.store(sums)
    right.store(sums + 128)
  }
}
