import CLibSVM
import PicketNumbers

/// One training by libsvm 3 (Chang and Lin 2011).
///
/// libsvm's models point into the problem's memory, so what scoring needs is copied out, and all
/// that libsvm allocated is freed, before `train` returns. A training in libsvm cannot be followed
/// or stopped.
enum LibSVM {
  /// Trains with a radial basis function.
  ///
  /// - Parameters:
  ///   - rows: At least one.
  ///   - labels: One a row, 1 or -1; of one class all are 1.
  ///   - penalty: Sets the type of the machine and its penalties.
  ///   - classWeights: Factors of C by label, which `C_SVC` knows.
  /// - Returns: A machine whose values are positive for the label 1, or, of one class, inside.
  /// - Throws: `TrainingError` with libsvm's words.
  static func train(
    _ rows: SparseRows, labels: [Double], kernel: KernelSettings,
    classWeights: [(label: Int32, weight: Double)] = [],
    penalty: (inout svm_parameter) -> Void
  ) throws(TrainingError) -> KernelMachine {
    _ = silence
    let gamma = try kernel.gamma(for: rows)
    var parameter = svm_parameter()
    parameter.kernel_type = Int32(RBF)
    parameter.gamma = gamma
    parameter.cache_size = kernel.cacheMegabytes
    parameter.eps = kernel.tolerance
    parameter.shrinking = kernel.shrinking ? 1 : 0
    penalty(&parameter)
    parameter.nr_weight = Int32(classWeights.count)
    var weightLabels = classWeights.map(\.label)
    var weights = classWeights.map(\.weight)
    let problem = Problem(rows, labels: labels)
    let outcome = weightLabels.withUnsafeMutableBufferPointer { weightLabels in
      weights.withUnsafeMutableBufferPointer { weights in
        parameter.weight_label = weightLabels.baseAddress
        parameter.weight = weights.baseAddress
        return problem.train(parameter)
      }
    }
    switch outcome {
    case .failure(let error): throw error
    case .success(let model):
      return KernelMachine(
        supportVectors: rows.rows(at: model.indices), coefficients: model.coefficients,
        offset: -model.rho, gamma: gamma)
    }
  }

  /// libsvm reports to standard output unless told otherwise, once a process.
  private static let silence: Void = svm_set_print_string_function { _ in }

  /// What is kept of a model.
  private struct Model {
    let indices: [Int]
    let coefficients: [Double]
    let rho: Double
  }

  /// Rows in libsvm's form, in memory that it owns.
  private final class Problem {
    private let nodes: UnsafeMutablePointer<svm_node>
    private let starts: UnsafeMutablePointer<UnsafeMutablePointer<svm_node>?>
    private let labels: UnsafeMutablePointer<Double>
    private let count: Int

    init(_ rows: SparseRows, labels: [Double]) {
      precondition(labels.count == rows.count, "a label for each row")
      count = rows.count
      // After each row's entries comes one of index -1.
      nodes = .allocate(capacity: rows.values.count + rows.count)
      starts = .allocate(capacity: rows.count)
      self.labels = .allocate(capacity: rows.count)
      self.labels.initialize(from: labels, count: rows.count)
      var next = nodes
      for row in 0..<rows.count {
        (starts + row).initialize(to: next)
        for entry in Int(rows.rowStart[row])..<Int(rows.rowStart[row + 1]) {
          next.initialize(
            to: svm_node(index: rows.columns[entry] + 1, value: Double(rows.values[entry])))
          next += 1
        }
        next.initialize(to: svm_node(index: -1, value: 0))
        next += 1
      }
    }

    deinit {
      nodes.deallocate()
      starts.deallocate()
      labels.deallocate()
    }

    func train(_ parameter: svm_parameter) -> Result<Model, TrainingError> {
      var problem = svm_problem(l: Int32(count), y: labels, x: starts)
      var parameter = parameter
      if let complaint = svm_check_parameter(&problem, &parameter) {
        return .failure(
          TrainingError(description: "libsvm refuses its settings: \(String(cString: complaint))"))
      }
      var trained = svm_train(&problem, &parameter)
      defer { svm_free_and_destroy_model(&trained) }
      guard let model = trained?.pointee, model.l > 0, let coefficients = model.sv_coef[0] else {
        return .failure(TrainingError(description: "libsvm found no support vectors"))
      }
      let vectors = 0..<Int(model.l)
      return .success(
        Model(
          indices: vectors.map { Int(model.sv_indices[$0]) - 1 },
          coefficients: vectors.map { coefficients[$0] }, rho: model.rho[0]))
    }
  }
}
