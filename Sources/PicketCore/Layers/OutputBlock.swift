/// Neighbouring outputs of a layer while they are summed up: 16, 32 or 64 of them, in registers.
///
/// Vectors of 16 throughout, because the wider ones of the standard library work lane by lane.
protocol OutputBlock {
  static var columns: Int { get }
  static var zero: Self { get }
  init(bias: UnsafeRawPointer)

  /// Adds x times a row of weights.
  mutating func add<Row: WeightRow>(_ x: Float, _ row: UnsafeRawPointer, _: Row.Type)
  mutating func add(_ other: Self)

  /// Replaces each sum by sum * scale + bias.
  mutating func scale(by scale: UnsafeRawPointer, bias: UnsafeRawPointer)
  func store(_ output: UnsafeMutableRawPointer)
}

struct Block16: OutputBlock {
  var a: SIMD16<Float>

  @inline(__always) static var columns: Int { 16 }
  @inline(__always) static var zero: Block16 { Block16(a: .zero) }

  @inline(__always)
  init(a: SIMD16<Float>) {
    self.a = a
  }

  @inline(__always)
  init(bias: UnsafeRawPointer) {
    a = Float32Row.load(bias)
  }

  @inline(__always)
  mutating func add<Row: WeightRow>(_ x: Float, _ row: UnsafeRawPointer, _: Row.Type) {
    multiplyAdd(&a, SIMD16(repeating: x), Row.load(row))
  }

  @inline(__always)
  mutating func add(_ other: Block16) {
    a += other.a
  }

  @inline(__always)
  mutating func scale(by scale: UnsafeRawPointer, bias: UnsafeRawPointer) {
    var sum = bias.floats16()
    multiplyAdd(&sum, a, scale.floats16())
    a = sum
  }

  @inline(__always)
  func store(_ output: UnsafeMutableRawPointer) {
    output.store16(a)
  }
}

/// Two blocks side by side.
struct Pair<Half: OutputBlock>: OutputBlock {
  var left: Half
  var right: Half

  @inline(__always) static var columns: Int { 2 &* Half.columns }
  @inline(__always) static var zero: Pair { Pair(left: .zero, right: .zero) }

  @inline(__always)
  init(left: Half, right: Half) {
    self.left = left
    self.right = right
  }

  @inline(__always)
  init(bias: UnsafeRawPointer) {
    left = Half(bias: bias)
    right = Half(bias: bias + Half.columns &* 4)
  }

  @inline(__always)
  mutating func add<Row: WeightRow>(_ x: Float, _ row: UnsafeRawPointer, _: Row.Type) {
    left.add(x, row, Row.self)
    right.add(x, row + Half.columns &* Row.bytes, Row.self)
  }

  @inline(__always)
  mutating func add(_ other: Pair) {
    left.add(other.left)
    right.add(other.right)
  }

  @inline(__always)
  mutating func scale(by scale: UnsafeRawPointer, bias: UnsafeRawPointer) {
    left.scale(by: scale, bias: bias)
    right.scale(by: scale + Half.columns &* 4, bias: bias + Half.columns &* 4)
  }

  @inline(__always)
  func store(_ output: UnsafeMutableRawPointer) {
    left.store(output)
    right.store(output + Half.columns &* 4)
  }
}

typealias Block32 = Pair<Block16>
typealias Block64 = Pair<Block32>
typealias Block128 = Pair<Block64>
