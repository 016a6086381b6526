/// A convolution or a transposed convolution with a bias for each output channel: Y = f(W * X + b).
///
/// ```
/// convolution:  S[p] = sum_k X[p stride + k - padding] W[k] + b        P = gather(X), S = P W + b
/// transposed:   S = the convolution's way back to its input, + b       S = scatter(X W) + b
/// ```
///
/// One window of the larger image, laid out as a row, is a patch: with patches the products are
/// matrix products. W is held as they need it: (kernel places * input channels) x output channels
/// for a convolution, as `ConvolutionGeometry` stores it; input channels x (kernel places * output
/// channels) for a transposed one. Patches of a few images at a time pass through `workspace`, so
/// that they stay in the cache; the way back gathers them again rather than keep them all.
public struct ConvolutionLayer {
  /// The shapes of X, Y and W.
  public let geometry: ConvolutionGeometry
  /// f.
  public let activation: Activation
  /// W, as the products need it.
  public let weights: MatrixView
  /// b, 1 x output channels.
  public let bias: MatrixView
  /// dL/dW, in the places of W.
  public let weightGradient: MatrixView
  /// dL/db, 1 x output channels.
  public let biasGradient: MatrixView
  /// Numbers of patches that a block should have: half a megabyte, within the second cache.
  static let blockCount = 1 << 17
  /// Room for the patches of a block of images; shared by the layers of a network.
  let workspace: MatrixView

  /// Y = f(W * X + b).
  func forward(_ x: MatrixView, into y: MatrixView) {
    forEachBlock(x.rows) { images in
      let (input, output) = (pixels(x, images, geometry.input), pixels(y, images, geometry.output))
      if geometry.isTransposed {
        let patches = patches(images)
        MatrixProduct.multiply(input, weights, into: patches)
        Patches.scatter(geometry, patches, into: y.rows(images))
      } else {
        MatrixProduct.multiply(gathered(x, images), weights, into: output)
      }
      ActivationPass.forward(activation, output, bias: bias)
    }
  }

  /// dL/dW and dL/db, from dL/dS, S the sums of the layer.
  func differentiateParameters(_ x: MatrixView, sumGradient: MatrixView) {
    forEachBlock(x.rows) { images in
      let isFirst = images.lowerBound == 0
      if geometry.isTransposed {
        MatrixProduct.multiplyTransposed(
          pixels(x, images, geometry.input), gathered(sumGradient, images), into: weightGradient,
          adding: !isFirst)
      } else {
        MatrixProduct.multiplyTransposed(
          gathered(x, images), pixels(sumGradient, images, geometry.output), into: weightGradient,
          adding: !isFirst)
      }
    }
    guard geometry.output.channels > 1 else {
      biasGradient[0, 0] = Float(sum(sumGradient))
      return
    }
    ActivationPass.sumColumns(
      pixels(sumGradient, 0..<sumGradient.rows, geometry.output), into: biasGradient)
  }

  /// dL/dX, from dL/dS.
  func differentiateInput(sumGradient: MatrixView, into inputGradient: MatrixView) {
    forEachBlock(sumGradient.rows) { images in
      if geometry.isTransposed {
        MatrixProduct.multiplyByTransposed(
          gathered(sumGradient, images), weights,
          into: pixels(inputGradient, images, geometry.input))
      } else {
        let patches = patches(images)
        MatrixProduct.multiplyByTransposed(
          pixels(sumGradient, images, geometry.output), weights, into: patches)
        Patches.scatter(geometry, patches, into: inputGradient.rows(images))
      }
    }
  }

  /// Calls `body` with as many images at a time as the workspace holds patches of.
  @inline(__always)
  private func forEachBlock(_ images: Int, _ body: (Range<Int>) -> Void) {
    let size = workspace.count / geometry.patchCount
    var first = 0
    while first < images {
      body(first..<min(first + size, images))
      first += size
    }
  }

  /// Where the patches of a block lie, a row each.
  private func patches(_ images: Range<Int>) -> MatrixView {
    MatrixView(
      base: workspace.base, rows: images.count * geometry.narrow.height * geometry.narrow.width,
      columns: geometry.patchLength)
  }

  /// The patches of some larger images.
  private func gathered(_ wide: MatrixView, _ images: Range<Int>) -> MatrixView {
    let patches = patches(images)
    Patches.gather(geometry, wide.rows(images), into: patches)
    return patches
  }

  /// Images seen as rows of one pixel each.
  private func pixels(
    _ rows: MatrixView, _ images: Range<Int>, _ size: ConvolutionGeometry.ImageSize
  ) -> MatrixView {
    let block = rows.rows(images)
    return MatrixView(
      base: block.base, rows: images.count * size.height * size.width, columns: size.channels)
  }
}

extension ConvolutionLayer {
  /// W in the order of `ConvolutionGeometry`: [kernelHeight][kernelWidth][input][output].
  public var kernel: [Float] { inGeometryOrder(weights) }
  /// dL/dW in the same order.
  public var kernelGradient: [Float] { inGeometryOrder(weightGradient) }

  private func inGeometryOrder(_ numbers: MatrixView) -> [Float] {
    guard geometry.isTransposed else { return numbers.elements }
    let (inputs, outputs) = (geometry.input.channels, geometry.output.channels)
    return (0..<geometry.kernelHeight * geometry.kernelWidth).flatMap { place in
      (0..<inputs).flatMap { input in
        (0..<outputs).map { numbers[input, place * outputs + $0] }
      }
    }
  }
}
