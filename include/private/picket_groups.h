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
  /* A byte each. */
  uint32_t inputs;
  /* Where the weights of the group start, in bytes. */
  uint32_t offset;
  uint32_t unused[2];
} picket_group;

/* What is said of a record's list: a group for each one-hot, then the groups of all spans. */
typedef struct {
  /* Which groups of spans are not zero, as each kernel set counts them; after the first layer, which
   * groups of its outputs, bit k for group k, if there are 64 at most. */
  uint64_t some;
  uint16_t one_hots;
  uint16_t spans;
  /* What the record's result says of its fields. */
  uint32_t flags;
} picket_list;

/* What is doubtful of some records, bit r for record r. */
typedef struct {
  /* A field lies out of its range, as all do that are no finite numbers. */
  uint32_t outside;
  /* A category is not whole. */
  uint32_t broken;
} picket_doubts;

/* How fields become inputs, rint(127 clamp((x - minimum) scale, 0, 1)), or one-hots: arrays of the
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
  /* From the list of a record to the next one's. */
  long list_bytes;
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
 * Lists a group for each symbolic field of some records: in the byte of the category's input, the number
 * by which a layer knows a 1. An unknown category gives a group of zeros. Returns what is doubtful.
 */
PICKET_INLINE picket_doubts picket_list_one_hots(const float *record, long stride,
                                                 const picket_fields *f, char *lists,
                                                 const int records) {
  typedef int32_t lanes __attribute__((vector_size(16)));
  __m128 outside = _mm_setzero_ps(), broken = _mm_setzero_ps();
  const uint32_t *one_hot = f->one_hots;
  PICKET_ROLL
  for (const uint32_t *end = one_hot + 2 * f->one_hot_count; one_hot < end; one_hot += 2) {
    const long field = one_hot[0];
    const float *at = record + field;
    const __m128 x = records == 1 ? _mm_load_ss(at)
                                  : _mm_setr_ps(*at, at[stride], at[2 * stride], at[3 * stride]);
    const __m128 below = _mm_cmp_ps(x, _mm_set1_ps(f->minimums[field]), _CMP_NGE_UQ);
    const __m128 above = _mm_cmp_ps(x, _mm_set1_ps(f->maximums[field]), _CMP_NLE_UQ);
    const __m128i category = _mm_cvttps_epi32(x);
    outside = _mm_or_ps(outside, _mm_or_ps(below, above));
    broken = _mm_or_ps(broken, _mm_cmp_ps(x, _mm_cvtepi32_ps(category), _CMP_NEQ_UQ));
    const __m128i unknown = _mm_srai_epi32(category, 31);
    const __m128i input =
        _mm_add_epi32(_mm_andnot_si128(unknown, category), _mm_set1_epi32((int)one_hot[1]));
    const __m128i place = _mm_slli_epi32(_mm_and_si128(input, _mm_set1_epi32(3)), 3);
    lanes inputs =
        (lanes)_mm_sllv_epi32(_mm_andnot_si128(unknown, _mm_set1_epi32(PICKET_ONE)), place);
    lanes offsets =
        (lanes)_mm_mullo_epi32(_mm_srli_epi32(input, 2), _mm_set1_epi32((int)f->group_bytes));
    __asm__("" : "+x"(inputs), "+x"(offsets)); /* or the compiler takes the lanes apart before */
    PICKET_UNROLL
    for (int r = 0; r < records; r++) {
      picket_group *group = (picket_group *)(lists + r * f->list_bytes);
      group->inputs = (uint32_t)inputs[r];
      group->offset = (uint32_t)offsets[r];
    }
    lists += sizeof(picket_group);
  }
  const uint32_t all = (1u << records) - 1;
  return (picket_doubts){(uint32_t)_mm_movemask_ps(outside) & all,
                         (uint32_t)_mm_movemask_ps(broken) & all};
}

#ifdef PICKET_VNNI
#include "picket_groups_avx512.h"
#else
#include "picket_groups_avx2.h"
#endif

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

/* Lists the inputs of some records, one or as many as the heads are, `stride` apart, and fetches as many
 * behind them; of one record with stride 0, itself. Returns what is doubtful: the flags of
 * the heads say nothing of it. */
PICKET_INLINE picket_doubts picket_list_records(const float *record, long stride,
                                                const picket_fields *f, char *lists,
                                                picket_list *heads, const int records) {
  picket_fetch_records(record + records * stride, stride, f->fields, records);
  picket_doubts doubts = picket_list_one_hots(record, stride, f, lists, records);
  uint64_t some[4];
  doubts.outside |= picket_list_spans(
      record, stride, f, lists + f->one_hot_count * sizeof(picket_group), some, records);
  /* All but the first member, in one store. */
  const uint64_t counts = (uint64_t)f->span_count << 16 | f->one_hot_count;
  PICKET_UNROLL
  for (int r = 0; r < records; r++) {
    heads[r].some = some[r];
    __builtin_memcpy(&heads[r].one_hots, &counts, 8);
  }
  return doubts;
}

#endif /* __AVX2__ */

#endif /* PICKET_GROUPS_H */
