import PicketData
import PicketDetectors
import PicketExport
import PicketReport

extension Train {
  /// A trained network, its model file, and what that is worth on the test rows.
  struct Learned {
    let outcome: Training.Outcome
    let bytes: [UInt8]
    let model: LoadedModel
    let evaluation: Evaluation
  }

  /// Chooses detector, features and size by trials.
  func search(_ material: Material) throws -> AutoSearch {
    let found = try AutoSearch(
      material.records, material.split, type: elementType,
      maxBytes: auto.maxBytes ?? AutoOptions.standardMaxBytes, seed: seed)
    StandardError.note("chosen: \(found.chosen.candidate.title)")
    return found
  }

  /// Trains what was asked for, or what a search chose: if its file is too large, the next one.
  func learn(
    _ material: Material, _ search: inout AutoSearch?
  ) throws -> (Training, Learned) {
    while true {
      let training = try training(material, search?.chosen.candidate)
      let learned = try learn(training)
      if try search?.accepts(learned.bytes.count) ?? true { return (training, learned) }
    }
  }

  private func training(_ material: Material, _ candidate: AutoCandidate?) throws -> Training {
    try Training(
      records: material.records, split: material.split,
      detector: candidate?.detector.lengthened(for: material.split.train.normal.count)
        ?? material.detector,
      features: candidate?.choice(material.schema.schema) ?? material.features, seed: seed,
      type: elementType, settings: material.settings, sources: material.logged.tables)
  }

  /// Trains, and makes the model file.
  private func learn(_ training: Training) throws -> Learned {
    var outcome = try train(training)
    if Interrupt.isRequested { outcome.markInterrupted() }
    return try export(outcome, training)
  }

  /// Trains, telling how far it is and listening for Ctrl-C.
  private func train(_ training: Training) throws -> Training.Outcome {
    let progress = ProgressLine("training")
    defer { progress.finish() }
    let observer = TrainingObserver(
      onEpoch: { epoch in
        let share = Double(epoch.epoch) / Double(epoch.epochs)
        let losses = epoch.losses.map { "\($0.name) \(NumberText.fixed($0.value, 4))" }
        progress.update(
          share, "epoch \(epoch.epoch) of \(epoch.epochs)", in: epoch.seconds,
          "validation \(NumberText.fixed(epoch.validation, 4)), " + losses.joined(separator: ", "))
      },
      onPreparation: { stage in
        progress.begin("\(stage.what), \(stage.step) of \(stage.steps) before the epochs")
      }, isCancelled: { Interrupt.isRequested })
    do {
      return try training.run(observer)
    } catch let error as TrainingError {
      guard Interrupt.isRequested else {
        throw Failure(
          "training gave no model: \(error.description); look at --batch, --learning-rate and the data"
        )
      }
      progress.finish()
      StandardError.note("interrupted before the first step: nothing is written")
      throw Interrupt.exitCode
    }
  }

  /// Makes the model file, judges it on the test rows, and writes the figures into it.
  private func export(
    _ trained: Training.Outcome, _ training: Training
  ) throws -> Learned {
    var outcome = trained
    let options = ExportOptions(elementType: elementType)
    let unjudged = try LoadedModel(bytes: ModelWriter.write(outcome.model, options: options))
    let (records, encoding) = (training.records, outcome.model.encoding)
    let test = training.split.test
    let normal = try unjudged.score(records: records.records(test.normal, encoding))
    let anomaly = try unjudged.score(records: records.records(test.anomaly, encoding))
    let scores = (normal + anomaly).map(\.score)
    let isAnomaly = normal.map { _ in false } + anomaly.map { _ in true }
    let judged = Evaluation(unjudged, scores: scores, isAnomaly: isAnomaly)
    if let figures = judged.figures {
      for figure in figures.named { outcome.model.provenance.metrics[figure.key] = figure.value }
    }
    let bytes = try ModelWriter.write(outcome.model, options: options)
    let model = try LoadedModel(bytes: bytes)
    return Learned(
      outcome: outcome, bytes: bytes, model: model,
      evaluation: Evaluation(model, scores: scores, isAnomaly: isAnomaly))
  }
}
