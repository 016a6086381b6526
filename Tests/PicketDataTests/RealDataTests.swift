import PicketData
import Testing

/// The folder of public data sets, if this machine has one.
let dataDirectory = DataDirectory.locate()

/// What a test that needs the public data sets says when it is skipped.
let needsData: Comment = "no data directory: set PICKET_DATA, see docs/DATA.md"

@Suite(.enabled(if: dataDirectory != nil, needsData))
struct RealDataTests {
  let folder = dataDirectory ?? ""

  @Test func `the NSL-KDD training file has the rows its publishers count`() throws {
    let table = try Table(path: folder + "/nsl-kdd/KDDTrain+.txt.gz", schema: .nslKDD)
    #expect(table.rowCount == 125_973)
    #expect(table.normalCount == 67_343)
    #expect(table.fields.count == 41)
    #expect(table.labels?.names.count == 23)
    #expect(names(table, "protocol_type").sorted() == ["icmp", "tcp", "udp"])
    #expect(names(table, "service").count == 70)
    #expect(names(table, "flag").count == 11)
    #expect(
      table.source.sha256 == "39e78eaceffb1a183af002b4994b100b69795895bfbf67cfc62dabd4c9b76d4e")
  }

  @Test func `the KDD99 file loads, its labels without their dots, in time`() throws {
    let clock = ContinuousClock()
    let start = clock.now
    let table = try Table(path: folder + "/kdd99/kddcup.data_10_percent.gz", schema: .kdd99)
    let elapsed = clock.now - start
    print("KDD99: \(table.rowCount) rows loaded in \(elapsed)")
    #expect(elapsed < .milliseconds(1500))
    #expect(table.rowCount == 494_021)
    #expect(table.normalCount == 97_278)
    #expect(table.labels?.names.contains("smurf") == true)
    #expect(table.labels?.names.contains { $0.hasSuffix(".") } == false)
  }

  private func names(_ table: Table, _ field: String) -> [String] {
    for case .symbolic(let column) in table.fields where column.name == field {
      return column.names
    }
    return []
  }
}
