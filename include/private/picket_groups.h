/*
 * From the fields of a record to the inputs of a layer in integer arithmetic, without a list of
 * floats between them. Private, and for processors with AVX2 alone.
 *
 * Inputs of fourteen bits go by groups of four, as the weights do, and the digits of a group are
 * what its products take: with VNNI the lower seven bits of each input, a byte each, and then the
 * upper seven; else the inputs themselves, sixteen bits each.
 */
#ifndef PICKET_GROUPS_H
#define PICKET_GROUPS_H

#include "picket_dense.h"

/* Neighbouring fields that have one input each, neighbours too. */
typedef struct {
  uint16_t field;
  uint16_t input;
  uint16_t count;
} picket_run;

/* How many of them, and of one-hots, a model may have to be encoded here. */
enum { PICKET_MOST_RUNS = 4, PICKET_MOST_ONE_HOTS = 8 };

typedef struct {
  picket_run run[PICKET_MOST_RUNS];
  uint32_t count;
} picket_runs;

/* Adds a field, and its input, behind all others; counts one run too many if there is no room. */
PICKET_INLINE void picket_add_to_runs(picket_runs *runs, uint32_t field, uint32_t input) {
  picket_run *last = runs->run + runs->count - 1;
  if (runs->count > PICKET_MOST_RUNS) return;
  if (runs->count && last->field + last->count == (int)field &&
      last->input + last->count == (int)input) {
    last->count++;
  } else {
    if (runs->count < PICKET_MOST_RUNS)
      runs->run[runs->count] = (picket_run){(uint16_t)field, (uint16_t)input, 1};
    runs->count++;
  }
}

#ifdef __AVX2__

#if defined(__AVX512VNNI__) && defined(__AVX512BW__) && defined(__AVX512DQ__) && \
    defined(__AVX512VL__)
#define PICKET_VNNI 1
#endif

typedef struct {
  uint64_t digits;
  /* Where the weights of the group start, in bytes. */
  uint32_t offset;
  uint32_t unused;
} picket_group;

/* How fields become inputs: arrays of the file, a number for each field. */
typedef struct {
  const float *minimums;
  const float *maximums;
  const float *offsets;
  const float *scales;
  /* Null if inputs lie within 0 ... 1. */
  const float *lows;
  const float *highs;
  float input_scale;
  float input_max;
  uint32_t group_bytes;
} picket_scaling;

#ifdef PICKET_VNNI

PICKET_INLINE __mmask16 picket_places(long first, long end) {
  return (__mmask16)((0xFFFFu >> (16 - end)) & (0xFFFFu << first));
}

/*
 * Bits of the lower half: of sixteen fields from `at` on, those out of their ranges; of the upper
 * half: those that are no finite numbers. Only `count` of them are read.
 */
PICKET_INLINE uint32_t picket_unusual(const float *record, const picket_scaling *s, long at,
                                      long count) {
  const __mmask16 there = picket_places(0, count);
  const __m512 x = _mm512_maskz_loadu_ps(there, record + at);
  const __m512 minimum = _mm512_maskz_loadu_ps(there, s->minimums + at);
  const __m512 maximum = _mm512_maskz_loadu_ps(there, s->maximums + at);
  const uint32_t outside = (uint32_t)_mm512_cmp_ps_mask(x, minimum, _CMP_LT_OQ) |
                           (uint32_t)_mm512_cmp_ps_mask(x, maximum, _CMP_GT_OQ);
  return outside | (uint32_t)_mm512_fpclass_ps_mask(x, 0x99) << 16;
}

/*
 * Appends those of four groups that are not zero. Their inputs are those of the fields from `at` on,
 * but zeros in places before `first` and from `end` on, where no field is read. Writes 64 bytes;
 * returns how many of the groups count.
 */
