import Foundation
import PicketData
import Testing

/// The folder of public data sets, if this machine has one.
let dataDirectory = DataDirectory.locate()

/// What a test that needs the public data sets says when it is skipped.
let needsData: Comment = "no data directory: set PICKET_DATA, see docs/DATA.md"

/// Whether a path in the data directory exists.
private func isPresent(_ path: String) -> Bool {
  dataDirectory.map { FileManager.default.fileExists(atPath: "\($0)/\(path)") } ?? false
}

@Suite(.enabled(if: dataDirectory != nil, needsData))
struct RealDataTests {
  let folder = dataDirectory ?? ""

  private static let tables = KnownDataSet.all.filter { $0.schemaName != nil && isPresent($0.path) }

  @Test(arguments: KnownDataSet.all.filter { isPresent($0.path) })
  func `a known file is the one that the documentation names`(file: KnownDataSet) throws {
    _ = try file.verified(in: folder)
  }

  @Test(arguments: tables)
  func `a known table has the rows that its publishers count`(file: KnownDataSet) throws {
    let schema = try #require(file.schemaName.flatMap(Schema.builtIn(named:)))
    let table = try Table(path: "\(folder)/\(file.path)", schema: schema)
    #expect(table.rowCount == file.rowCount)
    #expect(table.source.sha256 == file.sha256)
    #expect(table.fields.count == 41)
    #expect(table.skipped.count == 0)
    let normal = [
      "nsl-kdd-train": 67_343, "nsl-kdd-test": 9711, "nsl-kdd-test-21": 2152, "kdd99": 97_278,
      "kdd99-corrected": 60_593,
    ]
    #expect(table.normalCount == normal[file.name])
  }

  @Test(.enabled(if: isPresent("nsl-kdd/KDDTrain+.txt.gz")))
  func `NSL-KDD has its categories, ranges and inputs`() throws {
    let table = try Table(path: folder + "/nsl-kdd/KDDTrain+.txt.gz", schema: .nslKDD)
    #expect(table.labels?.names.count == 23)
    let encoding = FeatureEncoding.fit(table: table, rows: Array(0..<table.rowCount))
    #expect(encoding.inputCount == 122)
    for case .symbolic(let field) in encoding.fields {
      switch field.name {
      case "protocol_type": #expect(field.categories == ["icmp", "tcp", "udp"])
      case "service": #expect(field.categories.count == 70)
      default: #expect(field.name == "flag" && field.categories.count == 11)
      }
    }
    for case .numeric(let field) in encoding.fields {
      switch field.name {
      case "src_bytes": #expect(field.maximum == Float(1_379_963_888.0))
      case "su_attempted": #expect(field.maximum == 2)
      case "num_outbound_cmds":
        #expect(field.maximum == 0)
        #expect(field.planes == [.affine(AffinePlane(offset: 0, scale: 0, low: 0, high: 1))])
      default: #expect(field.minimum == 0)
      }
    }
    let sparse = try encoding.encodeSparse(table, rows: Array(0..<table.rowCount))
    let filled = Double(sparse.values.count) / Double(sparse.count)
    #expect(filled > 10 && filled < 25)
  }

  @Test(.enabled(if: isPresent("kdd99/kddcup.data_10_percent.gz")))
  func `the KDD99 file loads, its labels without their dots, in time`() throws {
    let clock = ContinuousClock()
    let start = clock.now
    let table = try Table(path: folder + "/kdd99/kddcup.data_10_percent.gz", schema: .kdd99)
    let elapsed = clock.now - start
    print("KDD99: \(table.rowCount) rows loaded in \(elapsed)")
    #expect(elapsed < .milliseconds(1500))
    #expect(table.labels?.names.contains("smurf") == true)
    #expect(table.labels?.names.contains { $0.hasSuffix(".") } == false)
  }

  @Test(.enabled(if: isPresent("cicids2017/seven_class_sample.csv.gz")))
  func `real bad cells are named, or skipped and counted`() throws {
    let path = folder + "/cicids2017/seven_class_sample.csv.gz"
    let guess = try Schema.guess(path: path)
    #expect(guess.schema.normalLabels == ["BENIGN"])
    #expect(guess.schema.fields.count == 77)
    #expect(guess.schema.fields.allSatisfy { $0.kind == .numeric })
    let error = #expect(throws: DataError.self) { try Table(path: path, schema: guess.schema) }
    #expect(error?.line == 798 && error?.column == "Flow Bytes/s" && error?.found == "'inf'")
    let table = try Table(path: path, schema: guess.schema, badRows: .skip)
    #expect(table.rowCount == 6301 && table.normalCount == 227)
    // Twenty cells, two in each of ten rows.
    #expect(table.skipped.count == 10)
    #expect(table.skipped.first.map(\.line).first == 798)
  }

