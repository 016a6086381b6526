/*
 * Layers in integer arithmetic on processors with AVX-512 and VNNI, whose one instruction adds up
 * the products of four inputs of seven bits. Private; see picket_groups.h for the inputs.
 */
#ifndef PICKET_INTEGER_VNNI_H
#define PICKET_INTEGER_VNNI_H

#include "picket_groups.h"

#ifdef PICKET_VNNI

/* Odd words in the places of even ones: a move, of which there can be more at a time than shifts. */
PICKET_INLINE __m512i picket_odd_words(__m512i words) {
  __m512i odd;
  __asm__("vmovshdup %1, %0" : "=v"(odd) : "v"(words)); /* its intrinsic may become a shift */
  return odd;
}

/*
 * (sums * multipliers + 2^(shift - 1)) >> shift for shifts from 33 on, or any other number below 0
 * if that is: the upper halves of the products hold all that is left, and 2^(shift - 1) has no lower
 * one.
 */
PICKET_INLINE __m512i picket_scaled_sums(__m512i sums, __m512i multipliers, uint32_t shift) {
  const __m512i even = _mm512_mul_epi32(sums, multipliers);
  __m512i upper = _mm512_mul_epi32(picket_odd_words(sums), picket_odd_words(multipliers));
  /* Its intrinsic becomes a permutation, which takes three times as long. */
  __asm__("vmovshdup %1, %0%{%2%}" : "+v"(upper) : "v"(even), "Yk"((__mmask16)0x5555));
  const __m512i half = _mm512_set1_epi32((int)(1u << (shift - 33)));
  return _mm512_sra_epi32(_mm512_add_epi32(upper, half), _mm_cvtsi32_si128((int)shift - 32));
}

/* Sums of some records as bytes, clamped to 0 ... 127, or, if the layer does not shift, as floats: of
 * sixteen outputs at a time only, for such a layer is the last and narrow. */
PICKET_INLINE void picket_finish(const picket_integer_layer *layer, const __m512i *sums, long at,
                                 char *outputs, long record_bytes, const int vectors,
                                 const int records) {
  PICKET_UNROLL
  for (int i = 0; i < vectors; i++) {
    const __m512i factors = _mm512_loadu_si512(layer->scale + at * 4 + i * 64);
    PICKET_UNROLL
    for (int r = 0; r < records; r++) {
      const __m512i sum = sums[r * vectors + i];
      char *output = outputs + r * record_bytes;
      if (vectors > 1 || layer->shift) {
        const __m512i scaled = picket_scaled_sums(sum, factors, layer->shift);
        _mm_storeu_si128((__m128i *)(output + at + i * 16),
                         _mm512_cvtsepi32_epi8(_mm512_max_epi32(scaled, _mm512_setzero_si512())));
      } else {
        _mm512_storeu_ps(output + at * 4, _mm512_mul_ps(_mm512_cvtepi32_ps(sum),
                                                        _mm512_castsi512_ps(factors)));
      }
    }
  }
}

/* How many outputs of a layer may be finished by more than sixteen at a time. */
PICKET_INLINE long picket_wide_outputs(const picket_integer_layer *layer) {
  return layer->shift ? layer->stride : 0;
}

/* `vectors` times sixteen neighbouring outputs of a list, from output `at` on. */
PICKET_INLINE void picket_first_block(const picket_integer_layer *layer, const picket_list *list,
                                      const picket_group *groups, char *output, long at, const int vectors) {
  const char *column = layer->weights + at * 4, *bias = layer->bias + at * 4;
  const picket_group *ones = groups + list->one_hots;
  /* The inputs of one-hots are alike in both digits. */
  __m512i lower[8], upper[8];
  PICKET_UNROLL
  for (int i = 0; i < vectors; i++) upper[i] = _mm512_setzero_si512();
  for (; groups < ones; groups++) {
    const __m512i digits = _mm512_set1_epi32((int)groups->digits[0]);
    PICKET_UNROLL
    for (int i = 0; i < vectors; i++)
      upper[i] = _mm512_dpbusd_epi32(upper[i], digits,
                                     _mm512_loadu_si512(column + groups->offset + i * 64));
  }
  PICKET_UNROLL
  for (int i = 0; i < vectors; i++)
    lower[i] = _mm512_add_epi32(upper[i], _mm512_loadu_si512(bias + i * 64));
  for (uint64_t some = list->some; some; some &= some - 1) {
    groups = ones + __builtin_ctzll(some) / 2;
    const __m512i low = _mm512_set1_epi32((int)groups->digits[0]);
    const __m512i high = _mm512_set1_epi32((int)groups->digits[1]);
    const char *row = column + groups->offset;
    PICKET_UNROLL
    for (int i = 0; i < vectors; i++) {
      const __m512i weights = _mm512_loadu_si512(row + i * 64);
      lower[i] = _mm512_dpbusd_epi32(lower[i], low, weights);
      upper[i] = _mm512_dpbusd_epi32(upper[i], high, weights);
    }
  }
  PICKET_UNROLL
  for (int i = 0; i < vectors; i++)
    lower[i] = _mm512_add_epi32(lower[i], _mm512_slli_epi32(upper[i], 7));
  picket_finish(layer, lower, at, output, 0, vectors, 1);
}

