#include "gauge.h"

#include <stdint.h>
#include <time.h>

enum { STEPS = 80000 };

/* An undisturbed core reads within a twentieth of its best, a disturbed one half as much again. */
static const double slack = 1.15;
/* The least reading ever, and the one that readings are held to. */
static double least, best, deadline;

static double nanoseconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

static double reading(void) {
  uint64_t a = 0, b = 0, c = 0, d = 0, e = 0, f = 0;
  const double start = nanoseconds();
  for (int i = 0; i < STEPS; i++) {
    a++, b++, c++, d++, e++, f++;
    /* Names the sums, so that the compiler can neither drop nor merge additions. */
    __asm__ volatile("" : "+r"(a), "+r"(b), "+r"(c), "+r"(d), "+r"(e), "+r"(f));
  }
  const double time = nanoseconds() - start;
  if (least == 0 || time < least) least = time;
  return time;
}

void gauge_begin(double seconds) {
  const double begin = nanoseconds();
  deadline = begin + 1e9 * seconds;
  while (nanoseconds() < begin + 1e9 * seconds / 60) reading();
  best = least;
}

int gauge_is_quiet(void) { return best == 0 || reading() <= slack * best; }

void gauge_wait(void) {
  while (!gauge_is_quiet() && nanoseconds() < deadline) continue;
}

int gauge_was_wrong(void) {
  if (best <= slack * least) return 0;
  best = least;
  return 1;
}
