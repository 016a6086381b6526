/*
 * A record becomes the inputs of the first layer, sixteen fields at a time, for processors with wide
 * vectors. Inputs are not listed: they stay in the lanes of their fields, with a bit for each that is
 * not zero. Private; see picket_dense.h.
 */
#ifndef PICKET_ENCODE_H
#define PICKET_ENCODE_H

#include "picket_dense.h"

#ifdef __AVX2__

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpsabi"

/* What the file says of the features, and where the memory of a record has what becomes of them. */
typedef struct {
  const float *minimums, *maximums; /* of the fields, padded to `lanes` */
  const uint32_t *planes;           /* arrays of `lanes`: the first plane's numbers of inputs first */
  const uint32_t *categories;       /* of each symbolic field its number and its first input */
  long plane_count, min_max_count, category_count;
  long fields, lanes;
} picket_features;

/* Arrays of a plane: of a min-max plane inputs and scales; of others offsets, lows, highs as well. */
PICKET_INLINE long picket_plane_arrays(picket_features f, long plane) {
  return plane < f.min_max_count ? 2 : 5;
}

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
PICKET_INLINE uint32_t picket_fields_outside(picket_features f, const float *record) {
  uint32_t outside = 0;
  for (long lane = 0; lane < f.lanes; lane += 16)
    outside |= picket_outside_bits(picket_load_fields(record, lane, f.fields),
                                   picket_load_floats(f.minimums + lane),
                                   picket_load_floats(f.maximums + lane));
  return outside;
}

/* Writes the inputs that a plane makes of a record, lane by lane, and their bits. */
PICKET_INLINE void picket_encode_plane(picket_features f, const float *plane, const int min_max,
                                       const float *record, float *values, uint64_t *words) {
  const float *offsets = min_max ? f.minimums : plane + f.lanes;
  const float *scales = min_max ? plane + f.lanes : plane + 2 * f.lanes;
  const float *lows = plane + 3 * f.lanes, *highs = plane + 4 * f.lanes;
  uint64_t word = 0;
  for (long lane = 0; lane < f.lanes; lane += 16) {
    const picket_float32x16 x = picket_load_fields(record, lane, f.fields);
    const picket_float32x16 scaled =
        (x - picket_load_floats(offsets + lane)) * picket_load_floats(scales + lane);
    const picket_float32x16 low =
        min_max ? (picket_float32x16)0.0f : picket_load_floats(lows + lane);
    const picket_float32x16 high =
        min_max ? (picket_float32x16)1.0f : picket_load_floats(highs + lane);
    const picket_float32x16 value = picket_lesser(picket_greater(scaled, low), high);
    picket_store_floats(values + lane, value);
    word |= (uint64_t)picket_nonzero_bits(value) << (lane & 63);
    words[lane / 64] = word;
    if ((lane & 63) == 48) word = 0;
  }
}

/* Lists the rows of a record's categories, `row_bytes` apart, behind their number; -1 has none.
 * Returns whether a category is no whole number. */
PICKET_INLINE uint32_t picket_list_categories(picket_features f, const float *record,
                                              uint32_t row_bytes, uint32_t *rows) {
  uint32_t count = 0, odd = 0;
  for (long i = 0; i < f.category_count; i++) {
    const float x = record[f.categories[2 * i]];
    const int category = _mm_cvttss_si32(_mm_set_ss(x));
    odd |= (float)category != x;
    rows[1 + count] = (f.categories[2 * i + 1] + (uint32_t)category) * row_bytes;
    count += category >= 0;
  }
  rows[0] = count;
  return odd;
}

/*
 * Encodes a record into `values`, lane by lane and plane by plane, with their bits; and lists the rows
 * of its categories. Returns 0, or something else if a field lies outside its range, is not finite, or
 * is a category that is no whole number: somebody must look at it then.
 */
PICKET_INLINE uint32_t picket_encode_record(const picket_features *features, const float *record,
                                            uint32_t row_bytes, float *values, uint64_t *words,
                                            uint32_t *categories) {
  const picket_features f = *features;
  const float *plane = (const float *)f.planes;
  for (long p = 0; p < f.plane_count; p++) {
    if (p < f.min_max_count)
      picket_encode_plane(f, plane, 1, record, values, words);
    else
      picket_encode_plane(f, plane, 0, record, values, words);
    values += f.lanes;
    words += (f.lanes + 63) / 64;
    plane += picket_plane_arrays(f, p) * f.lanes;
  }
  return picket_fields_outside(f, record) | picket_list_categories(f, record, row_bytes, categories);
}

#pragma clang diagnostic pop

#endif
#endif /* PICKET_ENCODE_H */
