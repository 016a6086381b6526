/*
 * The inner loops of a layer of floats over a tile of records, for processors with wide vectors. All
 * records go through a layer before any goes through the next: its weights stay in the first cache,
 * and the sums of one record fill the waiting of another. Private; see picket_dense.h.
 */
#ifndef PICKET_TILE_H
#define PICKET_TILE_H

#include "picket_encode.h"

#ifdef __AVX2__

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpsabi"
#pragma clang assume_nonnull begin

/* Where a record's memory has a vector, and the bits of its numbers that are not zero. */
typedef struct {
  long values, words;
} picket_vector;

/* The memory of a tile of records. */
typedef struct {
  char *memory;      /* of the first record */
  long record_bytes; /* from one record's memory to the next one's */
  long count;
  /* Of a record's memory: where layers write, in turn; its flags, and the divergence behind them. */
  picket_vector front, back;
  long flags;
} picket_tile;

/* A layer, as the file describes it. */
typedef struct {
  const char *weights, *bias, *scale;
  long inputs, outputs, stride, row_bytes;
  int rectifies;
} picket_layer;

/* The words of a description, from FORMAT.md, of a layer whose weights lie in a section. */
PICKET_INLINE picket_layer picket_described_layer(const uint32_t *description, const char *section,
                                                  int rectifies, const int element) {
  return (picket_layer){.weights = section + description[7],
                        .bias = section + description[8],
                        .scale = section + description[9],
                        .inputs = description[4],
                        .outputs = description[5],
                        .stride = description[6],
                        .row_bytes = (long)description[6] * (element == 1 ? 4 : element == 2 ? 2 : 1),
                        .rectifies = rectifies};
}

/* Adds the rows of the numbers that a word marks, chain after chain. */
PICKET_INLINE void picket_add_marked(picket_float32x16 *sums, uint64_t word, const float *values,
                                     const char *column, long row_bytes, const int element,
                                     const int vectors, const int chains) {
  while (word) {
    PICKET_UNROLL
    for (int c = 0; c < chains; c++) {
      const long k = __builtin_ctzll(word);
      word &= word - 1;
      picket_add_row(sums + c * vectors, values[k], column + k * row_bytes, element, vectors, 1);
      if (!word) break;
    }
  }
}

/* Where a block of neighbouring outputs of a layer starts. */
typedef struct {
  const char *column, *bias, *scale;
  long values, words; /* in a record's memory */
  int bit;
  /* Outputs from the first one on, and with those that fill up the last vector. */
  long left, room;
} picket_columns;

/* Whether a block is not wider than the layer at one of its vectors. What lies behind a row is added up
 * there, neither started from nor stored. */
PICKET_INLINE int picket_is_there(picket_columns block, long vector) {
#ifdef __AVX512F__
  return 16 * vector < block.room;
#else
  (void)block, (void)vector;
  return 1; /* no block is */
#endif
}

PICKET_INLINE picket_columns picket_columns_at(picket_layer layer, picket_vector out, long at,
                                               const int element) {
  const int bytes = element == 1 ? 4 : element == 2 ? 2 : 1;
  return (picket_columns){.column = layer.weights + at * bytes,
                          .bias = layer.bias + at * 4,
                          .scale = layer.scale + at * 4,
                          .values = out.values + at * 4,
                          .words = out.words + at / 64 * 8,
                          .bit = (int)(at % 64),
                          .left = layer.outputs - at,
                          .room = layer.stride - at};
}

/* Starts the chains of a record: biases in the first one, unless they are to be added at the end. */
PICKET_INLINE void picket_start_sums(picket_float32x16 *sums, picket_columns block,
                                     const int element, const int vectors) {
  if (element == 3) return;
  PICKET_UNROLL
  for (int i = 0; i < vectors && picket_is_there(block, i); i++)
    sums[i] = picket_load_floats(block.bias + i * 64);
}

