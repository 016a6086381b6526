import PicketData
import Testing

@Suite struct HeaderOrderTests {
  private let schema = makeSchema(
    [
      ("duration", .numeric), ("who", .ignored), ("protocol", .symbolic), ("bytes", .numeric),
      ("label", .label),
    ], header: true)

  private func read(_ text: String) throws(DataError) -> Table {
    try Table(bytes: Array(text.utf8), file: "t.csv", schema: schema, places: .byHeader)
  }

  private func fault(_ text: String) -> DataError? {
    do throws(DataError) {
      _ = try read(text)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    "duration,who,protocol,bytes,label\n1,a,tcp,2,normal\n3,b,udp,4,dos\n",
    "label,bytes,protocol,who,duration\nnormal,2,tcp,a,1\ndos,4,udp,b,3\n",
    "new,bytes, label,duration,protocol \nx,2,normal,1,tcp\nx,4,dos,3,udp\n",
  ])
  func `columns are found by their names wherever they stand`(text: String) throws {
    let table = try read(text)
    #expect(table.fields.map(\.name) == ["duration", "protocol", "bytes"])
    #expect(table.numbers("duration") == [1, 3] && table.numbers("bytes") == [2, 4])
    #expect(table.texts("protocol") == ["tcp", "udp"])
    #expect(table.labelTexts == ["normal", "dos"] && table.isNormal == [true, false])
    #expect(table.schema == schema)
  }

  @Test func `without a label column every row is read and none has a label`() throws {
    let table = try read("bytes,duration,protocol\n2,1,tcp\n4,3,udp\n")
    #expect(table.numbers("duration") == [1, 3] && table.numbers("bytes") == [2, 4])
    #expect(table.labels == nil && table.label(ofRow: 0) == nil)
  }

  @Test func `fields that are missing, or there twice, are named`() {
    let missing = fault("duration,label\n1,normal\n")
    #expect(missing?.line == 1)
    #expect(missing?.found == "a header without 'protocol', 'bytes'")
    #expect(missing?.expected == "all 3 fields of schema 'test', in any order")
    let twice = fault("duration,protocol,bytes,bytes\n1,tcp,2,3\n")
    #expect(twice?.column == "bytes" && twice?.found == "the name twice in the header")
    let labels = fault("duration,label,protocol,bytes,label\n1,normal,tcp,2,dos\n")
    #expect(labels?.column == "label" && labels?.found == "the name twice in the header")
    #expect(fault("duration,who,who,protocol,new,new,bytes\n1,a,b,tcp,c,d,2\n") == nil)
  }

  @Test func `a bad cell is named by the column that it stands in`() {
    let cell = fault("bytes,protocol,duration\n2,tcp,1\n4,udp,x\n")
    #expect(cell?.line == 3 && cell?.column == "duration")
    let row = fault("bytes,protocol,duration\n2,tcp,1\n4,udp\n")
    #expect(row?.found == "2 columns" && row?.expected == "3, as the header names")
  }
}
