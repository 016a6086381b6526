/*
 * Instructions that Swift has no name for, as functions that are always inlined. Private: no
 * program that uses Picket includes this file, and nothing of it is left in the archive.
 */
#ifndef PICKET_KERNELS_H
#define PICKET_KERNELS_H

#include <stdint.h>

#ifdef __x86_64__
#include <immintrin.h>
#endif

typedef float picket_float32x16 __attribute__((ext_vector_type(16)));

/* Sixteen numbers that start at a multiple of 4 bytes, wherever they lie. */
typedef float picket_floats_at_4
    __attribute__((ext_vector_type(16), aligned(4), may_alias));

static inline __attribute__((always_inline)) picket_float32x16
picket_load_floats(const void *from) {
  return *(const picket_floats_at_4 *)from;
}

static inline __attribute__((always_inline)) void
picket_store_floats(void *to, picket_float32x16 floats) {
  *(picket_floats_at_4 *)to = floats;
}

/* Copies any count of numbers. */
static inline __attribute__((always_inline)) void
picket_copy_floats(const void *from, long count, void *to) {
  __builtin_memcpy(to, from, (unsigned long)count * 4);
}

typedef float picket_float32x4 __attribute__((ext_vector_type(4)));
typedef float picket_float32x8 __attribute__((ext_vector_type(8)));

/* The sum of four numbers, by halves. */
static inline __attribute__((always_inline)) float picket_sum_of_four(picket_float32x4 x) {
  typedef float float2 __attribute__((ext_vector_type(2)));
  const float2 two = x.lo + x.hi;
  return two.x + two.y;
}

/* The sum of sixteen numbers, by halves. Written with shuffles: of Swift's halves the compiler makes
 * sixteen scalars, and drags the computation before them along. */
static inline __attribute__((always_inline)) float picket_sum(picket_float32x16 x) {
  const picket_float32x8 eight = x.lo + x.hi;
  return picket_sum_of_four(eight.lo + eight.hi);
}

/* The float nearest to a whole number, by instructions: on 32-bit machines Swift converts from no
 * type but Int without pulling in arrays. */
static inline __attribute__((always_inline)) float picket_nearest_float(uint32_t number) {
  return (float)number;
}

#ifdef __AVX2__
/* Which of sixteen numbers are not zero: bit k for number k. */
static inline __attribute__((always_inline)) uint32_t picket_nonzero_bits(picket_float32x16 x) {
#ifdef __AVX512F__
  return _mm512_cmp_ps_mask((__m512)x, _mm512_setzero_ps(), _CMP_NEQ_UQ);
#else
  const __m256 zero = _mm256_setzero_ps();
  return (uint32_t)_mm256_movemask_ps(_mm256_cmp_ps((__m256)x.lo, zero, _CMP_NEQ_UQ)) |
         (uint32_t)_mm256_movemask_ps(_mm256_cmp_ps((__m256)x.hi, zero, _CMP_NEQ_UQ)) << 8;
#endif
}
#endif

/* Sixteen finite binary16 numbers at a multiple of 4 bytes, widened. */
static inline __attribute__((always_inline)) picket_float32x16
picket_widen_halves(const void *halves) {
#if defined(__F16C__) || defined(__aarch64__)
  typedef _Float16 half16 __attribute__((ext_vector_type(16), aligned(4), may_alias));
  return __builtin_convertvector(*(const half16 *)halves, picket_float32x16);
#else
  /* Exponent and fraction moved into place are the number times 2^-112, subnormals included; one
   * multiplication puts the exponent right. The shift drags copies of the sign along, which the
   * mask removes. */
  typedef uint16_t u16x16 __attribute__((ext_vector_type(16), aligned(4), may_alias));
  typedef uint32_t u32x16 __attribute__((ext_vector_type(16)));
  typedef int32_t i32x16 __attribute__((ext_vector_type(16)));
  const i32x16 high = (i32x16)(__builtin_convertvector(*(const u16x16 *)halves, u32x16) << 16);
#ifdef __ARM_NEON
  /* Vectors of armv7 take a subnormal number for zero, so there must never be one: a half below
   * 2^-14 becomes 2^-14 more than it is, which is then taken away. */
  const u32x16 size = (u32x16)(high >> 3) & 0x0FFFE000u;
  const u32x16 small = (u32x16)(size < 0x00800000u); /* all ones, or zero */
  const u32x16 sign = (u32x16)high & 0x80000000u;
  const picket_float32x16 number =
      (picket_float32x16)(size + 0x38000000u + (small & 0x00800000u)) -
      (picket_float32x16)(small & 0x38800000u);
  return (picket_float32x16)((u32x16)number | sign);
#else
  const u32x16 placed = (u32x16)(high >> 3) & 0x8FFFE000u;
  return (picket_float32x16)placed * 0x1p112f;
#endif
#endif
}

