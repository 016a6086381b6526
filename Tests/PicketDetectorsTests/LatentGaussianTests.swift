import PicketDetectors
import Testing

@Suite("Latent Gaussian")
struct LatentGaussianTests {
  @Test("fits and measures as numpy does")
  func agreesWithOracle() throws {
    typealias Known = MahalanobisOracle
    let gaussian = try #require(LatentGaussian(codes: Known.codes, size: 3))
    for (found, expected) in zip(gaussian.mean, Known.mean) {
      #expect(abs(found - expected) < 1e-12)
    }
    for (found, expected) in zip(gaussian.covariance, Known.covariance) {
      #expect(abs(found - expected) < 1e-12)
    }
    for (index, expected) in Known.distances.enumerated() {
      let distance = gaussian.distance(to: Known.probes[3 * index..<3 * index + 3])
      #expect(abs(distance - expected) < 1e-9 * expected)
    }
  }

  @Test("its factor times its transpose is the covariance")
  func factorises() throws {
    let gaussian = try #require(LatentGaussian(codes: MahalanobisOracle.codes, size: 3))
    for row in 0..<3 {
      for column in 0..<3 {
        let product = (0..<3).reduce(0) {
          $0 + gaussian.factor[row * 3 + $1] * gaussian.factor[column * 3 + $1]
        }
        #expect(abs(product - gaussian.covariance[row * 3 + column]) < 1e-12)
        if column > row { #expect(gaussian.factor[row * 3 + column] == 0) }
      }
    }
  }

  @Test("bears a coordinate that never varies, refuses what is not finite or too little")
  func edgeCases() throws {
    let flat = try #require(LatentGaussian(codes: [1, 0, 2, 0, 3, 0], size: 2))
    #expect(flat.covariance[3] == 1e-6)
    #expect(flat.distance(to: [Float(2), 0]) == 0)
    #expect(LatentGaussian(codes: [1, .nan, 2, 3], size: 2) == nil)
    #expect(LatentGaussian(codes: [1, 2], size: 2) == nil)
    #expect(LatentGaussian(mean: [0, 0], covariance: [1, 2, 2, 1]) == nil)
  }
}
