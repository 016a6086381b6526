import CPicket
import PicketCore
import Testing

@Suite struct `An open model` {
  @Test func `fits into the words that picket_model reserves`() {
    #expect(MemoryLayout<Model>.size <= MemoryLayout<picket_model>.size)
    #expect(MemoryLayout<Model>.alignment <= MemoryLayout<picket_model>.alignment)
  }
}
