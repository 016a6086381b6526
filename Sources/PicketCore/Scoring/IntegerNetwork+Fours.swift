#if PICKET_VNNI
  import CPicket
  import CPicketKernels

  /// Four records at a time.
  ///
  /// Each layer waits for the one before. Where there is scratch for two fours, the first layer of a
  /// record of the next four goes between layers of this one: a processor looks ahead only so far for
  /// what it can do meanwhile.
  extension IntegerNetwork {
    /// Scores records until one is refused; see `Model.score`.
    @inline(never)
    static func score(
      _ model: UnsafePointer<Model>, _ records: UnsafePointer<Float>, stride: Int, count: Int,
      scratch memory: UnsafeMutableRawPointer, size: Int,
      into results: UnsafeMutablePointer<picket_result>, scored: inout Int
    ) -> Int {
      scored = 0
      scoreFours(
        model, records, stride: stride, count: count, scratch: memory, size: size, into: results,
        scored: &scored)
      while scored < count {
        let refusal = score(
          model, records + scored &* stride, scratch: memory, into: &results[scored])
        guard refusal == PICKET_OK else { return refusal }
        scored &+= 1
      }
      return PICKET_OK
    }

    /// Scores records by fours, until less are left or something is odd about one.
    @inline(never)
    static func scoreFours(
      _ model: UnsafePointer<Model>, _ records: UnsafePointer<Float>, stride: Int, count: Int,
      scratch memory: UnsafeMutableRawPointer, size: Int,
      into results: UnsafeMutablePointer<picket_result>, scored: inout Int
    ) {
      guard count >= 4 && model.pointee.plan.records == 4 else { return }
      let ahead = 63 &+ 2 &* setBytes(model) <= size ? 8 : Int.max
      var now = IntegerNetwork(model, scratch: memory)
      var next = IntegerNetwork(model, scratch: memory, set: 1)
      var isReady = false
      while count &- scored >= 4 {
        if !isReady {
          guard now.listFour(records + scored &* stride, stride) else { return }
          now.firsts()
        }
        let rest = count &- scored >= ahead ? records + (scored &+ 4) &* stride : nil
        isReady = now.runFour(next, rest, stride)
        guard now.judgeFour(into: results + scored, &scored) else { return }
        if isReady { swap(&now, &next) }
      }
    }

    /// Scores one record as if it were four.
    @inline(never)
    static func scoreAsFour(
      _ model: UnsafePointer<Model>, _ record: UnsafePointer<Float>,
      scratch memory: UnsafeMutableRawPointer, into result: inout picket_result
    ) -> Int {
      let network = IntegerNetwork(model, scratch: memory)
      guard network.listFour(record, 0) else {
        let refusal = model.pointee.explain(record, &network.heads[0].flags)
        return refusal == PICKET_OK ? PICKET_E_CATEGORY : refusal
      }
      network.firsts()
      _ = network.runFour(network, nil, 0)
      return network.judge(0, into: &result)
    }

    /// Checks four records and lists the groups of their inputs; see `list`.
    ///
    /// - Returns: Whether none is refused.
    @inline(never)
    @_optimize(speed)
    private func listFour(_ records: UnsafePointer<Float>, _ stride: Int) -> Bool {
      var fields = model.pointee.integerFields
      fields.spans = Model.spans(model)
      var left = picket_list_four(records, stride, &fields, lists, heads)
      while left != 0 {
        let index = left.trailingZeroBitCount
        guard IntegerNetwork.look(model, records + index &* stride, heads + index) == PICKET_OK
        else { return false }
        left &= left &- 1
      }
      return true
    }

    /// Runs the layer that takes lists.
    @inline(never)
    @_optimize(speed)
    private func firsts() {
      let (description, weights) = model.pointee.firstLayer
      var layer = picket_integer_layer_at(description, weights)
      picket_first_four(
        &layer, heads, lists, Int(model.pointee.plan.count), model.pointee.oneHotCount.int, outputs,
        outputBytes)
    }

    /// Runs the layers that take integers; behind each a step of the next four records, if there are any.
    ///
    /// - Returns: Whether all steps of those have been done.
    @inline(never)
    private func runFour(
      _ next: IntegerNetwork, _ records: UnsafePointer<Float>?, _ stride: Int
    ) -> Bool {
      let (first, weights) = model.pointee.firstLayer
      var (description, from, to) = (first, outputs, lists)
      var left = model.pointee.layerCount &- 1
      var (step, isReady) = (0, false)
      while left > 0 || step < 2 {
        if left > 0 {
          description += FormatLayout.layerBytes
          IntegerNetwork.next(description, weights, from, to, outputBytes)
          (from, to) = (to, from)
          left &-= 1
        }
        if step == 0 {
          if let records { isReady = next.listFour(records, stride) }
        } else if step == 1 && isReady {
          next.firsts()
        }
        step &+= 1
      }
      return isReady
    }

    /// Runs a layer that takes integers, by the widest blocks that its outputs divide into.
    @inline(never)
    @_optimize(speed)
    private static func next(
      _ description: UnsafeRawPointer, _ weights: UnsafeRawPointer,
      _ inputs: UnsafeMutableRawPointer, _ outputs: UnsafeMutableRawPointer, _ recordBytes: Int
    ) {
      var layer = picket_integer_layer_at(description, weights)
      switch picket_vectors(&layer) {
      case 4: picket_next_four(&layer, inputs, outputs, recordBytes, 4)
      case 2: picket_next_four(&layer, inputs, outputs, recordBytes, 2)
      default: picket_next_four(&layer, inputs, outputs, recordBytes, 1)
      }
    }

    /// The results of four records, until one is refused.
    ///
    /// - Returns: Whether none is.
    @inline(never)
    private func judgeFour(
      into results: UnsafeMutablePointer<picket_result>, _ scored: inout Int
    ) -> Bool {
      let latent = Int(model.pointee.latentCount)
      if latent <= 8 && model.pointee.calibrationCount <= 64 {
        let points = model.pointee.bytes + model.pointee.calibration.first
        let scores =
          model.pointee.score == PICKET_SCORE_OUTPUT
          ? picket_four_outputs(encodings, outputBytes)
          : picket_four_distances(encodings, outputBytes, latent)
        let areFinite = picket_judge_four(
          points.assumingMemoryBound(to: Float.self), model.pointee.calibrationCount, scores, heads,
          results)
        if areFinite != 0 {
          scored &+= 4
          return true
        }
      }
      var i = 0
      while i < 4 {
        guard judge(i, into: &results[i]) == PICKET_OK else { return false }
        scored &+= 1
        i &+= 1
      }
      return true
    }
  }
#endif
