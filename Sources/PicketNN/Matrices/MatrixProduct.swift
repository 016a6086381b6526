import COpenBLAS

/// Products of dense matrices, by OpenBLAS.
///
/// Measured on one Zen 5 core at 200 x 128 x 64, in multiply-adds a nanosecond: OpenBLAS 0.3.21 105
/// with the AVX-512 kernels that it picks there, 60 if the environment asks for those of AVX2
/// (`OPENBLAS_CORETYPE=Haswell`); a kernel in Swift 128 when compiled for that processor, 45 when
/// compiled for AVX2, far less without flags. OpenBLAS it is: its speed does not depend on how this
/// module is compiled.
public enum MatrixProduct {
  /// Sets the number of threads that a product may use; the trainer asks for one.
  ///
  /// One thread is the fastest for batches of a few hundred rows (200 x 128 x 64 on two cores: 26
  /// microseconds by one, 36 by two) and gives the same bits each time.
  public static func useThreads(_ count: Int) {
    openblas_set_num_threads(Int32(count))
  }

  /// C = A B, for A of m x k, B of k x n and C of m x n.
  static func multiply(_ a: MatrixView, _ b: MatrixView, into c: MatrixView) {
    assert(a.columns == b.rows && c.rows == a.rows && c.columns == b.columns)
    run(a, CblasNoTrans, b, CblasNoTrans, inner: a.columns, c)
  }

  /// C = A^T B, or C += A^T B, for A of k x m, B of k x n and C of m x n.
  static func multiplyTransposed(
    _ a: MatrixView, _ b: MatrixView, into c: MatrixView, adding: Bool = false
  ) {
    assert(a.rows == b.rows && c.rows == a.columns && c.columns == b.columns)
    run(a, CblasTrans, b, CblasNoTrans, inner: a.rows, c, adding: adding)
  }

  /// C = A B^T, for A of m x k, B of n x k and C of m x n.
  static func multiplyByTransposed(_ a: MatrixView, _ b: MatrixView, into c: MatrixView) {
    assert(a.columns == b.columns && c.rows == a.rows && c.columns == b.rows)
    run(a, CblasNoTrans, b, CblasTrans, inner: a.columns, c)
  }

  private static func run(
    _ a: MatrixView, _ transposeA: CBLAS_TRANSPOSE, _ b: MatrixView,
    _ transposeB: CBLAS_TRANSPOSE, inner: Int, _ c: MatrixView, adding: Bool = false
  ) {
    cblas_sgemm(
      CblasRowMajor, transposeA, transposeB, Int32(c.rows), Int32(c.columns), Int32(inner), 1,
      a.base, Int32(a.columns), b.base, Int32(b.columns), adding ? 1 : 0, c.base, Int32(c.columns))
  }
}
