import COpenBLAS

/// The largest eigenvalues of a symmetric matrix and their eigenvectors, by LAPACK's `dsyevr`.
struct SymmetricEigenvectors {
  /// From the largest down.
  let values: [Double]
  /// One row of n numbers for each value, of length 1, its largest component positive.
  let vectors: [Double]

  /// Finds the `count` largest.
  ///
  /// - Parameters:
  ///   - matrix: n * n finite numbers, symmetric.
  ///   - size: n.
  ///   - count: From 1 to n.
  /// - Returns: Nil when LAPACK did not converge.
  init?(of matrix: [Double], size: Int, largest count: Int) {
    var (work, integerWork) = ([0.0], [Int32(0)])
    guard
      Self.solve(matrix, size, count, &work, &integerWork, isQuery: true) != nil
    else { return nil }
    work = [Double](repeating: 0, count: Int(work[0]))
    integerWork = [Int32](repeating: 0, count: Int(integerWork[0]))
    guard
      let (ascending, columns) = Self.solve(
        matrix, size, count, &work, &integerWork, isQuery: false)
    else { return nil }
    values = ascending.prefix(count).reversed()
    vectors = (0..<count).reversed().flatMap { index in
      let vector = columns[index * size..<(index + 1) * size]
      let largest = vector.max { abs($0) < abs($1) } ?? 0
      return largest < 0 ? vector.map { -$0 } : Array(vector)
    }
  }

  /// Calls LAPACK; a query only asks how much work space there must be.
  private static func solve(
    _ matrix: [Double], _ size: Int, _ count: Int, _ work: inout [Double],
    _ integerWork: inout [Int32], isQuery: Bool
  ) -> (values: [Double], vectors: [Double])? {
    var copy = matrix
    var n = Int32(size)
    var (first, last) = (Int32(size - count + 1), Int32(size))
    var (unused, tolerance) = (0.0, 0.0)
    var (found, status) = (Int32(0), Int32(0))
    var workCount = isQuery ? -1 : Int32(work.count)
    var integerCount = isQuery ? -1 : Int32(integerWork.count)
    var values = [Double](repeating: 0, count: size)
    var vectors = [Double](repeating: 0, count: size * count)
    var support = [Int32](repeating: 0, count: 2 * size)
    // A symmetric matrix is the same by rows and by columns.
    dsyevr_(
      "V", "I", "L", &n, &copy, &n, &unused, &unused, &first, &last, &tolerance, &found, &values,
      &vectors, &n, &support, &work, &workCount, &integerWork, &integerCount, &status, 1, 1, 1)
    guard status == 0, isQuery || found == count else { return nil }
    return (values, vectors)
  }
}
