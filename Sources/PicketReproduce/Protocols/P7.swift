import PicketData
import PicketDetectors

extension ProtocolRun {
  /// P7: nothing but normal rows.
  static func p7(_ options: RunOptions) -> ProtocolRun {
    let contestants = oneClass()
    let held = Experiment(
      name: "held-out", title: "(a) Held-out normal rows and a quarter as many attacks",
      source: .nslKDDTrain, measure: .detection, contestants: contestants, seeds: options.seeds(5)
    ) { data, seed in
      RowSplit(
        normalOnly: try data.records().tables[0], trainShare: 0.72, validationShare: 0.08,
        seed: seed)
    }
    let official = Experiment(
      name: "kddtest", title: "(b) KDDTest+ whole", source: .nslKDD, measure: .detection,
      contestants: contestants, seeds: options.seeds(5)
    ) { data, seed in
      let records = try data.records()
      // The same training rows as in (a), another test.
      var split = RowSplit(
        normalOnly: records.tables[0], trainShare: 0.72, validationShare: 0.08, seed: seed)
      let test = RowSplit(officialTest: records, anomalies: { _ in 0 }, seed: seed)
      (split.testNormal, split.testAnomaly) = (test.testNormal, test.testAnomaly)
      return split
    }
    return ProtocolRun(
      name: "P7", title: "One class: nothing but normal rows, NSL-KDD",
      note: "80 % of the normal rows of KDDTrain+ train, a tenth of them held out. Every detector "
        + "that learns from normal rows alone takes part.", options, experiments: [held, official])
  }

  /// Every detector that needs no anomalies.
  static func oneClass() -> [Contestant] {
    contestants { $0 == .normal }
  }

  /// The detectors that need what is asked for; three seeds where a run is long.
  ///
  /// The spline flow is slow on a hundred columns: it gets about as many steps as on the tables of P6,
  /// whose rows are fewer.
  static func contestants(_ isWanted: (DetectorCard.Needs) -> Bool) -> [Contestant] {
    let short = DetectorSettings { $0.epochLimit = 12 }
    let long = ["alad", "anogan", "egbad", "spline-flow"]
    return DetectorMaker.all.map { $0.card }
      .filter { isWanted($0.needs) && !$0.name.hasSuffix("-conv") }
      .map { card in
        Contestant(
          card.name, title: card.title,
          settings: card.name == "spline-flow" ? short : DetectorSettings(),
          seedLimit: long.contains(card.name) ? 3 : nil)
      }
  }
}
