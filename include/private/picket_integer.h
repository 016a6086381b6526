/*
 * The inner loops of a layer in integer arithmetic; see picket_dense.h for why they are in C. From
 * the products to the numbers that the next layer reads, sums stay in registers.
 */
#ifndef PICKET_INTEGER_H
#define PICKET_INTEGER_H

#include "picket_dense.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpsabi"

/* Inputs of a layer, four of seven bits to a word. */
typedef struct {
  /* Words of the upper seven bits of inputs of fourteen; null if there are none. */
  const uint32_t *upper;
  const uint32_t *lower;
  /* Where the weights of each word start, in bytes. */
  const uint32_t *offsets;
  long count;
} picket_words;

PICKET_INLINE void picket_add_word(picket_int32x16 *sums, uint32_t word, const char *row,
                                   const int vectors) {
  PICKET_UNROLL
  for (int i = 0; i < vectors; i++) sums[i] = picket_dot4(sums[i], word, row + i * 64);
}

PICKET_INLINE void picket_add_words(picket_int32x16 *sums, const uint32_t *words,
                                    const uint32_t *offsets, long count, const char *column,
                                    const int vectors, const int chains) {
  long k = 0;
  for (; k + chains <= count; k += chains) {
    PICKET_UNROLL
    for (int c = 0; c < chains; c++)
      picket_add_word(sums + c * vectors, words[k + c], column + offsets[k + c], vectors);
  }
  for (; k < count; k++) picket_add_word(sums, words[k], column + offsets[k], vectors);
  PICKET_UNROLL
  for (int c = 1; c < chains; c++) {
    PICKET_UNROLL
    for (int i = 0; i < vectors; i++) {
      sums[i] += sums[c * vectors + i];
      sums[c * vectors + i] = (picket_int32x16)0;
    }
  }
}

/* `vectors` times sixteen neighbouring outputs. */
PICKET_INLINE void picket_integer_block(const char *column, const char *bias, const char *scale,
                                        picket_words inputs, uint32_t shift, char *output,
                                        const int vectors, const int chains) {
  picket_int32x16 sums[8] = {};
  if (inputs.upper) {
    picket_add_words(sums, inputs.upper, inputs.offsets, inputs.count, column, vectors, chains);
    PICKET_UNROLL
    for (int i = 0; i < vectors; i++) sums[i] <<= 7;
  }
  PICKET_UNROLL
  for (int i = 0; i < vectors; i++) sums[i] += (picket_int32x16)picket_load_floats(bias + i * 64);
  picket_add_words(sums, inputs.lower, inputs.offsets, inputs.count, column, vectors, chains);
  PICKET_UNROLL
  for (int i = 0; i < vectors; i++) {
    const picket_float32x16 scales = picket_load_floats(scale + i * 64);
    if (shift)
      picket_requantize(sums[i], (picket_int32x16)scales, shift, output + i * 16);
    else
      picket_store_floats(output + i * 64, picket_floats_of(sums[i]) * scales);
  }
}

/*
 * A layer of `stride` outputs, a multiple of 16: bytes if `shift` is not 0, else floats that are yet
 * to be activated. The output lies apart from the inputs.
 */
PICKET_INLINE void picket_integers(const void *weights, const void *bias, const void *scale,
                                   picket_words inputs, uint32_t shift, void *output, long stride,
                                   const int width) {
  const char *w = weights, *b = bias, *s = scale;
  char *y = output;
  long at = 0;
  /* Two chains of additions hide the latency of wide vectors. In narrow ones, sixteen sums are
   * several chains by themselves, and twice as many would not stay in registers. */
  const int chains = width >= PICKET_WIDE ? 2 : 1;
#define PICKET_BLOCK(vectors)                                                \
  picket_integer_block(w + at * 4, b + at * 4, s + at * 4, inputs, shift,    \
                       y + (shift ? at : at * 4), vectors, chains)
  if (width == PICKET_WIDEST)
    for (; at + 64 <= stride; at += 64) PICKET_BLOCK(4);
  else if (width == PICKET_WIDE)
    for (; at + 32 <= stride; at += 32) PICKET_BLOCK(2);
  for (; at < stride; at += 16) PICKET_BLOCK(1);
#undef PICKET_BLOCK
}

#pragma clang diagnostic pop

#endif /* PICKET_INTEGER_H */
