/// The result of one contestant of one experiment on one seed.
package struct Cell: Codable, Equatable, Sendable {
  /// Which one.
  package let name: CellName
  /// The program that computed it, as a fingerprint of its file.
  package let program: String
  /// Everything else that decides the result: data, rows, settings, as a fingerprint.
  package let inputs: String
  /// What was measured, by key; figures that have no value are left out.
  package let figures: [String: Double]
  /// Curves and points for the report's pictures.
  package let series: [Series]
  /// Facts about the run that are not figures.
  package let facts: CellFacts

  /// Gathers a result.
  package init(
    name: CellName, program: String, inputs: String, figures: [String: Double],
    series: [Series] = [], facts: CellFacts
  ) {
    self.name = name
    self.program = program
    self.inputs = inputs
    self.figures = figures.filter { $0.value.isFinite }
    self.series = series
    self.facts = facts
  }
}

/// Which contestant of which experiment, on which seed.
package struct CellName: Codable, Hashable, Sendable, CustomStringConvertible {
  /// `P1` to `P9`.
  package let protocolName: String
  /// The experiment's name within the protocol.
  package let experiment: String
  /// The contestant's name within the experiment.
  package let contestant: String
  /// Fixes the rows and every random choice.
  package let seed: UInt64

  /// Names a cell.
  package init(protocolName: String, experiment: String, contestant: String, seed: UInt64) {
    self.protocolName = protocolName
    self.experiment = experiment
    self.contestant = contestant
    self.seed = seed
  }

  /// `P1/nsl-kdd-open/anoean/3`.
  package var description: String { "\(protocolName)/\(experiment)/\(contestant)/\(seed)" }
}

/// What a run cost and on how many rows it was made.
package struct CellFacts: Codable, Equatable, Sendable {
  /// Rows that the detector learned from, of both classes.
  package var trainRows = 0
  /// Rows that it was judged by.
  package var testRows = 0
  /// Numbers of an input row.
  package var inputCount = 0
  /// Seconds of training.
  package var seconds = 0.0
  /// Epochs whose losses were told.
  package var epochs = 0
  /// Bytes of what scoring keeps.
  package var scoringBytes = 0
  /// Bytes of the exported file, if scores are those of a file.
  package var modelBytes: Int?
  /// Microseconds to score one test record, encoding not counted.
  package var microseconds = 0.0

  /// Nothing was measured.
  package init() {}
}

/// Points of a picture, in order.
package struct Series: Codable, Equatable, Sendable {
  /// What the points are.
  package let name: String
  /// Horizontal positions.
  package let x: [Double]
  /// Vertical positions, as many.
  package let y: [Double]

  /// Gathers points; those that are not finite are left out, since no picture can show them.
  package init(_ name: String, x: [Double], y: [Double]) {
    let finite = zip(x, y).filter { $0.0.isFinite && $0.1.isFinite }
    self.name = name
    self.x = finite.map(\.0)
    self.y = finite.map(\.1)
  }
}
