/*
 * A record becomes the inputs of the first layer, sixteen fields at a time, for processors with wide
 * vectors. Inputs are not listed: they are written to their places in a vector, with a bit for each
 * that is not zero. Private; see picket_dense.h.
 */
#ifndef PICKET_ENCODE_H
#define PICKET_ENCODE_H

#include "picket_curves.h"
#include "picket_groups.h"

#ifdef __AVX2__

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpsabi"

/* What the file says of the features. */
typedef struct {
  const float *minimums, *maximums; /* of the fields, padded to `lanes` */
  const uint32_t *planes;           /* arrays of `lanes`: the first plane's numbers of inputs first */
  const uint32_t *categories;       /* of each symbolic field its number and its first input */
  /* Where the kinds of planes begin: after those of ranges, others that scale, logarithms, quantiles. */
  long plane_count, min_max_count, first_curve, quantile_plane, category_count;
  const float *knot_values, *knot_quantiles;
  long fields, lanes, inputs;
  /* Of a single plane of min-max ranges; or none. */
  const picket_spans *spans;
  long span_count;
} picket_features;

/* Sixteen fields from `lane` on, zeros beyond the last, of which nothing is read. */
PICKET_INLINE picket_float32x16 picket_load_fields(const float *record, long lane, long fields) {
  if (lane + 16 <= fields) return picket_load_floats(record + lane);
#ifdef __AVX512F__
  return (picket_float32x16)_mm512_maskz_loadu_ps((__mmask16)((1u << (fields - lane)) - 1),
                                                  record + lane);
#else
  const __m256i left = _mm256_set1_epi32((int)(fields - lane));
  const __m256i low = _mm256_set_epi32(7, 6, 5, 4, 3, 2, 1, 0);
  const __m256i high = _mm256_set_epi32(15, 14, 13, 12, 11, 10, 9, 8);
  picket_float32x16 x;
  x.lo = _mm256_maskload_ps(record + lane, _mm256_cmpgt_epi32(left, low));
  x.hi = _mm256_maskload_ps(record + lane + 8, _mm256_cmpgt_epi32(left, high));
  return x;
#endif
}

/* max(a, b) and min(a, b); b where one of them is not a number. */
PICKET_INLINE picket_float32x16 picket_greater(picket_float32x16 a, picket_float32x16 b) {
#ifdef __AVX512F__
  return (picket_float32x16)_mm512_max_ps((__m512)a, (__m512)b);
#else
  picket_float32x16 r;
  r.lo = _mm256_max_ps((__m256)a.lo, (__m256)b.lo);
  r.hi = _mm256_max_ps((__m256)a.hi, (__m256)b.hi);
  return r;
#endif
}

PICKET_INLINE picket_float32x16 picket_lesser(picket_float32x16 a, picket_float32x16 b) {
#ifdef __AVX512F__
  return (picket_float32x16)_mm512_min_ps((__m512)a, (__m512)b);
#else
  picket_float32x16 r;
  r.lo = _mm256_min_ps((__m256)a.lo, (__m256)b.lo);
  r.hi = _mm256_min_ps((__m256)a.hi, (__m256)b.hi);
  return r;
#endif
}

/* Which of sixteen numbers are not between two others; what is no number is not. */
PICKET_INLINE uint32_t picket_outside_bits(picket_float32x16 x, picket_float32x16 low,
                                           picket_float32x16 high) {
#ifdef __AVX512F__
  return (uint32_t)_mm512_cmp_ps_mask((__m512)x, (__m512)low, _CMP_NGE_UQ) |
         (uint32_t)_mm512_cmp_ps_mask((__m512)x, (__m512)high, _CMP_NLE_UQ);
#else
  const __m256 a = _mm256_or_ps(_mm256_cmp_ps((__m256)x.lo, (__m256)low.lo, _CMP_NGE_UQ),
                                _mm256_cmp_ps((__m256)x.lo, (__m256)high.lo, _CMP_NLE_UQ));
  const __m256 b = _mm256_or_ps(_mm256_cmp_ps((__m256)x.hi, (__m256)low.hi, _CMP_NGE_UQ),
                                _mm256_cmp_ps((__m256)x.hi, (__m256)high.hi, _CMP_NLE_UQ));
  return (uint32_t)_mm256_movemask_ps(a) | (uint32_t)_mm256_movemask_ps(b) << 8;
#endif
}

