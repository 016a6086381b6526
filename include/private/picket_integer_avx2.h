/*
 * Layers in integer arithmetic on processors with AVX2, for which products are the scarce resource.
 * Private; see picket_groups.h for the inputs.
 */
#ifndef PICKET_INTEGER_AVX2_H
#define PICKET_INTEGER_AVX2_H

#include "picket_groups.h"

#if defined(__AVX2__) && !defined(PICKET_VNNI)

/* Two vectors of sums as words, of each four lanes by turns; see `picket_requantize`. */
PICKET_INLINE __m256i picket_scaled_sums(const __m256i *sums, const char *multipliers,
                                         __m128i shift) {
  const __m256i *m = (const __m256i *)multipliers;
  return _mm256_mulhrs_epi16(
      _mm256_packs_epi32(_mm256_sra_epi32(sums[0], shift), _mm256_sra_epi32(sums[1], shift)),
      _mm256_packs_epi32(_mm256_loadu_si256(m), _mm256_loadu_si256(m + 1)));
}

/* Which of eight groups are not zero. */
PICKET_INLINE uint32_t picket_some_of_eight(__m256i groups) {
  const __m256i none = _mm256_cmpeq_epi32(groups, _mm256_setzero_si256());
  return ~(uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(none)) & 0xFF;
}

/* Sums as bytes, clamped to 0 ... 127, or, if shift is 0, as floats. Returns which groups of bytes are not
 * zero. */
