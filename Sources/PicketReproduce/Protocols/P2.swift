import PicketData

extension ProtocolRun {
  /// P2: one or several digits of MNIST normal, the others anomalous.
  static func p2(_ options: RunOptions) -> ProtocolRun {
    let ones = (0..<10).map { digit in
      experiment("digit-\(digit)", "1 against all: digit \(digit) is normal", options) { _ in
        [UInt8(digit)]
      }
    }
    let several = (2...8).map { n in
      // Which n digits: those that follow the seed, so that seeds differ in them too.
      experiment("n-\(n)", "n against m: \(n) digits are normal", options) { seed in
        Set((0..<n).map { UInt8((Int(truncatingIfNeeded: seed % 10) + $0) % 10) })
      }
    }
    return ProtocolRun(
      name: "P2", title: "MNIST: one digit, or several, against the others",
      note:
        "Gherbi et al. 2019, section 4.1, figures 6 and 7, which are curves without figures. AnoEAN's encoder has "
        + "convolutions; the three GANs are of dense layers. In "
        + "'n against m' the normal digits are the n from the seed's own digit on.", options,
      experiments: ones + several)
  }

  private static func experiment(
    _ name: String, _ title: String, _ options: RunOptions,
    digits: @escaping @Sendable (UInt64) -> Set<UInt8>
  ) -> Experiment {
    let images = DetectorSettings { $0.convolutionChannels = [16, 32] }
    let contestants =
      [("anoean-conv", "AnoEAN"), ("ocsvm", "OCSVM"), ("svm", "SVM")].map {
        Contestant($0.0, title: $0.1)
      }
      + [("egbad", "EGBAD"), ("alad", "ALAD"), ("anogan", "AnoGAN")].flatMap {
        [
          Contestant($0.0, title: $0.1),
          Contestant("\($0.0)-conv", title: "\($0.1), convolutional", detector: $0.0, settings: images),
        ]
      }
    return Experiment(
      name: name, title: title, source: .mnist, measure: .detection, contestants: contestants,
      seeds: options.seeds(3)
    ) { data, seed in
      RowSplit(normalDigits: digits(seed), try data.images(), seed: seed)
    }
  }
}