/* Ends the chains of a record and stores them; rectified ones with their bits. */
PICKET_INLINE void picket_store_sums(picket_float32x16 *sums, picket_columns block,
                                     const int rectifies, char *record, const int element,
                                     const int vectors, const int chains) {
  PICKET_UNROLL
  for (int half = chains / 2; half > 0; half /= 2) {
    PICKET_UNROLL
    for (int i = 0; i < half * vectors; i++) sums[i] += sums[half * vectors + i];
  }
  if (element == 3) {
    PICKET_UNROLL
    for (int i = 0; i < vectors && picket_is_there(block, i); i++)
      sums[i] = picket_multiply_add(picket_load_floats(block.bias + i * 64), sums[i],
                                    picket_load_floats(block.scale + i * 64), 1);
  }
  if (rectifies) {
    uint64_t *words = (uint64_t *)(record + block.words);
    PICKET_UNROLL
    for (int w = 0; w < vectors && picket_is_there(block, w); w += 4) {
      uint64_t word = 0;
      PICKET_UNROLL
      for (int i = 0; i < 4 && w + i < vectors; i++) {
        /* The second number if one of them is not a number: a network that overflowed is noticed at
         * its score. */
        sums[w + i] = picket_greater((picket_float32x16)0.0f, sums[w + i]);
        word |= (uint64_t)picket_nonzero_bits(sums[w + i]) << (16 * i);
      }
      /* A network that overflowed may have numbers beyond its last output, of which no row is. */
      if (block.left - 16 * w < 64) word &= ((uint64_t)1 << (block.left - 16 * w)) - 1;
      words[w / 4] = block.bit ? words[0] | word << block.bit : word;
    }
  }
  char *output = record + block.values;
  PICKET_UNROLL
  for (int i = 0; i < vectors && picket_is_there(block, i); i++)
    picket_store_floats(output + i * 64, sums[i]);
}

/* `vectors` times sixteen neighbouring outputs, from output `at` on, of all records; inputs that are
 * zero are left out. */
PICKET_INLINE void picket_tile_block(picket_layer layer, picket_tile tile, picket_vector in,
                                     picket_vector out, long at, const int element,
                                     const int vectors, const int chains) {
  const picket_columns block = picket_columns_at(layer, out, at, element);
  char *record = tile.memory;
  for (long r = 0; r < tile.count; r++, record += tile.record_bytes) {
    picket_float32x16 sums[8] = {};
    picket_start_sums(sums, block, element, vectors);
    const float *values = (const float *)(record + in.values);
    const uint64_t *words = (const uint64_t *)(record + in.words);
    const char *column = block.column;
    for (long k = 0; k < layer.inputs; k += 64, column += 64 * layer.row_bytes)
      picket_add_marked(sums, *words++, values + k, column, layer.row_bytes, element, vectors,
                        chains);
    picket_store_sums(sums, block, layer.rectifies, record, element, vectors, chains);
  }
}

/*
 * x W + b for all records of a tile, or max(that, 0) and its bits if it rectifies. Rows of weights
 * are `element` = 1 (binary32), 2 (binary16) or 3 (bytes, with a scale for each output).
 */
PICKET_INLINE void picket_tile_layer(const uint32_t *description, const char *section,
                                     int rectifies, const picket_tile *records, picket_vector in,
                                     picket_vector out, const int element) {
  const picket_layer layer = picket_described_layer(description, section, rectifies, element);
  const picket_tile tile = *records;
  long at = 0;
#define PICKET_BLOCK(vectors, chains) \
  picket_tile_block(layer, tile, in, out, at, element, vectors, chains)
#ifdef __AVX512F__
  /* Wider than what is left, where that takes fewer passes over the inputs. */
  for (; at + 64 < layer.stride; at += 128) PICKET_BLOCK(8, 1);
  for (; at + 32 < layer.stride; at += 64) PICKET_BLOCK(4, 2);
  if (at + 16 < layer.stride)
    PICKET_BLOCK(2, 4);
  else if (at < layer.stride)
    PICKET_BLOCK(1, 4);
#else
  for (; at + 64 <= layer.stride; at += 64) PICKET_BLOCK(4, 1);
  if (at + 32 <= layer.stride) {
    PICKET_BLOCK(2, 2);
    at += 32;
  }
  if (at < layer.stride) PICKET_BLOCK(1, 4);
#endif
#undef PICKET_BLOCK
}

/* Rectifies `stride` sums, keeping them, with bits. Beyond the outputs sums are zero, as weights are. */
PICKET_INLINE void picket_rectify(float *values, long stride, float *sums, uint64_t *words) {
  uint64_t word = 0;
  long k = 0;
  _Pragma("clang loop unroll(disable)") do {
    const picket_float32x16 sum = picket_load_floats(values + k);
    const picket_float32x16 output = picket_greater((picket_float32x16)0.0f, sum);
    picket_store_floats(sums + k, sum);
    picket_store_floats(values + k, output);
    if (k % 64 == 0) word = 0;
    word |= (uint64_t)picket_nonzero_bits(output) << (k & 63);
    words[k / 64] = word;
    k += 16;
  } while (k < stride);
}

#pragma clang assume_nonnull end
#pragma clang diagnostic pop

#endif
#endif /* PICKET_TILE_H */
