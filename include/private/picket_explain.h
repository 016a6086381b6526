/*
 * The inner loops of an explanation; see picket_dense.h for why they are in C. Rows of weights are
 * taken in groups, whose sums stay in registers while columns pass by. Private: nothing of it is left
 * in the archive as a function.
 */
#ifndef PICKET_EXPLAIN_H
#define PICKET_EXPLAIN_H

#include "picket_encode.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpsabi"
#pragma clang assume_nonnull begin

typedef float picket_eight_at_4 __attribute__((ext_vector_type(8), aligned(4), may_alias));
typedef float picket_four_at_4 __attribute__((ext_vector_type(4), aligned(4), may_alias));
typedef float picket_two_at_4 __attribute__((ext_vector_type(2), aligned(4), may_alias));

/* Rows of weights of a layer, and what came back to its outputs. */
typedef struct {
  const char *weights;
  /* A number for each output, if weights are bytes. */
  const char *scale;
  const char *errors;
  /* Where rows and outputs meet, in bytes from the row that is asked for and from the first output:
   * one pair in a dense layer, one for each place of the kernel in a convolution. */
  const uint32_t *tap_rows, *tap_outputs;
  long taps;
  long row_bytes;
  long stride;
} picket_way_back;

/* How many numbers there are before the zeros at the end: a multiple of sixteen, as `count` is, and sixteen
 * at least. */
PICKET_INLINE long picket_before_zeros(const float *numbers, long count) {
  while (count > 16 && !__builtin_reduce_or(picket_load_floats(numbers + count - 16) != 0.0f))
    count -= 16;
  return count;
}

/* Four sums of eight numbers each, within halves: those of the lower numbers, then of the upper. */
PICKET_INLINE picket_float32x8 picket_sum_halves(picket_float32x8 a, picket_float32x8 b,
                                                 picket_float32x8 c, picket_float32x8 d) {
#ifdef __AVX2__
#define PICKET_PAIRS(x, y) ((picket_float32x8)_mm256_hadd_ps((__m256)x, (__m256)y))
#else
#define PICKET_PAIRS(x, y)                                             \
  (__builtin_shufflevector(x, y, 0, 2, 8, 10, 4, 6, 12, 14) +          \
   __builtin_shufflevector(x, y, 1, 3, 9, 11, 5, 7, 13, 15))
#endif
  return PICKET_PAIRS(PICKET_PAIRS(a, b), PICKET_PAIRS(c, d));
#undef PICKET_PAIRS
}

/* The sums of 1, 2, 4 or 8 vectors; nothing of use behind them. */
PICKET_INLINE picket_float32x8 picket_sum_group(const picket_float32x8 *x, const int group) {
  picket_float32x8 sums = 0;
  PICKET_UNROLL
  for (int i = 0; i < group; i += 4) {
    const picket_float32x8 four = picket_sum_halves(x[i], x[i + 1], x[i + 2], x[i + 3]);
    if (i == 0)
      sums.lo = four.lo + four.hi;
    else
      sums.hi = four.lo + four.hi;
  }
  return sums;
}

/* Writes the first 1, 2, 4 or 8 of eight numbers. */
PICKET_INLINE void picket_store_group(float *to, picket_float32x8 numbers, const int group) {
  if (group == 8)
    *(picket_eight_at_4 *)to = numbers;
  else if (group == 4)
    *(picket_four_at_4 *)to = numbers.lo;
  else if (group == 2)
    *(picket_two_at_4 *)to = numbers.lo.lo;
  else
    *to = numbers[0];
}

PICKET_INLINE picket_float32x8 picket_load_eight(const char *from) {
  return *(const picket_eight_at_4 *)from;
}

/* sum + x * y, rounded once if fused. */
PICKET_INLINE picket_float32x8 picket_multiply_add_eight(picket_float32x8 sum, picket_float32x8 x,
                                                         picket_float32x8 y, const int fused) {
#pragma clang fp contract(off)
  if (fused) return __builtin_elementwise_fma(x, y, sum);
  const picket_float32x8 product = x * y;
  return sum + product;
}

/* Row `g` of eight, as addresses can be written of the first one and the fourth. */
PICKET_INLINE const char *picket_row(const char *first, const char *fourth, long row_bytes,
                                     const int g) {
  const int behind = g == 3 || g == 5 || g == 7;
  return behind ? fourth + (g - 3) * row_bytes : first + g * row_bytes;
}

/* Adds to sums what eight columns of `group` rows make, `at` bytes behind the first row's start. */
PICKET_INLINE void picket_add_columns(picket_float32x8 *sums, const char *errors, const char *first,
                                      const char *fourth, long row_bytes, const int at,
                                      const int group, const int fused) {
  const picket_float32x8 error = picket_load_eight(errors + at);
  PICKET_UNROLL
  for (int g = 0; g < group; g++)
    sums[g] = picket_multiply_add_eight(
        sums[g], error, picket_load_eight(picket_row(first, fourth, row_bytes, g) + at), fused);
}

