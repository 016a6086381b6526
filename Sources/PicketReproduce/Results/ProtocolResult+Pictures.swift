import PicketReport

extension ProtocolResult {
  /// The pictures that the source documents draw, of the cells at hand.
  package var pictures: [Plot] {
    switch run.name {
    case "P1": losses(experiment: "nsl-kdd-open") + p1Sweeps
    case "P2": p2Sweeps
    case "P3": p3Pictures
    case "P4": rates + errors("kddtest", "vae", "VAE on KDDTest+")
    case "P5": p5Pictures
    case "P8": labels
    default: []
    }
  }

  private var p1Sweeps: [Plot] {
    [
      sweep(
        "AUC-PR against the share of training anomalies",
        "After figure 8a of Gherbi et al. 2019: NSL-KDD, open; mean over the seeds.",
        x: .init("training anomalies, % of the normal training rows", isLogarithmic: true),
        figure: "auc_pr", "AUC-PR",
        P1Sweeps.shareSteps.map { ("share-\($0.name)", $0.share * 100) }),
      sweep(
        "AUC-PR against the latent size",
        "After figure 8b of Gherbi et al. 2019: NSL-KDD, open; mean over the seeds.",
        x: .init("d, latent coordinates"), figure: "auc_pr", "AUC-PR",
        P1Sweeps.sizes.map { ("latent-\($0)", Double($0)) }),
    ].compactMap { $0 }
  }

  private var p2Sweeps: [Plot] {
    [
      sweep(
        "AUC-PR for each digit", "After figure 6 of Gherbi et al. 2019: that digit is normal.",
        x: .init("normal digit"), figure: "auc_pr", "AUC-PR",
        (0..<10).map { ("digit-\($0)", Double($0)) }),
      sweep(
        "AUC-PR against the number of normal digits",
        "After figure 7 of Gherbi et al. 2019: n digits are normal, the others anomalous.",
        x: .init("n, normal digits"), figure: "auc_pr", "AUC-PR",
        (2...8).map { ("n-\($0)", Double($0)) }),
    ].compactMap { $0 }
  }

  private var p3Pictures: [Plot] {
    let shape = "latent-2-layers-2"
    let accuracy = Plot(
      title: "Validation accuracy against the threshold",
      caption: "After figure 3 of Bar and Levkovich: 2 layers, latent size 2, first seed.",
      x: .init("threshold on the mean squared error of an input", isLogarithmic: true),
      y: .init("validation accuracy"),
      series: run.experiments.filter { $0.name == shape }.flatMap(\.contestants).compactMap {
        series(shape, $0.name, "accuracy by threshold", named: $0.title, .curve)
      })
    let each = [("vae", "VAE"), ("beta-vae", "beta-VAE"), ("alpha-vae-sum", "alpha-VAE (sum)")]
    return (accuracy.series.isEmpty ? [] : [accuracy])
      + each.flatMap { errors(shape, $0.0, $0.1) + scatter(shape, $0.0, $0.1, by: .truth) }
  }

  private var p5Pictures: [Plot] {
    let contestants = run.experiments.flatMap(\.contestants)
    return contestants.flatMap { contestant in
      errors("kdd99", contestant.name, contestant.title)
        + Colouring.allCases.flatMap { scatter("kdd99", contestant.name, contestant.title, by: $0) }
    }
  }

  private var rates: [Plot] {
    let names = ["1e-5", "5e-5", "1e-4", "5e-4", "1e-3", "5e-3", "1e-2", "5e-2"]
    let steps = names.compactMap { name in Double(name).map { ("rate-\(name)", $0) } }
    guard
      let plot = sweep(
        "Accuracy against the learning rate",
        "After figure 4 of the document; ours is of KDDTest+, the document's of rows it does not "
          + "name.", x: .init("learning rate", isLogarithmic: true), figure: "accuracy", "accuracy",
        steps)
    else { return [] }
    let known = steps.compactMap { name, rate in
      run.experiments.first { $0.name == name }?.contestants.first?.reported["accuracy"].map {
        (rate, $0.value)
      }
    }
    let reported = Plot.Series(
      "reported", x: known.map(\.0), y: known.map(\.1), style: .line)
    return [
      Plot(
        title: plot.title, caption: plot.caption, x: plot.x, y: plot.y,
        series: plot.series + [reported])
    ]
  }

  private var labels: [Plot] {
    [("auc_pr", "AUC-PR"), ("tpr_at_1", "TPR at 1 % FPR"), ("novel_roc", "AUC-ROC, novel attacks")]
      .compactMap { key, title in
        sweep(
          "\(title) against the labelled attacks",
          "KDDTest+, 41 columns; mean over the seeds.",
          x: .init("labelled attacks of KDDTrain+", isLogarithmic: true), figure: key, title,
          [("labels-100", 100), ("labels-1-percent", 586), ("labels-10-percent", 5_863)])
      }
  }
}
