/*
 * Layers in integer arithmetic on processors with AVX2, for which products are the scarce resource.
 * Private; see picket_groups.h for the inputs.
 */
#ifndef PICKET_INTEGER_AVX2_H
#define PICKET_INTEGER_AVX2_H

#include "picket_groups.h"

#if defined(__AVX2__) && !defined(PICKET_VNNI)

/*
 * (sums * multipliers + 2^(shift - 1)) >> shift for shifts from 33 on, or any other number below 0
 * if that is: the upper halves of the products hold all that is left, and 2^(shift - 1) has no lower
 * one. Reads four bytes behind the multipliers, where a further layer is.
 */
PICKET_INLINE __m256i picket_scaled_sums(__m256i sums, const char *multipliers, uint32_t shift) {
  const __m256i even =
      _mm256_mul_epi32(sums, _mm256_loadu_si256((const __m256i *)multipliers));
  const __m256i odd = _mm256_mul_epi32(_mm256_srli_epi64(sums, 32),
                                       _mm256_loadu_si256((const __m256i *)(multipliers + 4)));
  const __m256i upper = _mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, 0xAA);
  const __m256i half = _mm256_set1_epi32((int)(1u << (shift - 33)));
  return _mm256_sra_epi32(_mm256_add_epi32(upper, half), _mm_cvtsi32_si128((int)shift - 32));
}

/* Sums as bytes, clamped to 0 ... 127, or, if shift is 0, as floats. */
PICKET_INLINE void picket_finish(const __m256i *sums, const char *scale, uint32_t shift,
                                 char *output, const int eights) {
  if (!shift) {
    PICKET_UNROLL
    for (int i = 0; i < eights; i++)
      _mm256_storeu_ps((float *)output + i * 8,
                       _mm256_mul_ps(_mm256_cvtepi32_ps(sums[i]),
                                     _mm256_loadu_ps((const float *)scale + i * 8)));
    return;
  }
  __m256i words[4];
  PICKET_UNROLL
  for (int i = 0; i < eights; i += 2)
    words[i / 2] = _mm256_packs_epi32(picket_scaled_sums(sums[i], scale + i * 32, shift),
                                      picket_scaled_sums(sums[i + 1], scale + i * 32 + 32, shift));
  const __m256i most = _mm256_set1_epi8(127);
  PICKET_UNROLL
  for (int i = 0; i + 4 <= eights; i += 4) {
    /* Four numbers of the first vector, of the second, ...: then the next four of each. */
    const __m256i mixed =
        _mm256_min_epu8(_mm256_packus_epi16(words[i / 2], words[i / 2 + 1]), most);
    _mm256_storeu_si256((__m256i *)(output + i * 8),
                        _mm256_permutevar8x32_epi32(
                            mixed, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7)));
  }
  if (eights == 2) {
    const __m256i mixed = _mm256_min_epu8(_mm256_packus_epi16(words[0], words[0]), most);
    _mm_storeu_si128((__m128i *)output,
                     _mm_unpacklo_epi32(_mm256_castsi256_si128(mixed),
                                        _mm256_extracti128_si256(mixed, 1)));
  }
}

/*
 * `eights` times eight neighbouring outputs of a list, from output `at` on. Weights of inputs 0 and 2,
 * then of 1 and 3, are widened by shifts, so that a pair of products is one instruction. Those of
 * one-hots are first added up in sixteen bits: there are at most 255.
 */
PICKET_INLINE void picket_first_block(const picket_integer_layer *layer, const picket_list *list,
                                      const picket_group *groups, char *output, long at, const int eights) {
  const char *column = layer->weights + at * 4, *bias = layer->bias + at * 4;
  const picket_group *ones = groups + list->one_hots;
  const int *pairs = (const int *)ones;
  const uint32_t *offsets = (const uint32_t *)(pairs + 8 * list->spans);
  __m256i sums[8];
  PICKET_UNROLL
  for (int i = 0; i < eights; i++) sums[i] = _mm256_setzero_si256();
  for (; groups < ones; groups++) {
    const __m256i place = _mm256_set1_epi32((int)groups->digits[0]);
    const __m256i *row = (const __m256i *)(column + groups->offset);
    PICKET_UNROLL
    for (int i = 0; i < eights; i++)
      sums[i] = _mm256_add_epi16(sums[i], _mm256_maddubs_epi16(place, _mm256_loadu_si256(row + i)));
  }
  PICKET_UNROLL
  for (int i = 0; i < eights; i++)
    sums[i] = _mm256_add_epi32(_mm256_madd_epi16(sums[i], _mm256_set1_epi16(16383)),
                               _mm256_loadu_si256((const __m256i *)bias + i));
  for (uint64_t some = list->some; some; some &= some - 1) {
    const long k = __builtin_ctzll(some);
    const __m256i even = _mm256_set1_epi32(pairs[2 * k]), odd = _mm256_set1_epi32(pairs[2 * k + 1]);
    const __m256i *row = (const __m256i *)(column + offsets[k]);
    PICKET_UNROLL
    for (int i = 0; i < eights; i++) {
      const __m256i weights = _mm256_loadu_si256(row + i);
      const __m256i lower = _mm256_srai_epi16(_mm256_slli_epi16(weights, 8), 8);
      sums[i] = _mm256_add_epi32(sums[i], _mm256_madd_epi16(even, lower));
      sums[i] = _mm256_add_epi32(sums[i], _mm256_madd_epi16(odd, _mm256_srai_epi16(weights, 8)));
    }
  }
  picket_finish(sums, layer->scale + at * 4, layer->shift, output + (layer->shift ? at : at * 4),
                eights);
}

