/// Products of a sparse batch with a dense matrix: work is done for non-zero inputs alone.
///
/// Multiplications and additions stay separate, not fused: with or without the processor's fused
/// instruction the result has the same bits, and no call into libm appears where it is missing.
enum SparseProduct {
  typealias Vector = SIMD16<Float>

  /// S = X W, for X of m x k (sparse), W of k x n and S of m x n.
  static func multiply(_ x: SparseBatch, _ weights: MatrixView, into sums: MatrixView) {
    let width = weights.columns
    assert(sums.rows == x.count && sums.columns == width && weights.rows == x.rows.columnCount)
    for row in 0..<x.count {
      let entries = x.entries(row)
      let target = sums.base + row * width
      var column = 0
      while column + 128 <= width {
        gather8(x, entries, weights.base + column, width, into: target + column)
        column += 128
      }
      while column + 16 <= width {
        gather1(x, entries, weights.base + column, width, into: target + column)
        column += 16
      }
      while column < width {
        var sum: Float = 0
        for entry in entries {
          sum += x.rows.values[entry] * weights.base[Int(x.rows.columns[entry]) * width + column]
        }
        target[column] = sum
        column += 1
      }
    }
  }

  /// G = X^T D, for X of m x k (sparse), D of m x n and G of k x n.
  static func multiplyTransposed(_ x: SparseBatch, _ d: MatrixView, into gradient: MatrixView) {
    let width = d.columns
    assert(d.rows == x.count && gradient.columns == width && gradient.rows == x.rows.columnCount)
    gradient.fill(0)
    for row in 0..<x.count {
      let source = d.base + row * width
      for entry in x.entries(row) {
        let value = x.rows.values[entry]
        let target = gradient.base + Int(x.rows.columns[entry]) * width
        var column = 0
        while column + 16 <= width {
          store(load(target + column) + value * load(source + column), target + column)
          column += 16
        }
        while column < width {
          target[column] += value * source[column]
          column += 1
        }
      }
    }
  }

  /// 128 sums of one row, held in eight vectors while the row's entries pass by once.
  @inline(__always)
  private static func gather8(
    _ x: SparseBatch, _ entries: Range<Int>, _ weights: UnsafeMutablePointer<Float>, _ width: Int,
    into target: UnsafeMutablePointer<Float>
  ) {
    var (s0, s1, s2, s3) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
    var (s4, s5, s6, s7) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
    for entry in entries {
      let value = x.rows.values[entry]
      let from = weights + Int(x.rows.columns[entry]) * width
      s0 += value * load(from)
      s1 += value * load(from + 16)
      s2 += value * load(from + 32)
      s3 += value * load(from + 48)
      s4 += value * load(from + 64)
      s5 += value * load(from + 80)
      s6 += value * load(from + 96)
      s7 += value * load(from + 112)
    }
    store(s0, target)
    store(s1, target + 16)
    store(s2, target + 32)
    store(s3, target + 48)
    store(s4, target + 64)
    store(s5, target + 80)
    store(s6, target + 96)
    store(s7, target + 112)
  }

  @inline(__always)
  private static func gather1(
    _ x: SparseBatch, _ entries: Range<Int>, _ weights: UnsafeMutablePointer<Float>, _ width: Int,
    into target: UnsafeMutablePointer<Float>
  ) {
    var sum = Vector.zero
    for entry in entries {
      sum += x.rows.values[entry] * load(weights + Int(x.rows.columns[entry]) * width)
    }
    store(sum, target)
  }

  @inline(__always)
  private static func load(_ from: UnsafePointer<Float>) -> Vector {
    UnsafeRawPointer(from).loadUnaligned(as: Vector.self)
  }

  @inline(__always)
  private static func store(_ vector: Vector, _ to: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(to).storeBytes(of: vector, as: Vector.self)
  }
}
