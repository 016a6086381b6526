import PicketNN
import PicketNumbers
import Testing

@Suite("Image tower")
struct ImageTowerTests {
  private static let image = ConvolutionGeometry.ImageSize(height: 4, width: 4, channels: 1)

  @Test(
    "images go through the same layers, other numbers pass, gradients are central differences'",
    arguments: [(1, 0), (1, 3), (2, 0), (2, 3)])
  func differentiates(_ images: Int, _ rest: Int) throws {
    let (rows, pixels) = (3, Self.image.count)
    let stack = try #require(ConvolutionStack(Self.image, channels: [2, 3]))
    let shapes = stack.geometries.map { Perceptron.Shape($0, activation: .tanh) }
    let inputs = images * pixels + rest
    let tower = ImageTower(shapes, image: pixels, inputs: inputs, maximumRows: rows + 1)
    var generator = SeededGenerator(seed: 7)
    generator.fillNormal(tower.network.parameters.view)
    let input = generator.matrix(rows: rows, columns: inputs)
    let loss = generator.matrix(rows: rows, columns: tower.outputs)
    let output = tower.forward(input.view)

    let reference = ReferenceNetwork(inputs: pixels, shapes)
    let parameters = tower.network.parameters.elements.map(Double.init)
    func outputs(_ parameters: [Double], _ rows: [[Double]]) -> [Double] {
      rows.flatMap { row in
        let parts = (0..<images).map { Array(row[$0 * pixels..<($0 + 1) * pixels]) }
        return reference.outputs(parameters, parts).joined() + row[(images * pixels)...]
      }
    }
    let values = input.view.doubleRows
    #expect(relativeError(output.elements, outputs(parameters, values)) < 3e-6)
    #expect(tower.result(0..<rows).elements == output.elements)

    tower.gradient(0..<rows).base.update(from: loss.view.base, count: loss.view.count)
    let inputGradient = Matrix(rows: rows, columns: inputs)
    tower.backward(rows, inputGradient: inputGradient.view, parameters: true)
    func value(_ parameters: [Double], _ rows: [[Double]]) -> Double {
      zip(outputs(parameters, rows), loss.elements).reduce(0) { $0 + $1.0 * Double($1.1) }
    }
    let slopes = centralDifferences(parameters) { value($0, values) }
    #expect(relativeError(tower.network.gradients.elements, slopes) < 3e-6)
    let inputSlopes = centralDifferences(Array(values.joined())) { flat in
      value(parameters, (0..<rows).map { Array(flat[$0 * inputs..<($0 + 1) * inputs]) })
    }
    #expect(relativeError(inputGradient.elements, inputSlopes) < 3e-6)
  }
}
