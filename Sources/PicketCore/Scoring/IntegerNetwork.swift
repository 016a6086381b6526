#if PICKET_AVX
  import CPicket
  import CPicketKernels

  /// Scores with networks that compute in integers from the first layer to the last.
  ///
  /// Straight from the fields, with the same bits as by `Model.run`; `Model.makePlan` tells which
  /// networks are such.
  ///
  /// Each step of several records is a function of its own: together they need more registers than
  /// there are.
  struct IntegerNetwork {
    let model: UnsafePointer<Model>
    let start: UnsafeMutableRawPointer

    /// - Parameters:
    ///   - model: A model that has a plan.
    ///   - memory: `scratchBytes` bytes of any alignment, or more.
    ///   - set: How many others lie before it, of `setBytes` each.
    @inline(__always)
    init(_ model: UnsafePointer<Model>, scratch memory: UnsafeMutableRawPointer, set: Int = 0) {
      self.model = model
      start = IntegerNetwork.aligned(memory) + set &* IntegerNetwork.setBytes(model)
    }

    /// What is said of the list of each record.
    @inline(__always)
    var heads: UnsafeMutablePointer<picket_list> {
      start.assumingMemoryBound(to: picket_list.self)
    }

    /// The lists, then the outputs of the second layer, of the fourth, ...
    @inline(__always) var lists: UnsafeMutableRawPointer { start + Model.headBytes }

    /// The outputs of the first layer, of the third, ...
    @inline(__always)
    var outputs: UnsafeMutableRawPointer { lists + Int(model.pointee.plan.lists_bytes) }

    @inline(__always) var listBytes: Int { Int(model.pointee.plan.list_bytes) }
    @inline(__always) var outputBytes: Int { Int(model.pointee.plan.output_bytes) }

    /// Where scratch of any alignment begins to be used.
    @inline(__always)
    static func aligned(_ memory: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
      let address = UInt(bitPattern: memory)
      return memory + Int(bitPattern: (64 &- (address & 63)) & 63)
    }

    /// Bytes of scratch, but for what aligns it.
    @inline(__always)
    static func setBytes(_ model: UnsafePointer<Model>) -> Int {
      let plan = model.pointee.plan
      return Model.headBytes &+ Int(plan.lists_bytes) &+ Int(plan.records) &* Int(plan.output_bytes)
    }

    /// Where the outputs of the last layer are.
    @inline(__always)
    var encodings: UnsafeMutableRawPointer { model.pointee.layerCount & 1 == 1 ? outputs : lists }

    /// The result of a record that has gone through all layers.
    @inline(never)
    func judge(_ index: Int, into result: inout picket_result) -> Int {
      let value = model.pointee.score(ofEncoding: encodings + index &* outputBytes)
      guard isFinite(value) else { return PICKET_E_OVERFLOW }
      result = model.pointee.judged(value, heads[index].flags)
      return PICKET_OK
    }

    /// Checks a record and lists the groups of its inputs; see `Model.encode`.
    @inline(never)
    @_optimize(speed)
    static func list(
      _ model: UnsafePointer<Model>, _ record: UnsafePointer<Float>,
      _ head: UnsafeMutablePointer<picket_list>, _ list: UnsafeMutableRawPointer
    ) -> Int {
      var fields = model.pointee.integerFields
      fields.spans = Model.spans(model)
      let isDoubtful = picket_list_record(record, &fields, list, head)
      return isDoubtful == 0 ? PICKET_OK : look(model, record, head)
    }

    /// Looks again at a listed record that is not as it should be.
    @inline(never)
    static func look(
      _ model: UnsafePointer<Model>, _ record: UnsafePointer<Float>,
      _ head: UnsafeMutablePointer<picket_list>
    ) -> Int {
      let refusal = model.pointee.explain(record, &head.pointee.flags)
      guard refusal == PICKET_OK else { return refusal }
      return model.pointee.hasWholeCategories(record) ? PICKET_OK : PICKET_E_CATEGORY
    }
  }

  extension Model {
    /// What a list needs of the file, but for the spans: the only plane is a min-max one, and its
    /// arrays stand behind those of the ranges.
    @inline(__always)
    var integerFields: picket_fields {
      let array = lanes &* 4
      let stride = bytes.word(layers.first &+ 24)
      return picket_fields(
        minimums: floats(minimums), maximums: floats(minimums &+ array),
        scales: floats(minimums &+ 3 &* array),
        one_hots: (bytes + oneHot(0)).assumingMemoryBound(to: UInt32.self), spans: nil,
        fields: fieldCount.int, one_hot_count: oneHotCount.int, span_count: Int(plan.count),
        group_bytes: UInt32(truncatingIfNeeded: stride &* 4))
    }

    /// The description of the first layer, and what all weights lie behind.
    @inline(__always)
    var firstLayer: (UnsafeRawPointer, UnsafeRawPointer) {
      (bytes + layers.first, bytes + weights.first)
    }

    @inline(__always)
    private func floats(_ at: Int) -> UnsafePointer<Float> {
      (bytes + at).assumingMemoryBound(to: Float.self)
    }
  }
#endif
