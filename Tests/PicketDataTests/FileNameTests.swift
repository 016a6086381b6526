import PicketData
import Testing

@Suite struct FileNameTests {
  @Test(arguments: [
    ("records.csv", "records.csv"), ("/data/a b/records.csv", "records.csv"), ("./x", "x"),
    ("a//b", "b"), ("folder/", ""), ("/", ""), ("", ""),
  ])
  func `a file's name is what stands after the last slash`(path: String, name: String) {
    #expect(path.fileName == name)
  }
}
