/*
 * The inner loops of a layer of floats. In C, because the sums must stay in registers while rows of
 * weights pass by, and here it is certain that they do: each function is inlined with its last
 * arguments constant, so that every loop over vectors is unrolled. Private: nothing of it is left in
 * the archive as a function.
 */
#ifndef PICKET_DENSE_H
#define PICKET_DENSE_H

#include "picket_kernels.h"

/* No vector is ever returned by a call, so it does not matter how one would be. */
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpsabi"

#define PICKET_INLINE static inline __attribute__((always_inline))
#define PICKET_UNROLL _Pragma("clang loop unroll(full)")

/* How many sums a processor keeps in registers, for the last argument of picket_dense. */
enum {
  PICKET_NARROW = 1, /* 16 numbers: eight vector registers, or none */
  PICKET_PLAIN = 2,  /* 32 numbers */
  PICKET_WIDE = 4,   /* 64 numbers: AVX */
  PICKET_WIDEST = 8  /* 128 numbers: AVX-512; here as if it were AVX, for where it is, tiles compute */
};

/* The inputs of a layer that are not zero: `count` values, a multiple of four, and for each the offset
 * of its row in bytes. */
typedef struct {
  const float *values;
  const uint32_t *offsets;
  long count;
} picket_rows;

/* sum + x * y, rounded once if fused. */
PICKET_INLINE picket_float32x16 picket_multiply_add(picket_float32x16 sum, picket_float32x16 x,
                                                    picket_float32x16 y, const int fused) {
#pragma clang fp contract(off)
  if (fused) return __builtin_elementwise_fma(x, y, sum);
  const picket_float32x16 product = x * y;
  return sum + product;
}

/* Sixteen weights of an element type as the file numbers them, widened. */
PICKET_INLINE picket_float32x16 picket_weights(const char *row, const int element) {
  if (element == 1) return picket_load_floats(row);
  return element == 2 ? picket_widen_halves(row) : picket_widen_bytes(row);
}

PICKET_INLINE void picket_add_row(picket_float32x16 *sums, float x, const char *row,
                                  const int element, const int vectors, const int fused) {
  const int bytes = element == 1 ? 64 : element == 2 ? 32 : 16;
  const picket_float32x16 splat = x;
  PICKET_UNROLL
  for (int i = 0; i < vectors; i++)
    sums[i] = picket_multiply_add(sums[i], splat, picket_weights(row + i * bytes, element), fused);
}

/* Adds the rows of a list. */
PICKET_INLINE void picket_listed_rows(picket_float32x16 *sums, const char *column,
                                      picket_rows inputs, const int element, const int vectors,
                                      const int chains, const int fused) {
  _Pragma("clang loop unroll(disable)") for (long k = 0; k < inputs.count; k += chains) {
    PICKET_UNROLL
    for (int c = 0; c < chains; c++)
      picket_add_row(sums + c * vectors, inputs.values[k + c], column + inputs.offsets[k + c],
                     element, vectors, fused);
  }
}

/*
 * `vectors` times sixteen neighbouring outputs. Narrow blocks have several chains of additions, to
 * hide their latency.
 */
PICKET_INLINE void picket_block(const char *column, const char *bias, const char *scale,
                                picket_rows inputs, char *output, const int element,
                                const int vectors, const int chains, const int fused) {
  picket_float32x16 sums[4] = {};
  if (element != 3) {
    PICKET_UNROLL
    for (int i = 0; i < vectors; i++) sums[i] = picket_load_floats(bias + i * 64);
  }
  picket_listed_rows(sums, column, inputs, element, vectors, chains, fused);
  PICKET_UNROLL
  for (int i = 0; i < vectors; i++) {
    picket_float32x16 sum = sums[i];
    if (chains == 2) sum = sum + sums[vectors + i];
    if (chains == 4)
      sum = (sum + sums[vectors + i]) + (sums[2 * vectors + i] + sums[3 * vectors + i]);
    if (element == 3)
      sum = picket_multiply_add(picket_load_floats(bias + i * 64), sum,
                                picket_load_floats(scale + i * 64), fused);
    picket_store_floats(output + i * 64, sum);
  }
}

/*
 * x W + b for `stride` outputs, a multiple of 16. Rows of weights are `element` = 1 (binary32), 2
 * (binary16) or 3 (bytes, with a scale for each output).
 */
PICKET_INLINE void picket_dense(const void *weights, const void *bias, const void *scale,
                                picket_rows inputs, void *output, long stride, const int element,
                                const int fused, const int width) {
  const int bytes = element == 1 ? 4 : element == 2 ? 2 : 1;
  const char *w = weights, *b = bias, *s = scale;
  char *y = output;
  long at = 0;
#define PICKET_BLOCK(vectors, chains)                                                        \
  picket_block(w + at * bytes, b + at * 4, s + at * 4, inputs, y + at * 4, element, vectors, \
               chains, fused)
  if (width >= PICKET_WIDE) {
    for (; at + 64 <= stride; at += 64) PICKET_BLOCK(4, 1);
    if (at + 32 <= stride) {
      PICKET_BLOCK(2, 2);
      at += 32;
    }
    if (at < stride) PICKET_BLOCK(1, 4);
  } else if (width == PICKET_PLAIN) {
    for (; at + 32 <= stride; at += 32) PICKET_BLOCK(2, 1);
    if (at < stride) PICKET_BLOCK(1, 1);
  } else {
    for (; at < stride; at += 16) PICKET_BLOCK(1, 1);
  }
#undef PICKET_BLOCK
}

#pragma clang diagnostic pop

#endif /* PICKET_DENSE_H */
