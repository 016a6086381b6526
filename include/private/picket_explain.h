/*
 * The inner loops of an explanation; see picket_dense.h for why they are in C. Rows of weights are
 * taken in groups, whose sums stay in registers while columns pass by. Private: nothing of it is left
 * in the archive as a function.
 */
#ifndef PICKET_EXPLAIN_H
#define PICKET_EXPLAIN_H

#include "picket_dense.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpsabi"
#pragma clang assume_nonnull begin

typedef float picket_float32x8 __attribute__((ext_vector_type(8)));
typedef float picket_eight_at_4 __attribute__((ext_vector_type(8), aligned(4), may_alias));

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

/* Four sums of eight numbers each, within halves: those of the lower numbers, then of the upper. */
PICKET_INLINE picket_float32x8 picket_sum_halves(picket_float32x8 a, picket_float32x8 b,
                                                 picket_float32x8 c, picket_float32x8 d) {
#define PICKET_PAIRS(x, y)                                             \
  (__builtin_shufflevector(x, y, 0, 8, 1, 9, 4, 12, 5, 13) +           \
   __builtin_shufflevector(x, y, 2, 10, 3, 11, 6, 14, 7, 15))
  const picket_float32x8 ab = PICKET_PAIRS(a, b), cd = PICKET_PAIRS(c, d);
#undef PICKET_PAIRS
  return __builtin_shufflevector(ab, cd, 0, 1, 8, 9, 4, 5, 12, 13) +
         __builtin_shufflevector(ab, cd, 2, 3, 10, 11, 6, 7, 14, 15);
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
  for (long t = 0; t < layer.taps; t++) {
    const char *row[8], *errors = layer.errors + layer.tap_outputs[t];
    const char *at = rows + layer.tap_rows[t];
    PICKET_UNROLL
    for (int g = 0; g < group; g++) {
      row[g] = at;
      at += layer.row_bytes;
#ifdef __AVX2__
      __asm__("" : "+r"(at)); /* or the compiler keeps the rows of the next group in memory */
#endif
    }
    if (lanes == 8) {
      _Pragma("clang loop unroll(disable)") for (long j = 0; j < layer.stride * 4; j += step) {
        PICKET_UNROLL
        for (int half = 0; half < step; half += 32) {
          const picket_float32x8 error = picket_load_eight(errors + j + half);
          PICKET_UNROLL
          for (int g = 0; g < group; g++)
            halves[g] = picket_multiply_add_eight(halves[g], error,
                                                  picket_load_eight(row[g] + j + half), fused);
        }
      }
      continue;
    }
    _Pragma("clang loop unroll(disable)") for (long j = 0; j < layer.stride; j += 16) {
      picket_float32x16 error = picket_load_floats(errors + j * 4);
      if (element == 3) error = error * picket_load_floats(layer.scale + j * 4);
      PICKET_UNROLL
      for (int g = 0; g < group; g++)
        sums[g] = picket_multiply_add(sums[g], error, picket_weights(row[g] + j * bytes, element),
                                      fused);
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
  const picket_float32x16 zero = 0.0f;
  return zero > x ? zero : x;
}

/* Errors times outputs of rectifiers, without some inputs: their steps times their rows. */
PICKET_INLINE void picket_outputs_without(picket_way_back layer, const char *layer_sums,
                                          const char *_Nonnull const *_Nonnull rows,
                                          const picket_float32x16 *steps,
                                          picket_float32x16 *outputs, const int element,
                                          const int group, const int fused) {
  const int bytes = element == 1 ? 4 : element == 2 ? 2 : 1;
  for (long t = 0; t < layer.taps; t++) {
    const long at = layer.tap_rows[t];
    const char *errors = layer.errors + layer.tap_outputs[t];
    const char *sums = layer_sums + layer.tap_outputs[t];
    _Pragma("clang loop unroll(disable)") for (long j = 0; j < layer.stride; j += 16) {
      const picket_float32x16 sum = picket_load_floats(sums + j * 4);
      const picket_float32x16 error = picket_load_floats(errors + j * 4);
      if (!group) outputs[0] = picket_multiply_add(outputs[0], error, picket_rectified(sum), fused);
      PICKET_UNROLL
      for (int g = 0; g < group; g++) {
        picket_float32x16 weights = picket_weights(rows[g] + at + j * bytes, element);
        if (element == 3) weights = weights * picket_load_floats(layer.scale + j * 4);
        outputs[g] = picket_multiply_add(
            outputs[g], error,
            picket_rectified(picket_multiply_add(sum, steps[g], weights, fused)), fused);
      }
    }
  }
}

/*
 * What a layer of rectifiers with these sums would lose without each of `count` listed inputs: the
 * sum over outputs of error * (max(sum, 0) - max(sum - value * weight, 0)). `numbers` are those of
 * the inputs; the losses take the places of the values, and others the places up to a whole group.
 */
PICKET_INLINE void picket_losses(picket_way_back layer, const char *layer_sums, float *values,
                                 const uint32_t *numbers, long count, const int element,
                                 const int group, const int fused) {
  const char *rows[8];
  picket_float32x16 steps[8], with[1] = {};
  picket_outputs_without(layer, layer_sums, rows, steps, with, element, 0, fused);
  for (long k = 0; k < count; k += group) {
    picket_float32x16 outputs[8] = {};
    PICKET_UNROLL
    for (int g = 0; g < group; g++) {
      /* Behind the last input, the last input. */
      const long i = k + g < count ? k + g : count - 1;
      rows[g] = layer.weights + numbers[i] * layer.row_bytes;
      steps[g] = -values[i];
    }
    picket_outputs_without(layer, layer_sums, rows, steps, outputs, element, group, fused);
    picket_float32x8 losses[8] = {};
    PICKET_UNROLL
    for (int g = 0; g < group; g++) {
      outputs[g] = with[0] - outputs[g];
      losses[g] = outputs[g].lo + outputs[g].hi;
    }
    picket_store_group(values + k, picket_sum_group(losses, group), group);
  }
}

#pragma clang assume_nonnull end
#pragma clang diagnostic pop

#endif /* PICKET_EXPLAIN_H */
