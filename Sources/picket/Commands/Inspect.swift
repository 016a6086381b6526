import ArgumentParser
import Foundation
import PicketExport
import PicketReport

/// `picket inspect`: what a model file says.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what a model file says.",
    discussion: """
      Makes every check of the reader (export/FORMAT.md), then prints what the model is, what it \
      costs and where it comes from. A file that fails is refused with the number of the check and \
      what it expected.

      EXAMPLES:
        picket inspect run
        picket inspect model.picket --provenance
      """)

  @Argument(help: ArgumentHelp("A model file, or the folder of a training.", valueName: "model"))
  var model: ModelPath

  @Flag(help: "List the fields of a record instead, in order.")
  var fields = false

  @Flag(help: "Print the provenance instead: data, seed, configuration, metrics, as JSON.")
  var provenance = false

  @OptionGroup var format: FormatOption

  func validate() throws {
    if fields, provenance { throw ValidationError("--fields and --provenance exclude each other") }
  }

  func run() throws {
    let loaded = try model.load()
    try StandardOutput.print(try text(of: loaded))
  }

  private func text(of loaded: LoadedModel) throws -> String {
    if provenance { return try Self.provenance(of: loaded).pretty + "\n" }
    if fields, format.isJSON { return Self.json(loaded.fields).pretty + "\n" }
    if fields { return table(loaded.fields) }
    return format.isJSON ? try json(of: loaded).pretty + "\n" : try summary(of: loaded)
  }

  /// The provenance, which a reader does not check: the text itself when it is not JSON.
  static func provenance(of loaded: LoadedModel) throws -> JSON {
    let text = loaded.info.provenance
    guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)) else {
      return .string(text)
    }
    guard case .object(let members) = JSON(value), let seed = Self.seed(of: text) else {
      return JSON(value)
    }
    // A tree's numbers are doubles, which not every seed is.
    return .object(members.map { $0.name == "seed" ? .init("seed", .verbatim("\(seed)")) : $0 })
  }

  private static func seed(of text: String) -> UInt64? {
    struct Seed: Decodable { let seed: UInt64 }
    return try? JSONDecoder().decode(Seed.self, from: Data(text.utf8)).seed
  }

  private func summary(of loaded: LoadedModel) throws -> String {
    let info = loaded.info
    let symbolic = loaded.fields.count(where: \.isSymbolic)
    var table = TextTable([.left(""), .left("")])
    table.append(["model", "\(info.kind), score \(info.score)"])
    table.append(["bytes", "\(NumberText.grouped(info.modelBytes)) (\(model.file))"])
    table.append(["scratch", "\(NumberText.grouped(info.scratchBytes)) bytes"])
    table.append([
      "record",
      "\(NumberText.count(info.fieldCount, "field")): \(info.fieldCount - symbolic) numeric, "
        + "\(symbolic) symbolic",
    ])
    table.append(["inputs", NumberText.grouped(info.inputCount)])
    table.append(["latent", NumberText.grouped(info.latentSize)])
    table.append([
      "parameters",
      "\(NumberText.grouped(info.parameterCount)) in "
        + info.elementTypes.joined(separator: " and "),
    ])
    table.append([
      "calibration",
      "\(NumberText.count(info.calibrationRows, "normal record")), smallest budget "
        + NumberText.significant(Double(info.smallestBudget), 3),
    ])
    table.append(["feature hash", info.featureHash])
    for (name, text) in try origin(of: loaded) { table.append([name, text]) }
    return table.text() + "\n" + layers(of: loaded).text()
  }

  /// The lines of the provenance that are worth a look, as far as they are there.
  private func origin(of loaded: LoadedModel) throws -> [(String, String)] {
    let provenance = try Self.provenance(of: loaded)
    var lines: [(String, String)] = []
    if case .string(let trainer)? = provenance["trainer"] { lines.append(("trainer", trainer)) }
    if let seed = provenance["seed"] { lines.append(("seed", seed.compact)) }
    if case .array(let sources)? = provenance["data"] {
      for source in sources {
        guard case .string(let file)? = source["file"], case .string(let hash)? = source["sha256"]
        else { continue }
        lines.append(("data", "\(file), sha256 \(hash)"))
      }
    }
    if case .object(let metrics)? = provenance["metrics"] {
      for member in metrics {
        guard case .number(let value) = member.value else { continue }
        lines.append(("held out", "\(member.name) \(NumberText.fixed(value, 4))"))
      }
    }
    return lines
  }
}
