#if PICKET_AVX
  import CPicket
  import CPicketKernels

  /// The way to a distance, for an explanation of what tiles score.
  ///
  /// The record is a tile of its own, so that its distance has the bits of the score: the kernels of
  /// tiles add in another order than those of lists.
  extension Model {
    /// The tile of one record, in the memory of errors and list: neither is of use before the way back.
    @inline(__always)
    private func tile(_ scratch: ExplainScratch) -> picket_tile { tile(at: scratch.errors) }

    /// Checks the record and encodes it.
    @inline(__always)
    static func encodeTile(
      _ model: UnsafePointer<Model>, _ record: UnsafePointer<Float>,
      _ scratch: ExplainScratch, _ flags: inout UInt32
    ) -> Int {
      var features = model.pointee.features16(spans(model))
      var tile = model.pointee.tile(scratch)
      let status = encode(model, record, &features, &tile)
      if status == PICKET_OK {
        flags = scratch.errors.load(fromByteOffset: tile.flags, as: UInt32.self)
      }
      return status
    }

    /// Runs the encoder as `forward` does, on the encoded record.
    ///
    /// - Returns: The score, with the outputs left in the activations.
    @inline(__always)
    func forwardTile(_ scratch: ExplainScratch) -> Float {
      var tile = tile(scratch)
      tile.count = 1
      var slopes = scratch.slopes
      var input = encoded(tile)
      var i = 0
      while i < encoderCount.int {
        let output = i & 1 == 0 ? tile.front : tile.back
        var kernels = tileLayer(i)
        // Sums of the first layer are to be kept.
        kernels.rectifies = kernels.rectifies && i > 0
        kernels.run(&tile, input, output)
        let values = scratch.errors + output.values
        if kernels.rectifies {
          Derivative.rectifier(slope: 0, values, slopes, count: kernels.stride)
        } else if i == 0 && kernels.isRectifier {
          picket_rectify(
            values.assumingMemoryBound(to: Float.self), kernels.stride,
            slopes.assumingMemoryBound(to: Float.self),
            (scratch.errors + output.words).assumingMemoryBound(to: UInt64.self))
        } else {
          let layer = layer(i)
          activate(i, layer, values, keeping: slopes, count: layer.stride)
          if i &+ 1 < encoderCount.int { mark(scratch.errors, output, count: layer.outputs) }
        }
        slopes += kernels.stride &* 4
        input = output
        i &+= 1
      }
      copy(
        scratch.errors + input.values, count: roundedUp(latentCount.int, to: 16),
        to: scratch.activations)
      return score(ofEncoding: scratch.activations)
    }
  }
#endif
