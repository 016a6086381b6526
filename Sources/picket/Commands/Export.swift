import ArgumentParser
import Foundation
import PicketExport
import PicketReport

/// `picket export`: another model file of a network that is trained already.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a model file of a finished training in another form.",
    discussion: """
      float16 halves the weights; the calibration table is made anew from the scores of the file as \
      it is written, so thresholds and p-values stay true. --big-endian is for machines of that \
      byte order, which read the file as it is; others refuse it.

      EXAMPLE:
        picket export run -o model16.picket --type float16
      """)

  @Argument(help: ArgumentHelp("The folder that 'picket train' filled.", valueName: "run"))
  var directory: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The model file to write.", valueName: "file"))
  var output: String

  @Option(name: .customLong("type"), help: "How weights are stored.")
  var elementType: ElementType = .float32

  @Flag(help: "Write for a big-endian machine.")
  var bigEndian = false

  @OptionGroup var format: FormatOption

  func run() throws {
    let trained = try TrainedModel.load(
      from: directory + (directory.hasSuffix("/") ? "" : "/") + RunFiles.trained)
    let bytes = try ModelWriter.write(
      trained,
      options: ExportOptions(elementType: elementType, byteOrder: bigEndian ? .big : .little))
    try AtomicFile.write(bytes, to: output)
    let difference = try largestDifference(trained)

    if format.isJSON {
      let json: JSON = [
        "file": .string(output), "bytes": .integer(bytes.count),
        "element_type": .string(elementType.rawValue),
        "byte_order": .string(bigEndian ? "big" : "little"),
        "calibration_records": .integer(difference.records),
        "largest_score_difference": .float(difference.absolute),
        "largest_relative_score_difference": .float(difference.relative),
      ]
      return try StandardOutput.print(json.pretty + "\n")
    }
    var table = TextTable([.left(""), .left("")])
    table.append(["file", output])
    table.append(["bytes", NumberText.grouped(bytes.count)])
    table.append(["weights", "\(elementType.rawValue), \(bigEndian ? "big" : "little")-endian"])
    table.append([
      "scores",
      elementType == .float32
        ? "those of the trained network"
        : "differ from float32's by at most "
          + "\(NumberText.significant(Double(difference.absolute), 3)), or "
          + NumberText.percent(Double(difference.relative), 4),
    ])
    table.append(["", "on \(NumberText.count(difference.records, "calibration record"))"])
    try StandardOutput.print(table.text())
  }

  /// How far the scores of this element type lie from those of float32, on the calibration records
  /// and in this machine's byte order.
  private func largestDifference(
    _ trained: TrainedModel
  ) throws -> (records: Int, absolute: Float, relative: Float) {
    func scores(_ type: ElementType) throws -> [Float] {
      let order: ByteOrder = 1.littleEndian == 1 ? .little : .big
      let options = ExportOptions(elementType: type, byteOrder: order)
      let model = try LoadedModel(bytes: ModelWriter.write(trained, options: options))
      return try model.score(records: trained.calibrationRecords).map(\.score)
    }
    let exact = try scores(.float32)
    let stored = elementType == .float32 ? exact : try scores(elementType)
    var (absolute, relative) = (Float(0), Float(0))
    for (exact, stored) in zip(exact, stored) {
      absolute = max(absolute, abs(stored - exact))
      if exact != 0 { relative = max(relative, abs(stored - exact) / abs(exact)) }
    }
    return (exact.count, absolute, relative)
  }
}
