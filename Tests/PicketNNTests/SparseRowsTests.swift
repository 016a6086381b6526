import PicketNN
import PicketNumbers
import Testing

@Suite("Sparse rows")
struct SparseRowsTests {
  private let dense: [[Float]] = [[0, 1, 0, 2.5], [0, 0, 0, 0], [-3, 0, 0, 0], [1, 1, 1, 1]]

  @Test("keep what is not zero and give the rows back")
  func roundTrip() {
    let rows = SparseRows(dense: dense, columnCount: 4)
    #expect(rows.count == 4 && rows.rowStart == [0, 2, 2, 3, 7])
    #expect(rows.columns == [1, 3, 0, 0, 1, 2, 3])
    #expect(dense.indices.map(rows.denseRow) == dense)
  }

  @Test("can be joined, and no rows at all are rows too")
  func joins() {
    let rows = SparseRows(dense: dense, columnCount: 4)
    let none = SparseRows(dense: [], columnCount: 4)
    #expect(SparseRows(rows, then: none) == rows && SparseRows(none, then: rows) == rows)
    #expect(SparseRows(rows, then: rows).denseRow(6) == dense[2])
    none.withView { #expect($0.count == 0 && $0.columnCount == 4) }
  }

  @Test("a batch names rows in any order, more than once")
  func batches() {
    let picked: [Int32] = [3, 0, 3, 1]
    let target = Matrix(rows: 4, columns: 4)
    SparseRows(dense: dense, columnCount: 4).withView { view in
      picked.withUnsafeBufferPointer { view.batch($0).scatter(into: target.view) }
      #expect(target.elements == picked.flatMap { dense[Int($0)] })
      view.batch(1..<3).scatter(into: target.view.rows(0..<2))
    }
    #expect(target.elements == dense[1] + dense[2] + dense[3] + dense[1])
  }

  @Test("a batch is the same after it was gathered, one after another")
  func gathers() {
    let gathered = GatheredRows(maximumRows: 4, columnCount: 4)
    let target = Matrix(rows: 4, columns: 4)
    let batches: [[Int32]] = [[3, 0, 3, 1], [2, 1], [3, 3, 3, 3]]
    SparseRows(dense: dense, columnCount: 4).withView { view in
      for picked in batches {
        let seen = target.view.rows(0..<picked.count)
        picked.withUnsafeBufferPointer { gathered.take(view.batch($0)).scatter(into: seen) }
        let expected = picked.flatMap { dense[Int($0)] }
        #expect(Array(target.elements.prefix(expected.count)) == expected)
      }
    }
  }

  @Test(
    "give a first layer the sums that dense rows give", arguments: [1, 16, 40, 64, 128, 150, 272])
  func agreesWithDense(width: Int) {
    var generator = SeededGenerator(seed: 2)
    let network = Perceptron(
      inputs: 30, layers: [.init(outputs: width, activation: .relu)], maximumRows: 8)
    network.initialize(.he, using: &generator)
    let input = generator.matrix(rows: 8, columns: 30)
    for index in 0..<240 where index % 5 != 0 { input.view.base[index] = 0 }
    let rows = SparseRows(
      dense: (0..<8).map { row in (0..<30).map { input.view[row, $0] } }, columnCount: 30)
    let (fromSparse, fromDense) = (
      Matrix(rows: 8, columns: width), Matrix(rows: 8, columns: width)
    )
    network.forward(.dense(input.view), into: fromDense.view)
    rows.withView { network.forward(.sparse($0.batch(0..<8)), into: fromSparse.view) }
    #expect(relativeError(fromSparse.elements, fromDense.elements.map(Double.init)) < 1e-6)
  }
}