/* A layer of the inputs of a list. */
PICKET_INLINE void picket_first_integers(const picket_integer_layer *layer,
                                         const picket_list *list, const void *groups,
                                         void *output) {
  const long wide = picket_wide_outputs(layer);
  long at = 0;
  for (; at + 128 <= wide; at += 128) picket_first_block(layer, list, groups, output, at, 8);
  for (; at + 64 <= wide; at += 64) picket_first_block(layer, list, groups, output, at, 4);
  for (; at < layer->stride; at += 16) picket_first_block(layer, list, groups, output, at, 1);
}

/* Adds a group of inputs, of each record one in all words of a vector, to its sums. */
PICKET_INLINE void picket_add_group(__m512i *sums, const char *column, const __m512i *inputs,
                                    const int vectors, const int records) {
  PICKET_UNROLL
  for (int i = 0; i < vectors; i++) {
    const __m512i weights = _mm512_loadu_si512(column + i * 64);
    PICKET_UNROLL
    for (int r = 0; r < records; r++)
      sums[r * vectors + i] = _mm512_dpbusd_epi32(sums[r * vectors + i], inputs[r], weights);
  }
}

/* Four bytes in all words. */
PICKET_INLINE __m512i picket_all_words(const char *bytes) {
  int word;
  __builtin_memcpy(&word, bytes, 4);
  return _mm512_set1_epi32(word);
}

/* Adds four groups of one record: its inputs in one load, for loads are what there is too little of. */
PICKET_INLINE void picket_add_four(__m512i *sums, const char *column, long group_bytes,
                                   const char *inputs, const int vectors, const int chains) {
  __m512i four = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)inputs));
  __asm__("" : "+v"(four)); /* or the compiler makes four loads of it */
  const __m512i each[4] = {_mm512_shuffle_epi32(four, 0x00), _mm512_shuffle_epi32(four, 0x55),
                           _mm512_shuffle_epi32(four, 0xAA), _mm512_shuffle_epi32(four, 0xFF)};
  PICKET_UNROLL
  for (int g = 0; g < 4; g++)
    picket_add_group(sums + g % chains * vectors, column + g * group_bytes, each + g, vectors, 1);
}

/* Adds up the chains of sums. */
PICKET_INLINE void picket_join_chains(__m512i *sums, const int vectors, const int chains) {
  PICKET_UNROLL
  for (int half = chains / 2; half > 0; half /= 2) {
    PICKET_UNROLL
    for (int i = 0; i < half * vectors; i++)
      sums[i] = _mm512_add_epi32(sums[i], sums[half * vectors + i]);
  }
}

/* Which of at most 64 groups of inputs are not zero, of any of four records. Inputs are read up to a
 * multiple of 64 bytes. */
PICKET_INLINE uint64_t picket_some_groups(const char *inputs, long record_bytes, long groups) {
  uint64_t some = 0;
  for (long k = 0; k < groups; k += 16) {
    __m512i any = _mm512_loadu_si512(inputs + k * 4);
    PICKET_UNROLL
    for (int r = 1; r < 4; r++)
      any = _mm512_or_si512(any, _mm512_loadu_si512(inputs + r * record_bytes + k * 4));
    some |= (uint64_t)_mm512_test_epi32_mask(any, any) << k;
  }
  return some & ~(uint64_t)0 >> (64 - groups);
}

