/*
 * Layers in integer arithmetic on processors with AVX-512 and VNNI, whose one instruction adds up
 * the products of four inputs of seven bits. Private; see picket_groups.h for the inputs.
 */
#ifndef PICKET_INTEGER_VNNI_H
#define PICKET_INTEGER_VNNI_H

#include "picket_groups.h"

#ifdef PICKET_VNNI

/*
 * (sums * multipliers + 2^(shift - 1)) >> shift for shifts from 33 on, or any other number below 0
 * if that is: the upper halves of the products hold all that is left, and 2^(shift - 1) has no lower
 * one. Reads four bytes behind the multipliers, where a further layer is.
 */
PICKET_INLINE __m512i picket_scaled_sums(__m512i sums, const char *multipliers, uint32_t shift) {
  const __m512i even = _mm512_mul_epi32(sums, _mm512_loadu_si512(multipliers));
  __m512i upper =
      _mm512_mul_epi32(_mm512_srli_epi64(sums, 32), _mm512_loadu_si512(multipliers + 4));
  /* Its intrinsic becomes a permutation, which takes three times as long. */
  __asm__("vmovshdup %1, %0%{%2%}" : "+v"(upper) : "v"(even), "Yk"((__mmask16)0x5555));
  const __m512i half = _mm512_set1_epi32((int)(1u << (shift - 33)));
  return _mm512_sra_epi32(_mm512_add_epi32(upper, half), _mm_cvtsi32_si128((int)shift - 32));
}

/* Sums as bytes, clamped to 0 ... 127, or, if shift is 0, as floats. */
PICKET_INLINE void picket_finish(const __m512i *sums, const char *scale, uint32_t shift,
                                 char *output, const int vectors) {
  if (!shift) {
    PICKET_UNROLL
    for (int i = 0; i < vectors; i++)
      _mm512_storeu_ps(output + i * 64, _mm512_mul_ps(_mm512_cvtepi32_ps(sums[i]),
                                                      _mm512_loadu_ps(scale + i * 64)));
    return;
  }
  PICKET_UNROLL
  for (int i = 0; i < vectors; i++) {
    const __m512i scaled = picket_scaled_sums(sums[i], scale + i * 64, shift);
    _mm_storeu_si128((__m128i *)(output + i * 16),
                     _mm512_cvtsepi32_epi8(_mm512_max_epi32(scaled, _mm512_setzero_si512())));
  }
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
  picket_finish(lower, layer->scale + at * 4, layer->shift, output + (layer->shift ? at : at * 4),
                vectors);
}

/* A layer of the inputs of a list. */
PICKET_INLINE void picket_first_integers(const picket_integer_layer *layer,
                                         const picket_list *list, const void *groups,
                                         void *output) {
  long at = 0;
  for (; at + 128 <= layer->stride; at += 128) picket_first_block(layer, list, groups, output, at, 8);
  for (; at + 64 <= layer->stride; at += 64) picket_first_block(layer, list, groups, output, at, 4);
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

/* `vectors` times sixteen neighbouring outputs, from output `at` on, of four vectors of inputs. */
PICKET_INLINE void picket_four_block(const picket_integer_layer *layer, const char *inputs,
                                     char *outputs, long record_bytes, long at, const int vectors) {
  const char *column = layer->weights + at * 4, *bias = layer->bias + at * 4;
  __m512i sums[16];
  PICKET_UNROLL
  for (int i = 0; i < 4 * vectors; i++) sums[i] = _mm512_loadu_si512(bias + i % vectors * 64);
  for (long k = 0; k < layer->groups; k++, column += layer->stride * 4) {
    __m512i words[4];
    PICKET_UNROLL
    for (int r = 0; r < 4; r++) words[r] = picket_all_words(inputs + r * record_bytes + k * 4);
    picket_add_group(sums, column, words, vectors, 4);
  }
  PICKET_UNROLL
  for (int r = 0; r < 4; r++)
    picket_finish(sums + r * vectors, layer->scale + at * 4, layer->shift,
                  outputs + r * record_bytes + (layer->shift ? at : at * 4), vectors);
}

/* A layer of inputs of seven bits of four records. */
PICKET_INLINE void picket_next_four(const picket_integer_layer *layer, const void *inputs,
                                    void *outputs, long record_bytes) {
  long at = 0;
  for (; at + 64 <= layer->stride; at += 64)
    picket_four_block(layer, inputs, outputs, record_bytes, at, 4);
  for (; at + 32 <= layer->stride; at += 32)
    picket_four_block(layer, inputs, outputs, record_bytes, at, 2);
  for (; at < layer->stride; at += 16)
    picket_four_block(layer, inputs, outputs, record_bytes, at, 1);
}

/*
 * `vectors` times sixteen neighbouring outputs of one record, the first that the layer has. There are
 * `chains` sums of each, to hide the latency of additions.
 */
PICKET_INLINE void picket_one_block(const picket_integer_layer *layer, const char *inputs,
                                    char *outputs, const int vectors, const int chains) {
  const char *column = layer->weights;
  const long group_bytes = layer->stride * 4;
  __m512i sums[8];
  PICKET_UNROLL
  for (int i = 0; i < vectors * chains; i++)
    sums[i] = i < vectors ? _mm512_loadu_si512(layer->bias + i * 64) : _mm512_setzero_si512();
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
  picket_finish(sums, layer->scale, layer->shift, outputs, vectors);
}

/* Goes on to the next outputs of a layer. Returns where they belong. */
PICKET_INLINE char *picket_skip(picket_integer_layer *layer, char *outputs, long count) {
  layer->weights += count * 4;
  layer->bias += count * 4;
  layer->scale += count * 4;
  return outputs + (layer->shift ? count : count * 4);
}

/* A layer of inputs of seven bits of one record. */
PICKET_INLINE void picket_next_one(const picket_integer_layer *described, const void *inputs,
                                   void *outputs) {
  picket_integer_layer layer = *described;
  long left = layer.stride;
  char *output = outputs;
  for (; left >= 64; left -= 64, output = picket_skip(&layer, output, 64))
    picket_one_block(&layer, inputs, output, 4, 2);
  if (left >= 32) {
    picket_one_block(&layer, inputs, output, 2, 4);
    output = picket_skip(&layer, output, 32);
    left -= 32;
  }
  if (left) picket_one_block(&layer, inputs, output, 1, 4);
}

#endif /* PICKET_VNNI */

#endif /* PICKET_INTEGER_VNNI_H */
