/*
 * What one core of this machine can do at most: NAME, tab, VALUE lines.
 *
 * Products (multiply-adds) a nanosecond on registers alone, and bytes a nanosecond read from the
 * first and from the second cache; each the best of 15 runs, in processor time: a limit is what no
 * neighbour slows. Lines are left out for what the processor has not.
 */
#define _GNU_SOURCE
#include <immintrin.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { RUNS = 15, STEPS = 2000000, CHAINS = 12 };

static double nanoseconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

/* The empty statements name the chains, so that the compiler can neither drop nor merge them. */
#define ARITHMETIC(name, feature, vector, zero, step, constraint)                      \
  __attribute__((target(feature), noinline)) static void name(void) {                  \
    vector a[CHAINS], b = zero, c = zero;                                              \
    for (int i = 0; i < CHAINS; i++) a[i] = zero;                                      \
    __asm__ volatile("" : "+" constraint(b), "+" constraint(c));                       \
    for (int s = 0; s < STEPS; s++) {                                                  \
      _Pragma("GCC unroll 12") for (int i = 0; i < CHAINS; i++) a[i] = step(a[i], b, c); \
    }                                                                                  \
    for (int i = 0; i < CHAINS; i++) __asm__ volatile("" : : constraint(a[i]));        \
  }

#define FMA512(a, b, c) _mm512_fmadd_ps(b, c, a)
#define FMA256(a, b, c) _mm256_fmadd_ps(b, c, a)
ARITHMETIC(fma512, "avx512f", __m512, _mm512_setzero_ps(), FMA512, "v")
ARITHMETIC(fma256, "avx2,fma", __m256, _mm256_setzero_ps(), FMA256, "x")
ARITHMETIC(vnni512, "avx512f,avx512vnni", __m512i, _mm512_setzero_si512(), _mm512_dpbusd_epi32, "v")

static unsigned char *memory;
static size_t memory_bytes, rounds;

#define READING(name, feature, vector, load, constraint, bytes)                     \
  __attribute__((target(feature), noinline)) static void name(void) {               \
    for (size_t round = 0; round < rounds; round++)                                 \
      for (size_t at = 0; at < memory_bytes; at += 8 * bytes)                       \
        _Pragma("GCC unroll 8") for (int i = 0; i < 8; i++) {                       \
          vector x = load((const void *)(memory + at + (size_t)i * bytes));         \
          __asm__ volatile("" : : constraint(x));                                   \
        }                                                                           \
  }

READING(read512, "avx512f", __m512i, _mm512_load_si512, "v", 64)
READING(read256, "avx2", __m256i, _mm256_load_si256, "x", 32)

static void print(const char *name, void (*run)(void), double amount) {
  double most = 0;
  run();
  for (int i = 0; i < RUNS; i++) {
    const double start = nanoseconds();
    run();
    const double rate = amount / (nanoseconds() - start);
    if (rate > most) most = rate;
  }
  printf("%s\t%.1f\n", name, most);
}

static void print_reading(const char *name, void (*run)(void), size_t bytes) {
  memory_bytes = bytes;
  rounds = ((size_t)1 << 28) / bytes;
  print(name, run, (double)(bytes * rounds));
}

int main(void) {
  const int avx512 = __builtin_cpu_supports("avx512f"), avx2 = __builtin_cpu_supports("avx2");
  long first = sysconf(_SC_LEVEL1_DCACHE_SIZE), second = sysconf(_SC_LEVEL2_CACHE_SIZE);
  if (first <= 0 || second <= 0) return fprintf(stderr, "the sizes of the caches are unknown\n"), 1;
  /* Half of the first cache; four times the first, at most half of the second. */
  const size_t near = (size_t)first / 2 / 512 * 512;
  const size_t far = (size_t)(4 * first < second / 2 ? 4 * first : second / 2) / 512 * 512;
  memory = aligned_alloc(4096, (far + 4095) / 4096 * 4096);
  if (!memory) return 1;
  for (size_t i = 0; i < far; i++) memory[i] = (unsigned char)i;
  const double products = (double)STEPS * CHAINS;
  if (avx512) print("fma512", fma512, products * 16);
  if (avx2) print("fma256", fma256, products * 8);
  if (__builtin_cpu_supports("avx512vnni")) print("vnni512", vnni512, products * 64);
  if (avx512) print_reading("l1_512", read512, near);
  if (avx2) print_reading("l1_256", read256, near);
  if (avx512) print_reading("l2_512", read512, far);
  if (avx2) print_reading("l2_256", read256, far);
  return 0;
}