#if defined(__AVX2__) && !defined(__AVX512F__)
/*
 * As picket_products_of of eight rows, of binary32, where rows and errors meet once: without what has
 * to be done for many taps. The first eight columns, which every layer has, start the sums.
 */
PICKET_INLINE picket_float32x8 picket_products_met_once(const char *first, const char *errors,
                                                        long row_bytes, long stride) {
  const char *fourth = first + 3 * row_bytes, *end = first + stride * 4;
  picket_float32x8 sums[8];
  PICKET_UNROLL
  for (int g = 0; g < 8; g++)
    sums[g] = picket_load_eight(errors) *
              picket_load_eight(picket_row(first, fourth, row_bytes, g));
  picket_add_columns(sums, errors, first, fourth, row_bytes, 32, 8, 1);
  for (;;) {
    first += 64;
    fourth += 64;
    errors += 64;
    __asm__("" : "+r"(first), "+r"(fourth)); /* or the compiler makes eight pointers of them */
    if (first == end) return picket_sum_group(sums, 8);
    picket_add_columns(sums, errors, first, fourth, row_bytes, 0, 8, 1);
    picket_add_columns(sums, errors, first, fourth, row_bytes, 32, 8, 1);
  }
}
#endif

/*
 * Products of `group` neighbouring rows, 1, 2, 4 or 8, with the errors. Columns are taken by sixteen,
 * or by `lanes` = 8, if weights are binary32, for twice as many rows in the same registers.
 */
PICKET_INLINE picket_float32x8 picket_products_of(picket_way_back layer, const char *rows,
                                                  const int element, const int group,
                                                  const int lanes, const int fused) {
  const int bytes = element == 1 ? 4 : element == 2 ? 2 : 1;
#ifdef __AVX2__
  const int step = 64; /* two vectors of columns for one round of the loop */
#else
  const int step = 32;
#endif
  picket_float32x16 sums[8] = {};
  picket_float32x8 halves[8] = {};
  long t = layer.taps;
  while (--t >= 0) {
    const char *errors = layer.errors + layer.tap_outputs[t];
    const char *first = rows + layer.tap_rows[t], *fourth = first + 3 * layer.row_bytes;
    if (lanes == 8) {
      const char *end = first + layer.stride * 4;
      _Pragma("clang loop unroll(disable)") do {
        PICKET_UNROLL
        for (int half = 0; half < step; half += 32)
          picket_add_columns(halves, errors, first, fourth, layer.row_bytes, half, group, fused);
        first += step;
        fourth += step;
        errors += step;
#ifdef __AVX2__
        __asm__("" : "+r"(first), "+r"(fourth)); /* or the compiler makes eight pointers of them */
#endif
      } while (first < end);
      continue;
    }
    _Pragma("clang loop unroll(disable)") for (long j = 0; j < layer.stride; j += 16) {
      picket_float32x16 error = picket_load_floats(errors + j * 4);
      if (element == 3) error = error * picket_load_floats(layer.scale + j * 4);
      PICKET_UNROLL
      for (int g = 0; g < group; g++)
        sums[g] = picket_multiply_add(
            sums[g], error,
            picket_weights(picket_row(first, fourth, layer.row_bytes, g) + j * bytes, element), fused);
    }
  }
  if (lanes == 16) {
    PICKET_UNROLL
    for (int g = 0; g < group; g++) halves[g] = sums[g].lo + sums[g].hi;
  }
  return picket_sum_group(halves, group);
}

/* What comes back to `count` neighbouring inputs: the products of their rows with the errors. */
PICKET_INLINE void picket_products(picket_way_back layer, long count, float *result,
                                   const int element, const int group, const int lanes,
                                   const int fused) {
  const char *rows = layer.weights;
  long k = 0;
#if defined(__AVX2__) && !defined(__AVX512F__)
  if (lanes == 8 && layer.taps == 1) {
    const char *errors = layer.errors + *layer.tap_outputs;
    for (; k + 8 <= count; k += 8, rows += 8 * layer.row_bytes)
      picket_store_group(result + k,
                         picket_products_met_once(rows + *layer.tap_rows, errors, layer.row_bytes,
                                                  layer.stride),
                         8);
  }
#endif
  for (; k + group <= count; k += group) {
    picket_store_group(result + k, picket_products_of(layer, rows, element, group, lanes, fused),
                       group);
    rows += group * layer.row_bytes;
  }
  for (; k < count; k++) {
    result[k] = picket_products_of(layer, rows, element, 1, lanes, fused)[0];
    rows += layer.row_bytes;
  }
}

