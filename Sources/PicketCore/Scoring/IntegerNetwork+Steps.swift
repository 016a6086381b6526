#if PICKET_AVX && !PICKET_VNNI
  import CPicket
  import CPicketKernels

  /// Step by step: each of as many records as there is room for, before the next step.
  extension IntegerNetwork {
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
      while scored < count {
        let refusal = IntegerNetwork(model, scratch: memory).steps(
          records + scored &* stride, stride: stride,
          count: min(Int(model.pointee.plan.records), count &- scored), into: results,
          scored: &scored)
        guard refusal == PICKET_OK else { return refusal }
      }
      return PICKET_OK
    }

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

    /// Checks a record and lists the groups of its inputs; see `Model.encode`.
    @inline(__always)
    private func list(_ record: UnsafePointer<Float>, _ index: Int) -> Int {
      IntegerNetwork.list(model, record, heads + index, lists + index &* listBytes)
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
    private func first(_ record: Int) -> UInt64 {
      let (description, weights) = model.pointee.firstLayer
      var layer = picket_integer_layer_at(description, weights)
      return picket_first_integers(&layer, listed(record), outputs + record &* outputBytes)
    }

    /// The list of a record.
    @inline(__always)
    private func listed(_ record: Int) -> picket_listed {
      picket_listed_at(
        heads + record, lists + record &* listBytes, Int(model.pointee.plan.count),
        model.pointee.oneHotCount.int)
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
#endif
