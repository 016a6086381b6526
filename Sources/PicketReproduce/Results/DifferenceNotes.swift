/// Why figures differ from the documents', where there is evidence.
///
/// A note is printed only where the difference is there in the run at hand; a difference without a
/// note says that its reason is not known.
package enum DifferenceNotes {
  /// The reason for a contestant of an experiment; nil when none is known.
  package static func reason(
    _ protocolName: String, _ experiment: String, _ contestant: String
  ) -> String? {
    notes["\(protocolName)/\(experiment)/\(contestant)"] ?? notes["\(protocolName)/\(contestant)"]
  }

  /// Keyed by protocol, experiment and contestant, or by protocol and contestant.
  static let notes: [String: String] = [
    "P1/nsl-kdd-open/anoean":
      "The publication does not say which attack labels were held out; P1-all, where none is, "
      + "lies above its figure.",
    "P1/nsl-kdd-all/anoean":
      "Every attack label trains here; with some held out (P1-open) ours lies below the "
      + "publication's figure, which does not say which it did.",
  ]
}
