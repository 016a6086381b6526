/*
 * Nanoseconds a record of every contestant, in one process that takes turns: what disturbs the
 * machine disturbs them all.
 *
 *   race LIST ROUNDS
 *
 * LIST has a line for each, as contestant.h tells. A turn is one pass over all records that warms
 * the caches up, and four that count. Prints, tabs between: name, batch; median, least and most of
 * the rounds; median and largest difference from the double-precision outputs of its records, as
 * a share of their length. Time is that of the processor, of all threads: on a busy machine the
 * others' work is not counted, and a contestant gains nothing by starting threads.
 */
#define _GNU_SOURCE
#include <math.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "contestant.h"

enum { MOST = 256, MOST_ROUNDS = 101, PASSES = 4 };

static double nanoseconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void differences(const contestant *c, double *median, double *largest) {
  double *each = malloc(c->count * sizeof *each);
  if (!each) exit(1);
  for (size_t i = 0; i < c->count; i++) {
    double error = 0, length = 0;
    for (size_t j = i * c->out_width; j < (i + 1) * c->out_width; j++) {
      error += pow(c->out[j] - c->expected[j], 2);
      length += pow(c->expected[j], 2);
    }
    /* A NaN is no small difference. */
    each[i] = isfinite(error) ? sqrt(error / fmax(length, 1e-6)) : INFINITY;
  }
  qsort(each, c->count, sizeof *each, ascending);
  *median = each[c->count / 2];
  *largest = each[c->count - 1];
  free(each);
}

int main(int argc, char **argv) {
  static contestant all[MOST];
  static double times[MOST][MOST_ROUNDS];
  static char line[CONTESTANT_LINE];
  FILE *list = argc == 3 ? fopen(argv[1], "r") : NULL;
  const int rounds = list ? atoi(argv[2]) : 0;
  if (rounds < 1 || rounds > MOST_ROUNDS) return fprintf(stderr, "usage: race LIST ROUNDS\n"), 2;
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(sched_getcpu(), &one);
  sched_setaffinity(0, sizeof one, &one);

  int count = 0;
  while (count < MOST && fgets(line, sizeof line, list)) contestant_open(&all[count++], line);
  fclose(list);
  for (int round = 0; round < rounds; round++)
    for (int i = 0; i < count; i++) {
      contestant_pass(&all[i], 0, all[i].count);
      const double start = nanoseconds();
      for (int pass = 0; pass < PASSES; pass++) contestant_pass(&all[i], 0, all[i].count);
      times[i][round] = (nanoseconds() - start) / (double)(PASSES * all[i].count);
    }
  for (int i = 0; i < count; i++) {
    double median, largest;
    differences(&all[i], &median, &largest);
    qsort(times[i], (size_t)rounds, sizeof times[i][0], ascending);
    printf("%s\t%zu\t%.2f\t%.2f\t%.2f\t%.3g\t%.3g\n", all[i].name, all[i].batch,
           times[i][rounds / 2], times[i][0], times[i][rounds - 1], median, largest);
  }
  return 0;
}
