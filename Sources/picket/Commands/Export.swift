import ArgumentParser
import PicketData
import PicketExport
import PicketReport
import PicketText

/// `picket export`: another model file of a network that is trained already.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a model of a finished training in another form.",
    discussion: """
      float16 halves the weights, int8 quarters them. int8-integer computes in integers up to the \
      last layer, for chips without floating point; it needs a network of ReLU. The table that is \
      printed compares them on records that did not train. The calibration table of the file is \
      made anew from the scores of the file as it is written, so thresholds and p-values stay \
      true. --big-endian is for machines of that \
      byte order, which read the file as it is; others refuse it.

      EXAMPLE:
        picket export run -o model8.picket --type int8
        picket export run --c-array model
      """)

  @Argument(help: ArgumentHelp("The folder that 'picket train' filled.", valueName: "run"))
  var directory: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The model file to write.", valueName: "file"))
  var output: String?

  @Option(
    name: .customLong("c-array"),
    help: ArgumentHelp(
      "Write the model as C, NAME.c and NAME.h, for machines without files.", valueName: "name"))
  var cArray: String?

  @Option(name: .customLong("type"), help: "How weights are stored.")
  var elementType: ElementType = .float32

  @Flag(help: "Write for a big-endian machine.")
  var bigEndian = false

  @OptionGroup var format: FormatOption

  func run() throws {
    let file = directory + (directory.hasSuffix("/") ? "" : "/") + RunFiles.trained
    let trained = try TrainedModel.load(from: file)
    let (bytes, native, difference, types) = try Self.naming(file) {
      let order: ByteOrder = bigEndian ? .big : .little
      let bytes = try write(trained, elementType, order)
      // What this machine can open: the same file, unless it is for another byte order.
      let native = try LoadedModel(
        bytes: order == .native ? bytes : write(trained, elementType, .native))
      return (
        bytes, native, try largestDifference(native, trained), try ElementTypeTable(trained)
      )
    }
    let source = try cArray.map {
      try CArrayWriter(bytes, name: $0.fileName, describedBy: native)
    }
    var files: [(bytes: [UInt8], path: String)] = []
    if let output { files.append((bytes, output)) }
    if let cArray, let source {
      files.append((Array(source.source.utf8), cArray + ".c"))
      files.append((Array(source.header.utf8), cArray + ".h"))
    }
    try AtomicFile.write(files)
    try tell(of: files.map(\.path), bytes.count, difference, types)
  }

  /// Says what was written, and how the element types compare.
  private func tell(
    of files: [String], _ byteCount: Int,
    _ difference: (records: Int, absolute: Float, relative: Float), _ types: ElementTypeTable
  ) throws {
    if format.isJSON {
      let json: JSON = [
        "files": .array(files.map { .string($0) }), "bytes": .integer(byteCount),
        "element_type": .string(elementType.rawValue),
        "byte_order": .string(bigEndian ? "big" : "little"),
        "calibration_records": .integer(difference.records),
        "largest_score_difference": .float(difference.absolute),
        "largest_relative_score_difference": .float(difference.relative),
        "types": types.json,
      ]
      return try StandardOutput.print(json.pretty + "\n")
    }
    var table = TextTable([.left(""), .left("")])
    table.append(["written", files.joined(separator: ", ")])
    table.append(["bytes", NumberText.grouped(byteCount)])
    table.append(["weights", "\(elementType.rawValue), \(bigEndian ? "big" : "little")-endian"])
    table.append([
      "scores",
      elementType == .float32
        ? "those of the trained network"
        : "differ from float32's by at most "
          + "\(NumberText.significant(Double(difference.absolute), 2)), or "
          + NumberText.percent(Double(difference.relative), significant: 2),
    ])
    table.append(["", "on \(NumberText.count(difference.records, "calibration record"))"])
    try StandardOutput.print(table.text() + "\n" + types.text(written: elementType))
  }

  func validate() throws {
    guard output != nil || cArray != nil else {
      throw ValidationError("Say what to write: a model file with -o, or C with --c-array.")
    }
    guard output != "" else { throw ValidationError("-o '': expected the name of a file") }
    guard let cArray else { return }
    guard output != cArray + ".c", output != cArray + ".h" else {
      throw ValidationError(
        "-o \(output ?? "") is a file that --c-array \(cArray) writes too; expected another name")
    }
    do {
      // The array is named as the files are.
      try CArrayWriter.check(name: cArray.fileName)
    } catch { throw ValidationError("--c-array \(cArray.shown(atMost: 80)): \(error)") }
  }

  /// Does something with what a file holds, and names it where it cannot be done.
  private static func naming<Result>(_ file: String, _ work: () throws -> Result) throws -> Result {
    do { return try work() } catch let error as ExportError {
      throw ExportError("\(file): \(error)")
    }
  }

  private func write(
    _ trained: TrainedModel, _ type: ElementType, _ order: ByteOrder
  ) throws -> [UInt8] {
    try ModelWriter.write(
      trained, options: ExportOptions(elementType: type, byteOrder: order))
  }

  /// How far the scores of this element type lie from those of float32, on the calibration records
  /// and in this machine's byte order.
  private func largestDifference(
    _ native: LoadedModel, _ trained: TrainedModel
  ) throws -> (records: Int, absolute: Float, relative: Float) {
    let stored = try native.score(records: trained.calibrationRecords).map(\.score)
    var exact = stored
    if elementType != .float32 {
      let model = try LoadedModel(bytes: write(trained, .float32, .native))
      exact = try model.score(records: trained.calibrationRecords).map(\.score)
    }
    var (absolute, relative) = (Float(0), Float(0))
    for (exact, stored) in zip(exact, stored) {
      absolute = max(absolute, abs(stored - exact))
      if exact != 0 { relative = max(relative, abs(stored - exact) / abs(exact)) }
    }
    return (exact.count, absolute, relative)
  }
}
