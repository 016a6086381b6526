import Foundation
import PicketReport
import Testing

struct JSONTests {
  private let value: JSON = [
    "b": [1, 2.5, true, nil], "a": ["text": "x\"\\\n\t\u{1B}\u{E9}", "empty": [:], "none": []],
  ]

  @Test func `members keep their order`() {
    #expect(
      value.compact
        == #"{"b": [1, 2.5, true, null], "a": {"text": "x\"\\\n\t\u001bé", "empty": {}, "none": []}}"#
    )
  }

  @Test func `a list of plain values stays on one line`() {
    #expect(
      value.pretty == """
        {
          "b": [1, 2.5, true, null],
          "a": {
            "text": "x\\"\\\\\\n\\t\\u001bé",
            "empty": {},
            "none": []
          }
        }
        """)
  }

  @Test func `each row of a list of rows stays on one line`() {
    let table: JSON = [["a": 1, "b": [2, 3]], ["a": 4, "b": []]]
    #expect(table.pretty == "[\n  {\"a\": 1, \"b\": [2, 3]},\n  {\"a\": 4, \"b\": []}\n]")
  }

  @Test func `another reader reads it back`() throws {
    for text in [value.compact, value.pretty] {
      let read = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      let inner = read?["a"] as? [String: Any]
      #expect(inner?["text"] as? String == "x\"\\\n\t\u{1B}\u{E9}")
      #expect((read?["b"] as? [Any])?.count == 4)
    }
  }

  @Test(arguments: [0, 1, -0.5, 1e-5, 1.5e300, .leastNonzeroMagnitude, 0.1, 123_456_789])
  func `numbers come back exactly`(_ number: Double) throws {
    let read = try JSONDecoder().decode(
      [Double].self, from: Data("[\(JSON.number(number).compact)]".utf8))
    #expect(read == [number])
  }

  @Test func `single precision is written with its own digits`() {
    #expect(JSON.float(0.1).compact == "0.1")
    #expect(JSON.float(16).compact == "16")
  }

  @Test func `numbers that are none are null`() {
    #expect(JSON.number(.nan).compact == "null")
    #expect(JSON.float(.infinity).compact == "null")
  }

  @Test func `members are found by name`() {
    #expect(value["b"] != nil)
    #expect(value["c"] == nil)
    #expect(JSON.integer(1)["b"] == nil)
  }
}
