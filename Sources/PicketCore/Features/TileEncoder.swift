#if PICKET_AVX
  import CPicket
  import CPicketKernels

  /// Turns records into the inputs of the first layer.
  extension Model {
    /// The section *features*, as the kernels take it, with the spans of the plan.
    @inline(__always)
    func features16(_ spans: UnsafePointer<picket_spans>) -> picket_features {
      let (values, quantiles) = knots
      return picket_features(
        minimums: numbers(minimums), maximums: numbers(maximums),
        planes: words(maximums &+ lanes &* 4), categories: words(oneHot(0)),
        plane_count: planeCount.int, min_max_count: minMaxCount.int,
        first_curve: firstCurve.int, quantile_plane: quantilePlane.int,
        category_count: oneHotCount.int, knot_values: values, knot_quantiles: quantiles,
        fields: fieldCount.int, lanes: lanes, inputs: inputCount.int, spans: spans,
        span_count: Int(plan.count))
    }

    @inline(__always)
    private func numbers(_ offset: Int) -> UnsafePointer<Float> {
      (bytes + offset).assumingMemoryBound(to: Float.self)
    }

    @inline(__always)
    private func words(_ offset: Int) -> UnsafePointer<UInt32> {
      (bytes + offset).assumingMemoryBound(to: UInt32.self)
    }

    /// Checks a record and encodes it behind the last one of a tile.
    ///
    /// - Returns: `PICKET_OK`, or why the record is refused.
    @inline(never)
    @_optimize(speed)
    static func encode(
      _ model: UnsafePointer<Model>, _ record: UnsafePointer<Float>,
      _ features: inout picket_features,
      _ tile: inout picket_tile
    ) -> Int {
      var flags: UInt32 = 0
      if picket_fields_outside(&features, record) != 0 {
        let refusal = model.pointee.explain(record, &flags)
        guard refusal == PICKET_OK else { return refusal }
      }
      let memory = UnsafeMutableRawPointer(tile.memory) + tile.count &* tile.record_bytes
      memory.storeBytes(of: flags, toByteOffset: tile.flags, as: UInt32.self)
      let place = model.pointee.encoded(tile)
      let odd = picket_encode_record(
        &features, record, (memory + place.values).assumingMemoryBound(to: Float.self),
        (memory + place.words).assumingMemoryBound(to: UInt64.self))
      guard odd == 0 else { return PICKET_E_CATEGORY }
      tile.count &+= 1
      return PICKET_OK
    }
  }
#endif
