import PicketNN
import PicketNumbers
import Testing

@Suite("Pair tower")
struct PairTowerTests {
  @Test("record and code go through layers of their own, gradients are central differences'")
  func differentiates() throws {
    let (rows, record, code) = (3, 5, 2)
    let shapes = [4, 3].map { Perceptron.Shape(outputs: $0, activation: .tanh) }
    let tower = PairTower(shapes, record: record, code: code, maximumRows: rows + 1)
    var generator = SeededGenerator(seed: 7)
    for network in tower.networks { generator.fillNormal(network.parameters.view) }
    let input = generator.matrix(rows: rows, columns: record + code)
    let loss = generator.matrix(rows: rows, columns: tower.outputs)
    let output = tower.forward(input.view)

    let references = [record, code].map { ReferenceNetwork(inputs: $0, shapes) }
    let parameters = tower.networks.map { $0.parameters.elements.map(Double.init) }
    let count = parameters[0].count
    func outputs(_ parameters: [Double], _ rows: [[Double]]) -> [Double] {
      rows.flatMap { row in
        references[0].outputs(Array(parameters[..<count]), [Array(row[..<record])])[0]
          + references[1].outputs(Array(parameters[count...]), [Array(row[record...])])[0]
      }
    }
    let (all, values) = (Array(parameters.joined()), input.view.doubleRows)
    #expect(relativeError(output.elements, outputs(all, values)) < 3e-6)
    #expect(tower.result(0..<rows).elements == output.elements)

    tower.gradient(0..<rows).base.update(from: loss.view.base, count: loss.view.count)
    let inputGradient = Matrix(rows: rows, columns: record + code)
    tower.backward(rows, inputGradient: inputGradient.view, parameters: true)
    func value(_ parameters: [Double], _ rows: [[Double]]) -> Double {
      zip(outputs(parameters, rows), loss.elements).reduce(0) { $0 + $1.0 * Double($1.1) }
    }
    let slopes = centralDifferences(all) { value($0, values) }
    #expect(relativeError(tower.networks.flatMap(\.gradients.elements), slopes) < 3e-6)
    let inputSlopes = centralDifferences(Array(values.joined())) { flat in
      value(all, (0..<rows).map { Array(flat[$0 * (record + code)..<($0 + 1) * (record + code)]) })
    }
    #expect(relativeError(inputGradient.elements, inputSlopes) < 3e-6)
  }
}