/* Which fields lie outside their ranges, or are not finite: ranges are. A bit stands for every
 * sixteenth field. */
PICKET_INLINE uint32_t picket_fields_outside(const picket_features *features, const float *record) {
  const picket_features f = *features;
  uint32_t outside = 0;
  for (long lane = 0; lane < f.lanes; lane += 16)
    outside |= picket_outside_bits(picket_load_fields(record, lane, f.fields),
                                   picket_load_floats(f.minimums + lane),
                                   picket_load_floats(f.maximums + lane));
  return outside;
}

/* The first numbers of a mask without gaps at its start, zeros where it has none. */
PICKET_INLINE picket_float32x16 picket_load_masked(const float *from, uint32_t mask) {
#ifdef __AVX512F__
  return (picket_float32x16)_mm512_maskz_loadu_ps((__mmask16)mask, from);
#else
  picket_float32x16 x;
  x.lo = _mm256_maskload_ps(from, picket_places(mask, 0));
  x.hi = _mm256_maskload_ps(from + 8, picket_places(mask, 8));
  return x;
#endif
}

/* Writes the inputs of spans to their places. Sixteen at a time, and zeros where a span has none: the
 * next spans are behind. */
PICKET_INLINE void picket_encode_spans(picket_features f, const float *record, float *vector,
                                       uint64_t *words) {
  const float *scales = (const float *)f.planes + f.lanes;
  /* The bits of a word are gathered in a register: each span would wait for the store of the last. */
  uint64_t word = 0;
  long gathered = 0;
  PICKET_ROLL
  for (long i = 0; i < f.span_count; i++) {
    const uint32_t places = f.spans->mask[i];
    const int skipped = __builtin_ctz(places);
    const uint32_t mask = places >> skipped;
    const long at = f.spans->field[i] + skipped, first = 4l * f.spans->group[i] + skipped;
    const picket_float32x16 x = picket_load_masked(record + at, mask);
    const picket_float32x16 scaled = (x - picket_load_masked(f.minimums + at, mask)) *
                                     picket_load_masked(scales + at, mask);
    const picket_float32x16 value =
        picket_lesser(picket_greater(scaled, (picket_float32x16)0.0f), (picket_float32x16)1.0f);
    picket_store_floats(vector + first, value);
    const uint64_t bits = picket_nonzero_bits(value);
    if (first / 64 != gathered) {
      words[gathered] |= word;
      gathered = first / 64;
      word = 0;
    }
    word |= bits << (first & 63);
    if ((first & 63) > 48 && mask >> (64 - (first & 63)))
      words[first / 64 + 1] |= bits >> (64 - (first & 63));
  }
  words[gathered] |= word;
}

/* The bits of the first `count` numbers of a vector. */
PICKET_INLINE void picket_mark(const float *values, long count, uint64_t *words) {
  for (long k = 0; k < count; k += 64) {
    uint64_t word = 0;
    for (int bit = 0; bit < 64 && k + bit < count; bit += 16)
      word |= (uint64_t)picket_nonzero_bits(picket_load_floats(values + k + bit)) << bit;
    if (count - k < 64) word &= ((uint64_t)1 << (count - k)) - 1;
    *words++ = word;
  }
}