  @Test(.enabled(if: isPresent("cicids2017/cic_0.01km.csv.gz")))
  func `a label of zeros and ones is guessed from a file with CRLF`() throws {
    let path = folder + "/cicids2017/cic_0.01km.csv.gz"
    let table = try Table(path: path, schema: try Schema.guess(path: path).schema)
    #expect(table.rowCount == 28_303 && table.normalCount == 22_662)
    #expect(table.fields.count == 19)
  }

  @Test(
    .enabled(if: isPresent("../reference/splits"), "no folder of reference splits"),
    arguments: [
      ("nsl-kdd_open_0", "nsl-kdd-train", [48487, 4849, 5387, 538, 13469, 3367]),
      ("nsl-kdd_all_9", "nsl-kdd-train", [48487, 4849, 5387, 538, 13469, 3367]),
      ("kdd99_open_9", "kdd99", [70040, 7004, 7782, 778, 19456, 4864]),
    ])
  func `a reference split has its counts, and so has our own of its kind`(
    name: String, data: String, counts: [Int]
  ) throws {
    let file = try #require(KnownDataSet.named(data))
    let schema = try #require(file.schemaName.flatMap(Schema.builtIn(named:)))
    let table = try Table(path: "\(folder)/\(file.path)", schema: schema)
    let path = "\(folder)/../reference/splits/\(name).txt.gz"
    let split = try RowSplit(path: path, rowCount: table.rowCount)
    try split.check(against: table, file: path)
    #expect(sizes(split) == counts)
    #expect(sizes(RowSplit(table, ProtocolP1(.all, seed: 0))) == counts)
  }

  private func sizes(_ split: RowSplit) -> [Int] {
    [
      split.trainNormal.count, split.trainAnomaly.count, split.validationNormal.count,
      split.validationAnomaly.count, split.testNormal.count, split.testAnomaly.count,
    ]
  }

  @Test(.enabled(if: isPresent("pcap/windows_in.csv.gz")))
  func `window columns equal those that another program computed`() throws {
    // Times do not fit a float: they are read as names.
    let input = makeSchema(
      [
        ("time_us", .symbolic), ("src_ip", .ignored), ("dst_ip", .symbolic),
        ("service", .symbolic), ("flag", .symbolic), ("src_port", .numeric),
      ], header: true)
    let stream = try Table(path: folder + "/pcap/windows_in.csv.gz", schema: input)
    let names = Schema.synth.fields.dropFirst(7).map { ($0.name, Schema.Kind.numeric) }
    let expected = try Table(
      path: folder + "/pcap/windows_kdd_data.csv.gz", schema: makeSchema(names, header: true))
    #expect(stream.rowCount == 3000 && expected.rowCount == 3000)

    let times = stream.texts("time_us")
    let hosts = stream.texts("dst_ip")
    let services = stream.texts("service")
    let flags = stream.texts("flag")
    let ports = stream.numbers("src_port")
    let columns = names.map { expected.numbers($0.0) }
    let numbers = Dictionary(uniqueKeysWithValues: zip(Set(hosts), UInt32(0)...))
    var windows = ConnectionWindows()
    for row in 0..<stream.rowCount {
      let service = services[row].split(separator: "/")
      let connection = Connection(
        start: try #require(Int64(times[row])),
        transport: try #require(Connection.Transport(rawValue: String(service[0]))), source: 0,
        sourcePort: UInt16(ports[row]), destination: try #require(numbers[hosts[row]]),
        port: try #require(UInt16(service[1])),
        flag: try #require(Connection.Flag(rawValue: flags[row])))
      let found = written(windows.add(connection))
      #expect(found == columns.map { $0[row] }, "row \(row)")
    }
  }

  /// The columns as floats, rates of two decimals as they are written.
  private func written(_ window: WindowColumns) -> [Float] {
    func rate(_ value: Float) -> Float { Float(WindowColumns.hundredths(value)) / 100 }
    return [
      Float(window.count), Float(window.srvCount), rate(window.serrorRate),
      rate(window.srvSerrorRate), rate(window.rerrorRate), rate(window.srvRerrorRate),
      rate(window.sameSrvRate), rate(window.diffSrvRate), rate(window.srvDiffHostRate),
      Float(window.dstHostCount), Float(window.dstHostSrvCount), rate(window.dstHostSameSrvRate),
      rate(window.dstHostDiffSrvRate), rate(window.dstHostSameSrcPortRate),
      rate(window.dstHostSrvDiffHostRate), rate(window.dstHostSerrorRate),
      rate(window.dstHostSrvSerrorRate), rate(window.dstHostRerrorRate),
      rate(window.dstHostSrvRerrorRate),
    ]
  }
}
