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
        gather(x, entries, weights.base + column, width, Eight.self, into: target + column)
        column += 128
      }
      while column + 64 <= width {
        gather(x, entries, weights.base + column, width, Four.self, into: target + column)
        column += 64
      }
      while column + 16 <= width {
        gather(x, entries, weights.base + column, width, One.self, into: target + column)
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

  /// Neighbouring sums of one row, held in vectors while the row's entries pass by once: the more
  /// of them, the better the latency of an addition is hidden.
  @inline(__always)
  private static func gather<Sums: SumVectors>(
    _ x: SparseBatch, _ entries: Range<Int>, _ weights: UnsafeMutablePointer<Float>, _ width: Int,
    _: Sums.Type, into target: UnsafeMutablePointer<Float>
  ) {
    var sums = Sums()
    for entry in entries {
      sums.add(x.rows.values[entry], weights + Int(x.rows.columns[entry]) * width)
    }
    sums.store(target)
  }

  private protocol SumVectors {
    init()
    mutating func add(_ factor: Float, _ from: UnsafePointer<Float>)
    func store(_ to: UnsafeMutablePointer<Float>)
  }

  private struct One: SumVectors {
    private var sum = Vector.zero

    @inline(__always)
    mutating func add(_ factor: Float, _ from: UnsafePointer<Float>) {
      sum += factor * load(from)
    }

    @inline(__always)
    func store(_ to: UnsafeMutablePointer<Float>) { SparseProduct.store(sum, to) }
  }

  private struct Four: SumVectors {
    private var (a, b, c, d) = (One(), One(), One(), One())

    @inline(__always)
    mutating func add(_ factor: Float, _ from: UnsafePointer<Float>) {
      a.add(factor, from)
      b.add(factor, from + 16)
      c.add(factor, from + 32)
      d.add(factor, from + 48)
    }

    @inline(__always)
    func store(_ to: UnsafeMutablePointer<Float>) {
      a.store(to)
      b.store(to + 16)
      c.store(to + 32)
      d.store(to + 48)
    }
  }

  private struct Eight: SumVectors {
    private var (low, high) = (Four(), Four())

    @inline(__always)
    mutating func add(_ factor: Float, _ from: UnsafePointer<Float>) {
      low.add(factor, from)
      high.add(factor, from + 64)
    }

    @inline(__always)
    func store(_ to: UnsafeMutablePointer<Float>) {
      low.store(to)
      high.store(to + 64)
    }
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
