/*
 * From the fields of a record to the inputs of a layer in integer arithmetic, without a list of
 * floats between them. Private, and for processors with AVX2 alone.
 *
 * Inputs of fourteen bits go by groups of four, as the weights do; groups of zeros are left out.
 */
#ifndef PICKET_GROUPS_H
#define PICKET_GROUPS_H

#include "picket_dense.h"

#define PICKET_ROLL _Pragma("clang loop unroll(disable) vectorize(disable)")

/* Sixteen neighbouring fields, of which those in the mask have inputs that are neighbours too. */
typedef struct {
  /* The field in place 0: so far before the first in the mask that place 0 begins a group; it may
   * be a negative number. */
  int16_t field;
  uint16_t mask;
  /* The group that place 0 begins. */
  uint16_t group;
} picket_span;

enum { PICKET_MOST_SPANS = 8 };

/* How a model's records are scored in integers from the fields on; `count` is 0 if they are not. */
typedef struct {
  picket_span span[PICKET_MOST_SPANS];
  uint16_t count;
  /* How many records there is room for at once. */
  uint16_t records;
  /* Bytes that the list of a record takes, its outputs of any layer, and all lists or such outputs. */
  uint16_t list_bytes;
  uint16_t output_bytes;
  uint32_t lists_bytes;
} picket_plan;

PICKET_INLINE const picket_span *picket_spans(const picket_plan *plan) { return plan->span; }

/* Adds a field, and its input, behind all others; counts one span too many if there is no room. */
PICKET_INLINE void picket_plan_field(picket_plan *plan, long field, long input) {
  if (plan->count > PICKET_MOST_SPANS) return;
  if (plan->count) {
    picket_span *last = &plan->span[plan->count - 1];
    const long place = field - last->field;
    if (place < 16 && input - 4 * last->group == place) {
      last->mask |= (uint16_t)(1u << place);
      return;
    }
  }
  if (plan->count < PICKET_MOST_SPANS)
    plan->span[plan->count] = (picket_span){(int16_t)(field - (input & 3)),
                                              (uint16_t)(1u << (input & 3)), (uint16_t)(input / 4)};
  plan->count++;
}

/* Four inputs. */
typedef struct {
  /* With VNNI the lower seven bits of each input, a byte each, then the upper seven. */
  uint32_t digits[2];
  /* Where the weights of the group start, in bytes. */
  uint32_t offset;
  uint32_t unused;
} picket_group;

/* What is said of a record's list: a group for each one-hot, of which digits[0] counts alone, then
 * the groups of all spans. */
typedef struct {
  /* Which groups of spans are not zero, as each kernel set counts them. */
  uint64_t some;
  uint16_t one_hots;
  uint16_t spans;
  /* What the record's result says of its fields. */
  uint32_t flags;
} picket_list;

/* How fields become inputs, rint(16383 clamp((x - minimum) scale, 0, 1)), or one-hots: arrays of the
 * file, padded to a multiple of sixteen fields, and the plan. */
typedef struct {
  const float *minimums;
  const float *maximums;
  const float *scales;
  /* For each, its field and its first input. */
  const uint32_t *one_hots;
  const picket_span *spans;
  long fields;
  uint32_t one_hot_count;
  uint32_t span_count;
  /* Bytes of the weights of a group. */
  uint32_t group_bytes;
} picket_fields;

/* A layer, as the file describes it. */
typedef struct {
  const char *weights;
  const char *bias;
  const char *scale;
  long groups;
  long stride;
  /* Of outputs that are integers, at least 33; else 0. */
  uint32_t shift;
} picket_integer_layer;

/* The layer that the file describes at `description`, with arrays behind `weights`. */
PICKET_INLINE picket_integer_layer picket_integer_layer_at(const void *description,
                                                           const void *weights) {
  const uint32_t *words = description;
  const char *start = weights;
  return (picket_integer_layer){start + words[7],    start + words[8], start + words[9],
                                (words[4] + 3) >> 2, words[6],         words[10]};
}

#ifdef __AVX2__

#if defined(__AVX512VNNI__) && defined(__AVX512BW__) && defined(__AVX512DQ__) && \
    defined(__AVX512VL__)
#define PICKET_VNNI 1
/* 1 is 16383: this in both digits. */
enum { PICKET_ONE = 127 };
#else
/* 1 is 16383, by which a layer multiplies at last what it adds up of these. */
enum { PICKET_ONE = 1 };
#endif

/*
 * Lists a group for each symbolic field: in the byte of the category's input, the number by which a
 * layer knows a 1. An unknown category gives a group of zeros. All lie in their ranges or are -1;
 * returns whether all are whole.
 */
PICKET_INLINE int picket_list_one_hots(const float *record, const picket_fields *f,
                                       picket_group *groups) {
  __m128 differences = _mm_setzero_ps();
  const uint32_t *one_hot = f->one_hots;
  PICKET_ROLL
  for (const uint32_t *end = one_hot + 2 * f->one_hot_count; one_hot < end; one_hot += 2, groups++) {
    const __m128 x = _mm_set_ss(record[one_hot[0]]);
    const int category = _mm_cvttss_si32(x);
    differences = _mm_or_ps(differences, _mm_xor_ps(x, _mm_cvtsi32_ss(_mm_setzero_ps(), category)));
    const int unknown = category >> 31;
    const uint32_t input = one_hot[1] + (uint32_t)(category & ~unknown);
    groups->digits[0] = (uint32_t)(PICKET_ONE & ~unknown) << (input & 3) * 8;
    groups->offset = (input >> 2) * f->group_bytes;
  }
  /* Zero of either sign is whole. */
  return (uint32_t)_mm_cvtsi128_si32(_mm_castps_si128(differences)) << 1 == 0;
}

#ifdef PICKET_VNNI
#include "picket_groups_avx512.h"
#else
#include "picket_groups_avx2.h"
#endif

#endif /* __AVX2__ */

#endif /* PICKET_GROUPS_H */
