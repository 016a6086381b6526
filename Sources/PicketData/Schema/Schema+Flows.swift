extension Schema {
  /// The one-percent sample of CICIDS2017: 19 flow features, then 0 for benign or 1 for an attack.
  ///
  /// The last column is named `Labelb`, as in the copy whose SHA-256 `KnownDataSet` holds.
  public static let cicids2017Sample = Schema(
    unchecked: "cicids2017-sample",
    [
      "Flow Duration", "Total Length of Fwd Packets", "Fwd Packet Length Max",
      "Fwd Packet Length Mean", "Bwd Packet Length Max", "Bwd Packet Length Min", "Flow IAT Mean",
      "Flow IAT Min", "Fwd IAT Min", "Fwd Header Length", "Bwd Header Length", "Fwd Packets/s",
      "Bwd Packets/s", "Min Packet Length", "URG Flag Count", "Down/Up Ratio",
      "Init_Win_bytes_forward", "Init_Win_bytes_backward", "min_seg_size_forward",
    ].map { Column($0, .numeric) } + [Column("Labelb", .label)],
    hasHeader: true, normalLabels: ["0"])

  /// A conversation table of USTC-TFC2016; the label is the file's name, see `USTCTFC2016`.
  ///
  /// Addresses and ports name the two machines of each capture, and the start is the capture's own
  /// clock: each gives the class away, so none is a field.
  static let ustcConversations = Schema(
    unchecked: "ustc-tfc2016",
    [
      Column("Address A", .ignored), Column("Port A", .ignored), Column("Address B", .ignored),
      Column("Port B", .ignored), Column("Packets", .numeric), Column("Bytes", .numeric),
      Column("Packets A → B", .numeric), Column("Bytes A → B", .numeric),
      Column("Packets B → A", .numeric), Column("Bytes B → A", .numeric),
      Column("Rel Start", .ignored), Column("Duration", .numeric),
      Column("Bits/s A → B", .numeric), Column("Bits/s B → A", .numeric),
    ], hasHeader: true)
}
