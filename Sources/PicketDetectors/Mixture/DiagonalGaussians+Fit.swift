import COpenBLAS
import PicketNumbers

extension DiagonalGaussians {
  /// Begins with components around rows that lie far from each other.
  ///
  /// Each next row is drawn with a probability proportional to its squared distance from the nearest one
  /// drawn already: k-means++ (Arthur and Vassilvitskii 2007, section 2.2). All variances are a tenth
  /// of the rows' own, plus the floor.
  ///
  /// - Precondition: `rows` has a row.
  init(
    around rows: SparseRows, components: Int, floor: Double,
    using generator: inout SeededGenerator
  ) {
    let size = rows.columnCount
    var centres: [Int] = [generator.below(rows.count)]
    var nearest = [Double](repeating: .infinity, count: rows.count)
    while centres.count < components {
      let last = rows.rows(at: [centres[centres.count - 1]])
      SquaredDistances(from: last).forEach(rows) { row, _, distances in
        nearest[row] = min(nearest[row], max(distances[0], 0))
      }
      var left = generator.unit() * nearest.reduce(0, +)
      // Rounding may leave a rest beyond the last row.
      let drawn = nearest.firstIndex { distance in
        left -= distance
        return left < 0
      }
      centres.append(drawn ?? generator.below(rows.count))
    }
    var (sums, squares) = (
      [Double](repeating: 0, count: size), [Double](repeating: 0, count: size)
    )
    for (column, value) in zip(rows.columns, rows.values) {
      sums[Int(column)] += Double(value)
      squares[Int(column)] += Double(value) * Double(value)
    }
    let variances = zip(sums, squares).map { sum, square in
      let mean = sum / Double(rows.count)
      return max(square / Double(rows.count) - mean * mean, 0) / 10 + floor
    }
    self.init(
      weights: Array(repeating: 1 / Double(components), count: components),
      means: rows.rows(at: centres).denseDoubles,
      variances: (0..<components).flatMap { _ in variances })
  }

  /// One step of expectation and maximisation (Dempster, Laird and Rubin 1977).
  ///
  /// ```
  /// r_ik = w_k N(x_i; mu_k, v_k) / p(x_i),   n_k = sum_i r_ik,   w_k = n_k / n
  /// mu_k = sum_i r_ik x_i / n_k,   v_k = sum_i r_ik x_i^2 / n_k - mu_k^2 + floor
  /// ```
  ///
  /// - Parameter floor: Added to each variance, so that a component of equal rows keeps a width.
  func improved(on rows: SparseRows, floor: Double) -> DiagonalGaussians {
    let width = 2 * size
    var sums = [Double](repeating: 0, count: count * width)
    // A component that no row belongs to must still have a mean.
    var masses = [Double](repeating: 1e-12, count: count)
    sums.withUnsafeMutableBufferPointer { sums in
      forEachBlock(rows) { pairs, densities, lines in
        for position in 0..<lines {
          let row = UnsafeMutableBufferPointer(
            start: densities.base + position * count, count: count)
          _ = Self.exponentiate(row)
          for component in 0..<count { masses[component] += row[component] }
        }
        cblas_dgemm(
          CblasRowMajor, CblasTrans, CblasNoTrans, Int32(count), Int32(width), Int32(lines), 1,
          densities.base, Int32(count), pairs.base, Int32(width), 1, sums.baseAddress,
          Int32(width))
      }
    }
    let total = masses.reduce(0, +)
    var means: [Double] = []
    var variances: [Double] = []
    for component in 0..<count {
      for column in 0..<size {
        let mean = sums[component * width + column] / masses[component]
        let square = sums[component * width + size + column] / masses[component]
        means.append(mean)
        variances.append(max(square - mean * mean, 0) + floor)
      }
    }
    return DiagonalGaussians(
      weights: masses.map { $0 / total }, means: means, variances: variances)
  }
}

extension SparseRows {
  /// All rows with their zeros, in double precision.
  fileprivate var denseDoubles: [Double] {
    (0..<count).flatMap { denseRow($0).map(Double.init) }
  }
}