PICKET_INLINE long picket_append_groups(const float *record, const picket_scaling *s, long at,
                                        long first, long end, uint32_t offset,
                                        picket_group *groups) {
  const __mmask16 there = picket_places(first, end);
  const __m512 zero = _mm512_setzero_ps();
  const __m512 x = _mm512_maskz_loadu_ps(there, record + at);
  const __m512 scaled = _mm512_mul_ps(_mm512_sub_ps(x, _mm512_maskz_loadu_ps(there, s->offsets + at)),
                                      _mm512_maskz_loadu_ps(there, s->scales + at));
  const __m512 low = s->lows ? _mm512_maskz_loadu_ps(there, s->lows + at) : zero;
  const __m512 high = s->lows ? _mm512_maskz_loadu_ps(there, s->highs + at) : _mm512_set1_ps(1);
  const __m512 value = _mm512_min_ps(_mm512_max_ps(scaled, low), high);
  const __m512 product = _mm512_mul_ps(value, _mm512_set1_ps(s->input_scale));
  const __m512 bounded = _mm512_min_ps(_mm512_max_ps(product, zero), _mm512_set1_ps(s->input_max));
  const __m512i input = _mm512_maskz_cvtps_epi32(there, bounded);
  /* The lower seven bits in byte 0, the upper ones in byte 1; then four of each side by side. */
  const __m512i digits =
      _mm512_add_epi32(input, _mm512_and_si512(input, _mm512_set1_epi32(0x3F80)));
  const __m512i order = _mm512_broadcast_i32x4(
      _mm_setr_epi8(0, 4, 8, 12, 1, 5, 9, 13, -1, -1, -1, -1, -1, -1, -1, -1));
  const __m512i sides = _mm512_shuffle_epi8(digits, order);
  const __mmask8 some = _mm512_test_epi64_mask(sides, sides);
  const __m512i steps = _mm512_mullo_epi32(
      _mm512_setr_epi32(0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0),
      _mm512_set1_epi32((int)s->group_bytes));
  const __m512i starts = _mm512_maskz_add_epi32(0x4444, steps, _mm512_set1_epi32((int)offset));
  const __mmask8 both = (__mmask8)(some | some << 1);
  _mm512_storeu_si512(groups, _mm512_maskz_compress_epi64(both, _mm512_or_si512(sides, starts)));
  return __builtin_popcount(some);
}

/* The digits of an input that is alone in its group. */
PICKET_INLINE uint64_t picket_lone_digits(uint64_t input, uint32_t place) {
  return ((input & 127) | (input >> 7) << 32) << place * 8;
}

#else

/* All ones in those of eight places, the first of which is number `from`, that lie within. */
PICKET_INLINE __m256i picket_places(int from, long first, long end) {
  const __m256i place =
      _mm256_add_epi32(_mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), _mm256_set1_epi32(from));
  return _mm256_andnot_si256(_mm256_cmpgt_epi32(_mm256_set1_epi32((int)first), place),
                             _mm256_cmpgt_epi32(_mm256_set1_epi32((int)end), place));
}

PICKET_INLINE uint32_t picket_unusual(const float *record, const picket_scaling *s, long at,
                                      long count) {
  const __m256i exponent = _mm256_set1_epi32(0x7F800000);
  uint32_t unusual = 0;
  PICKET_UNROLL
  for (int i = 0; i < 16; i += 8) {
    const __m256i there = picket_places(i, 0, count);
    const __m256 x = _mm256_maskload_ps(record + at + i, there);
    const __m256 minimum = _mm256_maskload_ps(s->minimums + at + i, there);
    const __m256 maximum = _mm256_maskload_ps(s->maximums + at + i, there);
    const __m256 outside = _mm256_or_ps(_mm256_cmp_ps(x, minimum, _CMP_LT_OQ),
                                        _mm256_cmp_ps(x, maximum, _CMP_GT_OQ));
    const __m256i special = _mm256_cmpeq_epi32(
        _mm256_and_si256(_mm256_castps_si256(x), exponent), exponent);
    unusual |= (uint32_t)_mm256_movemask_ps(outside) |
               (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(special)) << 16;
  }
  return unusual;
}