/* Sixteen signed bytes at any address, widened. */
static inline __attribute__((always_inline)) picket_float32x16
picket_widen_bytes(const void *bytes) {
  typedef int8_t i8x16 __attribute__((ext_vector_type(16), aligned(1), may_alias));
  return __builtin_convertvector(*(const i8x16 *)bytes, picket_float32x16);
}

#ifdef __AVX2__
/* All ones in the first `count` of eight places. */
static inline __attribute__((always_inline)) __m256i picket_first_of_eight(long count) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)count),
                            _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

/* The sum of the squares of eight numbers, with the bits of picket_sum: it would add zeros first, and
 * records wait for this. */
static inline __attribute__((always_inline)) float picket_squares_of(picket_float32x8 x) {
  const picket_float32x8 squares = x * x;
  return picket_sum_of_four(squares.lo + squares.hi);
}

/* The same of `count` numbers, eight at most. */
static inline __attribute__((always_inline)) float picket_squares_of_eight(const void *numbers,
                                                                           long count) {
  return picket_squares_of(_mm256_and_ps(_mm256_loadu_ps((const float *)numbers),
                                         _mm256_castsi256_ps(picket_first_of_eight(count))));
}

#ifdef __AVX512F__
/* How many of some ascending numbers are not above x. */
static inline __attribute__((always_inline)) long picket_count_not_above(const float *numbers,
                                                                         long count, float most) {
  const __m512 x = _mm512_set1_ps(most);
  long found = 0;
  _Pragma("clang loop unroll(disable)") for (; count >= 16; count -= 16, numbers += 16)
    found += __builtin_popcount(_mm512_cmp_ps_mask(x, _mm512_loadu_ps(numbers), _CMP_GE_OQ));
  const __mmask16 some = (__mmask16)_bzhi_u32(0xFFFF, (uint32_t)count);
  const __m512 last = _mm512_maskz_loadu_ps(some, numbers);
  return found + __builtin_popcount(_mm512_mask_cmp_ps_mask(some, x, last, _CMP_GE_OQ));
}
#else
/* How many of some ascending numbers are not above x. Reads the last vector whole: behind a table is
 * another section of the file. */
static inline __attribute__((always_inline)) long picket_count_not_above(const float *numbers,
                                                                         long count, float most) {
  const __m256 x = _mm256_set1_ps(most);
  long found = 0;
  _Pragma("clang loop unroll(disable)") for (; count >= 8; count -= 8, numbers += 8)
    found += __builtin_popcount((uint32_t)_mm256_movemask_ps(
        _mm256_cmp_ps(x, _mm256_loadu_ps(numbers), _CMP_GE_OQ)));
  const int last = _mm256_movemask_ps(_mm256_cmp_ps(x, _mm256_loadu_ps(numbers), _CMP_GE_OQ));
  return found + __builtin_popcount(_bzhi_u32((uint32_t)last, (uint32_t)count));
}
#endif
#endif

/* A number of a model file, whose bytes are read as other types too. */
typedef float picket_float_in_file __attribute__((may_alias));

/*
 * How many of `count` ascending numbers are not above x, as the first one is not. With wide vectors the
 * last 64 are counted: of bisection half of the branches would be guessed wrong, and without branches it
 * takes long.
 */
static inline __attribute__((always_inline)) long
picket_not_above(const picket_float_in_file *numbers, long count, float x) {
  long low = 0;
#ifdef __AVX2__
  const long few = 64;
#else
  const long few = 1;
#endif
  while (count > few) {
    const long half = count >> 1;
    const float middle = numbers[low + half];
#ifdef __AVX2__
    /* By a mask: of a comparison that they know compilers make a branch, found out when a record is
     * done. */
    const int mask = _mm_movemask_ps(_mm_cmple_ss(_mm_set_ss(middle), _mm_set_ss(x)));
    low += half & -(long)(mask & 1);
#else
    if (middle <= x) low += half;
#endif
    count -= half;
  }
#ifdef __AVX2__
  return low + picket_count_not_above((const float *)numbers + low, count, x);
#else
  return low + 1;
#endif
}

/* a if it is less than b, else b: never by a branch, which would be guessed wrong where scores lie
 * beyond a table, and only found out once a record is done. */
static inline __attribute__((always_inline)) float picket_least(float a, float b) {
#ifdef __x86_64__
  return _mm_cvtss_f32(_mm_min_ss(_mm_set_ss(a), _mm_set_ss(b)));
#else
  return a < b ? a : b;
#endif
}

