import PicketData

extension ProtocolRun {
  /// P6: five generative detectors on CICIDS2017 and USTC-TFC2016, after Janati Idrissi and Berrada.
  static func p6(_ options: RunOptions) -> ProtocolRun {
    func experiment(
      _ name: String, _ title: String, _ source: DataSource, _ reported: [String: (Double, Double)]
    ) -> Experiment {
      let none = DetectorSettings()
      // These tables have fewer than 20 columns: the code must be narrower than they are.
      let narrow = DetectorSettings {
        $0.hidden = [16]
        $0.latentSize = 4
        $0.epochs = 100
      }
      var patient = narrow
      patient.patience = 100
      // Fewer rows than NSL-KDD's are fewer steps: they must be longer.
      let long = DetectorSettings { $0.learningRate = 1e-4 }
      let settings = ["bigan": long, "ae": narrow, "vae": patient]
      let contestants = [
        ("bigan", "BiGAN", "egbad"), ("ae", "AE", "ae"), ("vae", "VAE", "vae"),
        ("aae", "AAE", "aae"), ("spline-flow", "Neural spline flow", "spline-flow"),
        ("distilled", "Distilled", "distilled"),
      ].map { name, title, detector in
        Contestant(
          name, title: title, detector: detector,
          settings: settings[name] ?? none,
          reported: reported[name].map { ["normal_f1": Reported($0.0), "f1": Reported($0.1)] }
            ?? [:])
      }
      return Experiment(
        name: name, title: title, source: source, measure: .bestValidationF1,
        contestants: contestants, seeds: options.seeds(5)
      ) { data, seed in RowSplit(benign: try data.records(), seed: seed) }
    }
    return ProtocolRun(
      name: "P6", title: "Generative detectors on CICIDS2017 and USTC-TFC2016",
      note:
        "Janati Idrissi and Berrada. The data here are subsets, so figures are compared in kind. "
        + "USTC-TFC2016 without addresses, ports and start times, which give the class away. "
        + "Attacks that choose the threshold do not test."
        + " The VAE's reconstruction error weighs 3,000 times its divergence. Of CICIDS2017 the "
        + "threshold is chosen on one attack to four benign rows, and judged on as many of either.",
      options,
      experiments: [
        experiment(
          "cicids2017", "CICIDS2017, the one-percent sample", .cicids2017,
          [
            "ae": (0.854, 0.365), "vae": (0.854, 0.365), "aae": (0.855, 0.43),
            "spline-flow": (0.84, 0.96),
          ]),
        experiment(
          "ustc-tfc2016", "USTC-TFC2016, conversation tables", .ustcTFC2016,
          [
            "bigan": (0.673, 0.447), "ae": (0.817, 0.718), "vae": (0.794, 0.690),
            "aae": (0.938, 0.908), "spline-flow": (0.96, 0.97),
          ]),
      ])
  }
}
