import PicketDetectors
import Testing

@Suite("Training errors")
struct TrainingErrorTests {
  @Test("what an error quotes steers no terminal and ends no line")
  func shown() {
    #expect(
      TrainingError(description: "\u{1B}[31m\n\u{202E}").description == "\\u{1B}[31m\\n\\u{202E}")
  }
}