/* a > b ? a : b, without a branch where the processor can. */
static inline __attribute__((always_inline)) float picket_greatest(float a, float b) {
#ifdef __x86_64__
  return _mm_cvtss_f32(_mm_max_ss(_mm_set_ss(a), _mm_set_ss(b)));
#else
  return a > b ? a : b;
#endif
}

/* The share of normal records expected to score x or higher, which `above` > 0 of `count` scores are not
 * above. */
static inline __attribute__((always_inline)) float picket_share_at(
    const picket_float_in_file *scores, const picket_float_in_file *tails, long count, long above,
    float x) {
#pragma clang fp contract(off)
  const float s0 = scores[above - 1] * 0.5f, t0 = tails[above - 1];
#ifdef __AVX2__
  /* A branch would cost more: behind the last point, what follows ends at its tail. */
  const long next = above < count ? above : count - 1;
#else
  const long next = above;
  if (next == count) return t0;
#endif
  const float t1 = tails[next];
  /* Halves, because the difference of two finite scores may not be finite. */
  const float part = (x * 0.5f - s0) / (scores[next] * 0.5f - s0);
  /* Not a number where the points' halves are alike: the least of it and t0 is t0. */
  return picket_greatest(picket_least(t0 + (t1 - t0) * part, t0), t1);
}

/* The same, by `count` scores and, behind them, their tails. */
static inline __attribute__((always_inline)) float picket_share_above(const void *points, long count,
                                                                      float x) {
  const picket_float_in_file *scores = (const picket_float_in_file *)points;
  if (!(x >= scores[0])) return 1;
  return picket_share_at(scores, scores + count, count, picket_not_above(scores, count, x), x);
}

typedef int32_t picket_int32x16 __attribute__((ext_vector_type(16)));

/*
 * For sixteen outputs, sum + the products of four inputs with four weights. `inputs` are four
 * numbers 0 ... 127 as they lie in memory; `weights` are 64 signed bytes, four for each output. Exact:
 * two products of a 7-bit with an 8-bit number fit into 16 bits.
 */
static inline __attribute__((always_inline)) picket_int32x16
picket_dot4(picket_int32x16 sum, uint32_t inputs, const void *weights) {
#if defined(__AVX512VNNI__)
  return (picket_int32x16)_mm512_dpbusd_epi32((__m512i)sum, _mm512_set1_epi32((int)inputs),
                                              _mm512_loadu_si512(weights));
#elif defined(__AVX2__)
  const __m256i a = _mm256_set1_epi32((int)inputs), one = _mm256_set1_epi16(1);
  const __m256i *w = (const __m256i *)weights;
  __m256i halves[2];
  __builtin_memcpy(halves, &sum, sizeof halves);
#pragma clang loop unroll(full)
  for (int i = 0; i < 2; i++)
    halves[i] = _mm256_add_epi32(
        halves[i],
        _mm256_madd_epi16(_mm256_maddubs_epi16(a, _mm256_loadu_si256(w + i)), one));
  __builtin_memcpy(&sum, halves, sizeof halves);
  return sum;
#elif defined(__x86_64__)
  /* Bytes 0 and 2, then 1 and 3, of each word become pairs of 16 bits. */
  const __m128i a = _mm_set1_epi32((int)inputs);
  const __m128i even = _mm_and_si128(a, _mm_set1_epi16(0xFF)), odd = _mm_srli_epi16(a, 8);
  const __m128i *w = (const __m128i *)weights;
  __m128i quarters[4];
  __builtin_memcpy(quarters, &sum, sizeof quarters);
#pragma clang loop unroll(full)
  for (int i = 0; i < 4; i++) {
    const __m128i b = _mm_loadu_si128(w + i);
    const __m128i low = _mm_srai_epi16(_mm_slli_epi16(b, 8), 8), high = _mm_srai_epi16(b, 8);
    quarters[i] = _mm_add_epi32(
        quarters[i], _mm_add_epi32(_mm_madd_epi16(low, even), _mm_madd_epi16(high, odd)));
  }
  __builtin_memcpy(&sum, quarters, sizeof quarters);
  return sum;
#elif defined(__ARM_FEATURE_SIMD32) && !defined(__ARM_NEON)
  /* Bytes 0 and 2, then 1 and 3, of a word become pairs of 16 bits; an instruction multiplies and
   * adds up a pair. */
  const uint32_t even = inputs & 0x00FF00FFu, odd = inputs >> 8 & 0x00FF00FFu;
  typedef uint32_t u32_aliased __attribute__((may_alias));
#pragma clang loop unroll(full)
  for (int i = 0; i < 16; i++) {
    const uint32_t w = ((const u32_aliased *)weights)[i];
    int32_t c = sum[i];
    c = __builtin_arm_smlad(__builtin_arm_sxtb16((int)w), (int)even, c);
    c = __builtin_arm_smlad(__builtin_arm_sxtb16((int)(w >> 8 | w << 24)), (int)odd, c);
    sum[i] = c;
  }
  return sum;
#else
  typedef int32_t i32x16_at_4 __attribute__((ext_vector_type(16), aligned(4), may_alias));
  const picket_int32x16 w = *(const i32x16_at_4 *)weights;
  sum += (w >> 24) * (int32_t)(inputs >> 24);
  sum += (w << 8 >> 24) * (int32_t)(inputs >> 16 & 255);
  sum += (w << 16 >> 24) * (int32_t)(inputs >> 8 & 255);
  sum += (w << 24 >> 24) * (int32_t)(inputs & 255);
  return sum;
#endif
}

