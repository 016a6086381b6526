/// Why figures differ from the documents', where there is evidence.
///
/// A note is printed only where the difference is there in the run at hand; a difference without a
/// note says that its reason is not known.
package enum DifferenceNotes {
  /// The reason for a figure of a contestant of an experiment; nil when none is known.
  ///
  /// The narrowest note wins: one on this figure of this contestant before one on every contestant.
  package static func reason(
    _ protocolName: String, _ experiment: String, _ contestant: String, _ column: String
  ) -> String? {
    for key in [
      "\(experiment)/\(contestant)/\(column)", "\(experiment)/\(contestant)",
      "\(contestant)/\(column)", contestant, "*/\(column)", "*",
    ] {
      if let note = notes["\(protocolName)/\(key)"] { return note }
    }
    return nil
  }

  /// Keyed by protocol, then `experiment/contestant/column` or a part of it, as `reason` looks.
  static let notes: [String: String] = [
    "P1/nsl-kdd-open/anoean":
      "The publication does not say which attack labels were held out; P1-all, where none is, "
      + "lies above its figure.",
    "P1/nsl-kdd-all/anoean":
      "Every attack label trains here; with some held out (P1-open) ours lies below the "
      + "publication's figure, which does not say which it did.",
    "P1/ocsvm":
      "scikit-learn's one-class SVM gets 0.960 on the same NSL-KDD rows with scaled columns, as ours "
      + "does, and an AUC-ROC of 0.917 +- 0.018 with columns left unscaled, as published: the "
      + "published one seems to have seen unscaled columns (Tests/Oracles/one_class_svm.py).",
    "P3/*":
      "Not known: the document gives neither the widths of its layers nor which reconstruction error "
      + "its alpha multiplies.",
    "P5/*/normal_recall":
      "A 99 % quantile of normal rows lets 0.99 of new ones pass by construction, as ours does; "
      + "the document's lets 0.98 pass, so its threshold came from other rows than it says.",
    "P5/*/precision":
      "It follows from the recall of normal rows, where a note says more.",
  ]
}
