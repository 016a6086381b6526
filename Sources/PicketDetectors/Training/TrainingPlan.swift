import PicketNN

/// A detector in training: what the plan needs of it.
protocol Trainee: AnyObject {
  /// The networks whose parameters of the best epoch are kept.
  var watched: [Perceptron] { get }
  /// The optimizers whose learning rate follows the plan.
  var optimizers: [Adam] { get }
  /// What the two numbers that `step` gives are; no name where there is only one.
  var lossNames: (String, String) { get }
  /// Draws the order of an epoch.
  func beginEpoch()
  /// Takes the step at a position of the epoch; allocates nothing.
  func step(_ position: Int) -> (Double, Double)
  /// The figure on validation rows, larger is better; not a number when there is none.
  func judge() -> Double
  /// Whether the last epoch is kept, by `lastEpochFigure`: nothing is, once that is not a number.
  var keepsLastEpoch: Bool { get }
}

extension Trainee {
  /// The best epoch is kept.
  var keepsLastEpoch: Bool { false }

  /// Whether every watched parameter is a finite number.
  var isFinite: Bool {
    watched.allSatisfy { $0.parameters.elements.allSatisfy(\.isFinite) }
  }

  /// What `judge` gives where the last epoch is to be kept: the number of the epoch, which is larger with
  /// each; not a number once a parameter has diverged.
  func lastEpochFigure(_ epoch: Int) -> Double { isFinite ? Double(epoch) : .nan }
}

/// Epochs of steps, a learning rate that follows its schedule, and early stopping.
struct TrainingPlan {
  let epochs: Int
  let stepsPerEpoch: Int
  let patience: Int
  let learningRate: Float
  let schedule: LearningRateSchedule

  /// What came of a training.
  struct Outcome {
    /// The figure of the epoch that was kept.
    let validation: Double
    /// That epoch, counted from 1.
    let epoch: Int
    let steps: Int
    let seconds: Double
  }

  /// Trains, and leaves the parameters of the best epoch in the watched networks.
  ///
  /// - Returns: Nil when no epoch had a figure, when the last one had none and is the one to keep, and
  ///   when the training was cancelled before its first step.
  func run<Detector: Trainee>(_ detector: Detector, _ observer: TrainingObserver) -> Outcome? {
    let clock = ContinuousClock()
    let start = clock.now
    let stopping = EarlyStopping(detector.watched, patience: patience)
    let optimizers = detector.optimizers
    let planned = Double(stepsPerEpoch * epochs)
    var steps = 0
    for epoch in 1...epochs {
      var losses = (0.0, 0.0)
      var isCancelled = false
      detector.beginEpoch()
      for position in 0..<stepsPerEpoch {
        isCancelled = observer.isCancelled()
        if isCancelled { break }
        let rate = learningRate * schedule.factor(at: Double(steps) / planned)
        for optimizer in optimizers { optimizer.settings.learningRate = rate }
        let loss = detector.step(position)
        losses.0 += (loss.0 - losses.0) / Double(position + 1)
        losses.1 += (loss.1 - losses.1) / Double(position + 1)
        steps += 1
      }
      // Parameters that no step has moved are no result, however they would be judged.
      guard steps > 0 else { return nil }
      // An epoch that was cut short is judged like any other: it may be the best.
      let figure = detector.judge()
      let isEnough = stopping.observe(figure, epoch: epoch)
      let names = detector.lossNames
      observer.onEpoch(
        TrainingProgress(
          epoch: epoch, epochs: epochs,
          losses: [(names.0, losses.0), (names.1, losses.1)].filter { !$0.0.isEmpty },
          validation: figure, seconds: (clock.now - start) / .seconds(1)))
      if detector.keepsLastEpoch, figure.isNaN { return nil }
      if isEnough || isCancelled { break }
    }
    guard stopping.bestEpoch > 0 else { return nil }
    stopping.restoreBest()
    return Outcome(
      validation: stopping.best, epoch: stopping.bestEpoch, steps: steps,
      seconds: (clock.now - start) / .seconds(1))
  }
}
