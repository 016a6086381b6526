import Foundation
import PicketReproduce
import Testing

@Suite struct PlanTests {
  private let folder = FileManager.default.temporaryDirectory.path + "/plan-\(UUID().uuidString)"

  /// The cells of one detector on one seed, with given rows or drawn ones.
  private func plan(_ protocolName: String, _ experiment: String, given: Bool) throws -> Plan {
    var options = RunOptions()
    options.seeds = [0]
    if given { options.splitsFolder = folder }
    var run = try #require(ProtocolRun.all(options).first { $0.name == protocolName })
    run.keep(only: [experiment, "pca"])
    run.experiments.removeAll { $0.name != experiment }
    return try Plan(protocolName: protocolName, experiments: run.experiments, dataFolder: folder)
  }

  private func write(_ text: String, to name: String) throws {
    let file = URL(filePath: folder + "/" + name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  @Test func `a cell of given rows is not one of drawn rows, nor one of other given rows`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let drawn = try plan("P9", "open", given: false).inputs
    try write("nnvv", to: "nsl-kdd_open_0.txt.gz")
    let given = try plan("P9", "open", given: true).inputs
    try write("vvnn", to: "nsl-kdd_open_0.txt.gz")
    let others = try plan("P9", "open", given: true).inputs
    #expect(drawn.count == 1 && Set(drawn + given + others).count == 3)
    // Types are not divided by a file.
    #expect(
      try plan("P9", "types", given: true).inputs == plan("P9", "types", given: false).inputs)
  }

  @Test func `given rows that are not there are missed before the work`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write("", to: "nsl-kdd/KDDTrain+.txt.gz")
    try plan("P9", "open", given: false).check(dataFolder: folder)
    let error = #expect(throws: ReproduceError.self) {
      try plan("P9", "open", given: true).check(dataFolder: folder)
    }
    #expect("\(try #require(error))".hasPrefix(folder + "/nsl-kdd_open_0.txt.gz is not there"))
  }

  @Test func `every setting that a protocol changes is one of its detector's`() throws {
    for run in ProtocolRun.all(RunOptions()) {
      let plan = try Plan(
        protocolName: run.name, experiments: run.experiments, dataFolder: folder)
      #expect(plan.notBuilt.isEmpty)
    }
  }

  @Test(arguments: [
    ("anoean", "alpha"), ("vae", "activityPenalty"), ("aae", "patience"), ("distilled", "beta"),
    ("ae", "convolutionChannels"), ("spline-flow", "latentSize"), ("pca", "latentSize"),
  ])
  func `a setting that a detector has not is refused by name`(_ name: String, setting: String)
    throws
  {
    let settings = DetectorSettings {
      switch setting {
      case "alpha": $0.alpha = 1
      case "beta": $0.beta = 1
      case "activityPenalty": $0.activityPenalty = 1
      case "patience": $0.patience = 1
      case "convolutionChannels": $0.convolutionChannels = [1]
      default: $0.latentSize = 1
      }
      $0.epochLimit = 3
    }
    let error = #expect(throws: ReproduceError.self) { try DetectorMaker.make(name, settings) }
    #expect("\(try #require(error))" == "\(name) has no setting \(setting)")
  }
}