PICKET_INLINE long picket_append_groups(const float *record, const picket_scaling *s, long at,
                                        long first, long end, uint32_t offset,
                                        picket_group *groups) {
  const __m256 zero = _mm256_setzero_ps();
  long count = 0;
  PICKET_UNROLL
  for (int i = 0; i < 16; i += 8) {
    const __m256i there = picket_places(i, first, end);
    const long lane = at + i;
    const __m256 x = _mm256_maskload_ps(record + lane, there);
    const __m256 scaled = _mm256_mul_ps(_mm256_sub_ps(x, _mm256_maskload_ps(s->offsets + lane, there)),
                                        _mm256_maskload_ps(s->scales + lane, there));
    const __m256 low = s->lows ? _mm256_maskload_ps(s->lows + lane, there) : zero;
    const __m256 high = s->lows ? _mm256_maskload_ps(s->highs + lane, there) : _mm256_set1_ps(1);
    const __m256 value = _mm256_min_ps(_mm256_max_ps(scaled, low), high);
    const __m256 product = _mm256_mul_ps(value, _mm256_set1_ps(s->input_scale));
    const __m256 bounded =
        _mm256_min_ps(_mm256_max_ps(product, zero), _mm256_set1_ps(s->input_max));
    const __m256i input = _mm256_and_si256(_mm256_cvtps_epi32(bounded), there);
    /* Four inputs of sixteen bits to a group, then where its weights are. */
    const __m256i words = _mm256_packus_epi32(input, _mm256_setzero_si256());
    const __m256i starts = _mm256_setr_epi32(
        0, 0, (int)offset, 0, 0, 0, (int)(offset + s->group_bytes), 0);
    const int none = _mm256_movemask_pd(
        _mm256_castsi256_pd(_mm256_cmpeq_epi64(words, _mm256_setzero_si256())));
    const __m256i both = _mm256_or_si256(words, starts);
    _mm_storeu_si128((__m128i *)(groups + count), _mm256_castsi256_si128(both));
    count += ~none & 1;
    _mm_storeu_si128((__m128i *)(groups + count), _mm256_extracti128_si256(both, 1));
    count += ~none >> 2 & 1;
    offset += 2 * s->group_bytes;
  }
  return count;
}

PICKET_INLINE uint64_t picket_lone_digits(uint64_t input, uint32_t place) {
  return input << place * 16;
}

#endif

/* Lists the groups of all runs that are not zero; returns how many. Writes up to four more. */
PICKET_INLINE long picket_list_groups(const float *record, const picket_scaling *s,
                                      const picket_runs *runs, picket_group *groups) {
  long count = 0;
  for (uint32_t i = 0; i < runs->count; i++) {
    const picket_run run = runs->run[i];
    /* Places of a group before the run's first input. */
    long first = run.input & 3;
    long at = run.field - first;
    uint32_t offset = (uint32_t)(run.input >> 2) * s->group_bytes;
    for (long end = first + run.count; end > 0; end -= 16, at += 16, first = 0) {
      count += picket_append_groups(record, s, at, first, end < 16 ? end : 16, offset,
                                    groups + count);
      offset += 4 * s->group_bytes;
    }
  }
  return count;
}

/*
 * Lists a group for each of `count` symbolic fields, of which `one_hots` has numbers and first inputs,
 * by what an input of 1 becomes; an unknown category gives a group of zeros. Returns whether all of
 * them hold whole numbers.
 */
PICKET_INLINE int picket_list_one_hots(const float *record, const uint32_t *one_hots, long count,
                                       uint64_t one, uint32_t group_bytes, picket_group *groups) {
  int whole = 1;
  for (long i = 0; i < count; i++) {
    const float x = record[one_hots[2 * i]];
    const int known = x >= 0;
    const uint32_t category = known ? (uint32_t)(int32_t)x : 0;
    whole &= !known | ((float)(int32_t)category == x);
    const uint32_t input = one_hots[2 * i + 1] + category;
    const uint64_t digits = picket_lone_digits(known ? one : 0, input & 3);
    groups[i] = (picket_group){digits, (input >> 2) * group_bytes, 0};
  }
  return whole;
}

/* The lower half: whether a field lies out of its range; the upper half: whether it is no finite
 * number. */
PICKET_INLINE uint32_t picket_unusual_fields(const float *record, const picket_scaling *s,
                                             long count) {
  uint32_t unusual = 0;
  for (long at = 0; at < count; at += 16)
    unusual |= picket_unusual(record, s, at, count - at < 16 ? count - at : 16);
  return unusual;
}

#endif /* __AVX2__ */

#endif /* PICKET_GROUPS_H */
