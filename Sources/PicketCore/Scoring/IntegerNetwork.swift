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
    ///   - memory: `scratchBytes` bytes of any alignment.
    @inline(__always)
    private init(_ model: UnsafePointer<Model>, scratch memory: UnsafeMutableRawPointer) {
      let address = UInt(bitPattern: memory)
      let start = memory + Int(bitPattern: (64 &- (address & 63)) & 63)
      self.model = model
      heads = start.assumingMemoryBound(to: picket_list.self)
      lists = start + Model.headBytes
      outputs = lists + Int(model.pointee.plan.lists_bytes)
      listBytes = Int(model.pointee.plan.list_bytes)
      outputBytes = Int(model.pointee.plan.output_bytes)
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
      scratch memory: UnsafeMutableRawPointer, into results: UnsafeMutablePointer<picket_result>,
      scored: inout Int
    ) -> Int {
      IntegerNetwork(model, scratch: memory).score(
        records, stride: stride, count: count, into: results, scored: &scored)
    }

    @inline(__always)
    private func score(
      _ records: UnsafePointer<Float>, stride: Int, count: Int,
      into results: UnsafeMutablePointer<picket_result>, scored: inout Int
    ) -> Int {
      let together = Int(model.pointee.plan.records)
      scored = 0
      while scored < count {
        let next = min(together, count &- scored)
        var refusal = PICKET_OK
        var listed = 0
        while listed < next {
          refusal = list(records + (scored &+ listed) &* stride, listed)
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
        guard refusal == PICKET_OK else { return refusal }
      }
      return PICKET_OK
    }

    /// The result of a record that has gone through all layers.
    @inline(never)
    private func judge(_ index: Int, into result: inout picket_result) -> Int {
      let last = model.pointee.layerCount & 1 == 1 ? outputs : lists
      let value = model.pointee.score(ofEncoding: last + index &* outputBytes)
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
      var flags: UInt32 = 0
      if picket_any_outside_range(record, &fields) != 0 {
        let refusal = model.pointee.explain(record, &flags)
        guard refusal == PICKET_OK else { return refusal }
      }
      let groups = (lists + index &* listBytes).assumingMemoryBound(to: picket_group.self)
      guard picket_list_one_hots(record, &fields, groups) != 0 else { return PICKET_E_CATEGORY }
      let oneHots = UInt16(truncatingIfNeeded: fields.one_hot_count)
      let some = picket_list_spans(record, &fields, groups + Int(oneHots))
      heads[index] = picket_list(
        some: some, one_hots: oneHots, spans: model.pointee.plan.count, flags: flags)
      return PICKET_OK
    }

    /// Runs all layers.
    @inline(__always)
    private func run(count: Int) {
      let bytes = model.pointee.bytes
      let weights = bytes + model.pointee.weights.first
      let layer = bytes + model.pointee.layers.first
      let left = model.pointee.layerCount &- 1
      first(layer, weights, count: count)
      #if PICKET_VNNI
        if count == 4 {
          IntegerNetwork.four(layer, weights, outputs, lists, outputBytes, left: left)
          return
        }
      #endif
      var record = 0
      while record < count &* outputBytes {
        IntegerNetwork.one(layer, weights, outputs + record, lists + record, left: left)
        record &+= outputBytes
      }
    }

    @inline(never)
    @_optimize(speed)
    private func first(_ layer: UnsafeRawPointer, _ weights: UnsafeRawPointer, count: Int) {
      var layer = picket_integer_layer_at(layer, weights)
      var output = outputs
      var groups = lists
      var i = 0
      while i < count {
        picket_first_integers(&layer, heads + i, groups, output)
        groups += listBytes
        output += outputBytes
        i &+= 1
      }
    }

    /// Runs the layers that take integers, of one record.
    ///
    /// - Parameters:
    ///   - first: The layer before them, whose outputs are `inputs`.
    ///   - outputs: Receive those of the next one, and so on in turn.
    ///   - left: How many there are.
    @inline(never)
    @_optimize(speed)
    private static func one(
      _ first: UnsafeRawPointer, _ weights: UnsafeRawPointer, _ inputs: UnsafeMutableRawPointer,
      _ outputs: UnsafeMutableRawPointer, left: Int
    ) {
      var (description, from, to, left) = (first, inputs, outputs, left)
      while left > 0 {
        description += FormatLayout.layerBytes
        var layer = picket_integer_layer_at(description, weights)
        picket_next_one(&layer, from, to)
        (from, to) = (to, from)
        left &-= 1
      }
    }

    #if PICKET_VNNI
      /// The same, of four records together.
      @inline(never)
      @_optimize(speed)
      private static func four(
        _ first: UnsafeRawPointer, _ weights: UnsafeRawPointer, _ inputs: UnsafeMutableRawPointer,
        _ outputs: UnsafeMutableRawPointer, _ recordBytes: Int, left: Int
      ) {
        var (description, from, to, left) = (first, inputs, outputs, left)
        while left > 0 {
          description += FormatLayout.layerBytes
          var layer = picket_integer_layer_at(description, weights)
          picket_next_four(&layer, from, to, recordBytes)
          (from, to) = (to, from)
          left &-= 1
        }
      }
    #endif
  }

  extension Model {
    /// What a list needs of the file, but for the spans: the only plane is a min-max one, and its
    /// arrays stand behind those of the ranges.
    @inline(__always)
    fileprivate var integerFields: picket_fields {
      let array = lanes &* 4
      let stride = bytes.word(layers.first &+ 24)
      return picket_fields(
        minimums: floats(minimums), maximums: floats(minimums &+ array),
        scales: floats(minimums &+ 3 &* array),
        one_hots: (bytes + oneHot(0)).assumingMemoryBound(to: UInt32.self), spans: nil,
        fields: fieldCount.int, one_hot_count: oneHotCount, span_count: UInt32(plan.count),
        group_bytes: UInt32(truncatingIfNeeded: stride &* 4))
    }

    @inline(__always)
    private func floats(_ at: Int) -> UnsafePointer<Float> {
      (bytes + at).assumingMemoryBound(to: Float.self)
    }
  }
#endif
