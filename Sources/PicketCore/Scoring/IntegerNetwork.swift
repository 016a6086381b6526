#if PICKET_AVX
  import CPicket
  import CPicketKernels

  /// Scores with networks that compute in integers from the first layer to the last, straight from
  /// the fields, four records at a time: `Model.planIntegers` tells which. The same bits as by
  /// `Model.run`.
  extension Model {
    /// Whether this is the way to score.
    @inline(__always) var scoresIntegers: Bool { plan.count != 0 }

    /// Scores records until one is refused; see `score`.
    @inline(never)
    func scoreIntegers(
      _ records: UnsafePointer<Float>, stride: Int, count: Int,
      scratch memory: UnsafeMutableRawPointer, into results: UnsafeMutablePointer<picket_result>,
      scored: inout Int
    ) -> Int {
      let address = UInt(bitPattern: memory)
      let start = memory + Int(bitPattern: (64 &- (address & 63)) & 63)
      let heads = start.assumingMemoryBound(to: picket_list.self)
      let lists = start + Model.headBytes
      let together = Int(plan.records)
      let outputs = lists + together &* max(Int(plan.list_bytes), Int(plan.output_bytes))
      let last = layerCount & 1 == 1 ? outputs : lists
      scored = 0
      while scored < count {
        let next = min(together, count &- scored)
        var refusal = PICKET_OK
        var listed = 0
        while listed < next {
          refusal = list(
            records + (scored &+ listed) &* stride, &heads[listed],
            lists + listed &* Int(plan.list_bytes))
          guard refusal == PICKET_OK else { break }
          listed &+= 1
        }
        run(heads, lists, outputs, count: listed)
        var i = 0
        while i < listed {
          let latent = last + i &* Int(plan.output_bytes)
          let value = squaredLength(latent, count: latentCount.int).squareRoot()
          guard isFinite(value) else { return PICKET_E_OVERFLOW }
          results[scored] = judged(value, heads[i].flags)
          scored &+= 1
          i &+= 1
        }
        guard refusal == PICKET_OK else { return refusal }
      }
      return PICKET_OK
    }

    /// Checks a record and lists the groups of its inputs; see `encode`.
    @inline(__always)
    private func list(
      _ record: UnsafePointer<Float>, _ head: inout picket_list, _ memory: UnsafeMutableRawPointer
    ) -> Int {
      let groupBytes = layer(0).rowBytes &* 4
      var scaling = picket_scaling(
        minimums: floats(minimums), maximums: floats(maximums), scales: floats(plane(0).scales),
        group_bytes: UInt32(truncatingIfNeeded: groupBytes))
      head.flags = 0
      if picket_any_outside_range(record, &scaling, fieldCount.int) != 0 {
        let refusal = explain(record, &head.flags)
        guard refusal == PICKET_OK else { return refusal }
      }
      let groups = memory.assumingMemoryBound(to: picket_group.self)
      let oneHots = (bytes + oneHot(0)).assumingMemoryBound(to: UInt32.self)
      let whole = picket_list_one_hots(
        record, oneHots, oneHotCount.int, scaling.group_bytes, groups)
      guard whole != 0 else { return PICKET_E_CATEGORY }
      var plan = plan
      let count = picket_list_spans(record, &scaling, &plan, groups + oneHotCount.int)
      head.one_hots = oneHotCount
      head.groups = UInt32(truncatingIfNeeded: count)
      return PICKET_OK
    }

    @inline(__always)
    private func floats(_ at: Int) -> UnsafePointer<Float> {
      (bytes + at).assumingMemoryBound(to: Float.self)
    }

    /// Runs all layers, of four records together.
    @inline(__always)
    private func run(
      _ heads: UnsafePointer<picket_list>, _ lists: UnsafeMutableRawPointer,
      _ outputs: UnsafeMutableRawPointer, count: Int
    ) {
      let bytes = Int(plan.output_bytes)
      var from = lists.assumingMemoryBound(to: CChar.self)
      var to = outputs.assumingMemoryBound(to: CChar.self)
      var i = 0
      while i < layerCount {
        var layer = integerLayer(i)
        var record = 0
        if i != 0 && count == 4 {
          picket_next_four(&layer, from, to, bytes)
          record = count
        }
        while record < count {
          if i == 0 {
            let groups = lists + record &* Int(plan.list_bytes)
            picket_first_integers(
              &layer, heads + record, groups.assumingMemoryBound(to: picket_group.self),
              to + record &* bytes)
          } else {
            picket_next_one(&layer, from + record &* bytes, to + record &* bytes)
          }
          record &+= 1
        }
        (from, to) = (to, from)
        i &+= 1
      }
    }

    /// What a layer needs of the file.
    @inline(__always)
    private func integerLayer(_ index: Int) -> picket_integer_layer {
      let at = layers.first &+ index &* FormatLayout.layerBytes
      let start = (bytes + weights.first).assumingMemoryBound(to: CChar.self)
      return picket_integer_layer(
        weights: start + bytes.word(at &+ 28), bias: start + bytes.word(at &+ 32),
        scale: start + bytes.word(at &+ 36), groups: (bytes.word(at &+ 16) &+ 3) >> 2,
        stride: bytes.word(at &+ 24), shift: bytes.load(fromByteOffset: at &+ 40, as: UInt32.self))
    }
  }
#endif
