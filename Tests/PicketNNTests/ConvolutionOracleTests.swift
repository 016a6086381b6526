import PicketNN
import Testing

@Suite("Convolutions against another implementation")
struct ConvolutionOracleTests {
  @Test("sums and gradients are PyTorch's", arguments: convolutionCases)
  func agrees(_ expected: ConvolutionCase) throws {
    func size(_ sides: [Int]) -> ConvolutionGeometry.ImageSize {
      .init(height: sides[0], width: sides[1], channels: sides[2])
    }
    let geometry = ConvolutionGeometry(
      isTransposed: expected.isTransposed, input: size(expected.input),
      output: size(expected.output), kernelHeight: expected.kernel[0],
      kernelWidth: expected.kernel[1], strideHeight: expected.stride[0],
      strideWidth: expected.stride[1], paddingTop: expected.padding[0],
      paddingLeft: expected.padding[1])
    let network = Perceptron(
      inputs: geometry.input.count, layers: [.init(geometry, activation: .linear)], maximumRows: 2)
    guard case .convolution(let layer) = network.layers[0] else {
      Issue.record("a convolution was asked for")
      return
    }
    let kernel = ramp(geometry.weightCount, 7)
    let (inputs, outputs) = (geometry.input.channels, geometry.output.channels)
    for place in 0..<expected.kernel[0] * expected.kernel[1] {
      for input in 0..<inputs {
        for output in 0..<outputs {
          let weight = kernel[(place * inputs + input) * outputs + output]
          if geometry.isTransposed {
            layer.weights[input, place * outputs + output] = weight
          } else {
            layer.weights[place * inputs + input, output] = weight
          }
        }
      }
    }
    fill(layer.bias, 3)
    #expect(layer.kernel == kernel)
    let input = Matrix(rows: 2, columns: geometry.input.count)
    let inputGradient = Matrix(rows: 2, columns: geometry.input.count)
    let output = Matrix(rows: 2, columns: geometry.output.count)
    let outputGradient = Matrix(rows: 2, columns: geometry.output.count)
    fill(input.view, 5)
    fill(outputGradient.view, 11)
    network.forward(.dense(input.view), into: output.view)
    network.backward(
      .dense(input.view), output: output.view, outputGradient: outputGradient.view,
      inputGradient: inputGradient.view)
    #expect(relativeError(output.elements, expected.sums) < 1e-6)
    #expect(relativeError(layer.kernelGradient, expected.kernelGradient) < 1e-6)
    #expect(relativeError(layer.biasGradient.elements, expected.biasGradient) < 1e-6)
    #expect(relativeError(inputGradient.elements, expected.inputGradient) < 1e-6)
  }

  /// Numbers from -1 to 1 in no order, the same in both programs.
  private func ramp(_ count: Int, _ step: Int) -> [Float] {
    (0..<count).map { Float(($0 * step) % 17 - 8) / 8 }
  }

  private func fill(_ view: MatrixView, _ step: Int) {
    for (index, value) in ramp(view.count, step).enumerated() { view.base[index] = value }
  }
}