/* A layer of the inputs of a list. */
PICKET_INLINE void picket_first_integers(const picket_integer_layer *layer,
                                         const picket_list *list, const void *groups,
                                         void *output) {
  long at = 0;
  for (; at + 64 <= layer->stride; at += 64) picket_first_block(layer, list, groups, output, at, 8);
  for (; at < layer->stride; at += 16) picket_first_block(layer, list, groups, output, at, 2);
}

/*
 * Whether four groups of inputs, each a quarter of all of them from the next, add up to less than 255
 * in each pair of places: then so do their products with weights of eight bits in sixteen bits.
 * `bytes` of a quarter are a multiple of 16.
 */
PICKET_INLINE int picket_sums_fit(const char *inputs, long bytes) {
  __m128i over = _mm_setzero_si128();
  for (long at = 0; at < bytes; at += 16) {
    __m128i sum = _mm_loadu_si128((const __m128i *)(inputs + at));
    PICKET_UNROLL
    for (int i = 1; i < 4; i++)
      sum = _mm_adds_epu8(sum, _mm_loadu_si128((const __m128i *)(inputs + at + i * bytes)));
    const __m128i pairs = _mm_maddubs_epi16(sum, _mm_set1_epi8(1));
    over = _mm_or_si128(over, _mm_cmpgt_epi16(pairs, _mm_set1_epi16(254)));
  }
  return _mm_movemask_epi8(over) == 0;
}

/* Adds `together` groups of inputs, `bytes` of them from one to the next, to sums. */
PICKET_INLINE void picket_add_groups(__m256i *sums, const char *inputs, long bytes,
                                     const char *column, long column_bytes, const int eights,
                                     const int together) {
  const __m256i one = _mm256_set1_epi16(1);
  __m256i words[4];
  PICKET_UNROLL
  for (int g = 0; g < together; g++) {
    int word;
    __builtin_memcpy(&word, inputs + g * bytes, 4);
    words[g] = _mm256_set1_epi32(word);
  }
  PICKET_UNROLL
  for (int i = 0; i < eights; i++) {
    __m256i pairs = _mm256_setzero_si256();
    PICKET_UNROLL
    for (int g = 0; g < together; g++) {
      const __m256i *row = (const __m256i *)(column + g * column_bytes) + i;
      const __m256i products = _mm256_maddubs_epi16(words[g], _mm256_loadu_si256(row));
      pairs = g ? _mm256_add_epi16(pairs, products) : products;
    }
    sums[i] = _mm256_add_epi32(sums[i], _mm256_madd_epi16(pairs, one));
  }
}

/*
 * Which groups of inputs are not zero, if they are few: else 0, for then it is faster to add up all.
 * Inputs are read up to a multiple of 32 bytes.
 */
PICKET_INLINE uint64_t picket_some_groups(const char *inputs, long groups) {
  uint64_t none = 0;
  if (groups > 64) return 0;
  long k = 0;
  do {
    const __m256i eight = _mm256_loadu_si256((const __m256i *)(inputs + k * 4));
    const __m256i zero = _mm256_cmpeq_epi32(eight, _mm256_setzero_si256());
    none |= (uint64_t)(uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(zero)) << k;
    k += 8;
  } while (k < groups);
  const uint64_t some = ~none & (~(uint64_t)0 >> (64 - groups));
  return 2 * __builtin_popcountll(some) < groups ? some : 0;
}

/*
 * `eights` times eight neighbouring outputs of inputs of seven bits, from output `at` on: of `some`
 * groups or, if that is 0, of all; `fits` says whether sums of four groups do.
 */
PICKET_INLINE void picket_next_block(const picket_integer_layer *layer, const char *inputs,
                                     uint64_t some, int fits, char *output, long at,
                                     const int eights) {
  const char *column = layer->weights + at * 4, *bias = layer->bias + at * 4;
  const long group_bytes = layer->stride * 4, count = layer->groups;
  __m256i sums[8];
  PICKET_UNROLL
  for (int i = 0; i < eights; i++) sums[i] = _mm256_loadu_si256((const __m256i *)bias + i);
  if (some) {
    do {
      const long k = __builtin_ctzll(some);
      picket_add_groups(sums, inputs + k * 4, 0, column + k * group_bytes, 0, eights, 1);
      some &= some - 1;
    } while (some);
  } else if (fits) {
    /* Or the compiler works out the addresses of quarters for all layers. */
    long quarter = count / 4;
    __asm__ volatile("" : "+r"(quarter));
    for (long k = 0; k < quarter; k++)
      picket_add_groups(sums, inputs + k * 4, 4 * quarter, column + k * group_bytes,
                        quarter * group_bytes, eights, 4);
  } else {
    for (long k = 0; k < count; k++)
      picket_add_groups(sums, inputs + k * 4, 0, column + k * group_bytes, 0, eights, 1);
  }
  picket_finish(sums, layer->scale + at * 4, layer->shift, output + (layer->shift ? at : at * 4),
                eights);
}

/* A layer of inputs of seven bits of one record. */
PICKET_INLINE void picket_next_one(const picket_integer_layer *layer, const void *inputs,
                                   void *output) {
  const uint64_t some = picket_some_groups(inputs, layer->groups);
  const int fits = !some && layer->groups % 16 == 0 && picket_sums_fit(inputs, layer->groups);
  long at = 0;
  for (; at + 64 <= layer->stride; at += 64)
    picket_next_block(layer, inputs, some, fits, output, at, 8);
  for (; at + 32 <= layer->stride; at += 32)
    picket_next_block(layer, inputs, some, fits, output, at, 4);
  if (at < layer->stride) picket_next_block(layer, inputs, some, fits, output, at, 2);
}

#endif

#endif /* PICKET_INTEGER_AVX2_H */