/* `vectors` times sixteen neighbouring outputs, from output `at` on, of four vectors of inputs, of which
 * `some` of the first 64 groups are not zero. */
PICKET_INLINE void picket_four_block(const picket_integer_layer *layer, const char *inputs,
                                     uint64_t some, char *outputs, long record_bytes, long at,
                                     const int vectors) {
  const char *column = layer->weights + at * 4, *bias = layer->bias + at * 4;
  const long group_bytes = layer->stride * 4;
  __m512i sums[16];
  PICKET_UNROLL
  for (int i = 0; i < 4 * vectors; i++) sums[i] = _mm512_loadu_si512(bias + i % vectors * 64);
  for (long left = layer->groups;;) {
    for (; some; some &= some - 1) {
      const long k = __builtin_ctzll(some);
      __m512i words[4];
      PICKET_UNROLL
      for (int r = 0; r < 4; r++) words[r] = picket_all_words(inputs + r * record_bytes + k * 4);
      picket_add_group(sums, column + k * group_bytes, words, vectors, 4);
    }
    left -= 64;
    if (left <= 0) break;
    inputs += 64 * 4;
    column += 64 * group_bytes;
    some = picket_some_groups(inputs, record_bytes, left < 64 ? left : 64);
  }
  picket_finish(layer, sums, at, outputs, record_bytes, vectors, 4);
}

/* A layer of inputs of seven bits of four records. */
PICKET_INLINE void picket_next_four(const picket_integer_layer *layer, const char *inputs,
                                    char *outputs, long record_bytes) {
  const long groups = layer->groups < 64 ? layer->groups : 64;
  /* Of few groups hardly one is zero in all records: it would take longer to look than to add. */
  const uint64_t some = groups > 16 ? picket_some_groups(inputs, record_bytes, groups)
                                    : ~(uint64_t)0 >> (64 - groups);
  const long wide = picket_wide_outputs(layer);
  long at = 0;
  for (; at + 64 <= wide; at += 64)
    picket_four_block(layer, inputs, some, outputs, record_bytes, at, 4);
  for (; at + 32 <= wide; at += 32)
    picket_four_block(layer, inputs, some, outputs, record_bytes, at, 2);
  for (; at < layer->stride; at += 16)
    picket_four_block(layer, inputs, some, outputs, record_bytes, at, 1);
}

/*
 * `vectors` times sixteen neighbouring outputs of one record, from output `at` on. There are `chains`
 * sums of each, to hide the latency of additions.
 */
PICKET_INLINE void picket_one_block(const picket_integer_layer *layer, const char *inputs,
                                    char *outputs, long at, const int vectors, const int chains) {
  const char *column = layer->weights + at * 4;
  const long group_bytes = layer->stride * 4;
  __m512i sums[8];
  PICKET_UNROLL
  for (int i = 0; i < vectors * chains; i++)
    sums[i] = i < vectors ? _mm512_loadu_si512(layer->bias + at * 4 + i * 64)
                          : _mm512_setzero_si512();
  long fours = layer->groups / 4;
  if (fours) do {
      picket_add_four(sums, column, group_bytes, inputs, vectors, chains);
      column += 4 * group_bytes;
      inputs += 16;
      __asm__("" : "+r"(column)); /* or the compiler keeps a pointer to each of the four */
    } while (--fours);
  for (long ones = layer->groups % 4; ones; ones--, column += group_bytes, inputs += 4) {
    const __m512i word = picket_all_words(inputs);
    picket_add_group(sums, column, &word, vectors, 1);
  }
  picket_join_chains(sums, vectors, chains);
  picket_finish(layer, sums, at, outputs, 0, vectors, 1);
}

/* A layer of inputs of seven bits of one record. */
PICKET_INLINE void picket_next_one(const picket_integer_layer *layer, const void *inputs,
                                   void *outputs) {
  const long wide = picket_wide_outputs(layer);
  long at = 0;
  for (; at + 64 <= wide; at += 64) picket_one_block(layer, inputs, outputs, at, 4, 2);
  for (; at + 32 <= wide; at += 32) picket_one_block(layer, inputs, outputs, at, 2, 4);
  for (; at < layer->stride; at += 16) picket_one_block(layer, inputs, outputs, at, 1, 4);
}

#endif /* PICKET_VNNI */

#endif /* PICKET_INTEGER_VNNI_H */