PICKET_INLINE uint32_t picket_finish(const __m256i *sums, const char *scale, uint32_t shift,
                                     char *output, const int eights) {
  if (!shift) {
    PICKET_UNROLL
    for (int i = 0; i < eights; i++)
      _mm256_storeu_ps((float *)output + i * 8,
                       _mm256_mul_ps(_mm256_cvtepi32_ps(sums[i]),
                                     _mm256_loadu_ps((const float *)scale + i * 8)));
    return 0;
  }
  const __m128i count = _mm_cvtsi32_si128((int)shift);
  uint32_t some = 0;
  __m256i words[4];
  PICKET_UNROLL
  for (int i = 0; i < eights; i += 2)
    words[i / 2] = picket_scaled_sums(sums + i, scale + i * 32, count);
  PICKET_UNROLL
  for (int i = 0; i + 4 <= eights; i += 4) {
    /* Four numbers of the first vector, of the second, ...: then the next four of each. */
    const __m256i mixed = _mm256_max_epi8(_mm256_packs_epi16(words[i / 2], words[i / 2 + 1]),
                                          _mm256_setzero_si256());
    const __m256i bytes =
        _mm256_permutevar8x32_epi32(mixed, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
    _mm256_storeu_si256((__m256i *)(output + i * 8), bytes);
    some |= picket_some_of_eight(bytes) << i * 2;
  }
  if (eights == 2) {
    const __m256i mixed =
        _mm256_max_epi8(_mm256_packs_epi16(words[0], words[0]), _mm256_setzero_si256());
    const __m128i bytes = _mm_unpacklo_epi32(_mm256_castsi256_si128(mixed),
                                             _mm256_extracti128_si256(mixed, 1));
    _mm_storeu_si128((__m128i *)output, bytes);
    some = picket_some_of_eight(_mm256_zextsi128_si256(bytes));
  }
  return some;
}

/* The sums of outputs from `at` on, finished. Returns which groups of bytes are not zero: bit k for group
 * k, if there are 64 at most. */
PICKET_INLINE uint64_t picket_finish_block(const picket_integer_layer *layer, const __m256i *sums,
                                           char *output, long at, const int eights) {
  const uint64_t some =
      picket_finish(sums, layer->scale + at * 4, layer->shift,
                    output + (layer->shift ? at : at * 4), eights);
  return some << ((at / 4) & 63);
}

/*
 * `eights` times eight neighbouring outputs of a list, from output `at` on. The weights of one-hots are
 * first added up in sixteen bits: there are at most 255.
 */
PICKET_INLINE uint64_t picket_first_block(const picket_integer_layer *layer, picket_listed list,
                                          char *output, long at, const int eights) {
  const char *column = layer->weights + at * 4, *bias = layer->bias + at * 4;
  __m256i sums[8];
  PICKET_UNROLL
  for (int i = 0; i < eights; i++) sums[i] = _mm256_setzero_si256();
  PICKET_ROLL
  for (const picket_group *groups = list.one_hots; groups < list.end; groups++) {
    const __m256i place = _mm256_set1_epi32((int)groups->inputs);
    const __m256i *row = (const __m256i *)(column + groups->offset);
    PICKET_UNROLL
    for (int i = 0; i < eights; i++)
      sums[i] = _mm256_add_epi16(sums[i], _mm256_maddubs_epi16(place, _mm256_loadu_si256(row + i)));
  }
  PICKET_UNROLL
  for (int i = 0; i < eights; i++)
    sums[i] = _mm256_add_epi32(_mm256_madd_epi16(sums[i], _mm256_set1_epi16(127)),
                               _mm256_loadu_si256((const __m256i *)bias + i));
  for (uint64_t some = list.some; some; some &= some - 1) {
    const long k = __builtin_ctzll(some);
    const __m256i inputs = _mm256_set1_epi32((int)list.words[k]);
    const __m256i *row = (const __m256i *)(column + list.offsets[k]);
    PICKET_UNROLL
    for (int i = 0; i < eights; i++) {
      const __m256i pairs = _mm256_maddubs_epi16(inputs, _mm256_loadu_si256(row + i));
      sums[i] = _mm256_add_epi32(sums[i], _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
    }
  }
  return picket_finish_block(layer, sums, output, at, eights);
}

/* A layer of the inputs of a list. Returns which groups of its outputs are not zero, if there are 64 at
 * most. */
PICKET_INLINE uint64_t picket_first_integers(const picket_integer_layer *layer, picket_listed list,
                                             void *output) {
  uint64_t some = 0;
  long at = 0;
  for (; at + 64 <= layer->stride; at += 64)
    some |= picket_first_block(layer, list, output, at, 8);
  for (; at < layer->stride; at += 16)
    some |= picket_first_block(layer, list, output, at, 2);
  return some;
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
 * `eights` times eight neighbouring outputs of inputs of seven bits, from output `at` on: of `some`
 * groups or, if that is 0, of all; `fits` says whether sums of four groups do.
 */
PICKET_INLINE uint64_t picket_next_block(const picket_integer_layer *layer, const char *inputs,
                                         uint64_t some, int fits, char *output, long at,
                                         const int eights) {
  const char *column = layer->weights + at * 4, *bias = layer->bias + at * 4;
  const long group_bytes = layer->stride * 4, count = layer->groups;
  __m256i sums[8];
  PICKET_UNROLL
  for (int i = 0; i < eights; i++) sums[i] = _mm256_loadu_si256((const __m256i *)bias + i);
  if (some) {
    /* The first two are seldom zero, and there before it is known which are not. */
    PICKET_UNROLL
    for (long k = 0; k < 2; k++)
      picket_add_groups(sums, inputs + k * 4, 0, column + k * group_bytes, 0, eights, 1);
    for (some &= ~(uint64_t)3; some; some &= some - 1) {
      const long k = __builtin_ctzll(some);
      picket_add_groups(sums, inputs + k * 4, 0, column + k * group_bytes, 0, eights, 1);
    }
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
  return picket_finish_block(layer, sums, output, at, eights);
}

/* The same of inputs of seven bits of one record, of which `given` groups are not zero. */
PICKET_INLINE uint64_t picket_next_one(const picket_integer_layer *layer, const void *inputs,
                                       uint64_t given, void *output) {
  const long groups = layer->groups;
  /* Unless few are not, it is faster to add up all. */
  if (groups > 64 || 2 * __builtin_popcountll(given) >= groups) given = 0;
  const int fits = !given && groups % 16 == 0 && picket_sums_fit(inputs, groups);
  uint64_t some = 0;
  long at = 0;
  for (; at + 64 <= layer->stride; at += 64)
    some |= picket_next_block(layer, inputs, given, fits, output, at, 8);
  for (; at + 32 <= layer->stride; at += 32)
    some |= picket_next_block(layer, inputs, given, fits, output, at, 4);
  if (at < layer->stride) some |= picket_next_block(layer, inputs, given, fits, output, at, 2);
  return some;
}

#endif

#endif /* PICKET_INTEGER_AVX2_H */
