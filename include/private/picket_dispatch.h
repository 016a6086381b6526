/*
 * Kernel sets of the archive, and how one is chosen. Private: no program that uses Picket includes
 * this file. On x86-64 the archive holds what computes scores three times, each time compiled for
 * another level of the processor; picket_open asks the processor once which it can run.
 */
#ifndef PICKET_DISPATCH_H
#define PICKET_DISPATCH_H

#include <stddef.h>
#include <stdint.h>

#include "../picket.h"

#pragma clang assume_nonnull begin

/*
 * What each level has, by a name of its own. picket_kernel scores `count` records until one is refused;
 * the arguments are those of picket_score_batch, already checked, and the model is an opened one of its
 * own. picket_kernel_one scores one, with as many arguments as there are registers for. The others are
 * pieces of an explanation, on the way to the score and on the way back: an ExplainStep tells what.
 */
#define PICKET_KERNELS(level, symbol)                                                            \
  int32_t picket_kernel##level(const void *model, const float *records, size_t stride,           \
                               size_t count, void *scratch, size_t scratch_size,                 \
                               picket_result *results, size_t *scored) symbol(picket_kernel);    \
  int32_t picket_kernel_one##level(const void *model, const float *record, void *scratch,        \
                                   size_t scratch_size, picket_result *result)                   \
      symbol(picket_kernel_one);                                                                 \
  void picket_go##level(void *step) symbol(picket_go);                                           \
  void picket_come_back##level(void *step) symbol(picket_come_back);

#define PICKET_SAME_SYMBOL(name)
PICKET_KERNELS(_v3, PICKET_SAME_SYMBOL)
PICKET_KERNELS(_v4, PICKET_SAME_SYMBOL)

#ifdef PICKET_LEVEL
/* In the module of a level they go without its name, which their symbols have. */
#define PICKET_TEXT_OF(text) #text
#define PICKET_TEXT(text) PICKET_TEXT_OF(text)
#define PICKET_LEVEL_SYMBOL(name) __asm__(#name "_" PICKET_TEXT(PICKET_LEVEL))
PICKET_KERNELS(, PICKET_LEVEL_SYMBOL)
#endif

#pragma clang assume_nonnull end

#ifdef __x86_64__
#include <cpuid.h>

/* The level of the processor as the x86-64 psABI numbers them, 1, 3 or 4, the last with VNNI
 * besides. Executes CPUID and, if the system saves wide registers, XGETBV; no memory is touched. */
static inline __attribute__((always_inline)) uint32_t picket_processor_level(void) {
  uint32_t a, b, c, d, b7, c7, c81;
  __cpuid(0, a, b, c, d);
  if (a < 7) return 1;
  __cpuid(1, a, b, c, d);
  const uint32_t needed = 1u << 12 | 1u << 22 | 1u << 27 | 1u << 28 | 1u << 29;
  if ((c & needed) != needed) return 1; /* FMA, MOVBE, OSXSAVE, AVX, F16C */
  __cpuid_count(7, 0, a, b7, c7, d);
  __cpuid(0x80000000u, a, b, c, d);
  if (a < 0x80000001u) return 1;
  __cpuid(0x80000001u, a, b, c81, d);
  const uint32_t avx2 = 1u << 3 | 1u << 5 | 1u << 8; /* BMI1, AVX2, BMI2 */
  if ((b7 & avx2) != avx2 || (c81 & 1u << 5) == 0) return 1; /* LZCNT */
  uint32_t saved, high;
  __asm__ volatile("xgetbv" : "=a"(saved), "=d"(high) : "c"(0));
  if ((saved & 0x06u) != 0x06u) return 1; /* the system saves 256-bit registers */
  const uint32_t avx512 = 1u << 16 | 1u << 17 | 1u << 28 | 1u << 30 | 1u << 31;
  const int wide = (b7 & avx512) == avx512 && (c7 & 1u << 11) != 0 /* VNNI */ &&
                   (saved & 0xE6u) == 0xE6u;
  return wide ? 4 : 3;
}
#endif

#endif /* PICKET_DISPATCH_H */