/* What a plane of quantiles makes of sixteen fields. */
PICKET_INLINE picket_float32x16 picket_plane_of_quantiles(picket_features f, picket_float32x16 x,
                                                          const uint32_t *plane, long lane) {
  const uint32_t *ends = plane + f.lanes;
  const picket_tables tables = {ends, f.knot_values, f.knot_quantiles};
  float numbers[16];
  picket_store_floats(numbers, x);
  picket_quantiles(numbers, tables, lane ? ends[-1] : 0);
  return picket_load_floats(numbers);
}

/* What a plane that scales makes of sixteen numbers. */
PICKET_INLINE picket_float32x16 picket_plane_of_scales(picket_features f, picket_float32x16 x,
                                                       const uint32_t *plane, long lane,
                                                       int min_max) {
  const float *arrays = (const float *)plane + f.lanes;
  const float *offsets = min_max ? f.minimums + lane : arrays;
  const float *scales = min_max ? arrays : arrays + f.lanes;
  picket_float32x16 low = 0.0f, high = 1.0f;
  if (!min_max) {
    low = picket_load_floats(scales + f.lanes);
    high = picket_load_floats(scales + 2 * f.lanes);
  }
  const picket_float32x16 scaled = (x - picket_load_floats(offsets)) * picket_load_floats(scales);
  return picket_lesser(picket_greater(scaled, low), high);
}

/* Writes the inputs that planes make of a record to their places. What a plane has no input for goes
 * behind the last one, where there is room for it. */
PICKET_INLINE void picket_encode_planes(picket_features f, const float *record, float *vector) {
  PICKET_ROLL
  for (long lane = 0; lane < f.lanes; lane += 16) {
    const picket_float32x16 x = picket_load_fields(record, lane, f.fields);
    const uint32_t *plane = f.planes + lane;
    PICKET_ROLL
    for (long p = 0; p < f.plane_count; p++) {
      const int min_max = p < f.min_max_count, quantiles = p >= f.quantile_plane;
      float values[16];
      if (quantiles) {
        picket_store_floats(values, picket_plane_of_quantiles(f, x, plane, lane));
      } else {
        picket_store_floats(values, x);
        if (p >= f.first_curve) picket_signed_logarithms(values);
        picket_store_floats(
            values, picket_plane_of_scales(f, picket_load_floats(values), plane, lane, min_max));
      }
      PICKET_UNROLL
      for (int k = 0; k < 16; k++)
        vector[plane[k] < f.inputs ? plane[k] : f.inputs] = values[k];
      plane += (min_max | quantiles ? 2 : 5) * f.lanes;
    }
  }
  vector[f.inputs] = 0;
}

/* Writes an input to its place. */
PICKET_INLINE void picket_place(float *vector, uint64_t *words, long input, float value) {
  vector[input] = value;
  words[input / 64] |= (uint64_t)(value != 0) << (input & 63);
}

/*
 * Encodes a record, whose fields lie in their ranges or are unknown categories, into a vector, with
 * bits. Returns whether a category is no whole number.
 */
PICKET_INLINE uint32_t picket_encode_record(const picket_features *features, const float *record,
                                            float *vector, uint64_t *words) {
  const picket_features f = *features;
  for (long k = 0; k < f.inputs; k += 16) picket_store_floats(vector + k, (picket_float32x16)0.0f);
  if (f.span_count) {
    for (long k = 0; k < f.inputs; k += 64) words[k / 64] = 0;
    picket_encode_spans(f, record, vector, words);
  } else {
    picket_encode_planes(f, record, vector);
    picket_mark(vector, f.inputs, words);
  }
  uint32_t odd = 0;
  for (long i = 0; i < f.category_count; i++) {
    const float x = record[f.categories[2 * i]];
    const int category = _mm_cvttss_si32(_mm_set_ss(x));
    odd |= (float)category != x;
    if (category >= 0) picket_place(vector, words, f.categories[2 * i + 1] + category, 1);
  }
  return odd;
}

#pragma clang diagnostic pop

#endif
#endif /* PICKET_ENCODE_H */
