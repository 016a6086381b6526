/*
 * From the fields of a record to the inputs of a layer in integer arithmetic, without a list of
 * floats between them. Private, and for processors with AVX2 alone.
 *
 * Inputs of seven bits go by groups of four, as the weights do; groups of zeros are left out.
 */
#ifndef PICKET_GROUPS_H
#define PICKET_GROUPS_H

#include "picket_dense.h"

#define PICKET_ROLL _Pragma("clang loop unroll(disable) vectorize(disable)")

enum { PICKET_MOST_SPANS = 8 };

/* Spans: sixteen neighbouring fields each, of which those in the mask have inputs that are neighbours
 * too. Behind the last one masks are 0, up to a multiple of four. */
typedef struct {
  /* The field in place 0: so far before the first in the mask that place 0 begins a group; it may
   * be a negative number. */
  int16_t field[PICKET_MOST_SPANS];
  uint16_t mask[PICKET_MOST_SPANS];
  /* The group that place 0 begins. */
  uint16_t group[PICKET_MOST_SPANS];
} picket_spans;

/* How a model's records are scored in integers from the fields on; `count` is 0 if they are not. */
typedef struct {
  picket_spans spans;
  uint16_t count;
  /* How many records there is room for at once. */
  uint8_t records;
  /* Whether layers behind the first have whole fours of groups, and the last one eight outputs at most:
   * such a network scores a record by itself on the way that is made for it. */
  uint8_t is_short;
  /* Bytes that the list of a record takes, its outputs of any layer, and all lists or such outputs. */
  uint16_t list_bytes;
  uint16_t output_bytes;
  uint32_t lists_bytes;
} picket_plan;

PICKET_INLINE const picket_spans *picket_spans_of(const picket_plan *plan) { return &plan->spans; }

/* Adds a field, and its input, behind all others; counts one span too many if there is no room. */
PICKET_INLINE void picket_plan_field(picket_plan *plan, long field, long input) {
  if (plan->count > PICKET_MOST_SPANS) return;
  picket_spans *spans = &plan->spans;
  if (plan->count) {
    const long last = plan->count - 1, place = field - spans->field[last];
    if (place < 16 && input - 4 * spans->group[last] == place) {
      spans->mask[last] |= (uint16_t)(1u << place);
      return;
    }
  }
  if (plan->count < PICKET_MOST_SPANS) {
    spans->field[plan->count] = (int16_t)(field - (input & 3));
    spans->mask[plan->count] = (uint16_t)(1u << (input & 3));
    spans->group[plan->count] = (uint16_t)(input / 4);
  }
  plan->count++;
}

/* Four inputs of a symbolic field. */
typedef struct {
  /* A byte each. */
  uint32_t inputs;
  /* Where the weights of the group start, in bytes. */
  uint32_t offset;
} picket_group;

/*
 * What is said of a record's list: the words of four inputs of all spans, up to a multiple of sixteen,
 * as each kernel set puts them; then where the weights of each word start, in bytes; then a group for
 * each one-hot.
 */
typedef struct {
  /* Which words are not zero: bit k for word k. After the first layer, which groups of its outputs, if
   * there are 64 at most. */
  uint64_t some;
  /* What the record's result says of its fields. */
  uint32_t flags;
  uint32_t unused;
} picket_list;

/* Bytes of the words of spans, of the groups of one-hots, and of a list. */
PICKET_INLINE long picket_word_bytes(long spans) { return (spans + 3) / 4 * 64; }
PICKET_INLINE long picket_one_hot_bytes(long count) { return (count + 7) / 8 * 64; }
PICKET_INLINE long picket_list_bytes(long spans, long one_hots) {
  return 2 * picket_word_bytes(spans) + picket_one_hot_bytes(one_hots);
}

/* A list, as a layer takes it. */
typedef struct {
  const uint32_t *words;
  const uint32_t *offsets;
  const picket_group *one_hots;
  const picket_group *end;
  uint64_t some;
} picket_listed;

/* The list at `list`. */
PICKET_INLINE picket_listed picket_listed_at(const picket_list *head, const void *list, long spans,
                                             long one_hots) {
  const long bytes = picket_word_bytes(spans);
  const uint32_t *words = (const uint32_t *)list, *offsets = words + bytes / 4;
  const picket_group *groups = (const picket_group *)(offsets + bytes / 4);
  return (picket_listed){words, offsets, groups, groups + one_hots, head->some};
}

/* How fields become inputs, rint(127 clamp((x - minimum) scale, 0, 1)), or one-hots: arrays of the
 * file, padded to a multiple of sixteen fields, and the plan. */