/* max(x, 0); keeps a NaN. */
PICKET_INLINE picket_float32x16 picket_rectified(picket_float32x16 x) {
#ifdef __AVX2__
  return picket_greater((picket_float32x16)0.0f, x);
#else
  const picket_float32x16 zero = 0.0f;
  return zero > x ? zero : x;
#endif
}

PICKET_INLINE picket_float32x8 picket_rectified_eight(picket_float32x8 x) {
#ifdef __AVX2__
  return (picket_float32x8)_mm256_max_ps(_mm256_setzero_ps(), (__m256)x);
#else
  const picket_float32x8 zero = 0.0f;
  return zero > x ? zero : x;
#endif
}

/*
 * Adds up errors times outputs of rectifiers: as they are, if `group` is 0, or without each of `group`
 * inputs, its step times its row. Columns are taken by `lanes`, as picket_products_of does.
 */
PICKET_INLINE void picket_outputs_without(picket_way_back layer, const char *layer_sums,
                                          const char *_Nonnull const *_Nonnull rows,
                                          const float *steps, picket_float32x8 *outputs,
                                          const int element, const int group, const int lanes,
                                          const int fused) {
  const int bytes = element == 1 ? 4 : element == 2 ? 2 : 1;
  picket_float32x16 wide[8] = {};
  long t = layer.taps;
  while (--t >= 0) {
    const long at = layer.tap_rows[t];
    const char *errors = layer.errors + layer.tap_outputs[t];
    const char *sums = layer_sums + layer.tap_outputs[t];
    long j = 0;
    _Pragma("clang loop unroll(disable)") do {
      if (lanes == 8) {
        PICKET_UNROLL
        for (int half = 0; half < 64; half += 32) {
          const picket_float32x8 sum = picket_load_eight(sums + j * 4 + half);
          const picket_float32x8 error = picket_load_eight(errors + j * 4 + half);
          if (!group)
            outputs[0] = picket_multiply_add_eight(outputs[0], error, picket_rectified_eight(sum), fused);
          PICKET_UNROLL
          for (int g = 0; g < group; g++) {
            const picket_float32x8 weights = picket_load_eight(rows[g] + at + j * 4 + half);
            outputs[g] = picket_multiply_add_eight(
                outputs[g], error,
                picket_rectified_eight(picket_multiply_add_eight(sum, steps[g], weights, fused)), fused);
          }
        }
      } else {
        const picket_float32x16 sum = picket_load_floats(sums + j * 4);
        const picket_float32x16 error = picket_load_floats(errors + j * 4);
        if (!group) wide[0] = picket_multiply_add(wide[0], error, picket_rectified(sum), fused);
        PICKET_UNROLL
        for (int g = 0; g < group; g++) {
          picket_float32x16 weights = picket_weights(rows[g] + at + j * bytes, element);
          if (element == 3) weights = weights * picket_load_floats(layer.scale + j * 4);
          wide[g] = picket_multiply_add(
              wide[g], error, picket_rectified(picket_multiply_add(sum, steps[g], weights, fused)),
              fused);
        }
      }
      j += 16;
    } while (j < layer.stride);
  }
  if (lanes == 16) {
    PICKET_UNROLL
    for (int g = 0; g < (group ? group : 1); g++) outputs[g] = wide[g].lo + wide[g].hi;
  }
}

/*
 * What a layer of rectifiers with these sums would lose without each of `count` listed inputs: the
 * sum over outputs of error * (max(sum, 0) - max(sum - value * weight, 0)). `numbers` are those of
 * the inputs, in the lower half; the losses take the places of the values, and others the places up to
 * a whole group.
 */
PICKET_INLINE void picket_losses(picket_way_back layer, const char *layer_sums, float *values,
                                 const uint32_t *numbers, long count, const int element,
                                 const int group, const int lanes, const int fused) {
  const char *rows[8];
  float steps[8];
  const long last = count - 1;
  picket_float32x8 with[1] = {};
  picket_outputs_without(layer, layer_sums, rows, steps, with, element, 0, lanes, fused);
  for (long k = 0; k < count; k += group) {
    picket_float32x8 losses[8] = {};
    PICKET_UNROLL
    for (int g = 0; g < group; g++) {
      /* Behind the last input, the last input. */
      const long i = k + g < last ? k + g : last;
      rows[g] = layer.weights + (numbers[i] & 0xFFFF) * layer.row_bytes;
      steps[g] = -values[i];
    }
    picket_outputs_without(layer, layer_sums, rows, steps, losses, element, group, lanes, fused);
    PICKET_UNROLL
    for (int g = 0; g < group; g++) losses[g] = with[0] - losses[g];
    picket_store_group(values + k, picket_sum_group(losses, group), group);
  }
}

#pragma clang assume_nonnull end
#pragma clang diagnostic pop

#endif /* PICKET_EXPLAIN_H */
