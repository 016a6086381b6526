import CLibSVM
import PicketDetectors
import PicketNumbers
import Testing

@Suite("Kernel machines and libsvm")
struct KernelMachineTests {
  @Test("scores by matrix products equal svm_predict_values")
  func agreesWithLibSVM() throws {
    let toy = ToyRecords(seed: 3, normals: 700, anomalies: 100)
    var detector = OneClassSVM()
    detector.nu = 0.2
    detector.kernel.gamma = .value(0.7)
    let normal = ToyRecords.rows(toy.normal)
    let probes = Array(toy.unseen + toy.normal.prefix(100))
    let fitted = try detector.fit(
      TrainingRecords(normal: normal, validationNormal: normal), seed: 1,
      observer: TrainingObserver())
    let scores = fitted.scores(ToyRecords.rows(probes))

    func nodes(_ row: [Float]) -> [svm_node] {
      row.enumerated().filter { $1 != 0 }.map {
        svm_node(index: Int32($0 + 1), value: Double($1))
      } + [svm_node(index: -1, value: 0)]
    }
    let storage = toy.normal.map { row in
      let nodes = nodes(row)
      let memory = UnsafeMutablePointer<svm_node>.allocate(capacity: nodes.count)
      memory.initialize(from: nodes, count: nodes.count)
      return memory
    }
    defer { for memory in storage { memory.deallocate() } }
    var starts = storage.map(Optional.some)
    var labels = [Double](repeating: 1, count: starts.count)
    let expected = starts.withUnsafeMutableBufferPointer { starts in
      labels.withUnsafeMutableBufferPointer { labels in
        var problem = svm_problem(
          l: Int32(labels.count), y: labels.baseAddress, x: starts.baseAddress)
        var parameter = svm_parameter()
        parameter.svm_type = Int32(ONE_CLASS)
        parameter.kernel_type = Int32(RBF)
        (parameter.gamma, parameter.nu) = (0.7, 0.2)
        (parameter.eps, parameter.cache_size, parameter.shrinking) = (1e-3, 100, 1)
        var model = svm_train(&problem, &parameter)
        defer { svm_free_and_destroy_model(&model) }
        return probes.map { row in
          var value = 0.0
          _ = svm_predict_values(model, nodes(row), &value)
          return -value
        }
      }
    }
    let scale = expected.map(abs).max() ?? 0
    #expect(scale > 1)
    for (score, value) in zip(scores, expected) { #expect(abs(score - value) < 1e-9 * scale) }
  }
}