typedef struct {
  const float *minimums;
  const float *maximums;
  const float *scales;
  /* For each, its field and its first input. */
  const uint32_t *one_hots;
  const picket_spans *spans;
  long fields;
  long one_hot_count;
  long span_count;
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
  /* Of outputs that are integers; else 0. */
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
/* The input that 1 is. */
enum { PICKET_ONE = 127 };
#else
/* 1 is 127, by which a layer multiplies at last what it adds up of these. */
enum { PICKET_ONE = 1 };
#endif

/*
 * The groups of four categories, by pairs: in the byte of the category's input, the number by which a
 * layer knows a 1. An unknown category gives a group of zeros. `firsts` are the first inputs.
 */
PICKET_INLINE void picket_one_hot_groups(__m128 x, __m128i firsts, const picket_fields *f,
                                         __m128i *pairs) {
  const __m128i category = _mm_cvttps_epi32(x), unknown = _mm_srai_epi32(category, 31);
  const __m128i input = _mm_add_epi32(_mm_andnot_si128(unknown, category), firsts);
  const __m128i place = _mm_slli_epi32(_mm_and_si128(input, _mm_set1_epi32(3)), 3);
  const __m128i inputs =
      _mm_sllv_epi32(_mm_andnot_si128(unknown, _mm_set1_epi32(PICKET_ONE)), place);
  const __m128i offsets =
      _mm_mullo_epi32(_mm_srli_epi32(input, 2), _mm_set1_epi32((int)f->group_bytes));
  pairs[0] = _mm_unpacklo_epi32(inputs, offsets);
  pairs[1] = _mm_unpackhi_epi32(inputs, offsets);
}

/* Which of four numbers are no categories, from 0 up to a maximum: bit k for number k. */
PICKET_INLINE uint32_t picket_no_categories(__m128 x, __m128 maximum) {
  /* What is below 0 is a large number without its sign. */
  const __m128i category = _mm_min_epu32(_mm_cvttps_epi32(x), _mm_cvttps_epi32(maximum));
  return (uint32_t)_mm_movemask_ps(_mm_cmp_ps(x, _mm_cvtepi32_ps(category), _CMP_NEQ_UQ));
}

/* Lists a group for each symbolic field of a record, by fours. Returns 0 if all hold categories. */
PICKET_INLINE uint32_t picket_list_one_hots(const float *record, const picket_fields *f,
                                            char *list) {
  uint32_t doubtful = 0;
  const uint32_t *one_hot = f->one_hots;
  const float *maximums = f->maximums;
  PICKET_ROLL
  for (long left = f->one_hot_count; left > 0; left -= 4) {
    long field = one_hot[0];
    __m128 x = _mm_load_ss(record + field), maximum = _mm_load_ss(maximums + field);
#define PICKET_INSERT(place)                                                     \
  if (left > place) {                                                            \
    field = one_hot[2 * place];                                                  \
    x = _mm_insert_ps(x, _mm_load_ss(record + field), place << 4);               \
    maximum = _mm_insert_ps(maximum, _mm_load_ss(maximums + field), place << 4); \
  }
    PICKET_INSERT(1)
    PICKET_INSERT(2)
    PICKET_INSERT(3)
#undef PICKET_INSERT
    doubtful |= picket_no_categories(x, maximum);
    /* Behind the last one are the file's layers, of which nothing comes. */
    const __m128 firsts = _mm_shuffle_ps(_mm_loadu_ps((const float *)one_hot),
                                         _mm_loadu_ps((const float *)one_hot + 4), 0xDD);
    __m128i pairs[2];
    picket_one_hot_groups(x, _mm_castps_si128(firsts), f, pairs);
    _mm_storeu_si128((__m128i *)list, pairs[0]);
    _mm_storeu_si128((__m128i *)list + 1, pairs[1]);
    one_hot += 8;
    list += 4 * sizeof(picket_group);
  }
  return doubtful;
}

/* Fetches the fields of some records: where they are used a mask goes with each load, and a masked one
 * waits long for what no cache near has. They may lie behind the last one there is. */
PICKET_INLINE void picket_fetch_records(const float *record, long stride, long fields,
                                        const int records) {
  PICKET_ROLL
  for (long k = 0; k < fields; k += 16) {
    PICKET_UNROLL
    for (int r = 0; r < records; r++)
      _mm_prefetch((const char *)(record + r * stride + k), _MM_HINT_T0);
  }
}

#ifdef PICKET_VNNI
#include "picket_groups_avx512.h"
#else
#include "picket_groups_avx2.h"
#endif

/* Lists the inputs of a record. Returns 0 if no field is doubtful; the flags of the head say nothing of
 * that. */
PICKET_INLINE uint32_t picket_list_record(const float *record, const picket_fields *f, char *list,
                                          picket_list *head) {
  PICKET_UNROLL
  for (int k = 0; k < 48; k += 16) _mm_prefetch((const char *)(record + k), _MM_HINT_T0);
  const uint32_t doubtful =
      picket_list_one_hots(record, f, list + 2 * picket_word_bytes(f->span_count));
  head->flags = 0;
  return picket_list_spans(record, f, list, &head->some) | doubtful;
}

#endif /* __AVX2__ */

#endif /* PICKET_GROUPS_H */