/*
 * min((t * multipliers + 2^14) >> 15, 127) as sixteen bytes, where t = clamp(sums >> shift, 0, 2^15 - 1)
 * and multipliers are below 2^15.
 */
static inline __attribute__((always_inline)) void
picket_requantize(picket_int32x16 sums, picket_int32x16 multipliers, uint32_t shift, void *to) {
#ifdef __x86_64__
  const __m128i count = _mm_cvtsi32_si128((int)shift), zero = _mm_setzero_si128();
  __m128i c[4], m[4], words[2];
  __builtin_memcpy(c, &sums, sizeof c);
  __builtin_memcpy(m, &multipliers, sizeof m);
#pragma clang loop unroll(full)
  for (int i = 0; i < 2; i++) {
    const __m128i packed = _mm_packs_epi32(_mm_sra_epi32(c[2 * i], count),
                                           _mm_sra_epi32(c[2 * i + 1], count));
    const __m128i t = _mm_max_epi16(packed, zero), half = _mm_set1_epi32(1 << 14);
    /* A product is that of one pair, of which the other numbers are 0. */
    const __m128i low = _mm_madd_epi16(_mm_unpacklo_epi16(t, zero), m[2 * i]);
    const __m128i high = _mm_madd_epi16(_mm_unpackhi_epi16(t, zero), m[2 * i + 1]);
    words[i] = _mm_packs_epi32(_mm_srli_epi32(_mm_add_epi32(low, half), 15),
                               _mm_srli_epi32(_mm_add_epi32(high, half), 15));
  }
  _mm_storeu_si128((__m128i *)to, _mm_packs_epi16(words[0], words[1]));
#else
  typedef uint8_t u8x16 __attribute__((ext_vector_type(16)));
  typedef uint8_t u8x16_at_1 __attribute__((ext_vector_type(16), aligned(1), may_alias));
  picket_int32x16 t = sums >> (int32_t)shift;
  t &= ~(t >> 31);
  t = (t | (t > 32767)) & 32767; /* a comparison gives all ones, or zero */
  const picket_int32x16 y = (t * multipliers + (1 << 14)) >> 15;
  *(u8x16_at_1 *)to = __builtin_convertvector((y | (y > 127)) & 127, u8x16);
#endif
}

/* Sixteen signed integers, converted. */
static inline __attribute__((always_inline)) picket_float32x16
picket_floats_of(picket_int32x16 integers) {
  return __builtin_convertvector(integers, picket_float32x16);
}

#ifdef __AVX512F__
typedef uint32_t picket_uint32x16 __attribute__((ext_vector_type(16)));

/*
 * Appends those of 16 numbers that are not zero to `values`, and their rows to `to`. Writes 16 of
 * each; returns how many count.
 */
static inline __attribute__((always_inline)) long
picket_append_nonzero(picket_float32x16 x, picket_uint32x16 rows, float *values, uint32_t *to) {
  const __mmask16 keep = _mm512_cmp_ps_mask((__m512)x, _mm512_setzero_ps(), _CMP_NEQ_UQ);
  _mm512_storeu_ps(values, _mm512_maskz_compress_ps(keep, (__m512)x));
  _mm512_storeu_si512(to, _mm512_maskz_compress_epi32(keep, (__m512i)rows));
  return __builtin_popcount(keep);
}

#endif

#ifdef __AVX2__
/* The first `count` < 16 of sixteen numbers, zeros behind them; nothing behind them is read. */
static inline __attribute__((always_inline)) picket_float32x16
picket_load_first(const float *x, long count) {
#ifdef __AVX512F__
  return (picket_float32x16)_mm512_maskz_loadu_ps((__mmask16)((1u << count) - 1), x);
#else
  picket_float32x16 numbers;
  numbers.lo = (picket_float32x8)_mm256_maskload_ps(x, picket_first_of_eight(count));
  numbers.hi = (picket_float32x8)_mm256_maskload_ps(x + 8, picket_first_of_eight(count - 8));
  return numbers;
#endif
}
#endif

#endif /* PICKET_KERNELS_H */
