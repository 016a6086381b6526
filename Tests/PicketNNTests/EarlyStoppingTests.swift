import PicketNN
import Testing

@Suite("Early stopping")
struct EarlyStoppingTests {
  @Test("puts the best epoch's parameters back and ends after its patience")
  func keepsBest() {
    let network = Perceptron(
      inputs: 1, layers: [.init(outputs: 1, activation: .linear)], maximumRows: 1)
    let stopping = EarlyStopping([network], patience: 3)
    var ended: [Bool] = []
    for (index, figure) in [0.9, 0.9, .nan, 0.8, 0.7].enumerated() {
      network.parameters.view.fill(Float(index + 1))
      ended.append(stopping.observe(figure, epoch: index + 1))
    }
    #expect(ended == [false, false, false, false, true])
    #expect(stopping.best == 0.9 && stopping.bestEpoch == 2)
    stopping.restoreBest()
    #expect(network.parameters.elements == [2, 2])
  }

  @Test("leaves the parameters alone when no epoch had a figure")
  func nothingToRestore() {
    let network = Perceptron(
      inputs: 1, layers: [.init(outputs: 1, activation: .linear)], maximumRows: 1)
    let stopping = EarlyStopping([network], patience: 9)
    network.parameters.view.fill(4)
    #expect(!stopping.observe(.nan, epoch: 1))
    // Less an infinite loss: not a number to compare with either.
    #expect(!stopping.observe(-.infinity, epoch: 2))
    #expect(stopping.bestEpoch == 0)
    stopping.restoreBest()
    #expect(network.parameters.elements == [4, 4])
  }
}
