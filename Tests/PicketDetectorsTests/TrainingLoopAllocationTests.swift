import CAllocationCounter
import PicketDetectors
import Testing

@Suite("Training loops and the heap", .serialized)
struct TrainingLoopAllocationTests {
  /// `isCancelled` is asked before every step on the training's own thread: what the thread asked
  /// of the heap between two questions is what a step asked.
  private func requestsByStep(_ train: (TrainingObserver) throws -> Void) rethrows -> [Int] {
    let requests = UnsafeMutableBufferPointer<Int>.allocate(capacity: 64)
    defer { requests.deallocate() }
    var steps = 0
    let observer = TrainingObserver(isCancelled: {
      requests[steps] = allocation_counter_requests()
      steps += 1
      return steps == requests.count
    })
    allocation_counter_start()
    defer { _ = allocation_counter_stop() }
    try train(observer)
    #expect(requests[0] > 10, "the counter sees what the networks' memory takes")
    return zip(requests, requests.dropFirst()).map { $1 - $0 }
  }

  @Test("a step of an AnoEAN asks for nothing")
  func anoEAN() throws {
    let records = ToyRecords(seed: 1, normals: 8000).anoEAN
    let requests = try requestsByStep { observer in
      _ = try AnoEAN.train(records, .toy, observer: observer)
    }
    // The first step may fill caches: the ziggurat's tables, OpenBLAS's work area.
    #expect(requests.count == 63 && requests.dropFirst().allSatisfy { $0 == 0 })
  }

  @Test("a step of a VAE asks for nothing")
  func vae() throws {
    let records = ToyRecords(seed: 1, normals: 8000).vae
    let requests = try requestsByStep { observer in
      _ = try VAE.train(records, .toy, observer: observer)
    }
    #expect(requests.count == 63 && requests.dropFirst().allSatisfy { $0 == 0 })
  }
}
