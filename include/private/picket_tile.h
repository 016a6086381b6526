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

/* The memory of a tile of records. */
typedef struct {
  char *memory;      /* of the first record */
  long record_bytes; /* from one record's memory to the next one's */
  long count;
  long categories; /* in a record's memory: how many categories are listed; then their rows */
} picket_tile;

/* Where a record's memory has a vector, and the bits of its numbers that are not zero. */
typedef struct {
  long values, words;
} picket_vector;

/* A layer, as the file describes it. */
typedef struct {
  const char *weights, *bias, *scale;
  long inputs, outputs, stride, row_bytes;
  long rectifies;
} picket_layer;

/* Adds the rows of the numbers that a word marks, chain after chain. `numbers`, unless it is null,
 * has the row of each. */
PICKET_INLINE void picket_add_marked(picket_float32x16 *sums, uint64_t word, const float *values,
                                     const uint32_t *numbers, const char *column, long row_bytes,
                                     const int element, const int vectors, const int chains) {
  while (word) {
    PICKET_UNROLL
    for (int c = 0; c < chains; c++) {
      const long k = __builtin_ctzll(word);
      word &= word - 1;
      const long row = numbers ? (long)numbers[k] : k;
      picket_add_row(sums + c * vectors, values[k], column + row * row_bytes, element, vectors, 1);
      if (!word) break;
    }
  }
}

/* Adds the rows of a record: first those of its categories, then those of each plane. */
PICKET_INLINE void picket_add_record(picket_float32x16 *sums, const picket_features *f,
                                     const uint32_t *categories, const float *values,
                                     const uint64_t *words, const char *column, long row_bytes,
                                     const int element, const int vectors, const int chains) {
  for (long i = 1; i <= categories[0]; i++)
    picket_add_row(sums, 1, column + categories[i], element, vectors, 1);
  const uint32_t *numbers = f->planes;
  for (long p = 0; p < f->plane_count; p++) {
    for (long lane = 0; lane < f->lanes; lane += 64)
      picket_add_marked(sums, *words++, values + lane, numbers + lane, column, row_bytes, element,
                        vectors, chains);
    values += f->lanes;
    numbers += picket_plane_arrays(f, p) * f->lanes;
  }
}

/* Adds the rows of all numbers of a vector. */
PICKET_INLINE void picket_add_all(picket_float32x16 *sums, const float *values, long count,
                                  const char *column, long row_bytes, const int element,
                                  const int vectors, const int chains) {
  long k = 0;
  for (; k + chains <= count; k += chains) {
    PICKET_UNROLL
    for (int c = 0; c < chains; c++, column += row_bytes)
      picket_add_row(sums + c * vectors, values[k + c], column, element, vectors, 1);
  }
  for (; k < count; k++, column += row_bytes)
    picket_add_row(sums, values[k], column, element, vectors, 1);
}

/* Stores sums; rectified ones with the bits of the first `left` of them, from bit `bit` of the first
 * word on. */
PICKET_INLINE void picket_store_sums(picket_float32x16 *sums, const char *bias, const char *scale,
                                     long rectifies, char *output, uint64_t *words, int bit,
                                     long left, const int element, const int vectors,
                                     const int chains) {
  PICKET_UNROLL
  for (int half = chains / 2; half > 0; half /= 2) {
    PICKET_UNROLL
    for (int i = 0; i < half * vectors; i++) sums[i] += sums[half * vectors + i];
  }
  if (element == 3) {
    PICKET_UNROLL
    for (int i = 0; i < vectors; i++)
      sums[i] = picket_multiply_add(picket_load_floats(bias + i * 64), sums[i],
                                    picket_load_floats(scale + i * 64), 1);
  }
  if (rectifies) {
    PICKET_UNROLL
    for (int w = 0; w < vectors; w += 4) {
      uint64_t word = 0;
      PICKET_UNROLL
      for (int i = 0; i < 4 && w + i < vectors; i++) {
        /* The second number if one of them is not a number: a network that overflowed is noticed at
         * its score. */
        sums[w + i] = picket_greater((picket_float32x16)0.0f, sums[w + i]);
        word |= (uint64_t)picket_nonzero_bits(sums[w + i]) << (16 * i);
      }
      /* A network that overflowed may have numbers beyond its last output, of which no row is. */
      if (left - 16 * w < 64) word &= ((uint64_t)1 << (left - 16 * w)) - 1;
      words[w / 4] = bit ? words[0] | word << bit : word;
    }
  }
  PICKET_UNROLL
  for (int i = 0; i < vectors; i++) picket_store_floats(output + i * 64, sums[i]);
}

