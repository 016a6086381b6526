#if PICKET_AVX
  import CPicket
  import CPicketKernels

  /// Scores with networks that compute in integers from the first layer to the last.
  ///
  /// Straight from the fields, four records at a time, with the same bits as by `Model.run`;
  /// `Model.makePlan` tells which networks are such.
  ///
  /// Each step is a function of its own: together they need more registers than there are.
  struct IntegerNetwork {
    let model: UnsafePointer<Model>
    /// What is said of the list of each record.
    let heads: UnsafeMutablePointer<picket_list>
    /// The lists, then the outputs of the second layer, of the fourth, ...
    let lists: UnsafeMutableRawPointer
    /// The outputs of the first layer, of the third, ...
    let outputs: UnsafeMutableRawPointer
    let listBytes: Int
    let outputBytes: Int

    /// - Parameters:
    ///   - model: A model that has a plan.
    ///   - memory: `scratchBytes` bytes of any alignment, or more.
    ///   - set: How many others lie before it, of `setBytes` each.
    @inline(__always)
    init(_ model: UnsafePointer<Model>, scratch memory: UnsafeMutableRawPointer, set: Int = 0) {
      let address = UInt(bitPattern: memory)
      let padding = Int(bitPattern: (64 &- (address & 63)) & 63)
      let start = memory + (padding &+ set &* IntegerNetwork.setBytes(model))
      self.model = model
      heads = start.assumingMemoryBound(to: picket_list.self)
      lists = start + Model.headBytes
      outputs = lists + Int(model.pointee.plan.lists_bytes)
      listBytes = Int(model.pointee.plan.list_bytes)
      outputBytes = Int(model.pointee.plan.output_bytes)
    }

    /// Bytes of scratch, but for what aligns it.
    @inline(__always)
    static func setBytes(_ model: UnsafePointer<Model>) -> Int {
      let plan = model.pointee.plan
      return Model.headBytes &+ Int(plan.lists_bytes) &+ Int(plan.records) &* Int(plan.output_bytes)
    }

    /// Scores one record; see `Model.score`.
    @inline(never)
    static func score(
      _ model: UnsafePointer<Model>, _ record: UnsafePointer<Float>,
      scratch memory: UnsafeMutableRawPointer, into result: inout picket_result
    ) -> Int {
      let network = IntegerNetwork(model, scratch: memory)
      let refusal = network.list(record, 0)
      guard refusal == PICKET_OK else { return refusal }
      network.run(count: 1)
      return network.judge(0, into: &result)
    }

    /// Scores records until one is refused; see `Model.score`.
    @inline(never)
    static func score(
      _ model: UnsafePointer<Model>, _ records: UnsafePointer<Float>, stride: Int, count: Int,
      scratch memory: UnsafeMutableRawPointer, size: Int,
      into results: UnsafeMutablePointer<picket_result>, scored: inout Int
    ) -> Int {
      scored = 0
      #if PICKET_VNNI
        scoreFours(
          model, records, stride: stride, count: count, scratch: memory, size: size, into: results,
          scored: &scored)
      #endif
      while scored < count {
        #if PICKET_VNNI
          let refusal = score(
            model, records + scored &* stride, scratch: memory, into: &results[scored])
          scored &+= refusal == PICKET_OK ? 1 : 0
        #else
          let refusal = IntegerNetwork(model, scratch: memory).steps(
            records + scored &* stride, stride: stride,
            count: min(Int(model.pointee.plan.records), count &- scored), into: results,
            scored: &scored)
        #endif
        guard refusal == PICKET_OK else { return refusal }
      }
      return PICKET_OK
    }

    #if !PICKET_VNNI
      /// Scores as many records as there is room for, each step of all before the next, until one is
      /// refused.
      @inline(__always)
      private func steps(
        _ records: UnsafePointer<Float>, stride: Int, count: Int,
        into results: UnsafeMutablePointer<picket_result>, scored: inout Int
      ) -> Int {
        var refusal = PICKET_OK
        var listed = 0
        while listed < count {
          refusal = list(records + listed &* stride, listed)
          guard refusal == PICKET_OK else { break }
          listed &+= 1
        }
        run(count: listed)
        var i = 0
        while i < listed {
          let refusal = judge(i, into: &results[scored])
          guard refusal == PICKET_OK else { return refusal }
          scored &+= 1
          i &+= 1
        }
        return refusal
      }
    #endif

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
    private func list(_ record: UnsafePointer<Float>, _ index: Int) -> Int {
      var fields = model.pointee.integerFields
      fields.spans = Model.spans(model)
      let doubts = picket_list_records(
        record, 0, &fields, lists + index &* listBytes, heads + index, 1)
      guard doubts.outside | doubts.broken == 0 else {
        return look(record, index, isBroken: doubts.broken != 0)
      }
      return PICKET_OK
    }

    /// Looks again at a listed record that is not as it should be.
    @inline(never)
    func look(_ record: UnsafePointer<Float>, _ index: Int, isBroken: Bool) -> Int {
      let refusal = model.pointee.explain(record, &heads[index].flags)
      return refusal == PICKET_OK && isBroken ? PICKET_E_CATEGORY : refusal
    }

    /// Runs all layers.
    @inline(__always)
    private func run(count: Int) {
      let (layer, weights) = model.pointee.firstLayer
      var record = 0
      while record < count {
        heads[record].some = first(record)
        record &+= 1
      }
      let left = model.pointee.layerCount &- 1
      record = 0
      while record < count {
        let at = record &* outputBytes
        IntegerNetwork.one(
          layer, weights, outputs + at, heads[record].some, lists + at, left: left)
        record &+= 1
      }
    }

    /// Runs the layer that takes a list.
    ///
    /// - Returns: Which groups of its outputs are not zero, if there are 64 at most.
    @inline(never)
    @_optimize(speed)
    @discardableResult
    func first(_ record: Int) -> UInt64 {
      let (description, weights) = model.pointee.firstLayer
      var layer = picket_integer_layer_at(description, weights)
      return picket_first_integers(
        &layer, heads + record, lists + record &* listBytes, outputs + record &* outputBytes)
    }

    /// Runs the layers that take integers, of one record.
    ///
    /// - Parameters:
    ///   - first: The layer before them, whose outputs are `inputs`.
    ///   - some: Which groups of those are not zero.
    ///   - outputs: Receive those of the next one, and so on in turn.
    ///   - left: How many there are.
    @inline(never)
    @_optimize(speed)
    private static func one(
      _ first: UnsafeRawPointer, _ weights: UnsafeRawPointer,
      _ inputs: UnsafeMutableRawPointer, _ some: UInt64, _ outputs: UnsafeMutableRawPointer,
      left: Int
    ) {
      var (description, from, some, to, left) = (first, inputs, some, outputs, left)
      while left > 0 {
        description += FormatLayout.layerBytes
        var layer = picket_integer_layer_at(description, weights)
        some = picket_next_one(&layer, from, some, to)
        (from, to) = (to, from)
        left &-= 1
      }
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
        fields: fieldCount.int, one_hot_count: oneHotCount, span_count: UInt32(plan.count),
        group_bytes: UInt32(truncatingIfNeeded: stride &* 4), list_bytes: 0)
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
