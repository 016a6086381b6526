import PicketData
import PicketNumbers
import Testing

@Suite struct ReaderPropertyTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `what is written by the rules is read back`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let delimiter = generator.pick([",", ";", "\t", "|"] as [Character])
    let schema = makeSchema(
      [("a", .symbolic), ("b", .numeric), ("c", .ignored), ("d", .symbolic)],
      delimiter: delimiter)
    let alphabet = Array("ab01,;|\t\" \r\n.e-\u{00E4}\u{1F600}")
    var names: [String] = []
    var numbers: [Float] = []
    var text = ""
    for _ in 0..<200 {
      let cells = (0..<3).map { _ in
        String((0..<1 + generator.below(8)).map { _ in generator.pick(alphabet) })
      }
      let number = Float(generator.below(2_000_000) - 1_000_000) / 64
      names += [cells[0], cells[2]]
      numbers.append(number)
      let row = [cells[0], "\(number)", cells[1], cells[2]].map { cell in
        let mustQuote = cell.contains { $0 == delimiter || $0 == "\"" || $0.isNewline }
        guard mustQuote || generator.happens(0.3) else { return cell }
        return "\""
          + cell.split(separator: "\"", omittingEmptySubsequences: false)
          .joined(separator: "\"\"") + "\""
      }
      text += row.joined(separator: String(delimiter)) + (generator.happens(0.5) ? "\n" : "\r\n")
    }
    let table = try read(text, schema)
    #expect(zip(table.texts("a"), table.texts("d")).flatMap { [$0, $1] } == names)
    #expect(table.numbers("b") == numbers)
  }

  /// Run under AddressSanitizer, this also shows that no byte outside the file is touched.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `any bytes give rows or an error, the same from a gzip file`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    // Whole rows among the bytes: these alone are hardly ever one.
    let pieces =
      "1,tcp,2,normal\n\n\r\"\",,..e-\0\u{1F}\u{FF}".utf8.map { [$0] }
      + Array(repeating: Array("2,udp,normal\n".utf8), count: 4)
    let hasHeader = generator.happens(0.2)
    let schema = makeSchema(
      [("duration", .numeric), ("protocol", .symbolic), ("l", .label)], header: hasHeader)
    var filesWithRows = 0
    for _ in 0..<300 {
      let header = hasHeader && generator.happens(0.5) ? Array("duration,protocol,l\n".utf8) : []
      let bytes = header + (0..<generator.below(60)).flatMap { _ in generator.pick(pieces) }
      let plain = outcome(bytes, schema)
      #expect(plain == outcome(gzipStored(bytes), schema))
      if case .rows(let count, let skipped) = plain {
        let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
        #expect(count > 0 && count + skipped <= lines)
        filesWithRows += 1
      }
    }
    #expect(filesWithRows > 0, "these bytes never are a row")
  }

  private enum Outcome: Equatable {
    case rows(Int, Int)
    case fault(DataError)
  }

  private func outcome(_ bytes: [UInt8], _ schema: Schema) -> Outcome {
    do throws(DataError) {
      let table = try Table(bytes: bytes, file: "t", schema: schema, badRows: .skip)
      return .rows(table.rowCount, table.skipped.count)
    } catch {
      return .fault(error)
    }
  }
}
