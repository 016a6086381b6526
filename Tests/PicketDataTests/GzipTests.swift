import PicketData
import Testing

@Suite struct GzipTests {
  let text = Array("1,tcp,2,normal\n3,udp,4,smurf\n".utf8)

  @Test func `members that follow one another are one file`() throws {
    let packed = gzipStored(text) + gzipStored(Array("5,tcp,6,normal\n".utf8))
    let table = try Table(bytes: packed, file: "t.gz", schema: smallSchema)
    #expect(table.numbers("duration") == [1, 3, 5])
  }

  @Test func `a member of several blocks is unpacked whole`() throws {
    let long = (0..<30_000).map { "\($0),tcp,2,normal\n" }.joined()
    let table = try Table(bytes: gzipStored(Array(long.utf8)), file: "t", schema: smallSchema)
    #expect(table.rowCount == 30_000)
    #expect(table.numbers("duration").last == 29_999)
  }

  @Test func `a file cut anywhere is an error`() {
    let packed = gzipStored(text)
    for count in 2..<packed.count {
      let error = failure(Array(packed[..<count]))
      #expect(error?.expected == "a complete gzip file", "cut at \(count)")
      #expect(error?.advice.contains("fetch it again") == true, "cut at \(count)")
    }
  }

  @Test func `a wrong checksum is an error`() {
    var packed = gzipStored(text)
    packed[packed.count - 6] ^= 1
    #expect(failure(packed)?.found.contains("incorrect data check") == true)
    packed = gzipStored(text)
    packed[20] ^= 1
    #expect(failure(packed)?.found.contains("damaged data") == true)
  }

  @Test func `bytes after the last member are an error`() {
    let error = failure(gzipStored(text) + [0, 0, 0])
    #expect(error?.found == "3 bytes that are not gzip after the compressed data")
  }
}