/* `vectors` times sixteen neighbouring outputs, from output `at` on, of all records. */
PICKET_INLINE void picket_tile_block(const picket_layer *layer, const picket_tile *tile,
                                     const picket_features *f, picket_vector in, picket_vector out,
                                     long at, const int element, const int vectors,
                                     const int chains) {
  const int bytes = element == 1 ? 4 : element == 2 ? 2 : 1;
  const char *column = layer->weights + at * bytes;
  const char *bias = layer->bias + at * 4, *scale = layer->scale + at * 4;
  char *record = tile->memory;
  for (long r = 0; r < tile->count; r++, record += tile->record_bytes) {
    picket_float32x16 sums[8] = {};
    if (element != 3) {
      PICKET_UNROLL
      for (int i = 0; i < vectors; i++) sums[i] = picket_load_floats(bias + i * 64);
    }
    const float *values = (const float *)(record + in.values);
    const uint64_t *words = (const uint64_t *)(record + in.words);
    if (f) {
      picket_add_record(sums, f, (const uint32_t *)(record + tile->categories), values, words,
                        column, layer->row_bytes, element, vectors, chains);
    } else if (vectors == 1 && layer->inputs <= 32) {
      /* So few that finding the zeros takes longer. */
      picket_add_all(sums, values, layer->inputs, column, layer->row_bytes, element, vectors,
                     chains);
    } else {
      for (long k = 0; k < layer->inputs; k += 64)
        picket_add_marked(sums, *words++, values + k, 0, column + k * layer->row_bytes,
                          layer->row_bytes, element, vectors, chains);
    }
    picket_store_sums(sums, bias, scale, layer->rectifies, record + out.values + at * 4,
                      (uint64_t *)(record + out.words) + at / 64, (int)(at % 64),
                      layer->outputs - at, element, vectors, chains);
  }
}

/*
 * x W + b for all records of a tile, and max(that, 0) with its bits if the layer rectifies. The
 * inputs are those of the first layer if there are features, else a vector of each record. Rows of
 * weights are `element` = 1 (binary32), 2 (binary16) or 3 (bytes, with a scale for each output).
 */
PICKET_INLINE void picket_tile_layer(const picket_layer *layer, const picket_tile *tile,
                                     const picket_features *features, picket_vector in,
                                     picket_vector out, const int element) {
  long at = 0;
#define PICKET_BLOCK(vectors, chains) \
  picket_tile_block(layer, tile, features, in, out, at, element, vectors, chains)
#ifdef __AVX512F__
  for (; at + 128 <= layer->stride; at += 128) PICKET_BLOCK(8, 1);
  if (at + 64 <= layer->stride) {
    PICKET_BLOCK(4, 2);
    at += 64;
  }
  if (at + 32 <= layer->stride) {
    PICKET_BLOCK(2, 4);
    at += 32;
  }
  if (at < layer->stride) PICKET_BLOCK(1, 8);
#else
  for (; at + 64 <= layer->stride; at += 64) PICKET_BLOCK(4, 1);
  if (at + 32 <= layer->stride) {
    PICKET_BLOCK(2, 2);
    at += 32;
  }
  if (at < layer->stride) PICKET_BLOCK(1, 4);
#endif
#undef PICKET_BLOCK
}

/* The bits of the first `count` numbers of a vector. */
PICKET_INLINE void picket_mark(const float *values, long count, uint64_t *words) {
  for (long k = 0; k < count; k += 64) {
    uint64_t word = 0;
    for (int bit = 0; bit < 64 && k + bit < count; bit += 16)
      word |= (uint64_t)picket_nonzero_bits(picket_load_floats(values + k + bit)) << bit;
    if (count - k < 64) word &= ((uint64_t)1 << (count - k)) - 1;
    *words++ = word;
  }
}

/* Writes a record's inputs to their places in a vector of zeros. */
PICKET_INLINE void picket_scatter(const picket_features *f, const uint32_t *categories,
                                  const float *values, const uint64_t *words, float *vector) {
  for (long i = 1; i <= categories[0]; i++) vector[categories[i]] = 1;
  const uint32_t *numbers = f->planes;
  for (long p = 0; p < f->plane_count; p++) {
    for (long lane = 0; lane < f->lanes; lane += 64) {
      for (uint64_t word = *words++; word; word &= word - 1) {
        const long k = lane + __builtin_ctzll(word);
        vector[numbers[k]] = values[k];
      }
    }
    values += f->lanes;
    numbers += picket_plane_arrays(f, p) * f->lanes;
  }
}

#pragma clang diagnostic pop

#endif
#endif /* PICKET_TILE_H */
