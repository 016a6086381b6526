import ArgumentParser
import PicketReport
import PicketReproduce

/// `picket detectors`: what can be trained and compared.
struct Detectors: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "detectors",
    abstract: "List the detectors: name, source document, what each needs, whether it exports.",
    discussion: """
      'picket train' trains anoean, vae and distilled, with --channels of convolutions. The others are \
      there to compare with, in 'picket reproduce'; those that export are judged there by a model file.

      EXAMPLES:
        picket detectors
        picket detectors --json
      """)

  @OptionGroup var format: FormatOption

  func run() throws {
    let cards = DetectorMaker.all.map { $0.card }
    if format.isJSON {
      let list = JSON.array(
        cards.map {
          [
            "name": .string($0.name), "title": .string($0.title), "source": .string($0.source),
            "needs": .string($0.needs.rawValue), "exports": .bool($0.exports),
          ]
        })
      return try StandardOutput.print(list.pretty + "\n")
    }
    var table = TextTable([.left("name"), .left("document"), .left("needs"), .left("exports")])
    for card in cards {
      table.append([card.name, card.source, card.needs.rawValue, card.exports ? "yes" : "no"])
    }
    try StandardOutput.print(table.text())
  }
}
