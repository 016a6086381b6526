#if PICKET_AVX
  import CPicket
  import CPicketKernels

  /// Turns records into the inputs of the first layer, in the lanes of their fields.
  extension Model {
    /// The section *features*, as the kernels take it.
    @inline(__always)
    var features16: picket_features {
      picket_features(
        minimums: numbers(minimums), maximums: numbers(maximums),
        planes: words(maximums &+ lanes &* 4), categories: words(oneHot(0)),
        plane_count: planeCount.int, min_max_count: minMaxCount.int,
        category_count: oneHotCount.int, fields: fieldCount.int, lanes: lanes)
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
    func encode(
      _ record: UnsafePointer<Float>, _ features: inout picket_features,
      _ tile: inout picket_tile
    ) -> Int {
      let memory = UnsafeMutableRawPointer(tile.memory) + tile.count &* tile.record_bytes
      let place = encoded(tile)
      let values = (memory + place.values).assumingMemoryBound(to: Float.self)
      let words = (memory + place.words).assumingMemoryBound(to: UInt64.self)
      let rows = (memory + tile.categories).assumingMemoryBound(to: UInt32.self)
      let step = decoderCount == 0 ? UInt32(truncatingIfNeeded: tileLayer(0).rowBytes) : 1
      var flags: UInt32 = 0
      if picket_encode_record(&features, record, step, values, words, rows) != 0 {
        let refusal = explain(record, &flags)
        guard refusal == PICKET_OK else { return refusal }
        guard hasWholeCategories(record) else { return PICKET_E_CATEGORY }
      }
      memory.storeBytes(of: flags, toByteOffset: tile.flags, as: UInt32.self)
      if decoderCount != 0 {
        // What is to be reconstructed is first written to its places.
        memory.clear(count: inputCount.int)
        let inputs = memory.assumingMemoryBound(to: Float.self)
        picket_scatter(&features, rows, values, words, inputs)
        picket_mark(inputs, inputCount.int, words)
      }
      tile.count &+= 1
      return PICKET_OK
    }

    /// Whether all symbolic fields of a record hold whole numbers.
    private func hasWholeCategories(_ record: UnsafePointer<Float>) -> Bool {
      var isWhole = true
      var i = 0
      while i < oneHotCount.int {
        let x = record[bytes.word(oneHot(i))]
        isWhole = isWhole && (x < 0 || (x + 8_388_608) - 8_388_608 == x)
        i &+= 1
      }
      return isWhole
    }
  }
#endif
